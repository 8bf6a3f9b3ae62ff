package queries

import (
	"cmp"
	"slices"

	"entente/graph"
	"entente/queries/structure"
)

// Reciprocities say how far acts are answered. Symmetric events answer
// themselves.
type Reciprocities struct {
	Actors []graph.NameRef `json:"actors"` // those it was narrowed to; none is all
	Pairs  float64         `json:"pairs"`  // the part of ordered pairs with events that have some back, six decimals
	Events float64         `json:"events"` // the part of distinct events that are answered, six decimals
	Total  int             `json:"total"`  // ties, listed or not
	Ties   []Reciprocal    `json:"ties"`   // those with the most unanswered events first, then by events and ids
}

// Reciprocal is what two actors do to each other, A being who does more; the one
// of the lesser id if both do as much.
type Reciprocal struct {
	A         graph.NameRef `json:"a"`
	B         graph.NameRef `json:"b"`
	There     int           `json:"there"`     // distinct events from A to B, symmetric ones among them
	Back      int           `json:"back"`      // from B to A, likewise
	Symmetric int           `json:"symmetric"` // that hold both ways
	Evidence  *graph.Event  `json:"evidence"`  // of the strongest relation from A to B
}

// Reciprocity returns how far acts are answered: of all, of those an actor takes
// part in, or of those of two; and the most one-sided ties, at most limit or
// all if limit is 0. It reads the events of the actors, or all. The error wraps
// graph.ErrNotFound if there is no such actor.
func Reciprocity(r Reader, ids []graph.ActorID, f Filter, limit int) (Reciprocities, error) {
	answer := Reciprocities{Actors: []graph.NameRef{}, Ties: []Reciprocal{}}
	for i, id := range ids {
		name, err := knownName(r, id)
		if err != nil {
			return Reciprocities{}, err
		}
		answer.Actors = append(answer.Actors, name)
		*[]*graph.ActorID{&f.Actor, &f.Other}[i] = name.ID
	}
	g, _, err := tied(r, f)
	if err != nil {
		return Reciprocities{}, err
	}
	pairShare, eventShare := structure.Reciprocity(g)
	answer.Pairs, answer.Events = round(pairShare), round(eventShare)
	for tie := range pairsOf(g) {
		answer.Ties = append(answer.Ties, reciprocal(g, tie))
	}
	slices.SortStableFunc(answer.Ties, func(a, b Reciprocal) int {
		return cmp.Or(cmp.Compare(b.There-b.Back, a.There-a.Back), cmp.Compare(b.There, a.There))
	})
	answer.Total = len(answer.Ties)
	answer.Ties = first(answer.Ties, limit, answer.Total)
	for i := range answer.Ties {
		t := &answer.Ties[i]
		h, err := hop(r, t.A, t.B, true, f)
		if err != nil {
			return Reciprocities{}, err
		}
		t.Evidence = h.Relation.Evidence
	}
	return answer, nil
}

// reciprocal describes the tie of two nodes.
func reciprocal(g *graph.Network, tie pair) Reciprocal {
	u, v := tie.u, tie.v
	weight := func(a, b uint32) int {
		if at, ok := g.Out().Find(a, b); ok {
			return int(g.Out().Weight[at])
		}
		return 0
	}
	there, back := weight(u, v), weight(v, u)
	symmetric := there + back - int(tie.weight)
	if back > there {
		u, v, there, back = v, u, back, there
	}
	return Reciprocal{A: refOf(g, u), B: refOf(g, v), There: there, Back: back, Symmetric: symmetric}
}
