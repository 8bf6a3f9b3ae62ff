package graph_test

import (
	"errors"
	"math"
	"math/rand"
	"runtime"
	"slices"
	"strings"
	"testing"

	"entente/graph"
)

func tieSeq(ties []graph.Link, err error) func(func(graph.Link, error) bool) {
	return func(yield func(graph.Link, error) bool) {
		for _, t := range ties {
			if !yield(t, nil) {
				return
			}
		}
		if err != nil {
			yield(graph.Link{}, err)
		}
	}
}

func nodeIDs(n int) []graph.ActorID {
	ids := make([]graph.ActorID, n)
	for i := range ids {
		ids[i] = actorID(int64(i))
	}
	return ids
}

func build(t *testing.T, n int, ties []graph.Link, opts graph.NetworkOptions) *graph.Network {
	t.Helper()
	g, err := graph.BuildNetwork(nodeIDs(n), tieSeq(ties, nil), opts)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func randomTies(rng *rand.Rand, n, m int) []graph.Link {
	ties := make([]graph.Link, m)
	for i := range ties {
		ties[i] = graph.Link{Source: uint32(rng.Intn(n)), Target: uint32(rng.Intn(n)), Events: uint32(rng.Intn(4)), Quad: uint8(rng.Intn(5)), Symmetric: rng.Intn(4) == 0}
	}
	return ties
}

// matrices adds up the events of ties by what counts them: directed and
// undirected, all, cooperative and conflictual.
type matrices map[[2]uint32][6]uint32

func matricesOf(ties []graph.Link) matrices {
	m := matrices{}
	add := func(u, v uint32, i int, t graph.Link) {
		c := m[[2]uint32{u, v}]
		c[i] += t.Events
		if t.Quad == 1 || t.Quad == 2 {
			c[i+1] += t.Events
		} else if t.Quad > 2 {
			c[i+2] += t.Events
		}
		m[[2]uint32{u, v}] = c
	}
	for _, t := range ties {
		if t.Source == t.Target {
			continue
		}
		add(t.Source, t.Target, 0, t)
		if t.Symmetric {
			add(t.Target, t.Source, 0, t)
		}
		add(t.Source, t.Target, 3, t)
		add(t.Target, t.Source, 3, t)
	}
	return m
}

// checkRows compares rows with the numbers that at gives for each place.
func checkRows(t *testing.T, name string, r *graph.Rows, weights []uint32, at func(u, v uint32) uint32) {
	t.Helper()
	for u := range uint32(r.Len()) {
		if !slices.IsSorted(r.Row(u)) {
			t.Fatalf("%s: row %d is not sorted: %v", name, u, r.Row(u))
		}
		for v := range uint32(r.Len()) {
			k, ok := r.Find(u, v)
			if want := at(u, v); ok != (want > 0) || ok && weights[k] != want {
				t.Fatalf("%s: %d to %d: found %v, want %d", name, u, v, ok, want)
			}
		}
	}
}

func TestBuildNetwork(t *testing.T) {
	for seed := range int64(30) {
		rng := rand.New(rand.NewSource(seed))
		n := 1 + rng.Intn(9)
		ties := randomTies(rng, n, rng.Intn(40))
		g, m := build(t, n, ties, graph.NetworkOptions{Signed: true}), matricesOf(ties)
		checkRows(t, "out", g.Out(), g.Out().Weight, func(u, v uint32) uint32 { return m[[2]uint32{u, v}][0] })
		checkRows(t, "in", g.In(), g.InWeights(), func(u, v uint32) uint32 { return m[[2]uint32{v, u}][0] })
		checkRows(t, "both", g.Both(), g.Both().Weight, func(u, v uint32) uint32 { return m[[2]uint32{u, v}][3] })
		for u := range uint32(n) {
			for v := range uint32(n) {
				c := m[[2]uint32{u, v}]
				if k, ok := g.Out().Find(u, v); ok && (g.Out().Cooperative[k] != c[1] || g.Out().Conflictual[k] != c[2]) {
					t.Fatalf("seed %d: %d to %d: signs are not %v", seed, u, v, c)
				}
				if k, ok := g.Both().Find(u, v); ok && (g.Both().Cooperative[k] != c[4] || g.Both().Conflictual[k] != c[5]) {
					t.Fatalf("seed %d: %d and %d: signs are not %v", seed, u, v, c)
				}
			}
		}
		for i, part := range []*graph.Network{g.Cooperation(), g.Conflict()} {
			checkRows(t, "out of a part", part.Out(), part.Out().Weight, func(u, v uint32) uint32 { return m[[2]uint32{u, v}][1+i] })
			checkRows(t, "both of a part", part.Both(), part.Both().Weight, func(u, v uint32) uint32 { return m[[2]uint32{u, v}][4+i] })
		}
		plain := build(t, n, ties, graph.NetworkOptions{})
		if plain.Both().Signed() || !slices.Equal(plain.Both().Weight, g.Both().Weight) || plain.Pairs() != g.Pairs() {
			t.Fatalf("seed %d: without signs it is another network", seed)
		}
		// Sorted, the ties are read in another way.
		slices.SortFunc(ties, func(a, b graph.Link) int {
			return slices.Compare([]uint32{a.Source, a.Target}, []uint32{b.Source, b.Target})
		})
		again := build(t, n, ties, graph.NetworkOptions{Signed: true})
		if !slices.Equal(again.Out().To, g.Out().To) || !slices.Equal(again.Both().Cooperative, g.Both().Cooperative) {
			t.Fatalf("seed %d: sorted ties make another network", seed)
		}
	}
}

// TestFilter keeps edges from even nodes: of symmetric events one half stays.
func TestFilter(t *testing.T) {
	for seed := range int64(20) {
		rng := rand.New(rand.NewSource(seed))
		ties := randomTies(rng, 7, 30)
		m := matricesOf(ties)
		f := build(t, 7, ties, graph.NetworkOptions{}).Filter(func(from, _ uint32) bool { return from%2 == 0 })
		at := func(u, v uint32) uint32 {
			if u%2 == 1 {
				return 0
			}
			return m[[2]uint32{u, v}][0]
		}
		checkRows(t, "out", f.Out(), f.Out().Weight, at)
		checkRows(t, "both", f.Both(), f.Both().Weight, func(u, v uint32) uint32 {
			if u%2 == 0 && v%2 == 0 {
				return m[[2]uint32{u, v}][3]
			}
			return at(u, v) + at(v, u)
		})
	}
}

func TestBuildNetworkRefuses(t *testing.T) {
	broken := errors.New("the store is gone")
	for _, c := range []struct {
		name string
		ids  []graph.ActorID
		ties []graph.Link
		err  error
		want string
	}{
		{"order", []graph.ActorID{"b", "a"}, nil, nil, `"b" stands before "a"`},
		{"twice", []graph.ActorID{"a", "a"}, nil, nil, `"a" stands before "a"`},
		{"node", nodeIDs(2), []graph.Link{{Source: 0, Target: 2, Events: 1}}, nil, "tie from node 0 to 2: the network has 2 nodes"},
		{"reader", nodeIDs(2), nil, broken, broken.Error()},
	} {
		if _, err := graph.BuildNetwork(c.ids, tieSeq(c.ties, c.err), graph.NetworkOptions{}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", c.name, err, c.want)
		}
	}
}

func TestWeightsStop(t *testing.T) {
	g := build(t, 2, []graph.Link{{Source: 0, Target: 1, Events: math.MaxUint32}, {Source: 0, Target: 1, Events: 7}, {Source: 1, Target: 0, Events: 7}}, graph.NetworkOptions{})
	if w, _ := g.Weight(0, 1); w != math.MaxUint32 {
		t.Errorf("weight %v, want the greatest there is", w)
	}
	if w, _ := g.Undirected().Weight(0, 1); w != math.MaxUint32 {
		t.Errorf("undirected weight %v, want the greatest there is", w)
	}
}

func TestNetworkWithoutActors(t *testing.T) {
	g := build(t, 1, nil, graph.NetworkOptions{})
	if a := g.Actor(0); a.ID != actorID(0) || a.Name != string(a.ID) || a.Mentions == nil || g.ActorID(0) != a.ID {
		t.Errorf("got %+v", a)
	}
}

// TestNetworkSize holds what the doc comment says of memory.
func TestNetworkSize(t *testing.T) {
	const n, m = 20_000, 200_000
	ties, ids := randomTies(rand.New(rand.NewSource(1)), n, m), nodeIDs(n)
	for i := range ties {
		ties[i].Symmetric = false
	}
	heap := func() int64 {
		runtime.GC()
		var s runtime.MemStats
		runtime.ReadMemStats(&s)
		return int64(s.HeapAlloc)
	}
	before := heap()
	g, err := graph.BuildNetwork(ids, tieSeq(ties, nil), graph.NetworkOptions{})
	if err != nil {
		t.Fatal(err)
	}
	g.In()
	if bytes := float64(heap()-before) / float64(g.Pairs()); bytes > 16 {
		t.Errorf("%.1f bytes a pair, want 16 at most", bytes)
	}
	runtime.KeepAlive(ties)
	runtime.KeepAlive(ids)
}

func BenchmarkBuildNetwork(b *testing.B) {
	ties, ids := randomTies(rand.New(rand.NewSource(1)), 10_000, 100_000), nodeIDs(10_000)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := graph.BuildNetwork(ids, tieSeq(ties, nil), graph.NetworkOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}
