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
