package queries

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"entente/graph"
)

// Period is a stretch of days, both ends included. An empty end is open.
type Period struct {
	Since graph.Date `json:"since"`
	Until graph.Date `json:"until"`
}

// holds reports whether an event of that date surely happened within p: one
// dated "2024" did not within 2024-06.
func (p Period) holds(d graph.Date) bool {
	begin, end, ok := days(d)
	if !ok {
		return false
	}
	from, _, since := days(p.Since)
	_, to, until := days(p.Until)
	return (!since || !begin.Before(from)) && (!until || !end.After(to))
}

// overlaps reports whether p and q have a day in common.
func (p Period) overlaps(q Period) bool {
	after := func(since, until graph.Date) bool {
		from, _, ok := days(since)
		_, to, bounded := days(until)
		return ok && bounded && from.After(to)
	}
	return !after(p.Since, q.Until) && !after(q.Since, p.Until)
}

// String returns p as ParseStretch reads it.
func (p Period) String() string {
	if p.Since == p.Until {
		return string(p.Since)
	}
	return string(p.Since) + ".." + string(p.Until)
}

// days returns the first and the last day that d stands for.
func days(d graph.Date) (first, last time.Time, ok bool) {
	first, ok = d.Time()
	if !ok {
		return first, first, false
	}
	switch len(d) {
	case len("2006"):
		return first, first.AddDate(1, 0, -1), true
	case len("2006-01"):
		return first, first.AddDate(0, 1, -1), true
	}
	return first, first, true
}

// Stretch is a period as a person types it, perhaps one that is told from the
// newest event of a store.
type Stretch struct {
	period   Period
	back     int    // units before the newest day; 0 is none, and period holds
	unit     string // day, week, month or year
	previous bool   // the stretch before that one
}

const wantPeriod = `want 2024, 2024-03, 2024-03-05, 2024-03..2024-05, "last 30 days", "last month" or "previous 6 months"`

// ParseStretch reads a period: a date of any precision, two of them with ".."
// between (either may be missing), or "last" or "previous" with a number, which
// may be left out for 1, and days, weeks, months or years.
func ParseStretch(typed string) (Stretch, error) {
	words := strings.Fields(strings.ToLower(typed))
	if len(words) > 1 && (words[0] == "last" || words[0] == "previous") {
		return parseRelative(typed, words)
	}
	since, until, isRange := strings.Cut(strings.TrimSpace(typed), "..")
	if !isRange {
		until = since
	}
	p := Period{graph.Date(since), graph.Date(until)}
	for _, d := range []string{since, until} {
		if _, err := graph.ParseDate(d); err != nil || since+until == "" {
			return Stretch{}, fmt.Errorf("%q is not a period (%s)", typed, wantPeriod)
		}
	}
	if from, _, ok := days(p.Since); ok {
		if _, to, ok := days(p.Until); ok && from.After(to) {
			return Stretch{}, fmt.Errorf("%q ends before it begins", typed)
		}
	}
	return Stretch{period: p}, nil
}

func parseRelative(typed string, words []string) (Stretch, error) {
	s := Stretch{back: 1, unit: strings.TrimSuffix(words[len(words)-1], "s"), previous: words[0] == "previous"}
	ok := len(words) <= 3
	if len(words) == 3 {
		n, err := strconv.Atoi(words[1])
		s.back, ok = n, err == nil && n > 0 && n <= 10_000
	}
	switch s.unit {
	case "day", "week", "month", "year":
	default:
		ok = false
	}
	if !ok {
		return Stretch{}, fmt.Errorf("%q is not a period (%s)", typed, wantPeriod)
	}
	return s, nil
}

// Relative reports whether s is told from the newest event.
func (s Stretch) Relative() bool { return s.back > 0 }

// At returns the period, told from the newest day where s is relative: "last 30
// days" are the 30 that end with it.
func (s Stretch) At(newest graph.Date) (Period, error) {
	if !s.Relative() {
		return s.period, nil
	}
	_, last, ok := days(newest)
	if !ok {
		return Period{}, fmt.Errorf("no event has a date that the last %d %ss could be told from", s.back, s.unit)
	}
	since, until := s.before(last, 1), last
	if s.previous {
		since, until = s.before(last, 2), since
	}
	return Period{graph.DateOf(since.AddDate(0, 0, 1)), graph.DateOf(until)}, nil
}

// before returns the day that lies so many times the stretch before t. Of a
// month that has no such day it is the last one.
func (s Stretch) before(t time.Time, times int) time.Time {
	back := times * s.back
	switch s.unit {
	case "day":
		return t.AddDate(0, 0, -back)
	case "week":
		return t.AddDate(0, 0, -7*back)
	case "year":
		back *= 12
	}
	begin := time.Date(t.Year(), t.Month()-time.Month(back), 1, 0, 0, 0, 0, time.UTC)
	end := begin.AddDate(0, 1, -1)
	return begin.AddDate(0, 0, min(t.Day(), end.Day())-1)
}

// DateIndex is a Reader that knows its newest day without reading all events.
type DateIndex interface {
	// NewestDay returns what the function NewestDay does.
	NewestDay() (graph.Date, error)
}

// NewestDay returns the latest day of an asserted event that is dated to the
// day and not after its article was published, or "". Unless r is a DateIndex
// it reads all events.
func NewestDay(r Reader) (graph.Date, error) {
	if index, ok := r.(DateIndex); ok {
		return index.NewestDay()
	}
	var newest graph.Date
	for e, err := range r.Events() {
		if err != nil {
			return "", fmt.Errorf("look for the newest event: %w", err)
		}
		if e.Status == graph.Asserted && len(e.Date) == len(time.DateOnly) && (e.Published == "" || e.Date <= e.Published) {
			newest = max(newest, e.Date)
		}
	}
	return newest, nil
}
