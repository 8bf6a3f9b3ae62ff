package queries

import (
	"cmp"
	"fmt"
	"iter"
	"slices"

	"entente/graph"
)

// What two accounts differ in.
const (
	// Denied is one account that asserts an act and one that denies it: of one
	// direction and category.
	Denied = "denied"
	// Opposed is one account of cooperation and one of conflict.
	Opposed = "opposed"
)

// DisagreeOptions say which accounts to hold against each other. Of the
// filter's statuses, asserted and negated are what it looks at; without any, at
// both.
type DisagreeOptions struct {
	Filter
	Days  int // that two accounts may be apart; 0 is the same day
	Limit int // at most so many; 0 means 20, a negative number all
}

// Disagreements are accounts that contradict each other.
type Disagreements struct {
	// Actors are those that the search was narrowed to, at most two.
	Actors []graph.NameRef `json:"actors"`
	Days   int             `json:"days"`
	Total  int             `json:"total"` // found, listed or not
	// Disagreements are sorted by Kind, denied ones first, then as Score says.
	Disagreements []Disagreement `json:"disagreements"`
}

// Disagreement is two accounts of what two actors did.
type Disagreement struct {
	Kind string        `json:"kind"` // denied or opposed
	A    graph.NameRef `json:"a"`    // has the lesser id
	B    graph.NameRef `json:"b"`
	Days int           `json:"days"` // between the two
	// Score is the product of the best confidences of both sides, times one and a
	// half where both name the same predicate, and halved for each day between.
	Score float64 `json:"score"`
	// One is the assertion, or the account of cooperation; Other contradicts it.
	One   Account `json:"one"`
	Other Account `json:"other"`
}

// Account is an event as some tell it.
type Account struct {
	Source    graph.ActorID `json:"source"` // of a symmetric event, the lesser id
	Target    graph.ActorID `json:"target"`
	Status    graph.Status  `json:"status"`
	Category  string        `json:"plover"`
	Predicate string        `json:"predicate"`
	Quad      int           `json:"quad"`
	Date      graph.Date    `json:"date"`
	// Voices are those who say so, sorted: whom the text attributes it to, else
	// its publisher, else the article.
	Voices   []string     `json:"voices"`
	Mentions int          `json:"mentions"` // records and their copies
	Evidence *graph.Event `json:"evidence"` // the best record
}

// claim is the records of one distinct event, without their quotes.
type claim struct {
	id         graph.Identity
	quad       int
	voices     []string
	mentions   int
	confidence float64
}

func (c *claim) add(e *graph.Event) {
	if v := voice(e); !slices.Contains(c.voices, v) {
		c.voices = append(c.voices, v)
	}
	c.mentions += 1 + len(e.Copies)
	c.quad = max(c.quad, e.Quad)
	c.confidence = max(c.confidence, e.Confidence)
}

// voice returns who says so.
func voice(e *graph.Event) string {
	if e.AttributedTo != nil {
		return e.AttributedTo.Name
	}
	return cmp.Or(e.Publisher, e.Article)
}

// Disagree returns accounts of the same two actors, of near days, that
// contradict each other and that different voices give. The actors, at most
// two, narrow it to the events of one, or of both with each other; else it
// reads all events. Events that are not dated to the day are left out. It holds
// about 300 bytes in memory for each distinct event. The error wraps
// graph.ErrNotFound if there is no such actor.
func Disagree(r Reader, actors []graph.ActorID, o DisagreeOptions) (Disagreements, error) {
	if len(o.Statuses) == 0 {
		o.Statuses = []graph.Status{graph.Asserted, graph.Negated}
	}
	answer := Disagreements{Days: o.Days, Disagreements: []Disagreement{}}
	var err error
	if answer.Actors, err = o.focus(r, actors); err != nil {
		return Disagreements{}, err
	}
	claims, err := o.claims(r)
	if err != nil {
		return Disagreements{}, fmt.Errorf("disagreements: %w", err)
	}
	trim := func() {
		slices.SortFunc(answer.Disagreements, compareDisagreements)
		answer.Disagreements = slices.Clone(first(answer.Disagreements, o.Limit, 20))
	}
	for t, list := range claims {
		o.contradictions(t, list, func(d Disagreement) {
			answer.Total++
			answer.Disagreements = append(answer.Disagreements, d)
			if o.Limit >= 0 && len(answer.Disagreements) > 2*o.Limit+10_000 { // two at war are of two minds daily
				trim()
			}
		})
	}
	trim()
	for i := range answer.Disagreements {
		if err := o.attest(r, &answer.Disagreements[i]); err != nil {
			return Disagreements{}, err
		}
	}
	return answer, nil
}

// claims returns the distinct events of each tie, by day.
func (o *DisagreeOptions) claims(r Reader) (map[tie][]*claim, error) {
	byID, byTie := map[graph.Identity]*claim{}, map[tie][]*claim{}
	for e, err := range o.Filter.Events(r) {
		if err != nil {
			return nil, err
		}
		if len(e.Date) != dayLength || e.Status != graph.Asserted && e.Status != graph.Negated {
			continue
		}
		id := e.Identity()
		if byID[id] == nil {
			byID[id] = &claim{id: id}
			byTie[tieOf(&e)] = append(byTie[tieOf(&e)], byID[id])
		}
		byID[id].add(&e)
	}
	for _, list := range byTie {
		slices.SortFunc(list, func(a, b *claim) int { return cmp.Or(cmp.Compare(a.id.Date, b.id.Date), compareClaims(a, b)) })
	}
	return byTie, nil
}

