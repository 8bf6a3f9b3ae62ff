package queries_test

import (
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"

	ggraph "gonum.org/v1/gonum/graph"
	"gonum.org/v1/gonum/graph/path"

	"entente/graph"
	"entente/queries"
)

func networkOf(t *testing.T, m *memory) *graph.Network {
	t.Helper()
	relations, err := graph.Relations(m.Events(), graph.RelationOptions{})
	check(t, err)
	return graph.NewNetwork(relations, m.actors)
}

// TestBetweenness counts the shortest paths between all pairs one by one.
func TestBetweenness(t *testing.T) {
	for seed := range int64(10) {
		m := randomWorld(seed, 9, 14)
		g := networkOf(t, m)
		all := path.DijkstraAllPaths(unweighted{g.Undirected()})
		want := make([]float64, g.Len())
		for u := range int64(g.Len()) {
			for v := range u {
				routes, _ := all.AllBetween(u, v)
				for _, r := range routes {
					for _, n := range r[1:max(1, len(r)-1)] {
						want[n.ID()] += 1 / float64(len(routes))
					}
				}
			}
		}
		ranks, err := queries.Rank(m, queries.ByBetweenness, queries.RankOptions{TopN: -1})
		check(t, err)
		if len(ranks.Ranking) != g.Len() {
			t.Fatalf("%d ranks for %d actors", len(ranks.Ranking), g.Len())
		}
		for _, r := range ranks.Ranking {
			i, _ := g.Lookup(r.Actor.ID)
			if math.Abs(r.Score-want[i]) > 1e-7 {
				t.Fatalf("seed %d: %s: got %v, want %v", seed, r.Actor.ID, r.Score, want[i])
			}
		}
	}
}

// unweighted hides the weights of a graph.
type unweighted struct{ ggraph.Graph }

func TestDegreesAgainstEvents(t *testing.T) {
	m := randomWorld(5, 12, 60)
	type set = map[string]bool
	sets := map[queries.Measure]map[graph.ActorID][2]set{}
	note := func(by queries.Measure, id, other graph.ActorID, event string) {
		if sets[by] == nil {
			sets[by] = map[graph.ActorID][2]set{}
		}
		if sets[by][id][0] == nil {
			sets[by][id] = [2]set{{}, {}}
		}
		sets[by][id][0][string(other)] = true
		sets[by][id][1][event] = true
	}
	for _, e := range m.events {
		id := e.Identity()
		if id.Source == id.Target {
			continue
		}
		event := strings.Join([]string{string(id.Source), string(id.Target), id.Predicate, string(id.Date)}, "|")
		note(queries.ByDegree, id.Source, id.Target, event)
		note(queries.ByDegree, id.Target, id.Source, event)
		note(queries.ByOutDegree, id.Source, id.Target, event)
		note(queries.ByInDegree, id.Target, id.Source, event)
		if e.Symmetric {
			note(queries.ByOutDegree, id.Target, id.Source, event)
			note(queries.ByInDegree, id.Source, id.Target, event)
		}
	}
	for _, by := range []queries.Measure{queries.ByDegree, queries.ByInDegree, queries.ByOutDegree} {
		for weighted, i := range map[bool]int{false: 0, true: 1} {
			ranks, err := queries.Rank(m, by, queries.RankOptions{TopN: -1, Weighted: weighted})
			check(t, err)
			for k, r := range ranks.Ranking {
				if want := len(sets[by][r.Actor.ID][i]); r.Score != float64(want) {
					t.Errorf("%s, weighted %v: %s has %v, want %d", by, weighted, r.Actor.ID, r.Score, want)
				}
				if want := len(sets[queries.ByDegree][r.Actor.ID][1]); r.Events != want {
					t.Errorf("%s has %d events, want %d", r.Actor.ID, r.Events, want)
				}
				if k > 0 && (r.Score > ranks.Ranking[k-1].Score || r.Score == ranks.Ranking[k-1].Score && r.Actor.ID < ranks.Ranking[k-1].Actor.ID) {
					t.Errorf("%s: %s is out of order", by, r.Actor.ID)
				}
			}
		}
	}
}

