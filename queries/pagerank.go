package queries

import (
	"math"

	"entente/graph"
)

// PageRankOptions steer PageRank. The zero value is a rank without an answer:
// start from DefaultPageRank.
type PageRankOptions struct {
	// Damping is the chance, from 0 to 1, of following an edge rather than
	// starting anew at any node.
	Damping float64
	// Tolerance ends the iteration: when the Euclidean length of the change
	// falls below it.
	Tolerance float64
	// MaxIterations ends it in any case.
	MaxIterations int
	// Weighted follows an edge in proportion to its number of distinct events,
	// rather than all edges of a node alike.
	Weighted bool
}

// DefaultPageRank is what Rank uses.
var DefaultPageRank = PageRankOptions{Damping: 0.85, Tolerance: 1e-10, MaxIterations: 1000}

// PageRank returns the PageRank of each node of g (Page, Brin, Motwani and
// Winograd 1999), by node id. The ranks add up to 1. A node without edges to
// others leads to all nodes alike.
//
// It is the power iteration of gonum's network.PageRank, which begins with a
// random vector and so gives another answer each time; this one begins with
// equal ranks. An iteration costs one pass over the edges.
func PageRank(g *graph.Network, opts PageRankOptions) []float64 {
	n := g.Len()
	if n == 0 {
		return []float64{}
	}
	share := outShares(g, opts.Weighted)
	rank, last := make([]float64, n), make([]float64, n)
	for i := range rank {
		rank[i] = 1 / float64(n)
	}
	for range opts.MaxIterations {
		rank, last = last, rank
		stray := 0.0 // rank at nodes that lead nowhere
		for u, s := range share {
			if s == 0 {
				stray += last[u]
			}
		}
		base := (1 - opts.Damping + opts.Damping*stray) / float64(n)
		for v := range rank {
			sum := 0.0
			from, weight := g.Predecessors(int64(v))
			for i, u := range from {
				if opts.Weighted {
					sum += last[u] * share[u] * weight[i]
				} else {
					sum += last[u] * share[u]
				}
			}
			rank[v] = base + opts.Damping*sum
		}
		if distance(rank, last) < opts.Tolerance {
			break
		}
	}
	return rank
}

// outShares returns what part of its rank each node gives along an edge, or
// along a unit of weight; 0 where it has no edges.
func outShares(g *graph.Network, weighted bool) []float64 {
	share := make([]float64, g.Len())
	for u := range share {
		to, weight := g.Successors(int64(u))
		total := float64(len(to))
		if weighted {
			total = sum(weight)
		}
		if total > 0 {
			share[u] = 1 / total
		}
	}
	return share
}

func sum(list []float64) float64 {
	total := 0.0
	for _, x := range list {
		total += x
	}
	return total
}

// distance returns the Euclidean distance of a and b.
func distance(a, b []float64) float64 {
	total := 0.0
	for i := range a {
		d := a[i] - b[i]
		total += d * d
	}
	return math.Sqrt(total)
}
