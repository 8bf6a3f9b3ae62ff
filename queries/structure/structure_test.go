package structure_test

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"runtime"
	"slices"
	"testing"

	ggraph "gonum.org/v1/gonum/graph"
	"gonum.org/v1/gonum/graph/topo"

	"entente/graph"
	"entente/internal/netgen"
	"entente/queries/structure"
)

// partsOf numbers gonum's components as Parts does.
func partsOf(n int, components [][]ggraph.Node) structure.Parts {
	var ids [][]int64
	for _, c := range components {
		var list []int64
		for _, node := range c {
			list = append(list, node.ID())
		}
		slices.Sort(list)
		ids = append(ids, list)
	}
	slices.SortFunc(ids, func(a, b []int64) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a[0], b[0])) })
	p := structure.Parts{Of: make([]uint32, n), Count: len(ids), Sizes: make([]int, len(ids))}
	for i, list := range ids {
		p.Sizes[i] = len(list)
		for _, u := range list {
			p.Of[u] = uint32(i)
		}
	}
	return p
}

func TestComponentsAgainstGonum(t *testing.T) {
	for name, g := range netgen.Small {
		if got, want := structure.Components(g), partsOf(g.Len(), topo.ConnectedComponents(g.Undirected())); !reflect.DeepEqual(got, want) {
			t.Fatalf("%s: weak: got %+v, gonum has %+v", name, got, want)
		}
		if got, want := structure.Strong(g), partsOf(g.Len(), topo.TarjanSCC(g)); !reflect.DeepEqual(got, want) {
			t.Fatalf("%s: strong: got %+v, gonum has %+v", name, got, want)
		}
	}
}

// without returns g without some nodes' edges and without one pair's.
func without(g *graph.Network, nodes []uint32, a, b uint32) *graph.Network {
	return g.Filter(func(u, v uint32) bool {
		return !slices.Contains(nodes, u) && !slices.Contains(nodes, v) && (u != a || v != b) && (u != b || v != a)
	})
}

const nobody = math.MaxUint32

// TestCuts takes every node and every pair away in turn.
func TestCuts(t *testing.T) {
	for name, g := range netgen.Small {
		want := structure.Cuts{Bridges: []structure.Bridge{}, Points: []structure.Point{}}
		before := structure.Components(g).Count
		for u := range uint32(g.Len()) {
			for _, v := range g.Both().Row(u) {
				if u > v {
					continue
				}
				if after := structure.Components(without(g, nil, u, v)); after.Count > before {
					side := min(after.Sizes[after.Of[u]], after.Sizes[after.Of[v]])
					want.Bridges = append(want.Bridges, structure.Bridge{U: u, V: v, Side: side})
				}
			}
			// The node itself stays, as a component; that makes one more unless it
			// had no edges.
			if after := structure.Components(without(g, []uint32{u}, nobody, nobody)).Count; after > before+1 {
				want.Points = append(want.Points, structure.Point{Node: u, CutOff: len(structure.Without(g, []uint32{u}).CutOff)})
			}
		}
		if got := structure.FindCuts(g); !reflect.DeepEqual(got, want) {
			t.Fatalf("%s: got %v, want %v", name, got, want)
		}
	}
}

