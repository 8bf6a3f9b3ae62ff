package neural

import "entente/extract/nlp/neural/vec"

// Trace keeps what a run of an LSTM computed, for the gradient. Row t*batch+s
// is word t of sentence s.
type Trace struct {
	Gates []float32 // after their activation, 4*hidden a row
	Cells []float32
	Tanhs []float32 // of the cells
}

// grow returns s with n elements of any value.
func grow(s []float32, n int) []float32 {
	if cap(s) < n {
		return make([]float32, n, n+n/4)
	}
	return s[:n]
}

// Run reads batch sentences of steps words each and writes the states to out,
// rows outs apart; in has rows ins apart. Backwards runs from the last word to
// the first.
func (l LSTM) Run(steps, batch int, backwards bool, in []float32, ins int, out []float32, outs int, tr *Trace) {
	tr.grow(steps*batch, l.Recurrent.In)
	l.Input.Apply(steps*batch, in, ins, tr.Gates)
	l.recur(steps, batch, backwards, out, outs, tr)
}

func (tr *Trace) grow(rows, hidden int) {
	tr.Gates = grow(tr.Gates, rows*4*hidden)
	tr.Cells = grow(tr.Cells, rows*hidden)
	tr.Tanhs = grow(tr.Tanhs, rows*hidden)
}

// recur is Run where tr.Gates already holds what comes from the input.
func (l LSTM) recur(steps, batch int, backwards bool, out []float32, outs int, tr *Trace) {
	hidden := l.Recurrent.In
	for i := range steps {
		t, before := i, i-1
		if backwards {
			t = steps - 1 - i
			before = t + 1
		}
		at := t * batch
		gates := tr.Gates[at*4*hidden:][:batch*4*hidden]
		if i > 0 {
			l.Recurrent.MulAdd(batch, out[before*batch*outs:], outs, gates, 4*hidden)
		}
		for s := range batch {
			var last []float32
			if i > 0 {
				last = tr.Cells[(before*batch+s)*hidden:][:hidden]
			}
			row := (at + s) * hidden
			step(gates[s*4*hidden:][:4*hidden], last, tr.Cells[row:][:hidden], tr.Tanhs[row:][:hidden], out[(at+s)*outs:][:hidden])
		}
	}
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
