package queries

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"math"
	"slices"

	"entente/graph"
)

// Change is how a tie of one period differs from that of another.
type Change string

const (
	TieNew          Change = "new"          // events in the second period alone
	TieLost         Change = "lost"         // in the first alone
	TieFlipped      Change = "flipped"      // from more cooperation to more conflict, or the other way
	TieStrengthened Change = "strengthened" // a larger part of the period's events
	TieWeakened     Change = "weakened"     // a smaller part
	TieSame         Change = "same"         // the same part
)

// Changes lists every Change in a fixed order.
var Changes = []Change{TieNew, TieLost, TieFlipped, TieStrengthened, TieWeakened, TieSame}

// ErrOverlap says that two periods to compare have days in common.
var ErrOverlap = errors.New("the periods overlap")

// CompareOptions say what to compare. The filter's Since and Until do not
// count.
type CompareOptions struct {
	Filter
	Before, After Period
	Level         float64 // of significance; 0 means 0.05
	Limit         int     // at most so many ties; 0 means 20, a negative number all
}

// Comparison is what changed between two periods.
type Comparison struct {
	// Actors are those whose ties are compared: none (all ties), one, or two (the
	// tie between them).
	Actors []graph.NameRef `json:"actors"`
	Before PeriodTotal     `json:"before"`
	After  PeriodTotal     `json:"after"`
	Level  float64         `json:"level"`
	// Vague are the event records whose dates are too vague to tell the period.
	Vague int `json:"vague"`
	// Tested is the number of ties that have enough events for a test.
	Tested int `json:"tested"`
	// ByChange counts the ties of each kind of change.
	ByChange []ChangeCount `json:"by_change"`
	Ties     []TieChange   `json:"ties"` // by P, then by size of the change
}

// PeriodTotal is a period and the distinct events that ties are measured by: of
// all actors, or of those that were asked for.
type PeriodTotal struct {
	Period
	Events int `json:"events"`
}

// ChangeCount is the number of ties that changed in one way.
type ChangeCount struct {
	Change      Change `json:"change"`
	Ties        int    `json:"ties"`
	Significant int    `json:"significant"`
}

// TieChange is how the tie of two actors changed.
type TieChange struct {
	A      graph.NameRef `json:"a"` // has the lesser id
	B      graph.NameRef `json:"b"`
	Change Change        `json:"change"`
	Before TieCount      `json:"before"`
	After  TieCount      `json:"after"`
	// Ratio is that of the shares of the periods' events, After to Before, or nil
	// for a new tie.
	Ratio *float64 `json:"ratio"`
	// P is the chance of a change at least as unlikely if nothing had changed: by
	// the conditional test of two Poisson rates with the periods' totals for
	// exposures; of a flipped tie by Fisher's exact test of cooperation and
	// conflict. Q is P after Benjamini and Hochberg over the ties tested, or nil
	// for a tie that is not: of so few events that no way to share them among the
	// periods has a P up to Level (Gilbert 2005).
	P           float64  `json:"p"`
	Q           *float64 `json:"q"`
	Significant bool     `json:"significant"` // Q is at most Level
	// Evidence is the best record of the period after; of a lost tie, before.
	Evidence *graph.Event `json:"evidence"`
}

// TieCount is the numbers of a tie within a period.
type TieCount struct {
	Events      int `json:"events"` // distinct
	Publishers  int `json:"publishers"`
	Cooperation int `json:"cooperation"`
	Conflict    int `json:"conflict"`
}

// Compare returns how ties changed from one period to another. A tie is what
// two actors have with each other in both directions. An event counts in a
// period if it surely happened in it.
//
// The ties are those of the actors (at most two), else all. So are the totals
// that they are measured by: of two actors, the events that either has with
// anybody. It holds about 300 bytes in memory for each event record of the two
// periods. The error wraps graph.ErrNotFound if there is no such actor, and
// ErrOverlap if the periods have a day in common.
func Compare(r Reader, actors []graph.ActorID, o CompareOptions) (Comparison, error) {
	if o.Before.overlaps(o.After) {
		return Comparison{}, fmt.Errorf("%s and %s: %w", o.Before, o.After, ErrOverlap)
	}
	answer := Comparison{Before: PeriodTotal{Period: o.Before}, After: PeriodTotal{Period: o.After}, Level: cmp.Or(o.Level, 0.05)}
	var err error
	if answer.Actors, err = new(Filter).focus(r, actors); err != nil {
		return Comparison{}, err
	}
	o.Since, o.Until = hull(o.Before, o.After)
	ties := map[tie]*[2]graph.Tally{}
	for e, err := range o.Filter.among(o.around(r, answer.Actors)) {
		if err != nil {
			return Comparison{}, fmt.Errorf("compare: %w", err)
		}
		t, in := tieOf(&e), -1
		switch {
		case o.Before.holds(e.Date):
			in = 0
		case o.After.holds(e.Date):
			in = 1
		default:
			if e.Date.Within(o.Before.Since, o.Before.Until) || e.Date.Within(o.After.Since, o.After.Until) {
				answer.Vague++
			}
		}
		if in < 0 || t.a == t.b {
			continue
		}
		if ties[t] == nil {
			ties[t] = &[2]graph.Tally{}
		}
		ties[t][in].Add(&e)
	}
	return answer, answer.fill(r, ties, &o)
}

// hull returns the bounds that two periods have together.
func hull(p, q Period) (since, until graph.Date) {
	if p.Since != "" && q.Since != "" {
		since = min(p.Since, q.Since)
	}
	if p.Until != "" && q.Until != "" {
		until = max(p.Until, q.Until)
	}
	if _, end, ok := days(until); ok { // "2024" is less than "2024-03", and ends later
		for _, d := range []graph.Date{p.Until, q.Until} {
			if _, last, _ := days(d); last.After(end) {
				until, end = d, last
			}
		}
	}
	return since, until
}

