package nlp

import (
	"strings"
	"sync"
	"testing"
	"unicode/utf8"
)

var shared = sync.OnceValue(func() *Prose { return NewProse(nil) })

// render writes sentences a line each, as text/TAG.
func render(doc Document) string {
	var b strings.Builder
	for _, s := range doc.Sentences {
		for i, t := range s.Tokens {
			if i > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(t.Text + "/" + t.Tag)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func words(doc Document) string {
	var lines []string
	for _, s := range doc.Sentences {
		var line []string
		for _, t := range s.Tokens {
			line = append(line, t.Text)
		}
		lines = append(lines, strings.Join(line, " "))
	}
	return strings.Join(lines, "\n")
}

func TestTokens(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"clitics", "Russia's minister didn't say they're allies' friends.", "Russia 's minister did n't say they 're allies ' friends ."},
		{"curly", "He doesn’t trust “them”.", "He does n’t trust “ them ” ."},
		{"dash without spaces", "Moscow—which denied it—agreed.", "Moscow — which denied it — agreed ."},
		{"dash in a range", "a score of 3–0 here", "a score of 3–0 here"},
		{"short name at the end", "Biden met Xi.", "Biden met Xi ."},
		{"abbreviation at the end", "He went to the U.S.", "He went to the U.S."},
		{"initial", "She runs R. Politik.", "She runs R. Politik ."},
		{"compound", "The Hamas-run ministry spoke.", "The Hamas-run ministry spoke ."},
		{"dots", "Well... no", "Well . . . no"},
		{"name at the end, no mark", "I met Vladimir Putin", "I met Vladimir Putin"},
		{"lower case changes length", "İstanbul's mayor won.", "İstanbul 's mayor won ."},
	} {
		if got := words(shared().Analyse(c.in)); got != c.want {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
	}
}

func TestSentences(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     []string
	}{
		{"titles", "Gen. Smith met Sec. Blinken. They spoke.", []string{"Gen. Smith met Sec. Blinken.", "They spoke."}},
		{"initials", "J. R. Smith of R. Politik spoke. He left.", []string{"J. R. Smith of R. Politik spoke.", "He left."}},
		{"state inside", "The U.S. Senate voted. The U.S. The end.", []string{"The U.S. Senate voted.", "The U.S.", "The end."}},
		{"quote goes on", `"Why?" he asked. "No." She left.`, []string{`"Why?" he asked.`, `"No."`, `She left.`}},
		{"number", "No. 10 said 3.5 percent. It rose.", []string{"No. 10 said 3.5 percent.", "It rose."}},
		{"paragraph without a mark", "A headline\n\nThe text.", []string{"A headline", "The text."}},
		{"month", "On Jan. 5 it began. In Feb. it ended.", []string{"On Jan. 5 it began.", "In Feb. it ended."}},
	} {
		var got []string
		for _, s := range shared().Analyse(c.in).Sentences {
			got = append(got, c.in[s.Span.Start:s.Span.End])
		}
		if strings.Join(got, "|") != strings.Join(c.want, "|") {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
	}
}

// prose gives all repetitions of a word the tag of the last one; we do not.
func TestProseNames(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"President Emmanuel Macron met Vladimir Putin in Moscow", "PER:Emmanuel Macron PER:Vladimir Putin LOC:Moscow"},
		{"I met Vladimir Putin", "PER:Vladimir Putin"}, // at the very end
		{"Rebels shelled the village.", ""},
	} {
		doc := shared().Analyse(c.in)
		var names []string
		for _, tok := range doc.Sentences[0].Tokens {
			switch {
			case strings.HasPrefix(tok.Entity, "B-"):
				names = append(names, tok.Entity[2:]+":"+tok.Text)
			case strings.HasPrefix(tok.Entity, "I-"):
				names[len(names)-1] += " " + tok.Text
			}
		}
		if got := strings.Join(names, " "); got != c.want {
			t.Errorf("%s: got %q, want %q", c.in, got, c.want)
		}
	}
}

func TestRepeatedWordsKeepTheirTags(t *testing.T) {
	got := render(shared().Analyse("Rebels will attack the city because the attack failed."))
	if !strings.Contains(got, "attack/VB the") || !strings.Contains(got, "attack/NN failed") {
		t.Errorf("one tag for both: %s", got)
	}
}

func TestProseIsSharedByGoroutines(t *testing.T) {
	text := "Macron met Scholz in Paris. They talked about Ukraine's defence."
	want := render(shared().Analyse(text))
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				if got := render(shared().Analyse(text)); got != want {
					t.Errorf("got %q, want %q", got, want)
				}
			}
		})
	}
	wg.Wait()
}

// valid reports the first broken promise of Engine.
func valid(t *testing.T, doc Document) {
	t.Helper()
	at := 0
	for _, s := range doc.Sentences {
		if s.Span.Start < at || s.Span.End > len(doc.Text) {
			t.Fatalf("sentence %v begins before %d", s.Span, at)
		}
		at = s.Span.Start
		for _, tok := range s.Tokens {
			if tok.Span.Start < at || tok.Span.End > s.Span.End || tok.Span.Len() == 0 {
				t.Fatalf("token %v %q outside its place (from %d, sentence %v)", tok.Span, tok.Text, at, s.Span)
			}
			if doc.Text[tok.Span.Start:tok.Span.End] != tok.Text {
				t.Fatalf("token %q is not its span %q", tok.Text, doc.Text[tok.Span.Start:tok.Span.End])
			}
			at = tok.Span.End
		}
		at = s.Span.End
	}
}

// lemmatised reports tokens without a lemma.
func lemmatised(t *testing.T, doc Document) {
	t.Helper()
	for _, s := range doc.Sentences {
		for _, tok := range s.Tokens {
			if tok.Lemma == "" {
				t.Fatalf("token %q has no lemma", tok.Text)
			}
		}
	}
}

var hostile = []string{
	"", " ", "\n\n", "\x00", "\xff\xfe", "a\xffb's c", "İ's İ's", "n't", "'s", "“", "”.", "—", "......", "? ? ?",
	"Ünïcödé’s “quotes” — «and» more…", "R. R. R.", "U.S.", "$(\"[", "don't don’t DON'T", "e\u0301clair's",
	"\u200bzero\u200bwidth", "😀's 😀😀", "(-8 :) :-)", "&rsquo;s", "a--b---c", "Mr.", "\u2028line", "''''", "'a' 'b'",
}

func TestHostileText(t *testing.T) {
	for _, s := range hostile {
		valid(t, shared().Analyse(s))
	}
	// Runs of one mark: prose alone needs minutes for these.
	for _, mark := range []string{"(", `"`, ".", "'", "-", "–", "n't", "a", "?!", "$", "é"} {
		text := strings.Repeat(mark, 20_000)
		valid(t, shared().Analyse(text))
	}
}

func FuzzProse(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Add("President Emmanuel Macron condemned Russia's \"threatening\" tone.\n\nMoscow—and others—didn't reply.")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 4096 {
			t.Skip("long texts only cost time")
		}
		doc := shared().Analyse(text)
		valid(t, doc)
		lemmatised(t, doc)
		if utf8.ValidString(text) && strings.TrimSpace(text) != "" && len(doc.Sentences) == 0 && strings.IndexFunc(text, func(r rune) bool { return r > ' ' && r < 127 }) >= 0 {
			t.Fatalf("no sentence in %q", text)
		}
	})
}

func BenchmarkProse(b *testing.B) {
	text := strings.Repeat("President Emmanuel Macron on Thursday condemned Russia's tone after talks in Paris. ", 50)
	p := shared()
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		p.Analyse(text)
	}
}
