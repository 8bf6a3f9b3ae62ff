package queries

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"entente/graph"
	"entente/queries/paths"
)

// Routes are several ways in which two actors are connected.
type Routes struct {
	From graph.NameRef `json:"from"`
	To   graph.NameRef `json:"to"`
	// Directed routes follow who did something to whom. They are not directed
	// where no directed one leads from From to To.
	Directed bool `json:"directed"`
	// Complete is false if there may be more routes of the kind asked for than were
	// looked for.
	Complete bool    `json:"complete"`
	Total    int     `json:"total"` // routes that were found, listed or not
	Routes   []Route `json:"routes"`
}

// Route is one way without an actor twice.
type Route struct {
	// Chance is that of a walk which at each actor follows a tie in proportion to
	// its events, in nine significant digits; nil if routes were not looked for by
	// chance.
	Chance *float64 `json:"chance"`
	Hops   []Hop    `json:"hops"`
}

// BestRoutes returns the k routes from a to b that a walk by chance takes most
// likely, the likeliest first (paths.Best): those over actors who deal with
// everybody come late. Errors are those of ShortestPath, and so is what it
// reads.
func BestRoutes(r Reader, a, b graph.ActorID, k int, f Filter) (Routes, error) {
	return routes(r, a, b, 0, f, func(finder *paths.Finder, from, to uint32) (list []paths.Ranked, complete bool) {
		list = finder.Best(from, to, k, paths.Chance)
		return list, len(list) < k
	})
}

// MaxRoutes is at how many routes AllRoutes stops.
const MaxRoutes = 10_000

// AllRoutes returns the routes of at most so many hops from a to b, those of the
// fewest first (paths.All), and lists at most limit of them, or all if limit is
// 0. Where there is no directed one of that length, it returns those that are
// not directed. Errors are those of ShortestPath, and so is what it reads.
func AllRoutes(r Reader, a, b graph.ActorID, hops, limit int, f Filter) (Routes, error) {
	answer, err := routes(r, a, b, limit, f, func(finder *paths.Finder, from, to uint32) (list []paths.Ranked, complete bool) {
		all, complete := finder.All(from, to, hops, MaxRoutes)
		for _, nodes := range all {
			list = append(list, paths.Ranked{Nodes: nodes})
		}
		return list, complete
	})
	for i := range answer.Routes {
		answer.Routes[i].Chance = nil
	}
	return answer, err
}

// routes looks for directed routes, and if there is none, for others, and lists
// at most limit of them, or all if limit is 0.
func routes(r Reader, a, b graph.ActorID, limit int, f Filter, search func(*paths.Finder, uint32, uint32) ([]paths.Ranked, bool)) (Routes, error) {
	e, err := endsOf(r, a, b, f)
	if err != nil {
		return Routes{}, err
	}
	answer := Routes{From: refOf(e.g, e.from), To: refOf(e.g, e.to), Routes: []Route{}}
	var found []paths.Ranked
	for _, answer.Directed = range []bool{true, false} {
		if found, answer.Complete = search(paths.NewFinder(e.g, answer.Directed), e.from, e.to); len(found) > 0 {
			break
		}
	}
	if len(found) == 0 {
		return Routes{}, noPath(answer.From, answer.To)
	}
	answer.Total = len(found)
	known := map[[2]uint32]Hop{}
	for _, p := range first(found, limit, len(found)) {
		chance := significant(math.Exp(-float64(p.Cost) / 1e6))
		route := Route{Chance: &chance, Hops: []Hop{}}
		for i, v := range p.Nodes[1:] {
			step := [2]uint32{p.Nodes[i], v}
			h, ok := known[step]
			if !ok {
				if h, err = hop(r, refOf(e.g, step[0]), refOf(e.g, v), answer.Directed, f); err != nil {
					return Routes{}, err
				}
				known[step] = h
			}
			route.Hops = append(route.Hops, h)
		}
		answer.Routes = append(answer.Routes, route)
	}
	return answer, nil
}

// ends are two actors in the network of all.
type ends struct {
	g        *graph.Network
	from, to uint32
}

// endsOf reads the network and finds two actors in it.
func endsOf(r Reader, a, b graph.ActorID, f Filter) (e ends, err error) {
	for _, id := range []*graph.ActorID{&a, &b} {
		name, err := knownName(r, *id)
		if err != nil {
			return e, err
		}
		*id = name.ID
	}
	if e.g, err = load(r, f); err != nil {
		return e, err
	}
	var okFrom, okTo bool
	e.from, okFrom = e.g.Lookup(a)
	e.to, okTo = e.g.Lookup(b)
	if !okFrom || !okTo {
		err = fmt.Errorf("%s or %s: known by its id, but missing from the list of all actors: %w", a, b, graph.ErrNotFound)
	}
	return e, err
}

