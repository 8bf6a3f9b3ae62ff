package nlp

import "testing"

// The dateline of an article is a sentence of its own.
func TestDateline(t *testing.T) {
	for text, want := range map[string]string{
		"PARIS, April 4 (AFP) — France fell.":    "PARIS, April 4 (AFP) —|France fell.",
		"Lagos (Reuters) - Nigeria won. It ran.": "Lagos (Reuters) -|Nigeria won.|It ran.",
		"OSLO -- Norway sang.":                   "OSLO --|Norway sang.",
		"ZANU-PF lost.":                          "ZANU-PF lost.",
		"France - and Spain - fell.":             "France - and Spain - fell.",
		"It rained.\n\nROME — Italy slept.":      "It rained.|ROME — Italy slept.",
	} {
		got := ""
		for i, s := range Segment(text) {
			if i > 0 {
				got += "|"
			}
			got += text[s.Span.Start:s.Span.End]
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