func TestRankIsRepeatable(t *testing.T) {
	m := randomWorld(9, 40, 150)
	for _, by := range queries.Measures {
		want, err := queries.Rank(m, by, queries.RankOptions{})
		check(t, err)
		for range 10 {
			got, err := queries.Rank(m, by, queries.RankOptions{})
			check(t, err)
			if !reflect.DeepEqual(got, want) {
				t.Fatalf("%s: two runs differ", by)
			}
		}
		if len(want.Ranking) != 20 {
			t.Errorf("%s: %d ranks by default, want 20", by, len(want.Ranking))
		}
	}
}

func TestRankRefuses(t *testing.T) {
	m := world()
	if _, err := queries.Rank(m, "fame", queries.RankOptions{}); err == nil || !strings.Contains(err.Error(), `"pagerank"`) {
		t.Errorf("got %v, want the measures there are", err)
	}
	if _, err := queries.Rank(m, queries.ByCloseness, queries.RankOptions{Weighted: true}); err == nil {
		t.Error("weighted closeness is taken")
	}
	if _, err := queries.Rank(m, queries.ByCore, queries.RankOptions{From: []graph.ActorID{"state:FRA"}}); err == nil {
		t.Error("cores from an actor are taken")
	}
}

// Sampled scores are off by no more than is said, and exact where all are
// searched from.
func TestRankSampled(t *testing.T) {
	m := randomWorld(3, 80, 200)
	for _, by := range []queries.Measure{queries.ByBetweenness, queries.ByHarmonic, queries.ByCloseness} {
		exact, err := queries.Rank(m, by, queries.RankOptions{TopN: -1})
		check(t, err)
		all, err := queries.Rank(m, by, queries.RankOptions{TopN: -1, Pivots: 80})
		check(t, err)
		if exact.Sampled != nil || !reflect.DeepEqual(all, exact) {
			t.Errorf("%s from all is not exact: %+v", by, all.Sampled)
		}
		some, err := queries.Rank(m, by, queries.RankOptions{TopN: -1, Pivots: 60, Seed: 7})
		check(t, err)
		s := some.Sampled
		if s == nil || s.Pivots != 60 || s.Actors != 80 || s.Seed != 7 || (s.Error == nil) != (by == queries.ByCloseness) {
			t.Fatalf("%s: %+v", by, s)
		}
		score := map[graph.ActorID]float64{}
		for _, r := range exact.Ranking {
			score[r.Actor.ID] = r.Score
		}
		differ := false
		for _, r := range some.Ranking {
			off := math.Abs(r.Score - score[r.Actor.ID])
			differ = differ || off > 0
			if s.Error != nil && off > *s.Error {
				t.Errorf("%s: %s is off by %v, said was %v", by, r.Actor.ID, off, *s.Error)
			}
		}
		if !differ {
			t.Errorf("%s: 60 of 80 give the exact scores", by)
		}
	}
}

// A rank from an actor has that actor and those near it before others.
func TestRankFrom(t *testing.T) {
	m := &memory{}
	m.act(1, "state:A", "aid", "state:B")
	m.act(9, "state:C", "aid", "state:D")
	m.act(9, "state:E", "aid", "state:D")
	got, err := queries.Rank(m, queries.ByPageRank, queries.RankOptions{From: []graph.ActorID{"state:A"}})
	check(t, err)
	if got.Ranking[0].Actor.ID != "state:A" || got.Ranking[1].Actor.ID != "state:B" || got.Ranking[2].Score != 0 || got.From[0].ID != "state:A" {
		t.Errorf("%+v", got)
	}
	if _, err := queries.Rank(m, queries.ByPageRank, queries.RankOptions{From: []graph.ActorID{"state:none"}}); !errors.Is(err, graph.ErrNotFound) {
		t.Errorf("%v", err)
	}
}
