package vec

import "golang.org/x/sys/cpu"

// fast says whether the processor has what the assembly needs.
var fast = cpu.X86.HasAVX2 && cpu.X86.HasFMA

func kernel4(inner int, a []float32, ars, acs int, b []float32, bs int, c []float32, cs int) {
	if fast {
		kernel4AVX2(inner, &a[0], ars*4, acs*4, &b[0], bs*4, &c[0], cs*4)
		return
	}
	kernel4Go(inner, a, ars, acs, b, bs, c, cs)
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

// kernel1AVX2 is the same for one row.
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
