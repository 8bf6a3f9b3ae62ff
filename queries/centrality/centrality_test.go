package centrality_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"runtime"
	"slices"
	"testing"

	ggraph "gonum.org/v1/gonum/graph"
	"gonum.org/v1/gonum/graph/network"
	"gonum.org/v1/gonum/graph/path"
	"gonum.org/v1/gonum/graph/simple"
	"gonum.org/v1/gonum/graph/topo"

	"entente/graph"
	"entente/internal/netgen"
	"entente/internal/pq"
	"entente/queries/centrality"
)

// near fails unless got has what want has, and zero where want has nothing.
func near(t *testing.T, name string, got []float64, want map[int64]float64, tolerance float64) {
	t.Helper()
	for u, x := range got {
		w := want[int64(u)]
		if math.IsNaN(x) || math.Abs(x-w) > tolerance*max(1, math.Abs(w)) {
			t.Fatalf("%s: node %d: got %v, want %v", name, u, x, w)
		}
	}
}

// plain hides the weights of a directed graph.
type plain struct{ ggraph.Directed }

// plainUndirected hides those of an undirected one.
type plainUndirected struct{ ggraph.Undirected }

// lengths returns a graph of the same edges that are as long as ours are taken
// to be. All sums of them are whole and exact.
func lengths(g ggraph.Weighted, directed bool) ggraph.Weighted {
	forth, both := simple.NewWeightedDirectedGraph(0, math.Inf(1)), simple.NewWeightedUndirectedGraph(0, math.Inf(1))
	for nodes := g.Nodes(); nodes.Next(); {
		forth.AddNode(nodes.Node())
		both.AddNode(nodes.Node())
	}
	for nodes := g.Nodes(); nodes.Next(); {
		for to := g.From(nodes.Node().ID()); to.Next(); {
			w, _ := g.Weight(nodes.Node().ID(), to.Node().ID())
			e := simple.WeightedEdge{F: nodes.Node(), T: to.Node(), W: float64(pq.Length(uint32(w)))}
			forth.SetWeightedEdge(e)
			both.SetWeightedEdge(e)
		}
	}
	if directed {
		return forth
	}
	return both
}

func TestDegree(t *testing.T) {
	for name, g := range netgen.Small {
		for _, dir := range []graph.Direction{graph.Either, graph.Outgoing, graph.Incoming} {
			degree, strength := map[int64]float64{}, map[int64]float64{}
			for u := range int64(g.Len()) {
				for v := range int64(g.Len()) {
					if u == v {
						continue
					}
					w, ok := g.Weight(u, v)
					switch dir {
					case graph.Incoming:
						w, ok = g.Weight(v, u)
					case graph.Either:
						w, ok = g.Undirected().Weight(u, v)
					}
					if ok {
						degree[u]++
						strength[u] += w
					}
				}
			}
			near(t, name, centrality.Degree(g, dir, false), degree, 0)
			near(t, name+" weighted", centrality.Degree(g, dir, true), strength, 0)
		}
	}
}

func TestPageRankAgainstGonum(t *testing.T) {
	opts := centrality.DefaultPageRank
	opts.Tolerance = 1e-14
	for name, g := range netgen.Small {
		if g.Len() == 0 {
			if got := centrality.PageRank(g, opts); len(got) != 0 {
				t.Errorf("%s: got %v", name, got)
			}
			continue
		}
		opts.Weighted = false
		near(t, name, centrality.PageRank(g, opts), network.PageRank(plain{g}, opts.Damping, 1e-13), 1e-11)
		opts.Weighted = true
		near(t, name+" weighted", centrality.PageRank(g, opts), network.PageRank(g, opts.Damping, 1e-13), 1e-11)
	}
}

// TestPageRankOfHardNetworks has what iterations find hard: a ring, a path, and
// two sides that only deal with each other, in either order of the nodes.
func TestPageRankOfHardNetworks(t *testing.T) {
	const n = 60
	var ring, path, back, sides []graph.Link
	for u := range uint32(n) {
		ring = append(ring, graph.Link{Source: u, Target: (u + 1) % n, Events: 1})
		if u > 0 {
			path = append(path, graph.Link{Source: u - 1, Target: u, Events: 1})
			back = append(back, graph.Link{Source: u, Target: u - 1, Events: 1})
		}
		for v := u + 1; v < n; v += 2 {
			sides = append(sides, graph.Link{Source: u, Target: v, Events: 1 + u, Symmetric: u%7 > 0})
		}
	}
	for name, ties := range map[string][]graph.Link{"ring": ring, "path": path, "path back": back, "sides": sides} {
		g := netgen.Build(n, ties)
		for _, damping := range []float64{0, 0.5, 0.85, 0.99} {
			opts := centrality.DefaultPageRank
			opts.Damping, opts.Weighted = damping, true
			near(t, name, centrality.PageRank(g, opts), network.PageRank(g, damping, 1e-14), 1e-9)
		}
	}
}

