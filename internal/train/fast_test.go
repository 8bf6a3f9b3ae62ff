package train

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"

	"entente/extract/nlp/fast"
	"entente/extract/nlp/neural"
)

// tinyFast returns a fast model small enough to try every weight, and
// sentences for it.
func tinyFast(t *testing.T, rng *rand.Rand) (*fast.Weights, []*example) {
	t.Helper()
	spec := tinySpec()
	w, err := fast.NewWeights(&fast.Spec{
		Widths: spec.Widths, Layers: 3, Hidden: 16, Morph: 16, Syntax: 16, State: 16, Forms: spec.Forms, Labels: spec.Labels,
		Bundles: [][]int{{0}, {0, 1}, {1}},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, tensor := range w.Tensors() {
		for i := range tensor.Data {
			tensor.Data[i] = float32(rng.NormFloat64()) * 0.3
		}
	}
	make1 := func(n int, tree, names bool) *example {
		e := &example{}
		for range n {
			e.cells = append(e.cells, neural.Cell{Word: rng.Int32N(4), Suffix: rng.Int32N(3), Prefix: rng.Int32N(2),
				Shape: rng.Int32N(2), Grams: []int32{rng.Int32N(7), rng.Int32N(7)}})
		}
		if tree {
			e.tags, e.feats, e.rels, e.heads = []int{0, 1, 2, 0}[:n], []int{0, 1, 1, 0}[:n], []int{1, 0, 2, 1}[:n], []int{2, 0, 2, 3}[:n]
		}
		if names {
			e.names, e.hints, e.earlier = []int{1, 2, -1, 0}[:n], []uint32{1, 3, 0, 2}[:n], []uint32{0, 1, 0, 1}[:n]
		}
		return e
	}
	return w, []*example{make1(4, true, true), make1(3, true, false), make1(2, false, true), make1(2, true, false)}
}

func TestFastGradientsAgreeWithDifferences(t *testing.T) {
	if testing.Short() {
		t.Skip("some seconds under the race detector")
	}
	rng := rand.New(rand.NewPCG(5, 6))
	w, batch := tinyFast(t, rng)
	k, err := newFastWorker(w, make([]int, 4))
	if err != nil {
		t.Fatal(err)
	}
	loss := func() float64 {
		k.loss = 0
		k.forward(batch)
		k.answers(batch, 1)
		return k.loss
	}
	k.run(batch, 1)
	checkGradients(t, rng, w.Tensors(), k.grad.Tensors(), loss)
}

func trainTinyFast(t *testing.T, seed uint64) ([]byte, string) {
	t.Helper()
	var file, log bytes.Buffer
	o := FastOptions{Epochs: 60, Seed: seed, Batch: 12, Hidden: 16, Rate: 0.02, Log: &log}
	saves := 0
	w, err := TrainFast(tinyData(t), o, func(*fast.Weights) error { saves++; return nil })
	if err != nil {
		t.Fatal(err)
	}
	if saves != o.Epochs {
		t.Errorf("%d saves in %d epochs", saves, o.Epochs)
	}
	if err := fast.Encode(&file, w); err != nil {
		t.Fatal(err)
	}
	return file.Bytes(), log.String()
}

func TestEqualSeedsGiveEqualFastModels(t *testing.T) {
	first, log := trainTinyFast(t, 7)
	second, _ := trainTinyFast(t, 7)
	if !bytes.Equal(first, second) {
		t.Error("two runs with one seed differ")
	}
	if !strings.Contains(log, "tiny-dev: UPOS 100.00") || !strings.Contains(log, "LAS 100.00") {
		t.Errorf("the tiny treebank was not learnt:\n%s", log)
	}
	if third, _ := trainTinyFast(t, 8); bytes.Equal(first, third) {
		t.Error("another seed gives the same weights")
	}
	model, err := fast.Decode(bytes.NewReader(first))
	if err != nil {
		t.Fatal(err)
	}
	got := model.Analyse([]neural.Sentence{{Words: []string{"Macron", "praised", "Chad"}}})[0]
	if got[0].Deprel != "nsubj" || got[1].Head != 0 || got[2].Head != 2 || got[0].Entity != "B-LOC" || got[1].Feats != "Tense=Past" {
		t.Errorf("got %+v", got)
	}
}

// reachable returns the most arcs of the tree that can still be made from s.
func reachable(s *fast.State, heads []int32) int {
	best := 0
	for m := fast.Shift; m < fast.Moves; m++ {
		if !s.Can(m) {
			continue
		}
		gain := 0
		if head, d := s.Arc(m); head >= 0 && heads[d] == head {
			gain = 1
		}
		next := cloneState(s)
		next.Do(m)
		best = max(best, gain+reachable(&next, heads))
	}
	return best
}

func cloneState(s *fast.State) fast.State {
	c := *s
	c.Stack = append([]int32(nil), s.Stack...)
	c.Heads = append([]int32(nil), s.Heads...)
	c.First = append([]int32(nil), s.First...)
	c.Last = append([]int32(nil), s.Last...)
	return c
}

// randomTree returns heads (from 1, 0 for the root) that random moves make: a
// tree without crossing arcs.
func randomTree(n int, rng *rand.Rand) []int {
	var s fast.State
	for s.Reset(n); !s.Done(); {
		if m := fast.Move(rng.IntN(fast.Moves)); s.Can(m) {
			s.Do(m)
		}
	}
	heads := make([]int, n)
	for d, h := range s.Heads {
		heads[d] = (int(h) + 1) % (n + 1)
	}
	return heads
}

// From any state, the cost of each move is what trying all ways on shows.
func TestOracleAgreesWithBruteForce(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	states, wrong := 0, 0
	for i := range 400 {
		n := 1 + i%6
		heads := randomTree(n, rng)
		var o oracle
		o.reset(heads)
		var s fast.State
		for s.Reset(n); !s.Done(); {
			before := reachable(&s, o.heads)
			for m := fast.Shift; m < fast.Moves; m++ {
				if !s.Can(m) {
					continue
				}
				made := 0
				if head, d := s.Arc(m); head >= 0 && o.heads[d] == head {
					made = 1
				}
				next := cloneState(&s)
				next.Do(m)
				states++
				if want := before - made - reachable(&next, o.heads); o.cost(&s, m) != want {
					wrong++
					t.Logf("heads %v, stack %v, next %d, move %d: cost %d, want %d", heads, s.Stack, s.Next, m, o.cost(&s, m), want)
				}
			}
			for {
				if m := fast.Move(rng.IntN(fast.Moves)); s.Can(m) {
					s.Do(m)
					break
				}
			}
		}
	}
	if wrong > 0 {
		t.Errorf("%d of %d costs are wrong", wrong, states)
	}
}

// Following the oracle from the start makes the tree.
func TestOracleMakesTheTree(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for i := range 300 {
		n := 1 + i%20
		heads := randomTree(n, rng)
		var o oracle
		o.reset(heads)
		var s fast.State
		for s.Reset(n); !s.Done(); {
			good := o.best(&s)
			m := fast.Move(rng.IntN(fast.Moves))
			if good[m] {
				s.Do(m)
			}
		}
		for d, h := range s.Heads {
			if h != o.heads[d] {
				t.Fatalf("heads %v: got %v", heads, s.Heads)
			}
		}
	}
}
