package ingest

import (
	"strconv"
	"strings"
	"time"

	"entente/graph"
)

// dayLayouts are the forms of a day that inputs use. figures reads a day that
// is written with figures alone in another order than year-month-day.
var dayLayouts = []string{
	time.DateOnly, "2006/01/02", "20060102", "20060102150405", "20060102T150405Z",
	"January 2, 2006", "January 2 2006", "Jan 2, 2006", "2 January 2006", "2 Jan 2006",
	"Monday, January 2, 2006", "Monday, 2 January 2006", "Monday 2 January 2006",
	"January 2, 2006 3:04 PM", "January 2, 2006 15:04",
}

// clockLayouts are a day with a time and perhaps a zone. Go's parser takes a
// fraction of a second after any of them.
var clockLayouts = []string{
	time.RFC3339, "2006-01-02T15:04:05-0700", "2006-01-02T15:04:05", "2006-01-02T15:04Z07:00", "2006-01-02T15:04",
	time.DateTime, "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05 MST",
	"2006-01-02 15:04:05 -0700 MST", "2006-01-02 15:04", "2006/01/02 15:04:05",
	"Mon, 2 Jan 2006 15:04:05 MST", "Mon, 2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04 MST", "Mon, 2 Jan 2006 15:04 -0700",
	"2 Jan 2006 15:04:05 MST", "2 Jan 2006 15:04:05 -0700", "Monday, 02-Jan-06 15:04:05 MST", time.ANSIC, time.UnixDate,
}

// parseDate reads the publication date of an article in any usual form, or as
// seconds (9 to 11 figures) or milliseconds (12 or 13 figures) since 1970. The
// day is that of the zone the date names; UTC for seconds since 1970. order is
// that of a day in figures which means two days; where it is not known, the
// error is errTwoDays.
func parseDate(s string, order DateOrder) (graph.Date, error) {
	s = oneLine(s)
	if d, err := graph.ParseDate(s); err == nil && s != "" && len(s) < len(time.DateOnly) && s >= "1000" {
		return d, nil // a month or a year
	}
	for _, layouts := range [][]string{dayLayouts, clockLayouts} {
		for _, layout := range layouts {
			if t, err := time.Parse(layout, s); err == nil && plausibleYear(t) {
				return graph.DateOf(t), nil
			}
		}
	}
	if t, ok := epoch(s); ok {
		return graph.DateOf(t), nil
	}
	if d := wordedDate(s); d != "" {
		return d, nil
	}
	return parseFigures(s, order)
}

func isDate(s string) bool {
	_, err := parseDate(s, "")
	return err == nil
}

// plausibleYear refuses the year 1, which programs write for "no date".
func plausibleYear(t time.Time) bool { return t.Year() >= 1000 }

// epoch reads seconds or milliseconds since 1970.
func epoch(s string) (time.Time, bool) {
	whole, _, _ := strings.Cut(s, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if _, ferr := strconv.ParseFloat(s, 64); err != nil || ferr != nil || n <= 0 {
		return time.Time{}, false
	}
	switch digits := len(whole); {
	case 9 <= digits && digits <= 11:
		return time.Unix(n, 0).UTC(), true
	case 12 <= digits && digits <= 13:
		return time.UnixMilli(n).UTC(), true
	}
	return time.Time{}, false
}
