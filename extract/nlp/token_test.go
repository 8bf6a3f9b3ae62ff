package nlp

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"entente/graph"
)

// goldText is the raw text of a treebank with its sentences and words.
type goldText struct {
	text      string
	sentences []graph.Span
	words     [][]graph.Span // of each sentence
}

// readTreebank rebuilds the raw text of a CoNLL-U file: the sentences of a
// paragraph joined by a space, where the file does not say SpaceAfter=No;
// paragraphs and documents separated by a blank line. The words of a multiword
// token are taken as parts of it where together they spell it, as clitics do.
func readTreebank(in io.Reader) (goldText, error) {
	var g goldText
	var b strings.Builder
	var words []graph.Span
	paragraph := true // a paragraph begins
	space := ""       // white space due before the next token
	until := 0        // last word of the multiword token being read
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		switch {
		case line == "":
			if len(words) > 0 {
				g.sentences = append(g.sentences, graph.Span{Start: words[0].Start, End: b.Len()})
				g.words = append(g.words, words)
			}
			words, until, paragraph = nil, 0, false
		case strings.HasPrefix(line, "# newdoc"), line == "# newpar", strings.HasPrefix(line, "# newpar "):
			paragraph = true
		case line[0] == '#':
		default:
			f := strings.Split(line, "\t")
			if len(f) != 10 {
				return g, fmt.Errorf("line %d: %d columns, not 10", n, len(f))
			}
			first, last, isRange := strings.Cut(f[0], "-")
			if strings.Contains(first, ".") {
				continue // an empty node
			}
			id, err := strconv.Atoi(first)
			if err != nil {
				return g, fmt.Errorf("line %d: %q is not a word number", n, f[0])
			}
			if id <= until && !isRange {
				// a part: the range line has written its text
				last := &words[len(words)-1]
				if w := *last; strings.HasPrefix(b.String()[w.Start:], f[1]) && id < until {
					last.End = w.Start + len(f[1])
					words = append(words, graph.Span{Start: last.End, End: w.End})
				}
				continue
			}
			if isRange {
				if until, err = strconv.Atoi(last); err != nil {
					return g, fmt.Errorf("line %d: %q is not a range of words", n, f[0])
				}
			}
			if len(words) == 0 && paragraph && b.Len() > 0 {
				space = "\n\n"
			}
			b.WriteString(space)
			words = append(words, graph.Span{Start: b.Len(), End: b.Len() + len(f[1])})
			b.WriteString(f[1])
			if space = " "; strings.Contains(f[9], "SpaceAfter=No") {
				space = ""
			}
		}
	}
	g.text = b.String()
	return g, lines.Err()
}

