package graph

import (
	"slices"
	"sync"
)

// Network is the directed graph of who deals with whom, in compressed rows that
// algorithms read directly, and in the form that gonum's algorithms read:
// graph.Directed and graph.WeightedDirected, and through Undirected
// graph.WeightedUndirected.
//
// Node ids are 0 to Len()-1 in the order of the actors' ids. There is an edge
// from u to v if a relation runs from u to v; symmetric relations give one each
// way. The weight of an edge is the number of distinct events along it, so a
// greater weight is a closer tie and no distance. Relations of an actor with
// itself are left out: simple graphs have no loops, and some of gonum's
// algorithms panic on them.
//
// Rows are sorted and iterators walk them in order, so that an algorithm that
// depends on nothing else gives the same result each time. A Network does not
// change once made and may be read by many goroutines at once. It takes 8 bytes
// a pair of actors and direction, 4 more once In is asked for, 4 more for
// InWeights, and 16 more for Both; 4 bytes an actor for each of the three; and
// 8 bytes more a pair of which there are symmetric events. That is without the
// actors themselves.
type Network struct {
	ids    []ActorID // by node id
	actors []Actor   // by node id; nil if only the ids are known
	out    Rows
	once   Rows // symmetric events, from the lesser node to the greater; may be without rows

	transposing, weighing, joining sync.Once
	in, both                       Rows
	inWeights                      []uint32
}

// Len returns the number of actors.
func (g *Network) Len() int { return len(g.ids) }

// Pairs returns the number of edges: of ordered pairs of actors with events
// from the one to the other.
func (g *Network) Pairs() int { return len(g.out.To) }

// ActorID returns the id of the actor that a node stands for. It panics if
// there is no such node.
func (g *Network) ActorID(node uint32) ActorID { return g.ids[node] }

// Actor returns the actor that a node stands for; with no more than its id if
// the network was built without the rest. It panics if there is no such node.
func (g *Network) Actor(node uint32) Actor {
	if g.actors == nil {
		return unknownActor(g.ids[node])
	}
	return g.actors[node]
}

// Lookup returns the node that stands for the actor.
func (g *Network) Lookup(actor ActorID) (node uint32, ok bool) {
	i, ok := slices.BinarySearch(g.ids, actor)
	return uint32(i), ok
}

// Out returns for each node those it has edges to.
func (g *Network) Out() *Rows { return &g.out }

// In returns for each node those that have edges to it, without weights, which
// InWeights has. The first call makes them, in time linear in the edges.
func (g *Network) In() *Rows {
	g.transposing.Do(func() { g.in, _ = g.out.transposed() })
	return &g.in
}

// InWeights returns the weights of the edges in the order of In().To. The first
// call makes them, in time linear in the edges.
func (g *Network) InWeights() []uint32 {
	g.weighing.Do(func() {
		_, place := g.out.transposed()
		g.inWeights = gather(g.out.Weight, place)
	})
	return g.inWeights
}

// Both returns for each node those that it has an edge to or from, with the
// weights of Undirected. The first call makes them, in time linear in the
// edges.
func (g *Network) Both() *Rows {
	g.joining.Do(func() {
		g.both = g.out.symmetrised()
		if len(g.once.To) > 0 {
			g.both.subtract(&g.once)
		}
	})
	return &g.both
}

// Direction says which edges of a node count.
type Direction int

const (
	// Either takes edges of both directions, as Undirected does: of two nodes with
	// edges both ways each counts the other once.
	Either Direction = iota
	// Outgoing takes the edges that leave a node.
	Outgoing
	// Incoming takes the edges that reach a node.
	Incoming
)

// Rows returns the rows along a direction: Both, Out or In.
func (g *Network) Rows(d Direction) *Rows {
	switch d {
	case Outgoing:
		return g.Out()
	case Incoming:
		return g.In()
	}
	return g.Both()
}

// RowWeights returns the weights in the order of Rows(d).To.
func (g *Network) RowWeights(d Direction) []uint32 {
	if d == Incoming {
		return g.InWeights()
	}
	return g.Rows(d).Weight
}

// Strength returns for each node the sum of its weights along a direction. It needs
// neither In nor Both, and costs time linear in the edges.
func (g *Network) Strength(d Direction) []uint64 {
	sums := make([]uint64, g.Len())
	for u := range uint32(g.Len()) {
		for i, v := range g.out.Row(u) {
			w := uint64(g.out.Weights(u)[i])
			if d != Incoming {
				sums[u] += w
			}
			if d != Outgoing {
				sums[v] += w
			}
		}
	}
	if d == Either && len(g.once.To) > 0 { // they were counted both ways
		for u := range uint32(g.Len()) {
			for i, v := range g.once.Row(u) {
				w := uint64(g.once.Weights(u)[i])
				sums[u] -= w
				sums[v] -= w
			}
		}
	}
	return sums
}

// Cooperation returns the network of the cooperative events alone, those of
// quad class 1 and 2, on the same nodes. It panics unless g is signed.
func (g *Network) Cooperation() *Network {
	return g.part(func(r *Rows) []uint32 { return r.Cooperative })
}

// Conflict returns the network of the conflictual events alone, those of quad
// class 3 and 4, on the same nodes. It panics unless g is signed.
func (g *Network) Conflict() *Network { return g.part(func(r *Rows) []uint32 { return r.Conflictual }) }

func (g *Network) part(of func(*Rows) []uint32) *Network {
	if !g.out.Signed() {
		panic("graph: the network was built without NetworkOptions.Signed")
	}
	p := &Network{ids: g.ids, actors: g.actors}
	p.out = g.out.picked(func(_, at uint32) uint32 { return of(&g.out)[at] })
	if len(g.once.To) > 0 {
		p.once = g.once.picked(func(_, at uint32) uint32 { return of(&g.once)[at] })
	}
	return p
}

// Filter returns the network of those edges that keep wants, on the same nodes
// and without signs. Of a symmetric event one direction alone may stay.
func (g *Network) Filter(keep func(from, to uint32) bool) *Network {
	f := &Network{ids: g.ids, actors: g.actors}
	f.out = g.out.picked(func(u, at uint32) uint32 {
		if keep(u, g.out.To[at]) {
			return g.out.Weight[at]
		}
		return 0
	})
	if len(g.once.To) > 0 {
		f.once = g.once.picked(func(u, at uint32) uint32 {
			if v := g.once.To[at]; keep(u, v) && keep(v, u) {
				return g.once.Weight[at]
			}
			return 0
		})
	}
	return f
}
