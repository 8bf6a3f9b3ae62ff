// Package vec holds the kernels of the linguistic engine: products of small
// matrices, dot products and tanh. Each has a plain Go form; on amd64 with AVX2 and FMA
// an assembly form is chosen at start (never with the build tag purego).
//
// Equal arguments give equal bits, in either form: every element of a product
// is summed in the same order, so that a row does not depend on the rows beside
// it, and the plain forms round where the assembly does. (They compute a*b+c
// for float32 in float64 and round once more, which differs from rounding once
// in about one case of 2^29.)
package vec

import (
	"fmt"
	"math"
)

// Panel is the number of columns that lie side by side in a packed matrix.
// All widths of matrices are multiples of it.
const Panel = 16

// Matrix is a weight matrix with In rows and Out columns, kept as panels of 16
// columns: element (i, o) is Data[(o/16*In+i)*16+o%16]. Read so, the inner loop
// of a product runs through memory without gaps.
type Matrix struct {
	In, Out int // Out is a multiple of Panel
	Data    []float32
}

// NewMatrix returns a matrix of zeros; out is rounded up to a multiple of
// Panel.
func NewMatrix(in, out int) Matrix {
	out = RoundUp(out)
	return Matrix{in, out, make([]float32, in*out)}
}

// RoundUp returns the smallest multiple of Panel that is at least n.
func RoundUp(n int) int { return (n + Panel - 1) / Panel * Panel }

// At returns the index in Data of row i, column o.
func (m Matrix) At(i, o int) int { return (o/Panel*m.In+i)*Panel + o%Panel }

// Transpose writes the transposed of m into t, which has m.Out rows and m.In
// columns, both multiples of Panel.
func (m Matrix) Transpose(t Matrix) {
	if t.In != m.Out || t.Out != m.In {
		panic(fmt.Sprintf("vec: transposed of %dx%d into %dx%d", m.In, m.Out, t.In, t.Out))
	}
	for p := 0; p < m.Out; p += Panel {
		for i := range m.In {
			from := m.Data[(p/Panel*m.In+i)*Panel:][:Panel]
			to := t.At(p, i)
			for k, v := range from {
				t.Data[to+k*Panel] = v
			}
		}
	}
}

// MulAdd adds the product of x (n rows of m.In, xs apart) and m to y (n rows
// of m.Out, ys apart).
func (m Matrix) MulAdd(n int, x []float32, xs int, y []float32, ys int) {
	gemm(n, m.Out, m.In, x, xs, 1, m.Data, Panel, m.In*Panel, y, ys, Panel)
}

// MulAddTo is MulAdd for the columns of m from first to last (multiples of
// Panel) only; y holds only these columns.
func (m Matrix) MulAddTo(first, last, n int, x []float32, xs int, y []float32, ys int) {
	gemm(n, last-first, m.In, x, xs, 1, m.Data[first*m.In:], Panel, m.In*Panel, y, ys, Panel)
}

// AddOuter adds to m the product of the transposed of x (n rows of m.In, xs
// apart) and y (n rows of m.Out, ys apart): the gradient of m under MulAdd.
func (m Matrix) AddOuter(n int, x []float32, xs int, y []float32, ys int) {
	gemm(m.In, m.Out, n, x, 1, xs, y, ys, Panel, m.Data, Panel, m.In*Panel)
}

// AddProduct adds the product of a and b to c. Element (r, k) of a is
// a[r*ars+k*acs], with rows r < m and columns k < inner; b has inner rows of n, bs apart; c has
// m rows of n, cs apart. n is a multiple of Panel.
func AddProduct(m, n, inner int, a []float32, ars, acs int, b []float32, bs int, c []float32, cs int) {
	gemm(m, n, inner, a, ars, acs, b, bs, Panel, c, cs, Panel)
}

// gemm adds to c (m by n) the product of a (m by inner) and b (inner by n). The
// columns of b and c lie in panels: bp and cp apart, with rows bs and cs apart.
func gemm(m, n, inner int, a []float32, ars, acs int, b []float32, bs, bp int, c []float32, cs, cp int) {
	if m == 0 || n == 0 || inner == 0 {
		return
	}
	panels := n / Panel
	// The kernels do not look at bounds.
	_ = a[(m-1)*ars+(inner-1)*acs]
	_ = b[(panels-1)*bp+(inner-1)*bs+Panel-1]
	_ = c[(panels-1)*cp+(m-1)*cs+Panel-1]
	for p := range panels {
		bb, cc := b[p*bp:], c[p*cp:]
		for r := 0; r+4 <= m; r += 4 {
			kernel4(inner, a[r*ars:], ars, acs, bb, bs, cc[r*cs:], cs)
		}
	}
	for r := m / 4 * 4; r < m; r++ {
		p := 0
		for ; p+4 <= panels; p += 4 {
			kernel1x4(inner, a[r*ars:], acs, b[p*bp:], bs, bp, c[p*cp+r*cs:], cp)
		}
		for ; p < panels; p++ {
			kernel1(inner, a[r*ars:], acs, b[p*bp:], bs, c[p*cp+r*cs:])
		}
	}
}

