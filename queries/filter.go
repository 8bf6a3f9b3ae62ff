package queries

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"entente/graph"
)

// Filter says which events count. A zero field constrains nothing, but for
// Statuses: the zero Filter is all asserted events.
type Filter struct {
	Actor graph.ActorID // is the source or the target
	Other graph.ActorID // is the other of the two
	// Statuses are those that count. Empty means graph.Asserted alone: what a
	// text denies, plans or holds possible is no tie.
	Statuses []graph.Status
	// Categories are PLOVER's, or graph.NoCategory, in whatever case; an event is
	// of one of them. So it is with Quads, PLOVER's classes 1 to 4.
	Categories []string
	Quads      []int
	// Predicate is a lemma, in either spelling and whatever case; spaces stand
	// for its underscores.
	Predicate string
	// Type and Country are those of one of the event's two actors, both of the
	// same one. Lists of actors have such actors alone (Lists).
	Type    graph.ActorType
	Country string // ISO 3166-1 alpha-3
	// Publisher is words of the name of one who printed the article or a copy of
	// it, Place words of the name of where it happened or that place's country
	// code; both are folded by graph.Fold. The numbers of an event that passes
	// are those of all its copies.
	Publisher string
	Place     string
	// Text is words that all stand in the quote, in any order and folded; those
	// within double quotes stand there one after the other.
	Text string
	// Since and Until are inclusive. An event passes if it may have happened
	// within them: one dated "2024" passes Since "2024-06". An event without a
	// date passes neither.
	Since graph.Date
	Until graph.Date
	// MinEvents and MinPublishers are the least numbers of distinct events and of
	// publishers of a tie: what two actors have with each other in both
	// directions, as far as the rest of the filter lets it through. The events of
	// lesser ties do not count. Answers that fold events into entries of another
	// kind (actors, relations, speakers) leave out lesser entries instead, and
	// say so.
	MinEvents     int
	MinPublishers int
}

// Options say which events count for the numbers of an answer.
type Options = Filter

// EventIndex is a Reader that finds events by category and date without
// reading all of them.
type EventIndex interface {
	// EventsIn yields every event record, once, that is of the category (of any if
	// it is "") and that may have happened between since and until, as
	// graph.Date.Within says.
	EventsIn(category string, since, until graph.Date) iter.Seq2[graph.Event, error]
}

// check is one constraint of a Filter, by the name of its flag on the command
// line.
type check struct {
	name   string
	passes func(*graph.Event) bool
}

// checks returns the constraints of f, cheap ones first.
func (f *Filter) checks() []check {
	var list []check
	add := func(set bool, name string, passes func(*graph.Event) bool) {
		if set {
			list = append(list, check{name, passes})
		}
	}
	add(f.Actor != "", "actor", func(e *graph.Event) bool { return involves(e, f.Actor) })
	add(f.Other != "", "with", func(e *graph.Event) bool { return involves(e, f.Other) })
	add(true, "status", func(e *graph.Event) bool { return f.counts(e.Status) })
	add(len(f.Categories) > 0, "category", func(e *graph.Event) bool {
		return slices.ContainsFunc(f.Categories, func(c string) bool { return strings.EqualFold(c, e.Category) })
	})
	add(len(f.Quads) > 0, "quad", func(e *graph.Event) bool { return slices.Contains(f.Quads, e.Quad) })
	add(f.Since != "", "since", func(e *graph.Event) bool { return e.Date.Within(f.Since, "") })
	add(f.Until != "", "until", func(e *graph.Event) bool { return e.Date.Within("", f.Until) })
	add(f.Type != "", "type", func(e *graph.Event) bool { return e.Source.Type == f.Type || e.Target.Type == f.Type })
	add(f.Country != "", "country", func(e *graph.Event) bool {
		return f.lists(e.Source.Type, e.Source.Country) || f.lists(e.Target.Type, e.Target.Country)
	})
	predicate := lemma(f.Predicate)
	add(predicate != "", "predicate", func(e *graph.Event) bool { return predicate == lemma(e.Predicate) })
	publisher, place, text := wordsOf(graph.Fold(f.Publisher)), wordsOf(graph.Fold(f.Place)), parseWords(f.Text)
	add(len(publisher) > 0, "publisher", func(e *graph.Event) bool { return printedBy(e, publisher) })
	add(len(place) > 0, "place", func(e *graph.Event) bool {
		return e.Place != nil && (hasWords(e.Place.Name, place, false) || strings.EqualFold(e.Place.Country, f.Place))
	})
	add(len(text) > 0, "text", func(e *graph.Event) bool { return text.in(e.Quote) })
	return list
}

