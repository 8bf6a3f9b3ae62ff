package graph

import (
	"cmp"
	"math"
	"slices"
)

// Counts are the numbers of a set of event records. Distinct events, mentions
// and publishers are three numbers and never stand in for one another.
type Counts struct {
	Events     int `json:"events"`     // distinct by Event.Identity
	Mentions   int `json:"mentions"`   // records and their copies: one act reported twice has two
	Publishers int `json:"publishers"` // distinct; an unnamed publisher is none
	// First and Last are the earliest and latest known Event.Date, or "".
	First Date `json:"first"`
	Last  Date `json:"last"`
	// Goldstein is the sum over the distinct events, rounded to six decimals.
	// An event whose records disagree has the value of the record with the
	// highest confidence, the lowest value where those tie.
	Goldstein float64 `json:"goldstein"`
}

// Tally counts event records. The result does not depend on the order in which
// they are added. The zero Tally is empty and ready for use. It holds about
// 170 bytes a record and no quotes.
type Tally struct {
	records []tallied
	sorted  bool
}

// tallied is what a Tally keeps of one record.
type tallied struct {
	id         Identity
	publisher  string
	copies     []Copy
	quad       int
	goldstein  float64
	confidence float64
}

// Add counts e.
func (t *Tally) Add(e *Event) {
	t.records = append(t.records, tallied{e.Identity(), e.Publisher, e.Copies, e.Quad, e.Goldstein, e.Confidence})
	t.sorted = false
}

// Counts returns the numbers of what was added so far.
func (t *Tally) Counts() Counts {
	var c Counts
	publishers := map[string]bool{}
	for _, r := range t.records {
		c.Mentions += 1 + len(r.copies)
		publishers[r.publisher] = true
		for _, copy := range r.copies {
			publishers[copy.Publisher] = true
		}
	}
	delete(publishers, "")
	c.Publishers = len(publishers)
	for r := range t.distinct {
		c.Events++
		c.Goldstein += r.goldstein
		d := r.id.Date
		if d == "" {
			continue
		}
		if c.First == "" || d < c.First {
			c.First = d
		}
		c.Last = max(c.Last, d)
	}
	c.Goldstein = math.Round(c.Goldstein*1e6) / 1e6
	return c
}

// Quads returns the number of distinct events of each quad class, 1 to 4, and
// at index 0 of those that have none.
func (t *Tally) Quads() [5]int {
	var n [5]int
	for r := range t.distinct {
		if r.quad > 0 && r.quad < len(n) {
			n[r.quad]++
		} else {
			n[0]++
		}
	}
	return n
}

// distinct yields the best record of each distinct event, in a fixed order so
// that sums of floating-point numbers come out equal.
func (t *Tally) distinct(yield func(tallied) bool) {
	if !t.sorted {
		slices.SortFunc(t.records, compareTallied)
		t.sorted = true
	}
	for i, r := range t.records {
		if i > 0 && r.id == t.records[i-1].id {
			continue
		}
		if !yield(r) {
			return
		}
	}
}

func compareTallied(a, b tallied) int {
	return cmp.Or(
		compareIdentities(a.id, b.id),
		cmp.Compare(b.confidence, a.confidence),
		cmp.Compare(a.goldstein, b.goldstein),
		cmp.Compare(a.quad, b.quad),
	)
}

func compareIdentities(a, b Identity) int {
	return cmp.Or(
		cmp.Compare(a.Source, b.Source),
		cmp.Compare(a.Target, b.Target),
		cmp.Compare(a.Category, b.Category),
		cmp.Compare(a.Predicate, b.Predicate),
		cmp.Compare(a.Status, b.Status),
		cmp.Compare(a.Date, b.Date),
	)
}

// CompareEvents orders events by date, unknown dates first, then by article,
// by place in the article, and by what they say: a fixed order whatever order
// the events come in.
func CompareEvents(a, b Event) int {
	return cmp.Or(
		cmp.Compare(a.Date, b.Date),
		cmp.Compare(a.Article, b.Article),
		cmp.Compare(a.Sentence, b.Sentence),
		cmp.Compare(a.Span.Start, b.Span.Start),
		cmp.Compare(a.Span.End, b.Span.End),
		compareIdentities(a.Identity(), b.Identity()),
		// The source as written tells the two readings of a symmetric event apart.
		cmp.Compare(a.Source.ID, b.Source.ID),
		cmp.Compare(a.Published, b.Published),
		cmp.Compare(a.Publisher, b.Publisher),
		cmp.Compare(a.Quote, b.Quote),
		cmp.Compare(a.Rule, b.Rule),
		cmp.Compare(b.Confidence, a.Confidence),
	)
}
