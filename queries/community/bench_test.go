package community_test

import (
	"testing"

	gcommunity "gonum.org/v1/gonum/graph/community"

	"entente/internal/netgen"
	"entente/queries/community"
)

// BenchmarkCommunities is of 10,000 edges.
func BenchmarkCommunities(b *testing.B) {
	g := netgen.Build(1000, netgen.ScaleFree(1000, 10_000, 1))
	b.Run("ours", func(b *testing.B) {
		for b.Loop() {
			b.ReportMetric(community.Leiden(g, community.Options{}).Modularity, "Q")
		}
	})
	b.Run("gonum", func(b *testing.B) {
		for b.Loop() {
			found := gcommunity.Modularize(plain{g.Undirected()}, 1, nil)
			b.ReportMetric(gcommunity.Q(plain{g.Undirected()}, found.Communities(), 1), "Q")
		}
	})
}
