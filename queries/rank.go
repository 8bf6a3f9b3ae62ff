package queries

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"

	"entente/graph"
	"entente/queries/centrality"
)

// Measure is a way to rank actors by their place in the network.
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
	// ByPageRank is centrality.PageRank with its defaults. The ranks of all actors
	// add up to 1.
	ByPageRank Measure = "pagerank"
	// ByBetweenness is the number of pairs of other actors whose shortest paths
	// run through the actor; where a pair has several shortest paths, the part
	// of them that do (Freeman 1977, by the algorithm of Brandes 2001). The
	// paths are those of the undirected network, each pair counts once, and the
	// number is not normalised. It takes no weights. It costs nodes times edges:
	// seconds at 100,000 edges, minutes at 1,000,000.
	ByBetweenness Measure = "betweenness"
)

// Measures lists every Measure in a fixed order.
var Measures = []Measure{ByDegree, ByInDegree, ByOutDegree, ByPageRank, ByBetweenness}

// RankOptions says what to rank by and how much to return.
type RankOptions struct {
	Options
	Weighted bool // count distinct events rather than actors
	TopN     int  // 0 means 20, a negative number all
}

// Ranked is an actor and its score. Of a symmetric event, both actors are
// source and target.
type Ranked struct {
	Actor graph.Actor `json:"actor"`
	Score float64     `json:"score"` // in nine significant digits
	// Events is the number of distinct events that it has with other actors.
	Events int `json:"events"`
}

// Rank returns the actors with the highest scores, the highest first, by id
// where scores are equal. Every actor has a score, be it 0; those that the
// filter does not list (Filter.Lists) are left out. It reads all events.
//
// Scores are rounded to nine significant digits: what lies beyond depends on
// the order in which numbers are added.
func Rank(r Reader, by Measure, opts RankOptions) ([]Ranked, error) {
	score, err := scorer(by, opts.Weighted)
	if err != nil {
		return nil, err
	}
	g, err := load(r, opts.Options)
	if err != nil {
		return nil, err
	}
	list := make([]Ranked, g.Len())
	events := centrality.Degree(g, graph.Either, true)
	for i, s := range score(g) {
		list[i] = Ranked{withMentions(g.Actor(uint32(i))), significant(s), int(events[i])}
	}
	list = slices.DeleteFunc(list, func(r Ranked) bool { return !opts.Lists(r.Actor) })
	slices.SortStableFunc(list, func(a, b Ranked) int { return cmp.Compare(b.Score, a.Score) })
	return first(list, opts.TopN, 20), nil
}

// scorer returns the function that gives every node of a network its score.
func scorer(by Measure, weighted bool) (func(*graph.Network) []float64, error) {
	degree := func(dir graph.Direction) func(*graph.Network) []float64 {
		return func(g *graph.Network) []float64 { return centrality.Degree(g, dir, weighted) }
	}
	switch by {
	case ByDegree:
		return degree(graph.Either), nil
	case ByInDegree:
		return degree(graph.Incoming), nil
	case ByOutDegree:
		return degree(graph.Outgoing), nil
	case ByPageRank:
		opts := centrality.DefaultPageRank
		opts.Weighted = weighted
		return func(g *graph.Network) []float64 { return centrality.PageRank(g, opts) }, nil
	case ByBetweenness:
		if weighted {
			return nil, fmt.Errorf("measure %s: takes no weights", by)
		}
		return func(g *graph.Network) []float64 {
			return centrality.Betweenness(g, centrality.BetweennessOptions{})
		}, nil
	}
	return nil, fmt.Errorf("measure %q: not one of %q", by, Measures)
}

// significant returns x in nine significant digits.
func significant(x float64) float64 {
	y, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 9, 64), 64)
	if err != nil {
		return x
	}
	return y
}

// round returns x with six decimals.
func round(x float64) float64 { return math.Round(x*1e6) / 1e6 }
