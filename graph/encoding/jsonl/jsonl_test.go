package jsonl_test

import (
	"bytes"
	"errors"
	"io"
	"math"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"

	"entente/graph"
	"entente/graph/encoding/jsonl"
)

var (
	macron = graph.ActorRef{ID: "person:emmanuel-macron", Name: "Emmanuel Macron", Mention: "President Emmanuel Macron", Type: graph.Person, Country: "FRA"}
	russia = graph.ActorRef{ID: "state:RUS", Name: "Russia", Mention: "Russia", Type: graph.State, Country: "RUS"}
)

func record() graph.Record {
	return graph.Record{
		Article: graph.Article{ID: "a1", Published: "2024-04-05"},
		Actors: []graph.Actor{
			{ID: "state:RUS", Name: "Russia", Type: graph.State, Country: "RUS", Mentions: []string{"Moscow", "Russia"}},
			{ID: "person:emmanuel-macron", Name: "Emmanuel Macron", Type: graph.Person, Country: "FRA"},
		},
		Events: []graph.Event{
			{Article: "a1", Source: macron, Predicate: "condemn", Target: russia, Category: "ACCUSE", Mode: "disapprove",
				CAMEO: "111", Quad: 3, Goldstein: -2, Status: graph.Asserted, Date: "2024-04-04", DateBasis: graph.DateFromText,
				Published: "2024-04-05", Provenance: graph.Provenance{Span: graph.Span{Start: 0, End: 98},
					Quote: "“<b>Macron</b> & co” condemned\nRussia \"again\".\u2028", Rule: "nsubj-obj", Confidence: 0.93, Coder: "1"}},
			{Article: "a1", Source: russia, Predicate: "meet", Target: macron, Symmetric: true, Category: "CONSULT", Quad: 1,
				Goldstein: 2.2, Status: graph.Planned, AttributedTo: &macron, Published: "2024-04-05", Publisher: "Example Post",
				Place: &graph.Place{Name: "Paris", Country: "FRA"}, Provenance: graph.Provenance{Sentence: 3, Span: graph.Span{Start: 200, End: 210}}},
		},
		Affiliations: []graph.Affiliation{{Article: "a1", Published: "2024-04-05", Person: graph.NameRef{ID: "person:sebastien-lecornu", Name: "Sébastien Lecornu"},
			Role: "defence minister", Org: graph.NameRef{ID: "state:FRA", Name: "France"}, Sentence: 2, Span: graph.Span{Start: 100, End: 120}, Quote: "Lecornu, the defence minister."}},
	}
}

const want = `{"article":"a1","source":{"id":"person:emmanuel-macron","name":"Emmanuel Macron","mention":"President Emmanuel Macron","type":"person","country":"FRA"},"predicate":"condemn","target":{"id":"state:RUS","name":"Russia","mention":"Russia","type":"state","country":"RUS"},"plover":"ACCUSE","mode":"disapprove","cameo":"111","quad":3,"goldstein":-2,"status":"asserted","attributed_to":null,"date":"2024-04-04","date_basis":"text","published":"2024-04-05","place":null,"sentence":0,"span":[0,98],"quote":"“<b>Macron</b> & co” condemned\nRussia \"again\".\u2028","rule":"nsubj-obj","confidence":0.93,"coder":"1"}
{"article":"a1","source":{"id":"state:RUS","name":"Russia","mention":"Russia","type":"state","country":"RUS"},"predicate":"meet","target":{"id":"person:emmanuel-macron","name":"Emmanuel Macron","mention":"President Emmanuel Macron","type":"person","country":"FRA"},"symmetric":true,"plover":"CONSULT","mode":"","cameo":"","quad":1,"goldstein":2.2,"status":"planned","attributed_to":{"id":"person:emmanuel-macron","name":"Emmanuel Macron","mention":"President Emmanuel Macron","type":"person","country":"FRA"},"date":"","date_basis":"","published":"2024-04-05","publisher":"Example Post","place":{"name":"Paris","country":"FRA"},"sentence":3,"span":[200,210],"quote":"","rule":"","confidence":0,"coder":""}
{"article":"a1","actor":{"id":"person:emmanuel-macron","name":"Emmanuel Macron","type":"person","country":"FRA","mentions":[]}}
{"article":"a1","actor":{"id":"state:RUS","name":"Russia","type":"state","country":"RUS","mentions":["Moscow","Russia"]}}
{"article":"a1","affiliation":{"person":{"id":"person:sebastien-lecornu","name":"Sébastien Lecornu"},"role":"defence minister","org":{"id":"state:FRA","name":"France"},"former":false,"sentence":2,"span":[100,120],"quote":"Lecornu, the defence minister.","published":"2024-04-05"}}
`

