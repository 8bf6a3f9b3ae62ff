package train

import (
	"os"
	"testing"

	"entente/extract/nlp/fast"
	"entente/extract/nlp/neural"
)

// treebanks is where the data of docs/models.md are, where they are at hand:
// beside the repository, as .ci/run has it.
const treebanks = "../../../shared/treebank"

// TestShippedModels: the models in the program are as good as docs/models.md says, with some
// tenths to spare, on data that they were not trained on.
func TestShippedModels(t *testing.T) {
	if testing.Short() {
		t.Skip("reads the treebanks")
	}
	if _, err := os.Stat(treebanks); err != nil {
		t.Skipf("no treebanks to measure by: %v", err)
	}
	data, err := Load(treebanks, Choice{Also: []string{"ewt-dev"}})
	if err != nil {
		t.Fatal(err)
	}
	network, err := neural.Load()
	if err != nil {
		t.Fatal(err)
	}
	quick, err := fast.Load()
	if err != nil {
		t.Fatal(err)
	}
	sets := append(data.Test, newsOf(append(data.Dev, data.Test...)))
	for _, c := range []struct {
		name      string
		model     analyser
		upos, las map[string]float64 // at least, by set
		names     map[string]float64
	}{
		{"network", network,
			map[string]float64{"ewt-test": 95.5, "pud-test": 96.0, news: 96.5},
			map[string]float64{"ewt-test": 86.5, "pud-test": 84.5, news: 86},
			map[string]float64{"uner-ewt-test": 70, "own sentences set aside": 88}},
		{"fast", quick,
			map[string]float64{"ewt-test": 95.0, "pud-test": 95.5, news: 95.5},
			map[string]float64{"ewt-test": 83.5, "pud-test": 82, news: 84},
			map[string]float64{"uner-ewt-test": 70, "own sentences set aside": 86}},
	} {
		for _, set := range sets {
			m, err := Measure(c.model, set)
			if err != nil {
				t.Fatal(err)
			}
			if upos, las := 100*float64(m.UPOS.F1), 100*float64(m.LAS.F1); upos < c.upos[set.Name] || las < c.las[set.Name] {
				t.Errorf("%s: %v; want UPOS %.1f and LAS %.1f", c.name, m, c.upos[set.Name], c.las[set.Name])
			}
		}
		for _, set := range data.Names {
			m := MeasureNames(c.model, set)
			if f1 := 100 * m.All().F1(); f1 < c.names[set.Name] {
				t.Errorf("%s: %v; want F1 %.1f", c.name, m, c.names[set.Name])
			}
		}
	}
}
