// Package community says into which groups the actors of a network fall: parts
// with more events inside, and fewer between them, than chance would have.
//
// Answers are the same bytes from run to run. Costs are given in n nodes and m
// edges.
package community

import (
	"cmp"
	"slices"

	"entente/graph"
)

// Options steer Leiden and Modularity. The zero value is the usual modularity,
// all edges alike.
type Options struct {
	// Resolution above 1 makes more and smaller communities, below 1 fewer and
	// larger ones (Reichardt and Bornholdt 2006). 0 is 1.
	Resolution float64
	// Weighted counts the distinct events between two actors, in either direction,
	// rather than each pair alike.
	Weighted bool
	Seed     uint64 // of the order in which nodes are looked at
	// Iterations is how often Leiden goes on from its last answer; it ends sooner
	// where that is no better. 0 is 6: by then little is left to gain.
	Iterations int
}

func (o Options) withDefaults() Options {
	if o.Resolution == 0 {
		o.Resolution = 1
	}
	if o.Iterations == 0 {
		o.Iterations = 6
	}
	return o
}

// Partition is which node is in which community.
type Partition struct {
	// Of is the community of each node, 0 to Count-1: the largest is 0, of equally
	// large ones that with the least node comes first.
	Of         []uint32
	Count      int
	Modularity float64
}

// Modularity returns the modularity of a partition of the undirected network
// (Newman and Girvan 2004):
//
//	Q = Σ over communities c of w(c)/W - γ·(k(c)/W)²
//
// where W is twice the weight of all edges, w(c) twice that of those inside c,
// k(c) the weight of all edges of its nodes, and γ the resolution. It is 1 at
// most, and 0 if there are no edges. Of names the community of each node, by any
// numbers below the number of nodes. It costs n + m.
func Modularity(g *graph.Network, of []uint32, opts Options) float64 {
	opts = opts.withDefaults()
	l := base(g, opts.Weighted)
	return l.modularity(of, opts.Resolution)
}

// level is a network whose nodes are nodes or communities of one below. Weights
// are whole numbers, and so exact.
type level struct {
	off, to  []uint32
	weight   []float64 // of an edge; nil if all are 1
	strength []float64 // of a node: all its edges, those inside it twice
	inside   []float64 // twice the weight of the edges inside a node; nil for none
	total    float64   // of the strengths
}

func (l *level) len() int { return len(l.off) - 1 }

func (l *level) weightAt(k uint32) float64 {
	if l.weight == nil {
		return 1
	}
	return l.weight[k]
}

// base returns the level of the network itself.
func base(g *graph.Network, weighted bool) *level {
	both := g.Both()
	l := &level{off: both.Off, to: both.To, strength: make([]float64, g.Len())}
	if weighted {
		l.weight = make([]float64, len(both.To))
		for k, w := range both.Weight {
			l.weight[k] = float64(w)
		}
	}
	for u := range l.strength {
		for k := l.off[u]; k < l.off[u+1]; k++ {
			l.strength[u] += l.weightAt(k)
		}
		l.total += l.strength[u]
	}
	return l
}

func (l *level) modularity(of []uint32, resolution float64) float64 {
	if l.total == 0 {
		return 0
	}
	inside, strength := make([]float64, l.len()), make([]float64, l.len())
	for u, c := range of {
		strength[c] += l.strength[u]
		if l.inside != nil {
			inside[c] += l.inside[u]
		}
		for k := l.off[u]; k < l.off[u+1]; k++ {
			if of[l.to[k]] == c {
				inside[c] += l.weightAt(k)
			}
		}
	}
	q := 0.0
	for c := range inside {
		part := strength[c] / l.total
		q += inside[c]/l.total - resolution*part*part
	}
	return q
}

// bySize numbers communities as Partition.Of does.
func bySize(of []uint32) ([]uint32, int) {
	type group struct{ name, size, least uint32 }
	groups := make([]group, len(of))
	for u, c := range of {
		if groups[c].size == 0 {
			groups[c] = group{c, 0, uint32(u)}
		}
		groups[c].size++
	}
	groups = slices.DeleteFunc(groups, func(g group) bool { return g.size == 0 })
	slices.SortFunc(groups, func(a, b group) int { return cmp.Or(cmp.Compare(b.size, a.size), cmp.Compare(a.least, b.least)) })
	number := make([]uint32, len(of))
	for i, g := range groups {
		number[g.name] = uint32(i)
	}
	list := make([]uint32, len(of))
	for u, c := range of {
		list[u] = number[c]
	}
	return list, len(groups)
}
