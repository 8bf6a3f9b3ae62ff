package centrality_test

import (
	"fmt"
	"testing"

	"gonum.org/v1/gonum/graph/network"
	"gonum.org/v1/gonum/graph/topo"

	"entente/graph"
	"entente/internal/netgen"
	"entente/queries/centrality"
)

// scaleFree is a network of so many edges between a tenth as many actors.
func scaleFree(edges int) *graph.Network {
	g := netgen.Build(edges/10, netgen.ScaleFree(edges/10, edges, 1))
	g.In() // not part of what is measured
	g.Both()
	return g
}

// compare measures our algorithm and gonum's on the same network.
func compare(b *testing.B, edges int, ours, gonums func(g *graph.Network)) {
	g := scaleFree(edges)
	for _, c := range []struct {
		name string
		run  func(*graph.Network)
	}{{"ours", ours}, {"gonum", gonums}} {
		b.Run(fmt.Sprintf("edges=%d/%s", edges, c.name), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c.run(g)
			}
		})
	}
}

func BenchmarkPageRank(b *testing.B) {
	for _, edges := range []int{10_000, 100_000} {
		compare(b, edges, func(g *graph.Network) { centrality.PageRank(g, centrality.DefaultPageRank) },
			func(g *graph.Network) { network.PageRankSparse(plain{g}, 0.85, 1e-10) })
	}
}

func BenchmarkBetweenness(b *testing.B) {
	compare(b, 10_000, func(g *graph.Network) { centrality.Betweenness(g, centrality.BetweennessOptions{Directed: true}) },
		func(g *graph.Network) { network.Betweenness(g) })
}

func BenchmarkCore(b *testing.B) {
	compare(b, 10_000, func(g *graph.Network) { centrality.Core(g) },
		func(g *graph.Network) { topo.DegeneracyOrdering(g.Undirected()) })
}

func BenchmarkHITS(b *testing.B) {
	compare(b, 10_000, func(g *graph.Network) {
		if _, _, err := centrality.HITS(g, centrality.IterationOptions{}); err != nil {
			b.Fatal(err)
		}
	}, func(g *graph.Network) { network.HITS(g, 1e-10) })
}
