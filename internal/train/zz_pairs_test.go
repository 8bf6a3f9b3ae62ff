package train

import (
	"fmt"
	"os"
	"sort"
	"strings"
	"testing"

	"entente/extract/relation/classify"
	"entente/internal/corpus"
	"entente/internal/eval"
	corpusdata "entente/internal/train/corpus"
)

func TestZZPairs(t *testing.T) {
	r, err := NewEventReader()
	if err != nil { t.Fatal(err) }
	cases, err := corpus.ReadFS(corpusdata.Files)
	if err != nil { t.Fatal(err) }
	var ev []corpus.Case
	for _, c := range cases { if len(c.File) < 5 || c.File[:5] != "names" { ev = append(ev, c) } }
	ex := r.Pairs(ev)
	var tr, held []Example
	pos := 0
	for _, e := range ex {
		if corpus.HeldOut(e.Case) { held = append(held, e) } else { tr = append(tr, e) }
		if e.Event.Category != "NONE" { pos++ }
	}
	for _, dir := range strings.Fields(os.Getenv("GOLDS")) {
		gs, err := eval.ReadGold(dir)
		if err != nil { t.Fatal(err) }
		more := r.golds(gs)
		n := 0
		for _, e := range more { if e.Event.Category != "NONE" { n++ } }
		fmt.Println(dir, len(more), n)
		for range 1 { tr = append(tr, more...) }
	}
	fmt.Println(len(ex), "pairs", pos, "positive", len(held), "held")
	var m *classify.Model
	if os.Getenv("LOAD") == "" {
		m = r.LearnEvents(tr, EventOptions{Epochs: 8, Members: 2, Features: 60000, Seed: 1, Log: os.Stdout})
		fmt.Println(m.Temperature, m.StatusTemperature)
		if err := writeModel(os.Getenv("OUT"), m); err != nil { t.Fatal(err) }
	} else {
		m, _ = readModel("/tmp/w/act/pairs.bin")
	}
	c, err := r.Classifier(m)
	if err != nil { t.Fatal(err) }
	type pt struct{ p float64; pos, cat bool }
	var pts []pt
	npos := 0
	for _, e := range held {
		v := c.Classify(e.Query)
		cat, _ := v.Best(false)
		is := e.Event.Category != "NONE"
		if is { npos++ }
		pts = append(pts, pt{1 - v.Categories["NONE"], is, is && e.accepts(func(x corpus.Event) bool { return x.Category == cat })})
	}
	sort.Slice(pts, func(i, j int) bool { return pts[i].p > pts[j].p })
	tp, tc := 0, 0
	next := 0.95
	for i, x := range pts {
		for x.p < next && next > 0.05 { fmt.Printf("p>=%.2f  P %.3f R %.3f cat %.3f\n", next, float64(tp)/float64(i+1), float64(tp)/float64(npos), float64(tc)/float64(max(1,tp))); next -= 0.1 }
		if x.pos { tp++ }
		if x.cat { tc++ }
	}
}
