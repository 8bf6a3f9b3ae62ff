package train

import (
	"math"
	"slices"

	"entente/extract/nlp/fast"
	"entente/extract/nlp/neural"
	"entente/extract/nlp/neural/vec"
)

// fastAdam is adam for the fast model, whose gradient one worker computes.
type fastAdam struct {
	w           *fast.Weights
	mean, power [][]float32
	step        int
}

func newFastAdam(w *fast.Weights) *fastAdam {
	a := &fastAdam{w: w}
	for _, t := range w.Tensors() {
		a.mean = append(a.mean, make([]float32, len(t.Data)))
		a.power = append(a.power, make([]float32, len(t.Data)))
	}
	return a
}

// update changes the weights by the worker's gradient, which it clears.
func (a *fastAdam) update(k *fastWorker, rate float64) {
	a.step++
	list := k.touchedSlices()
	grads := k.grad.Tensors()
	norm := 0.0
	for _, s := range list {
		g := grads[s.tensor].Data[s.start:s.end]
		norm += float64(vec.Dot(g, g))
	}
	step := adamStep(a.step, rate, math.Sqrt(norm))
	for _, s := range list {
		g := grads[s.tensor].Data[s.start:s.end]
		step.Update(g, a.w.Tensors()[s.tensor].Data[s.start:s.end], a.mean[s.tensor][s.start:s.end], a.power[s.tensor][s.start:s.end])
		clear(g)
	}
}

// touchedSlices returns what has a gradient, always in the same order.
func (k *fastWorker) touchedSlices() []slice {
	var list []slice
	for i, t := range k.grad.Tensors() {
		if i >= len(k.touched) || t.Kind != neural.KindTable {
			list = append(list, slice{i, 0, len(t.Data)})
			continue
		}
		set := &k.touched[i]
		slices.Sort(set.rows)
		for _, r := range set.rows {
			list = append(list, slice{i, int(r) * t.Cols, int(r+1) * t.Cols})
			set.has[r] = false
		}
		set.rows = set.rows[:0]
	}
	return list
}
