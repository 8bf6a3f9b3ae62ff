package queries

import (
	"iter"
	"maps"
	"slices"

	"entente/graph"
)

// stateOf is the country that an actor acts for where states stand for their actors, or
// "". Armed groups act against the state more often than for it.
func stateOf(a *graph.Actor) string {
	if a.Type == graph.ArmedGroup {
		return ""
	}
	return a.Country
}

// servants returns who has, or had, an office in one of the organisations and none
// elsewhere.
func servants(r Reader, organisations map[graph.ActorID]bool) (map[graph.ActorID]bool, error) {
	found := map[graph.ActorID]bool{}
	for org := range organisations {
		for office, err := range r.AffiliationsOf(org) {
			if err != nil {
				return nil, err
			}
			found[office.Person.ID] = true
		}
	}
	for person := range found {
		for office, err := range r.AffiliationsOf(person) {
			if err != nil {
				return nil, err
			}
			if office.Person.ID == person && !organisations[office.Org.ID] {
				delete(found, person)
			}
		}
	}
	return found, nil
}

// States is a Reader in which states stand for the actors of their countries.
type States struct {
	Reader
	states  map[string]graph.Actor     // by country
	country map[graph.ActorID]string   // of those who act for it
	members map[string][]graph.ActorID // the same by country, by id
}

// ByState returns r with each state in the place of all actors of its country:
// governments, armies, people, firms. Two of them doing the same on one day is one
// event; an event within a country is one of the state with itself. Armed groups stay
// what they are, and so does who has an office in an intergovernmental organisation and
// none in a country. A mention is still what the sentence calls the actor; who asks for an
// actor of a country gets the state. A country of which r has no state is called by its
// code. It reads all actors at once, and holds about 100 bytes of each that has a country;
// no index of r but that of dates helps it any more.
func ByState(r Reader) (*States, error) {
	s := &States{r, map[string]graph.Actor{}, map[graph.ActorID]string{}, map[string][]graph.ActorID{}}
	organisations := map[graph.ActorID]bool{}
	for a, err := range r.Actors() {
		if err != nil {
			return nil, err
		}
		if a.Type == graph.IGO {
			organisations[a.ID] = true
		}
		if country := stateOf(&a); country != "" {
			s.country[a.ID] = country
			if _, known := s.states[country]; a.Type == graph.State && !known {
				s.states[country] = a
			}
		}
	}
	elsewhere, err := servants(r, organisations)
	if err != nil {
		return nil, err
	}
	for id := range elsewhere { // a secretary-general acts for the organisation
		delete(s.country, id)
	}
	for id, country := range s.country {
		s.members[country] = append(s.members[country], id)
	}
	for country, members := range s.members {
		slices.Sort(members)
		if _, known := s.states[country]; !known {
			s.states[country] = graph.Actor{ID: graph.ActorID("state:" + country), Name: country, Type: graph.State, Country: country, Mentions: []string{}}
		}
		s.country[s.states[country].ID] = country
	}
	return s, nil
}

func (s *States) raise(a *graph.ActorRef) {
	if country, ok := s.country[a.ID]; ok {
		state := s.states[country]
		a.ID, a.Name, a.Type, a.Country = state.ID, state.Name, state.Type, state.Country
	}
}

// Raise makes e an act of states, and leaves what it shares with others as it is.
func (s *States) Raise(e *graph.Event) {
	s.raise(&e.Source)
	s.raise(&e.Target)
	if e.AttributedTo != nil {
		who := *e.AttributedTo
		s.raise(&who)
		e.AttributedTo = &who
	}
}

// raised yields events as acts of states.
func (s *States) raised(events iter.Seq2[graph.Event, error]) iter.Seq2[graph.Event, error] {
	return func(yield func(graph.Event, error) bool) {
		for e, err := range events {
			s.Raise(&e)
			if !yield(e, err) {
				return
			}
		}
	}
}

// Actors yields the states and those who act for none.
func (s *States) Actors() iter.Seq2[graph.Actor, error] {
	return func(yield func(graph.Actor, error) bool) {
		states := slices.SortedFunc(maps.Values(s.states), compareIDs)
		for a, err := range s.Reader.Actors() {
			if err == nil && s.country[a.ID] != "" {
				continue
			}
			for ; err == nil && len(states) > 0 && states[0].ID < a.ID; states = states[1:] {
				if !yield(states[0], nil) {
					return
				}
			}
			if !yield(a, err) {
				return
			}
		}
		for _, a := range states {
			if !yield(a, nil) {
				return
			}
		}
	}
}

