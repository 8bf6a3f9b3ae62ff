// Package picture chooses what of a graph is drawn: the few actors and ties that
// a person can read, not the hairball that all of a store is.
package picture

import (
	"cmp"
	"maps"
	"slices"

	"entente/graph"
	"entente/graph/encoding"
)

// Options say what is drawn. The zero value draws all.
type Options struct {
	// Top keeps so many actors, those with the most distinct events; 0 keeps all.
	Top int
	// Ego keeps the actors within Hops steps of one of these, whichever way the
	// events go. Top counts after it, and keeps Ego itself.
	Ego  []graph.ActorID
	Hops int
	// Ties keeps so many edges: the strongest of each actor, whatever their number,
	// and then the strongest of all. 0 keeps all.
	Ties int
	// Isolated also draws the actors that have no tie drawn.
	Isolated bool
	// Cluster names the group that an actor is drawn in; "" is none. Nil groups
	// nobody.
	Cluster func(graph.Actor) string
	// Score tells how large an actor is drawn; nil is the number of its distinct
	// events.
	Score func(graph.ActorID) float64
}

// Node is an actor that is drawn.
type Node struct {
	graph.Actor
	Events  int     // distinct events of the relations chosen from, drawn or not
	Degree  int     // edges drawn
	Score   float64 // Options.Score
	Cluster string
}

// Edge is the relations of one dyad and category, which are drawn as one.
type Edge struct {
	Source, Target int // places in Picture.Nodes
	Category       string
	Symmetric      bool
	// Relations are the strongest first; there is at least one.
	Relations []graph.Relation
}

// Picture is what is drawn: nodes by the actor's id, edges by the places of
// source and target, category and symmetry.
type Picture struct {
	Name  string
	Nodes []Node
	Edges []Edge
}

// Events returns the number of distinct events that the edge stands for.
func (e *Edge) Events() int {
	n := 0
	for _, r := range e.Relations {
		n += r.Events
	}
	return n
}

// Quad returns the quad class of the strongest relation.
func (e *Edge) Quad() int { return e.Relations[0].Quad }

// Period returns the first and the last known day; "" where none is known.
func (e *Edge) Period() (first, last graph.Date) {
	for _, r := range e.Relations {
		if r.First != "" && (first == "" || r.First < first) {
			first = r.First
		}
		last = max(last, r.Last)
	}
	return first, last
}

// Evidence returns the best evidence of the strongest relation that carries any,
// or nil.
func (e *Edge) Evidence() *graph.Event {
	for _, r := range e.Relations {
		if r.Evidence != nil {
			return r.Evidence
		}
	}
	return nil
}

// Choose returns the part of g that the options keep. An actor that only
// relations name is drawn with its id. The error is the first of g.Actors.
func Choose(g *encoding.Graph, o Options) (*Picture, error) {
	c := chooser{nodes: map[graph.ActorID]*Node{}}
	for a, err := range g.Actors {
		if err != nil {
			return nil, err
		}
		if c.nodes[a.ID] == nil {
			c.nodes[a.ID] = &Node{Actor: a}
		}
	}
	c.count(g.Relations)
	if len(o.Ego) > 0 {
		c.around(g.Relations, o.Ego, o.Hops)
	}
	c.top(o)
	edges := c.fold(g.Relations)
	c.ties(edges, o.Ties)
	if !o.Isolated {
		for id, n := range c.nodes {
			if n.Degree == 0 {
				delete(c.nodes, id)
			}
		}
	}
	return c.picture(g.Name, edges, o), nil
}

type chooser struct {
	nodes map[graph.ActorID]*Node
}

func (c *chooser) count(relations []graph.Relation) {
	add := func(id graph.ActorID, events int) {
		if c.nodes[id] == nil {
			c.nodes[id] = &Node{Actor: graph.Actor{ID: id, Name: string(id)}}
		}
		c.nodes[id].Events += events
	}
	for _, r := range relations {
		add(r.Source, r.Events)
		if r.Target != r.Source {
			add(r.Target, r.Events)
		}
	}
}

