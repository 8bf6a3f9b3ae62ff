package queries

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"

	"gonum.org/v1/gonum/graph/network"

	"entente/graph"
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
	// ByPageRank is PageRank with DefaultPageRank. The ranks of all actors
	// add up to 1.
	ByPageRank Measure = "pagerank"
	// ByBetweenness is the number of pairs of other actors whose shortest paths
	// run through the actor; where a pair has several shortest paths, the part
	// of them that do (Freeman 1977, by the algorithm of Brandes 2001). The
	// paths are those of the undirected network, each pair counts once, and the
	// number is not normalised. It takes no weights. It costs nodes times edges:
	// seconds up to 10,000 edges, much more beyond.
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
	for i, s := range score(g) {
		_, events := g.Neighbours(int64(i))
		list[i] = Ranked{withMentions(g.Actor(int64(i))), significant(s), int(sum(events))}
	}
	list = slices.DeleteFunc(list, func(r Ranked) bool { return !opts.Lists(r.Actor) })
	slices.SortStableFunc(list, func(a, b Ranked) int { return cmp.Compare(b.Score, a.Score) })
	return first(list, opts.TopN, 20), nil
}

// scorer returns the function that gives every node of a network its score.
func scorer(by Measure, weighted bool) (func(*graph.Network) []float64, error) {
	switch by {
	case ByDegree:
		return degrees((*graph.Network).Neighbours, weighted), nil
	case ByInDegree:
		return degrees((*graph.Network).Predecessors, weighted), nil
	case ByOutDegree:
		return degrees((*graph.Network).Successors, weighted), nil
	case ByPageRank:
		opts := DefaultPageRank
		opts.Weighted = weighted
		return func(g *graph.Network) []float64 { return PageRank(g, opts) }, nil
	case ByBetweenness:
		if weighted {
			return nil, fmt.Errorf("measure %s: takes no weights", by)
		}
		return betweenness, nil
	}
	return nil, fmt.Errorf("measure %q: not one of %q", by, Measures)
}

func degrees(row func(*graph.Network, int64) ([]int32, []float64), weighted bool) func(*graph.Network) []float64 {
	return func(g *graph.Network) []float64 {
		scores := make([]float64, g.Len())
		for i := range scores {
			nodes, events := row(g, int64(i))
			scores[i] = float64(len(nodes))
			if weighted {
				scores[i] = sum(events)
			}
		}
		return scores
	}
}

// betweenness fills in the zeros that gonum leaves out, and halves its
// numbers: in an undirected graph gonum counts each pair from both ends.
func betweenness(g *graph.Network) []float64 {
	scores := make([]float64, g.Len())
	for i, s := range network.Betweenness(g.Undirected()) {
		scores[i] = s / 2
	}
	return scores
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
