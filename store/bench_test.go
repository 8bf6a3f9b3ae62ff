package store

import (
	"fmt"
	"iter"
	"testing"

	"entente/graph"
)

// benchRecord makes one of many articles about the same few actors, which have
// the same few names in all of them.
func benchRecord(i int, dyads []string) graph.Record {
	r := record(fmt.Sprint("a", i), fmt.Sprint("body ", i), dyads...)
	for j := range r.Actors {
		r.Actors[j].Mentions = r.Actors[j].Mentions[:1]
	}
	return r
}

var benchDyads = []string{"FRA>RUS", "RUS>UKR", "USA>RUS", "UKR>USA", "CHN>USA"}

// BenchmarkPut puts articles with five events each; an operation is an article.
func BenchmarkPut(b *testing.B) {
	s := create(b, b.TempDir())
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		mustPut(b, s, Added, benchRecord(i, benchDyads))
	}
}

// BenchmarkOpenAndQuery opens a store of 5,000 articles for reading, asks for
// the events of one dyad of 20, and closes it.
func BenchmarkOpenAndQuery(b *testing.B) {
	dir := b.TempDir()
	s := create(b, dir)
	for i := range 5000 {
		dyads := benchDyads
		if i%250 == 0 {
			dyads = append([]string{"MLI>NER"}, dyads...)
		}
		mustPut(b, s, Added, benchRecord(i, dyads))
	}
	closeStore(b, s)
	b.ReportAllocs()
	for b.Loop() {
		s, err := Open(dir, Options{ReadOnly: true})
		if err != nil {
			b.Fatal(err)
		}
		if n := len(collect(b, s.EventsBetween("state:NER", "state:MLI"))); n != 20 {
			b.Fatalf("%d events", n)
		}
		closeStore(b, s)
	}
}

// BenchmarkEvents reads 10,000 events, in a scan and by their keys; an operation is all of
// them.
func BenchmarkEvents(b *testing.B) {
	dir := b.TempDir()
	s := create(b, dir)
	for i := range 2000 {
		mustPut(b, s, Added, benchRecord(i, benchDyads))
	}
	closeStore(b, s)
	s = readOnly(b, dir)
	defer closeStore(b, s)
	var places []place
	err := s.view(func(r reader) error {
		return s.dated(r, "", "", "", func(p place) error {
			places = append(places, p)
			return nil
		})
	})
	if err != nil {
		b.Fatal(err)
	}
	byKey := sequence(s, func(r reader, l *lens, emit func(graph.Event) error) error { return s.eventsIn(r, l, places, emit) })
	for name, events := range map[string]iter.Seq2[graph.Event, error]{"scan": s.Events(), "by_key": byKey} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if n := len(collect(b, events)); n != 10_000 {
					b.Fatalf("%d events", n)
				}
			}
		})
	}
}
