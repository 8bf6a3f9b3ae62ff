package store

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"entente/graph"
)

// hostileTexts are those in which JSON has something to escape, or to mend.
var hostileTexts = []string{"", "Russia", "“Never,” he said.", `She said "no"`, `C:\`, "a\nb\tc", "\x00\x1f", "<b>&", "Zoë 🕊", "\u2028\u2029", "\xff\xfe", "}", `","target":{`}

func randomEvent(r *rand.Rand) graph.Event {
	text := func() string { return hostileTexts[r.IntN(len(hostileTexts))] }
	actor := func() graph.ActorRef {
		return graph.ActorRef{ID: graph.ActorID(text()), Name: text(), Mention: text(), Type: graph.ActorType(text()), Country: text()}
	}
	number := func() float64 {
		return []float64{0, -10, 3.4, 0.95, 1e-9, 1e300, -0.5, 7}[r.IntN(8)]
	}
	e := graph.Event{Article: text(), Source: actor(), Predicate: text(), Target: actor(), Symmetric: r.IntN(2) == 0, Category: text(), Mode: text(),
		CAMEO: text(), Quad: r.IntN(5), Goldstein: number(), Status: graph.Status(text()), Date: graph.Date(text()), DateBasis: graph.DateBasis(text()),
		Published: graph.Date(text()), Publisher: text(),
		Provenance: graph.Provenance{Sentence: r.IntN(200), Span: graph.Span{Start: r.IntN(9), End: 9 + r.IntN(20000)}, Quote: text(), Rule: text(), Confidence: number(), Coder: text()}}
	if r.IntN(2) == 0 {
		a := actor()
		e.AttributedTo = &a
	}
	if r.IntN(2) == 0 {
		e.Place = &graph.Place{Name: text(), Country: text()}
	}
	return e
}

// A row decodes to what encoding/json makes of it, damaged ones too.
func TestDecodeEvent(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	d := new(eventDecoder)
	alike := func(row []byte) {
		t.Helper()
		var got, want graph.Event
		failed, should := d.into(&got)(row), json.Unmarshal(row, &want)
		if (failed == nil) != (should == nil) || !reflect.DeepEqual(got, want) {
			t.Fatalf("%s\nis  %+v, %v\nnot %+v, %v", row, got, failed, want, should)
		}
	}
	for range 20_000 {
		row, err := encode(randomEvent(r))
		if err != nil {
			t.Fatal(err)
		}
		alike(row)
		damaged := slices.Clone(row)
		damaged[r.IntN(len(row))] = `"\,:{}[]019-.eé`[r.IntN(16)]
		alike(damaged)
		alike(row[:r.IntN(len(row))])
		at := r.IntN(len(row))
		alike(slices.Concat(row[:at], row[at/2:]))
	}
}

// Rows as they are stored take the short way: a member more in graph.Event would
// make all of them take the long one.
func TestDecodeEventShortWay(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	d := new(eventDecoder)
	for range 1000 {
		e := randomEvent(r)
		e.Goldstein, e.Confidence = -2.5, 0.95
		row, err := encode(e)
		if err != nil {
			t.Fatal(err)
		}
		if d.event(row, &e); d.other {
			t.Fatalf("not known: %s, from %s", row, d.row)
		}
	}
}

func BenchmarkDecodeEvent(b *testing.B) {
	var rows [][]byte
	for _, r := range sample() {
		for _, e := range r.Events {
			row, err := encode(e)
			if err != nil {
				b.Fatal(err)
			}
			rows = append(rows, row)
		}
	}
	d := new(eventDecoder)
	for name, into := range map[string]func(*graph.Event) func([]byte) error{
		"ours":          d.into,
		"encoding_json": func(e *graph.Event) func([]byte) error { return decode(e) },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for i := range b.N {
				var e graph.Event
				if err := into(&e)(rows[i%len(rows)]); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
