// Package csv writes the pair of tables that Gephi, spreadsheets and data frames
// read: nodes.csv and edges.csv, RFC 4180 with a header, UTF-8, lines ended by a
// line feed.
package csv

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"entente/graph"
	"entente/graph/encoding"
)

var (
	nodeHeader = []string{"Id", "Label", "Type", "Country", "Mentions"}
	edgeHeader = []string{"Source", "Target", "Type", "Id", "Label", "Weight", "Category", "Quad", "Events", "Mentions", "Publishers",
		"First", "Last", "Goldstein", "Quote", "Article", "Publisher", "Published"}
)

// Write writes nodes.csv, a row for each actor, and edges.csv, a row for each
// relation with the number of distinct events as its weight and its best
// evidence. The ids of edges count from 1 and are those of this file alone.
//
// Text is in one line. Where it begins with =, +, - or @, which a spreadsheet
// takes for a formula, an apostrophe stands before it; ids are guarded alike in
// both files, numbers never. A line break or tab at the beginning, which some
// spreadsheets skip, is gone.
func Write(create func(name string) (io.WriteCloser, error), g *encoding.Graph) error {
	if err := table(create, "nodes.csv", nodeHeader, func(row func(...string) error) error { return nodes(row, g) }); err != nil {
		return err
	}
	return table(create, "edges.csv", edgeHeader, func(row func(...string) error) error { return edges(row, g) })
}

func table(create func(name string) (io.WriteCloser, error), name string, header []string, rows func(row func(...string) error) error) error {
	return encoding.WriteFile(create, name, func(w io.Writer) error {
		cw := csv.NewWriter(w)
		row := func(cells ...string) error { return cw.Write(cells) }
		if err := row(header...); err != nil {
			return err
		}
		if err := rows(row); err != nil {
			return err
		}
		cw.Flush()
		return cw.Error()
	})
}

func nodes(row func(...string) error, g *encoding.Graph) error {
	for a, err := range g.Actors {
		if err != nil {
			return err
		}
		if err := row(id(a.ID), text(a.Name), text(string(a.Type)), text(a.Country), text(strings.Join(a.Mentions, "; "))); err != nil {
			return err
		}
	}
	return nil
}

func edges(row func(...string) error, g *encoding.Graph) error {
	for i, r := range g.Relations {
		kind := "Directed"
		if r.Symmetric {
			kind = "Undirected"
		}
		var e graph.Event
		if r.Evidence != nil {
			e = *r.Evidence
		}
		err := row(id(r.Source), id(r.Target), kind, strconv.Itoa(i+1), text(r.Predicate), strconv.Itoa(r.Events), text(r.Category),
			strconv.Itoa(r.Quad), strconv.Itoa(r.Events), strconv.Itoa(r.Mentions), strconv.Itoa(r.Publishers), text(string(r.First)), text(string(r.Last)),
			strconv.FormatFloat(r.Goldstein, 'f', -1, 64), text(e.Quote), text(e.Article), text(e.Publisher), text(string(e.Published)))
		if err != nil {
			return err
		}
	}
	return nil
}

func id(a graph.ActorID) string { return text(string(a)) }

// text returns s in one line and guarded against formulas.
func text(s string) string {
	s = encoding.Line(s)
	if s != "" && strings.ContainsRune("=+-@", rune(s[0])) {
		return "'" + s
	}
	return s
}