func encode(t *testing.T, r graph.Record) string {
	t.Helper()
	var b bytes.Buffer
	if err := jsonl.NewEncoder(&b).Encode(r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestEncode(t *testing.T) {
	r := record()
	for range 10 {
		if got := encode(t, r); got != want {
			t.Fatalf("got\n%s\nwant\n%s", got, want)
		}
	}
	if !reflect.DeepEqual(r, record()) {
		t.Error("Encode changed the record")
	}
	if got := encode(t, graph.Record{}); got != "" {
		t.Errorf("an empty record is %q", got)
	}
}

func TestRoundTrip(t *testing.T) {
	var got graph.Record
	for line, err := range jsonl.Decode(strings.NewReader(want)) {
		if err != nil {
			t.Fatal(err)
		}
		if line.Article != "a1" {
			t.Errorf("article %q", line.Article)
		}
		switch {
		case line.Event != nil:
			got.Events = append(got.Events, *line.Event)
		case line.Actor != nil:
			got.Actors = append(got.Actors, *line.Actor)
		default:
			got.Affiliations = append(got.Affiliations, *line.Affiliation)
		}
	}
	r := record()
	if !reflect.DeepEqual(got.Events, r.Events) || !reflect.DeepEqual(got.Affiliations, r.Affiliations) || len(got.Actors) != 2 {
		t.Errorf("got %+v", got)
	}
	got.Article.ID = "a1"
	if again := encode(t, got); again != want {
		t.Errorf("written again:\n%s", again)
	}
}

// TestExport reads the facts of an export, which has other lines too.
func TestExport(t *testing.T) {
	facts := strings.SplitAfter(strings.TrimSuffix(want, "\n"), "\n")
	others := []string{`{"export":1,"format":3,"totals":{}}`, `{"document":{"id":"a1","text":"<x>"},"told":{"events":[]}}`,
		`{"document":{"id":"a2"},"copy_of":"00"}`, `{"row":{"type":"j","key":"01","value":{}}}`, `{"lines":9,"sha256":"00"}`}
	n := 0
	for line, err := range jsonl.Decode(strings.NewReader(strings.Join(others, "\n") + "\n" + want + strings.Join(others, "\n"))) {
		if err != nil || line.Article != "a1" {
			t.Fatalf("%+v, %v", line, err)
		}
		n++
	}
	if n != len(facts) {
		t.Errorf("%d facts, want %d", n, len(facts))
	}
	var got graph.Record
	for _, line := range facts {
		if err := jsonl.Add([]byte(line), &got); err != nil {
			t.Fatal(err)
		}
	}
	got.Article = record().Article
	if again := encode(t, got); again != want {
		t.Errorf("got\n%s\nwant\n%s", again, want)
	}
	for _, line := range append(others, "", "{", `{"article":"a1"}`) {
		if err := jsonl.Add([]byte(line), &got); err == nil {
			t.Errorf("%s is taken for a fact", line)
		}
	}
}

func TestDecodeErrors(t *testing.T) {
	input := strings.Join([]string{
		``,
		`{"article":"a1","actor":{"id":"state:FRA","future":1}}`,
		`not JSON`,
		`{"article":"a1"}`,
		`[]`,
		`{"article":"a1","actor":{},"affiliation":{}}`,
		`{"article":"a1","actor":null,"affiliation":null}`,
		`{"article":"a1","actor":7}`,
		`{"article":"a1","affiliation":{"span":[5,1]}}`,
		`{"article":"a1","source":{},"predicate":"x","target":{},"quad":"three"}`,
		`{"article":"a2","source":{},"predicate":"x","target":{}}  `,
	}, "\r\n")
	var good []string
	var bad []string
	for line, err := range jsonl.Decode(strings.NewReader(input)) {
		if err != nil {
			if line != (jsonl.Line{}) {
				t.Errorf("%v comes with %+v", err, line)
			}
			place, _, _ := strings.Cut(err.Error(), ":")
			bad = append(bad, place)
			continue
		}
		good = append(good, line.Article)
	}
	if want := "line 3 line 4 line 5 line 6 line 7 line 8 line 9 line 10"; strings.Join(bad, " ") != want {
		t.Errorf("errors at %v, want %s", bad, want)
	}
	if strings.Join(good, " ") != "a1 a2" {
		t.Errorf("good lines of %v", good)
	}
	for _, err := range jsonl.Decode(strings.NewReader(`{"article":"a1"}`)) {
		if !errors.Is(err, jsonl.ErrNotALine) {
			t.Errorf("got %v, want ErrNotALine", err)
		}
	}
}

func TestDecodeReadError(t *testing.T) {
	broken := errors.New("broken")
	r := io.MultiReader(strings.NewReader("{\"actor\":{}}\n"), iotest.ErrReader(broken))
	n := 0
	for _, err := range jsonl.Decode(r) {
		n++
		if n == 2 && !errors.Is(err, broken) {
			t.Errorf("got %v, want the reader's error", err)
		}
	}
	if n != 2 {
		t.Errorf("%d results, want a line and an error", n)
	}
	long := io.MultiReader(strings.NewReader("{}\n"), io.LimitReader(zeros{}, jsonl.MaxLine+1))
	var last error
	for _, err := range jsonl.Decode(long) {
		last = err
	}
	if last == nil || !strings.HasPrefix(last.Error(), "line 2: longer than") {
		t.Errorf("got %v, want line 2 to be too long", last)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = '0'
	}
	return len(p), nil
}

func TestDecodeStops(t *testing.T) {
	n := 0
	for range jsonl.Decode(strings.NewReader(want)) {
		n++
		break
	}
	if n != 1 {
		t.Errorf("%d lines after a break", n)
	}
}

func TestEncodeRefusesWhole(t *testing.T) {
	r := record()
	r.Events[1].Confidence = math.NaN()
	var b bytes.Buffer
	err := jsonl.NewEncoder(&b).Encode(r)
	if err == nil || !strings.Contains(err.Error(), `article "a1": event 1`) || b.Len() != 0 {
		t.Errorf("got %v and %d bytes, want an error and none", err, b.Len())
	}
	broken := errors.New("broken")
	if err := jsonl.NewEncoder(failing{broken}).Encode(record()); !errors.Is(err, broken) {
		t.Errorf("got %v, want the writer's error", err)
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

func FuzzDecode(f *testing.F) {
	f.Add([]byte(want))
	f.Add([]byte("{\"actor\":null}\n{\"actor\":{},\"source\":1}"))
	f.Fuzz(func(t *testing.T, b []byte) {
		for line, err := range jsonl.Decode(bytes.NewReader(b)) {
			n := 0
			for _, set := range []bool{line.Event != nil, line.Actor != nil, line.Affiliation != nil} {
				if set {
					n++
				}
			}
			if err == nil && n != 1 || err != nil && n != 0 {
				t.Fatalf("%d kinds in one line, error %v", n, err)
			}
		}
	})
}
