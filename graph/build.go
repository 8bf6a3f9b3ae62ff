package graph

import (
	"cmp"
	"fmt"
	"iter"
	"math"
	"slices"
)

// Link is a number of distinct events of one quad class from one node of a
// network to another.
type Link struct {
	Source, Target uint32
	Events         uint32 // none is no tie
	Quad           uint8  // 1 to 4, or 0: neither cooperation nor conflict
	// Symmetric events hold in both directions and are counted once.
	Symmetric bool
}

// NetworkOptions say what a network keeps.
type NetworkOptions struct {
	// Signed keeps the cooperative and the conflictual part of each weight, for
	// questions of friend and foe. It takes 8 bytes a pair more.
	Signed bool
}

// BuildNetwork makes a network of ties, whose node ids are the indices of ids.
// The ids must ascend, each once. Ties may come in any order, and several for
// one pair; those that come sorted by source and target take half the time. An
// actor's name is its id.
//
// It costs time linear in actors and ties, and beside the network 16 bytes a
// tie while they are read, twice that where they are not sorted. The error is
// the first that ties yields, or that a tie names a node that is not there.
func BuildNetwork(ids []ActorID, ties iter.Seq2[Link, error], opts NetworkOptions) (*Network, error) {
	if uint64(len(ids)) > math.MaxUint32 {
		return nil, fmt.Errorf("%d actors: a network has room for %d", len(ids), uint32(math.MaxUint32))
	}
	for i := 1; i < len(ids); i++ {
		if ids[i-1] >= ids[i] {
			return nil, fmt.Errorf("actors of a network must ascend by id, each once: %q stands before %q", ids[i-1], ids[i])
		}
	}
	arcs, once, err := arcsOf(uint32(len(ids)), ties)
	if err != nil {
		return nil, err
	}
	g := &Network{ids: ids, out: newRows(len(ids), arcs, opts.Signed)}
	if len(once) > 0 {
		g.once = newRows(len(ids), once, opts.Signed)
	}
	return g, nil
}

// arcsOf returns the arcs of n nodes that the ties make and, with the lesser
// node for its row, one for each symmetric tie.
func arcsOf(n uint32, ties iter.Seq2[Link, error]) (arcs, once []arc, err error) {
	for t, err := range ties {
		if err != nil {
			return nil, nil, err
		}
		if t.Source >= n || t.Target >= n {
			return nil, nil, fmt.Errorf("tie from node %d to %d: the network has %d nodes", t.Source, t.Target, n)
		}
		if t.Source == t.Target || t.Events == 0 {
			continue
		}
		a := arc{t.Source, t.Target, t.Events, sideOf(int(t.Quad))}
		arcs = append(arcs, a)
		if t.Symmetric {
			a.row, a.col = a.col, a.row
			arcs = append(arcs, a)
			a.row, a.col = min(a.row, a.col), max(a.row, a.col)
			once = append(once, a)
		}
	}
	if uint64(len(arcs)) > math.MaxUint32 {
		return nil, nil, fmt.Errorf("%d ties: a network has room for %d", len(arcs), uint32(math.MaxUint32))
	}
	return arcs, once, nil
}

// NetworkBuilder makes a signed network of actors by their ids. It takes 16 bytes a
// tie that was added, beside the actors.
type NetworkBuilder struct {
	actors []Actor
	index  map[ActorID]uint32
	links  []Link
	source ActorID // the last one added, as sources come in runs
	from   uint32
}

// NewNetworkBuilder returns a builder of a network of the given actors and whoever
// else is added. They may come in any order; of two with one id the first counts.
func NewNetworkBuilder(actors []Actor) *NetworkBuilder {
	b := &NetworkBuilder{index: make(map[ActorID]uint32, len(actors))}
	for _, a := range actors {
		if _, ok := b.index[a.ID]; !ok {
			b.index[a.ID] = uint32(len(b.actors))
			b.actors = append(b.actors, a)
		}
	}
	return b
}

