package graph

import (
	"cmp"
	"math"
	"slices"

	ggraph "gonum.org/v1/gonum/graph"
)

// Network is the directed graph of who deals with whom, in the form that
// gonum's algorithms read: graph.Directed and graph.WeightedDirected, and
// through Undirected graph.WeightedUndirected.
//
// Node ids are 0 to Len()-1 in the order of the actors' ids. There is an edge
// from u to v if a relation runs from u to v; symmetric relations give one each
// way. The weight of an edge is the number of distinct events along it, so a
// greater weight is a closer tie and no distance. Relations of an actor with
// itself are left out: simple graphs have no loops, and some of gonum's
// algorithms panic on them.
//
// Rows are sorted and iterators walk them in order, so that an algorithm that
// depends on nothing else gives the same result each time. A Network does not
// change once made and may be read by many goroutines at once. It takes 24
// bytes an edge beside its actors.
type Network struct {
	actors        []Actor // by node id
	nodes         []ggraph.Node
	out, in, both rows
}

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

// rows is a sparse matrix in compressed rows: the columns of row i, ascending,
// are to[off[i]:off[i+1]].
type rows struct {
	off    []int
	to     []int32
	weight []float64
}

// cell is one entry of a sparse matrix.
type cell struct {
	row, col int32
	weight   float64
}

// newRows makes the rows of an n by n matrix that hold cells, in time linear in
// both. Cells of the same place are added up.
func newRows(n int, cells []cell) rows {
	// Dealing the cells out by column and then, in that order, by row sorts them.
	cells = deal(n, cells, func(c *cell) int32 { return c.col })
	cells = deal(n, cells, func(c *cell) int32 { return c.row })
	r := rows{off: make([]int, n+1)}
	for i, c := range cells {
		if i > 0 && c.row == cells[i-1].row && c.col == cells[i-1].col {
			r.weight[len(r.weight)-1] += c.weight
			continue
		}
		r.to = append(r.to, c.col)
		r.weight = append(r.weight, c.weight)
		r.off[c.row+1]++
	}
	for i := range n {
		r.off[i+1] += r.off[i]
	}
	return r
}

// deal returns cells sorted by a key from 0 to n-1; those of equal key keep
// their order.
func deal(n int, cells []cell, key func(*cell) int32) []cell {
	start := make([]int, n+1)
	for i := range cells {
		start[key(&cells[i])+1]++
	}
	for i := range n {
		start[i+1] += start[i]
	}
	sorted := make([]cell, len(cells))
	for i := range cells {
		k := key(&cells[i])
		sorted[start[k]] = cells[i]
		start[k]++
	}
	return sorted
}

func (r *rows) row(i int64) ([]int32, []float64) {
	if i < 0 || i >= int64(len(r.off)-1) {
		return nil, nil
	}
	lo, hi := r.off[i], r.off[i+1]
	return r.to[lo:hi:hi], r.weight[lo:hi:hi]
}

func (r *rows) at(i, j int64) (weight float64, ok bool) {
	if j < 0 || j >= int64(len(r.off)-1) {
		return 0, false
	}
	to, w := r.row(i)
	k, ok := slices.BinarySearch(to, int32(j))
	if !ok {
		return 0, false
	}
	return w[k], true
}

// NewNetwork makes the network of relations. Its nodes are the given actors and
// whoever else the relations name; an actor that is in relations alone has its
// id for a name. Actors may come in any order; of two with one id the first
// counts.
func NewNetwork(relations []Relation, actors []Actor) *Network {
	g := &Network{actors: networkActors(relations, actors)}
	g.nodes = make([]ggraph.Node, len(g.actors))
	index := make(map[ActorID]int32, len(g.actors))
	for i, a := range g.actors {
		g.nodes[i] = node(i)
		index[a.ID] = int32(i)
	}
	out := make([]cell, 0, len(relations))
	in, both := make([]cell, 0, len(relations)), make([]cell, 0, 2*len(relations))
	add := func(u, v int32, w float64) {
		out = append(out, cell{u, v, w})
		in = append(in, cell{v, u, w})
	}
	for i := range relations {
		r := &relations[i]
		if r.Source == r.Target {
			continue
		}
		u, v, w := index[r.Source], index[r.Target], float64(r.Events)
		add(u, v, w)
		if r.Symmetric {
			add(v, u, w)
		}
		both = append(both, cell{u, v, w}, cell{v, u, w})
	}
	g.out = newRows(len(g.actors), out)
	g.in = newRows(len(g.actors), in)
	g.both = newRows(len(g.actors), both)
	return g
}

