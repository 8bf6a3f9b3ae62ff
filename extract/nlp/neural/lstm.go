package neural

import (
	"slices"

	"entente/extract/nlp/neural/vec"
)

// Trace keeps what a run of an LSTM computed, for the gradient. Its rows are
// those of the Layout.
type Trace struct {
	Gates []float32 // after their activation, 4*hidden a row
	Cells []float32
	Tanhs []float32 // of the cells
}

// Layout says in which row the words of a batch stand: word t of sentence s in
// row First[t]+s. The sentences come longest first, so that those with a word
// t are the first Active(t).
type Layout struct {
	First []int // one more than there are steps: the last is the number of rows
}

// Uniform returns the layout of sentences of equal length.
func Uniform(steps, batch int) Layout {
	first := make([]int, steps+1)
	for t := range first {
		first[t] = t * batch
	}
	return Layout{first}
}

// reset makes l the layout of sentences of the given lengths, longest first.
func (l *Layout) reset(lengths []int) {
	l.First = append(l.First[:0], 0)
	active := len(lengths)
	for t := range lengths[0] {
		for lengths[active-1] <= t {
			active--
		}
		l.First = append(l.First, l.First[t]+active)
	}
}

// Steps is the length of the longest sentence.
func (l Layout) Steps() int { return len(l.First) - 1 }

// Rows is the number of words.
func (l Layout) Rows() int { return l.First[l.Steps()] }

// Active is the number of sentences that have a word t.
func (l Layout) Active(t int) int { return l.First[t+1] - l.First[t] }

// walk calls visit with each step in the order of reading, the first row of
// the step read before it, and how many sentences were read there: none at the
// beginning.
func (l Layout) walk(backwards bool, visit func(t, before, going int)) {
	steps := l.Steps()
	for i := range steps {
		t, before := i, i-1
		if backwards {
			t, before = steps-1-i, steps-i
		}
		if i == 0 {
			visit(t, 0, 0)
			continue
		}
		visit(t, l.First[before], min(l.Active(t), l.Active(before)))
	}
}

// Run reads a batch of sentences and writes the states to out, rows outs
// apart; in has rows ins apart. Backwards runs from the last word to the
// first.
func (l LSTM) Run(at Layout, backwards bool, in []float32, ins int, out []float32, outs int, tr *Trace) {
	tr.grow(at.Rows(), l.Recurrent.In)
	l.Input.Apply(at.Rows(), in, ins, tr.Gates)
	l.recur(at, backwards, out, outs, tr)
}

func (tr *Trace) grow(rows, hidden int) {
	tr.Gates = vec.Grow(tr.Gates, rows*4*hidden)
	tr.Cells = vec.Grow(tr.Cells, rows*hidden)
	tr.Tanhs = vec.Grow(tr.Tanhs, rows*hidden)
}

// recur is Run where tr.Gates already holds what comes from the input.
func (l LSTM) recur(at Layout, backwards bool, out []float32, outs int, tr *Trace) {
	hidden := l.Recurrent.In
	at.walk(backwards, func(t, before, going int) {
		first := at.First[t]
		l.Recurrent.MulAdd(going, out[before*outs:], outs, tr.Gates[first*4*hidden:], 4*hidden)
		for s := range at.Active(t) {
			var last []float32
			if s < going {
				last = tr.Cells[(before+s)*hidden:][:hidden]
			}
			r := first + s
			step(tr.Gates[r*4*hidden:][:4*hidden], last, tr.Cells[r*hidden:][:hidden], tr.Tanhs[r*hidden:][:hidden], out[r*outs:][:hidden])
		}
	})
}

// reader is one direction of one layer for reading only: states are kept in 8
// bits (vec.Byte), so that all large products are of whole numbers.
type reader struct {
	input     *vec.Bytes // nil in the first layer
	bias      []float32  // halved as vec.Step wants it, as the matrices are
	recurrent *vec.Bytes
	zeros     []float32 // the cells before the first word
}

func newReader(l LSTM, first bool) reader {
	hidden := l.Recurrent.In
	r := reader{bias: slices.Clone(l.Input.Bias), recurrent: vec.NewBytes(l.Recurrent), zeros: make([]float32, hidden)}
	halve(r.bias[:3*hidden])
	r.recurrent.Halve(0, 3*hidden)
	if !first {
		r.input = vec.NewBytes(l.Input.Matrix)
		r.input.Halve(0, 3*hidden)
	}
	return r
}

func halve(x []float32) {
	for i := range x {
		x[i] /= 2
	}
}

// recur is LSTM.recur; tr.Gates holds halved what comes from the input.
func (l *reader) recur(at Layout, backwards bool, out []uint8, outs int, tr *Trace) {
	hidden := l.recurrent.In
	at.walk(backwards, func(t, before, going int) {
		first := at.First[t]
		l.recurrent.MulAdd(going, out[before*outs:], outs, tr.Gates[first*4*hidden:], 4*hidden)
		for s := range at.Active(t) {
			last := l.zeros
			if s < going {
				last = tr.Cells[(before+s)*hidden:][:hidden]
			}
			r := first + s
			vec.Step(tr.Gates[r*4*hidden:][:4*hidden], last, tr.Cells[r*hidden:][:hidden], tr.Tanhs, out[r*outs:][:hidden])
		}
	})
}

// step turns sums into gates, and writes the new cells and states.
func step(gates, last, cells, tanhs, out []float32) {
	hidden := len(cells)
	sigmoids := gates[:3*hidden]
	for i := range sigmoids {
		sigmoids[i] *= 0.5 // sigmoid(x) = tanh(x/2)/2 + 1/2
	}
	vec.Tanh(gates)
	for i := range sigmoids {
		sigmoids[i] = 0.5*sigmoids[i] + 0.5
	}
	input, forget, output, candidate := gates[:hidden], gates[hidden:][:hidden], gates[2*hidden:][:hidden], gates[3*hidden:][:hidden]
	for i := range cells {
		cells[i] = input[i] * candidate[i]
	}
	if last != nil {
		for i, c := range last[:hidden] {
			cells[i] += forget[i] * c
		}
	}
	copy(tanhs, cells)
	vec.Tanh(tanhs)
	out = out[:hidden]
	for i := range out {
		out[i] = output[i] * tanhs[i]
	}
}
