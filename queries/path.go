package queries

import (
	"errors"
	"fmt"
	"slices"

	"entente/graph"
	"entente/queries/paths"
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
// graph.ErrNotFound if there is no such actor. It reads all events; the
// search itself is little beside that.
func ShortestPath(r Reader, a, b graph.ActorID, opts Options) (Path, error) {
	e, err := endsOf(r, a, b, opts)
	if err != nil {
		return Path{}, err
	}
	g := e.g
	answer := Path{From: refOf(g, e.from), To: refOf(g, e.to), Directed: true}
	nodes := paths.NewFinder(g, true).Shortest(e.from, e.to)
	if nodes == nil {
		answer.Directed = false
		nodes = paths.NewFinder(g, false).Shortest(e.from, e.to)
	}
	if nodes == nil {
		return Path{}, noPath(answer.From, answer.To)
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

func refOf(g *graph.Network, node uint32) graph.NameRef {
	a := g.Actor(node)
	return graph.NameRef{ID: a.ID, Name: a.Name}
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
