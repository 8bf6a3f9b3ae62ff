package paths_test

import (
	"testing"

	"gonum.org/v1/gonum/graph/path"

	"entente/internal/netgen"
	"entente/queries/paths"
)

func BenchmarkShortest(b *testing.B) {
	const n = 1000
	g := netgen.Build(n, netgen.ScaleFree(n, 10*n, 1))
	f := paths.NewFinder(g, true)
	b.Run("ours", func(b *testing.B) {
		for i := uint32(0); b.Loop(); i++ {
			f.Shortest(i*7919%n, (i*104729+1)%n)
		}
	})
	b.Run("gonum", func(b *testing.B) {
		for i := int64(0); b.Loop(); i++ {
			path.DijkstraFromTo(g.Node(i*7919%n), g.Node((i*104729+1)%n), plain{g})
		}
	})
}

func BenchmarkBest(b *testing.B) {
	const n, k = 1000, 5
	g := netgen.Build(n, netgen.ScaleFree(n, 10*n, 1))
	f := paths.NewFinder(g, true)
	for cost, name := range []string{paths.Hops: "ours", paths.Chance: "ours, by chance"} {
		b.Run(name, func(b *testing.B) {
			for i := uint32(0); b.Loop(); i++ {
				f.Best(i*7919%n, (i*104729+1)%n, k, paths.Cost(cost))
			}
		})
	}
	b.Run("gonum", func(b *testing.B) {
		for i := int64(0); b.Loop(); i++ {
			path.YenKShortestPaths(plain{g}, k, 1e9, g.Node(i*7919%n), g.Node((i*104729+1)%n))
		}
	})
}
