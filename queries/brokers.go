package queries

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"entente/graph"
	"entente/queries/centrality"
	"entente/queries/structure"
)

// ErrSameSide says that an actor is of both of two blocs.
var ErrSameSide = errors.New("one actor on both sides")

// Bloc is some actors taken together: those named, and all that belong to the
// states.
type Bloc struct {
	Actors    []graph.ActorID
	Countries []string // ISO 3166-1 alpha-3
}

// Brokers are the actors over whom two blocs are connected.
type Brokers struct {
	A []graph.NameRef `json:"a"` // actors of the one bloc that have events
	B []graph.NameRef `json:"b"`
	// Direct is the number of distinct events of the blocs with each other, which
	// are left out: they need no broker.
	Direct  int      `json:"direct"`
	Pairs   int      `json:"pairs"` // of an actor of each that are connected all the same
	Total   int      `json:"total"` // brokers, listed or not
	Brokers []Broker `json:"brokers"`
}

// Broker is an actor that shortest paths from one bloc to another run through.
type Broker struct {
	Member         // with all its events
	Bloc   string  `json:"bloc"`   // "a" or "b" if it is of one, or ""
	Score  float64 `json:"score"`  // pairs whose shortest paths run through it; of several paths, the part that do
	Share  float64 `json:"share"`  // of Pairs, six decimals
	WithA  *Hop    `json:"with_a"` // its strongest tie with the bloc; nil if it has none
	WithB  *Hop    `json:"with_b"`
}

// FindBrokers returns over whom two blocs are connected in the undirected
// network, apart from what they have with each other (centrality.Between); at
// most limit, or all if limit is 0, those with the highest score first, then by
// id. It reads all events. The error wraps graph.ErrNotFound if an actor is not
// there, and ErrSameSide.
func FindBrokers(r Reader, a, b Bloc, f Filter, limit int) (Brokers, error) {
	answer := Brokers{A: []graph.NameRef{}, B: []graph.NameRef{}, Brokers: []Broker{}}
	g, _, err := tied(r, f)
	if err != nil {
		return Brokers{}, err
	}
	var blocs [2]map[uint32]bool
	for i, bloc := range []Bloc{a, b} {
		if blocs[i], err = bloc.nodes(r, g); err != nil {
			return Brokers{}, err
		}
	}
	inA, inB := blocs[0], blocs[1]
	var from, to []uint32
	for node := range uint32(g.Len()) {
		switch {
		case inA[node] && inB[node]:
			name := refOf(g, node)
			return Brokers{}, fmt.Errorf("%s: %w", labelled(name.Name, name.ID), ErrSameSide)
		case inA[node]:
			from, answer.A = append(from, node), append(answer.A, refOf(g, node))
		case inB[node]:
			to, answer.B = append(to, node), append(answer.B, refOf(g, node))
		}
	}
	direct := func(u, v uint32) bool { return inA[u] && inB[v] || inB[u] && inA[v] }
	for tie := range pairsOf(g) {
		if direct(tie.u, tie.v) {
			answer.Direct += int(tie.weight)
		}
	}
	rest := g.Filter(func(u, v uint32) bool { return !direct(u, v) })
	answer.Pairs = connectedPairs(rest, from, to)
	scores, events := centrality.Between(rest, from, to, centrality.BetweennessOptions{}), eventsOf(g)
	for node, s := range scores {
		u := uint32(node)
		if s = significant(s); s == 0 || !f.Lists(g.Actor(u)) {
			continue
		}
		broker := Broker{Member: memberOf(g, u, events[node]), Score: s, Share: round(s / float64(answer.Pairs))}
		switch {
		case inA[u]:
			broker.Bloc = "a"
		case inB[u]:
			broker.Bloc = "b"
		}
		answer.Brokers = append(answer.Brokers, broker)
	}
	slices.SortStableFunc(answer.Brokers, func(a, b Broker) int { return cmp.Compare(b.Score, a.Score) })
	answer.Total = len(answer.Brokers)
	answer.Brokers = first(answer.Brokers, limit, answer.Total)
	for i := range answer.Brokers {
		if err := answer.Brokers[i].attest(r, rest, inA, inB, f); err != nil {
			return Brokers{}, err
		}
	}
	return answer, nil
}

// attest finds the strongest ties of a broker with the blocs.
func (b *Broker) attest(r Reader, g *graph.Network, inA, inB map[uint32]bool, f Filter) (err error) {
	node, _ := g.Lookup(b.Actor.ID)
	for _, side := range []struct {
		has map[uint32]bool
		tie **Hop
	}{{inA, &b.WithA}, {inB, &b.WithB}} {
		with, ok := strongestTie(g, node, func(v uint32) bool { return side.has[v] })
		if !ok {
			continue
		}
		if *side.tie, err = tieBetween(r, g, node, with, f); err != nil {
			return err
		}
	}
	return nil
}

// nodes returns the nodes of a bloc's actors.
func (b *Bloc) nodes(r Reader, g *graph.Network) (map[uint32]bool, error) {
	in := map[uint32]bool{}
	for _, id := range b.Actors {
		name, err := knownName(r, id)
		if err != nil {
			return nil, err
		}
		if node, ok := g.Lookup(name.ID); ok {
			in[node] = true
		}
	}
	for node := range uint32(g.Len()) {
		if country := g.Actor(node).Country; slices.ContainsFunc(b.Countries, func(c string) bool { return strings.EqualFold(c, country) }) {
			in[node] = true
		}
	}
	return in, nil
}

// connectedPairs counts the pairs of a node of each list that are of one
// component.
func connectedPairs(g *graph.Network, from, to []uint32) int {
	parts := structure.Components(g)
	count := make([]int, parts.Count)
	for _, u := range from {
		count[parts.Of[u]]++
	}
	n := 0
	for _, v := range to {
		n += count[parts.Of[v]]
	}
	return n
}
