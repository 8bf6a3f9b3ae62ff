package queries

import (
	"slices"

	"entente/graph"
)

// Dyadic is what two actors did to each other, in both directions.
type Dyadic struct {
	A graph.NameRef `json:"a"`
	B graph.NameRef `json:"b"`
	graph.Counts
	Quads
	// ByStatus counts all distinct events between the two, also those that the
	// other numbers leave out.
	ByStatus []StatusCount `json:"by_status"`
	// Relations are the events folded by direction, category and predicate,
	// the strongest first.
	Relations []graph.Relation `json:"relations"`
	// Evidence are the records, as graph.CompareEvents orders them: by date, the
	// undated first.
	Evidence []graph.Event `json:"evidence"`
}

// Between returns what a and b did to each other. Two actors without events
// have an empty answer. The error wraps graph.ErrNotFound if there is no such
// actor.
func Between(r Reader, a, b graph.ActorID, opts Options) (Dyadic, error) {
	all, err := collect(r.EventsBetween(a, b), func(*graph.Event) bool { return true })
	if err != nil {
		return Dyadic{}, err
	}
	answer := Dyadic{ByStatus: countStatuses(all)}
	if answer.A, err = knownName(r, a); err != nil {
		return Dyadic{}, err
	}
	if answer.B, err = knownName(r, b); err != nil {
		return Dyadic{}, err
	}
	answer.Evidence = sortEvents(slices.DeleteFunc(all, func(e graph.Event) bool { return !opts.counts(e.Status) }))
	answer.Counts, answer.Quads = count(answer.Evidence)
	answer.Relations, err = graph.Relations(each(answer.Evidence), opts.relations())
	slices.SortFunc(answer.Relations, graph.CompareStrength)
	return answer, err
}

// knownName returns the id and name of an actor that must be known.
func knownName(r Reader, id graph.ActorID) (graph.NameRef, error) {
	a, err := r.Actor(id)
	return graph.NameRef{ID: a.ID, Name: a.Name}, err
}