func (s *States) Actor(id graph.ActorID) (graph.Actor, error) {
	if country, ok := s.country[id]; ok {
		return s.states[country], nil
	}
	a, err := s.Reader.Actor(id)
	if country, ok := s.country[a.ID]; ok && err == nil { // judged to be one that acts for it
		return s.states[country], nil
	}
	return a, err
}

func (s *States) Events() iter.Seq2[graph.Event, error] { return s.raised(s.Reader.Events()) }

// EventsIn is that of the Reader, or a scan.
func (s *States) EventsIn(category string, since, until graph.Date) iter.Seq2[graph.Event, error] {
	if index, ok := s.Reader.(EventIndex); ok {
		return s.raised(index.EventsIn(category, since, until))
	}
	return func(yield func(graph.Event, error) bool) {
		for e, err := range s.Events() {
			if (err != nil || (category == "" || e.Category == category) && e.Date.Within(since, until)) && !yield(e, err) {
				return
			}
		}
	}
}

// NewestDay is that of the Reader.
func (s *States) NewestDay() (graph.Date, error) { return NewestDay(s.Reader) }

// membersOf returns who acts for a state, or the actor alone.
func (s *States) membersOf(id graph.ActorID) []graph.ActorID {
	if country, ok := s.country[id]; ok {
		return s.members[country]
	}
	return []graph.ActorID{id}
}

func (s *States) EventsOf(id graph.ActorID) iter.Seq2[graph.Event, error] {
	return s.raised(s.eventsOf(id, func(*graph.Event) bool { return true }))
}

// eventsOf yields the events of those who act for a state, once, that keep keeps.
func (s *States) eventsOf(id graph.ActorID, keep func(*graph.Event) bool) iter.Seq2[graph.Event, error] {
	return func(yield func(graph.Event, error) bool) {
		members := s.membersOf(id)
		for _, member := range members {
			for e, err := range s.Reader.EventsOf(member) {
				if err == nil {
					if _, within := slices.BinarySearch(members, e.Source.ID); within && e.Source.ID != member {
						continue // comes with its source
					}
					if !keep(&e) {
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

func (s *States) EventsBetween(a, b graph.ActorID) iter.Seq2[graph.Event, error] {
	return s.raised(s.between(a, b))
}

// between is EventsBetween with the actors themselves.
func (s *States) between(a, b graph.ActorID) iter.Seq2[graph.Event, error] {
	of := func(members []graph.ActorID, id graph.ActorID) bool {
		_, is := slices.BinarySearch(members, id)
		return is
	}
	as, bs := s.membersOf(a), s.membersOf(b)
	if len(bs) < len(as) {
		a, as, bs = b, bs, as
	}
	return s.eventsOf(a, func(e *graph.Event) bool {
		return of(as, e.Source.ID) && of(bs, e.Target.ID) || of(bs, e.Source.ID) && of(as, e.Target.ID)
	})
}

func (s *States) NamesWithPrefix(folded string) iter.Seq2[graph.NameEntry, error] {
	return func(yield func(graph.NameEntry, error) bool) {
		for e, err := range s.Reader.NamesWithPrefix(folded) {
			if country, ok := s.country[e.ID]; ok && err == nil {
				e.ID = s.states[country].ID
			}
			if !yield(e, err) {
				return
			}
		}
	}
}

var _ interface {
	EventIndex
	DateIndex
} = (*States)(nil)

// BetweenStates is Between by ByState, but for the evidence, which has the actors
// themselves. It reads all actors, and the events of those of one of the two states. The
// error wraps graph.ErrNotFound.
func BetweenStates(r Reader, a, b graph.ActorID, opts Options) (Dyadic, error) {
	view, err := ByState(r)
	if err != nil {
		return Dyadic{}, err
	}
	answer := Dyadic{States: true}
	if answer.A, err = knownName(view, a); err != nil {
		return Dyadic{}, err
	}
	if answer.B, err = knownName(view, b); err != nil {
		return Dyadic{}, err
	}
	var evidence []graph.Event
	if evidence, answer.ByStatus, err = opts.EachTie().pick(view.between(answer.A.ID, answer.B.ID)); err != nil {
		return Dyadic{}, err
	}
	sortEvents(evidence)
	raised := make([]graph.Event, len(evidence))
	for i, e := range evidence {
		view.Raise(&e)
		raised[i] = e
	}
	if err := answer.add(raised, opts); err != nil {
		return Dyadic{}, err
	}
	answer.Evidence = evidence
	answer.restore(evidence)
	return answer, nil
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
