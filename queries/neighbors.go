package queries

import (
	"cmp"
	"slices"

	"entente/graph"
)

// NeighborOptions say how far to look around an actor.
type NeighborOptions struct {
	Filter
	Hops int // 0 means 1
	// Breadth is the number of actors of each hop, those with the strongest ties
	// first, from which the next hop is looked for: 0 means 30, a negative number
	// all.
	Breadth int
	Limit   int // at most so many neighbours, the nearest; 0 means all
}

// Neighborhood is who is around an actor.
type Neighborhood struct {
	Actor graph.NameRef `json:"actor"`
	Hops  int           `json:"hops"`
	// ByHop is the number of actors of each hop, the first being hop 1.
	ByHop []int `json:"by_hop"`
	// Passed is the number of actors, of all hops but the last, beyond which was
	// not looked, because Breadth others have stronger ties.
	Passed    int        `json:"passed"`
	Neighbors []Neighbor `json:"neighbors"` // by hop, then by events of the tie, the most first
}

// Neighbor is an actor that the fewest hops lead to: whichever way the events
// go.
type Neighbor struct {
	Actor graph.NameRef   `json:"actor"`
	Type  graph.ActorType `json:"type"`
	// Country is that of the actor.
	Country string `json:"country"`
	Hop     int    `json:"hop"`
	// Via is the actor of the hop before that it has the strongest tie with: the
	// most distinct events, then mentions; by id where several tie.
	Via graph.NameRef `json:"via"`
	// Counts, Quads and Relation, the strongest, are those of the tie with Via.
	graph.Counts
	Quads
	Relation graph.Relation `json:"relation"`
}

// Neighbors returns who is around the actor id. It reads the events of the
// actor and of those that it looks beyond. The filter's Type and Country choose
// among events, as everywhere, not among the actors found. The error wraps
// graph.ErrNotFound if there is no such actor.
func Neighbors(r Reader, id graph.ActorID, o NeighborOptions) (Neighborhood, error) {
	answer := Neighborhood{Hops: max(o.Hops, 1), ByHop: []int{}, Neighbors: []Neighbor{}}
	var err error
	if answer.Actor, err = knownName(r, id); err != nil {
		return Neighborhood{}, err
	}
	id = answer.Actor.ID
	seen := map[graph.ActorID]bool{id: true}
	front := []graph.ActorID{id}
	for hop := 1; hop <= answer.Hops && len(front) > 0; hop++ {
		ties, err := o.tiesFrom(r, front, seen)
		if err != nil {
			return Neighborhood{}, err
		}
		if len(ties) == 0 {
			break
		}
		found := len(answer.Neighbors)
		for _, t := range ties {
			if seen[t.to] {
				continue // a weaker tie to the hop before
			}
			seen[t.to] = true
			answer.Neighbors = append(answer.Neighbors, Neighbor{Actor: graph.NameRef{ID: t.to}, Hop: hop,
				Via: graph.NameRef{ID: t.from}, Counts: t.Counts, Quads: t.quads})
		}
		front = front[:0]
		for _, n := range answer.Neighbors[found:] {
			front = append(front, n.Actor.ID)
		}
		answer.ByHop = append(answer.ByHop, len(front))
		if cut := first(front, o.Breadth, 30); hop < answer.Hops {
			answer.Passed += len(front) - len(cut)
			front = cut
		}
	}
	answer.Neighbors = first(answer.Neighbors, o.Limit, len(answer.Neighbors))
	for i := range answer.Neighbors {
		if err := o.attest(r, &answer.Neighbors[i]); err != nil {
			return Neighborhood{}, err
		}
	}
	return answer, nil
}

// reach is a tie that leads from an actor of one hop to one of the next.
type reach struct {
	from, to graph.ActorID
	graph.Counts
	quads Quads
}

// tiesFrom returns the ties of the actors in front with others that were not
// seen before, the strongest first.
func (o *NeighborOptions) tiesFrom(r Reader, front []graph.ActorID, seen map[graph.ActorID]bool) ([]reach, error) {
	var list []reach
	for _, from := range front {
		tallies := map[graph.ActorID]*graph.Tally{}
		for e, err := range o.Filter.among(r.EventsOf(from)) {
			if err != nil {
				return nil, err
			}
			if to := partnerOf(from, &e); !seen[to] {
				tallyOf(tallies, to).Add(&e)
			}
		}
		for to, tally := range tallies {
			t := reach{from: from, to: to}
			t.Counts, t.quads = counted(tally)
			list = append(list, t)
		}
	}
	slices.SortFunc(list, func(a, b reach) int {
		return cmp.Or(cmp.Compare(b.Events, a.Events), cmp.Compare(b.Mentions, a.Mentions),
			cmp.Compare(a.to, b.to), cmp.Compare(a.from, b.from))
	})
	return list, nil
}

// attest finds the names of a neighbour and the strongest relation of its tie.
func (o *NeighborOptions) attest(r Reader, n *Neighbor) (err error) {
	if n.Actor, err = nameOf(r, n.Actor.ID); err != nil {
		return err
	}
	if n.Via, err = nameOf(r, n.Via.ID); err != nil {
		return err
	}
	n.Relation, err = o.strongest(r, n.Via.ID, n.Actor.ID)
	if ev := n.Relation.Evidence; ev != nil {
		ref := ev.Target
		if ev.Source.ID == n.Actor.ID {
			ref = ev.Source
		}
		n.Type, n.Country = ref.Type, ref.Country
	}
	return err
}

// strongest returns the strongest relation of two actors that have one, with
// its best evidence.
func (f *Filter) strongest(r Reader, a, b graph.ActorID) (graph.Relation, error) {
	relations, err := graph.Relations(f.among(r.EventsBetween(a, b)), graph.RelationOptions{Statuses: f.Statuses, Evidence: true})
	if err != nil || len(relations) == 0 {
		return graph.Relation{}, err
	}
	return slices.MinFunc(relations, graph.CompareStrength), nil
}