func noPath(from, to graph.NameRef) error {
	return fmt.Errorf("%s and %s: %w", labelled(from.Name, from.ID), labelled(to.Name, to.ID), ErrNoPath)
}

// Passage is a way from one actor to another along events in the order of their
// dates.
type Passage struct {
	From graph.NameRef `json:"from"`
	To   graph.NameRef `json:"to"`
	// Directed passages follow who did something to whom.
	Directed bool `json:"directed"`
	SameDay  bool `json:"same_day"` // events of one day may follow each other
	// Vague is the number of records that are dated more vaguely than by day, or
	// not at all: no passage takes them.
	Vague int     `json:"vague"`
	Hops  []Stage `json:"hops"`
}

// Stage is one event of a Passage.
type Stage struct {
	From     graph.NameRef `json:"from"`
	To       graph.NameRef `json:"to"`
	Date     graph.Date    `json:"date"`
	Evidence *graph.Event  `json:"evidence"` // the best record of that day
}

// FindPassage returns a way from a to b along events each later than the one
// before, or with sameDay no earlier, that arrives on the earliest day
// (paths.EarliestArrival): such as news, weapons or blame can have taken. It
// goes the way of the events, or if it cannot, either way. Errors are those of
// ShortestPath. It reads all events.
func FindPassage(r Reader, a, b graph.ActorID, sameDay bool, f Filter) (Passage, error) {
	e, err := endsOf(r, a, b, f)
	if err != nil {
		return Passage{}, err
	}
	answer := Passage{From: refOf(e.g, e.from), To: refOf(e.g, e.to), SameDay: sameDay, Hops: []Stage{}}
	contacts, vague, err := contactsOf(r, e.g, f)
	if err != nil {
		return Passage{}, err
	}
	answer.Vague = vague
	opts := paths.TimeOptions{Since: math.MinInt32, Until: math.MaxInt32, SameDay: sameDay}
	found, ok := paths.EarliestArrival(e.g.Len(), contacts, e.from, e.to, opts)
	if answer.Directed = ok; !ok {
		for _, c := range contacts[:len(contacts):len(contacts)] {
			contacts = append(contacts, paths.Contact{From: c.To, To: c.From, Day: c.Day})
		}
		found, ok = paths.EarliestArrival(e.g.Len(), contacts, e.from, e.to, opts)
	}
	if !ok {
		return Passage{}, noPath(answer.From, answer.To)
	}
	for _, c := range found {
		stage := Stage{From: refOf(e.g, c.From), To: refOf(e.g, c.To), Date: graph.DateOf(time.Unix(int64(c.Day)*secondsADay, 0).UTC())}
		if err := stage.attest(r, answer.Directed, f); err != nil {
			return Passage{}, err
		}
		answer.Hops = append(answer.Hops, stage)
	}
	return answer, nil
}

const secondsADay = 24 * 60 * 60

// contactsOf returns the events that have a day, of symmetric ones two each, and
// how many records have none.
func contactsOf(r Reader, g *graph.Network, f Filter) (contacts []paths.Contact, vague int, err error) {
	for ev, err := range f.Events(r) {
		if err != nil {
			return nil, 0, err
		}
		if ev.Source.ID == ev.Target.ID {
			continue
		}
		at, ok := ev.Date.Time()
		if !ok || len(ev.Date) != len(time.DateOnly) {
			vague++
			continue
		}
		u, okFrom := g.Lookup(ev.Source.ID)
		v, okTo := g.Lookup(ev.Target.ID)
		if !okFrom || !okTo {
			return nil, 0, errors.New("look for contacts: the events changed while they were read")
		}
		c := paths.Contact{From: u, To: v, Day: int32(at.Unix() / secondsADay)}
		contacts = append(contacts, c)
		if ev.Symmetric {
			contacts = append(contacts, paths.Contact{From: v, To: u, Day: c.Day})
		}
	}
	slices.SortFunc(contacts, func(a, b paths.Contact) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	return slices.Compact(contacts), vague, nil
}

// attest finds the best record of a stage.
func (s *Stage) attest(r Reader, directed bool, f Filter) error {
	for ev, err := range f.among(r.EventsBetween(s.From.ID, s.To.ID)) {
		if err != nil {
			return err
		}
		along := !directed || ev.Symmetric || ev.Source.ID == s.From.ID
		if along && ev.Date == s.Date && (s.Evidence == nil || graph.BetterEvidence(ev, *s.Evidence)) {
			s.Evidence = &ev
		}
	}
	return nil
}
