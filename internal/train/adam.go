package train

import (
	"math"
	"slices"
	"sync"

	"entente/extract/nlp/neural"
	"entente/extract/nlp/neural/vec"
)

// Settings of Adam (Kingma and Ba 2015).
const (
	decay1  = 0.9
	decay2  = 0.98
	epsilon = 1e-8
	maxNorm = 5 // of the gradient, which is scaled down to it
)

// adam holds the running means of the gradient and of its square. Rows of
// tables are updated, and their means decay, only in steps that touch them.
type adam struct {
	weights     []neural.Tensor
	mean, power [][]float32
	step        int
}

func newAdam(weights []neural.Tensor) *adam {
	a := &adam{weights: weights}
	for _, t := range weights {
		a.mean = append(a.mean, make([]float32, len(t.Data)))
		a.power = append(a.power, make([]float32, len(t.Data)))
	}
	return a
}

// slice is a run of weights within a tensor.
type slice struct{ tensor, start, end int }

// update changes the weights by the listed parts of the gradient, which it
// clears.
func (a *adam) update(gradient []neural.Tensor, list []slice, rate float64) {
	a.step++
	squares := make([]float64, len(list))
	each(len(list), func(i int) {
		g := gradient[list[i].tensor].Data[list[i].start:list[i].end]
		squares[i] = float64(vec.Dot(g, g))
	})
	norm := 0.0
	for _, s := range squares {
		norm += s
	}
	step := adamStep(a.step, rate, math.Sqrt(norm))
	each(len(list), func(i int) {
		s := list[i]
		g := gradient[s.tensor].Data[s.start:s.end]
		step.Update(g, a.weights[s.tensor].Data[s.start:s.end], a.mean[s.tensor][s.start:s.end], a.power[s.tensor][s.start:s.end])
		clear(g)
	})
}

// gather adds the listed parts of the gradients of the other workers to that of
// the first, always in the order of the workers, and clears them.
func gather(workers []*worker, list []slice) {
	each(len(list), func(i int) {
		s := list[i]
		sum := workers[0].grad.Tensors()[s.tensor].Data[s.start:s.end]
		for _, k := range workers[1:] {
			more := k.grad.Tensors()[s.tensor].Data[s.start:s.end]
			vec.Add(more, sum)
			clear(more)
		}
	})
}

// adamStep returns the step of the given number at a rate, for a gradient of the
// given norm.
func adamStep(number int, rate, norm float64) *vec.AdamStep {
	step := &vec.AdamStep{
		Scale: 1, Decay1: decay1, Rest1: 1 - decay1, Decay2: decay2, Rest2: 1 - decay2, Epsilon: epsilon,
		Rate:   float32(rate / (1 - math.Pow(decay1, float64(number)))),
		Unbias: float32(1 / (1 - math.Pow(decay2, float64(number)))),
	}
	if norm > maxNorm {
		step.Scale = float32(maxNorm / norm)
	}
	return step
}

// touchedSlices returns what has a gradient, always in the same order: the rows
// of the first tensors that one of the sets lists, and all else in pieces. The
// sets, one of each worker with a list of rows for each of these tensors, are emptied.
func touchedSlices(tensors []neural.Tensor, sets ...[]rowSet) []slice {
	var list []slice
	for i, t := range tensors {
		if i >= len(sets[0]) {
			const piece = 1 << 14
			for start := 0; start < len(t.Data); start += piece {
				list = append(list, slice{i, start, min(start+piece, len(t.Data))})
			}
			continue
		}
		all := &sets[0][i]
		for _, other := range sets[1:] {
			for _, r := range other[i].rows {
				all.add(r)
				other[i].has[r] = false
			}
			other[i].rows = other[i].rows[:0]
		}
		slices.Sort(all.rows)
		for _, r := range all.rows {
			list = append(list, slice{i, int(r) * t.Cols, int(r+1) * t.Cols})
			all.has[r] = false
		}
		all.rows = all.rows[:0]
	}
	return list
}

// each calls f for 0 to n-1 from goroutines, half of the numbers each.
func each(n int, f func(int)) {
	var wg sync.WaitGroup
	for g := range goroutines {
		wg.Go(func() {
			for i := g; i < n; i += goroutines {
				f(i)
			}
		})
	}
	wg.Wait()
}
