package paths_test

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	ggraph "gonum.org/v1/gonum/graph"
	"gonum.org/v1/gonum/graph/path"

	"entente/graph"
	"entente/internal/netgen"
	"entente/queries/paths"
)

// plain hides the weights of a graph.
type plain struct{ ggraph.Graph }

// rowsOf returns the rows that paths go along.
func rowsOf(g *graph.Network, directed bool) *graph.Rows {
	if directed {
		return g.Out()
	}
	return g.Both()
}

// simple returns all paths that visit no node twice, of at most so many hops.
func simple(r *graph.Rows, from, to uint32, hops int) (list [][]uint32) {
	var walk func(path []uint32)
	walk = func(path []uint32) {
		at := path[len(path)-1]
		if at == to {
			list = append(list, slices.Clone(path))
			return
		}
		if len(path) > hops {
			return
		}
		for _, v := range r.Row(at) {
			if !slices.Contains(path, v) {
				walk(append(path, v))
			}
		}
	}
	walk([]uint32{from})
	slices.SortFunc(list, func(a, b []uint32) int { return cmp.Or(cmp.Compare(len(a), len(b)), slices.Compare(a, b)) })
	return list
}

func events(r *graph.Rows, path []uint32) (sum uint32) {
	for i := range path[1:] {
		at, ok := r.Find(path[i], path[i+1])
		if !ok {
			panic(fmt.Sprint("no edge in ", path))
		}
		sum += r.Weight[at]
	}
	return sum
}

// chance returns the cost of a path as Best's doc comment has it.
func chance(r *graph.Rows, path []uint32) float64 {
	cost := 0.0
	for i := range path[1:] {
		all := 0.0
		for _, w := range r.Weights(path[i]) {
			all += float64(w)
		}
		cost -= math.Log(float64(events(r, path[i:i+2])) / all)
	}
	return cost
}

// pairs calls each for networks small enough to try every path, both kinds of
// paths and all pairs of some nodes.
func pairs(each func(name string, r *graph.Rows, f *paths.Finder, from, to uint32)) {
	for name, g := range netgen.Small {
		if g.Len() > 8 {
			continue
		}
		for _, directed := range []bool{true, false} {
			f := paths.NewFinder(g, directed)
			for from := range uint32(g.Len()) {
				for to := range uint32(g.Len()) {
					each(fmt.Sprintf("%s, directed %v, %d to %d", name, directed, from, to), rowsOf(g, directed), f, from, to)
				}
			}
		}
	}
}

func TestShortestAgainstAllPaths(t *testing.T) {
	pairs(func(name string, r *graph.Rows, f *paths.Finder, from, to uint32) {
		var want []uint32
		for _, p := range simple(r, from, to, 8) { // sorted
			if want == nil || len(p) == len(want) && events(r, p) > events(r, want) {
				want = p
			}
		}
		if got := f.Shortest(from, to); !slices.Equal(got, want) {
			t.Fatalf("%s: got %v, want %v", name, got, want)
		}
	})
}

func TestShortestAgainstGonum(t *testing.T) {
	g := netgen.Build(500, netgen.ScaleFree(500, 900, 1))
	for _, directed := range []bool{true, false} {
		f := paths.NewFinder(g, directed)
		none := 0
		for from := range uint32(20) {
			view := plain{g}
			if !directed {
				view.Graph = g.Undirected()
			}
			tree := path.DijkstraFrom(g.Node(int64(from)), view)
			for to := range uint32(g.Len()) {
				want, got := tree.WeightTo(int64(to)), f.Shortest(from, to)
				if got == nil {
					none++
				}
				if (got == nil) != math.IsInf(want, 1) || got != nil && float64(len(got)-1) != want {
					t.Fatalf("directed %v, %d to %d: got %v, gonum has %v hops", directed, from, to, got, want)
				}
			}
		}
		if none == 0 && directed {
			t.Error("no pair without a path: the network lacks a case")
		}
	}
}

func TestBestAgainstAllPaths(t *testing.T) {
	pairs(func(name string, r *graph.Rows, f *paths.Finder, from, to uint32) {
		all := simple(r, from, to, 8)
		for _, k := range []int{1, 2, 3, 7, 100} {
			for _, cost := range []paths.Cost{paths.Chance, paths.Hops} {
				of := func(p []uint32) float64 { return float64(len(p) - 1) }
				if cost == paths.Chance {
					of = func(p []uint32) float64 { return chance(r, p) }
				}
				var want []float64
				for _, p := range all {
					want = append(want, of(p))
				}
				slices.Sort(want)
				want = want[:min(k, len(want))]
				got := f.Best(from, to, k, cost)
				if len(got) != len(want) {
					t.Fatalf("%s, k %d: got %v, want %d paths", name, k, got, len(want))
				}
				seen := map[string]bool{}
				for i, p := range got {
					key := fmt.Sprint(p.Nodes)
					if p.Nodes[0] != from || p.Nodes[len(p.Nodes)-1] != to || seen[key] ||
						!slices.ContainsFunc(all, func(q []uint32) bool { return slices.Equal(p.Nodes, q) }) {
						t.Fatalf("%s, k %d: %v is no path, or there twice", name, k, p)
					}
					seen[key] = true
					if math.Abs(of(p.Nodes)-want[i]) > 2e-5 || math.Abs(float64(p.Cost)/1e6-want[i]) > 2e-5 {
						t.Fatalf("%s, k %d: path %d is %v, which costs %v; want %v", name, k, i, p, of(p.Nodes), want[i])
					}
					if i > 0 && cmp.Or(cmp.Compare(got[i-1].Cost, p.Cost), cmp.Compare(len(got[i-1].Nodes), len(p.Nodes)), slices.Compare(got[i-1].Nodes, p.Nodes)) >= 0 {
						t.Fatalf("%s, k %d: %v stands before %v", name, k, got[i-1], p)
					}
				}
			}
		}
	})
}