func compareClaims(a, b *claim) int {
	return cmp.Or(cmp.Compare(a.id.Source, b.id.Source), cmp.Compare(a.id.Target, b.id.Target),
		cmp.Compare(a.id.Category, b.id.Category), cmp.Compare(a.id.Predicate, b.id.Predicate), cmp.Compare(a.id.Status, b.id.Status))
}

const dayLength = len("2006-01-02")

// contradictions emits those among the claims about a tie, which are sorted by
// day.
func (o *DisagreeOptions) contradictions(t tie, claims []*claim, emit func(Disagreement)) {
	for i, x := range claims {
		for _, y := range claims[i+1:] {
			apart := daysApart(x.id.Date, y.id.Date)
			if apart > o.Days {
				break
			}
			one, other := x, y
			kind := contradiction(one, other)
			if kind == "" {
				one, other = y, x
				kind = contradiction(one, other)
			}
			if kind == "" || !differ(one.voices, other.voices) {
				continue
			}
			score := one.confidence * other.confidence
			if one.id.Predicate == other.id.Predicate {
				score *= 1.5
			}
			for range apart {
				score /= 2
			}
			emit(Disagreement{Kind: kind, A: graph.NameRef{ID: t.a}, B: graph.NameRef{ID: t.b}, Days: apart,
				Score: significant(score), One: one.account(), Other: other.account()})
		}
	}
}

// contradiction returns how other contradicts one, or "".
func contradiction(one, other *claim) string {
	switch {
	case one.id.Status == graph.Asserted && other.id.Status == graph.Negated &&
		one.id.Dyad == other.id.Dyad && one.id.Category == other.id.Category &&
		(one.id.Category != graph.NoCategory || one.id.Predicate == other.id.Predicate):
		return Denied
	case one.id.Status == graph.Asserted && other.id.Status == graph.Asserted &&
		(one.quad == 1 || one.quad == 2) && (other.quad == 3 || other.quad == 4):
		return Opposed
	}
	return ""
}

// differ reports whether somebody of a is not somebody of b.
func differ(a, b []string) bool {
	return len(a) > 1 || len(b) > 1 || a[0] != b[0]
}

func daysApart(a, b graph.Date) int {
	s, _ := a.Time()
	t, _ := b.Time()
	return int(t.Sub(s).Abs().Hours() / 24)
}

func (c *claim) account() Account {
	return Account{Source: c.id.Source, Target: c.id.Target, Status: c.id.Status, Category: c.id.Category, Predicate: c.id.Predicate, Quad: c.quad, Date: c.id.Date,
		Voices: slices.Sorted(slices.Values(c.voices)), Mentions: c.mentions}
}

func compareDisagreements(x, y Disagreement) int {
	accounts := func(a, b Account) int {
		return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.Source, b.Source), cmp.Compare(a.Category, b.Category),
			cmp.Compare(a.Predicate, b.Predicate), cmp.Compare(a.Status, b.Status))
	}
	return cmp.Or(cmp.Compare(x.Kind, y.Kind), cmp.Compare(y.Score, x.Score), cmp.Compare(x.A.ID, y.A.ID), cmp.Compare(x.B.ID, y.B.ID),
		accounts(x.One, y.One), accounts(x.Other, y.Other))
}

// attest finds the names of the actors and the evidence of both accounts, of
// different voices.
func (o *DisagreeOptions) attest(r Reader, d *Disagreement) (err error) {
	if d.A, err = nameOf(r, d.A.ID); err != nil {
		return err
	}
	if d.B, err = nameOf(r, d.B.ID); err != nil {
		return err
	}
	events := func() iter.Seq2[graph.Event, error] { return r.EventsBetween(d.A.ID, d.B.ID) }
	if d.One.Evidence, err = o.bestOf(events(), d.One.tells); err != nil || d.One.Evidence == nil {
		return err
	}
	first := voice(d.One.Evidence)
	d.Other.Evidence, err = o.bestOf(events(), func(e *graph.Event) bool { return d.Other.tells(e) && voice(e) != first })
	if err != nil || d.Other.Evidence != nil {
		return err
	}
	// Only the voice of One tells the other account: another one tells the first.
	if d.Other.Evidence, err = o.bestOf(events(), d.Other.tells); err != nil {
		return err
	}
	d.One.Evidence, err = o.bestOf(events(), func(e *graph.Event) bool { return d.One.tells(e) && voice(e) != first })
	return err
}

// tells reports whether e is a record of the account.
func (a *Account) tells(e *graph.Event) bool {
	id := e.Identity()
	return id.Source == a.Source && id.Target == a.Target && id.Status == a.Status && id.Category == a.Category && id.Predicate == a.Predicate && id.Date == a.Date
}
