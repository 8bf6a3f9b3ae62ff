package centrality

import "entente/graph"

// Core returns the core number of each node: the greatest k for which it is in
// the k-core, the largest part of the network in which every node has at least
// k neighbours (Seidman 1983). Directions and weights are left out. It costs
// n + m, by the bucket algorithm of Batagelj and Zaveršnik (2003).
func Core(g *graph.Network) []uint32 {
	r, n := g.Both(), g.Len()
	degree := make([]uint32, n)
	most := uint32(0)
	for u := range degree {
		degree[u] = r.Off[u+1] - r.Off[u]
		most = max(most, degree[u])
	}
	// Nodes in the order of their degrees, and where each and each degree begins.
	start := make([]uint32, most+2)
	for _, d := range degree {
		start[d+1]++
	}
	for d := range most + 1 {
		start[d+1] += start[d]
	}
	order, place := make([]uint32, n), make([]uint32, n)
	next := append([]uint32(nil), start...)
	for u, d := range degree {
		order[next[d]], place[u] = uint32(u), next[d]
		next[d]++
	}
	for i := range order {
		u := order[i]
		for _, v := range r.Row(u) {
			d := degree[v]
			if d <= degree[u] {
				continue
			}
			// v goes to the front of its bucket, which then begins behind it.
			first := start[d]
			w := order[first]
			order[place[v]], order[first] = w, v
			place[w], place[v] = place[v], first
			start[d] = first + 1
			degree[v]--
		}
	}
	return degree
}