// lemma returns a predicate in the one form that it is compared in.
func lemma(predicate string) string {
	joined := strings.Join(strings.Fields(strings.ReplaceAll(predicate, "_", " ")), "_")
	return graph.OneSpelling(strings.ToLower(joined))
}

func printedBy(e *graph.Event, words []string) bool {
	return hasWords(e.Publisher, words, false) ||
		slices.ContainsFunc(e.Copies, func(c graph.Copy) bool { return hasWords(c.Publisher, words, false) })
}

func (f *Filter) counts(s graph.Status) bool { return f.relations().Counts(s) }

func (f *Filter) relations() graph.RelationOptions {
	return graph.RelationOptions{Statuses: f.Statuses}
}

// Lists reports whether a list of actors that goes by f has a.
func (f *Filter) Lists(a graph.Actor) bool { return f.lists(a.Type, a.Country) }

func (f *Filter) lists(t graph.ActorType, country string) bool {
	return (f.Type == "" || t == f.Type) && (f.Country == "" || strings.EqualFold(country, f.Country))
}

// Enough reports whether an entry with these numbers reaches MinEvents and
// MinPublishers.
func (f *Filter) Enough(c graph.Counts) bool {
	return c.Events >= f.MinEvents && c.Publishers >= f.MinPublishers
}

// EachTie returns f without MinEvents and MinPublishers: every tie counts.
func (f Filter) EachTie() Filter {
	f.MinEvents, f.MinPublishers = 0, 0
	return f
}

// anyStatus returns f with all statuses.
func (f Filter) anyStatus() Filter {
	f.Statuses = graph.Statuses
	return f
}

// Events yields the event records of r that count. It reads the events of
// f.Actor, or of f.Other, or of the dyad where f names both, or what an
// EventIndex finds, or else all; with MinEvents or MinPublishers it reads them
// twice.
func (f Filter) Events(r Reader) iter.Seq2[graph.Event, error] { return f.among(f.source(r)) }

// source returns the narrowest iterator that has all f lets through.
func (f *Filter) source(r Reader) iter.Seq2[graph.Event, error] {
	switch {
	case f.Actor != "" && f.Other != "":
		return r.EventsBetween(f.Actor, f.Other)
	case f.Actor != "":
		return r.EventsOf(f.Actor)
	case f.Other != "":
		return r.EventsOf(f.Other)
	}
	if index, ok := r.(EventIndex); ok && (len(f.Categories) > 0 || f.Since != "" || f.Until != "") {
		return f.indexed(index)
	}
	return r.Events()
}

// indexed yields what an index has of the filter's categories and dates.
func (f *Filter) indexed(index EventIndex) iter.Seq2[graph.Event, error] {
	categories := []string{""}
	if len(f.Categories) > 0 {
		categories = nil
		for _, c := range f.Categories {
			if c = strings.ToUpper(c); !slices.Contains(categories, c) {
				categories = append(categories, c)
			}
		}
	}
	return func(yield func(graph.Event, error) bool) {
		for _, c := range categories {
			for e, err := range index.EventsIn(c, f.Since, f.Until) {
				if !yield(e, err) {
					return
				}
			}
		}
	}
}

// know puts those in the place of the filter's actors whom they are judged to be.
func (f *Filter) know(r Reader) error {
	for _, id := range []*graph.ActorID{&f.Actor, &f.Other} {
		if *id == "" {
			continue
		}
		actor, err := nameOf(r, *id)
		if err != nil {
			return err
		}
		*id = actor.ID
	}
	return nil
}

// among yields those of events that count. It goes through events twice if
// lesser ties do not.
func (f Filter) among(events iter.Seq2[graph.Event, error]) iter.Seq2[graph.Event, error] {
	return func(yield func(graph.Event, error) bool) {
		enough, err := f.ties(events)
		if err != nil {
			yield(graph.Event{}, err)
			return
		}
		for e, err := range f.passing(events) {
			if (err != nil || enough(&e)) && !yield(e, err) {
				return
			}
		}
	}
}

