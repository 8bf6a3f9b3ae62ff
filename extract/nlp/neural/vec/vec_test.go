package vec

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
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
		a, b, c := random(rng, 4*inner), random(rng, 64*inner), random(rng, 64)
		want := slices.Clone(c)
		kernel4(inner, a, inner, 1, b, 16, c, 16)
		kernel4Go(inner, a, inner, 1, b, 16, want, 16)
		if !slices.Equal(c, want) {
			t.Errorf("kernel4, inner %d: %g and %g", inner, c, want)
		}
		kernel1x4(inner, a, 1, b, 16, 16*inner, c, 16)
		kernel1x4Go(inner, a, 1, b, 16, 16*inner, want, 16)
		if !slices.Equal(c, want) {
			t.Errorf("kernel1x4, inner %d: %g and %g", inner, c, want)
		}
		kernel1(inner, a, 1, b, 16, c)
		kernel1Go(inner, a, 1, b, 16, want)
		if !slices.Equal(c, want) {
			t.Errorf("kernel1, inner %d: %g and %g", inner, c, want)
		}
	}
	for _, n := range []int{0, 1, 16, 31, 96, 128} {
		x, y := random(rng, n), random(rng, n)
		if got, want := Dot(x, y), dotGo(x, y); got != want {
			t.Errorf("dot of %d: %g and %g", n, got, want)
		}
		exact := 0.0
		for i := range x {
			exact += float64(x[i]) * float64(y[i])
		}
		if got := Dot(x, y); !close32(got, float32(exact), 1e-4) {
			t.Errorf("dot of %d: %g, want %g", n, got, exact)
		}
	}
}

func TestSumsAgree(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for _, n := range []int{0, 1, 16, 31, 96} {
		x, y := random(rng, n), random(rng, n)
		want := append([]float32(nil), y...)
		Add(x, y)
		addGo(x, want)
		Axpy(0.3, x, y)
		axpyGo(0.3, x, want)
		Leaky(0.1, y)
		leakyGo(0.1, want)
		for i := range y {
			if y[i] != want[i] {
				t.Errorf("sum of %d, %d: %g and %g", n, i, y[i], want[i])
			}
		}
	}
}

