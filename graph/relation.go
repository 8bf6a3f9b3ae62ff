package graph

import (
	"cmp"
	"iter"
	"slices"
)

// Relation is the events of one ordered dyad, category and predicate folded.
// It is a view of the events, which remain the record.
type Relation struct {
	// Source and Target are the dyad of the events' Identity: the lesser id
	// comes first where the relation is symmetric.
	Source ActorID `json:"source"`
	Target ActorID `json:"target"`
	// Symmetric relations hold in both directions and are counted once.
	Symmetric bool   `json:"symmetric"`
	Category  string `json:"plover"`
	Predicate string `json:"predicate"`
	// Quad is that of the category; where records disagree, the highest.
	Quad int `json:"quad"`
	Counts
	// Evidence is the record with the highest confidence, by CompareEvents the
	// first where several tie. It is nil unless RelationOptions.Evidence asks
	// for it.
	Evidence *Event `json:"evidence,omitempty"`
}

// RelationOptions says which events make relations and what relations keep.
type RelationOptions struct {
	// Statuses are those that count. Empty means Asserted alone: what a text
	// denies, plans or holds possible is no tie.
	Statuses []Status
	// Evidence keeps the best record of each relation, quote and all.
	Evidence bool
}

// Counts reports whether events of status s count.
func (o RelationOptions) Counts(s Status) bool {
	if len(o.Statuses) == 0 {
		return s == Asserted
	}
	return slices.Contains(o.Statuses, s)
}

// relationKey is what the events of one relation have in common.
type relationKey struct {
	Dyad
	category, predicate string
}

type relationFold struct {
	tally     Tally
	symmetric bool
	quad      int
	best      *Event
}

// Relations folds events into relations, sorted by source, target, category
// and predicate. The result does not depend on the order of the events. It
// stops at the first error among the events and returns it.
func Relations(events iter.Seq2[Event, error], opts RelationOptions) ([]Relation, error) {
	folds := map[relationKey]*relationFold{}
	for e, err := range events {
		if err != nil {
			return nil, err
		}
		if !opts.Counts(e.Status) {
			continue
		}
		id := e.Identity()
		key := relationKey{id.Dyad, id.Category, id.Predicate}
		f := folds[key]
		if f == nil {
			f = &relationFold{}
			folds[key] = f
		}
		f.add(e, opts.Evidence)
	}
	relations := make([]Relation, 0, len(folds))
	for key, f := range folds {
		relations = append(relations, Relation{
			Source: key.Source, Target: key.Target, Symmetric: f.symmetric,
			Category: key.category, Predicate: key.predicate,
			Quad: f.quad, Counts: f.tally.Counts(), Evidence: f.best,
		})
	}
	slices.SortFunc(relations, compareRelations)
	return relations, nil
}

func (f *relationFold) add(e Event, evidence bool) {
	f.tally.Add(&e)
	f.symmetric = f.symmetric || e.Symmetric
	f.quad = max(f.quad, e.Quad)
	if evidence && (f.best == nil || BetterEvidence(e, *f.best)) {
		f.best = &e
	}
}

// BetterEvidence reports whether a is the better record to show than b: the one with
// the higher confidence, by CompareEvents the first where they tie.
func BetterEvidence(a, b Event) bool {
	return cmp.Or(cmp.Compare(b.Confidence, a.Confidence), CompareEvents(a, b)) < 0
}

func compareRelations(a, b Relation) int {
	return cmp.Or(
		cmp.Compare(a.Source, b.Source),
		cmp.Compare(a.Target, b.Target),
		cmp.Compare(a.Category, b.Category),
		cmp.Compare(a.Predicate, b.Predicate),
	)
}

// CompareStrength orders relations by the number of distinct events, then of
// mentions, the strongest first, then as Relations does.
func CompareStrength(a, b Relation) int {
	return cmp.Or(
		cmp.Compare(b.Events, a.Events),
		cmp.Compare(b.Mentions, a.Mentions),
		compareRelations(a, b),
	)
}