// around drops the nodes that are more than so many hops from ego.
func (c *chooser) around(relations []graph.Relation, ego []graph.ActorID, hops int) {
	ties := map[graph.ActorID][]graph.ActorID{}
	for _, r := range relations {
		ties[r.Source] = append(ties[r.Source], r.Target)
		ties[r.Target] = append(ties[r.Target], r.Source)
	}
	near, frontier := map[graph.ActorID]bool{}, ego
	for _, id := range ego {
		near[id] = true
	}
	for range hops {
		var next []graph.ActorID
		for _, id := range frontier {
			for _, other := range ties[id] {
				if !near[other] {
					near[other] = true
					next = append(next, other)
				}
			}
		}
		frontier = next
	}
	for id := range c.nodes {
		if !near[id] {
			delete(c.nodes, id)
		}
	}
}

// top drops all but the nodes with the most events.
func (c *chooser) top(o Options) {
	if o.Top <= 0 || len(c.nodes) <= o.Top {
		return
	}
	list := make([]*Node, 0, len(c.nodes))
	for _, n := range c.nodes {
		list = append(list, n)
	}
	slices.SortFunc(list, func(a, b *Node) int {
		first := compareBools(slices.Contains(o.Ego, b.ID), slices.Contains(o.Ego, a.ID))
		return cmp.Or(first, cmp.Compare(b.Events, a.Events), cmp.Compare(a.ID, b.ID))
	})
	for _, n := range list[o.Top:] {
		delete(c.nodes, n.ID)
	}
}

// folded is an edge before its nodes have their places.
type folded struct {
	source, target graph.ActorID
	category       string
	symmetric      bool
}

// fold makes the edges among the nodes and counts them in the nodes' degrees.
func (c *chooser) fold(relations []graph.Relation) map[folded][]graph.Relation {
	edges := map[folded][]graph.Relation{}
	for _, r := range relations {
		source, target := c.nodes[r.Source], c.nodes[r.Target]
		if source == nil || target == nil {
			continue
		}
		k := folded{r.Source, r.Target, r.Category, r.Symmetric}
		if edges[k] == nil {
			source.Degree++
			target.Degree++
		}
		edges[k] = append(edges[k], r)
	}
	return edges
}

// ties drops all but the strongest edges.
func (c *chooser) ties(edges map[folded][]graph.Relation, most int) {
	if most <= 0 || len(edges) <= most {
		return
	}
	events := func(k folded) int { return (&Edge{Relations: edges[k]}).Events() }
	list := slices.SortedFunc(maps.Keys(edges), func(a, b folded) int {
		return cmp.Or(cmp.Compare(events(b), events(a)), cmp.Compare(a.source, b.source), cmp.Compare(a.target, b.target),
			cmp.Compare(a.category, b.category), compareBools(a.symmetric, b.symmetric))
	})
	tied, kept := map[graph.ActorID]bool{}, map[folded]bool{}
	for _, k := range list {
		if !tied[k.source] || !tied[k.target] {
			kept[k], tied[k.source], tied[k.target] = true, true, true
		}
	}
	for _, k := range list {
		switch {
		case kept[k]:
		case len(kept) < most:
			kept[k] = true
		default:
			delete(edges, k)
			c.nodes[k.source].Degree--
			c.nodes[k.target].Degree--
		}
	}
}

func (c *chooser) picture(name string, edges map[folded][]graph.Relation, o Options) *Picture {
	p := &Picture{Name: name}
	for id, n := range c.nodes {
		n.Score = float64(n.Events)
		if o.Score != nil {
			n.Score = o.Score(id)
		}
		if o.Cluster != nil {
			n.Cluster = o.Cluster(n.Actor)
		}
		p.Nodes = append(p.Nodes, *n)
	}
	slices.SortFunc(p.Nodes, func(a, b Node) int { return cmp.Compare(a.ID, b.ID) })
	place := map[graph.ActorID]int{}
	for i, n := range p.Nodes {
		place[n.ID] = i
	}
	for k, relations := range edges {
		slices.SortFunc(relations, graph.CompareStrength)
		p.Edges = append(p.Edges, Edge{place[k.source], place[k.target], k.category, k.symmetric, relations})
	}
	slices.SortFunc(p.Edges, func(a, b Edge) int {
		return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.Target, b.Target),
			cmp.Compare(a.Category, b.Category), compareBools(a.Symmetric, b.Symmetric))
	})
	return p
}

// compareBools orders false before true.
func compareBools(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}
