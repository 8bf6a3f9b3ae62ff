package queries_test

import (
	"iter"
	"maps"
	"math/rand"
	"reflect"
	"slices"
	"testing"

	"entente/graph"
	"entente/queries"
)

// summed is a Reader that has added up its events, and keeps the network.
type summed struct {
	*memory
	asked int // times that Ties was read
	kept  *graph.Network
}

func (s *summed) HasTies() bool { return true }

func (s *summed) Ties() iter.Seq2[graph.Tie, error] {
	s.asked++
	quads := map[graph.Identity]int{}
	symmetric := map[graph.Identity]bool{}
	for _, e := range s.events {
		id := e.Identity()
		quads[id] = max(quads[id], e.Quad)
		symmetric[id] = symmetric[id] || e.Symmetric
	}
	type kind struct {
		category  string
		status    graph.Status
		quad      int
		symmetric bool
	}
	counts := map[graph.Dyad]map[kind]int{}
	for id, quad := range quads {
		if counts[id.Dyad] == nil {
			counts[id.Dyad] = map[kind]int{}
		}
		counts[id.Dyad][kind{id.Category, id.Status, quad, symmetric[id]}]++
	}
	var ties []graph.Tie
	for _, d := range slices.SortedFunc(maps.Keys(counts), graph.Dyad.Compare) {
		t := graph.Tie{Dyad: d}
		for k, n := range counts[d] {
			t.Parts = append(t.Parts, graph.TiePart{Category: k.category, Status: k.status, Quad: k.quad, Symmetric: k.symmetric, Events: n})
		}
		ties = append(ties, t)
	}
	return yieldAll(s.memory, ties, every)
}

func (s *summed) Network() (*graph.Network, bool) { return s.kept, s.kept != nil }
func (s *summed) KeepNetwork(g *graph.Network)    { s.kept = g }

// What is answered from the sums of dyads is what is answered from the events.
func TestTiesAnswerAlike(t *testing.T) {
	rng := rand.New(rand.NewSource(1))
	fast := 0
	for seed := range int64(150) {
		m := randomWorld(seed, 3+rng.Intn(12), rng.Intn(120))
		for i := range m.events {
			e := &m.events[i]
			e.Status = graph.Statuses[rng.Intn(2)*rng.Intn(4)]
			e.Symmetric = e.Predicate == "meet"
		}
		f := queries.Filter{MinEvents: rng.Intn(4)}
		switch rng.Intn(5) {
		case 0:
			f.Statuses = []graph.Status{graph.Asserted, graph.Planned}
		case 1:
			f.Quads = []int{3, 4}
		case 2:
			f.Categories = []string{"AID", "consult"}
		case 3:
			f.Predicate = "meet"
		}
		s := &summed{memory: m}
		ask := func(r queries.Reader) []any {
			var answers []any
			add := func(answer any, err error) {
				check(t, err)
				answers = append(answers, answer)
			}
			for _, by := range []queries.Measure{queries.ByPageRank, queries.ByWeightedDegree, queries.ByBetweenness} {
				add(queries.Rank(r, by, queries.RankOptions{Options: f, TopN: -1}))
			}
			add(queries.FindCommunities(r, queries.CommunityOptions{Filter: f}))
			add(queries.FindComponents(r, queries.ComponentOptions{Filter: f}))
			return answers
		}
		for i, want := range ask(m) {
			if got := ask(s)[i]; !reflect.DeepEqual(got, want) {
				t.Fatalf("seed %d, %+v:\nfrom ties   %+v\nfrom events %+v", seed, f, got, want)
			}
		}
		fast += s.asked
	}
	if fast < 500 {
		t.Errorf("the ties were asked %d times", fast)
	}
}

// The network of all asserted events is kept, and then read; that of others is not.
func TestNetworkIsKept(t *testing.T) {
	m := &memory{}
	for i := range 300 {
		for j := range 200 {
			if i != j {
				m.act(1, graph.ActorID("state:"+string(rune('A'+i))), "aid", graph.ActorID("state:"+string(rune('A'+j))))
			}
		}
	}
	s := &summed{memory: m}
	first, err := queries.Rank(s, queries.ByPageRank, queries.RankOptions{})
	check(t, err)
	if s.kept == nil {
		t.Fatal("nothing is kept")
	}
	second, err := queries.Rank(s, queries.ByPageRank, queries.RankOptions{})
	check(t, err)
	if s.asked != 1 || !reflect.DeepEqual(first, second) {
		t.Errorf("the ties were asked %d times, and the answers were equal: %v", s.asked, reflect.DeepEqual(first, second))
	}
	if _, err = queries.Rank(s, queries.ByPageRank, queries.RankOptions{Options: queries.Filter{Quads: []int{3}}}); err != nil || s.asked != 2 {
		t.Errorf("%v; the ties were asked %d times, want 2", err, s.asked)
	}
}
