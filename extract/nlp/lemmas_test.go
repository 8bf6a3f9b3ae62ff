package nlp

import "testing"

func TestLoadLemmas(t *testing.T) {
	l, err := LoadLemmas()
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range [][3]string{
		{"freed", "VBD", "free"}, {"froze", "VBD", "freeze"}, {"overthrew", "VBD", "overthrow"}, {"axed", "VBN", "axe"},
		{"blockaded", "VBD", "blockade"}, {"annulled", "VBD", "annul"}, {"paroled", "VBN", "parole"}, {"patrolling", "VBG", "patrol"},
		{"found", "VBD", "find"}, {"saw", "VBD", "see"}, {"left", "VBD", "leave"}, {"visited", "VBD", "visit"}, {"agreed", "VBD", "agree"},
		{"said", "VBD", "say"}, {"lied", "VBD", "lie"}, {"dying", "VBG", "die"}, {"undertook", "VBD", "undertake"},
	} {
		if got := l.Lemma(x[0], "VERB", x[1]); got != x[2] {
			t.Errorf("%s %s: %s, want %s", x[0], x[1], got, x[2])
		}
	}
}
