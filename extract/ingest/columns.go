package ingest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// columnNames brings the names of columns to the form of textNames and its like:
// "Publication Date" is "publication_date".
func columnNames(header []string) []string {
	out := make([]string, len(header))
	for i, name := range header {
		name = strings.ToLower(oneLine(strings.ToValidUTF8(name, "\uFFFD")))
		out[i] = strings.NewReplacer(" ", "_", "-", "_").Replace(name)
	}
	return out
}

// columnPlaces are the places of an article's fields in a row, the most fitting
// first.
type columnPlaces map[string][]int

func findColumns(header []string, opts Options) columnPlaces {
	names, c := columnNames(header), columnPlaces{}
	for _, field := range FieldNames {
		for _, name := range columnNames(opts.names(field)) {
			if i := slices.Index(names, name); i >= 0 {
				c[field] = append(c[field], i)
			}
		}
		if n := columnNumber(opts.Map[field]); c[field] == nil && 1 <= n && n <= len(header) {
			c[field] = []int{n - 1}
		}
	}
	return c
}

// columnNumber returns the number, from 1, that a name of Options.Map is, or 0.
func columnNumber(name string) int {
	n, err := strconv.Atoi(name)
	if err != nil {
		return 0
	}
	return n
}

// layout finds the columns of a table by its first row. Where the columns are
// given by number and the row names none that is known, the table has no header:
// the row is data, and columns are called by their numbers.
func layout(first []string, opts Options) (header []string, c columnPlaces, data bool) {
	header, c = slices.Clone(first), findColumns(first, opts)
	data = len(opts.Map) > 0 && len(findColumns(first, Options{})) == 0
	for _, name := range opts.Map {
		data = data && columnNumber(name) > 0 && !slices.Contains(first, name)
	}
	if data {
		for i := range header {
			header[i] = fmt.Sprintf("column %d", i+1)
		}
	}
	return header, c, data
}

// noHeader tells by the first row of a table, in which no column is known, that
// it is data: it has a day or a long text. It returns how to name the columns by
// number then, or "".
func noHeader(first []string) string {
	const long = 60 // bytes, more than the name of a column has
	text, day := -1, -1
	for i, field := range first {
		dmy, mdy := bothDays(oneLine(field))
		switch {
		case dmy != "" || mdy != "" || len(field) >= len(time.DateOnly) && isDate(field):
			if day < 0 {
				day = i
			}
		case webAddress(field) == "" && (text < 0 || len(field) > len(first[text])):
			text = i
		}
	}
	if text < 0 || day < 0 && len(first[text]) <= long {
		return ""
	}
	if day < 0 {
		return fmt.Sprintf("--map text=%d", text+1)
	}
	return fmt.Sprintf("--map text=%d,published=%d", text+1, day+1)
}

// of returns the first value of a field in row that is not blank, and the place
// of its column.
func (c columnPlaces) of(field string, row []string) (string, int) {
	for _, i := range c[field] {
		if i < len(row) && strings.TrimSpace(row[i]) != "" {
			return row[i], i
		}
	}
	return "", -1
}

// eventTable recognises the tables of GDELT (events, mentions, knowledge
// graph), which have tabs, no header, and ids and dates in their first columns.
func eventTable(head []byte) bool {
	f := strings.Split(string(firstLine(head)), "\t")
	figures := func(i, least, most int) bool {
		return len(f[i]) >= least && len(f[i]) <= most && strings.Trim(f[i], "0123456789") == ""
	}
	switch {
	case len(f) >= 57 && len(f) <= 61:
		return figures(0, 1, 12) && figures(1, 8, 8) && figures(2, 6, 6)
	case len(f) == 16:
		return figures(0, 1, 12) && figures(1, 14, 14) && figures(2, 14, 14)
	case len(f) == 27 || len(f) == 11:
		return len(f[0]) > 8 && strings.Trim(f[0][:8], "0123456789") == ""
	}
	return false
}
