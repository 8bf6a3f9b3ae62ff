package graph_test

import (
	"fmt"
	"math"
	"math/rand"
	"slices"
	"testing"

	ggraph "gonum.org/v1/gonum/graph"
	"gonum.org/v1/gonum/graph/simple"
	"gonum.org/v1/gonum/graph/testgraph"

	"entente/graph"
)

func actorID(i int64) graph.ActorID { return graph.ActorID(fmt.Sprintf("state:%020d", i)) }

// networkOf builds a Network over gonum's test nodes and edges, and returns the
// nodes and edges that it should then have. It refuses what a Network leaves
// out: loops and parallel edges.
func networkOf(nodes []ggraph.Node, edges []testgraph.WeightedLine, directed bool) (g *graph.Network, n []ggraph.Node, e []testgraph.Edge, ok bool) {
	actors := map[graph.ActorID]bool{}
	for _, node := range nodes {
		if node.ID() < 0 {
			return nil, nil, nil, false // the order of the ids would be another
		}
		actors[actorID(node.ID())] = true
	}
	var relations []graph.Relation
	seen := map[graph.Dyad]bool{}
	for i, edge := range edges {
		from, to := actorID(edge.From().ID()), actorID(edge.To().ID())
		if edge.From().ID() < 0 || edge.To().ID() < 0 || from == to || seen[graph.Dyad{Source: from, Target: to}] ||
			!directed && seen[graph.Dyad{Source: to, Target: from}] {
			return nil, nil, nil, false
		}
		seen[graph.Dyad{Source: from, Target: to}] = true
		actors[from], actors[to] = true, true
		relations = append(relations, graph.Relation{Source: from, Target: to, Counts: graph.Counts{Events: i + 1}})
	}
	list := make([]graph.Actor, 0, len(actors))
	for id := range actors {
		list = append(list, graph.Actor{ID: id})
	}
	g = graph.NewNetwork(relations, list)
	at := func(id graph.ActorID) ggraph.Node {
		i, ok := g.Lookup(id)
		if !ok {
			panic("no node for " + id)
		}
		return simple.Node(int64(i))
	}
	for i := range g.Len() {
		n = append(n, g.Node(int64(i)))
	}
	for _, r := range relations {
		e = append(e, simple.WeightedEdge{F: g.Node(at(r.Source).ID()), T: g.Node(at(r.Target).ID()), W: float64(r.Events)})
	}
	return g, n, e, true
}

func directedBuilder(nodes []ggraph.Node, edges []testgraph.WeightedLine, _, _ float64) (ggraph.Graph, []ggraph.Node, []testgraph.Edge, float64, float64, bool) {
	g, n, e, ok := networkOf(nodes, edges, true)
	return g, n, e, 0, math.Inf(1), ok
}

func undirectedBuilder(nodes []ggraph.Node, edges []testgraph.WeightedLine, _, _ float64) (ggraph.Graph, []ggraph.Node, []testgraph.Edge, float64, float64, bool) {
	g, n, e, ok := networkOf(nodes, edges, false)
	if !ok {
		return nil, nil, nil, 0, 0, false
	}
	return g.Undirected(), n, e, 0, math.Inf(1), true
}

// TestContract runs gonum's own tests of its graph interfaces.
func TestContract(t *testing.T) {
	for name, b := range map[string]testgraph.Builder{"directed": directedBuilder, "undirected": undirectedBuilder} {
		t.Run(name, func(t *testing.T) {
			testgraph.NodeExistence(t, b)
			testgraph.ReturnAllNodes(t, b, true)
			testgraph.ReturnAdjacentNodes(t, b, true, true)
			testgraph.EdgeExistence(t, b, true)
			testgraph.Weight(t, b)
		})
	}
}

