package queries

import (
	"fmt"
	"iter"
	"strings"

	"entente/graph"
)

// Filter says which events to list. A zero field constrains nothing.
type Filter struct {
	Actor graph.ActorID // is the source or the target
	Other graph.ActorID // is the other of the two
	// Category is PLOVER's, Predicate a lemma; case does not matter, and spaces
	// stand for the underscores of a predicate.
	Category  string
	Predicate string
	Status    graph.Status
	// Since and Until are inclusive. An event passes if it may have happened
	// within them: one dated "2024" passes Since "2024-06". An event without a
	// date passes neither.
	Since graph.Date
	Until graph.Date
	// Text is to be found in the quote, both folded by graph.Fold.
	Text  string
	Limit int // at most so many, the earliest; 0 means all
}

// EventList returns the event records that f lets through, of any status if f
// names none, as graph.CompareEvents orders them. It reads the events of
// f.Actor, or of f.Other, or of the dyad where f names both, or else all, and
// holds those in memory that pass.
func EventList(r Reader, f Filter) ([]graph.Event, error) {
	text := graph.Fold(f.Text)
	for _, id := range []*graph.ActorID{&f.Actor, &f.Other} {
		if *id == "" {
			continue
		}
		actor, err := nameOf(r, *id)
		if err != nil {
			return nil, fmt.Errorf("list events: %w", err)
		}
		*id = actor.ID
	}
	events, err := collect(f.source(r), func(e *graph.Event) bool { return f.passes(e, text) })
	if err != nil {
		return nil, fmt.Errorf("list events: %w", err)
	}
	sortEvents(events)
	return first(events, f.Limit, len(events)), nil
}

// source returns the narrowest iterator that has all f lets through.
func (f Filter) source(r Reader) iter.Seq2[graph.Event, error] {
	switch {
	case f.Actor != "" && f.Other != "":
		return r.EventsBetween(f.Actor, f.Other)
	case f.Actor != "":
		return r.EventsOf(f.Actor)
	case f.Other != "":
		return r.EventsOf(f.Other)
	}
	return r.Events()
}

func (f Filter) passes(e *graph.Event, text string) bool {
	predicate := graph.OneSpelling(strings.ToLower(strings.ReplaceAll(strings.TrimSpace(f.Predicate), " ", "_")))
	return (f.Actor == "" || involves(e, f.Actor)) &&
		(f.Other == "" || involves(e, f.Other)) &&
		(f.Category == "" || strings.EqualFold(f.Category, e.Category)) &&
		(predicate == "" || predicate == strings.ToLower(graph.OneSpelling(e.Predicate))) &&
		(f.Status == "" || f.Status == e.Status) &&
		e.Date.Within(f.Since, f.Until) &&
		(text == "" || strings.Contains(graph.Fold(e.Quote), text))
}