// openTreebank reads one file of the treebank folder, and skips the test where
// there is none.
func openTreebank(t testing.TB, name string) goldText {
	t.Helper()
	dir := os.Getenv("ENTENTE_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	file, err := os.Open(filepath.Join(dir, "treebank", name+".conllu.gz"))
	if err != nil {
		t.Skipf("no treebank to measure on (set ENTENTE_SHARED to the folder that holds treebank/): %v", err)
	}
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	g, err := readTreebank(unzipped)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return g
}

// f1 scores spans by exact bounds, in per cent.
func f1(got, want []graph.Span) float64 {
	gold := make(map[graph.Span]bool, len(want))
	for _, s := range want {
		gold[s] = true
	}
	hits := 0
	for _, s := range got {
		if gold[s] {
			hits++
		}
	}
	return 200 * float64(hits) / float64(len(got)+len(want))
}

func flat(lists [][]graph.Span) []graph.Span {
	var all []graph.Span
	for _, l := range lists {
		all = append(all, l...)
	}
	return all
}

// TestTokensOnTreebank measures words and sentences on raw text, and words on
// given sentences, against the treebanks.
func TestTokensOnTreebank(t *testing.T) {
	for _, c := range []struct {
		name             string
		words, sentences float64 // the least allowed on raw text: 0.3 below what was reached
	}{
		{"ewt-dev", 99.0, 87.0},
		{"ewt-test", 98.8, 85.5},
		{"gum-open-dev", 99.5, 95.6},
		{"gum-open-test", 99.2, 95.1},
		{"pud-test", 99.6, 99.2},
	} {
		gold := openTreebank(t, c.name)
		var sentences, words []graph.Span
		for _, s := range Segment(gold.text) {
			sentences = append(sentences, s.Span)
			for _, tok := range s.Tokens {
				words = append(words, tok.Span)
			}
		}
		var given []graph.Span
		for _, s := range gold.sentences {
			given = append(given, Tokenise(gold.text, s)...)
		}
		all := flat(gold.words)
		w, s := f1(words, all), f1(sentences, gold.sentences)
		t.Logf("%-15s words %.2f  words in gold sentences %.2f  sentences %.2f", c.name, w, f1(given, all), s)
		if w < c.words || s < c.sentences {
			t.Errorf("%s: words %.2f, sentences %.2f; were at least %.1f, %.1f", c.name, w, s, c.words, c.sentences)
		}
	}
}

// split renders the tokens of one sentence.
func split(text string) string {
	var words []string
	for _, s := range Tokenise(text, graph.Span{End: len(text)}) {
		words = append(words, text[s.Start:s.End])
	}
	return strings.Join(words, " ")
}

func TestTokenise(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"negation", "He didn't, can't, won’t; DON'T!", "He did n't , ca n't , wo n’t ; DO N'T !"},
		{"clitics", "They're sure it's what we've said I'd do; she'll go, I'm told.", "They 're sure it 's what we 've said I 'd do ; she 'll go , I 'm told ."},
		{"possessives", "Russia's, Russia’s and the allies' plans", "Russia 's , Russia ’s and the allies ' plans"},
		{"clitic after an abbreviation", "the U.S.'s plan and Macron (29)'s", "the U.S. 's plan and Macron ( 29 ) 's"},
		{"clitic apart", "Russia 's envoy did n't", "Russia 's envoy did n't"},
		{"two words in one", "I cannot go, gonna stay, wanna see, gotta run", "I can not go , gon na stay , wan na see , got ta run"},
		{"apostrophe forgotten", "I dont know, im here", "I do nt know , i m here"},
		{"apostrophe inside", "O'Rourke, the Ba'athists and a coup d'état at five o'clock", "O'Rourke , the Ba'athists and a coup d'état at five o'clock"},
		{"apostrophe before", "'em in the '90s, ’72, the 80's; 'twas", "'em in the '90s , ’72 , the 80's ; 't was"},
		{"hyphens", "The Hamas-run, long-term, 15-year state-of-the-art al-Qaeda plan", "The Hamas - run , long - term , 15 - year state - of - the - art al - Qaeda plan"},
		{"prefixes", "non-state, co-founder, pro-Beijing, anti-American, ex-minister, mid-1980s, e-mail, re-elected", "non-state , co-founder , pro-Beijing , anti-American , ex-minister , mid-1980s , e-mail , re-elected"},
		{"prefix inside", "Jamaat-e-Islami sent an e-mail", "Jamaat - e - Islami sent an e-mail"},
		{"prefix apart", "pre- and post-war", "pre- and post-war"},
		{"Covid", "COVID-19 and the F-16", "COVID - 19 and the F - 16"},
		{"dashes", "Moscow—which denied it – agreed--fully, Kyiv–Moscow", "Moscow — which denied it – agreed -- fully , Kyiv – Moscow"},
		{"ranges", "1969-1970, 5–10, 3-4", "1969 - 1970 , 5 – 10 , 3 - 4"},
		{"telephone and date", "Call 713-853-3989 or 345-9945 by 2005-03-09", "Call 713-853-3989 or 345-9945 by 2005-03-09"},
		{"initials", "J. R. Smith of R. Politik", "J. R. Smith of R. Politik"},
		{"abbreviations", "Gen. Lee of the U.S. Army met Dr. No vs. Mr. Ed, e.g. at 5 a.m. on Jan. 3", "Gen. Lee of the U.S. Army met Dr. No vs. Mr. Ed , e.g. at 5 a.m. on Jan. 3"},
		{"number sign", "No. 10 and p. 5, but no.", "No. 10 and p. 5 , but no ."},
		{"abbreviation at the end", "He saw Apple Inc.", "He saw Apple Inc ."},
		{"acronym at the end", "He left the U.S.", "He left the U.S."},
		{"full stop and abbreviation", "It was Smith, Jr..", "It was Smith , Jr. ."},
		{"plain end", `He left."`, `He left . "`},
		{"no space", "He left.Then it rained", "He left . Then it rained"},
		{"degrees", "a Ph.D. in law", "a Ph.D. in law"},
		{"numbers", "3.5, 1,000, 1,250,000.75, .04, 10%, 7:30", "3.5 , 1,000 , 1,250,000.75 , .04 , 10 % , 7:30"},
		{"list of numbers", "1,2,3", "1 , 2 , 3"},
		{"units", "5pm, 10km, 35mm, the 20th, the 1990s, A320", "5 pm , 10 km , 35 mm , the 20th , the 1990s , A320"},
		{"currency", "$5, US$4.5bn, €30, £2m, $3M, $10,000-$20,000", "$ 5 , US$ 4.5 bn , € 30 , £ 2 m , $ 3 M , $ 10,000 - $ 20,000"},
		{"addresses", "see https://example.org/a?b=c,d. (www.un.org) or jo.doe@example.com, at bbc.co.uk", "see https://example.org/a?b=c,d . ( www.un.org ) or jo.doe@example.com , at bbc.co.uk"},
		{"address with brackets", "(https://en.wikipedia.org/wiki/Paris_(Texas))", "( https://en.wikipedia.org/wiki/Paris_(Texas) )"},
		{"address in angles", "Jo <jo@example.com> wrote", "Jo < jo@example.com > wrote"},
		{"file", "read 4_28_00.doc", "read 4_28_00.doc"},
		{"mentions", "@POTUS and #StandWithUkraine, #1", "@POTUS and #StandWithUkraine , # 1"},
		{"emoticons", "great :) sad:( wow ;-) <3 :D", "great :) sad :( wow ;-) <3 :D"},
		{"emoji", "ok 👍🏽🇺🇦 👨‍👩‍👧", "ok 👍🏽 🇺🇦 👨‍👩‍👧"},
		{"ellipses", "Well... yes…no .... […]", "Well ... yes … no .... [ … ]"},
		{"runs", "What?! No!!! ---- *** ==", "What ?! No !!! ---- *** =="},
		{"quotes", "\"a\" “b” ‘c’ «d» ``e'' „f“ 'g'", "\" a \" “ b ” ‘ c ’ « d » `` e '' „ f “ ' g '"},
		{"brackets", "(a) [b] {c} female(s)", "( a ) [ b ] { c } female ( s )"},
		{"slashes", "and/or, 9/11, 11/28/2000, 24/7, w/o", "and / or , 9/11 , 11/28/2000 , 24 / 7 , w/o"},
		{"ampersand", "AT&T, R&D, salt & pepper", "AT&T , R&D , salt & pepper"},
		{"other scripts", "Łódź и Москва’s 北京", "Łódź и Москва ’s 北京"},
		{"combining mark", "e\u0301clair's", "e\u0301clair 's"},
		{"other white space", "a\u00a0b\u2003c\td", "a b c d"},
		{"bytes", "a\xffb's \x00c", "a\xffb 's \x00 c"},
		{"empty", "", ""},
	} {
		if got := split(c.in); got != c.want {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
	}
}