// ties returns what tells whether the tie of an event, one of those that pass
// all checks, has the least numbers.
func (f *Filter) ties(events iter.Seq2[graph.Event, error]) (func(*graph.Event) bool, error) {
	if f.MinEvents <= 1 && f.MinPublishers <= 0 {
		return func(*graph.Event) bool { return true }, nil
	}
	tallies := map[tie]*graph.Tally{}
	for e, err := range f.passing(events) {
		if err != nil {
			return nil, err
		}
		tallyOf(tallies, tieOf(&e)).Add(&e)
	}
	enough := map[tie]bool{}
	for t, tally := range tallies {
		enough[t] = f.Enough(tally.Counts())
	}
	return func(e *graph.Event) bool { return enough[tieOf(e)] }, nil
}

// Passing returns what tells whether an event of r counts, for who reads them
// another way than by Events. It reads the events of r only where MinEvents or
// MinPublishers are set.
func (f Filter) Passing(r Reader) (func(*graph.Event) bool, error) {
	checks := f.checks()
	enough, err := f.ties(f.source(r))
	return func(e *graph.Event) bool {
		return !slices.ContainsFunc(checks, func(c check) bool { return !c.passes(e) }) && enough(e)
	}, err
}

// passing yields those of events that meet all checks.
func (f *Filter) passing(events iter.Seq2[graph.Event, error]) iter.Seq2[graph.Event, error] {
	checks := f.checks()
	return func(yield func(graph.Event, error) bool) {
		shared := interner{}
		for e, err := range events {
			if err == nil && slices.ContainsFunc(checks, func(c check) bool { return !c.passes(&e) }) {
				continue
			}
			shared.event(&e)
			if !yield(e, err) {
				return
			}
		}
	}
}

// tie is two actors, the lesser id first.
type tie struct{ a, b graph.ActorID }

func tieOf(e *graph.Event) tie { return newTie(e.Source.ID, e.Target.ID) }

func newTie(a, b graph.ActorID) tie { return tie{min(a, b), max(a, b)} }

func tallyOf[K comparable](tallies map[K]*graph.Tally, key K) *graph.Tally {
	if tallies[key] == nil {
		tallies[key] = &graph.Tally{}
	}
	return tallies[key]
}

// watched is among, and counts by status what passes all of f but its statuses
// and its least numbers.
func (f Filter) watched(events iter.Seq2[graph.Event, error], statuses statusCounter) iter.Seq2[graph.Event, error] {
	wide := f.EachTie().anyStatus()
	return f.among(func(yield func(graph.Event, error) bool) {
		for e, err := range wide.passing(events) {
			if err == nil {
				statuses.add(&e)
			}
			if !yield(e, err) {
				return
			}
		}
	})
}

// pick collects what watched yields.
func (f Filter) pick(events iter.Seq2[graph.Event, error]) ([]graph.Event, []StatusCount, error) {
	statuses := statusCounter{}
	list, err := collect(f.watched(events, statuses), func(*graph.Event) bool { return true })
	return list, statuses.counts(), err
}

// Stop is a constraint of a Filter, by the name of its flag on the command
// line, and the number of event records that it alone keeps out.
type Stop struct {
	Filter string `json:"filter"`
	Events int    `json:"events"`
}

// Loosen returns which constraints of f, each by itself, keep events out that
// pass all others: what to loosen where nothing passes. It reads the events of
// the actors that f names, or else all.
func (f Filter) Loosen(r Reader) ([]Stop, error) {
	actors := Filter{Actor: f.Actor, Other: f.Other}
	checks := f.checks()
	kept, out := 0, make([]int, len(checks))
	for e, err := range actors.source(r) {
		if err != nil {
			return nil, fmt.Errorf("look for what to loosen: %w", err)
		}
		switch at, failed := failing(checks, &e); failed {
		case 0:
			kept++
		case 1:
			out[at]++
		}
	}
	stops := []Stop{}
	for i, n := range out {
		if n > 0 {
			stops = append(stops, Stop{checks[i].name, n})
		}
	}
	if kept > 0 && f.MinEvents > 1 {
		stops = append(stops, Stop{"min-events", kept})
	}
	if kept > 0 && f.MinPublishers > 0 {
		stops = append(stops, Stop{"min-publishers", kept})
	}
	return stops, nil
}

// failing returns how many of the checks e fails, 2 standing for more, and the
// first of them.
func failing(checks []check, e *graph.Event) (at, failed int) {
	for i, c := range checks {
		if c.passes(e) {
			continue
		}
		if failed++; failed == 2 {
			return at, failed
		}
		at = i
	}
	return at, failed
}
