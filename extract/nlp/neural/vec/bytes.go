package vec

import (
	"fmt"
	"math"
)

// Bytes is a matrix of weights of 8 bits for inputs of 8 bits: states of an
// LSTM, which lie between -1 and 1. A product of it is a sum of whole numbers,
// so that all kernels agree to the last bit.
type Bytes struct {
	In, Out int // Out is a multiple of 2*Panel
	// weights are in panels of 16 columns, within a panel by groups of four
	// rows: byte ((o/16*In/4+i/4)*16+o%16)*4+i%4 is element (i, o).
	weights []int8
	fix     []int32   // of each column: what the offset of the inputs adds
	scale   []float32 // of each column, with that of the inputs
	whole   Matrix    // the weights as whole numbers, where there is no kernel for bytes
}

// maxBytesIn is the most rows of a matrix of bytes.
const maxBytesIn = 1024

// steps is the number of steps from 0 to 1 in an input.
const steps = 127

// Byte returns the input that stands for x: 128 for 0, 255 for 1.
func Byte(x float32) uint8 {
	x = max(-1, min(1, x)) * steps
	// Adding and taking off 1.5*2^23 rounds to a whole number, half to even.
	const round = 3 << 22
	return uint8(int32(x+round-round) + 128)
}

// NewBytes rounds a matrix to 8 bits a weight, a scale for each column. In
// must be a multiple of 4 and at most 1024, so that sums of products are exact
// in a float32 too.
func NewBytes(m Matrix) *Bytes {
	if m.In%4 != 0 || m.In > maxBytesIn {
		panic(fmt.Sprintf("vec: a matrix of bytes of %d rows: want a multiple of 4, at most %d", m.In, maxBytesIn))
	}
	out := (m.Out + 2*Panel - 1) / (2 * Panel) * 2 * Panel
	b := &Bytes{In: m.In, Out: out, weights: make([]int8, m.In*out), fix: make([]int32, out), scale: make([]float32, out)}
	if !bytesFast {
		b.whole = NewMatrix(m.In, out)
	}
	for o := range m.Out {
		var top float32
		for i := range m.In {
			top = max(top, float32(math.Abs(float64(m.Data[m.At(i, o)]))))
		}
		if top == 0 {
			continue
		}
		step := top / 127
		b.scale[o] = step / steps
		for i := range m.In {
			q := int8(math.RoundToEven(float64(m.Data[m.At(i, o)] / step)))
			b.weights[((o/Panel*m.In/4+i/4)*Panel+o%Panel)*4+i%4] = q
			b.fix[o] += 128 * int32(q)
			if !bytesFast {
				b.whole.Data[b.whole.At(i, o)] = float32(q)
			}
		}
	}
	return b
}

// MulAdd adds the product of x (n rows of b.In, xs apart) and b to y (n rows
// of b.Out, ys apart).
func (b *Bytes) MulAdd(n int, x []uint8, xs int, y []float32, ys int) {
	if n == 0 {
		return
	}
	_ = x[(n-1)*xs+b.In-1]
	_ = y[(n-1)*ys+b.Out-1]
	if !bytesFast {
		b.mulAddWhole(n, x, xs, y, ys)
		return
	}
	b.mulAddFast(n, x, xs, y, ys)
}

// mulAddWhole is MulAdd by the kernels for float32. Its sums are of whole
// numbers below 2^24 and so exact, in any order.
func (b *Bytes) mulAddWhole(n int, x []uint8, xs int, y []float32, ys int) {
	var rows [4 * maxBytesIn]float32
	for r := 0; r < n; r += 4 {
		m := min(4, n-r)
		for k := range m {
			to := rows[k*b.In:][:b.In]
			for i, v := range x[(r+k)*xs:][:b.In] {
				to[i] = float32(int(v) - 128)
			}
		}
		for o := 0; o < b.Out; o += Panel {
			var sums [4 * Panel]float32
			wholeKernel(b.In, m, rows[:], b.whole.Data[o*b.In:], sums[:])
			for k := range m {
				to := y[(r+k)*ys+o:][:Panel]
				scale := b.scale[o:][:Panel]
				for j, v := range sums[k*Panel:][:Panel] {
					to[j] += v * scale[j]
				}
			}
		}
	}
}

// wholeKernelGo sets rows of sums to the product of as many rows of x and a panel of
// w, all of whole numbers.
func wholeKernelGo(inner, n int, x, w, sums []float32) {
	for r := range n {
		out := (*[Panel]float32)(sums[r*Panel:])
		for k, v := range x[r*inner:][:inner] {
			row := (*[Panel]float32)(w[k*Panel:])
			for j := range row {
				out[j] += v * row[j]
			}
		}
	}
}

// Step is the step of an LSTM for one word. gates are the sums of its input,
// forget, output and candidate gates, those of the first three halved, since
// the logistic function of x is tanh(x/2)/2+1/2; they are overwritten. last are
// the cells before, and cells those after. The state goes to out in 8 bits.
// tanhs is memory for as many floats as there are cells, a multiple of 8.
func Step(gates, last, cells, tanhs []float32, out []uint8) {
	n := len(cells)
	Tanh(gates[:4*n])
	stepCells(gates[:4*n], last[:n], cells, tanhs[:n])
	Tanh(tanhs[:n])
	stepStates(gates[2*n:][:n], tanhs[:n], out[:n])
}

func stepCellsGo(gates, last, cells, tanhs []float32) {
	n := len(cells)
	input, forget, candidate := gates[:n], gates[n:][:n], gates[3*n:][:n]
	for i, c := range last {
		cells[i] = fma(fma(0.5, forget[i], 0.5), c, fma(0.5, input[i], 0.5)*candidate[i])
		tanhs[i] = cells[i]
	}
}

func stepStatesGo(output, tanhs []float32, out []uint8) {
	for i, t := range tanhs {
		out[i] = Byte(fma(0.5, output[i], 0.5) * t)
	}
}

// Halve halves the columns of b from first to last.
func (b *Bytes) Halve(first, last int) {
	for o := first; o < last; o++ {
		b.scale[o] /= 2
	}
}
