package ingest

import (
	"slices"
	"strings"
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
	}
	return c
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
