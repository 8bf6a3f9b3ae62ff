package ingest

import (
	"errors"
	"os"
	"strings"
	"testing"
)

// languageSamples returns the paragraphs of testdata/languages.txt with their
// codes.
func languageSamples(t *testing.T) (codes, texts []string) {
	t.Helper()
	data, err := os.ReadFile("testdata/languages.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		if code, text, ok := strings.Cut(strings.TrimSpace(line), "  "); ok && code != "#" {
			codes, texts = append(codes, code), append(texts, text)
		}
	}
	return codes, texts
}

// Paragraphs of thirteen languages are known as not English; single sentences where
// the input says so.
func TestOtherLanguage(t *testing.T) {
	codes, texts := languageSamples(t)
	alone, declared := 0, 0
	for i, text := range texts {
		if otherLanguage(text, "") == "" {
			t.Errorf("%s: taken for English: %s", codes[i], text)
		}
		if i%2 == 1 && otherLanguage(texts[i-1]+"\n\n"+text, "en") == "" { // templates say so of everything
			t.Errorf("%s: taken for English, as it is declared: %s", codes[i], text)
		}
		short, _, _ := strings.Cut(text, ". ")
		if otherLanguage(short, "") != "" {
			alone++
		}
		if otherLanguage(short, codes[i]) != "" {
			declared++
		}
	}
	t.Logf("of %d sentences %d are known alone, %d as declared", len(texts), alone, declared)
	if alone < 6 || declared < 20 {
		t.Error("too few sentences are known")
	}
}

// No English text is lost: not one that is short, odd, or declared as something
// else.
func TestEnglish(t *testing.T) {
	for _, text := range []string{
		"x", "", "4 – 2", "Why now?", "Iraq wants some of its money back.", "What is it about?",
		"Analysts at Banco Sabadell kept their recommendation at \"hold\". Those at Jefferies cut theirs.",
		"Nicaragua's Daniel Ortega hasn't decided yet.",
		"Medal table on Thursday: Kyrgyzstan 98, Kazakhstan 71, Russia 63, Uzbekistan 29, Turkmenistan 12.",
		"The president, Lech Wałęsa, quoted a line of Słowacki: „Niech żywi nie tracą nadziei”. He did not say what it meant to him.",
		"Il Messaggero and Le Monde both reported that Berlusconi would meet Chirac in Nice.",
		sentence, sentence + " " + sentence,
	} {
		for _, declared := range []string{"", "en", "fr", "de-DE", "Russian"} {
			if got := otherLanguage(text, declared); got != "" {
				t.Errorf("%q, declared %q: %s", text, declared, got)
			}
		}
	}
}

// Names and figures alone are nearest to many languages.
func TestScores(t *testing.T) {
	const text = "Scores: New Zealand 23 (tries: Doug Howlett, Eaton; conversions: Dan Carter 2; penalties: Carter 3), France 10 (try: Rougerie; conversion: Elissalde; penalty: Elissalde)."
	for _, declared := range []string{"", "en"} {
		if got := otherLanguage(text, declared); got != "" {
			t.Errorf("declared %q: %s", declared, got)
		}
	}
}

func TestAnyLanguage(t *testing.T) {
	_, texts := languageSamples(t)
	for _, text := range texts {
		for _, any := range []bool{false, true} {
			for a, err := range Read(Source{Path: "a.txt", R: strings.NewReader(text)}, Options{AnyLanguage: any}) {
				if any && a.Body == "" || !any && !errors.Is(err, ErrLanguage) {
					t.Errorf("any language %v: %q, %v", any, a.Body, err)
				}
			}
		}
	}
}

func BenchmarkLanguage(b *testing.B) {
	text := strings.Repeat(sentence+" ", 30)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if otherLanguage(text, "") != "" {
			b.Fatal("English is not known")
		}
	}
}
