package store

import (
	"fmt"
	"testing"
)

var benchDyads = []string{"FRA>RUS", "RUS>UKR", "USA>RUS", "UKR>USA", "CHN>USA"}

// BenchmarkPut puts articles with five events each; an operation is an article.
func BenchmarkPut(b *testing.B) {
	s := create(b, b.TempDir())
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		mustPut(b, s, Added, record(fmt.Sprint("a", i), fmt.Sprint("body ", i), benchDyads...))
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
		mustPut(b, s, Added, record(fmt.Sprint("a", i), fmt.Sprint("body ", i), dyads...))
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

// BenchmarkEvents scans all events of 2,000 articles; an operation is an event.
func BenchmarkEvents(b *testing.B) {
	s := create(b, b.TempDir())
	for i := range 2000 {
		mustPut(b, s, Added, record(fmt.Sprint("a", i), fmt.Sprint("body ", i), benchDyads...))
	}
	b.ReportAllocs()
	for n := 0; n < b.N; {
		for _, err := range s.Events() {
			if err != nil {
				b.Fatal(err)
			}
			if n++; n == b.N {
				break
			}
		}
	}
}