// Describe says who the actors are, and adds those that nothing was added of. They
// must ascend by id, each once.
func (b *NetworkBuilder) Describe(actors []Actor) {
	number := make([]uint32, len(b.actors))
	for i := range number {
		number[i] = math.MaxUint32
	}
	for i := range actors {
		if n, ok := b.index[actors[i].ID]; ok {
			number[n] = uint32(i)
		}
	}
	all := slices.Clip(actors)
	for n, a := range b.actors {
		if number[n] == math.MaxUint32 {
			number[n] = uint32(len(all))
			all = append(all, a)
		}
	}
	b.actors = all
	b.renumber(number)
	b.index, b.source = nil, ""
}

func (b *NetworkBuilder) renumber(number []uint32) {
	for i := range b.links {
		l := &b.links[i]
		l.Source, l.Target = number[l.Source], number[l.Target]
	}
}

// Add adds distinct events of one quad class. An actor that is not known yet has
// its id for a name.
func (b *NetworkBuilder) Add(d Dyad, events, quad int, symmetric bool) {
	if d.Source != b.source || len(b.links) == 0 {
		b.source, b.from = d.Source, b.node(d.Source)
	}
	b.links = append(b.links, Link{Source: b.from, Target: b.node(d.Target), Symmetric: symmetric,
		Events: uint32(min(max(int64(events), 0), math.MaxUint32)), Quad: uint8(min(max(quad, 0), 5))})
}

func (b *NetworkBuilder) node(id ActorID) uint32 {
	n, ok := b.index[id]
	if !ok {
		n = uint32(len(b.actors))
		b.index[id] = n
		b.actors = append(b.actors, unknownActor(id))
	}
	return n
}

// Require drops what was added between two actors that have fewer events with each
// other, in both directions together.
func (b *NetworkBuilder) Require(events int) {
	pair := func(l *Link) [2]uint32 { return [2]uint32{min(l.Source, l.Target), max(l.Source, l.Target)} }
	sums := map[[2]uint32]int{}
	for i := range b.links {
		sums[pair(&b.links[i])] += int(b.links[i].Events)
	}
	b.links = slices.DeleteFunc(b.links, func(l Link) bool { return sums[pair(&l)] < events })
}

// Network returns the network of what was added. The builder is of no use after
// it, and after Describe for no more than this.
func (b *NetworkBuilder) Network() *Network {
	byID := func(a, b Actor) int { return cmp.Compare(a.ID, b.ID) }
	if !slices.IsSortedFunc(b.actors, byID) {
		order := make([]uint32, len(b.actors))
		for i := range order {
			order[i] = uint32(i)
		}
		slices.SortFunc(order, func(i, j uint32) int { return byID(b.actors[i], b.actors[j]) })
		sorted, number := make([]Actor, len(order)), make([]uint32, len(order))
		for i, was := range order {
			sorted[i], number[was] = b.actors[was], uint32(i)
		}
		b.actors = sorted
		b.renumber(number)
	}
	ids := make([]ActorID, len(b.actors))
	for i, a := range b.actors {
		ids[i] = a.ID
	}
	g, err := BuildNetwork(ids, func(yield func(Link, error) bool) {
		for _, l := range b.links {
			if !yield(l, nil) {
				return
			}
		}
	}, NetworkOptions{Signed: true})
	if err != nil {
		panic(err) // sorted here, and every node known
	}
	g.actors = b.actors
	return g
}

// NewNetwork makes the signed network of relations. Its nodes are the given actors
// and whoever else the relations name, as NewNetworkBuilder takes them.
func NewNetwork(relations []Relation, actors []Actor) *Network {
	b := NewNetworkBuilder(actors)
	for i := range relations {
		r := &relations[i]
		b.Add(Dyad{r.Source, r.Target}, r.Events, r.Quad, r.Symmetric)
	}
	return b.Network()
}

// unknownActor is an actor of which there is no more than the id.
func unknownActor(id ActorID) Actor {
	return Actor{ID: id, Name: string(id), Mentions: []string{}}
}