func TestWithout(t *testing.T) {
	for name, g := range netgen.Small {
		n := uint32(g.Len())
		for _, removed := range [][]uint32{{}, {0}, {0, n / 2, n / 2}} {
			if len(removed) > 0 && n == 0 {
				continue
			}
			gone := func(u int) bool { return slices.Contains(removed, uint32(u)) }
			before, after := structure.Components(g), structure.Components(without(g, removed, nobody, nobody))
			want := structure.Loss{CutOff: []uint32{}}
			if before.Count > 0 {
				want.LargestBefore = before.Sizes[0]
			}
			left, parts := map[uint32]bool{}, map[uint32]int{}
			hit := map[uint32]bool{}
			for u := range int(n) {
				if gone(u) {
					hit[before.Of[u]] = true
					continue
				}
				left[before.Of[u]] = true
				parts[after.Of[u]]++
				want.LargestAfter = max(want.LargestAfter, parts[after.Of[u]])
			}
			want.Before, want.After = len(left), len(parts)
			for u := range int(n) {
				if gone(u) || !hit[before.Of[u]] {
					continue
				}
				// The rest with the lowest number is the largest.
				best := after.Of[u]
				for v := range int(n) {
					if !gone(v) && before.Of[v] == before.Of[u] {
						best = min(best, after.Of[v])
					}
				}
				if after.Of[u] != best {
					want.CutOff = append(want.CutOff, uint32(u))
				}
			}
			if got := structure.Without(g, removed); !reflect.DeepEqual(got, want) {
				t.Fatalf("%s without %v: got %+v, want %+v", name, removed, got, want)
			}
		}
	}
}

func TestClustering(t *testing.T) {
	for name, g := range netgen.Small {
		local, transitivity := structure.Clustering(g)
		closed, all := 0.0, 0.0
		for u := range local {
			row := g.Both().Row(uint32(u))
			mine, pairs := 0.0, 0.0
			for i, v := range row {
				for _, w := range row[:i] {
					pairs++
					if g.HasEdgeBetween(int64(v), int64(w)) {
						mine++
					}
				}
			}
			closed, all = closed+mine, all+pairs
			if want := mine / max(1, pairs); math.Abs(local[u]-want) > 1e-12 {
				t.Fatalf("%s: node %d has %v, want %v", name, u, local[u], want)
			}
		}
		if want := closed / max(1, all); math.Abs(transitivity-want) > 1e-12 {
			t.Fatalf("%s: transitivity %v, want %v", name, transitivity, want)
		}
	}
}

// signOf returns what two nodes have more of, and the surplus.
func signOf(g *graph.Network, u, v uint32) (sign int, net uint32) {
	at, ok := g.Both().Find(u, v)
	if !ok {
		return 0, 0
	}
	plus, minus := g.Both().Cooperative[at], g.Both().Conflictual[at]
	return cmp.Compare(plus, minus), max(plus, minus) - min(plus, minus)
}

func TestBalance(t *testing.T) {
	some := 0
	for name, g := range netgen.Small {
		want := structure.Balance{Unbalanced: []structure.Triad{}}
		for u := range uint32(g.Len()) {
			for v := range u {
				for w := range v {
					negative, strength := 0, uint32(math.MaxUint32)
					full := true
					for _, p := range [][2]uint32{{u, v}, {u, w}, {v, w}} {
						sign, net := signOf(g, p[0], p[1])
						full = full && sign != 0
						strength = min(strength, net)
						if sign < 0 {
							negative++
						}
					}
					if !full {
						continue
					}
					want.Triads[negative]++
					if negative%2 == 1 {
						want.Unbalanced = append(want.Unbalanced, structure.Triad{Nodes: [3]uint32{w, v, u}, Negative: negative, Strength: strength})
					}
				}
			}
		}
		slices.SortFunc(want.Unbalanced, func(a, b structure.Triad) int {
			return cmp.Or(cmp.Compare(b.Strength, a.Strength), slices.Compare(a.Nodes[:], b.Nodes[:]))
		})
		some += len(want.Unbalanced)
		all := want.Unbalanced
		for _, limit := range []int{0, 2, 10_000} {
			want.Unbalanced = all[:min(limit, len(all))]
			if got := structure.FindBalance(g, limit); !reflect.DeepEqual(got, want) {
				t.Fatalf("%s, limit %d: got %+v, want %+v", name, limit, got, want)
			}
		}
	}
	if some == 0 {
		t.Error("no triad is unbalanced: the networks lack a case")
	}
	if got := (structure.Balance{Triads: [4]int{1, 2, 3, 4}}).Balanced(); got != 0.4 {
		t.Errorf("4 of 10 triads balanced: got %v", got)
	}
}

