package queries

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"

	"entente/graph"
	"entente/queries/centrality"
)

// RankOptions says what to rank by and how much to return.
type RankOptions struct {
	Options
	Weighted bool // count distinct events rather than actors
	// From are the actors that ByPageRank measures nearness to; empty is the
	// rank of all (centrality.PageRankOptions.Start).
	From []graph.ActorID
	// Pivots is from how many actors, drawn by chance, a measure searches that
	// would from all: 0 leaves it to centrality.AutoPivots, which draws in large
	// networks alone.
	Pivots int
	Seed   uint64 // of the draw
	TopN   int    // 0 means 20, a negative number all
}

// Ranking is who matters most.
type Ranking struct {
	By       Measure         `json:"by"`
	Weighted bool            `json:"weighted"`
	From     []graph.NameRef `json:"from"`    // whom the rank is nearness to; none is everybody
	Sampled  *Sampling       `json:"sampled"` // nil where scores are exact
	Total    int             `json:"total"`   // actors, listed or not
	Ranking  []Ranked        `json:"ranking"`
}

// Sampling is how scores were estimated from a part of the actors.
type Sampling struct {
	Pivots int    `json:"pivots"` // actors that were searched from
	Actors int    `json:"actors"` // of so many
	Seed   uint64 `json:"seed"`
	// Error is what no score is off by more, but with the probability Doubt; nil
	// for closeness, of which no bound is known (centrality.SamplingError). In
	// practice scores are much closer.
	Error *float64 `json:"error"`
	Doubt float64  `json:"doubt"`
}

// samplingDoubt is the probability that some score is off by more than
// Sampling.Error.
const samplingDoubt = 0.1

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
// filter does not list (Filter.Lists) are left out. It reads all events. The
// error wraps centrality.ErrNoConvergence, or graph.ErrNotFound if one of From
// is not there.
//
// Scores are rounded to nine significant digits: what lies beyond depends on
// the order in which numbers are added.
func Rank(r Reader, by Measure, opts RankOptions) (Ranking, error) {
	m, err := measureOf(by, &opts)
	if err != nil {
		return Ranking{}, err
	}
	answer := Ranking{By: by, Weighted: opts.Weighted || by == ByWeightedDegree, From: []graph.NameRef{}}
	for _, id := range opts.From {
		name, err := knownName(r, id)
		if err != nil {
			return Ranking{}, err
		}
		answer.From = append(answer.From, name)
	}
	g, err := load(r, opts.Options)
	if err != nil {
		return Ranking{}, err
	}
	how := scoring{weighted: opts.Weighted, seed: opts.Seed, start: startAt(g, answer.From)}
	if m.samples {
		how.pivots = cmp.Or(opts.Pivots, centrality.AutoPivots(g))
		answer.Sampled = m.sampling(g.Len(), &how)
	}
	scores, err := m.score(g, &how)
	if err != nil {
		return Ranking{}, fmt.Errorf("measure %s: %w", by, err)
	}
	list := listed(g, opts.Options)
	answer.Total = len(list)
	answer.Ranking = ranked(g, first(highest(scores, list, opts.TopN), opts.TopN, 20))
	return answer, addMentions(r, answer.Ranking)
}

// scored is a node and its score in nine significant digits.
type scored struct {
	node  uint32
	score float64
}

// listed returns the nodes that f lists, ascending.
func listed(g *graph.Network, f Filter) []uint32 {
	list := make([]uint32, 0, g.Len())
	for node := range uint32(g.Len()) {
		if f.Type == "" && f.Country == "" || f.Lists(g.Actor(node)) {
			list = append(list, node)
		}
	}
	return list
}

// highest returns the nodes with the n highest scores (20 if n is 0, all if it is
// negative) and what may be more, the highest first, then by node.
func highest(scores []float64, nodes []uint32, n int) []scored {
	least := math.Inf(-1)
	if n = cmp.Or(n, 20); n > 0 && n < len(nodes) { // rounding a million numbers takes longer than ranking them
		sorted := make([]float64, len(nodes))
		for i, node := range nodes {
			sorted[i] = -scores[node]
		}
		slices.Sort(sorted)
		least = -sorted[n-1]
		least -= math.Abs(least) * 1e-8 // what may be equal to it once it is rounded
	}
	var list []scored
	for _, node := range nodes {
		if scores[node] >= least {
			list = append(list, scored{node, significant(scores[node])})
		}
	}
	slices.SortStableFunc(list, func(a, b scored) int { return cmp.Compare(b.score, a.score) })
	return list
}

func ranked(g *graph.Network, list []scored) []Ranked {
	events := centrality.Degree(g, graph.Either, true)
	ranking := make([]Ranked, len(list))
	for i, s := range list {
		ranking[i] = Ranked{g.Actor(s.node), s.score, int(events[s.node])}
	}
	return ranking
}

// addMentions gives actors what a network leaves out.
func addMentions(r Reader, list []Ranked) error {
	for i := range list {
		a, err := r.Actor(list[i].Actor.ID)
		if err != nil && !errors.Is(err, graph.ErrNotFound) { // as one is that events alone name
			return err
		}
		list[i].Actor.Mentions = a.Mentions
		list[i].Actor = withMentions(list[i].Actor)
	}
	return nil
}

// startAt returns the weights of nodes that a walk starts anew at, or nil for
// all alike.
func startAt(g *graph.Network, from []graph.NameRef) []float64 {
	if len(from) == 0 {
		return nil
	}
	start := make([]float64, g.Len())
	for _, name := range from {
		if node, ok := g.Lookup(name.ID); ok {
			start[node] = 1
		}
	}
	return start
}

// sampling tells how scores of n actors are estimated, or returns nil if they
// are exact.
func (m *measure) sampling(n int, how *scoring) *Sampling {
	if how.pivots <= 0 || how.pivots >= n {
		return nil
	}
	s := &Sampling{Pivots: how.pivots, Actors: n, Seed: how.seed, Doubt: samplingDoubt}
	if m.greatest != nil {
		bound := significant(centrality.SamplingError(n, how.pivots, samplingDoubt) * m.greatest(float64(n)))
		s.Error = &bound
	}
	return s
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
