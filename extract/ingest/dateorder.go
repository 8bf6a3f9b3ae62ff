package ingest

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"entente/graph"
)

// DateOrder says how a day in figures is meant: "dmy", "mdy", or "", not known.
type DateOrder string

// The orders of day and month.
const (
	DayFirst   DateOrder = "dmy" // 04/05/2024 is 4 May
	MonthFirst DateOrder = "mdy" // 04/05/2024 is April 5
)

// timeOfDay may follow a day, with its zone; zones say
// nothing here, for the day is that of the zone.
const timeOfDay = `(?:(?:,| -| –| \||,? at|T)?\s*\d{1,2}[:.]\d\d(?:[:.]\d\d(?:\.\d+)?)?\s*(?:[AaPp]\.?[Mm]\.?)?\s*(?:Z|\(?[A-Z]{2,5}\)?|(?:GMT|UTC)?\s?[+-]\d\d?:?(?:\d\d)?)?)?`

// inFigures is a day in figures with the year last.
var inFigures = regexp.MustCompile(`^(\d{1,2})([/.-])(\d{1,2})([/.-])(\d{4})` + timeOfDay + `$`)

// worded is a day whose month is a word, either before the day or after it.
var worded = regexp.MustCompile(`^(?i:(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[.,]?\s+)?` +
	`(?:([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+|(\d{1,2})(?:st|nd|rd|th)?(?:\s+of\s+|[\s-]+)([a-z]{3,9})\.?[,\s-]+))(\d{4})` + timeOfDay + `$`)

// wordedDate reads a day whose month is a word, in more of the ways of writing
// than layouts can list, or returns "".
func wordedDate(s string) graph.Date {
	m := worded.FindStringSubmatch(s)
	if m == nil {
		return ""
	}
	month, day := m[1]+m[4], m[2]+m[3]
	if month == "Sept" || month == "sept" {
		month = "Sep"
	}
	for _, layout := range []string{"January 2 2006", "Jan 2 2006"} {
		if t, err := time.Parse(layout, month+" "+day+" "+m[5]); err == nil && plausibleYear(t) {
			return graph.DateOf(t)
		}
	}
	return ""
}

// errTwoDays is why a day in figures is not read.
var errTwoDays = errors.New("means two days")

// parseFigures reads a day in figures with the year last. With dots it is
// day.month.year everywhere; else it is what a figure above 12 makes of it, or
// what order says.
func parseFigures(s string, order DateOrder) (graph.Date, error) {
	dmy, mdy := bothDays(s)
	switch {
	case dmy != "" && (mdy == "" || mdy == dmy || order == DayFirst):
		return dmy, nil
	case mdy != "" && (dmy == "" || order == MonthFirst):
		return mdy, nil
	case dmy != "":
		return "", fmt.Errorf("%q %w, %s or %s", cut(s, 40), errTwoDays, dmy, mdy)
	}
	return "", fmt.Errorf("%q is not a date", cut(s, 40))
}

// bothDays returns what a day in figures means with the day first, and with the
// month first; "" where it cannot be meant so.
func bothDays(s string) (dmy, mdy graph.Date) {
	m := inFigures.FindStringSubmatch(s)
	if m == nil || m[2] != m[4] {
		return "", ""
	}
	day := func(month, day string) graph.Date {
		y, _ := strconv.Atoi(m[5])
		mm, _ := strconv.Atoi(month)
		dd, _ := strconv.Atoi(day)
		t := time.Date(y, time.Month(mm), dd, 0, 0, 0, 0, time.UTC)
		if t.Day() != dd || int(t.Month()) != mm || !plausibleYear(t) {
			return ""
		}
		return graph.DateOf(t)
	}
	if dmy = day(m[3], m[1]); m[2] == "." {
		return dmy, ""
	}
	return dmy, day(m[1], m[3])
}

// dateOrders keep what the days in figures of one input show of their order, by
// the field they stand under: the orders in which one of them can be meant
// alone. Two of them show nothing.
type dateOrders map[string]*struct{ dmy, mdy bool }

// lastName is the name at the end of a path: the same field may be named from
// within a list of articles and from without.
func lastName(field string) string { return field[strings.LastIndexByte(field, '.')+1:] }

// note takes in what a date shows.
func (o dateOrders) note(field, date string) {
	if o == nil {
		return
	}
	dmy, mdy := bothDays(oneLine(date))
	if (dmy == "") == (mdy == "") { // none, or both
		return
	}
	field = lastName(field)
	if o[field] == nil {
		o[field] = &struct{ dmy, mdy bool }{}
	}
	o[field].dmy = o[field].dmy || dmy != ""
	o[field].mdy = o[field].mdy || mdy != ""
}

// dateOrder is the order of the days in figures under a field.
func (o Options) dateOrder(field string) DateOrder {
	shown := o.orders[lastName(field)]
	switch {
	case o.DateOrder != "":
		return o.DateOrder
	case shown == nil || shown.dmy == shown.mdy:
		return ""
	case shown.dmy:
		return DayFirst
	}
	return MonthFirst
}

// lookAhead is how far an input is looked through, in bytes, for a day that
// shows the order of the others. Lists are often by day, so that the first
// twelve days of a month may well fill its beginning.
const lookAhead = 1 << 20

// foresee notes in opts, which are those of one input, what the beginning of in
// shows of the order of days: dates yields those of a head, with their fields. It
// returns the reader to go on with. The head alone is looked at where it has no day in
// doubt, as nearly always.
func foresee(in *bufio.Reader, opts *Options, dates func(head []byte, yield func(field, date string))) *bufio.Reader {
	if opts.DateOrder != "" {
		return in
	}
	doubt := ""
	note := func(field, date string) {
		opts.orders.note(field, date)
		if dmy, mdy := bothDays(oneLine(date)); dmy != "" && mdy != "" && dmy != mdy {
			doubt = field
		}
	}
	opts.orders = dateOrders{}
	head, _ := in.Peek(headLen)
	dates(head, note)
	if doubt == "" || opts.dateOrder(doubt) != "" {
		return in
	}
	in = bufio.NewReaderSize(in, lookAhead)
	head, _ = in.Peek(lookAhead)
	dates(head, note)
	return in
}

// memberInFigures is a member of a JSON object that is a day in figures.
var memberInFigures = regexp.MustCompile(`"([^"\\]{1,60})"\s*:\s*"(\d{1,2}[/-]\d{1,2}[/-]\d{4}[^"\\]{0,30})"`)

// datesInJSON yields the days in figures of a head of JSON.
func datesInJSON(opts Options) func(head []byte, yield func(field, date string)) {
	names := opts.names("published")
	return func(head []byte, yield func(field, date string)) {
		for _, m := range memberInFigures.FindAllSubmatch(head, -1) {
			member := strings.ToLower(string(m[1]))
			for _, name := range names {
				if name == member || strings.HasSuffix(name, "."+member) {
					yield(name, string(m[2]))
				}
			}
		}
	}
}

// datesInTable yields the dates of a head of a table. Its last row may be cut
// off; what is left of a date is none then.
func datesInTable(comma rune, opts Options) func(head []byte, yield func(field, date string)) {
	return func(head []byte, yield func(field, date string)) {
		rows := newRows(Source{}, bufio.NewReader(bytes.NewReader(head)), comma, Options{}.withDefaults())
		row, err := rows.next()
		if err != nil {
			return
		}
		header, c, data := layout(row, opts)
		for ; err == nil; row, err = rows.next() {
			if date, at := c.of("published", row); at >= 0 && at < len(header) && data {
				yield(header[at], date)
			}
			data = true
		}
	}
}
