package queries

import (
	"cmp"
	"fmt"
	"slices"

	"entente/graph"
)

// SaysOptions say whose words to look for.
type SaysOptions struct {
	Filter
	Speaker graph.ActorID // "" is anybody
	About   graph.ActorID // "" is anybody
	Limit   int           // at most so many pairs; 0 means 20, a negative number all
}

// Sayings is who speaks about whom.
type Sayings struct {
	Speaker *graph.NameRef `json:"speaker"` // that it was narrowed to, or nil
	About   *graph.NameRef `json:"about"`
	// Counts and Quads are those of the events that texts attribute to a speaker.
	graph.Counts
	Quads
	ByStatus []StatusCount `json:"by_status"` // also those that the other numbers leave out
	Speakers int           `json:"speakers"`
	Total    int           `json:"total"` // pairs, listed or not
	Pairs    []Saying      `json:"pairs"` // by events, then mentions, the most first
}

// Saying is what one speaker says of one actor, itself perhaps: the events that
// the texts attribute to the speaker and in which the actor takes part.
type Saying struct {
	Speaker graph.NameRef `json:"speaker"`
	About   graph.NameRef `json:"about"`
	graph.Counts
	Quads
	// AsSource counts the distinct events in which About acts, AsTarget those in
	// which it is acted on; of symmetric ones it is both.
	AsSource int          `json:"as_source"`
	AsTarget int          `json:"as_target"`
	Evidence *graph.Event `json:"evidence"` // the best record
}

// Says returns who speaks about whom: the events that texts attribute to
// somebody, folded by speaker and by whom they are about. Pairs of less than
// MinEvents and MinPublishers are left out of the list. It reads the events of
// About, else all: an event is not found by its speaker. The error wraps
// graph.ErrNotFound if there is no such actor.
func Says(r Reader, o SaysOptions) (Sayings, error) {
	answer := Sayings{Pairs: []Saying{}}
	for _, named := range []struct {
		id *graph.ActorID
		at **graph.NameRef
	}{{&o.Speaker, &answer.Speaker}, {&o.About, &answer.About}} {
		if *named.id == "" {
			continue
		}
		name, err := knownName(r, *named.id)
		if err != nil {
			return Sayings{}, err
		}
		*named.id, *named.at = name.ID, &name
	}
	f := o.EachTie()
	f.Actor = o.About
	statuses, pairs := statusCounter{}, map[speech]*said{}
	wide := f.anyStatus()
	var all graph.Tally
	for e, err := range wide.Events(r) {
		if err != nil {
			return Sayings{}, fmt.Errorf("who says what: %w", err)
		}
		if e.AttributedTo == nil || o.Speaker != "" && e.AttributedTo.ID != o.Speaker {
			continue
		}
		statuses.add(&e)
		if !f.counts(e.Status) {
			continue
		}
		all.Add(&e)
		for _, about := range slices.Compact([]graph.ActorID{e.Source.ID, e.Target.ID}) {
			if o.About == "" || about == o.About {
				key := speech{e.AttributedTo.ID, about}
				if pairs[key] == nil {
					pairs[key] = &said{}
				}
				pairs[key].add(&e, about)
			}
		}
	}
	answer.Counts, answer.Quads = counted(&all)
	answer.ByStatus = statuses.counts()
	return answer, answer.fill(r, pairs, &o)
}

// speech is a speaker and whom it speaks about.
type speech struct{ speaker, about graph.ActorID }

// said is the events of one of them.
type said struct {
	all, source, target graph.Tally
	best                *graph.Event
}

func (s *said) add(e *graph.Event, about graph.ActorID) {
	s.all.Add(e)
	if e.Source.ID == about || e.Symmetric {
		s.source.Add(e)
	}
	if e.Target.ID == about || e.Symmetric {
		s.target.Add(e)
	}
	if s.best == nil || graph.BetterEvidence(*e, *s.best) {
		kept := *e
		s.best = &kept
	}
}

// fill lists the pairs.
func (s *Sayings) fill(r Reader, pairs map[speech]*said, o *SaysOptions) (err error) {
	speakers := map[graph.ActorID]bool{}
	for pair, of := range pairs {
		q := Saying{Speaker: graph.NameRef{ID: pair.speaker}, About: graph.NameRef{ID: pair.about}, Evidence: of.best,
			AsSource: of.source.Counts().Events, AsTarget: of.target.Counts().Events}
		q.Counts, q.Quads = counted(&of.all)
		speakers[pair.speaker] = true
		if o.Enough(q.Counts) {
			s.Pairs = append(s.Pairs, q)
		}
	}
	slices.SortFunc(s.Pairs, func(a, b Saying) int {
		return cmp.Or(cmp.Compare(b.Events, a.Events), cmp.Compare(b.Mentions, a.Mentions),
			cmp.Compare(a.Speaker.ID, b.Speaker.ID), cmp.Compare(a.About.ID, b.About.ID))
	})
	s.Speakers, s.Total = len(speakers), len(s.Pairs)
	s.Pairs = first(s.Pairs, o.Limit, 20)
	for i := range s.Pairs {
		q := &s.Pairs[i]
		if q.Speaker, err = nameOf(r, q.Speaker.ID); err != nil {
			return err
		}
		if q.About, err = nameOf(r, q.About.ID); err != nil {
			return err
		}
	}
	return nil
}
