package queries

import (
	"cmp"
	"iter"
	"reflect"
	"slices"
	"strings"

	"entente/graph"
)

// TieIndex is a Reader that has added up the events of each dyad, so that a
// network can be made without reading them.
type TieIndex interface {
	// HasTies reports whether Ties can be asked.
	HasTies() bool
	// Ties yields each dyad that has events, once.
	Ties() iter.Seq2[graph.Tie, error]
}

// NetworkKeeper is a Reader that keeps the network of all asserted events.
type NetworkKeeper interface {
	// Network returns the network if one is kept that is true.
	Network() (*graph.Network, bool)
	// KeepNetwork keeps it, or not.
	KeepNetwork(*graph.Network)
}

// worthKeeping is the number of pairs from which on reading a network takes less
// time than a person notices, and making it more.
const worthKeeping = 50_000

// load returns the network of all actors and the events that count. Its actors may
// be without mentions.
func load(r Reader, f Filter) (*graph.Network, error) {
	if index, ok := r.(TieIndex); ok && f.ofTies() && index.HasTies() {
		return fromTies(r, index, f)
	}
	relations, err := graph.Relations(f.Events(r), f.relations())
	if err != nil {
		return nil, err
	}
	actors, err := collect(r.Actors(), func(*graph.Actor) bool { return true })
	if err != nil {
		return nil, err
	}
	return graph.NewNetwork(relations, actors), nil
}

// ofTies reports whether f asks nothing about an event but what a graph.TiePart
// says.
func (f Filter) ofTies() bool {
	f.Statuses, f.Categories, f.Quads, f.MinEvents = nil, nil, nil, 0
	return reflect.DeepEqual(f, Filter{})
}

func (f *Filter) takes(p *graph.TiePart) bool {
	return f.counts(p.Status) && (len(f.Quads) == 0 || slices.Contains(f.Quads, p.Quad)) &&
		(len(f.Categories) == 0 || slices.ContainsFunc(f.Categories, func(c string) bool { return strings.EqualFold(c, p.Category) }))
}

func fromTies(r Reader, index TieIndex, f Filter) (*graph.Network, error) {
	keeper, keeps := r.(NetworkKeeper)
	keeps = keeps && reflect.DeepEqual(f, Filter{})
	if keeps {
		if g, ok := keeper.Network(); ok {
			return g, nil
		}
	}
	b, actors, err := f.readTies(r, index)
	if err != nil {
		return nil, err
	}
	b.Describe(actors)
	g := b.Network()
	if keeps && g.Pairs() >= worthKeeping {
		keeper.KeepNetwork(g)
	}
	return g, nil
}

// readTies reads ties and, beside it, actors, without their mentions.
func (f *Filter) readTies(r Reader, index TieIndex) (b *graph.NetworkBuilder, actors []graph.Actor, err error) {
	var actorsErr error
	read := make(chan struct{})
	go func() {
		defer close(read)
		actors, actorsErr = collect(r.Actors(), func(a *graph.Actor) bool {
			a.Mentions = nil
			return true
		})
	}()
	b = graph.NewNetworkBuilder(nil)
	for t, tieErr := range index.Ties() {
		if err = tieErr; err != nil {
			break
		}
		for i := range t.Parts {
			if p := &t.Parts[i]; f.takes(p) {
				b.Add(t.Dyad, p.Events, p.Quad, p.Symmetric)
			}
		}
	}
	<-read
	if f.MinEvents > 1 {
		b.Require(f.MinEvents)
	}
	return b, actors, cmp.Or(err, actorsErr)
}
