//go:build !amd64 || purego

package vec

const bytesFast = false

func (b *Bytes) mulAddFast(n int, x []uint8, xs int, y []float32, ys int) {
	b.mulAddWhole(n, x, xs, y, ys)
}

func wholeKernel(inner, n int, x, w, sums []float32) { wholeKernelGo(inner, n, x, w, sums) }

func stepCells(gates, last, cells, tanhs []float32) { stepCellsGo(gates, last, cells, tanhs) }

func stepStates(output, tanhs []float32, out []uint8) { stepStatesGo(output, tanhs, out) }

func kernel4(inner int, a []float32, ars, acs int, b []float32, bs int, c []float32, cs int) {
	kernel4Go(inner, a, ars, acs, b, bs, c, cs)
}

func kernel1x4(inner int, a []float32, acs int, b []float32, bs, bp int, c []float32, cp int) {
	kernel1x4Go(inner, a, acs, b, bs, bp, c, cp)
}

func kernel1(inner int, a []float32, acs int, b []float32, bs int, c []float32) {
	kernel1Go(inner, a, acs, b, bs, c)
}

// Dot returns the inner product of x and y, which is at least as long as x.
func Dot(x, y []float32) float32 { return dotGo(x, y) }

// Tanh replaces each element by its hyperbolic tangent.
func Tanh(x []float32) { tanhGo(x) }

// Leaky multiplies the negative elements of x by slope, from 0 to 1.
func Leaky(slope float32, x []float32) { leakyGo(slope, x) }

// Add adds x to y, which is at least as long.
func Add(x, y []float32) { addGo(x, y) }

// Axpy adds a*x to y, which is at least as long.
func Axpy(a float32, x, y []float32) { axpyGo(a, x, y) }

// Update takes the step: it changes x by the gradient g, and the running mean
// and power of the gradient with it. All are as long as g.
func (s *AdamStep) Update(g, x, mean, power []float32) { s.updateGo(g, x, mean, power) }