// frustrated adds up what does not fit.
func frustrated(g *graph.Network, camp func(u uint32) uint8, weighted bool) (sum uint64) {
	for u := range uint32(g.Len()) {
		for v := range u {
			sign, net := signOf(g, u, v)
			if sign == 0 || (sign > 0) == (camp(u) == camp(v)) {
				continue
			}
			if weighted {
				sum += uint64(net)
			} else {
				sum++
			}
		}
	}
	return sum
}

// TestCamps tries every division.
func TestCamps(t *testing.T) {
	cases, least := 0, 0
	for name, g := range netgen.Small {
		if g.Len() > 8 {
			continue
		}
		for _, weighted := range []bool{false, true} {
			got := structure.FindCamps(g, structure.CampOptions{Weighted: weighted})
			if is := frustrated(g, func(u uint32) uint8 { return got.Of[u] }, weighted); is != got.Frustrated {
				t.Fatalf("%s: says %d, is %d", name, got.Frustrated, is)
			}
			if all := frustrated(g, func(u uint32) uint8 { return 0 }, weighted) + frustratedApart(g, weighted); all != got.Total {
				t.Fatalf("%s: total %d, is %d", name, got.Total, all)
			}
			best := uint64(math.MaxUint64)
			for division := range 1 << g.Len() {
				best = min(best, frustrated(g, func(u uint32) uint8 { return uint8(division >> u & 1) }, weighted))
			}
			cases++
			if got.Frustrated == best {
				least++
			} else if got.Frustrated < best {
				t.Fatalf("%s: %d is less than the least, %d", name, got.Frustrated, best)
			}
		}
	}
	if least != cases {
		t.Errorf("%d of %d have the least frustration", least, cases)
	}
}

// frustratedApart is the weight of the friends: what would not fit if every
// node had a camp of its own.
func frustratedApart(g *graph.Network, weighted bool) (sum uint64) {
	for u := range uint32(g.Len()) {
		for v := range u {
			if sign, net := signOf(g, u, v); sign > 0 {
				if !weighted {
					net = 1
				}
				sum += uint64(net)
			}
		}
	}
	return sum
}

// TestTwoBlocs has friends within two blocs, enemies between them: nothing is
// frustrated, and no triad unbalanced.
func TestTwoBlocs(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	var ties []graph.Link
	for range 3000 {
		tie := graph.Link{Source: rng.Uint32N(200), Target: rng.Uint32N(200), Events: 1, Quad: 1}
		if tie.Source%2 != tie.Target%2 {
			tie.Quad = 4
		}
		ties = append(ties, tie)
	}
	g := netgen.Build(200, ties)
	camps := structure.FindCamps(g, structure.CampOptions{Restarts: 1})
	for u, c := range camps.Of {
		if int(c) != u%2 {
			t.Fatalf("node %d is in camp %d", u, c)
		}
	}
	if camps.Frustrated != 0 || camps.Total == 0 {
		t.Errorf("%d of %d frustrated, want none", camps.Frustrated, camps.Total)
	}
	if b := structure.FindBalance(g, 5); b.Balanced() != 1 || b.Triads[0] == 0 || b.Triads[2] == 0 {
		t.Errorf("got %+v, want triads without and with two negative pairs alone", b)
	}
}

