package queries

import (
	"cmp"
	"slices"

	"entente/graph"
)

// Dyadic is what two actors did to each other, in both directions.
type Dyadic struct {
	A graph.NameRef `json:"a"`
	B graph.NameRef `json:"b"`
	// States tells that A and B stand for all actors of their countries.
	States bool `json:"states"`
	graph.Counts
	Quads
	// ByStatus counts all distinct events between the two, also those that the
	// other numbers leave out.
	ByStatus []StatusCount `json:"by_status"`
	// Directions are what A did to B, B to A, and both together (symmetric
	// events), those without events left out.
	Directions []Direction `json:"directions"`
	// Categories are the events by category, those with the most events first.
	Categories []CategoryCount `json:"categories"`
	// Relations are the events folded by direction, category and predicate,
	// the strongest first, each with the record it is best attested by.
	Relations []graph.Relation `json:"relations"`
	// Evidence are the records, as graph.CompareEvents orders them: by date, the
	// undated first.
	Evidence []graph.Event `json:"evidence"`
}

// Direction is the part of a Dyadic that goes one way.
type Direction struct {
	Source graph.NameRef `json:"source"`
	Target graph.NameRef `json:"target"`
	// Symmetric events hold both ways: Source is then A.
	Symmetric bool `json:"symmetric"`
	graph.Counts
	Quads
}

// CategoryCount is the numbers of the events of one category.
type CategoryCount struct {
	Category string `json:"plover"`
	Quad     int    `json:"quad"`
	graph.Counts
}

// Between returns what a and b did to each other. Two actors without events
// have an empty answer. Relations of less than MinEvents and MinPublishers are
// left out of the list, not of the numbers. The error wraps graph.ErrNotFound
// if there is no such actor.
func Between(r Reader, a, b graph.ActorID, opts Options) (Dyadic, error) {
	var answer Dyadic
	var err error
	if answer.A, err = knownName(r, a); err != nil {
		return Dyadic{}, err
	}
	if answer.B, err = knownName(r, b); err != nil {
		return Dyadic{}, err
	}
	var evidence []graph.Event
	if evidence, answer.ByStatus, err = opts.EachTie().pick(r.EventsBetween(a, b)); err != nil {
		return Dyadic{}, err
	}
	return answer, answer.add(sortEvents(evidence), opts)
}

// add makes the numbers and lists of the events.
func (d *Dyadic) add(events []graph.Event, opts Options) (err error) {
	d.Evidence = events
	d.Counts, d.Quads = count(events)
	d.Directions = directions(d.A, d.B, events)
	d.Categories = byCategory(events)
	d.Relations, err = graph.Relations(each(events), graph.RelationOptions{Statuses: opts.Statuses, Evidence: true})
	d.Relations = slices.DeleteFunc(d.Relations, func(r graph.Relation) bool { return !opts.Enough(r.Counts) })
	slices.SortFunc(d.Relations, graph.CompareStrength)
	return err
}

func directions(a, b graph.NameRef, events []graph.Event) []Direction {
	list := []Direction{}
	for _, d := range []Direction{{Source: a, Target: b}, {Source: b, Target: a}, {Source: a, Target: b, Symmetric: true}} {
		if a.ID == b.ID && d.Source == b && len(list) > 0 && !d.Symmetric {
			continue // an actor and itself: one way is the other
		}
		var tally graph.Tally
		for i := range events {
			if e := &events[i]; e.Symmetric == d.Symmetric && (d.Symmetric || e.Source.ID == d.Source.ID) {
				tally.Add(e)
			}
		}
		if d.Counts, d.Quads = counted(&tally); d.Events > 0 {
			list = append(list, d)
		}
	}
	return list
}

// byCategory counts events by category, those with the most events first.
func byCategory(events []graph.Event) []CategoryCount {
	tallies, quads := map[string]*graph.Tally{}, map[string]int{}
	for i := range events {
		e := &events[i]
		tallyOf(tallies, e.Category).Add(e)
		quads[e.Category] = max(quads[e.Category], e.Quad)
	}
	list := make([]CategoryCount, 0, len(tallies))
	for category, tally := range tallies {
		list = append(list, CategoryCount{category, quads[category], tally.Counts()})
	}
	slices.SortFunc(list, func(a, b CategoryCount) int {
		return cmp.Or(cmp.Compare(b.Events, a.Events), cmp.Compare(a.Category, b.Category))
	})
	return list
}

// knownName returns the id and name of an actor that must be known.
func knownName(r Reader, id graph.ActorID) (graph.NameRef, error) {
	a, err := r.Actor(id)
	return graph.NameRef{ID: a.ID, Name: a.Name}, err
}
