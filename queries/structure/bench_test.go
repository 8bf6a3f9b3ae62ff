package structure_test

import (
	"testing"

	"gonum.org/v1/gonum/graph/topo"

	"entente/internal/netgen"
	"entente/queries/structure"
)

func BenchmarkStrong(b *testing.B) {
	g := netgen.Build(10_000, netgen.ScaleFree(10_000, 100_000, 1))
	b.Run("ours", func(b *testing.B) {
		for b.Loop() {
			structure.Strong(g)
		}
	})
	b.Run("gonum", func(b *testing.B) {
		for b.Loop() {
			topo.TarjanSCC(g)
		}
	})
}

func BenchmarkBalance(b *testing.B) {
	g := netgen.Build(10_000, netgen.ScaleFree(10_000, 100_000, 1))
	g.Both()
	b.ReportAllocs()
	for b.Loop() {
		structure.FindBalance(g, 100)
	}
}

func BenchmarkCamps(b *testing.B) {
	g := netgen.Build(10_000, netgen.ScaleFree(10_000, 100_000, 1))
	g.Both()
	b.ReportAllocs()
	for b.Loop() {
		structure.FindCamps(g, structure.CampOptions{})
	}
}