// The plain forms.

func kernel4Go(inner int, a []float32, ars, acs int, b []float32, bs int, c []float32, cs int) {
	for r := range 4 {
		kernel1Go(inner, a[r*ars:], acs, b, bs, c[r*cs:])
	}
}

func kernel1x4Go(inner int, a []float32, acs int, b []float32, bs, bp int, c []float32, cp int) {
	for p := range 4 {
		kernel1Go(inner, a, acs, b[p*bp:], bs, c[p*cp:])
	}
}

func kernel1Go(inner int, a []float32, acs int, b []float32, bs int, c []float32) {
	out := (*[Panel]float32)(c)
	for k := range inner {
		x := a[k*acs]
		row := (*[Panel]float32)(b[k*bs:])
		for j := range row {
			out[j] = fma(x, row[j], out[j])
		}
	}
}

// fma returns a*b+c, rounded as the assembly does.
func fma(a, b, c float32) float32 { return float32(float64(a)*float64(b) + float64(c)) }

func dotGo(x, y []float32) float32 {
	y = y[:len(x)]
	var sums [16]float32
	i := 0
	for ; i+16 <= len(x); i += 16 {
		for k := range sums {
			sums[k] = fma(x[i+k], y[i+k], sums[k])
		}
	}
	for k := range 8 {
		sums[k] += sums[k+8]
	}
	for k := range 4 {
		sums[k] += sums[k+4]
	}
	sum := (sums[0] + sums[1]) + (sums[2] + sums[3])
	for ; i < len(x); i++ {
		sum = fma(x[i], y[i], sum)
	}
	return sum
}

// The coefficients of a rational approximation to tanh on [-limit, limit] by
// an odd polynomial over an even one.
const limit = 7.90531110763549805

var (
	oddCoefficients = [7]float32{-2.76076847742355e-16, 2.00018790482477e-13, -8.60467152213735e-11,
		5.12229709037114e-08, 1.48572235717979e-05, 6.37261928875436e-04, 4.89352455891786e-03}
	evenCoefficients = [4]float32{1.19825839466702e-06, 1.18534705686654e-04, 2.26843463243900e-03,
		4.89352518554385e-03}
)

func tanhGo(x []float32) {
	for i, v := range x {
		v = min(max(v, -limit), limit)
		s := v * v
		p, q := oddCoefficients[0], evenCoefficients[0]
		for _, c := range oddCoefficients[1:] {
			p = fma(s, p, c)
		}
		for _, c := range evenCoefficients[1:] {
			q = fma(s, q, c)
		}
		x[i] = p * v / q
	}
}

func axpyGo(a float32, x, y []float32) {
	y = y[:len(x)]
	for i, v := range x {
		y[i] = fma(a, v, y[i])
	}
}

func leakyGo(slope float32, x []float32) {
	for i, v := range x {
		x[i] = max(v, slope*v)
	}
}

func addGo(x, y []float32) {
	y = y[:len(x)]
	for i, v := range x {
		y[i] += v
	}
}

// AdamStep is what one step of Adam (Kingma and Ba 2015) has in common for all
// weights. The kernel reads the fields by their place.
type AdamStep struct {
	Scale           float32 // of the gradient
	Decay1, Rest1   float32 // of the running mean; 1 - Decay1
	Decay2, Rest2   float32 // of the running power; 1 - Decay2
	Rate            float32 // with the bias of the mean taken out
	Unbias, Epsilon float32 // 1/(1 - Decay2^step)
}

func (s *AdamStep) updateGo(g, x, mean, power []float32) {
	x, mean, power = x[:len(g)], mean[:len(g)], power[:len(g)]
	for i, d := range g {
		d *= s.Scale
		mean[i] = s.Decay1*mean[i] + s.Rest1*d
		power[i] = s.Decay2*power[i] + s.Rest2*d*d
		x[i] -= s.Rate * mean[i] / (float32(math.Sqrt(float64(power[i]*s.Unbias))) + s.Epsilon)
	}
}
