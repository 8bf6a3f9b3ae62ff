// Package neo4j writes the tables that neo4j-admin database import reads, and
// the same as a Cypher script for a database that runs.
package neo4j

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"entente/graph"
	"entente/graph/encoding"
)

// Write writes nodes.csv, relationships.csv and import.cypher.
//
// A node is an actor, with the labels Actor and its type (ArmedGroup). A
// relationship is a fact of whatever status, with the PLOVER category as its
// type (NONE for bonds outside PLOVER); its status is a property, so that a
// query has to ask for status = 'asserted' where it means what happened. Dates
// of the precision of the source are strings, and day is set where it is known.
//
// Text is in one line. The tables need no option of the importer:
//
//	neo4j-admin database import full --nodes=nodes.csv --relationships=relationships.csv neo4j
//
// The script has the same content, is safe to run twice (cypher-shell -f
// import.cypher) and, sent as text, is for graphs of some ten thousand facts.
func Write(create func(name string) (io.WriteCloser, error), g *encoding.Graph) error {
	if err := encoding.WriteFile(create, "nodes.csv", func(w io.Writer) error { return table(w, nodeColumns, each(g.Actors, nodeCells)) }); err != nil {
		return err
	}
	if err := encoding.WriteFile(create, "relationships.csv", func(w io.Writer) error { return table(w, factColumns, each(g.Facts, factCells)) }); err != nil {
		return err
	}
	return encoding.WriteFile(create, "import.cypher", func(w io.Writer) error { return script(w, g) })
}

var (
	nodeColumns = []string{"id:ID(Actor)", "name", "kind", "country", "mentions:string[]", ":LABEL"}
	factColumns = []string{":START_ID(Actor)", ":END_ID(Actor)", ":TYPE", "id", "predicate", "mode", "cameo", "quad:int", "goldstein:float",
		"symmetric:boolean", "status", "attributedTo", "date", "day:date", "dateBasis", "published", "publisher", "place", "placeCountry", "article",
		"url", "title", "quote", "confidence:float"}
)

func table(w io.Writer, header []string, rows func(row func([]string) error) error) error {
	cw := csv.NewWriter(w)
	if err := cw.Write(header); err != nil {
		return err
	}
	if err := rows(cw.Write); err != nil {
		return err
	}
	cw.Flush()
	return cw.Error()
}

// each returns what calls row with the cells of each element of seq.
func each[T any](seq func(yield func(T, error) bool), cells func(T) []string) func(row func([]string) error) error {
	return func(row func([]string) error) error {
		for v, err := range seq {
			if err != nil {
				return err
			}
			if err := row(cells(v)); err != nil {
				return err
			}
		}
		return nil
	}
}

func nodeCells(a graph.Actor) []string {
	return []string{id(a.ID), encoding.Line(a.Name), string(a.Type), encoding.Line(a.Country), strings.Join(mentions(a), ";"), "Actor;" + label(a.Type)}
}

func factCells(x encoding.Fact) []string {
	e := &x.Event
	cells := []string{id(e.Source.ID), id(e.Target.ID), relationshipType(e), x.ID, e.Predicate, e.Mode, e.CAMEO, strconv.Itoa(e.Quad), number(e.Goldstein),
		strconv.FormatBool(e.Symmetric), string(e.Status), attributed(e), string(e.Date), day(e.Date), string(e.DateBasis), string(e.Published), e.Publisher,
		place(e).Name, place(e).Country, e.Article, x.Article.URL, x.Article.Title, e.Quote, number(e.Confidence)}
	for i, c := range cells {
		cells[i] = encoding.Line(c)
	}
	return cells
}

func id(a graph.ActorID) string { return encoding.Line(string(a)) }

func number(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// mentions returns the surface forms of a; the semicolon, which parts them in
// the table, is a comma in them.
func mentions(a graph.Actor) []string {
	list := make([]string, len(a.Mentions))
	for i, m := range a.Mentions {
		list[i] = strings.ReplaceAll(encoding.Line(m), ";", ",")
	}
	return list
}

// label returns the type as Neo4j writes labels: armed-group is ArmedGroup.
func label(t graph.ActorType) string {
	switch t {
	case graph.IGO, graph.NGO:
		return strings.ToUpper(string(t))
	}
	var b strings.Builder
	for _, word := range strings.FieldsFunc(string(t), notLetter) {
		b.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	if b.Len() == 0 {
		return "Other"
	}
	return b.String()
}

func relationshipType(e *graph.Event) string {
	if t := strings.Join(strings.FieldsFunc(e.Category, notLetter), "_"); t != "" {
		return t
	}
	return graph.NoCategory
}

// notLetter keeps labels and types to what needs no quoting.
func notLetter(r rune) bool { return (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') }

// day returns d where it is a whole day, as the importer's date type needs it.
func day(d graph.Date) string {
	if len(d) == len("2024-04-04") {
		return string(d)
	}
	return ""
}

func attributed(e *graph.Event) string {
	if e.AttributedTo == nil {
		return ""
	}
	return string(e.AttributedTo.ID)
}

func place(e *graph.Event) graph.Place {
	if e.Place == nil {
		return graph.Place{}
	}
	return *e.Place
}