// TestHubsCost has two ways of equal length and weight, one over a hub.
func TestHubsCost(t *testing.T) {
	ties := []graph.Link{{Source: 0, Target: 1, Events: 1}, {Source: 1, Target: 3, Events: 1}, {Source: 0, Target: 2, Events: 1}, {Source: 2, Target: 3, Events: 1}}
	for v := uint32(4); v < 20; v++ {
		ties = append(ties, graph.Link{Source: 1, Target: v, Events: 1})
	}
	f := paths.NewFinder(netgen.Build(20, ties), false)
	got := f.Best(0, 3, 2, paths.Chance)
	if len(got) != 2 || !slices.Equal(got[0].Nodes, []uint32{0, 2, 3}) || !slices.Equal(got[1].Nodes, []uint32{0, 1, 3}) {
		t.Errorf("got %v, want the way past the hub first", got)
	}
}

func TestAllAgainstAllPaths(t *testing.T) {
	pairs(func(name string, r *graph.Rows, f *paths.Finder, from, to uint32) {
		for _, hops := range []int{0, 1, 2, 3, 9} {
			want := simple(r, from, to, hops)
			for _, limit := range []int{0, 1, 5, 10_000} {
				got, complete := f.All(from, to, hops, limit)
				if complete != (len(want) <= limit) || !slices.EqualFunc(got, want[:min(limit, len(want))], slices.Equal) {
					t.Fatalf("%s, %d hops, limit %d: got %v, complete %v; want %v", name, hops, limit, got, complete, want)
				}
			}
		}
	})
}

// randomContacts are sorted only half of the time.
func randomContacts(n, m int, seed uint64) []paths.Contact {
	rng := rand.New(rand.NewPCG(seed, 3))
	list := make([]paths.Contact, m)
	for i := range list {
		list[i] = paths.Contact{From: rng.Uint32N(uint32(n)), To: rng.Uint32N(uint32(n)), Day: rng.Int32N(12) - 6}
	}
	if seed%2 == 0 {
		slices.SortFunc(list, func(a, b paths.Contact) int {
			return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
		})
	}
	return list
}

// TestEarliestArrival relaxes every contact until nothing changes.
func TestEarliestArrival(t *testing.T) {
	const n = 9
	reached, not := 0, 0
	for seed := range uint64(40) {
		contacts := randomContacts(n, 5+int(seed), seed)
		before := slices.Clone(contacts)
		for _, opts := range []paths.TimeOptions{{Since: -6, Until: 6}, {Since: -3, Until: 4, SameDay: true}, {Since: math.MinInt32, Until: math.MaxInt32, SameDay: true}} {
			arrival := map[uint32]int32{0: opts.Since - 1}
			if opts.SameDay || opts.Since == math.MinInt32 {
				arrival[0] = opts.Since
			}
			for changed := true; changed; {
				changed = false
				for _, c := range contacts {
					at, ok := arrival[c.From]
					if !ok || c.Day < opts.Since || c.Day > opts.Until || c.Day < at || c.Day == at && !opts.SameDay {
						continue
					}
					if old, ok := arrival[c.To]; !ok || c.Day < old {
						arrival[c.To] = c.Day
						changed = true
					}
				}
			}
			for to := uint32(1); to < n; to++ {
				got, ok := paths.EarliestArrival(n, contacts, 0, to, opts)
				want, exists := arrival[to]
				if ok != exists {
					t.Fatalf("seed %d, %+v, to %d: got %v, %v", seed, opts, to, got, ok)
				}
				if !ok {
					not++
					continue
				}
				reached++
				at := uint32(0)
				for i, c := range got {
					if c.From != at || !slices.Contains(contacts, c) || i > 0 && (c.Day < got[i-1].Day || c.Day == got[i-1].Day && !opts.SameDay) || c.Day < opts.Since {
						t.Fatalf("seed %d, %+v: %v is no path in time", seed, opts, got)
					}
					at = c.To
				}
				if at != to || got[len(got)-1].Day != want {
					t.Fatalf("seed %d, %+v, to %d: %v, want arrival on day %d", seed, opts, to, got, want)
				}
			}
		}
		if !slices.Equal(contacts, before) {
			t.Fatalf("seed %d: the contacts were changed", seed)
		}
	}
	if reached == 0 || not == 0 {
		t.Errorf("%d reached, %d not: a case is missing", reached, not)
	}
}

// TestSameAnswers asks one Finder again and a new one once.
func TestSameAnswers(t *testing.T) {
	g := netgen.Build(3000, netgen.ScaleFree(3000, 12_000, 3))
	ask := func(f *paths.Finder) (answers []any) {
		for i := range uint32(30) {
			from, to := i*97%3000, i*1013%3000
			all, complete := f.All(from, to, 3, 200)
			answers = append(answers, f.Shortest(from, to), f.Best(from, to, 5, paths.Chance), f.Best(from, to, 5, paths.Hops), all, complete)
		}
		return answers
	}
	f := paths.NewFinder(g, false)
	first := ask(f)
	if !reflect.DeepEqual(ask(f), first) || !reflect.DeepEqual(ask(paths.NewFinder(g, false)), first) {
		t.Error("answers differ")
	}
}
