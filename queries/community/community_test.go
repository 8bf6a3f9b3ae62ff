package community_test

import (
	"math"
	"math/rand"
	"reflect"
	"runtime"
	"strings"
	"testing"

	ggraph "gonum.org/v1/gonum/graph"
	gcommunity "gonum.org/v1/gonum/graph/community"

	"entente/graph"
	"entente/internal/netgen"
	"entente/queries/community"
)

// groups returns the communities in the form that gonum takes.
func groups(g *graph.Network, of []uint32) [][]ggraph.Node {
	list := make([][]ggraph.Node, g.Len())
	for u, c := range of {
		list[c] = append(list[c], g.Node(int64(u)))
	}
	return list
}

// plain hides the weights of an undirected graph.
type plain struct{ ggraph.Undirected }

func TestModularityAgainstGonum(t *testing.T) {
	for name, g := range netgen.Small {
		rng := rand.New(rand.NewSource(1))
		of := make([]uint32, g.Len())
		for u := range of {
			of[u] = uint32(rng.Intn(min(3, g.Len())))
		}
		for _, resolution := range []float64{0.5, 1, 2} {
			for _, weighted := range []bool{false, true} {
				var view ggraph.Undirected = plain{g.Undirected()}
				if weighted {
					view = g.Undirected()
				}
				want := 0.0 // gonum divides by zero
				if g.Pairs() > 0 {
					want = gcommunity.Q(view, groups(g, of), resolution)
				}
				got := community.Modularity(g, of, community.Options{Resolution: resolution, Weighted: weighted})
				if math.Abs(got-want) > 1e-12 {
					t.Fatalf("%s, resolution %v, weighted %v: got %v, gonum has %v", name, resolution, weighted, got, want)
				}
			}
		}
	}
}

// bestModularity tries every partition.
func bestModularity(g *graph.Network, opts community.Options) float64 {
	best := math.Inf(-1)
	of := make([]uint32, g.Len())
	var assign func(u int, used uint32)
	assign = func(u int, used uint32) {
		if u == len(of) {
			best = max(best, community.Modularity(g, of, opts))
			return
		}
		for c := range used + 1 {
			of[u] = c
			assign(u+1, max(used, c+1))
		}
	}
	assign(0, 0)
	return best
}

func TestLeidenAgainstAllPartitions(t *testing.T) {
	cases, optimal := 0, 0
	for name, g := range netgen.Small {
		if g.Len() > 8 {
			continue
		}
		for _, opts := range []community.Options{{}, {Weighted: true}, {Resolution: 1.5, Seed: 3}} {
			p := community.Leiden(g, opts)
			best := bestModularity(g, opts)
			checkPartition(t, name, g, p, opts)
			if p.Modularity > best+1e-12 || p.Modularity < best-0.1 {
				t.Fatalf("%s, %+v: modularity %v, the best is %v", name, opts, p.Modularity, best)
			}
			cases++
			if p.Modularity > best-1e-12 {
				optimal++
			}
		}
	}
	if optimal < cases*9/10 {
		t.Errorf("%d of %d are the best there are", optimal, cases)
	}
}

// checkPartition fails unless communities are numbered as told, are connected,
// and have the modularity that they say.
func checkPartition(t *testing.T, name string, g *graph.Network, p community.Partition, opts community.Options) {
	t.Helper()
	if q := community.Modularity(g, p.Of, opts); math.Abs(q-p.Modularity) > 1e-12 {
		t.Fatalf("%s: modularity %v, says %v", name, q, p.Modularity)
	}
	size, least := make([]int, p.Count), make([]int, p.Count)
	for u := range p.Of {
		c := p.Of[u]
		if size[c] == 0 {
			least[c] = u
		}
		size[c]++
	}
	for c := range p.Count {
		if size[c] == 0 || c > 0 && (size[c] > size[c-1] || size[c] == size[c-1] && least[c] < least[c-1]) {
			t.Fatalf("%s: sizes %v, least nodes %v", name, size, least)
		}
		seen := map[uint32]bool{uint32(least[c]): true}
		for stack := []uint32{uint32(least[c])}; len(stack) > 0; {
			u := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			for _, v := range g.Both().Row(u) {
				if int(p.Of[v]) == c && !seen[v] {
					seen[v] = true
					stack = append(stack, v)
				}
			}
		}
		if len(seen) != size[c] {
			t.Fatalf("%s: community %d of %d nodes is not connected", name, c, size[c])
		}
	}
}

// karate is the network of Zachary (1977), whose greatest modularity, 0.4198,
// is known (Brandes et al. 2008).
const karate = `0-1 0-2 0-3 0-4 0-5 0-6 0-7 0-8 0-10 0-11 0-12 0-13 0-17 0-19 0-21 0-31 1-2 1-3 1-7 1-13 1-17 1-19 1-21 1-30 2-3 2-7 2-8
2-9 2-13 2-27 2-28 2-32 3-7 3-12 3-13 4-6 4-10 5-6 5-10 5-16 6-16 8-30 8-32 8-33 9-33 13-33 14-32 14-33 15-32 15-33 18-32 18-33 19-33
20-32 20-33 22-32 22-33 23-25 23-27 23-29 23-32 23-33 24-25 24-27 24-31 25-31 26-29 26-33 27-33 28-31 28-33 29-32 29-33 30-32 30-33
31-32 31-33 32-33`

func TestKarateClub(t *testing.T) {
	g := netgen.Build(34, netgen.Parse(strings.Fields(karate)))
	for seed := range uint64(10) {
		p := community.Leiden(g, community.Options{Seed: seed})
		if math.Abs(p.Modularity-0.4198) > 0.0001 || p.Count != 4 {
			t.Errorf("seed %d: %d communities of modularity %v, want 4 of 0.4198", seed, p.Count, p.Modularity)
		}
	}
}

// TestLeidenAgainstLouvain compares with gonum's Louvain algorithm.
func TestLeidenAgainstLouvain(t *testing.T) {
	for seed := range uint64(4) {
		g := netgen.Build(300, netgen.ScaleFree(300, 1200, seed))
		p := community.Leiden(g, community.Options{Seed: seed})
		checkPartition(t, "scale-free", g, p, community.Options{})
		louvain := gcommunity.Modularize(plain{g.Undirected()}, 1, nil).Communities()
		if q := gcommunity.Q(plain{g.Undirected()}, louvain, 1); p.Modularity < q-0.01 {
			t.Errorf("seed %d: modularity %v, gonum's %v", seed, p.Modularity, q)
		}
	}
}

func TestSameBytes(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	g := netgen.Build(2000, netgen.ScaleFree(2000, 8000, 1))
	want := community.Leiden(g, community.Options{Weighted: true, Seed: 9})
	for _, procs := range []int{1, 2} {
		runtime.GOMAXPROCS(procs)
		if got := community.Leiden(g, community.Options{Weighted: true, Seed: 9}); !reflect.DeepEqual(got, want) {
			t.Errorf("%d processors give another answer", procs)
		}
	}
}
