package nlp

import (
	"io/fs"
	"slices"
	"strings"
	"sync"
	"testing"

	"entente/examples"
	"entente/graph"
)

var network = sync.OnceValues(NewNeural)

func loadNetwork(t testing.TB) *Neural {
	t.Helper()
	e, err := network()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// tree reports what keeps the heads of a sentence from being one tree.
func tree(t *testing.T, s Sentence) {
	t.Helper()
	roots := 0
	for i, tok := range s.Tokens {
		if tok.Head == 0 {
			roots++
		}
		if tok.Head < 0 || tok.Head > len(s.Tokens) || tok.Head == i+1 {
			t.Fatalf("token %d %q hangs from %d", i+1, tok.Text, tok.Head)
		}
		for h, steps := tok.Head, 0; h != 0; h, steps = s.Tokens[h-1].Head, steps+1 {
			if steps > len(s.Tokens) {
				t.Fatalf("token %d %q is in a cycle", i+1, tok.Text)
			}
		}
	}
	if roots != 1 && len(s.Tokens) > 0 {
		t.Fatalf("%d roots in %v", roots, s.Tokens)
	}
}

func TestNeuralReadsASentence(t *testing.T) {
	doc := loadNetwork(t).Parse("President Emmanuel Macron condemned Russia's tone.")
	var got []string
	for _, tok := range doc.Sentences[0].Tokens {
		got = append(got, strings.Join([]string{tok.Text, tok.Tag, tok.Deprel, tok.Entity}, "|"))
	}
	want := "President|NNP|nmod:desc|O Emmanuel|NNP|nsubj|B-PER Macron|NNP|flat|I-PER condemned|VBD|root|O Russia|NNP|nmod:poss|B-LOC 's|POS|case|O tone|NN|obj|O .|.|punct|O"
	if s := strings.Join(got, " "); s != want {
		t.Errorf("got  %s\nwant %s", s, want)
	}
}

func TestCompoundsAreOneToken(t *testing.T) {
	for in, want := range map[string]string{
		"The US-led force left.":             "The US-led force left .",
		"Guinea-Bissau's leader fled.":       "Guinea-Bissau 's leader fled .",
		"A state-of-the-art jet crashed.":    "A state-of-the-art jet crashed .",
		"He said - in Paris - that it rose.": "He said - in Paris - that it rose .",
		"Gains of 3-4 percent.":              "Gains of 3-4 percent .",
	} {
		doc := loadNetwork(t).Analyse(in)
		if got := words(doc); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		for _, s := range doc.Sentences {
			tree(t, s)
		}
	}
}

// lemmas renders the lemmas of a document.
func lemmas(doc Document) string {
	var all []string
	for _, s := range doc.Sentences {
		for _, tok := range s.Tokens {
			all = append(all, tok.Lemma)
		}
	}
	return strings.Join(all, " ")
}

func TestLemmas(t *testing.T) {
	for _, c := range []struct{ in, parse, analyse, prose string }{
		{
			"Two US-led forces weren’t taking “Polish” cities.",
			`two US - lead force be not take " Polish " city .`,
			`two US-lead force be not take " Polish " city .`,
			`two US-led force be not take " Polish " city .`,
		},
		{
			"Czech ministers' talks were Well-known meetings.",
			"Czech minister 's talk be well - know meeting .",
			"Czech minister 's talk be Well-know meeting .",
			"Czech minister 's talk be well-known meeting .",
		},
	} {
		e := loadNetwork(t)
		if got := lemmas(e.Parse(c.in)); got != c.parse {
			t.Errorf("Parse: got %q, want %q", got, c.parse)
		}
		if got := lemmas(e.Analyse(c.in)); got != c.analyse {
			t.Errorf("Analyse: got %q, want %q", got, c.analyse)
		}
		if got := lemmas(shared().Analyse(c.in)); got != c.prose {
			t.Errorf("prose: got %q, want %q", got, c.prose)
		}
	}
}

func TestParseWordsIsParse(t *testing.T) {
	e := loadNetwork(t)
	want := e.Parse("Macron condemned Russia's “tone”.").Sentences[0].Tokens
	words := make([]string, len(want))
	for i, tok := range want {
		words[i] = tok.Text
		want[i].Span = graph.Span{}
	}
	if got := e.ParseWords([][]string{words})[0]; !slices.Equal(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if got := e.ParseWords(nil); len(got) != 0 {
		t.Errorf("of no words: %+v", got)
	}
	odd := []string{"", " ", "10 000", "\xff", "a\tb", ""}
	got := e.ParseWords([][]string{odd})[0]
	tree(t, Sentence{Tokens: got})
	for i, w := range odd {
		if got[i].Text != w || (got[i].Lemma == "") != (w == "") {
			t.Errorf("of %q: %+v", w, got[i])
		}
	}
}

func TestNeuralOnHostileText(t *testing.T) { onHostileText(t, loadNetwork(t)) }

func onHostileText(t *testing.T, e *Neural) {
	t.Helper()
	texts := append([]string{}, hostile...)
	for _, mark := range []string{"(", `"`, ".", "'", "-", "a-", "–", "n't", "a", "?!", "$", "é", "word "} {
		texts = append(texts, strings.Repeat(mark, 1500))
	}
	for _, text := range texts {
		for _, doc := range []Document{e.Parse(text), e.Analyse(text)} {
			valid(t, doc)
			lemmatised(t, doc)
			for _, s := range doc.Sentences {
				tree(t, s)
			}
		}
	}
}

func TestNeuralIsSharedByGoroutines(t *testing.T) {
	e := loadNetwork(t)
	text := "Macron met Scholz in Paris. They talked about Ukraine's long-range missiles."
	want := render(e.Analyse(text))
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 10 {
				if got := render(e.Analyse(text)); got != want {
					t.Errorf("got %q, want %q", got, want)
				}
			}
		})
	}
	wg.Wait()
}

func FuzzNeural(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Add("The US-led coalition—and others—didn't reply to Xi.")
	e := loadNetwork(f)
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1000 {
			t.Skip("long texts only cost time")
		}
		for _, doc := range []Document{e.Parse(text), e.Analyse(text)} {
			valid(t, doc)
			lemmatised(t, doc)
			for _, s := range doc.Sentences {
				tree(t, s)
			}
		}
	})
}

func BenchmarkNeural(b *testing.B) { parseSamples(b, loadNetwork(b)) }

// parseSamples reads the sample articles, whose words have been met before.
func parseSamples(b *testing.B, e *Neural) {
	b.Helper()
	var texts []string
	size, tokens := 0, 0
	files, err := fs.Glob(examples.News, "news/*.txt")
	if err != nil || len(files) == 0 {
		b.Fatal("no samples: ", err)
	}
	for _, file := range files {
		text, err := fs.ReadFile(examples.News, file)
		if err != nil {
			b.Fatal(err)
		}
		texts = append(texts, string(text))
		size += len(text)
		for _, s := range e.Parse(string(text)).Sentences {
			tokens += len(s.Tokens)
		}
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, text := range texts {
			e.Parse(text)
		}
	}
	b.ReportMetric(float64(tokens)*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}
