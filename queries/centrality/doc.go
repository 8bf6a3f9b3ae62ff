// Package centrality says how much each actor of a network matters, by measures
// whose formula, normalisation, cost and source stand at each function.
//
// Every measure is a pure function of the network and its options: scores come
// by node id, and are the same bytes from run to run on any number of
// processors. Costs are given in n nodes and m edges.
package centrality

import (
	"math"

	"entente/graph"
)

// Degree returns for each node the number of others that its edges lead to;
// weighted, the number of distinct events with them. Neither is normalised. It
// costs n, weighted m.
func Degree(g *graph.Network, dir graph.Direction, weighted bool) []float64 {
	score := make([]float64, g.Len())
	if weighted {
		for u, events := range g.Strength(dir) {
			score[u] = float64(events)
		}
		return score
	}
	r := g.Rows(dir)
	for u := range score {
		score[u] = float64(r.Off[u+1] - r.Off[u])
	}
	return score
}

// scale divides x by its Euclidean length and returns that.
func scale(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += v * v
	}
	length := math.Sqrt(sum)
	if length > 0 {
		for i := range x {
			x[i] /= length
		}
	}
	return length
}

// apart returns the greatest difference of two vectors in one place.
func apart(a, b []float64) float64 {
	most := 0.0
	for i := range a {
		most = max(most, math.Abs(a[i]-b[i]))
	}
	return most
}