// TestPersonalPageRank puts the answer into the formula of the doc comment, on
// networks of very uneven weights, of which some have no way back.
func TestPersonalPageRank(t *testing.T) {
	for seed := range uint64(600) {
		rng := rand.New(rand.NewPCG(seed, 9))
		n := 2 + rng.IntN(12)
		ties := netgen.Random(n, rng.IntN(4*n), seed)
		for i := range ties {
			tie := &ties[i]
			tie.Events, tie.Symmetric = 1+uint32(math.Exp(12*rng.Float64())), false
			if seed%3 == 0 {
				tie.Source, tie.Target = max(tie.Source, tie.Target), min(tie.Source, tie.Target)
			}
		}
		g := netgen.Build(n, ties)
		opts := centrality.DefaultPageRank
		opts.Weighted, opts.Start = true, make([]float64, n)
		opts.Start[rng.IntN(n)]++
		opts.Start[rng.IntN(n)] += 3
		rank, strength := centrality.PageRank(g, opts), centrality.Degree(g, graph.Outgoing, true)
		anew := 1 - opts.Damping
		for u := range rank {
			if strength[u] == 0 {
				anew += opts.Damping * rank[u]
			}
		}
		want := map[int64]float64{}
		for v := range rank {
			x := anew * opts.Start[v] / 4
			for k := g.In().Off[v]; k < g.In().Off[v+1]; k++ {
				u := g.In().To[k]
				x += opts.Damping * rank[u] * float64(g.InWeights()[k]) / strength[u]
			}
			want[int64(v)] = x
		}
		near(t, fmt.Sprint("seed ", seed), rank, want, 1e-9)
	}
}

func TestBetweennessAgainstGonum(t *testing.T) {
	for name, g := range netgen.Small {
		near(t, name+" directed", centrality.Betweenness(g, centrality.BetweennessOptions{Directed: true}), network.Betweenness(g), 1e-9)
		near(t, name+" undirected", centrality.Betweenness(g, centrality.BetweennessOptions{}), halved(network.Betweenness(g.Undirected())), 1e-9)
		for _, directed := range []bool{true, false} {
			var weighted ggraph.Weighted = g
			if !directed {
				weighted = g.Undirected()
			}
			weighted = lengths(weighted, directed)
			want := network.BetweennessWeighted(weighted, path.DijkstraAllPaths(weighted))
			if !directed {
				want = halved(want)
			}
			near(t, name+" weighted", centrality.Betweenness(g, centrality.BetweennessOptions{Directed: directed, Weighted: true}), want, 1e-9)
		}
	}
}

// halved counts each pair once: gonum counts it from both ends.
func halved(scores map[int64]float64) map[int64]float64 {
	for id := range scores {
		scores[id] /= 2
	}
	return scores
}

// TestLargerBetweenness has levels wide enough to be pulled.
func TestLargerBetweenness(t *testing.T) {
	g := netgen.Build(300, netgen.ScaleFree(300, 1500, 4))
	near(t, "directed", centrality.Betweenness(g, centrality.BetweennessOptions{Directed: true}), network.Betweenness(g), 1e-9)
	near(t, "undirected", centrality.Betweenness(g, centrality.BetweennessOptions{}), halved(network.Betweenness(g.Undirected())), 1e-9)
}

// TestBetween counts the shortest paths between the groups one by one.
func TestBetween(t *testing.T) {
	for name, g := range netgen.Small {
		n := uint32(g.Len())
		if n < 5 || n > 13 {
			continue
		}
		from, to := []uint32{0, 1, 0}, []uint32{1, n - 1, n / 2}
		for _, directed := range []bool{true, false} {
			for _, weighted := range []bool{true, false} {
				var all path.AllShortest
				switch {
				case weighted && directed:
					all = path.DijkstraAllPaths(lengths(g, true))
				case weighted:
					all = path.DijkstraAllPaths(lengths(g.Undirected(), false))
				case directed:
					all = path.DijkstraAllPaths(plain{g})
				default:
					all = path.DijkstraAllPaths(plainUndirected{g.Undirected()})
				}
				want := map[int64]float64{}
				for _, s := range from[:2] {
					for _, u := range to {
						if s == u {
							continue
						}
						routes, _ := all.AllBetween(int64(s), int64(u))
						for _, r := range routes {
							for _, v := range r[1:max(1, len(r)-1)] {
								want[v.ID()] += 1 / float64(len(routes))
							}
						}
					}
				}
				got := centrality.Between(g, from, to, centrality.BetweennessOptions{Directed: directed, Weighted: weighted})
				near(t, name, got, want, 1e-9)
			}
		}
	}
}

