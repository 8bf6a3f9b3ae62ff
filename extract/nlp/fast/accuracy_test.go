package fast

import (
	"slices"
	"testing"

	"entente/internal/conllu"
	"entente/internal/eval"
)

// On the words of a treebank that was not trained on, the model keeps what
// docs/models.md promises, with a point to spare.
func TestAccuracy(t *testing.T) {
	if testing.Short() {
		t.Skip("reads a treebank")
	}
	gold, err := conllu.ReadFile(treebank + "ewt-test.conllu.gz")
	if err != nil {
		t.Skipf("no treebank beside the working copy: %v", err)
	}
	m, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	system := make([]conllu.Sentence, len(gold))
	for i, s := range gold {
		var words []string
		for _, w := range s.Words {
			words = append(words, w.Form)
		}
		system[i] = s
		system[i].Words = slices.Clone(s.Words)
		for j, a := range one(m, words) {
			w := &system[i].Words[j]
			w.UPOS, w.XPOS, w.Feats, w.Head, w.Deprel = a.UPOS, a.XPOS, a.Feats, a.Head, a.Deprel
		}
	}
	score, err := eval.Parse(gold, system)
	if err != nil {
		t.Fatal(err)
	}
	if upos, las := float64(score.UPOS.F1), float64(score.LAS.F1); upos < 0.945 || las < 0.80 {
		t.Errorf("UPOS %.4f and LAS %.4f: want 0.945 and 0.80 at least", upos, las)
	}
}
