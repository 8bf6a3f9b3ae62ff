package queries_test

import (
	"fmt"
	"math/rand"
	"testing"

	"entente/graph"
	"entente/queries"
)

// benchNetwork has 10,000 actors and about 100,000 edges, as unequally spread
// as in the news.
func benchNetwork() *graph.Network {
	rng := rand.New(rand.NewSource(1))
	zipf := rand.NewZipf(rng, 1.1, 10, 9_999)
	who := func() graph.ActorID { return graph.ActorID(fmt.Sprintf("state:%05d", zipf.Uint64())) }
	relations := make([]graph.Relation, 100_000)
	for i := range relations {
		relations[i] = graph.Relation{Source: who(), Target: who(), Counts: graph.Counts{Events: 1 + rng.Intn(9)}}
	}
	return graph.NewNetwork(relations, nil)
}

func BenchmarkPageRank(b *testing.B) {
	g := benchNetwork()
	b.ReportAllocs()
	for b.Loop() {
		queries.PageRank(g, queries.DefaultPageRank)
	}
}

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
