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
	w           *neural.Weights
	mean, power [][]float32
	step        int
}

func newAdam(w *neural.Weights) *adam {
	a := &adam{w: w}
	for _, t := range w.Tensors() {
		a.mean = append(a.mean, make([]float32, len(t.Data)))
		a.power = append(a.power, make([]float32, len(t.Data)))
	}
	return a
}

// slice is a run of weights within a tensor.
type slice struct{ tensor, start, end int }

// update changes the weights by the sum of the workers' gradients, which it
// clears. The sum is always taken in the order of the workers.
func (a *adam) update(workers []*worker, rate float64) {
	a.step++
	first := workers[0]
	slices := touchedSlices(workers)
	total := first.grad.Tensors()
	squares := make([]float64, len(slices))
	each(len(slices), func(i int) {
		s := slices[i]
		sum := total[s.tensor].Data[s.start:s.end]
		for _, k := range workers[1:] {
			more := k.grad.Tensors()[s.tensor].Data[s.start:s.end]
			vec.Add(more, sum)
			clear(more)
		}
		squares[i] = float64(vec.Dot(sum, sum))
	})
	norm := 0.0
	for _, s := range squares {
		norm += s
	}
	step := adamStep(a.step, rate, math.Sqrt(norm))
	weights := a.w.Tensors()
	each(len(slices), func(i int) {
		s := slices[i]
		g := total[s.tensor].Data[s.start:s.end]
		step.Update(g, weights[s.tensor].Data[s.start:s.end], a.mean[s.tensor][s.start:s.end], a.power[s.tensor][s.start:s.end])
		clear(g)
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

// touchedSlices returns what has a gradient, always in the same order: the
// touched rows of tables, and all else in pieces.
func touchedSlices(workers []*worker) []slice {
	var list []slice
	for i, t := range workers[0].grad.Tensors() {
		if t.Kind == neural.KindTable {
			all := &workers[0].touched[i]
			for _, k := range workers[1:] {
				other := &k.touched[i]
				for _, r := range other.rows {
					all.add(r)
					other.has[r] = false
				}
				other.rows = other.rows[:0]
			}
			slices.Sort(all.rows)
			for _, r := range all.rows {
				list = append(list, slice{i, int(r) * t.Cols, int(r+1) * t.Cols})
				all.has[r] = false
			}
			all.rows = all.rows[:0]
			continue
		}
		const piece = 1 << 14
		for start := 0; start < len(t.Data); start += piece {
			list = append(list, slice{i, start, min(start+piece, len(t.Data))})
		}
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