func TestClosenessAgainstGonum(t *testing.T) {
	for name, g := range netgen.Small {
		n := float64(g.Len())
		for dir, view := range map[graph.Direction]ggraph.Graph{graph.Incoming: plain{g}, graph.Either: plainUndirected{g.Undirected()}} {
			all := path.DijkstraAllPaths(view)
			harmonic := network.Harmonic(view, all)
			for id := range harmonic {
				harmonic[id] /= max(1, n-1)
			}
			near(t, name, centrality.Harmonic(g, centrality.ClosenessOptions{Direction: dir}), harmonic, 1e-12)
			closeness := network.Farness(view, all)
			for id, far := range closeness {
				r := -1.0 // not itself
				for u := range int64(g.Len()) {
					if !math.IsInf(all.Weight(u, id), 1) {
						r++
					}
				}
				if far > 0 {
					closeness[id] = r / (n - 1) * r / far
				}
			}
			near(t, name, centrality.Closeness(g, centrality.ClosenessOptions{Direction: dir}), closeness, 1e-12)
		}
	}
}

// TestOutCloseness looks at a path of three, 0→1→2.
func TestOutCloseness(t *testing.T) {
	g := netgen.Build(3, []graph.Link{{Source: 0, Target: 1, Events: 1}, {Source: 1, Target: 2, Events: 1}})
	near(t, "out", centrality.Closeness(g, centrality.ClosenessOptions{Direction: graph.Outgoing}), map[int64]float64{0: 2. / 3, 1: .5}, 1e-12)
	near(t, "in", centrality.Harmonic(g, centrality.ClosenessOptions{Direction: graph.Incoming}), map[int64]float64{1: .5, 2: .75}, 1e-12)
}

// TestSampling has errors within the bound, and far within it on the average.
func TestSampling(t *testing.T) {
	const n, k = 400, 100
	g := netgen.Build(n, netgen.ScaleFree(n, 2000, 5))
	bound := centrality.SamplingError(n, k, 0.01)
	off := func(got, want []float64, most float64) {
		t.Helper()
		mean := 0.0
		for i := range got {
			e := math.Abs(got[i]-want[i]) / most
			mean += e / n
			if e > bound {
				t.Errorf("node %d: off by %v, bound %v", i, e, bound)
			}
		}
		if mean == 0 || mean > bound/4 {
			t.Errorf("off by %v on the average, bound %v", mean, bound)
		}
	}
	for seed := range uint64(5) {
		off(centrality.Betweenness(g, centrality.BetweennessOptions{Pivots: k, Seed: seed}), centrality.Betweenness(g, centrality.BetweennessOptions{}), n*(n-2)/2)
		off(centrality.Harmonic(g, centrality.ClosenessOptions{Pivots: k, Seed: seed}), centrality.Harmonic(g, centrality.ClosenessOptions{}), 1)
	}
	all := centrality.Betweenness(g, centrality.BetweennessOptions{})
	if got := centrality.Betweenness(g, centrality.BetweennessOptions{Pivots: n}); !slices.Equal(got, all) || centrality.SamplingError(n, n, 0.01) != 0 {
		t.Error("all nodes for pivots are not the exact measure")
	}
}

func TestAutoPivots(t *testing.T) {
	if k := centrality.AutoPivots(netgen.Build(1000, netgen.ScaleFree(1000, 5000, 1))); k != 0 {
		t.Errorf("a small network has %d pivots, want the exact measure", k)
	}
	if k := centrality.AutoPivots(netgen.Build(600_000, netgen.ScaleFree(600_000, 20_000, 1))); k < 100 || int64(k) > centrality.ExactLimit/18_000 {
		t.Errorf("a large network has %d pivots, want as many as the limit allows", k)
	}
}

// TestEigenvector puts the answer in: Ax = λx, and no eigenvalue is greater
// than the λ of a positive vector (Perron and Frobenius).
func TestEigenvector(t *testing.T) {
	for name, g := range netgen.Small {
		for _, weighted := range []bool{false, true} {
			x, err := centrality.Eigenvector(g, centrality.IterationOptions{Weighted: weighted, Tolerance: 1e-13, MaxIterations: 1_000_000})
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			both := g.Both()
			ax, lambda := make([]float64, g.Len()), 0.0
			for u := range ax {
				for k := both.Off[u]; k < both.Off[u+1]; k++ {
					w := 1.0
					if weighted {
						w = float64(both.Weight[k])
					}
					ax[u] += w * x[both.To[k]]
				}
				lambda += x[u] * ax[u]
			}
			for u := range ax {
				if x[u] < 0 || math.Abs(ax[u]-lambda*x[u]) > 1e-6*max(1, lambda) {
					t.Fatalf("%s: node %d: x %v, Ax %v, λ %v", name, u, x[u], ax[u], lambda)
				}
			}
		}
	}
	// A star of four: the hub is to a leaf as √3 to 1.
	star := netgen.Build(4, []graph.Link{{Source: 0, Target: 1, Events: 1}, {Source: 2, Target: 0, Events: 1}, {Source: 0, Target: 3, Events: 1}})
	x, err := centrality.Eigenvector(star, centrality.IterationOptions{})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "star", x, map[int64]float64{0: math.Sqrt(.5), 1: math.Sqrt(1. / 6), 2: math.Sqrt(1. / 6), 3: math.Sqrt(1. / 6)}, 1e-8)
}

