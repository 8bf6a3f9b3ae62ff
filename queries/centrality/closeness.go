package centrality

import (
	"math/bits"

	"entente/graph"
	"entente/internal/parallel"
)

// ClosenessOptions steer Closeness and Harmonic. The zero value is the exact
// measure of the undirected network.
type ClosenessOptions struct {
	// Direction says which paths count: Outgoing those that begin at the node,
	// Incoming those that end there (as in gonum and networkx).
	Direction graph.Direction
	// Pivots is to how many nodes, drawn by chance, paths are measured; 0 is to
	// all, the exact measure. AutoPivots has a number by the network's size.
	Pivots int
	Seed   uint64 // of the draw of pivots
}

// Closeness returns for each node the inverse of its mean distance to the nodes
// it has a path to, times the part of all other nodes that these are
// (Wasserman and Faust 1994, so that a small component does not win):
//
//	C(v) = r/(n-1) · r/Σd(v,u), over the r nodes u that v has a path to
//
// It lies between 0 and 1; in a connected network it is (n-1)/Σd, as in
// networkx; gonum's is 1/Σd. Edges have length 1. With pivots, r and Σd are
// scaled up from them (Eppstein and Wang 2004).
//
// It costs n·m/64 steps a level of the network, of which there are few: paths
// are searched from 64 nodes at once (Then et al. 2014).
func Closeness(g *graph.Network, opts ClosenessOptions) []float64 {
	d := distancesOf(g, opts)
	score := make([]float64, g.Len())
	for v := range score {
		if d.sum[v] > 0 {
			r := float64(d.reached[v])
			score[v] = r / d.asked(v) * r / float64(d.sum[v])
		}
	}
	return score
}

// Harmonic returns the harmonic centrality of each node (Marchiori and Latora
// 2000; Boldi and Vigna 2014), the mean of the inverse distances to all others:
//
//	H(v) = 1/(n-1) · Σ over u≠v of 1/d(v,u), where 1/∞ is 0
//
// It lies between 0 and 1; gonum and networkx leave out the division by n-1.
// With pivots it is the mean over those. It costs as Closeness does.
func Harmonic(g *graph.Network, opts ClosenessOptions) []float64 {
	d := distancesOf(g, opts)
	score := make([]float64, g.Len())
	for v := range score {
		if d.reached[v] > 0 {
			score[v] = d.inverse[v] / d.asked(v)
		}
	}
	return score
}

// distances are sums of the distances between each node and the pivots.
type distances struct {
	sum     []uint64
	reached []uint32 // pivots with a path
	inverse []float64
	pivot   []bool
	pivots  int
}

func newDistances(n int) *distances {
	return &distances{sum: make([]uint64, n), reached: make([]uint32, n), inverse: make([]float64, n), pivot: make([]bool, n)}
}

// asked returns the number of pivots other than v.
func (d *distances) asked(v int) float64 {
	if d.pivot[v] {
		return float64(d.pivots - 1)
	}
	return float64(d.pivots)
}

func distancesOf(g *graph.Network, opts ClosenessOptions) *distances {
	n := g.Len()
	pivots := pivotsOf(n, opts.Pivots, opts.Seed)
	sums := newDistances(n)
	sums.pivots = len(pivots)
	for _, p := range pivots {
		sums.pivot[p] = true
	}
	// Distances from v to the pivots are read off the rows of v.
	rows := g.Rows(opts.Direction)
	type state struct {
		*distances
		seen, last, next []uint64
	}
	blocks := (len(pivots) + 63) / 64
	parallel.Fold(blocks, func() *state {
		return &state{newDistances(n), make([]uint64, n), make([]uint64, n), make([]uint64, n)}
	}, func(s *state, b int) {
		clear(s.seen)
		clear(s.last)
		all := uint64(0)
		for i, p := range pivots[b*64 : min((b+1)*64, len(pivots))] {
			all |= 1 << i
			s.seen[p] |= 1 << i
			s.last[p] |= 1 << i
		}
		for d, more := uint64(1), true; more; d++ {
			more = s.level(rows, s.seen, s.last, s.next, all, d)
			s.last, s.next = s.next, s.last
		}
	}, func(s *state) {
		for v := range n {
			sums.sum[v] += s.sum[v]
			sums.reached[v] += s.reached[v]
			sums.inverse[v] += s.inverse[v]
		}
		clear(s.sum)
		clear(s.reached)
		clear(s.inverse)
	})
	return sums
}

// level finds the pivots at distance d of each node, a bit each: those that its
// neighbours had at the distance before and that are new to it. It reports
// whether there are any.
func (s *distances) level(rows *graph.Rows, seen, last, next []uint64, all, d uint64) (more bool) {
	for v := range seen {
		next[v] = 0
		if seen[v] == all {
			continue
		}
		found := uint64(0)
		for _, u := range rows.To[rows.Off[v]:rows.Off[v+1]] {
			found |= last[u]
		}
		found &^= seen[v]
		if found == 0 {
			continue
		}
		more = true
		next[v] = found
		seen[v] |= found
		k := uint64(bits.OnesCount64(found))
		s.sum[v] += k * d
		s.reached[v] += uint32(k)
		s.inverse[v] += float64(k) / float64(d)
	}
	return more
}
