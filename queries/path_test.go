package queries_test

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"testing"

	"entente/graph"
	"entente/queries"
)

// route is a path as the brute force finds it.
type route struct {
	ids    []graph.ActorID
	events int
}

func compareRoutes(a, b route) int {
	return cmp.Or(cmp.Compare(len(a.ids), len(b.ids)), cmp.Compare(b.events, a.events), slices.Compare(a.ids, b.ids))
}

// bestRoute tries every simple path.
func bestRoute(steps map[graph.Dyad]int, actors []graph.ActorID, so, to graph.ActorID) (best route, ok bool) {
	var walk func(r route)
	walk = func(r route) {
		at := r.ids[len(r.ids)-1]
		if at == to {
			if !ok || compareRoutes(r, best) < 0 {
				best, ok = route{slices.Clone(r.ids), r.events}, true
			}
			return
		}
		for _, next := range actors {
			if n := steps[graph.Dyad{Source: at, Target: next}]; n > 0 && !slices.Contains(r.ids, next) {
				walk(route{append(slices.Clip(r.ids), next), r.events + n})
			}
		}
	}
	walk(route{ids: []graph.ActorID{so}})
	return best, ok
}

func TestShortestPathAgainstAllPaths(t *testing.T) {
	var directed, undirected, none int
	for seed := range int64(40) {
		m := randomWorld(seed, 7, 6+int(seed)%8)
		forth, either := map[graph.Dyad]int{}, map[graph.Dyad]int{}
		relations, err := graph.Relations(m.Events(), graph.RelationOptions{})
		check(t, err)
		for _, r := range relations {
			there, back := graph.Dyad{Source: r.Source, Target: r.Target}, graph.Dyad{Source: r.Target, Target: r.Source}
			forth[there] += r.Events
			either[there] += r.Events
			either[back] += r.Events
			if r.Symmetric {
				forth[back] += r.Events
			}
		}
		var actors []graph.ActorID
		for _, a := range m.actors {
			actors = append(actors, a.ID)
		}
		for _, a := range actors {
			for _, b := range actors {
				want, isDirected := bestRoute(forth, actors, a, b)
				ok := isDirected
				if !ok {
					want, ok = bestRoute(either, actors, a, b)
				}
				got, err := queries.ShortestPath(m, a, b, queries.Options{})
				if !ok {
					none++
					if !errors.Is(err, queries.ErrNoPath) {
						t.Fatalf("seed %d: %s to %s: got %v, %v; want no path", seed, a, b, got, err)
					}
					continue
				}
				check(t, err)
				found := route{ids: []graph.ActorID{got.From.ID}}
				for _, h := range got.Hops {
					if h.From.ID != found.ids[len(found.ids)-1] || h.Relation.Evidence == nil || h.Relation.Events > h.Events {
						t.Fatalf("seed %d: bad hop %+v", seed, h)
					}
					found.ids = append(found.ids, h.To.ID)
					found.events += h.Events
				}
				if compareRoutes(found, want) != 0 || got.Directed != isDirected {
					t.Fatalf("seed %d: %s to %s: got %v (directed %v), want %v (directed %v)", seed, a, b, found, got.Directed, want, isDirected)
				}
				if isDirected {
					directed++
				} else {
					undirected++
				}
			}
		}
	}
	if directed == 0 || undirected == 0 || none == 0 {
		t.Errorf("%d directed, %d undirected, %d without a path: the graphs lack a case", directed, undirected, none)
	}
}

func TestNoPathMessage(t *testing.T) {
	m := world()
	_, err := queries.ShortestPath(m, "state:KOR", "state:RUS", queries.Options{})
	if want := "South Korea (state:KOR) and Russia (state:RUS): no path"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestShortestPathStatuses(t *testing.T) {
	m := world()
	m.act(1, "state:KOR", "plan", "state:RUS")
	m.events[len(m.events)-1].Status = graph.Planned
	if _, err := queries.ShortestPath(m, "state:KOR", "state:RUS", queries.Options{}); !errors.Is(err, queries.ErrNoPath) {
		t.Errorf("a plan is a tie: %v", err)
	}
	p, err := queries.ShortestPath(m, "state:KOR", "state:RUS", queries.Options{Statuses: []graph.Status{graph.Planned}})
	if err != nil || len(p.Hops) != 1 || p.Hops[0].Relation.Predicate != "plan" {
		t.Errorf("got %+v, %v; want the planned hop", p, err)
	}
}

// TestStrongestOfHop has a hop of two relations, one against the direction.
func TestStrongestOfHop(t *testing.T) {
	m := &memory{}
	m.act(1, "state:A", "aid", "state:B")
	m.act(2, "state:A", "condemn", "state:B")
	m.act(9, "state:B", "attack", "state:A")
	p, err := queries.ShortestPath(m, "state:A", "state:B", queries.Options{})
	check(t, err)
	if h := p.Hops[0]; h.Events != 3 || h.Relation.Predicate != "condemn" || !strings.Contains(h.Relation.Evidence.Quote, "condemn") {
		t.Errorf("got %+v, want condemn, 3 events in all", h)
	}
}
