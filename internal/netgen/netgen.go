// Package netgen makes networks by chance: small ones for tests, and large ones
// as unequal as the news for measuring. The same arguments give the same network.
package netgen

import (
	"fmt"
	"math/rand/v2"

	"entente/graph"
)

// IDs returns n actor ids in ascending order.
func IDs(n int) []graph.ActorID {
	ids := make([]graph.ActorID, n)
	for i := range ids {
		ids[i] = graph.ActorID(fmt.Sprintf("state:%08d", i))
	}
	return ids
}

// Seq returns the ties in the form that graph.BuildNetwork reads.
func Seq(ties []graph.Link) func(func(graph.Link, error) bool) {
	return func(yield func(graph.Link, error) bool) {
		for _, t := range ties {
			if !yield(t, nil) {
				return
			}
		}
	}
}

// Build makes the signed network of the ties on n nodes, and panics if they
// name others.
func Build(n int, ties []graph.Link) *graph.Network {
	g, err := graph.BuildNetwork(IDs(n), Seq(ties), graph.NetworkOptions{Signed: true})
	if err != nil {
		panic(err)
	}
	return g
}

// Parse reads ties written "0-1", of one event each, and panics at others.
func Parse(edges []string) []graph.Link {
	ties := make([]graph.Link, len(edges))
	for i, e := range edges {
		if _, err := fmt.Sscanf(e, "%d-%d", &ties[i].Source, &ties[i].Target); err != nil {
			panic(fmt.Sprintf("edge %q: %v", e, err))
		}
		ties[i].Events = 1
	}
	return ties
}

// Random returns m ties between n nodes, all alike, of 1 to 4 events; some are
// loops, some parallel, some symmetric.
func Random(n, m int, seed uint64) []graph.Link {
	rng := rand.New(rand.NewPCG(seed, 1))
	ties := make([]graph.Link, 0, m)
	for range m {
		if n == 0 {
			break
		}
		ties = append(ties, graph.Link{Source: rng.Uint32N(uint32(n)), Target: rng.Uint32N(uint32(n)),
			Events: 1 + rng.Uint32N(4), Quad: uint8(rng.IntN(5)), Symmetric: rng.IntN(5) == 0})
	}
	return ties
}

// Small yields small networks of all kinds: without nodes, without edges, of
// one node, disconnected, thin and dense.
func Small(yield func(name string, g *graph.Network) bool) {
	for _, n := range []int{0, 1, 2, 3, 5, 8, 13, 21} {
		for _, density := range []float64{0, 0.5, 1, 2, 4} {
			for seed := range uint64(3) {
				m := int(density * float64(n))
				name := fmt.Sprintf("%d nodes, %d ties, seed %d", n, m, seed)
				if !yield(name, Build(n, Random(n, m, seed))) {
					return
				}
			}
		}
	}
}

// strangers is the part of the ties of ScaleFree whose second node is any.
const strangers = 0.15

// ScaleFree returns m ties between n nodes of which few have very many: each
// node in turn meets m/n others, chosen in proportion to the ties that they
// have, or now and then at random (after Barabási and Albert 1999). The
// direction is that of a coin. Some ties are parallel.
func ScaleFree(n, m int, seed uint64) []graph.Link {
	rng := rand.New(rand.NewPCG(seed, 2))
	ties := make([]graph.Link, 0, m)
	ends := make([]uint32, 0, 2*m)
	for i := range m {
		u := uint32(uint64(i) * uint64(n) / uint64(m))
		v := rng.Uint32N(uint32(n))
		if len(ends) > 0 && rng.Float64() >= strangers {
			v = ends[rng.IntN(len(ends))]
		}
		if u == v {
			v = (v + 1) % uint32(n)
		}
		ends = append(ends, u, v)
		if rng.IntN(2) == 0 {
			u, v = v, u
		}
		ties = append(ties, graph.Link{Source: u, Target: v, Events: 1, Quad: uint8(1 + rng.IntN(4))})
	}
	return ties
}
