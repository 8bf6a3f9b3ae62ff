package centrality

import (
	"math"

	"entente/graph"
	"entente/internal/parallel"
)

// PageRankOptions steer PageRank. The zero value is a rank without an answer:
// start from DefaultPageRank.
type PageRankOptions struct {
	// Damping is the chance, from 0 to below 1, of following an edge rather than
	// starting anew.
	Damping float64
	// Tolerance ends the iteration: when the ranks, which add up to 1, change by
	// less than that altogether. They are then off by damping/(1-damping) times
	// as much at most.
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

const (
	// block is how many nodes one processor takes at a time.
	block = 1024
	// groups is how many parts of a large network are updated one after the other.
	groups = 8
	// patience is how many iterations that do not halve the change, as most do,
	// end the scaling.
	patience = 3
)

// PageRank returns the PageRank of each node (Page, Brin, Motwani and Winograd
// 1999):
//
//	PR(v) = (1-d)·s(v) + d·(Σ over u→v of PR(u)·w(u,v)/w(u) + D·s(v))
//
// where d is the damping, s the start, w(u) the weight of all edges that leave
// u, and D the rank of the nodes without any (dangling nodes): their walks start
// anew. The ranks add up to 1.
//
// As what starts anew is in proportion to s, the ranks are in proportion to the
// solution of y = s + d·Pᵗy, P being the steps along edges (Gleich et al. 2015).
// That is found by the method of Gauss and Seidel, where a node sees at once
// what others before it have become; in large networks only those of other
// groups of nodes, and the nodes of a group are updated in parallel. After each
// iteration the unit of y is chosen so that what starts anew is right altogether,
// the error that would mostly shrink most slowly; no longer where that does not
// help, and then the error shrinks at least by the damping. An iteration costs
// n + m; about 15 do.
func PageRank(g *graph.Network, opts PageRankOptions) []float64 {
	n := g.Len()
	if n == 0 {
		return []float64{}
	}
	p := &pageRank{damping: opts.Damping, restart: 1, in: g.In(), start: startOf(n, opts.Start), share: outShares(g, opts.Weighted),
		rank: make([]float64, n), given: make([]float64, n), sums: make([]pageSums, n/block+groups)}
	if opts.Weighted {
		p.weight = g.InWeights()
	}
	for u := range p.rank {
		p.rank[u] = p.start[u] / max(1-opts.Damping, 1e-9)
		p.given[u] = p.rank[u] * p.share[u]
	}
	iterate := p.serial
	if n >= groups*block {
		p.next = make([]float64, n)
		iterate = p.grouped
	}
	last, failures := math.Inf(1), 0
	for range opts.MaxIterations {
		s := iterate()
		change := s.change / s.total
		if change < opts.Tolerance {
			break
		}
		if change > last/2 {
			failures++
		}
		if last = change; failures < patience {
			p.restart = s.total - opts.Damping*s.walking
		}
	}
	whole := sum(p.rank)
	for u := range p.rank {
		p.rank[u] /= whole
	}
	return p.rank
}

// pageRank is a PageRank in the making.
type pageRank struct {
	damping     float64
	restart     float64 // what starts anew altogether, in the unit of rank: Σy - d·Σy of the nodes with edges, which the equation has be 1
	in          *graph.Rows
	weight      []uint32  // of the edges of in; nil if all are alike
	start       []float64 // adds up to 1
	share       []float64 // what part of its rank a node gives along a unit of weight
	rank        []float64 // not yet in parts of 1
	given, next []float64 // rank times share, as others see it and as it will be
	sums        []pageSums
}

// pageSums are of some nodes the ranks, those of nodes with edges, and by how
// much they changed.
type pageSums struct{ total, walking, change float64 }

func (s *pageSums) add(t pageSums) {
	s.total += t.total
	s.walking += t.walking
	s.change += t.change
}

func (p *pageRank) serial() pageSums { return p.update(0, len(p.rank), p.given) }

// grouped updates one group of nodes after the other. Sums are added up by block,
// so that they do not depend on the number of processors.
func (p *pageRank) grouped() (all pageSums) {
	n := len(p.rank)
	for i := range groups {
		begin, end := i*n/groups, (i+1)*n/groups
		parallel.Blocks(end-begin, block, func(b, lo, hi int) {
			p.sums[b] = p.update(begin+lo, begin+hi, p.next)
		})
		copy(p.given[begin:end], p.next[begin:end])
		for _, s := range p.sums[:(end-begin+block-1)/block] {
			all.add(s)
		}
	}
	return all
}

// update makes the next ranks of the nodes lo to hi-1, and writes what they give.
func (p *pageRank) update(lo, hi int, given []float64) pageSums {
	total, walking, change := 0.0, 0.0, 0.0
	start, share, ranks, given := p.start[lo:hi], p.share[lo:hi], p.rank[lo:hi], given[lo:hi]
	for i, last := range ranks {
		rank := p.restart*start[i] + p.damping*p.received(lo+i)
		total += rank
		change += math.Abs(rank - last)
		if share[i] > 0 {
			walking += rank
		}
		ranks[i], given[i] = rank, rank*share[i]
	}
	return pageSums{total, walking, change}
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

// gather returns the sum of x at the places.
func gather(x []float64, places []uint32) float64 {
	total := 0.0
	for _, i := range places {
		total += x[i]
	}
	return total
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
