package graph

import (
	"cmp"
	"slices"
)

// Judged is what a log of judgements makes of actors. It follows from the log
// alone and does not change.
//
// The rule, with the judgements numbered as they stand in the log:
//
//  1. From the last to the first, an undo that holds takes back what it undoes,
//     which is a judgement before it. All others hold.
//  2. Every split that holds is in force, whether it came before a merge or
//     after.
//  3. The merges that hold are taken in order. One that would put two actors of a
//     split into one component, directly or through actors that are merged
//     already, is blocked: it has no effect at all. So a split blocks the last
//     of the merges that connect its actors, and leaves the first.
//  4. A component is known by Actors[0] of the last merge in it that has effect.
//     It has the aliases of all its members, and the type and the country of the
//     last retype of any of them that gives one.
//
// It is the scheme of nomenklatura's resolver (canonical identifiers as components
// of positive judgements, which negative ones block), with a log in the place of
// a table of pairs.
type Judged struct {
	standings []Standing // of judgement i+1
	of        map[ActorID]*JudgedActor
}

// Standing says whether a judgement holds: if neither is set.
type Standing struct {
	UndoneBy  int // the last undo that holds and takes it back, or 0
	BlockedBy int // of a merge, the first split that it goes against, or 0
}

// Holds reports whether the judgement has effect.
func (s Standing) Holds() bool { return s == Standing{} }

// JudgedActor is an actor about which judgements hold. Callers must not change it.
type JudgedActor struct {
	ID      ActorID   // by which it is known
	Members []ActorID // the actors that are one: ID, and then the others, sorted
	Aliases []string  // sorted
	Type    ActorType // as judged, or ""
	Country string    // as judged, or ""
	Splits  []int     // numbers of the splits that a member is in, ascending
}

// Merged reports whether more than one actor is in it.
func (a *JudgedActor) Merged() bool { return len(a.Members) > 1 }

// NewJudged returns what the judgements of a log say. Each counts under its
// place in the log, which is its Seq. The time grows about as the number of actors
// in the log.
func NewJudged(log []Judgement) *Judged {
	j := &Judged{standings: make([]Standing, len(log)), of: map[ActorID]*JudgedActor{}}
	j.undo(log)
	each := func(kind JudgementKind, apply func(number int, one *Judgement)) {
		for i := range log {
			if log[i].Kind == kind && j.standings[i].Holds() {
				apply(i+1, &log[i])
			}
		}
	}
	each(JudgeSplit, j.split)
	each(JudgeMerge, j.merge)
	each(JudgeAlias, func(_ int, one *Judgement) {
		for _, a := range j.actors(one) {
			a.Aliases = append(a.Aliases, one.Name)
		}
	})
	each(JudgeRetype, func(_ int, one *Judgement) {
		for _, a := range j.actors(one) {
			a.Type, a.Country = cmp.Or(one.Type, a.Type), cmp.Or(one.Country, a.Country)
		}
	})
	for a := range j.all {
		a.finish()
	}
	return j
}

// undo settles which judgements are undone. Only later ones can undo one, so that
// from the last on each is settled when it is come to.
func (j *Judged) undo(log []Judgement) {
	for i := len(log) - 1; i >= 0; i-- {
		what := log[i].Undoes
		if log[i].Kind != JudgeUndo || !j.standings[i].Holds() || what < 1 || what > i {
			continue
		}
		if s := &j.standings[what-1]; s.UndoneBy == 0 {
			s.UndoneBy = i + 1
		}
	}
}

// actors returns whom a judgement is about, each component once.
func (j *Judged) actors(one *Judgement) []*JudgedActor {
	var list []*JudgedActor
	seen := map[*JudgedActor]bool{}
	for _, id := range one.Actors {
		a := j.of[id]
		if a == nil {
			a = &JudgedActor{ID: id, Members: []ActorID{id}}
			j.of[id] = a
		}
		if !seen[a] {
			seen[a], list = true, append(list, a)
		}
	}
	return list
}

func (j *Judged) split(number int, one *Judgement) {
	for _, a := range j.actors(one) {
		a.Splits = append(a.Splits, number)
	}
}

// merge joins the components of a merge, unless two of them are in one split. No
// component has two actors of a split, so that a split's number stands in it once.
func (j *Judged) merge(number int, one *Judgement) {
	parts := j.actors(one)
	if len(parts) == 0 {
		return
	}
	if by := firstCommon(parts); by != 0 {
		j.standings[number-1].BlockedBy = by
		for _, part := range parts {
			if !part.Merged() && len(part.Splits) == 0 { // it is judged by nothing else
				delete(j.of, part.ID)
			}
		}
		return
	}
	whole := slices.MaxFunc(parts, func(a, b *JudgedActor) int { return cmp.Compare(len(a.Members), len(b.Members)) })
	for _, part := range parts {
		if part == whole {
			continue
		}
		for _, id := range part.Members {
			j.of[id] = whole
		}
		whole.Members = append(whole.Members, part.Members...)
		whole.Splits = append(whole.Splits, part.Splits...)
	}
	whole.ID = one.Actors[0]
}

// firstCommon returns the lowest number of a split that is in more than one of the
// components, or 0.
func firstCommon(parts []*JudgedActor) (least int) {
	if len(parts) < 2 {
		return 0
	}
	seen := map[int]bool{}
	for _, part := range parts {
		for _, n := range part.Splits {
			if seen[n] && (least == 0 || n < least) {
				least = n
			}
			seen[n] = true
		}
	}
	return least
}

// finish puts what was gathered into order.
func (a *JudgedActor) finish() {
	slices.SortFunc(a.Members, func(x, y ActorID) int {
		if (x == a.ID) != (y == a.ID) {
			if x == a.ID {
				return -1
			}
			return 1
		}
		return cmp.Compare(x, y)
	})
	slices.Sort(a.Aliases)
	a.Aliases = slices.Compact(a.Aliases)
	slices.Sort(a.Splits)
}

// all yields every judged actor once, in no order.
func (j *Judged) all(yield func(*JudgedActor) bool) {
	for id, a := range j.of {
		if id == a.ID && !yield(a) {
			return
		}
	}
}

// All returns the actors about which judgements hold, by ID.
func (j *Judged) All() []*JudgedActor {
	return slices.SortedFunc(j.all, func(a, b *JudgedActor) int { return cmp.Compare(a.ID, b.ID) })
}

// Of returns what is judged of an actor, by the id of any member, or nil where no
// judgement that holds is about it.
func (j *Judged) Of(id ActorID) *JudgedActor { return j.of[id] }

// Canonical returns the id that the actor id is known by: mostly itself.
func (j *Judged) Canonical(id ActorID) ActorID {
	if a := j.of[id]; a != nil {
		return a.ID
	}
	return id
}

// Apart returns the number of the first split by which a and b, or actors that are
// one with them, are different, or 0.
func (j *Judged) Apart(a, b ActorID) int {
	x, y := j.of[a], j.of[b]
	if x == nil || y == nil || x == y {
		return 0
	}
	return firstCommon([]*JudgedActor{x, y})
}

// Standing returns whether judgement number seq holds. A number that is not in the
// log has none of either.
func (j *Judged) Standing(seq int) Standing {
	if seq < 1 || seq > len(j.standings) {
		return Standing{}
	}
	return j.standings[seq-1]
}
