package centrality

import (
	"math"

	"entente/graph"
	"entente/internal/parallel"
)

// PageRankOptions steer PageRank. The zero value is a rank without an answer:
// start from DefaultPageRank.
type PageRankOptions struct {
	// Damping is the chance, from 0 to 1, of following an edge rather than
	// starting anew.
	Damping float64
	// Tolerance ends the iteration: when the Euclidean length of the change
	// falls below it.
	Tolerance float64
	// MaxIterations ends it in any case.
	MaxIterations int
	// Weighted follows an edge in proportion to its number of distinct events,
	// rather than all edges of a node alike.
	Weighted bool
	// Start says, by node id, how often a walk starts anew at each node, in any
	// unit; the rank is then a personalised one, of nearness to those nodes
	// (Haveliwala 2002). Empty, or without a positive number, is all nodes alike.
	Start []float64
}

// DefaultPageRank is the damping of Page and Brin and a tolerance at which no
// digit shown to people changes any more.
var DefaultPageRank = PageRankOptions{Damping: 0.85, Tolerance: 1e-10, MaxIterations: 1000}

// block is how many nodes are added up on their own, so that sums do not depend
// on the number of processors.
const block = 4096

// PageRank returns the PageRank of each node (Page, Brin, Motwani and Winograd
// 1999):
//
//	PR(v) = (1-d)·s(v) + d·(Σ over u→v of PR(u)·w(u,v)/w(u) + D·s(v))
//
// where d is the damping, s the start, w(u) the weight of all edges that leave
// u, and D the rank of the nodes without any (dangling nodes): their walks start
// anew. The ranks add up to 1.
//
// It is a power iteration that begins with s, in parallel over the nodes. An
// iteration costs n + m, and the change shrinks by the damping or more each time:
// with the defaults there are 142 at most, mostly about 20.
func PageRank(g *graph.Network, opts PageRankOptions) []float64 {
	n := g.Len()
	if n == 0 {
		return []float64{}
	}
	p := &pageRank{opts: opts, in: g.In(), start: startOf(n, opts.Start), share: outShares(g, opts.Weighted),
		next: make([]float64, n), given: make([]float64, n), sums: make([]float64, (n+block-1)/block)}
	if opts.Weighted {
		p.weight = g.InWeights()
	}
	p.rank = append([]float64(nil), p.start...)
	for range opts.MaxIterations {
		if p.step() < opts.Tolerance {
			break
		}
	}
	return p.rank
}

// pageRank is a PageRank in the making.
type pageRank struct {
	opts       PageRankOptions
	in         *graph.Rows
	weight     []uint32  // of the edges of in; nil if all are alike
	start      []float64 // adds up to 1
	share      []float64 // what part of its rank a node gives along a unit of weight
	rank, next []float64
	given      []float64 // rank times share
	sums       []float64 // of each block
}

// step makes the next ranks and returns how far they are from the last.
func (p *pageRank) step() float64 {
	n, d := len(p.rank), p.opts.Damping
	parallel.Blocks(n, block, func(b, lo, hi int) {
		stray := 0.0
		for u := lo; u < hi; u++ {
			p.given[u] = p.rank[u] * p.share[u]
			if p.share[u] == 0 {
				stray += p.rank[u]
			}
		}
		p.sums[b] = stray
	})
	anew := 1 - d + d*sum(p.sums)
	parallel.Blocks(n, block, func(b, lo, hi int) {
		change := 0.0
		for v := lo; v < hi; v++ {
			p.next[v] = anew*p.start[v] + d*p.received(v)
			change += (p.next[v] - p.rank[v]) * (p.next[v] - p.rank[v])
		}
		p.sums[b] = change
	})
	p.rank, p.next = p.next, p.rank
	return math.Sqrt(sum(p.sums))
}

// received returns the rank that reaches a node along its edges.
func (p *pageRank) received(v int) float64 {
	lo, hi := p.in.Off[v], p.in.Off[v+1]
	if p.weight == nil {
		return gather(p.given, p.in.To[lo:hi])
	}
	total := 0.0
	for k := lo; k < hi; k++ {
		total += p.given[p.in.To[k]] * float64(p.weight[k])
	}
	return total
}

// gather returns the sum of x at the places. Two sums at once keep the adder
// busy, which otherwise waits for each number.
func gather(x []float64, places []uint32) float64 {
	a, b := 0.0, 0.0
	for len(places) >= 2 {
		a += x[places[0]]
		b += x[places[1]]
		places = places[2:]
	}
	if len(places) == 1 {
		a += x[places[0]]
	}
	return a + b
}

// startOf returns the start as parts of 1.
func startOf(n int, start []float64) []float64 {
	list := make([]float64, n)
	whole := 0.0
	for i := range min(n, len(start)) {
		list[i] = max(0, start[i])
		whole += list[i]
	}
	for i := range list {
		if whole > 0 {
			list[i] /= whole
		} else {
			list[i] = 1 / float64(n)
		}
	}
	return list
}

// outShares returns what part of its rank each node gives along an edge, or
// along a unit of weight; 0 where it has no edges.
func outShares(g *graph.Network, weighted bool) []float64 {
	share := Degree(g, graph.Outgoing, weighted)
	for u, d := range share {
		if d > 0 {
			share[u] = 1 / d
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