// around yields the events that have one of the actors, or all.
func (o *CompareOptions) around(r Reader, actors []graph.NameRef) iter.Seq2[graph.Event, error] {
	if len(actors) == 0 {
		return o.source(r)
	}
	return func(yield func(graph.Event, error) bool) {
		for i, a := range actors {
			for e, err := range r.EventsOf(a.ID) {
				if err == nil && i > 0 && involves(&e, actors[0].ID) {
					continue // has been
				}
				if !yield(e, err) {
					return
				}
			}
		}
	}
}

// fill judges the ties and lists them.
func (c *Comparison) fill(r Reader, ties map[tie]*[2]graph.Tally, o *CompareOptions) error {
	c.Ties = []TieChange{}
	for t, tallies := range ties {
		change := TieChange{A: graph.NameRef{ID: t.a}, B: graph.NameRef{ID: t.b}, Before: tieCount(&tallies[0]), After: tieCount(&tallies[1])}
		c.Before.Events += change.Before.Events
		c.After.Events += change.After.Events
		if len(c.Actors) < 2 || t == newTie(c.Actors[0].ID, c.Actors[1].ID) {
			c.Ties = append(c.Ties, change)
		}
	}
	for i := range c.Ties {
		c.Ties[i].judge(c.Before.Events, c.After.Events)
	}
	c.adjust()
	slices.SortFunc(c.Ties, func(x, y TieChange) int {
		return cmp.Or(cmp.Compare(x.P, y.P), cmp.Compare(y.size(), x.size()),
			cmp.Compare(x.A.ID, y.A.ID), cmp.Compare(x.B.ID, y.B.ID))
	})
	c.count()
	c.Ties = first(c.Ties, o.Limit, 20)
	for i := range c.Ties {
		if err := c.Ties[i].attest(r, o); err != nil {
			return err
		}
	}
	return nil
}

func tieCount(tally *graph.Tally) TieCount {
	c, q := counted(tally)
	return TieCount{c.Events, c.Publishers, q.Cooperation(), q.Conflict()}
}

// judge names the change and tests it, with the periods' totals.
func (t *TieChange) judge(before, after int) {
	t.P = rateTest(t.After.Events, t.Before.Events, float64(after), float64(before))
	if t.Before.Events > 0 && after > 0 {
		ratio := significant(float64(t.After.Events) / float64(after) * float64(before) / float64(t.Before.Events))
		t.Ratio = &ratio
	}
	balance := func(c TieCount) int { return c.Cooperation - c.Conflict }
	switch rate := t.After.Events*before - t.Before.Events*after; {
	case t.Before.Events == 0:
		t.Change = TieNew
	case t.After.Events == 0:
		t.Change = TieLost
	case balance(t.Before) > 0 && balance(t.After) < 0, balance(t.Before) < 0 && balance(t.After) > 0:
		t.Change = TieFlipped
		t.P = mixTest(t.Before.Cooperation, t.Before.Conflict, t.After.Cooperation, t.After.Conflict)
	case rate > 0:
		t.Change = TieStrengthened
	case rate < 0:
		t.Change = TieWeakened
	default:
		t.Change = TieSame
	}
	t.P = significant(t.P)
}

// size is how much a tie changed, for the order of a list.
func (t *TieChange) size() int {
	return int(math.Abs(float64(t.After.Events - t.Before.Events)))
}

// adjust corrects the tests for their number.
func (c *Comparison) adjust() {
	var tested []*TieChange
	var p []float64
	testable := map[int]bool{} // by number of events
	for i := range c.Ties {
		t := &c.Ties[i]
		n := t.Before.Events + t.After.Events
		if _, known := testable[n]; !known {
			testable[n] = leastRateTest(n, float64(c.After.Events), float64(c.Before.Events)) <= c.Level
		}
		if testable[n] {
			tested, p = append(tested, t), append(p, t.P)
		}
	}
	c.Tested = len(tested)
	for i, q := range adjusted(p) {
		q = significant(q)
		tested[i].Q, tested[i].Significant = &q, q <= c.Level
	}
}

func (c *Comparison) count() {
	c.ByChange = []ChangeCount{}
	for _, change := range Changes {
		n := ChangeCount{Change: change}
		for i := range c.Ties {
			if c.Ties[i].Change != change {
				continue
			}
			n.Ties++
			if c.Ties[i].Significant {
				n.Significant++
			}
		}
		if n.Ties > 0 {
			c.ByChange = append(c.ByChange, n)
		}
	}
}

// attest finds the names of the actors and the evidence.
func (t *TieChange) attest(r Reader, o *CompareOptions) (err error) {
	if t.A, err = nameOf(r, t.A.ID); err != nil {
		return err
	}
	if t.B, err = nameOf(r, t.B.ID); err != nil {
		return err
	}
	period := o.After
	if t.Change == TieLost {
		period = o.Before
	}
	t.Evidence, err = o.Filter.bestOf(r.EventsBetween(t.A.ID, t.B.ID), func(e *graph.Event) bool { return period.holds(e.Date) })
	return err
}

// bestOf returns the best of the records that count and that keep keeps, by
// graph.BetterEvidence, or nil.
func (f *Filter) bestOf(events iter.Seq2[graph.Event, error], keep func(*graph.Event) bool) (*graph.Event, error) {
	var best *graph.Event
	for e, err := range f.among(events) {
		if err != nil {
			return nil, err
		}
		if keep(&e) && (best == nil || graph.BetterEvidence(e, *best)) {
			best = &e
		}
	}
	return best, nil
}
