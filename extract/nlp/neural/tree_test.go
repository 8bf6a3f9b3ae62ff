package neural

import (
	"math/rand/v2"
	"testing"
)

// bestTree tries all assignments of heads.
func bestTree(n int, scores []float32) float32 {
	heads := make([]int, n)
	best := float32(-1e30)
	var try func(d int, sum float32)
	try = func(d int, sum float32) {
		if d == n {
			if isTree(heads) {
				best = max(best, sum)
			}
			return
		}
		for h := range n + 1 {
			if h != d+1 {
				heads[d] = h
				try(d+1, sum+scores[d*(n+1)+h])
			}
		}
	}
	try(0, 0)
	return best
}

func TestTreeIsTheBest(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for i := range 3000 {
		n := 1 + i%5
		scores := make([]float32, n*(n+1))
		for j := range scores {
			scores[j] = float32(rng.IntN(41) - 20)
			if j%(n+1) == 0 && i%2 == 0 {
				scores[j] += 25 // the root attracts all
			}
		}
		heads := make([]int, n)
		Tree(n, scores, heads)
		if !isTree(heads) {
			t.Fatalf("%v is no tree (scores %v)", heads, scores)
		}
		sum := float32(0)
		for d, h := range heads {
			sum += scores[d*(n+1)+h]
		}
		if want := bestTree(n, scores); sum != want {
			t.Fatalf("%d words, scores %v: tree %v has %g, the best %g", n, scores, heads, sum, want)
		}
	}
}

func TestTreeOfManyWords(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for _, n := range []int{50, Window} {
		scores := make([]float32, n*(n+1))
		for j := range scores {
			scores[j] = rng.Float32()
		}
		heads := make([]int, n)
		if Tree(n, scores, heads); !isTree(heads) {
			t.Fatalf("%d words: %v is no tree", n, heads)
		}
		clear(scores)
		if Tree(n, scores, heads); !isTree(heads) {
			t.Fatalf("%d words of equal scores: %v is no tree", n, heads)
		}
	}
}
