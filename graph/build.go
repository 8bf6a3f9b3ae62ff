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

// NewNetwork makes the signed network of relations. Its nodes are the given
// actors and whoever else the relations name; an actor that is in relations
// alone has its id for a name. Actors may come in any order; of two with one id
// the first counts.
func NewNetwork(relations []Relation, actors []Actor) *Network {
	actors = networkActors(relations, actors)
	ids := make([]ActorID, len(actors))
	index := make(map[ActorID]uint32, len(actors))
	for i, a := range actors {
		ids[i] = a.ID
		index[a.ID] = uint32(i)
	}
	g, err := BuildNetwork(ids, func(yield func(Link, error) bool) {
		for i := range relations {
			r := &relations[i]
			t := Link{Source: index[r.Source], Target: index[r.Target], Symmetric: r.Symmetric,
				Events: uint32(min(max(int64(r.Events), 0), math.MaxUint32)), Quad: uint8(min(max(r.Quad, 0), 5))}
			if !yield(t, nil) {
				return
			}
		}
	}, NetworkOptions{Signed: true})
	if err != nil {
		panic(err) // sorted here, and every node known
	}
	g.actors = actors
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
				all = append(all, unknownActor(id))
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Actor) int { return cmp.Compare(a.ID, b.ID) })
	return slices.CompactFunc(all, func(a, b Actor) bool { return a.ID == b.ID })
}

// unknownActor is an actor of which there is no more than the id.
func unknownActor(id ActorID) Actor {
	return Actor{ID: id, Name: string(id), Mentions: []string{}}
}
