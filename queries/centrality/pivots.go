package centrality

import (
	"math"
	"math/rand/v2"
	"slices"

	"entente/graph"
)

// ExactLimit is the number of steps along edges up to which the measures that
// search from every node are exact by AutoPivots: about ten seconds of one core.
const ExactLimit = 4_000_000_000

// AutoPivots returns how many pivots to search from: 0, which is all nodes,
// where that takes at most ExactLimit steps, else as many as do, at least 100.
func AutoPivots(g *graph.Network) int {
	n, m := uint64(g.Len()), uint64(max(g.Pairs(), 1))
	if n*m <= ExactLimit {
		return 0
	}
	return max(100, int(ExactLimit/m))
}

// SamplingError returns the ε of which the scores of a measure that searches
// from k pivots instead of all n nodes are off by more at any node with
// probability delta at most, as part of the greatest score possible:
//
//	ε = sqrt(ln(2n/delta) / 2k)
//
// It is the bound of Hoeffding (1963) for n nodes at once, as Brandes and Pich
// (2007) and Eppstein and Wang (2004) use it. It holds for any network, and on
// most of them errors are much smaller. The greatest score possible is for
// Betweenness n(n-2), half of that if undirected, for Harmonic 1.
func SamplingError(n, k int, delta float64) float64 {
	if k >= n {
		return 0
	}
	return math.Sqrt(math.Log(2*float64(n)/delta) / (2 * float64(k)))
}

// pivotsOf returns k of n nodes drawn by chance, ascending, each at most once;
// all of them where k is 0 or not below n.
func pivotsOf(n, k int, seed uint64) []uint32 {
	list := make([]uint32, n)
	for i := range list {
		list[i] = uint32(i)
	}
	if k <= 0 || k >= n {
		return list
	}
	rng := rand.New(rand.NewPCG(seed, uint64(n)))
	for i := range k {
		j := i + rng.IntN(n-i)
		list[i], list[j] = list[j], list[i]
	}
	slices.Sort(list[:k])
	return list[:k]
}
