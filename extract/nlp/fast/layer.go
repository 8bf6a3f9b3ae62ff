package fast

import "entente/extract/nlp/neural/vec"

// Window sums up the gates of the first layer: products[i] is what word i
// gives, for each of Offsets.
func (w *Weights) Window(products [][]float32, gates []float32) {
	width := len(w.FirstBias)
	for i := range products {
		row := gates[i*width:][:width]
		copy(row, w.FirstBias)
		for o, offset := range Offsets {
			if j := i + offset; 0 <= j && j < len(products) {
				vec.Add(products[j][o*width:][:width], row)
			}
		}
	}
}

// Scan reads n words both ways with gates that do not look at the states, so
// that all products are done before it (Lei and others, Simple Recurrent
// Units, 2018; Bradbury and others, Quasi-Recurrent Neural Networks, 2017):
//
//	state = f*state before + (1-f)*c,  f = sigmoid(…), c = tanh(…)
//
// A row of gates holds the sums for f and c of the way forwards, then
// backwards; they become f and c. A row of states holds both ways' states.
func Scan(n, hidden int, gates, states []float32) {
	for i := range n {
		row := gates[i*4*hidden:][:4*hidden]
		half(row[:hidden])
		half(row[2*hidden:][:hidden])
	}
	vec.Tanh(gates[:n*4*hidden])
	for i := range n {
		row := gates[i*4*hidden:][:2*hidden]
		var before []float32
		if i > 0 {
			before = states[(i-1)*2*hidden:][:hidden]
		}
		mix(row[:hidden], row[hidden:], before, states[i*2*hidden:][:hidden])
	}
	for i := n - 1; i >= 0; i-- {
		row := gates[i*4*hidden+2*hidden:][:2*hidden]
		var before []float32
		if i < n-1 {
			before = states[(i+1)*2*hidden+hidden:][:hidden]
		}
		mix(row[:hidden], row[hidden:], before, states[i*2*hidden+hidden:][:hidden])
	}
}

// half halves each of x: sigmoid(x) = tanh(x/2)/2 + 1/2.
func half(x []float32) {
	for i := range x {
		x[i] *= 0.5
	}
}

// mix makes f, given as tanh(x/2), a sigmoid and writes the state that follows
// before, which is nil at first.
func mix(f, c, before, state []float32) {
	c, state = c[:len(f)], state[:len(f)]
	if before == nil {
		for i, v := range f {
			s := 0.5*v + 0.5
			f[i] = s
			state[i] = (1 - s) * c[i]
		}
		return
	}
	before = before[:len(f)]
	for i, v := range f {
		s := 0.5*v + 0.5
		f[i] = s
		state[i] = c[i] + s*(before[i]-c[i])
	}
}
