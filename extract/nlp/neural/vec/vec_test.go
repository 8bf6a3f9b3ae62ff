package vec

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

func random(rng *rand.Rand, n int) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(rng.NormFloat64())
	}
	return x
}

func close32(a, b float32, tolerance float64) bool {
	return math.Abs(float64(a)-float64(b)) <= tolerance*(1+math.Abs(float64(b)))
}

func TestProducts(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, size := range [][3]int{{1, 1, 16}, {3, 5, 32}, {4, 16, 16}, {9, 33, 48}, {7, 48, 64}} {
		n, in, out := size[0], size[1], size[2]
		m := NewMatrix(in, out)
		copy(m.Data, random(rng, in*out))
		x, y, start := random(rng, n*(in+3)), random(rng, n*(out+1)), random(rng, n*(out+1))
		copy(y, start)
		m.MulAdd(n, x, in+3, y, out+1)
		for r := range n {
			for o := range out {
				want := float64(start[r*(out+1)+o])
				for i := range in {
					want += float64(x[r*(in+3)+i]) * float64(m.Data[m.At(i, o)])
				}
				if got := y[r*(out+1)+o]; !close32(got, float32(want), 1e-5*float64(in)) {
					t.Fatalf("%v: row %d, column %d: got %g, want %g", size, r, o, got, want)
				}
			}
		}
		g := NewMatrix(in, out)
		g.AddOuter(n, x, in+3, y, out+1)
		for i := range in {
			for o := range out {
				want := 0.0
				for r := range n {
					want += float64(x[r*(in+3)+i]) * float64(y[r*(out+1)+o])
				}
				if got := g.Data[g.At(i, o)]; !close32(got, float32(want), 1e-5*float64(n*in)) {
					t.Fatalf("%v: outer %d, %d: got %g, want %g", size, i, o, got, want)
				}
			}
		}
	}
}

func TestPlainFormsAgree(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for _, inner := range []int{1, 3, 4, 7, 128} {
		a, b, c := random(rng, 4*inner), random(rng, 16*inner), random(rng, 64)
		want := append([]float32(nil), c...)
		kernel4(inner, a, inner, 1, b, 16, c, 16)
		kernel4Go(inner, a, inner, 1, b, 16, want, 16)
		for i := range c {
			if !close32(c[i], want[i], 1e-5*float64(inner)) {
				t.Fatalf("kernel4, inner %d, %d: %g and %g", inner, i, c[i], want[i])
			}
		}
		copy(want, c)
		kernel1(inner, a, 1, b, 16, c)
		kernel1Go(inner, a, 1, b, 16, want)
		for i := range c {
			if !close32(c[i], want[i], 1e-5*float64(inner)) {
				t.Fatalf("kernel1, inner %d, %d: %g and %g", inner, i, c[i], want[i])
			}
		}
	}
	for _, n := range []int{0, 1, 16, 31, 96, 128} {
		x, y := random(rng, n), random(rng, n)
		if got, want := Dot(x, y), dotGo(x, y); !close32(got, want, 1e-4) {
			t.Errorf("dot of %d: %g and %g", n, got, want)
		}
	}
}

func TestAddAndLeak(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for _, n := range []int{0, 1, 8, 24, 31, 32, 40, 96, 128, 136} {
		x, y := random(rng, n), random(rng, n+1)
		want := append([]float32(nil), y...)
		Add(x, y)
		addGo(x, want)
		Leak(0.1, y)
		leakGo(0.1, want)
		for i := range y {
			if y[i] != want[i] && i < n || i == n && math.Abs(float64(y[i]-want[i])) > 1e-6 {
				t.Fatalf("%d elements, %d: %g and %g", n, i, y[i], want[i])
			}
		}
	}
}

func TestTanh(t *testing.T) {
	var x, y []float32
	for v := -12.0; v <= 12; v += 1.0 / 64 {
		x = append(x, float32(v))
	}
	x = append(x, 0, 0, 0, 0, 0, 0, 0)
	x = x[:len(x)/8*8]
	y = append(y, x...)
	in := append([]float32(nil), x...)
	Tanh(x)
	tanhGo(y)
	for i, v := range in {
		if want := math.Tanh(float64(v)); math.Abs(float64(x[i])-want) > 1e-6 || math.Abs(float64(y[i])-want) > 1e-6 {
			t.Fatalf("tanh(%g): %g and %g, want %g", v, x[i], y[i], want)
		}
	}
}

func TestTranspose(t *testing.T) {
	m, back := NewMatrix(32, 48), NewMatrix(48, 32)
	for i := range m.Data {
		m.Data[i] = float32(i)
	}
	m.Transpose(back)
	for i := range 32 {
		for o := range 48 {
			if m.Data[m.At(i, o)] != back.Data[back.At(o, i)] {
				t.Fatalf("element %d, %d", i, o)
			}
		}
	}
}

func BenchmarkMulAdd(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	m := NewMatrix(128, 512)
	copy(m.Data, random(rng, len(m.Data)))
	for _, n := range []int{1, 8, 64} {
		x, y := random(rng, n*128), make([]float32, n*512)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				m.MulAdd(n, x, 128, y, 512)
			}
			b.ReportMetric(2*float64(n)*128*512*float64(b.N)/b.Elapsed().Seconds()/1e9, "GFLOP/s")
		})
	}
}
