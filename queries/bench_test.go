package queries_test

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"

	"entente/graph"
	"entente/queries"
)

func benchWorld() *memory { return randomWorld(1, 500, 2_000) }

func BenchmarkShortestPath(b *testing.B) {
	m := benchWorld()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := queries.ShortestPath(m, "state:001", "state:002", queries.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkActorCard(b *testing.B) {
	m := benchWorld()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := queries.ActorCard(m, "state:001", queries.CardOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}

// crowd returns n persons of 100 countries. Their names are of one to four
// syllables; surnames and given names are as unequally spread as in the world,
// and every twentieth person stands there a second time under another spelling.
func crowd(n int) *memory {
	rng := rand.New(rand.NewSource(1))
	syllables := strings.Fields("ba de mi ro sal ten kor ul vik han za pe lo mar gu sho yan tsi fa ner ok dri bel cho")
	name := func(zipf *rand.Zipf) string {
		var b strings.Builder
		for i, k := 0, zipf.Uint64(); i == 0 || k > 0; i, k = i+1, k/uint64(len(syllables)) {
			b.WriteString(syllables[k%uint64(len(syllables))])
		}
		return strings.ToUpper(b.String()[:1]) + b.String()[1:]
	}
	given, family := rand.NewZipf(rng, 1.2, 20, 20_000), rand.NewZipf(rng, 1.1, 50, 200_000)
	m := &memory{}
	for len(m.actors) < n {
		a := graph.Actor{ID: graph.ActorID(fmt.Sprintf("person:%06d", len(m.actors))), Type: graph.Person,
			Name: name(given) + " " + name(family), Country: fmt.Sprintf("C%02d", rng.Intn(100))}
		m.actors = append(m.actors, a)
		if len(m.actors)%20 == 0 {
			a.ID, a.Name = a.ID+"-2", strings.ReplaceAll(a.Name, "sh", "sch")+"h"
			m.actors = append(m.actors, a)
		}
	}
	return m
}

// BenchmarkCandidates looks for candidates among 100,000 persons; an operation
// is all of it.
func BenchmarkCandidates(b *testing.B) {
	m := crowd(100_000)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := queries.Candidates(m, queries.CandidateOptions{Min: 0.9}); err != nil {
			b.Fatal(err)
		}
	}
}
