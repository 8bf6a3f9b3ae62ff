package queries

import (
	"errors"
	"fmt"
	"math"
	"slices"

	ggraph "gonum.org/v1/gonum/graph"
	"gonum.org/v1/gonum/graph/path"

	"entente/graph"
)

// ErrNoPath says that two actors are not connected.
var ErrNoPath = errors.New("no path")

// Path is how two actors are connected.
type Path struct {
	From graph.NameRef `json:"from"`
	To   graph.NameRef `json:"to"`
	// Directed paths follow who did something to whom. A path that is not
	// directed takes some hop against that direction.
	Directed bool  `json:"directed"`
	Hops     []Hop `json:"hops"`
}

// Hop is one step of a Path.
type Hop struct {
	From graph.NameRef `json:"from"`
	To   graph.NameRef `json:"to"`
	// Events is the number of distinct events that the hop stands on: from From
	// to To in a directed path, between the two in any other.
	Events int `json:"events"`
	// Relation is the strongest of the relations among them, with its best
	// evidence.
	Relation graph.Relation `json:"relation"`
}

// ShortestPath returns a path of the fewest hops from a to b that goes the way
// of the events, or if there is none, one that takes them either way. Of paths
// with equally few hops it is the one with the most distinct events along it;
// of those, the one with the lesser actor id at the first place where they
// differ. From an actor to itself the path has no hops.
//
// The error wraps ErrNoPath if the two are not connected at all, and
// graph.ErrNotFound if there is no such actor. It reads all events and runs
// Dijkstra's algorithm on the whole network.
func ShortestPath(r Reader, a, b graph.ActorID, opts Options) (Path, error) {
	for _, id := range []*graph.ActorID{&a, &b} {
		actor, err := r.Actor(*id)
		if err != nil {
			return Path{}, err
		}
		*id = actor.ID
	}
	g, err := load(r, opts)
	if err != nil {
		return Path{}, err
	}
	from, okFrom := g.Lookup(a)
	to, okTo := g.Lookup(b)
	if !okFrom || !okTo {
		return Path{}, fmt.Errorf("%s or %s: known by its id, but missing from the list of all actors: %w", a, b, graph.ErrNotFound)
	}
	answer := Path{From: refOf(g, from), To: refOf(g, to), Directed: true}
	nodes := shortest(reversed{g}, g.Len(), g.Successors, from, to)
	if nodes == nil {
		answer.Directed = false
		nodes = shortest(g.Undirected(), g.Len(), g.Neighbours, from, to)
	}
	if nodes == nil {
		return Path{}, fmt.Errorf("%s and %s: %w", labelled(answer.From.Name, a), labelled(answer.To.Name, b), ErrNoPath)
	}
	answer.Hops = make([]Hop, len(nodes)-1)
	for i := range answer.Hops {
		answer.Hops[i], err = hop(r, refOf(g, nodes[i]), refOf(g, nodes[i+1]), answer.Directed, opts)
		if err != nil {
			return Path{}, err
		}
	}
	return answer, nil
}

// load reads the network of all actors.
func load(r Reader, opts Options) (*graph.Network, error) {
	relations, err := graph.Relations(opts.Events(r), opts.relations())
	if err != nil {
		return nil, err
	}
	actors, err := collect(r.Actors(), func(*graph.Actor) bool { return true })
	if err != nil {
		return nil, err
	}
	return graph.NewNetwork(relations, actors), nil
}

func refOf(g *graph.Network, node int64) graph.NameRef {
	a := g.Actor(node)
	return graph.NameRef{ID: a.ID, Name: a.Name}
}

// rowsOf returns the nodes that one step leads to, ascending, and the number
// of events along each step.
type rowsOf func(node int64) (to []int32, events []float64)

// weighted is a graph whose weights are numbers of events.
type weighted interface {
	ggraph.Graph
	Weight(x, y int64) (w float64, ok bool)
}

// reversed is a Network whose edges run the other way.
type reversed struct{ *graph.Network }

func (g reversed) From(u int64) ggraph.Nodes              { return g.To(u) }
func (g reversed) Edge(u, v int64) ggraph.Edge            { return g.Network.Edge(v, u) }
func (g reversed) Weight(x, y int64) (w float64, ok bool) { return g.Network.Weight(y, x) }

// hopCost turns numbers of events into costs whose least sum is the fewest
// hops and, among as many hops, the most events: a step costs base less its
// events, and base is greater than all the events that a path can have. Costs
// are whole numbers, and stay exact while base times the hops is below 2^53.
type hopCost struct {
	weighted
	base float64
}

func (g hopCost) Weight(x, y int64) (float64, bool) {
	if x == y {
		return 0, true
	}
	w, ok := g.weighted.Weight(x, y)
	if !ok {
		return w, false
	}
	return g.base - w, true
}

// shortest returns the nodes of the path of least hopCost from one node to
// another, both included, or nil. Back is the graph of n nodes whose edges are
// the steps turned round.
//
// Dijkstra's algorithm, run backwards, gives the least cost from each node to
// the target; a walk from the start then follows the costs down, and takes the
// first node where several will do.
func shortest(back weighted, n int, steps rowsOf, from, to int64) []int64 {
	base := 1.0
	for u := range int64(n) {
		if _, events := steps(u); len(events) > 0 {
			base += slices.Max(events) // a path leaves each node at most once
		}
	}
	tree := path.DijkstraFrom(back.Node(to), hopCost{back, base})
	if math.IsInf(tree.WeightTo(from), 1) {
		return nil
	}
	walk := []int64{from}
	for at := from; at != to; {
		next, events := steps(at)
		least := math.Inf(1)
		for i, v := range next {
			if cost := base - events[i] + tree.WeightTo(int64(v)); cost < least {
				least, at = cost, int64(v)
			}
		}
		walk = append(walk, at)
	}
	return walk
}

// hop describes the step from one actor to another.
func hop(r Reader, from, to graph.NameRef, directed bool, opts Options) (Hop, error) {
	with := opts.relations()
	with.Evidence = true
	relations, err := graph.Relations(opts.among(r.EventsBetween(from.ID, to.ID)), with)
	if err != nil {
		return Hop{}, err
	}
	if directed {
		relations = slices.DeleteFunc(relations, func(r graph.Relation) bool {
			return r.Source != from.ID && !r.Symmetric
		})
	}
	if len(relations) == 0 {
		return Hop{}, fmt.Errorf("%s and %s: the events changed while they were read", from.ID, to.ID)
	}
	h := Hop{From: from, To: to, Relation: slices.MinFunc(relations, graph.CompareStrength)}
	for _, r := range relations {
		h.Events += r.Events
	}
	return h, nil
}
