package corpusdata

import (
	"testing"

	"entente/internal/corpus"
)

// TestFiles: every file is without fault, and about a fifth of it stands aside.
func TestFiles(t *testing.T) {
	cases, err := corpus.ReadFS(Files)
	if err != nil {
		t.Fatal(err)
	}
	all, aside := map[string]int{}, map[string]int{}
	for _, c := range cases {
		all[c.File]++
		if corpus.HeldOut(c) {
			aside[c.File]++
		}
		if len(c.Text) > 800 {
			t.Errorf("%s:%d: %d bytes are no single sentence", c.File, c.Line, len(c.Text))
		}
	}
	for file, n := range all {
		if share := float64(aside[file]) / float64(n); share < 0.1 || share > 0.3 {
			t.Errorf("%s: %d of %d cases are held out, want about a fifth: part its blocks by blank lines", file, aside[file], n)
		}
	}
}
