package nlp

import (
	"strings"
	"testing"
)

func loadFast(t testing.TB) *Neural {
	t.Helper()
	e, err := NewFast()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestFastReadsASentence(t *testing.T) {
	text := "Macron condemned the US-led attack. Talks failed."
	doc := loadFast(t).Analyse(text)
	if got, want := words(doc), "Macron condemned the US-led attack .\nTalks failed ."; got != want {
		t.Fatalf("got %q, want %q", got, want)
	}
	valid(t, doc)
	var got []string
	for _, tok := range doc.Sentences[0].Tokens {
		got = append(got, strings.Join([]string{tok.Text, tok.Tag, tok.Deprel}, "|"))
	}
	want := "Macron|NNP|nsubj condemned|VBD|root the|DT|det US-led|JJ|amod attack|NN|obj .|.|punct"
	if s := strings.Join(got, " "); s != want {
		t.Errorf("got  %s\nwant %s", s, want)
	}
	if e := doc.Sentences[0].Tokens[0].Entity; e != "B-PER" {
		t.Errorf("Macron is %q", e)
	}
}

func TestFastOnHostileText(t *testing.T) { onHostileText(t, loadFast(t)) }

func BenchmarkFast(b *testing.B) { parseSamples(b, loadFast(b)) }