// networkActors returns actors and those that relations name, sorted by id.
func networkActors(relations []Relation, actors []Actor) []Actor {
	all := slices.Clone(actors)
	known := make(map[ActorID]bool, len(actors))
	for _, a := range actors {
		known[a.ID] = true
	}
	for _, r := range relations {
		for _, id := range []ActorID{r.Source, r.Target} {
			if !known[id] {
				known[id] = true
				all = append(all, Actor{ID: id, Name: string(id), Mentions: []string{}})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Actor) int { return cmp.Compare(a.ID, b.ID) })
	return slices.CompactFunc(all, func(a, b Actor) bool { return a.ID == b.ID })
}

// Len returns the number of actors.
func (g *Network) Len() int { return len(g.actors) }

// Actor returns the actor that node id stands for. It panics if there is no
// such node.
func (g *Network) Actor(id int64) Actor { return g.actors[id] }

// Lookup returns the node that stands for the actor.
func (g *Network) Lookup(actor ActorID) (id int64, ok bool) {
	i, ok := slices.BinarySearchFunc(g.actors, actor, func(a Actor, id ActorID) int {
		return cmp.Compare(a.ID, id)
	})
	return int64(i), ok
}

// Successors returns the nodes that u has edges to, ascending, and the weights
// of those edges. Both belong to g and must not be changed. An id that g lacks
// has none.
func (g *Network) Successors(u int64) (to []int32, weight []float64) { return g.out.row(u) }

// Predecessors returns the nodes that have edges to u, as Successors does.
func (g *Network) Predecessors(u int64) (from []int32, weight []float64) { return g.in.row(u) }

// Neighbours returns the nodes that have an edge to or from u, as Successors
// does. The weight is that of Undirected.
func (g *Network) Neighbours(u int64) (with []int32, weight []float64) { return g.both.row(u) }

// Node returns the node of the given id, or nil.
func (g *Network) Node(id int64) ggraph.Node {
	if id < 0 || id >= int64(len(g.nodes)) {
		return nil
	}
	return g.nodes[id]
}

// Nodes returns all nodes in the order of their ids.
func (g *Network) Nodes() ggraph.Nodes {
	if len(g.nodes) == 0 {
		return ggraph.Empty
	}
	return &allNodes{nodes: g.nodes, at: -1}
}

// From returns the nodes that u has edges to, in the order of their ids.
func (g *Network) From(u int64) ggraph.Nodes { return g.rowNodes(g.out.row(u)) }

// To returns the nodes that have edges to v, in the order of their ids.
func (g *Network) To(v int64) ggraph.Nodes { return g.rowNodes(g.in.row(v)) }

// HasEdgeFromTo reports whether there is an edge from u to v.
func (g *Network) HasEdgeFromTo(u, v int64) bool {
	_, ok := g.out.at(u, v)
	return ok
}

// HasEdgeBetween reports whether there is an edge between x and y, whichever
// way it runs.
func (g *Network) HasEdgeBetween(x, y int64) bool {
	_, ok := g.both.at(x, y)
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
func (g *Network) WeightedEdge(u, v int64) ggraph.WeightedEdge { return g.edge(&g.out, u, v) }

// Weight returns the number of distinct events along the edge from x to y. It
// returns 0 and true for a node and itself, positive infinity and false where
// there is no edge.
func (g *Network) Weight(x, y int64) (w float64, ok bool) { return g.weight(&g.out, x, y) }

// Undirected returns g with the directions left out.
func (g *Network) Undirected() Undirected { return Undirected{g} }

func (g *Network) rowNodes(row []int32, _ []float64) ggraph.Nodes {
	if len(row) == 0 {
		return ggraph.Empty
	}
	return &rowNodes{g: g, row: row, at: -1}
}

func (g *Network) edge(r *rows, u, v int64) ggraph.WeightedEdge {
	w, ok := r.at(u, v)
	if !ok {
		return nil
	}
	return edge{g.nodes[u], g.nodes[v], w}
}

func (g *Network) weight(r *rows, x, y int64) (float64, bool) {
	if x == y && g.Node(x) != nil {
		return 0, true
	}
	if w, ok := r.at(x, y); ok {
		return w, true
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
func (u Undirected) From(x int64) ggraph.Nodes { return u.g.rowNodes(u.g.both.row(x)) }

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
	return u.g.edge(&u.g.both, x, y)
}

// Weight returns the weight of the edge between x and y, as Network.Weight
// does.
func (u Undirected) Weight(x, y int64) (w float64, ok bool) { return u.g.weight(&u.g.both, x, y) }

// allNodes iterates over nodes in order.
type allNodes struct {
	nodes []ggraph.Node
	at    int
}

func (it *allNodes) Len() int   { return len(it.nodes) - min(it.at+1, len(it.nodes)) }
func (it *allNodes) Reset()     { it.at = -1 }
func (it *allNodes) Next() bool { return next(&it.at, len(it.nodes)) }
func (it *allNodes) Node() ggraph.Node {
	if it.at < 0 || it.at >= len(it.nodes) {
		return nil
	}
	return it.nodes[it.at]
}

// rowNodes iterates over the nodes of one row.
type rowNodes struct {
	g   *Network
	row []int32
	at  int
}

func (it *rowNodes) Len() int   { return len(it.row) - min(it.at+1, len(it.row)) }
func (it *rowNodes) Reset()     { it.at = -1 }
func (it *rowNodes) Next() bool { return next(&it.at, len(it.row)) }
func (it *rowNodes) Node() ggraph.Node {
	if it.at < 0 || it.at >= len(it.row) {
		return nil
	}
	return it.g.nodes[it.row[it.at]]
}

// next moves at one step towards n, where it stays, and reports whether it has
// not arrived.
func next(at *int, n int) bool {
	if *at < n {
		*at++
	}
	return *at < n
}
