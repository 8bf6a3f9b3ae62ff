package store

import (
	"fmt"
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

// BenchmarkEvents scans 10,000 events; an operation is the whole scan.
func BenchmarkEvents(b *testing.B) {
	s := create(b, b.TempDir())
	for i := range 2000 {
		mustPut(b, s, Added, benchRecord(i, benchDyads))
	}
	b.ReportAllocs()
	for b.Loop() {
		if n := len(collect(b, s.Events())); n != 10_000 {
			b.Fatalf("%d events", n)
		}
	}
}
