package structure

import (
	"cmp"
	"slices"

	"entente/graph"
)

// triangles calls each for every three nodes that are neighbours of each other,
// once, with the places of their edges in Both. Of the edges each is looked at
// from the end with fewer neighbours, so that it costs m·sqrt(m) (Chiba and
// Nishizeki 1985; Latapy 2008).
func triangles(both *graph.Rows, each func(u, v, w uint32, uv, uw, vw uint32)) {
	n := both.Len()
	above := func(u, v uint32) bool { // whether u's edge to v is looked at from u
		return cmp.Or(cmp.Compare(len(both.Row(u)), len(both.Row(v))), cmp.Compare(u, v)) < 0
	}
	off, to, place := make([]uint32, n+1), []uint32{}, []uint32{}
	for u := range uint32(n) {
		for k := both.Off[u]; k < both.Off[u+1]; k++ {
			if above(u, both.To[k]) {
				to, place = append(to, both.To[k]), append(place, k)
			}
		}
		off[u+1] = uint32(len(to))
	}
	edge := make([]uint32, n) // the place of the edge from u to each of its upper neighbours, plus 1
	for u := range uint32(n) {
		for k := off[u]; k < off[u+1]; k++ {
			edge[to[k]] = place[k] + 1
		}
		for k := off[u]; k < off[u+1]; k++ {
			v := to[k]
			for l := off[v]; l < off[v+1]; l++ {
				if w := to[l]; edge[w] != 0 {
					each(u, v, w, place[k], edge[w]-1, place[l])
				}
			}
		}
		for k := off[u]; k < off[u+1]; k++ {
			edge[to[k]] = 0
		}
	}
}

// Clustering returns the clustering coefficient of each node (Watts and
// Strogatz 1998), the part of the pairs of its neighbours that are neighbours of
// each other, 0 where it has fewer than two; and the transitivity of the network
// (Newman 2003), the same part of all such pairs of all nodes, 0 if there are
// none. The network is taken as undirected, without weights. It costs m·sqrt(m).
func Clustering(g *graph.Network) (local []float64, transitivity float64) {
	local = make([]float64, g.Len())
	closed, all := 0.0, 0.0
	triangles(g.Both(), func(u, v, w, _, _, _ uint32) {
		local[u]++
		local[v]++
		local[w]++
		closed += 3
	})
	for u := range local {
		k := float64(len(g.Both().Row(uint32(u))))
		if k < 2 {
			continue
		}
		all += k * (k - 1) / 2
		local[u] /= k * (k - 1) / 2
	}
	if all == 0 {
		return local, 0
	}
	return local, closed / all
}

// signs are what two nodes have most of: 1 if more cooperative events than
// conflictual ones, in either direction, -1 if fewer, 0 if as many; and by how
// many, in the order of Both.
type signs struct {
	sign []int8
	net  []uint32
}

// signsOf panics unless the network is signed.
func signsOf(g *graph.Network) signs {
	both := g.Both()
	if !both.Signed() {
		panic("structure: the network was built without NetworkOptions.Signed")
	}
	s := signs{make([]int8, len(both.To)), make([]uint32, len(both.To))}
	for k := range s.sign {
		plus, minus := both.Cooperative[k], both.Conflictual[k]
		s.sign[k] = int8(cmp.Compare(plus, minus))
		s.net[k] = max(plus, minus) - min(plus, minus)
	}
	return s
}

// Triad is three actors who all deal with each other.
type Triad struct {
	Nodes [3]uint32 // ascending
	// Negative is the number of pairs with more conflict than cooperation.
	Negative int
	// Strength is the least of the three pairs' surpluses of the one over the
	// other, in distinct events.
	Strength uint32
}

// Balance is the census of the signed triads of a network.
type Balance struct {
	// Triads are the numbers of those with 0, 1, 2 and 3 negative pairs.
	Triads [4]int
	// Unbalanced are triads of 1 or 3 negative pairs, the strongest first, then
	// by nodes.
	Unbalanced []Triad
}

// Balanced returns the part of the triads that is balanced; 1 if there are none.
func (b Balance) Balanced() float64 {
	all := b.Triads[0] + b.Triads[1] + b.Triads[2] + b.Triads[3]
	if all == 0 {
		return 1
	}
	return float64(b.Triads[0]+b.Triads[2]) / float64(all)
}

// FindBalance counts the triads of a signed network by the theory of structural
// balance (Heider 1946; Cartwright and Harary 1956): a triad is balanced if its
// number of negative pairs is even, so that the friend of a friend is a friend
// and the enemy of an enemy too; a triad of three negative pairs is unbalanced.
// A pair is positive if it has more cooperative events (quad class 1 and 2) than
// conflictual ones, negative if fewer, and counts in no triad if it has as many
// of both. It returns at most limit of the unbalanced. It costs m·sqrt(m), and
// panics unless g is signed.
func FindBalance(g *graph.Network, limit int) Balance {
	s := signsOf(g)
	b := Balance{Unbalanced: []Triad{}}
	triangles(g.Both(), func(u, v, w, uv, uw, vw uint32) {
		if s.sign[uv] == 0 || s.sign[uw] == 0 || s.sign[vw] == 0 {
			return
		}
		t := Triad{Nodes: [3]uint32{u, v, w}, Strength: min(s.net[uv], s.net[uw], s.net[vw])}
		for _, k := range [3]uint32{uv, uw, vw} {
			if s.sign[k] < 0 {
				t.Negative++
			}
		}
		b.Triads[t.Negative]++
		if t.Negative%2 == 0 || limit <= 0 {
			return
		}
		slices.Sort(t.Nodes[:])
		b.Unbalanced = append(b.Unbalanced, t)
		if len(b.Unbalanced) >= 2*limit+1000 {
			b.cut(limit)
		}
	})
	b.cut(limit)
	return b
}

// cut keeps the first of the unbalanced triads.
func (b *Balance) cut(limit int) {
	slices.SortFunc(b.Unbalanced, func(x, y Triad) int {
		return cmp.Or(cmp.Compare(y.Strength, x.Strength), slices.Compare(x.Nodes[:], y.Nodes[:]))
	})
	b.Unbalanced = b.Unbalanced[:min(len(b.Unbalanced), max(limit, 0))]
}
