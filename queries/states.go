package queries

import (
	"fmt"
	"iter"

	"entente/graph"
)

// NotStatesError says that an actor that was to stand for its country is no state.
type NotStatesError struct{ Actor graph.NameRef }

func (e *NotStatesError) Error() string {
	return fmt.Sprintf("%s is no state, and cannot stand for all actors of one", labelled(e.Actor.Name, e.Actor.ID))
}

// BetweenStates is Between of all actors of two countries, for whom the two states
// stand: two of them doing the same on one day is one event. The evidence has the
// actors themselves. It reads all actors, and the events of those of a. The error
// wraps graph.ErrNotFound, or is a NotStatesError.
func BetweenStates(r Reader, a, b graph.ActorID, opts Options) (Dyadic, error) {
	var states [2]graph.Actor
	for i, id := range []graph.ActorID{a, b} {
		actor, err := r.Actor(id)
		if err != nil {
			return Dyadic{}, err
		}
		if actor.Type != graph.State || actor.Country == "" {
			return Dyadic{}, &NotStatesError{graph.NameRef{ID: actor.ID, Name: actor.Name}}
		}
		states[i] = actor
	}
	of := map[graph.ActorID]int{} // which of the states an actor belongs to
	var first []graph.ActorID
	for actor, err := range r.Actors() {
		if err != nil {
			return Dyadic{}, err
		}
		switch actor.Country {
		case states[0].Country:
			of[actor.ID] = 0
			first = append(first, actor.ID)
		case states[1].Country:
			of[actor.ID] = 1
		}
	}
	evidence, statuses, err := opts.EachTie().pick(eventsAcross(r, first, of))
	if err != nil {
		return Dyadic{}, err
	}
	sortEvents(evidence)
	raised := make([]graph.Event, len(evidence))
	for i, e := range evidence {
		for _, party := range []*graph.ActorRef{&e.Source, &e.Target} {
			s := states[of[party.ID]]
			party.ID, party.Name, party.Type, party.Country = s.ID, s.Name, s.Type, s.Country
		}
		raised[i] = e
	}
	answer := Dyadic{A: nameRef(states[0]), B: nameRef(states[1]), States: true, ByStatus: statuses}
	if err := answer.add(raised, opts); err != nil {
		return Dyadic{}, err
	}
	answer.Evidence = evidence
	answer.restore(evidence)
	return answer, nil
}

func nameRef(a graph.Actor) graph.NameRef { return graph.NameRef{ID: a.ID, Name: a.Name} }

// eventsAcross yields, once, the events of the first actors with those of the other
// side.
func eventsAcross(r Reader, first []graph.ActorID, of map[graph.ActorID]int) iter.Seq2[graph.Event, error] {
	return func(yield func(graph.Event, error) bool) {
		for _, id := range first {
			for e, err := range r.EventsOf(id) {
				if err == nil {
					source, known := of[e.Source.ID]
					target, knownToo := of[e.Target.ID]
					if !known || !knownToo || source == target {
						continue
					}
				}
				if !yield(e, err) || err != nil {
					return
				}
			}
		}
	}
}

// restore puts the events themselves in the place of those that were raised to
// states.
func (d *Dyadic) restore(evidence []graph.Event) {
	type place struct {
		article, predicate, source, target string
		span                               graph.Span
		status                             graph.Status
	}
	at := func(e *graph.Event) place {
		return place{e.Article, e.Predicate, e.Source.Mention, e.Target.Mention, e.Span, e.Status}
	}
	original := map[place]*graph.Event{}
	for i := range evidence {
		original[at(&evidence[i])] = &evidence[i]
	}
	for i := range d.Relations {
		if best := d.Relations[i].Evidence; best != nil {
			d.Relations[i].Evidence = original[at(best)]
		}
	}
}