func TestAdamAgrees(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	step := &AdamStep{Scale: 0.5, Decay1: 0.9, Rest1: 0.1, Decay2: 0.98, Rest2: 0.02, Rate: 0.01, Unbias: 3, Epsilon: 1e-8}
	for _, n := range []int{0, 3, 8, 40} {
		g, x, m, v := random(rng, n), random(rng, n), random(rng, n), random(rng, n)
		for i := range v {
			v[i] *= v[i]
		}
		x2, m2, v2 := append([]float32(nil), x...), append([]float32(nil), m...), append([]float32(nil), v...)
		step.Update(g, x, m, v)
		step.updateGo(g, x2, m2, v2)
		for i := range g {
			if !close32(x[i], x2[i], 1e-5) || !close32(m[i], m2[i], 1e-6) || !close32(v[i], v2[i], 1e-6) {
				t.Errorf("step of %d, %d: %g %g %g and %g %g %g", n, i, x[i], m[i], v[i], x2[i], m2[i], v2[i])
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
		if want := math.Tanh(float64(v)); math.Abs(float64(x[i])-want) > 1e-6 || x[i] != y[i] {
			t.Fatalf("tanh(%g): %g and %g, want %g", v, x[i], y[i], want)
		}
	}
}

func TestByte(t *testing.T) {
	for x, want := range map[float32]uint8{-1: 1, -2: 1, 0: 128, 1: 255, 7: 255, 0.5 / 127: 128, 1.5 / 127: 130, -0.51 / 127: 127} {
		if got := Byte(x); got != want {
			t.Errorf("%g: got %d, want %d", x, got, want)
		}
	}
}

// TestBytes: both forms give the same bits, and those of the plain sum.
func TestBytes(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 10))
	for _, size := range [][3]int{{1, 4, 16}, {3, 16, 32}, {4, 64, 96}, {9, 224, 448}, {7, 1024, 64}} {
		n, in, out := size[0], size[1], size[2]
		m := NewMatrix(in, out)
		copy(m.Data, random(rng, in*out))
		b := NewBytes(m)
		x := make([]uint8, n*(in+3))
		for i := range x {
			x[i] = uint8(1 + rng.IntN(255))
		}
		got := random(rng, n*(b.Out+16))
		want, whole := append([]float32(nil), got...), append([]float32(nil), got...)
		b.MulAdd(n, x, in+3, got, b.Out+16)
		for r := range n {
			for o := range b.Out {
				sum := int32(0)
				for i := range in {
					sum += (int32(x[r*(in+3)+i]) - 128) * int32(b.weights[((o/Panel*in/4+i/4)*Panel+o%Panel)*4+i%4])
				}
				want[r*(b.Out+16)+o] += float32(sum) * b.scale[o]
			}
		}
		if b.whole.Data == nil {
			b.whole = NewMatrix(in, b.Out)
			for o := range b.Out {
				for i := range in {
					b.whole.Data[b.whole.At(i, o)] = float32(b.weights[((o/Panel*in/4+i/4)*Panel+o%Panel)*4+i%4])
				}
			}
		}
		b.mulAddWhole(n, x, in+3, whole, b.Out+16)
		for i := range got {
			if got[i] != want[i] || whole[i] != want[i] {
				t.Fatalf("%v, %d: %g by kernel, %g by float32, want %g", size, i, got[i], whole[i], want[i])
			}
		}
		for o := range out {
			for i := range in {
				exact := m.Data[m.At(i, o)]
				q := float32(b.weights[((o/Panel*in/4+i/4)*Panel+o%Panel)*4+i%4]) * b.scale[o] * steps
				if d := exact - q; d > b.scale[o]*steps*0.501 || d < -b.scale[o]*steps*0.501 {
					t.Fatalf("%v: weight %g became %g", size, exact, q)
				}
			}
		}
	}
}

func TestStep(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 12))
	sigmoid := func(x float32) float64 { return 1 / (1 + math.Exp(-float64(x))) }
	for _, n := range []int{8, 5, 16, 112} {
		gates, last := random(rng, 4*n), random(rng, n)
		halved := append([]float32(nil), gates...)
		for i := range 3 * n {
			halved[i] /= 2
		}
		cells, tanhs, out := make([]float32, n), make([]float32, n), make([]uint8, n)
		Step(halved, last, cells, tanhs, out)
		copy(halved, gates)
		for i := range 3 * n {
			halved[i] /= 2
		}
		plainCells, plainOut := make([]float32, n), make([]uint8, n)
		tanhGo(halved)
		stepCellsGo(halved, last, plainCells, tanhs)
		tanhGo(tanhs)
		stepStatesGo(halved[2*n:][:n], tanhs, plainOut)
		if !slices.Equal(cells, plainCells) || !slices.Equal(out, plainOut) {
			t.Errorf("step of %d: the plain form differs", n)
		}
		for i := range n {
			c := sigmoid(gates[i])*math.Tanh(float64(gates[3*n+i])) + sigmoid(gates[n+i])*float64(last[i])
			h := sigmoid(gates[2*n+i]) * math.Tanh(c)
			if !close32(cells[i], float32(c), 1e-5) || math.Abs(float64(out[i])-128-127*h) > 0.501 {
				t.Fatalf("%d of %d: cell %g, state %d, want %g, %g", i, n, cells[i], out[i], c, 128+127*h)
			}
		}
	}
}

func BenchmarkBytes(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	m := NewMatrix(128, 512)
	copy(m.Data, random(rng, len(m.Data)))
	q := NewBytes(m)
	for _, n := range []int{1, 8, 64} {
		x, y := make([]uint8, n*128), make([]float32, n*512)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				q.MulAdd(n, x, 128, y, 512)
			}
			b.ReportMetric(2*float64(n)*128*512*float64(b.N)/b.Elapsed().Seconds()/1e9, "GOP/s")
		})
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
