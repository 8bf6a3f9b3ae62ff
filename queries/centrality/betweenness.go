package centrality

import (
	"entente/graph"
	"entente/internal/parallel"
)

// BetweennessOptions steer Betweenness and Between. The zero value is the exact
// measure of the undirected network, every edge as long as the next.
type BetweennessOptions struct {
	Directed bool // paths go the way of the edges
	// Weighted takes an edge for 1/w long, w being its distinct events: the path
	// of closest ties is the shortest. Lengths are whole numbers (pq.Length), so
	// that paths of equal length are seen to be.
	Weighted bool
	// Pivots is from how many nodes, drawn by chance, paths are searched; 0 is
	// from all, the exact measure. AutoPivots has a number by the network's size,
	// SamplingError how far off the scores are. Between takes no notice of it.
	Pivots int
	Seed   uint64 // of the draw of pivots
}

// Betweenness returns for each node v the number of pairs of other nodes whose
// shortest paths run through it; where a pair has several, the part of them
// that do (Freeman 1977):
//
//	B(v) = Σ over s≠v≠t of σ(s,t|v)/σ(s,t)
//
// Directed counts ordered pairs (up to (n-1)(n-2)), undirected each pair once
// (half of that). It is not normalised. The algorithm is that of Brandes (2001);
// with pivots, sums are scaled by n/k (Brandes and Pich 2007). It costs n·m, or
// k·m; weighted m·log n in place of m. Beside the network it takes about 50
// bytes a node and processor.
func Betweenness(g *graph.Network, opts BetweennessOptions) []float64 {
	pivots := pivotsOf(g.Len(), opts.Pivots, opts.Seed)
	score := dependencies(g, pivots, nil, opts)
	factor := 1.0
	if len(pivots) > 0 {
		factor = float64(g.Len()) / float64(len(pivots))
	}
	if !opts.Directed {
		factor /= 2
	}
	for i := range score {
		score[i] *= factor
	}
	return score
}

// Between returns for each node how much it brokers from one group of nodes to
// another: Betweenness of the paths from the one to the other alone (Brandes
// 2008, section 3.2):
//
//	B(v) = Σ over s in from, t in to, s≠v≠t, s≠t of σ(s,t|v)/σ(s,t)
//
// Every such pair counts once, directed or not. Nodes of the groups may broker
// for others. It costs m for each node of from.
func Between(g *graph.Network, from, to []uint32, opts BetweennessOptions) []float64 {
	n := g.Len()
	target := make([]float64, n)
	for _, t := range to {
		target[t] = 1
	}
	isSource := make([]bool, n)
	for _, s := range from {
		isSource[s] = true
	}
	var sources []uint32
	for u, is := range isSource {
		if is {
			sources = append(sources, uint32(u))
		}
	}
	return dependencies(g, sources, target, opts)
}

// sourceBlock is from how many sources on their own the dependencies are summed
// up, so that the sum does not depend on the number of processors.
const sourceBlock = 16

// dependencies returns for each node v the sum over the sources s of Brandes'
// dependency δ(s|v), where paths to t count target[t], or 1 if target is nil.
func dependencies(g *graph.Network, sources []uint32, target []float64, opts BetweennessOptions) []float64 {
	score := make([]float64, g.Len())
	var search func() searcher
	if opts.Weighted {
		e := weightedEdges(g, opts.Directed)
		search = func() searcher { return newWeightedBrandes(e, target) }
	} else {
		forth, back := g.Both(), g.Both()
		if opts.Directed {
			forth, back = g.Out(), g.In()
		}
		search = func() searcher { return newBrandes(forth, back, target) }
	}
	blocks := (len(sources) + sourceBlock - 1) / sourceBlock
	type state struct {
		searcher
		score []float64
	}
	parallel.Fold(blocks, func() *state { return &state{search(), make([]float64, g.Len())} },
		func(s *state, b int) {
			for _, source := range sources[b*sourceBlock : min((b+1)*sourceBlock, len(sources))] {
				s.from(source, s.score)
			}
		},
		func(s *state) {
			for i, x := range s.score {
				score[i] += x
			}
			clear(s.score)
		})
	return score
}

// searcher adds the dependencies of a source to the scores.
type searcher interface {
	from(source uint32, score []float64)
}