func TestNetworkAgainstMatrix(t *testing.T) {
	for seed := range int64(20) {
		rng := rand.New(rand.NewSource(seed))
		relations, err := graph.Relations(events(randomEvents(rng, 60, 8), nil), graph.RelationOptions{})
		if err != nil {
			t.Fatal(err)
		}
		lone := graph.Actor{ID: "igo:NATO", Name: "NATO"}
		g := graph.NewNetwork(relations, []graph.Actor{lone, {ID: "state:001", Name: "One"}})
		n := g.Len()
		directed, undirected := make([]float64, n*n), make([]float64, n*n)
		for _, r := range relations {
			u, _ := g.Lookup(r.Source)
			v, _ := g.Lookup(r.Target)
			if u == v {
				continue
			}
			w := float64(r.Events)
			directed[int(u)*n+int(v)] += w
			if r.Symmetric {
				directed[int(v)*n+int(u)] += w
			}
			undirected[int(u)*n+int(v)] += w
			undirected[int(v)*n+int(u)] += w
		}
		check := func(kind string, got float64, ok bool, want float64) {
			t.Helper()
			if ok != (want != 0) || ok && got != want || !ok && !math.IsInf(got, 1) {
				t.Fatalf("seed %d: %s weight %v, %v; want %v", seed, kind, got, ok, want)
			}
		}
		for u := range int64(n) {
			for v := range int64(n) {
				if u == v {
					continue
				}
				i := int(u)*n + int(v)
				w, ok := g.Weight(u, v)
				check("directed", w, ok, directed[i])
				w, ok = g.Undirected().Weight(u, v)
				check("undirected", w, ok, undirected[i])
				if g.HasEdgeFromTo(u, v) != (directed[i] != 0) || g.HasEdgeBetween(u, v) != (undirected[i] != 0) {
					t.Fatalf("seed %d: edge %d-%d", seed, u, v)
				}
				if (g.Edge(u, v) == nil) != (directed[i] == 0) {
					t.Fatalf("seed %d: Edge(%d, %d) = %v", seed, u, v, g.Edge(u, v))
				}
			}
			from := ids(g.To(u))
			for _, v := range from {
				if directed[int(v)*n+int(u)] == 0 {
					t.Fatalf("seed %d: %d is no predecessor of %d", seed, v, u)
				}
			}
			if !slices.IsSorted(from) || !slices.IsSorted(ids(g.From(u))) || !slices.IsSorted(ids(g.Undirected().From(u))) {
				t.Fatalf("seed %d: row %d is not sorted", seed, u)
			}
		}
		if got := g.Actor(0); got.ID != lone.ID || g.From(0).Len() != 0 {
			t.Fatalf("seed %d: node 0 is %+v with %d edges, want NATO with none", seed, got, g.From(0).Len())
		}
		if i, ok := g.Lookup("state:001"); !ok || g.Actor(i).Name != "One" {
			t.Fatalf("seed %d: state:001 is at %d, %v", seed, i, ok)
		}
		if _, ok := g.Lookup("state:none"); ok {
			t.Fatal("found an actor that is not there")
		}
	}
}

func ids(nodes ggraph.Nodes) []int64 {
	var list []int64
	for nodes.Next() {
		list = append(list, nodes.Node().ID())
	}
	return list
}

func TestNetworkOutsideIDs(t *testing.T) {
	g := graph.NewNetwork([]graph.Relation{
		{Source: "a", Target: "b", Counts: graph.Counts{Events: 1}},
		{Source: "a", Target: "a", Counts: graph.Counts{Events: 1}},
	}, nil)
	if g.Len() != 2 || g.HasEdgeFromTo(0, 0) || g.Actor(0).Name != "a" {
		t.Errorf("%d nodes, loop %v, name %q", g.Len(), g.HasEdgeFromTo(0, 0), g.Actor(0).Name)
	}
	for _, id := range []int64{-1, 2, math.MaxInt64, 1 << 32} {
		if g.Node(id) != nil || g.From(id).Len() != 0 || g.To(id).Len() != 0 || g.HasEdgeFromTo(id, 0) ||
			g.HasEdgeFromTo(0, id) || g.Edge(id, 0) != nil || g.Undirected().Edge(0, id) != nil {
			t.Errorf("node %d is there", id)
		}
	}
	it := g.Nodes()
	for it.Next() {
	}
	if it.Next() || it.Node() != nil || it.Len() != 0 {
		t.Error("an iterator goes past its end")
	}
	it.Reset()
	if !it.Next() || it.Node().ID() != 0 || it.Len() != 1 {
		t.Error("a reset iterator does not start again")
	}
}

func BenchmarkNewNetwork(b *testing.B) {
	rng := rand.New(rand.NewSource(1))
	relations := make([]graph.Relation, 100_000)
	for i := range relations {
		relations[i] = graph.Relation{Source: actorID(rng.Int63n(10_000)), Target: actorID(rng.Int63n(10_000)), Counts: graph.Counts{Events: 1}}
	}
	b.ReportAllocs()
	for b.Loop() {
		graph.NewNetwork(relations, nil)
	}
}
