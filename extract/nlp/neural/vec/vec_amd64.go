//go:build !purego

package vec

import "golang.org/x/sys/cpu"

// fast says whether the processor has what the assembly needs.
var fast = cpu.X86.HasAVX2 && cpu.X86.HasFMA

// bytesFast says whether it has what the assembly on bytes needs.
var bytesFast = cpu.X86.HasAVX512F && cpu.X86.HasAVX512BW && cpu.X86.HasAVX512VNNI

func (b *Bytes) mulAddFast(n int, x []uint8, xs int, y []float32, ys int) {
	panel := b.In * Panel // bytes
	for o := 0; o < b.Out; o += 2 * Panel {
		w, fix, scale := &b.weights[o*b.In], &b.fix[o], &b.scale[o]
		r := 0
		for ; r+4 <= n; r += 4 {
			byteKernel4(b.In/4, &x[r*xs], xs, w, panel, fix, scale, &y[r*ys+o], ys*4)
		}
		for ; r < n; r++ {
			byteKernel1(b.In/4, &x[r*xs], w, panel, fix, scale, &y[r*ys+o])
		}
	}
}

func wholeKernel(inner, n int, x, w, sums []float32) {
	if fast {
		kernel4AVX2(inner, &x[0], inner*4, 4, &w[0], Panel*4, &sums[0], Panel*4)
		return
	}
	wholeKernelGo(inner, n, x, w, sums)
}

func stepCells(gates, last, cells, tanhs []float32) {
	if n := len(cells); fast && n > 0 && n%8 == 0 {
		cellsAVX2(n, &gates[0], &last[0], &cells[0], &tanhs[0])
		return
	}
	stepCellsGo(gates, last, cells, tanhs)
}

func stepStates(output, tanhs []float32, out []uint8) {
	if n := len(tanhs); fast && n > 0 && n%8 == 0 {
		statesAVX2(n, &output[0], &tanhs[0], &out[0])
		return
	}
	stepStatesGo(output, tanhs, out)
}

func kernel4(inner int, a []float32, ars, acs int, b []float32, bs int, c []float32, cs int) {
	if fast {
		kernel4AVX2(inner, &a[0], ars*4, acs*4, &b[0], bs*4, &c[0], cs*4)
		return
	}
	kernel4Go(inner, a, ars, acs, b, bs, c, cs)
}

func kernel1x4(inner int, a []float32, acs int, b []float32, bs, bp int, c []float32, cp int) {
	if fast {
		kernel1x4AVX2(inner, &a[0], acs*4, &b[0], bs*4, bp*4, &c[0], cp*4)
		return
	}
	kernel1x4Go(inner, a, acs, b, bs, bp, c, cp)
}

func kernel1(inner int, a []float32, acs int, b []float32, bs int, c []float32) {
	if fast {
		kernel1AVX2(inner, &a[0], acs*4, &b[0], bs*4, &c[0])
		return
	}
	kernel1Go(inner, a, acs, b, bs, c)
}

// Dot returns the inner product of x and y, which is at least as long as x.
func Dot(x, y []float32) float32 {
	if n := len(x); fast && n > 0 && n%16 == 0 {
		_ = y[n-1]
		return dotAVX2(n, &x[0], &y[0])
	}
	return dotGo(x, y)
}

// Tanh replaces each element by its hyperbolic tangent.
func Tanh(x []float32) {
	if n := len(x); fast && n > 0 && n%8 == 0 {
		tanhAVX2(n, &x[0])
		return
	}
	tanhGo(x)
}

// kernel4AVX2 adds to 4 rows of 16 floats, cs bytes apart, the products of 4
// rows of a (ars bytes apart, its columns acs bytes apart) and inner rows of b
// (bs bytes apart).
//
//go:noescape
func kernel4AVX2(inner int, a *float32, ars, acs int, b *float32, bs int, c *float32, cs int)

// kernel1x4AVX2 is the same for one row and four panels, which are bp and cp
// bytes apart in b and c.
//
//go:noescape
func kernel1x4AVX2(inner int, a *float32, acs int, b *float32, bs, bp int, c *float32, cp int)

// kernel1AVX2 is the same for one row and one panel.
//
//go:noescape
func kernel1AVX2(inner int, a *float32, acs int, b *float32, bs int, c *float32)

// dotAVX2 needs n to be a multiple of 16, above 0.
//
//go:noescape
func dotAVX2(n int, x, y *float32) float32

// tanhAVX2 needs n to be a multiple of 8, above 0.
//
//go:noescape
func tanhAVX2(n int, x *float32)

// Leaky multiplies the negative elements of x by slope, from 0 to 1.
func Leaky(slope float32, x []float32) {
	if n := len(x); fast && n > 0 && n%8 == 0 {
		leakyAVX2(n, slope, &x[0])
		return
	}
	leakyGo(slope, x)
}

// Add adds x to y, which is at least as long.
func Add(x, y []float32) {
	if n := len(x); fast && n > 0 && n%16 == 0 {
		_ = y[n-1]
		addAVX2(n, &x[0], &y[0])
		return
	}
	addGo(x, y)
}

// Axpy adds a*x to y, which is at least as long.
func Axpy(a float32, x, y []float32) {
	if n := len(x); fast && n > 0 && n%16 == 0 {
		_ = y[n-1]
		axpyAVX2(n, a, &x[0], &y[0])
		return
	}
	axpyGo(a, x, y)
}

// Update takes the step: it changes x by the gradient g, and the running mean
// and power of the gradient with it. All are as long as g.
func (s *AdamStep) Update(g, x, mean, power []float32) {
	if n := len(g); fast && n > 0 && n%8 == 0 {
		_, _, _ = x[n-1], mean[n-1], power[n-1]
		adamAVX2(n, s, &g[0], &x[0], &mean[0], &power[0])
		return
	}
	s.updateGo(g, x, mean, power)
}

// addAVX2 needs n to be a multiple of 16, above 0.
//
//go:noescape
func addAVX2(n int, x, y *float32)

// axpyAVX2 needs n to be a multiple of 16, above 0.
//
//go:noescape
func axpyAVX2(n int, a float32, x, y *float32)

// adamAVX2 needs n to be a multiple of 8, above 0.
//
//go:noescape
func adamAVX2(n int, s *AdamStep, grad, x, m, v *float32)

// byteKernel4 adds to 4 rows of 32 floats, ys bytes apart, the products of 4
// rows of x, xs bytes apart, and two panels of w, ws bytes apart.
//
//go:noescape
func byteKernel4(groups int, x *uint8, xs int, w *int8, ws int, fix *int32, scale *float32, y *float32, ys int)

// byteKernel1 is the same for one row.
//
//go:noescape
func byteKernel1(groups int, x *uint8, w *int8, ws int, fix *int32, scale *float32, y *float32)

// cellsAVX2 and statesAVX2 need n to be a multiple of 8, above 0.
//
//go:noescape
func cellsAVX2(n int, gates, last, cells, tanhs *float32)

//go:noescape
func statesAVX2(n int, output, tanhs *float32, out *uint8)

// leakyAVX2 needs n to be a multiple of 8, above 0.
//
//go:noescape
func leakyAVX2(n int, slope float32, x *float32)