// brandes is one search of Brandes' algorithm, level by level.
//
// A level is either pushed along the edges that leave it or pulled along those
// that reach the next one, whichever are fewer. What is pulled is summed up
// without a branch: the array layer is zero but for the one level that counts.
type brandes struct {
	forth, back *graph.Rows
	target      []float64
	level       []int32   // -1 where not reached
	paths       []float64 // number of shortest paths from the source
	layer       []float64 // zero between steps
	pushed      []float64 // what later levels gave; stale entries are of levels that are done
	depends     []float64
	order       []uint32 // nodes reached, by level
	starts      []int    // of the levels in order, and its end
	rest        []uint32 // nodes not reached, once a level was pulled
}

func newBrandes(forth, back *graph.Rows, target []float64) *brandes {
	n := forth.Len()
	b := &brandes{forth: forth, back: back, target: target, level: make([]int32, n), paths: make([]float64, n),
		layer: make([]float64, n), pushed: make([]float64, n), depends: make([]float64, n)}
	for i := range b.level {
		b.level[i] = -1
	}
	return b
}

func (b *brandes) from(source uint32, score []float64) {
	b.reach(source)
	b.collect()
	for _, v := range b.order[1:] {
		score[v] += b.depends[v]
	}
	for _, v := range b.order {
		b.level[v] = -1
	}
	clear(b.pushed) // of nodes out of reach too
}

// reach counts the shortest paths from the source to every node.
func (b *brandes) reach(source uint32) {
	b.order = append(b.order[:0], source)
	b.starts = append(b.starts[:0], 0, 1)
	b.rest = b.rest[:0]
	b.level[source], b.paths[source] = 0, 1
	unreached := len(b.back.To) - degreeOf(b.back, source)
	for d := int32(1); ; d++ {
		begin := len(b.order)
		last := b.order[b.starts[d-1]:begin]
		if leaving := edgesOf(b.forth, last); unreached < 2*leaving {
			b.pull(last, d)
		} else {
			b.push(last, d)
		}
		if len(b.order) == begin {
			return
		}
		unreached -= edgesOf(b.back, b.order[begin:])
		b.starts = append(b.starts, len(b.order))
	}
}

func (b *brandes) push(last []uint32, d int32) {
	for _, u := range last {
		paths := b.paths[u]
		for _, v := range b.forth.Row(u) {
			switch b.level[v] {
			case -1:
				b.level[v], b.paths[v] = d, paths
				b.order = append(b.order, v)
			case d:
				b.paths[v] += paths
			}
		}
	}
}

func (b *brandes) pull(last []uint32, d int32) {
	for _, u := range last {
		b.layer[u] = b.paths[u]
	}
	if len(b.rest) == 0 {
		for v := range b.level {
			b.rest = append(b.rest, uint32(v))
		}
	}
	rest := b.rest[:0]
	for _, v := range b.rest {
		if b.level[v] >= 0 {
			continue
		}
		if paths := gather(b.layer, b.back.Row(v)); paths > 0 {
			b.level[v], b.paths[v] = d, paths
			b.order = append(b.order, v)
		} else {
			rest = append(rest, v)
		}
	}
	b.rest = rest
	for _, u := range last {
		b.layer[u] = 0
	}
}

// collect sets the dependencies of all nodes reached, from the last level to
// the first: δ(v) = σ(v)·Σ over the next level's w of (1+δ(w))/σ(w).
func (b *brandes) collect() {
	levels := len(b.starts) - 1
	for _, v := range b.order[b.starts[levels-1]:] {
		b.depends[v] = 0
	}
	for d := levels - 2; d >= 1; d-- {
		level, next := b.order[b.starts[d]:b.starts[d+1]], b.order[b.starts[d+1]:b.starts[d+2]]
		if edgesOf(b.forth, level) <= edgesOf(b.back, next) {
			for _, w := range next {
				b.layer[w] = b.given(w)
			}
			for _, v := range level {
				b.depends[v] = b.paths[v] * gather(b.layer, b.forth.Row(v))
			}
			for _, w := range next {
				b.layer[w] = 0
			}
			continue
		}
		for _, w := range next {
			given := b.given(w)
			for _, v := range b.back.Row(w) {
				b.pushed[v] += given
			}
		}
		for _, v := range level {
			b.depends[v] = b.paths[v] * b.pushed[v]
		}
	}
}

// given returns what a node gives to each path that leads to it.
func (b *brandes) given(w uint32) float64 {
	if b.target == nil {
		return (1 + b.depends[w]) / b.paths[w]
	}
	return (b.target[w] + b.depends[w]) / b.paths[w]
}

func degreeOf(r *graph.Rows, u uint32) int { return int(r.Off[u+1] - r.Off[u]) }

func edgesOf(r *graph.Rows, nodes []uint32) int {
	edges := 0
	for _, u := range nodes {
		edges += degreeOf(r, u)
	}
	return edges
}
