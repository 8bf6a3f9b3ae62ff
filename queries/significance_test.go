package queries

import (
	"math"
	"math/big"
	"math/rand"
	"testing"
)

// exact adds up the probabilities of the outcomes that are no likelier than the
// one seen, in rational numbers.
func exact(seen int, probability map[int]*big.Rat) float64 {
	total := new(big.Rat)
	for _, p := range probability {
		if p.Cmp(probability[seen]) <= 0 {
			total.Add(total, p)
		}
	}
	f, _ := total.Float64()
	return f
}

func binomial(n, k int) *big.Rat {
	return new(big.Rat).SetInt(new(big.Int).Binomial(int64(n), int64(k)))
}

func TestRateTest(t *testing.T) {
	for k := range 12 {
		for m := range 12 {
			for _, exposure := range [][2]int{{1, 1}, {1, 3}, {7, 2}, {100, 99}} {
				n, a, b := k+m, int64(exposure[0]), int64(exposure[1])
				probability := map[int]*big.Rat{}
				for i := range n + 1 {
					p := binomial(n, i)
					for range i {
						p.Mul(p, big.NewRat(a, a+b))
					}
					for range n - i {
						p.Mul(p, big.NewRat(b, a+b))
					}
					probability[i] = p
				}
				got, want := rateTest(k, m, float64(a), float64(b)), exact(k, probability)
				if math.Abs(got-want) > 1e-9 {
					t.Errorf("%d against %d at %v: p = %v, want %v", k, m, exposure, got, want)
				}
			}
		}
	}
	for _, c := range []struct{ a, b, want float64 }{{0, 0, 1}, {0, 5, 1}} {
		if got := rateTest(0, 3, c.a, c.b); got != c.want {
			t.Errorf("exposures %v and %v: p = %v, want %v", c.a, c.b, got, c.want)
		}
	}
}

func TestLeastRateTest(t *testing.T) {
	for n := range 15 {
		for _, e := range [][2]float64{{1, 1}, {1, 3}, {7, 2}, {100, 1}} {
			least := 1.0
			for k := range n + 1 {
				least = min(least, rateTest(k, n-k, e[0], e[1]))
			}
			if got := leastRateTest(n, e[0], e[1]); got != least {
				t.Errorf("%d events at %v: %v, want %v", n, e, got, least)
			}
		}
	}
}

func TestMixTest(t *testing.T) {
	rng := rand.New(rand.NewSource(1))
	for range 400 {
		a, b, c, d := rng.Intn(8), rng.Intn(8), rng.Intn(8), rng.Intn(8)
		probability := map[int]*big.Rat{}
		for i := max(0, a-d); i <= min(a+b, a+c); i++ {
			p := binomial(a+b, i)
			p.Mul(p, binomial(c+d, a+c-i))
			probability[i] = p.Quo(p, binomial(a+b+c+d, a+c))
		}
		if got, want := mixTest(a, b, c, d), exact(a, probability); math.Abs(got-want) > 1e-9 {
			t.Errorf("%d %d / %d %d: p = %v, want %v", a, b, c, d, got, want)
		}
	}
}

// The adjusted value of a p-value is the least level at which the procedure of
// Benjamini and Hochberg rejects its hypothesis.
func TestAdjusted(t *testing.T) {
	rng := rand.New(rand.NewSource(1))
	for range 200 {
		p := make([]float64, rng.Intn(12))
		for i := range p {
			p[i] = float64(rng.Intn(50)) / 49
		}
		q := adjusted(p)
		for i := range p {
			for _, level := range []float64{0.01, 0.05, 0.2, 0.5, 0.9} {
				threshold := 0.0
				for _, x := range p {
					rank := 0
					for _, y := range p {
						if y <= x {
							rank++
						}
					}
					if x <= level*float64(rank)/float64(len(p)) {
						threshold = max(threshold, x)
					}
				}
				rejected := threshold > 0 && p[i] <= threshold || p[i] == 0
				if math.Abs(q[i]-level) > 1e-12 && rejected != (q[i] <= level) {
					t.Fatalf("%v: %v is adjusted to %v, at level %v it is rejected: %v", p, p[i], q[i], level, rejected)
				}
			}
		}
	}
}

// The course saves as much as any, and of those has the fewest steps of burst.
func TestCourse(t *testing.T) {
	rng := rand.New(rand.NewSource(1))
	for range 500 {
		counts := make([]int, 1+rng.Intn(10))
		for i := range counts {
			counts[i] = rng.Intn(4) * rng.Intn(3)
		}
		start := float64(rng.Intn(6))
		gain := func(n int) float64 { return float64(n) - 1 } // whole numbers: savings compare exactly
		saved := func(burning func(i int) bool) (total float64, steps int) {
			for i, n := range counts {
				if !burning(i) {
					continue
				}
				steps++
				total += gain(n)
				if i == 0 || !burning(i-1) {
					total -= start
				}
			}
			return total, steps
		}
		most, fewest := math.Inf(-1), 0
		for set := range 1 << len(counts) {
			total, steps := saved(func(i int) bool { return set>>i&1 == 1 })
			if total > most || total == most && steps < fewest {
				most, fewest = total, steps
			}
		}
		got := course(counts, gain, start)
		total, steps := saved(func(i int) bool { return got[i] })
		if total != most || steps != fewest {
			t.Errorf("%v at %v: %v saves %v in %d steps, the best is %v in %d", counts, start, got, total, steps, most, fewest)
		}
	}
}
