package graph

import (
	"fmt"
	"time"
)

// Date is a day, month or year of the Gregorian calendar in the ISO 8601 form
// of its precision: "2024-04-04", "2024-04", "2024". The empty Date is unknown.
// Dates order as strings; a year sorts before its months, a month before its
// days.
type Date string

var dateLayouts = []string{time.DateOnly, "2006-01", "2006"}

// ParseDate reads a Date of any of the three precisions. The empty string is
// the unknown Date. The error says what was expected.
func ParseDate(s string) (Date, error) {
	if s == "" {
		return "", nil
	}
	for _, layout := range dateLayouts {
		if t, err := time.Parse(layout, s); err == nil && t.Year() > 0 {
			return Date(s), nil
		}
	}
	return "", fmt.Errorf("%q is not a date (want 2024-04-04, 2024-04 or 2024)", s)
}

// DateOf returns the day of t in t's own time zone.
func DateOf(t time.Time) Date { return Date(t.Format(time.DateOnly)) }

// Time returns the first instant of d in UTC, and false where d is unknown or
// malformed.
func (d Date) Time() (time.Time, bool) {
	for _, layout := range dateLayouts {
		if t, err := time.Parse(layout, string(d)); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// Within reports whether d may lie between since and until, both inclusive. An
// empty one sets no bound. Dates are compared in the precision of the coarser:
// "2024" may lie after "2024-06". The unknown date lies within no bounds.
func (d Date) Within(since, until Date) bool {
	if d == "" {
		return since == "" && until == ""
	}
	cut := func(to Date) (Date, Date) {
		n := min(len(d), len(to))
		return d[:n], to[:n]
	}
	if day, since := cut(since); day < since {
		return false
	}
	day, last := cut(until)
	return day <= last
}