func TestSimilar(t *testing.T) {
	for name, g := range netgen.Small {
		for _, dir := range []graph.Direction{graph.Either, graph.Outgoing, graph.Incoming} {
			weight := func(u, v uint32) float64 {
				var w float64
				var ok bool
				switch dir {
				case graph.Outgoing:
					w, ok = g.Weight(int64(u), int64(v))
				case graph.Incoming:
					w, ok = g.Weight(int64(v), int64(u))
				default:
					w, ok = g.Undirected().Weight(int64(u), int64(v))
				}
				if !ok || u == v {
					return 0
				}
				return w
			}
			for _, by := range []structure.Likeness{structure.Jaccard, structure.AdamicAdar, structure.Cosine} {
				for u := range uint32(g.Len()) {
					got := structure.FindSimilar(g, u, structure.SimilarOptions{By: by, Direction: dir, Limit: 1000})
					found := map[uint32]structure.Similar{}
					for i, s := range got {
						found[s.Node] = s
						if i > 0 && (got[i-1].Score < s.Score || got[i-1].Score == s.Score && got[i-1].Node >= s.Node) {
							t.Fatalf("%s: out of order: %v", name, got)
						}
					}
					for v := range uint32(g.Len()) {
						common, either, rare, dot, uu, vv := 0, 0, 0.0, 0.0, 0.0, 0.0
						for z := range uint32(g.Len()) {
							a, b := weight(u, z), weight(v, z)
							dot, uu, vv = dot+a*b, uu+a*a, vv+b*b
							if a > 0 || b > 0 {
								either++
							}
							if a > 0 && b > 0 {
								common++
								have := 0.0
								for x := range uint32(g.Len()) {
									if weight(x, z) > 0 {
										have++
									}
								}
								rare += 1 / math.Log(have)
							}
						}
						s, ok := found[v]
						if ok != (common > 0 && u != v) {
							t.Fatalf("%s: %d and %d: found %v, %d in common", name, u, v, ok, common)
						}
						if !ok {
							continue
						}
						want := map[structure.Likeness]float64{structure.Jaccard: float64(common) / float64(either),
							structure.AdamicAdar: rare, structure.Cosine: dot / math.Sqrt(uu*vv)}[by]
						if s.Common != common || math.Abs(s.Score-want) > 1e-12 {
							t.Fatalf("%s: %d and %d: got %+v, want %v of %d in common", name, u, v, s, want, common)
						}
					}
				}
			}
		}
	}
}

func TestReciprocity(t *testing.T) {
	for name, g := range netgen.Small {
		mutual, edges, answered, all := 0.0, 0.0, 0.0, 0.0
		for u := range int64(g.Len()) {
			for v := range int64(g.Len()) {
				w, ok := g.Weight(u, v)
				if !ok || u == v {
					continue
				}
				edges, all = edges+1, all+w
				if back, ok := g.Weight(v, u); ok {
					mutual, answered = mutual+1, answered+min(w, back)
				}
			}
		}
		gotEdges, gotEvents := structure.Reciprocity(g)
		if gotEdges != mutual/max(1, edges) || gotEvents != answered/max(1, all) {
			t.Fatalf("%s: got %v and %v, want %v of %v edges, %v of %v events", name, gotEdges, gotEvents, mutual, edges, answered, all)
		}
	}
}

func TestSameBytes(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	run := func(procs int) string {
		runtime.GOMAXPROCS(procs)
		g := netgen.Build(2000, netgen.ScaleFree(2000, 9000, 2))
		local, all := structure.Clustering(g)
		return fmt.Sprint(structure.Components(g), structure.Strong(g), structure.FindCuts(g), local, all, structure.FindBalance(g, 100),
			structure.FindCamps(g, structure.CampOptions{Seed: 4, Weighted: true}), structure.Without(g, []uint32{1, 2, 3}),
			structure.FindSimilar(g, 7, structure.SimilarOptions{By: structure.Cosine, Limit: 50}))
	}
	want := run(1)
	for _, procs := range []int{1, 2} {
		if run(procs) != want {
			t.Errorf("%d processors give another answer", procs)
		}
	}
}

func TestUnsignedPanics(t *testing.T) {
	g, err := graph.BuildNetwork(netgen.IDs(2), netgen.Seq([]graph.Link{{Source: 0, Target: 1, Events: 1}}), graph.NetworkOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if recover() == nil {
			t.Error("a network without signs has a balance")
		}
	}()
	structure.FindBalance(g, 1)
}
