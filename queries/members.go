package queries

import (
	"cmp"
	"iter"
	"slices"

	"entente/graph"
	"entente/queries/centrality"
)

// Member is an actor in a list of those who belong together.
type Member struct {
	Actor   graph.NameRef   `json:"actor"`
	Type    graph.ActorType `json:"type"`
	Country string          `json:"country"`
	// Events is the number of distinct events with the others that the list is
	// about.
	Events int `json:"events"`
}

// tied returns the network of the actors that have events with others, and how
// many have none.
func tied(r Reader, f Filter) (g *graph.Network, alone int, err error) {
	all, err := load(r, f)
	if err != nil {
		return nil, 0, err
	}
	g = all.Tied()
	return g, all.Len() - g.Len(), nil
}

func memberOf(g *graph.Network, node uint32, events int) Member {
	a := g.Actor(node)
	return Member{Actor: graph.NameRef{ID: a.ID, Name: a.Name}, Type: a.Type, Country: a.Country, Events: events}
}

// groups returns for each number in of the members that have it, those with the
// most events first, then by id.
func groups(g *graph.Network, of []uint32, count int, events []int) [][]Member {
	list := make([][]Member, count)
	for node, c := range of {
		list[c] = append(list[c], memberOf(g, uint32(node), events[node]))
	}
	for _, members := range list {
		sortMembers(members)
	}
	return list
}

func sortMembers(members []Member) {
	slices.SortFunc(members, func(a, b Member) int {
		return cmp.Or(cmp.Compare(b.Events, a.Events), cmp.Compare(a.Actor.ID, b.Actor.ID))
	})
}

// eventsOf returns for each node the number of distinct events with others.
func eventsOf(g *graph.Network) []int {
	events := make([]int, g.Len())
	for node, n := range centrality.Degree(g, graph.Either, true) {
		events[node] = int(n)
	}
	return events
}

// pair is two nodes and their distinct events, or what else weighs them.
type pair struct{ u, v, weight uint32 }

// pairsOf yields every two nodes that have events with each other, the lesser
// first, in order, and the place of the pair in g.Both().
func pairsOf(g *graph.Network) iter.Seq2[pair, uint32] {
	rows := g.Both()
	return func(yield func(pair, uint32) bool) {
		for u := range uint32(rows.Len()) {
			for at := rows.Off[u]; at < rows.Off[u+1]; at++ {
				if v := rows.To[at]; v > u && !yield(pair{u, v, rows.Weight[at]}, at) {
					return
				}
			}
		}
	}
}

// tieBetween describes the tie of two nodes, whichever way its events go.
func tieBetween(r Reader, g *graph.Network, u, v uint32, f Filter) (*Hop, error) {
	h, err := hop(r, refOf(g, u), refOf(g, v), false, f)
	return &h, err
}

// strongestTie returns that node of those that u has the most events with; of
// several the least.
func strongestTie(g *graph.Network, u uint32, wanted func(v uint32) bool) (best uint32, ok bool) {
	rows, most := g.Both(), uint32(0)
	for i, v := range rows.Row(u) {
		if w := rows.Weights(u)[i]; w > most && wanted(v) {
			best, most = v, w
		}
	}
	return best, most > 0
}
