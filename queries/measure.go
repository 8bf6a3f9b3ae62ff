package queries

import (
	"fmt"
	"slices"

	"entente/graph"
	"entente/queries/centrality"
)

// Measure is a way to rank actors by their place in the network. The formulas
// stand in package centrality, of which these are its functions of that name.
type Measure string

const (
	// ByDegree is the number of other actors that an actor has events with;
	// weighted, the number of distinct events with them.
	ByDegree Measure = "degree"
	// ByInDegree is the number of actors that did something to it; weighted, the
	// number of distinct events in which they did.
	ByInDegree Measure = "in-degree"
	// ByOutDegree is the number of actors that it did something to; weighted, the
	// number of distinct events in which it did.
	ByOutDegree Measure = "out-degree"
	// ByWeightedDegree is ByDegree weighted.
	ByWeightedDegree Measure = "weighted-degree"
	// ByPageRank is centrality.PageRank with its defaults. The ranks of all actors
	// add up to 1.
	ByPageRank Measure = "pagerank"
	// ByBetweenness is the number of pairs of other actors whose shortest paths
	// run through the actor. The paths are those of the undirected network, each
	// pair counts once, and the number is not normalised.
	ByBetweenness Measure = "betweenness"
	// ByCloseness is how near all others are that it is connected with, and
	// ByHarmonic the mean of their inverse distances: of the undirected network,
	// and from 0 to 1.
	ByCloseness Measure = "closeness"
	ByHarmonic  Measure = "harmonic"
	// ByEigenvector scores by the neighbours' scores, in the undirected network.
	ByEigenvector Measure = "eigenvector"
	// ByKatz counts the walks that end at it, longer ones less.
	ByKatz Measure = "katz"
	// ByHubs and ByAuthorities are how well it is connected to whom many act on,
	// and from those who act on many.
	ByHubs        Measure = "hubs"
	ByAuthorities Measure = "authorities"
	// ByCore is the core number: the greatest k of a part of the network in which
	// all have k neighbours.
	ByCore Measure = "core"
)

// measure is what a Measure computes.
type measure struct {
	name     Measure
	noWeight bool // takes no weights
	samples  bool // searches from every node, or in large networks from some
	// greatest is the greatest score possible with n nodes, which the sampling error
	// is a part of; nil if there is no bound.
	greatest func(n float64) float64
	score    func(g *graph.Network, how *scoring) ([]float64, error)
}

// scoring says how a measure scores.
type scoring struct {
	weighted bool
	start    []float64 // PageRankOptions.Start
	pivots   int
	seed     uint64
}

// measures is the one place that maps names to algorithms.
var measures = []measure{
	{name: ByDegree, score: degrees(graph.Either)},
	{name: ByInDegree, score: degrees(graph.Incoming)},
	{name: ByOutDegree, score: degrees(graph.Outgoing)},
	{name: ByWeightedDegree, score: func(g *graph.Network, _ *scoring) ([]float64, error) {
		return centrality.Degree(g, graph.Either, true), nil
	}},
	{name: ByPageRank, score: func(g *graph.Network, how *scoring) ([]float64, error) {
		opts := centrality.DefaultPageRank
		opts.Weighted, opts.Start = how.weighted, how.start
		return centrality.PageRank(g, opts), nil
	}},
	{name: ByBetweenness, samples: true, greatest: func(n float64) float64 { return n * (n - 2) / 2 },
		score: func(g *graph.Network, how *scoring) ([]float64, error) {
			return centrality.Betweenness(g, centrality.BetweennessOptions{Weighted: how.weighted, Pivots: how.pivots, Seed: how.seed}), nil
		}},
	{name: ByCloseness, noWeight: true, samples: true, score: func(g *graph.Network, how *scoring) ([]float64, error) {
		return centrality.Closeness(g, centrality.ClosenessOptions{Pivots: how.pivots, Seed: how.seed}), nil
	}},
	{name: ByHarmonic, noWeight: true, samples: true, greatest: func(float64) float64 { return 1 },
		score: func(g *graph.Network, how *scoring) ([]float64, error) {
			return centrality.Harmonic(g, centrality.ClosenessOptions{Pivots: how.pivots, Seed: how.seed}), nil
		}},
	{name: ByEigenvector, score: func(g *graph.Network, how *scoring) ([]float64, error) {
		return centrality.Eigenvector(g, how.iteration())
	}},
	{name: ByKatz, score: func(g *graph.Network, how *scoring) ([]float64, error) {
		return centrality.Katz(g, centrality.KatzOptions{IterationOptions: how.iteration(), Direction: graph.Incoming})
	}},
	{name: ByHubs, score: func(g *graph.Network, how *scoring) ([]float64, error) {
		hubs, _, err := centrality.HITS(g, how.iteration())
		return hubs, err
	}},
	{name: ByAuthorities, score: func(g *graph.Network, how *scoring) ([]float64, error) {
		_, authorities, err := centrality.HITS(g, how.iteration())
		return authorities, err
	}},
	{name: ByCore, noWeight: true, score: func(g *graph.Network, _ *scoring) ([]float64, error) {
		core := centrality.Core(g)
		scores := make([]float64, len(core))
		for i, k := range core {
			scores[i] = float64(k)
		}
		return scores, nil
	}},
}

// Measures lists every Measure in a fixed order.
var Measures = func() (names []Measure) {
	for _, m := range measures {
		names = append(names, m.name)
	}
	return names
}()

// Weighable reports whether a measure can count events rather than actors.
func (m Measure) Weighable() bool {
	return slices.ContainsFunc(measures, func(of measure) bool { return of.name == m && !of.noWeight })
}

// Samples reports whether a measure may search from some actors, drawn by
// chance, rather than from all.
func (m Measure) Samples() bool {
	return slices.ContainsFunc(measures, func(of measure) bool { return of.name == m && of.samples })
}

func degrees(dir graph.Direction) func(*graph.Network, *scoring) ([]float64, error) {
	return func(g *graph.Network, how *scoring) ([]float64, error) {
		return centrality.Degree(g, dir, how.weighted), nil
	}
}

func (s *scoring) iteration() centrality.IterationOptions {
	return centrality.IterationOptions{Weighted: s.weighted}
}

// measureOf returns the measure of that name, or an error if there is none or
// it does not take the options.
func measureOf(by Measure, opts *RankOptions) (*measure, error) {
	i := slices.IndexFunc(measures, func(m measure) bool { return m.name == by })
	switch {
	case i < 0:
		return nil, fmt.Errorf("measure %q: not one of %q", by, Measures)
	case opts.Weighted && measures[i].noWeight:
		return nil, fmt.Errorf("measure %s: takes no weights", by)
	case len(opts.From) > 0 && by != ByPageRank:
		return nil, fmt.Errorf("measure %s: has no actors to start from, as %s has", by, ByPageRank)
	}
	return &measures[i], nil
}
