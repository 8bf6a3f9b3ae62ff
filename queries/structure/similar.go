package structure

import (
	"cmp"
	"math"
	"slices"

	"entente/graph"
)

// Likeness is a way to tell how alike two nodes are by their neighbours.
type Likeness int

const (
	// Jaccard is the number of common neighbours by that of the neighbours of
	// either (Jaccard 1901), from 0 to 1.
	Jaccard Likeness = iota
	// AdamicAdar is the sum of 1/ln(k) over the common neighbours, k being how
	// many have that neighbour (Adamic and Adar 2003): a rare one says more. It
	// is not normalised.
	AdamicAdar
	// Cosine is the cosine of the angle between the rows of weights, the distinct
	// events with each neighbour (Salton and McGill 1983), from 0 to 1.
	Cosine
)

// SimilarOptions steer Similar.
type SimilarOptions struct {
	By Likeness
	// Direction says whose neighbours are compared: Outgoing, to whom two do
	// something; Incoming, who does something to them.
	Direction graph.Direction
	Limit     int // at most so many
}

// Similar is a node that is like another.
type Similar struct {
	Node   uint32
	Score  float64
	Common int // neighbours
}

// FindSimilar returns the nodes that have neighbours in common with u, the most
// alike first, of equal score the lesser node first. The two themselves are no
// common neighbours of each other. It costs the sum of the degrees of u's
// neighbours; Cosine that of the nodes found beside.
func FindSimilar(g *graph.Network, u uint32, opts SimilarOptions) []Similar {
	rows, back, weights := g.Rows(opts.Direction), g.Rows(graph.Either), g.RowWeights(opts.Direction)
	switch opts.Direction {
	case graph.Outgoing:
		back = g.In()
	case graph.Incoming:
		back = g.Out()
	}
	score, common := make([]float64, g.Len()), make([]int, g.Len())
	var found []uint32
	for i, z := range rows.Row(u) {
		for _, v := range back.Row(z) {
			if v == u {
				continue
			}
			if common[v] == 0 {
				found = append(found, v)
			}
			common[v]++
			switch opts.By {
			case AdamicAdar:
				score[v] += 1 / math.Log(float64(len(back.Row(z))))
			case Cosine:
				at, _ := rows.Find(v, z)
				score[v] += float64(weights[rows.Off[u]+uint32(i)]) * float64(weights[at])
			}
		}
	}
	list := make([]Similar, len(found))
	for i, v := range found {
		switch opts.By {
		case Jaccard:
			score[v] = float64(common[v]) / float64(len(rows.Row(u))+len(rows.Row(v))-common[v])
		case Cosine:
			score[v] /= length(rows, weights, u) * length(rows, weights, v)
		}
		list[i] = Similar{v, score[v], common[v]}
	}
	slices.SortFunc(list, func(a, b Similar) int { return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Node, b.Node)) })
	return list[:min(len(list), max(opts.Limit, 0))]
}

// length returns the Euclidean length of a row of weights.
func length(rows *graph.Rows, weights []uint32, u uint32) float64 {
	sum := 0.0
	for _, w := range weights[rows.Off[u]:rows.Off[u+1]] {
		sum += float64(w) * float64(w)
	}
	return math.Sqrt(sum)
}

// Reciprocity returns the part of the edges that have one back, and the part of
// the distinct events that are answered, min(w(u,v), w(v,u)) of each edge
// (Squartini et al. 2013). Symmetric events answer themselves. Both are 0 if
// there are no edges. It costs m times the logarithm of a degree.
func Reciprocity(g *graph.Network) (edges, events float64) {
	out := g.Out()
	var mutual, answered, all uint64
	for u := range uint32(g.Len()) {
		for k := out.Off[u]; k < out.Off[u+1]; k++ {
			all += uint64(out.Weight[k])
			if back, ok := out.Find(out.To[k], u); ok {
				mutual++
				answered += uint64(min(out.Weight[k], out.Weight[back]))
			}
		}
	}
	if all == 0 {
		return 0, 0
	}
	return float64(mutual) / float64(len(out.To)), float64(answered) / float64(all)
}