func TestTokeniseStaysInItsSpan(t *testing.T) {
	text := "He said it. She didn't. They did."
	span := graph.Span{Start: 12, End: 23}
	var got []string
	for _, s := range Tokenise(text, span) {
		if !span.Contains(s) {
			t.Errorf("%v lies outside %v", s, span)
		}
		got = append(got, text[s.Start:s.End])
	}
	if want := "She did n't ."; strings.Join(got, " ") != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestSegment(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     []string
	}{
		{"titles", "Gen. Smith met Sec. Blinken. They spoke.", []string{"Gen. Smith met Sec. Blinken.", "They spoke."}},
		{"initials", "J. R. Smith of R. Politik spoke. W.H.S. Koerner left.", []string{"J. R. Smith of R. Politik spoke.", "W.H.S. Koerner left."}},
		{"state", "The U.S. Senate voted in the U.S. The end.", []string{"The U.S. Senate voted in the U.S.", "The end."}},
		{"number", "No. 10 said 3.5 percent (b. 1975). It rose.", []string{"No. 10 said 3.5 percent (b. 1975).", "It rose."}},
		{"heading number", "2.1. New talks", []string{"2.1. New talks"}},
		{"quote goes on", `"Why?" he asked. "No." She left.`, []string{`"Why?" he asked.`, `"No."`, "She left."}},
		{"lower case goes on", "It cost approx. five. The org. chart helps.", []string{"It cost approx. five.", "The org. chart helps."}},
		{"footnote", "The war ended. [13] It began again.[4] [5] He left.", []string{"The war ended. [13]", "It began again.[4] [5]", "He left."}},
		{"apart marks", "He left . ) Then it rained !", []string{"He left . )", "Then it rained !"}},
		{"no space", "He left.Then it rained. See example.com.", []string{"He left.", "Then it rained.", "See example.com."}},
		{"address", "See www.example.org/Left.Then for it.", []string{"See www.example.org/Left.Then for it."}},
		{"emoticon", "I love it. :) You too?", []string{"I love it. :)", "You too?"}},
		{"casual", "i went home. it rained.", []string{"i went home.", "it rained."}},
		{"letter", "Thanks, Fred", []string{"Thanks,", "Fred"}},
		{"mail", "Jo Doe 04/30/2001 12:42 PM The text", []string{"Jo Doe", "04/30/2001 12:42 PM", "The text"}},
		{"paragraphs", "A headline\n\nThe text.\nA line.\r\n\r\nMore", []string{"A headline", "The text.", "A line.", "More"}},
		{"wrapped", "The foreign minister of France said on Thursday that\ntalks with Russia had begun and that they would go on\nfor a week.", []string{"The foreign minister of France said on Thursday that\ntalks with Russia had begun and that they would go on\nfor a week."}},
		{"headlines", "Macron meets Scholz in Berlin for talks about Ukraine aid\nRussia denies it\nChina waits", []string{"Macron meets Scholz in Berlin for talks about Ukraine aid", "Russia denies it", "China waits"}},
	} {
		var got []string
		for _, s := range Segment(c.in) {
			got = append(got, c.in[s.Span.Start:s.Span.End])
		}
		if strings.Join(got, "|") != strings.Join(c.want, "|") {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
	}
}

func TestQuoted(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{ // want: q or - for each sentence
		{"over two sentences", "“We are ready. We will fight,” he said. He left.", "-q-"},
		{"straight", `He said: "We are ready. We will fight. Soon." He left.`, "-qq-"},
		{"each its own", `"Why?" he asked. "No." She left.`, "---"},
		{"single", "‘We are the allies’ friends. We will fight,’ he said. He left.", "-q-"},
		{"apostrophes", "The allies’ plan failed. The rebels' did too. ‘Tis so.", "---"},
		{"angles", "«Non. Jamais.» He left.", "-q-"},
		{"low", "„Nein. Niemals.“ He left.", "-q-"},
		{"inches", `It is 6" long. It works.`, "--"},
		{"paragraphs", "“We are ready.\n\n“We will fight. Soon.”\n\nHe left.", "-qq-"},
		{"mark forgotten", "“We are ready.\n\nHe left. She stayed.", "---"},
	} {
		var got []byte
		for _, s := range Segment(c.in) {
			if s.Quoted {
				got = append(got, 'q')
			} else {
				got = append(got, '-')
			}
		}
		if string(got) != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

// patterns are repeated to find what is not linear.
var patterns = []string{
	".", "!", "?", "…", ",", ";", ":", "-", "–", "—", "/", "\\", "'", "’", "‘", "`", `"`, "“", "”", "«", "(", ")", "[", "]", "{", "<", ">",
	"@", "#", "$", "€", "%", "&", "*", "+", "=", "_", "~", "^", "|", "1", "a", "A", "é", "\xff", "\x00", "\n", " ", "\u200d", "😀",
	"a.", "A.", "1.", "1,", "1/", "1-", "1:", "a-", "a'", "n't", "n'", "a&", "a*", "a_", "a@", "@a", "a,@", "www.", "www.,", "http://", "http://(", "x.com", ".doc",
	"a. ", "A. ", "U.S. ", ". ", "[ ", ".[", ".[1]", "[1]", ". [", `". `, ":)", ":(", "'s", "1/1", "non-", "((a. ", "12-", "‘a ", "a’ ", "Hi, ", "Thanks,", "a\n", "\r\n",
}

func TestCostIsLinear(t *testing.T) {
	const budget = 3 * time.Second // linear code takes some 50 ms
	check := func(name, text string) {
		began := time.Now()
		Segment(text)
		Tokenise(text, graph.Span{End: len(text)})
		if took := time.Since(began); took > budget {
			t.Errorf("%s: %v for %d bytes", name, took, len(text))
		}
	}
	for _, p := range patterns {
		n := 100_000
		if utf8.RuneCountInString(p) > 1 {
			n = 30_000
		}
		check(strconv.Quote(p), strings.Repeat(p, n))
	}
	check("a line of a million bytes", strings.Repeat("Russia's minister—who didn't reply—said 3.5% \"no\" ", 20_000))
	check("digits, then slashes", strings.Repeat("1", 100_000)+strings.Repeat("/1", 100_000))
	check("brackets, then sentences", strings.Repeat("(", 100_000)+strings.Repeat("a. ", 100_000))
}

func TestTokeniseAllocatesOnlyItsResult(t *testing.T) {
	text := strings.Repeat(`President Macron's "non-state" U.S. envoy didn't pay $3.5bn to a.b@example.com on 9/11 :) `, 20)
	if n := testing.AllocsPerRun(20, func() { Tokenise(text, graph.Span{End: len(text)}) }); n > 3 {
		t.Errorf("%.0f allocations", n)
	}
}

func BenchmarkSegment(b *testing.B) {
	text := strings.Repeat("President Emmanuel Macron on Thursday condemned Russia's tone after talks in Paris. ", 50)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Segment(text)
	}
}
