package nlp

import (
	"strings"
	"sync"
	"testing"
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
			for _, s := range doc.Sentences {
				tree(t, s)
			}
		}
	})
}

func BenchmarkNeural(b *testing.B) {
	text := strings.Repeat("President Emmanuel Macron on Thursday condemned Russia's tone after talks in Paris. ", 50)
	e := loadNetwork(b)
	tokens := 0
	for _, s := range e.Analyse(text).Sentences {
		tokens += len(s.Tokens)
	}
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		e.Analyse(text)
	}
	b.ReportMetric(float64(tokens)*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}
