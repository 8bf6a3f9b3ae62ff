package queries

import (
	"slices"

	"entente/graph"
	"entente/queries/structure"
)

// Removal is what the network loses without some actors.
type Removal struct {
	Removed []graph.NameRef `json:"removed"`
	Actors  int             `json:"actors"` // with events, the removed ones among them
	Before  Extent          `json:"before"`
	After   Extent          `json:"after"`
	Total   int             `json:"total"` // actors that are cut off, listed or not
	CutOff  []CutOff        `json:"cut_off"`
}

// Extent tells the components of a network that have an actor which stays, be it
// one; before the removal the others in them count too.
type Extent struct {
	Components int `json:"components"`
	Largest    int `json:"largest"` // actors of the largest
}

// CutOff is an actor that has no connection any more with the largest rest of
// what it was connected with.
type CutOff struct {
	Member      // with its events before
	Tie    *Hop `json:"tie"` // its strongest with a removed actor; nil if it has none
}

// Without returns what the undirected network loses without the actors ids, and
// of those that are cut off at most limit, or all if limit is 0: those with the
// most events first. It reads all events. The error wraps graph.ErrNotFound if
// there is no such actor.
func Without(r Reader, ids []graph.ActorID, f Filter, limit int) (Removal, error) {
	answer := Removal{Removed: []graph.NameRef{}, CutOff: []CutOff{}}
	for _, id := range ids {
		name, err := knownName(r, id)
		if err != nil {
			return Removal{}, err
		}
		answer.Removed = append(answer.Removed, name)
	}
	g, _, err := tied(r, f)
	if err != nil {
		return Removal{}, err
	}
	removed := nodesOf(g, answer.Removed)
	lost := structure.Without(g, removed)
	answer.Actors = g.Len()
	answer.Before, answer.After = Extent{lost.Before, lost.LargestBefore}, Extent{lost.After, lost.LargestAfter}
	events := eventsOf(g)
	members := make([]Member, len(lost.CutOff))
	for i, node := range lost.CutOff {
		members[i] = memberOf(g, node, events[node])
	}
	sortMembers(members)
	answer.Total = len(members)
	for _, m := range first(members, limit, len(members)) {
		c := CutOff{Member: m}
		node, _ := g.Lookup(m.Actor.ID)
		if to, ok := strongestTie(g, node, func(v uint32) bool { return slices.Contains(removed, v) }); ok {
			if c.Tie, err = tieBetween(r, g, node, to, f); err != nil {
				return Removal{}, err
			}
		}
		answer.CutOff = append(answer.CutOff, c)
	}
	return answer, nil
}

// nodesOf returns the nodes of those actors that have any, each once, ascending.
func nodesOf(g *graph.Network, actors []graph.NameRef) []uint32 {
	var nodes []uint32
	for _, a := range actors {
		if node, ok := g.Lookup(a.ID); ok {
			nodes = append(nodes, node)
		}
	}
	slices.Sort(nodes)
	return slices.Compact(nodes)
}
