package train

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"entente/extract/nlp/neural"
)

// tinySpec is a network small enough to try every weight.
func tinySpec() *neural.Spec {
	return &neural.Spec{
		Widths: neural.Widths{Word: 16, Suffix: 16, Prefix: 16, Shape: 16, Gram: 16, Buckets: 7},
		Layers: 2, Hidden: 16,
		Morph: 16, Name: 16, Arc: 16, Relation: 16,
		Forms: neural.Forms{
			Words: []string{"", "a", "b", "c"}, Suffixes: []string{"", "a", "b"}, Prefixes: []string{"", "a"}, Shapes: []string{"", "x"},
		},
		Labels: neural.Labels{
			Tags: []string{"NOUN NN", "VERB VB", "X X"}, Feats: []string{"_", "A=B"}, Relations: []string{"root", "nsubj", "obj"},
			Entities: []string{"O", "B-PER", "I-PER"}, Hints: []string{"place", "person"},
		},
	}
}

func TestGradientsAgreeWithDifferences(t *testing.T) {
	if testing.Short() {
		t.Skip("some seconds under the race detector")
	}
	w, err := neural.NewWeights(tinySpec())
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(5, 6))
	for _, tensor := range w.Tensors() {
		for i := range tensor.Data {
			tensor.Data[i] = float32(rng.NormFloat64()) * 0.3
		}
	}
	const steps = 4
	make1 := func(tree, names bool) *example {
		e := &example{}
		for range steps {
			e.cells = append(e.cells, neural.Cell{Word: rng.Int32N(4), Suffix: rng.Int32N(3), Prefix: rng.Int32N(2),
				Shape: rng.Int32N(2), Grams: []int32{rng.Int32N(7), rng.Int32N(7)}})
		}
		if tree {
			e.tags, e.feats, e.rels, e.heads = []int{0, 1, 2, 0}, []int{0, 1, 1, 0}, []int{1, 0, 2, 1}, []int{2, 0, 2, 3}
		}
		if names {
			e.names, e.hints, e.earlier = []int{1, 2, -1, 0}, []uint32{1, 3, 0, 2}, []uint32{0, 1, 0, 1}
		}
		return e
	}
	batch := []*example{make1(true, true), make1(true, false), make1(false, true)}
	turned := newTurned(w)
	k, err := newWorker(w, turned, make([]int, 4))
	if err != nil {
		t.Fatal(err)
	}
	loss := func() float64 {
		k.forward(batch)
		k.loss = 0
		k.answers(batch, 1)
		return k.loss
	}
	turned.update(w)
	k.run(batch, 1)
	checkGradients(t, rng, w.Tensors(), k.grad.Tensors(), loss)
}

// checkGradients compares the gradient of each tensor with differences of the
// loss, at some elements chosen by chance. The first six tensors are tables, of
// which few rows are used.
func checkGradients(t *testing.T, rng *rand.Rand, weights, gradient []neural.Tensor, loss func() float64) {
	t.Helper()
	const tries = 60
	grads := make([][]float32, len(weights))
	for i, tensor := range gradient {
		grads[i] = slices.Clone(tensor.Data)
	}
	for i, tensor := range weights {
		t.Run(tensor.Name, func(t *testing.T) {
			worst, largest, bends := 0.0, 0.0, 0
			for range tries {
				j := rng.IntN(len(tensor.Data))
				if i < 6 {
					j = rng.IntN(min(len(tensor.Data), 4*16))
				}
				old := tensor.Data[j]
				difference := func(e float32) float64 {
					tensor.Data[j] = old + e
					up := loss()
					tensor.Data[j] = old - e
					down := loss()
					tensor.Data[j] = old
					return (up - down) / (2 * float64(e))
				}
				want := difference(1.0 / 8192)
				if math.Abs(want-difference(1.0/2048)) > 0.02*(0.5+math.Abs(want)) {
					bends++ // between the points an activation changes its slope
					continue
				}
				got := float64(grads[i][j])
				worst = max(worst, math.Abs(got-want)/(0.5+math.Abs(want)))
				largest = max(largest, math.Abs(want))
			}
			if worst > 0.04 {
				t.Errorf("off by %.3f (relative)", worst)
			}
			if bends > tries/3 {
				t.Errorf("%d of %d differences depend on the step", bends, tries)
			}
			if largest == 0 {
				t.Error("no gradient at all: the check says nothing")
			}
		})
	}
}

func TestCrossEntropy(t *testing.T) {
	row := []float32{1, 2, 3}
	loss := crossEntropy(row, 2, 1)
	if got, want := fmt.Sprintf("%.4f %.4f", loss, row), "0.4076 [0.0900 0.2447 -0.3348]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
