package neo4j

import (
	"io"
	"maps"
	"slices"
	"strings"

	"entente/graph"
	"entente/graph/encoding"
)

// batchSize is how many rows one statement has: a transaction each.
const batchSize = 1000

// batches gathers rows by label or type, which cannot be parameters in Cypher,
// and writes a statement whenever one has enough of them.
type batches struct {
	w         io.Writer
	statement func(kind string) string // what is done with each row
	rows      map[string][]string
}

func (b *batches) add(kind, row string) error {
	b.rows[kind] = append(b.rows[kind], row)
	if len(b.rows[kind]) < batchSize {
		return nil
	}
	return b.flush(kind)
}

func (b *batches) flush(kind string) error {
	_, err := io.WriteString(b.w, "UNWIND [\n  "+strings.Join(b.rows[kind], ",\n  ")+"\n] AS row\n"+b.statement(kind)+";\n")
	delete(b.rows, kind)
	return err
}

func (b *batches) flushAll() error {
	for _, kind := range slices.Sorted(maps.Keys(b.rows)) {
		if err := b.flush(kind); err != nil {
			return err
		}
	}
	return nil
}

func script(w io.Writer, g *encoding.Graph) error {
	if _, err := io.WriteString(w, "CREATE CONSTRAINT actor_id IF NOT EXISTS FOR (a:Actor) REQUIRE a.id IS UNIQUE;\n"); err != nil {
		return err
	}
	nodes := &batches{w, func(kind string) string { return "MERGE (a:Actor {id: row.id}) SET a:" + kind + ", a += row" }, map[string][]string{}}
	for a, err := range g.Actors {
		if err != nil {
			return err
		}
		if err := nodes.add(label(a.Type), nodeMap(a)); err != nil {
			return err
		}
	}
	if err := nodes.flushAll(); err != nil {
		return err
	}
	facts := &batches{w, func(kind string) string {
		return "MATCH (s:Actor {id: row.s}) MATCH (t:Actor {id: row.t})\nMERGE (s)-[f:" + kind + " {id: row.f.id}]->(t) SET f += row.f"
	}, map[string][]string{}}
	for x, err := range g.Facts {
		if err != nil {
			return err
		}
		if err := facts.add(relationshipType(&x.Event), factMap(x)); err != nil {
			return err
		}
	}
	return facts.flushAll()
}

func nodeMap(a graph.Actor) string {
	list := mentions(a)
	for i, m := range list {
		list[i] = literal(m)
	}
	cells := nodeCells(a)
	return "{id: " + literal(cells[0]) + ", name: " + literal(cells[1]) + ", kind: " + literal(cells[2]) + ", country: " + literal(cells[3]) +
		", mentions: [" + strings.Join(list, ", ") + "]}"
}

// factMap has the cells of the table as properties; an empty one is left out.
func factMap(x encoding.Fact) string {
	cells := factCells(x)
	var properties []string
	for i := 3; i < len(cells); i++ { // after both ends and the type
		if cells[i] == "" {
			continue
		}
		name, kind, _ := strings.Cut(factColumns[i], ":")
		value := cells[i]
		switch kind {
		case "":
			value = literal(value)
		case "date":
			value = "date(" + literal(value) + ")"
		}
		properties = append(properties, name+": "+value)
	}
	return "{s: " + literal(cells[0]) + ", t: " + literal(cells[1]) + ", f: {" + strings.Join(properties, ", ") + "}}"
}

// literal returns s as a string of Cypher. Older versions decode \uXXXX before
// they look at quotes, and do so after an escaped backslash too: a u that
// follows a backslash is therefore written as an escape itself.
func literal(s string) string {
	var b strings.Builder
	b.WriteByte('\'')
	afterBackslash := false
	for _, r := range s {
		switch {
		case r == '\\':
			b.WriteString(`\\`)
		case r == '\'':
			b.WriteString(`\'`)
		case r == 'u' && afterBackslash:
			b.WriteString(`\u0075`)
		default:
			b.WriteRune(r)
		}
		afterBackslash = r == '\\'
	}
	b.WriteByte('\'')
	return b.String()
}