// TestKatz counts walks one length after the other.
func TestKatz(t *testing.T) {
	const alpha = 0.02
	for name, g := range netgen.Small {
		for _, dir := range []graph.Direction{graph.Incoming, graph.Outgoing} {
			want, walks := map[int64]float64{}, make([]float64, g.Len())
			for u := range walks {
				walks[u] = 1
			}
			for range 200 {
				next := make([]float64, g.Len())
				for u := range walks {
					want[int64(u)] += walks[u]
					for _, v := range g.Out().Row(uint32(u)) {
						if dir == graph.Incoming {
							next[v] += alpha * walks[u]
						} else {
							next[u] += alpha * walks[v]
						}
					}
				}
				walks = next
			}
			got, err := centrality.Katz(g, centrality.KatzOptions{Direction: dir, Attenuation: alpha})
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			near(t, name, got, want, 1e-8)
		}
		if _, err := centrality.Katz(g, centrality.KatzOptions{IterationOptions: centrality.IterationOptions{Weighted: true}}); err != nil {
			t.Fatalf("%s: the standard attenuation: %v", name, err)
		}
	}
	triangle := netgen.Build(3, []graph.Link{{Source: 0, Target: 1, Events: 1}, {Source: 1, Target: 2, Events: 1}, {Source: 2, Target: 0, Events: 1}})
	if _, err := centrality.Katz(triangle, centrality.KatzOptions{Attenuation: 0.6}); err == nil {
		t.Error("an attenuation above 1/λ converges")
	}
}

func TestHITSAgainstGonum(t *testing.T) {
	for name, g := range netgen.Small {
		if g.Pairs() == 0 {
			continue // gonum divides by zero
		}
		hub, authority, err := centrality.HITS(g, centrality.IterationOptions{Tolerance: 1e-13, MaxIterations: 1_000_000})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		wantHub, wantAuthority := map[int64]float64{}, map[int64]float64{}
		for id, ha := range network.HITS(g, 1e-12) {
			wantHub[id], wantAuthority[id] = ha.Hub, ha.Authority
		}
		near(t, name+" hub", hub, wantHub, 1e-5)
		near(t, name+" authority", authority, wantAuthority, 1e-5)
	}
}

func TestCoreAgainstGonum(t *testing.T) {
	for name, g := range netgen.Small {
		want := make([]uint32, g.Len())
		_, cores := topo.DegeneracyOrdering(g.Undirected())
		for k, nodes := range cores {
			for _, n := range nodes {
				want[n.ID()] = uint32(k)
			}
		}
		if got := centrality.Core(g); !slices.Equal(got, want) {
			t.Fatalf("%s: got %v, gonum has %v", name, got, want)
		}
	}
}

// TestSameBytes runs every measure on one and on more processors, on a network
// that is large enough to be cut in pieces.
func TestSameBytes(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	run := func(procs int) []any {
		runtime.GOMAXPROCS(procs)
		g := netgen.Build(4200, netgen.ScaleFree(4200, 9000, 7))
		coarse := centrality.IterationOptions{Tolerance: 1e-5}
		eigen, err1 := centrality.Eigenvector(g, coarse)
		katz, err2 := centrality.Katz(g, centrality.KatzOptions{IterationOptions: coarse})
		hub, authority, err3 := centrality.HITS(g, coarse)
		return []any{centrality.PageRank(g, centrality.DefaultPageRank), eigen, katz, hub, authority, err1, err2, err3, centrality.Core(g),
			centrality.Betweenness(g, centrality.BetweennessOptions{Pivots: 50}),
			centrality.Betweenness(g, centrality.BetweennessOptions{Pivots: 40, Directed: true, Weighted: true}),
			centrality.Harmonic(g, centrality.ClosenessOptions{Pivots: 200}), centrality.Closeness(g, centrality.ClosenessOptions{Pivots: 200})}
	}
	want := run(1)
	for _, procs := range []int{2, 3} {
		if got := run(procs); !reflect.DeepEqual(got, want) {
			t.Errorf("%d processors give another answer", procs)
		}
	}
}
