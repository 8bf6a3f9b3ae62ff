package parquet

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/parquet-go/parquet-go"

	"entente/graph"
	"entente/graph/encoding"
	"entente/graph/encoding/encodingtest"
)

// The reader goes by the names of columns in the file, not by the rows' types.
func records(b []byte) (rows []map[string]any, err error) {
	f, err := parquet.OpenFile(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, err
	}
	r := parquet.NewReader(f)
	for range f.NumRows() {
		row := map[string]any{}
		if err := r.Read(&row); err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, r.Close()
}

func parse(b []byte) (p encodingtest.Parsed, err error) {
	files, err := encodingtest.Unpack(b)
	if err != nil {
		return p, err
	}
	p.Names = map[graph.ActorID]string{}
	actors, err := records(files["actors.parquet"])
	if err != nil {
		return p, err
	}
	for _, a := range actors {
		p.Names[graph.ActorID(str(a["id"]))] = str(a["name"])
	}
	events, err := records(files["events.parquet"])
	if err != nil {
		return p, err
	}
	evidence, err := records(files["evidence.parquet"])
	if err != nil {
		return p, err
	}
	if len(evidence) != len(events) {
		return p, fmt.Errorf("%d events, %d of evidence", len(events), len(evidence))
	}
	for i, e := range events {
		if str(e["id"]) != str(evidence[i]["event"]) {
			return p, fmt.Errorf("the evidence of %v is of %v", e["id"], evidence[i]["event"])
		}
		p.Edges = append(p.Edges, encodingtest.Edge{Source: graph.ActorID(str(e["source"])), Target: graph.ActorID(str(e["target"])), Predicate: str(e["predicate"]), Events: 1})
	}
	return p, nil
}

func str(v any) string {
	if b, ok := v.([]byte); ok {
		return string(b)
	}
	s, _ := v.(string)
	return s
}

func TestContract(t *testing.T) {
	encodingtest.Run(t, encodingtest.Format{Write: encodingtest.Pack(Write), Read: parse, Facts: true})
}

// A change of the schema breaks what others have built on it.
func TestSchema(t *testing.T) {
	want := map[string]string{
		"actors.parquet":   "[id name type country mentions]",
		"events.parquet":   "[id source target predicate symmetric plover mode cameo quad goldstein status attributed_to date day date_basis place place_country]",
		"evidence.parquet": "[event article url title publisher published sentence start end quote source_mention target_mention rule confidence coder copies]",
	}
	for name, b := range encodingtest.Files(t, encodingtest.Sample(), Write) {
		f, err := parquet.OpenFile(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			t.Fatal(err)
		}
		var columns []string
		for _, c := range f.Schema().Fields() {
			columns = append(columns, c.Name())
		}
		if got := fmt.Sprint(columns); got != want[name] {
			t.Errorf("%s has the columns %s, want %s", name, got, want[name])
		}
	}
}

func TestCells(t *testing.T) {
	files := encodingtest.Files(t, encodingtest.Sample(), Write)
	events, err := parquet.Read[Event](bytes.NewReader(files["events.parquet"]), int64(len(files["events.parquet"])))
	if err != nil {
		t.Fatal(err)
	}
	i := 0
	for x := range encodingtest.Sample().Facts {
		e := events[i]
		i++
		if e.ID != x.ID || e.CAMEO != x.Event.CAMEO || e.Status != string(x.Event.Status) || e.Goldstein != x.Event.Goldstein || e.Date != string(x.Event.Date) {
			t.Errorf("row %d is %+v, want what is in %+v", i, e, x.Event)
		}
		if vague := len(e.Date) < 10; vague != (e.Day == nil) {
			t.Errorf("row %d: date %q, day %v", i, e.Date, e.Day)
		}
	}
	for date, want := range map[graph.Date]int32{"2024-04-04": 19817, "1970-01-01": 0, "1969-12-31": -1} {
		if got := day(date); got == nil || *got != want {
			t.Errorf("day(%s) = %v, want %d", date, got, want)
		}
	}
}

func TestRowGroups(t *testing.T) {
	const n = rowsPerGroup + 1
	g := &encoding.Graph{
		Actors: func(yield func(graph.Actor, error) bool) {
			for i := range n {
				if !yield(graph.Actor{ID: graph.ActorID(fmt.Sprintf("person:%d", i))}, nil) {
					return
				}
			}
		},
		Facts: func(func(encoding.Fact, error) bool) {},
	}
	b := encodingtest.Files(t, g, Write)["actors.parquet"]
	f, err := parquet.OpenFile(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	if f.NumRows() != n || len(f.RowGroups()) != 2 {
		t.Errorf("%d rows in %d groups, want %d in 2", f.NumRows(), len(f.RowGroups()), n)
	}
}
