package graph

import (
	"math"

	ggraph "gonum.org/v1/gonum/graph"
)

var (
	_ ggraph.WeightedDirected   = (*Network)(nil)
	_ ggraph.Directed           = (*Network)(nil)
	_ ggraph.WeightedUndirected = Undirected{}
)

// node is a node of a Network.
type node int64

func (n node) ID() int64 { return int64(n) }

// edge is a weighted edge of a Network.
type edge struct {
	from, to ggraph.Node
	weight   float64
}

func (e edge) From() ggraph.Node         { return e.from }
func (e edge) To() ggraph.Node           { return e.to }
func (e edge) ReversedEdge() ggraph.Edge { return edge{e.to, e.from, e.weight} }
func (e edge) Weight() float64           { return e.weight }

// Node returns the node of the given id, or nil.
func (g *Network) Node(id int64) ggraph.Node {
	if !g.has(id) {
		return nil
	}
	return node(id)
}

// Nodes returns all nodes in the order of their ids.
func (g *Network) Nodes() ggraph.Nodes {
	if g.Len() == 0 {
		return ggraph.Empty
	}
	return &allNodes{n: g.Len(), at: -1}
}

func (g *Network) has(id int64) bool { return id >= 0 && id < int64(g.Len()) }

// From returns the nodes that u has edges to, in the order of their ids.
func (g *Network) From(u int64) ggraph.Nodes { return g.rowNodes(g.Out(), u) }

// To returns the nodes that have edges to v, in the order of their ids.
func (g *Network) To(v int64) ggraph.Nodes { return g.rowNodes(g.In(), v) }

// HasEdgeFromTo reports whether there is an edge from u to v.
func (g *Network) HasEdgeFromTo(u, v int64) bool {
	_, ok := g.at(g.Out(), u, v)
	return ok
}

// HasEdgeBetween reports whether there is an edge between x and y, whichever
// way it runs.
func (g *Network) HasEdgeBetween(x, y int64) bool {
	_, ok := g.at(g.Both(), x, y)
	return ok
}

// Edge returns the edge from u to v, or nil. It is a graph.WeightedEdge.
func (g *Network) Edge(u, v int64) ggraph.Edge {
	if e := g.WeightedEdge(u, v); e != nil {
		return e
	}
	return nil
}

// WeightedEdge returns the edge from u to v, or nil.
func (g *Network) WeightedEdge(u, v int64) ggraph.WeightedEdge { return g.edge(g.Out(), u, v) }

// Weight returns the number of distinct events along the edge from x to y. It
// returns 0 and true for a node and itself, positive infinity and false where
// there is no edge.
func (g *Network) Weight(x, y int64) (w float64, ok bool) { return g.weight(g.Out(), x, y) }

// Undirected returns g with the directions left out.
func (g *Network) Undirected() Undirected { return Undirected{g} }

func (g *Network) rowNodes(r *Rows, u int64) ggraph.Nodes {
	if !g.has(u) || len(r.Row(uint32(u))) == 0 {
		return ggraph.Empty
	}
	return &rowNodes{row: r.Row(uint32(u)), at: -1}
}

// at returns the place of an edge in rows.
func (g *Network) at(r *Rows, u, v int64) (at uint32, ok bool) {
	if !g.has(u) || !g.has(v) {
		return 0, false
	}
	return r.Find(uint32(u), uint32(v))
}

func (g *Network) edge(r *Rows, u, v int64) ggraph.WeightedEdge {
	at, ok := g.at(r, u, v)
	if !ok {
		return nil
	}
	return edge{node(u), node(v), float64(r.Weight[at])}
}

func (g *Network) weight(r *Rows, x, y int64) (float64, bool) {
	if x == y && g.has(x) {
		return 0, true
	}
	if at, ok := g.at(r, x, y); ok {
		return float64(r.Weight[at]), true
	}
	return math.Inf(1), false
}

// Undirected is a Network with the directions left out. The weight of an edge
// is the number of distinct events between the two, in either direction; a
// symmetric event counts once.
type Undirected struct{ g *Network }

// Node returns the node of the given id, or nil.
func (u Undirected) Node(id int64) ggraph.Node { return u.g.Node(id) }

// Nodes returns all nodes in the order of their ids.
func (u Undirected) Nodes() ggraph.Nodes { return u.g.Nodes() }

// From returns the neighbours of x in the order of their ids.
func (u Undirected) From(x int64) ggraph.Nodes { return u.g.rowNodes(u.g.Both(), x) }

// HasEdgeBetween reports whether there is an edge between x and y.
func (u Undirected) HasEdgeBetween(x, y int64) bool { return u.g.HasEdgeBetween(x, y) }

// Edge returns the edge between x and y, seen from x, or nil.
func (u Undirected) Edge(x, y int64) ggraph.Edge { return u.EdgeBetween(x, y) }

// EdgeBetween returns the edge between x and y, seen from x, or nil.
func (u Undirected) EdgeBetween(x, y int64) ggraph.Edge {
	if e := u.WeightedEdgeBetween(x, y); e != nil {
		return e
	}
	return nil
}

// WeightedEdge returns the edge between x and y, seen from x, or nil.
func (u Undirected) WeightedEdge(x, y int64) ggraph.WeightedEdge {
	return u.WeightedEdgeBetween(x, y)
}

// WeightedEdgeBetween returns the edge between x and y, seen from x, or nil.
func (u Undirected) WeightedEdgeBetween(x, y int64) ggraph.WeightedEdge {
	return u.g.edge(u.g.Both(), x, y)
}

// Weight returns the weight of the edge between x and y, as Network.Weight
// does.
func (u Undirected) Weight(x, y int64) (w float64, ok bool) { return u.g.weight(u.g.Both(), x, y) }

// allNodes iterates over the nodes 0 to n-1.
type allNodes struct{ n, at int }

func (it *allNodes) Len() int   { return it.n - min(it.at+1, it.n) }
func (it *allNodes) Reset()     { it.at = -1 }
func (it *allNodes) Next() bool { return next(&it.at, it.n) }
func (it *allNodes) Node() ggraph.Node {
	if it.at < 0 || it.at >= it.n {
		return nil
	}
	return node(it.at)
}

// rowNodes iterates over the nodes of one row.
type rowNodes struct {
	row []uint32
	at  int
}

func (it *rowNodes) Len() int   { return len(it.row) - min(it.at+1, len(it.row)) }
func (it *rowNodes) Reset()     { it.at = -1 }
func (it *rowNodes) Next() bool { return next(&it.at, len(it.row)) }
func (it *rowNodes) Node() ggraph.Node {
	if it.at < 0 || it.at >= len(it.row) {
		return nil
	}
	return node(it.row[it.at])
}

// next moves at one step towards n, where it stays, and reports whether it has
// not arrived.
func next(at *int, n int) bool {
	if *at < n {
		*at++
	}
	return *at < n
}
