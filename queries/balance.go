package queries

import (
	"cmp"
	"math"
	"slices"

	"entente/graph"
	"entente/queries/structure"
)

// BalanceOptions say how to look for friends and foes.
type BalanceOptions struct {
	Filter
	Weighted bool   // camps weigh a tie by the surplus of one kind of events over the other
	Seed     uint64 // of the search for camps
	Limit    int    // at most so many triads, parts and strained ties; 0 means all
	Members  int    // at most so many members of each camp; 0 means all
}

// Balance is how far the friends of friends are friends. A tie is positive if it
// has more cooperative events (quad class 1 and 2) than conflictual ones,
// negative if fewer; as many of both is no sign.
type Balance struct {
	Positive int `json:"positive"` // ties
	Negative int `json:"negative"`
	// Triads are the numbers of those with 0, 1, 2 and 3 negative ties; those with
	// 0 and 2 are balanced.
	Triads   []int   `json:"triads"`
	Balanced float64 `json:"balanced"` // the part of the triads, six decimals; 1 if there are none
	// Frustrated is the number of ties, or weighted the sum of their surpluses, that
	// do not fit the camps, and Signed that of all with a sign.
	Weighted   bool   `json:"weighted"`
	Seed       uint64 `json:"seed"`
	Frustrated int    `json:"frustrated"`
	Signed     int    `json:"signed"`
	// Parts hang together by ties with a sign, the largest first. Each has two
	// camps of its own: how those of two parts stand to each other is not known.
	PartTotal int    `json:"part_total"`
	Parts     []Part `json:"parts"`
	// Strained are the ties that do not fit: friends in two camps and enemies in
	// one, those of the greatest surplus first.
	StrainedTotal int         `json:"strained_total"`
	Strained      []SignedTie `json:"strained"`
	Total         int         `json:"total"`      // unbalanced triads, listed or not
	Unbalanced    []Triad     `json:"unbalanced"` // the strongest first
}

// Part is two camps; the second may be empty.
type Part struct {
	Size  int    `json:"size"`
	Camps []Camp `json:"camps"`
}

// Camp is actors that are mostly friends.
type Camp struct {
	Size    int      `json:"size"`
	Members []Member `json:"members"` // by events, the most first
}

// Triad is three actors who all have ties with a sign, and an odd number of
// negative ones.
type Triad struct {
	Actors   []graph.NameRef `json:"actors"`
	Negative int             `json:"negative"`
	Strength int             `json:"strength"` // the least surplus of its ties
	Ties     []SignedTie     `json:"ties"`
}

// SignedTie is a tie that is positive or negative.
type SignedTie struct {
	A           graph.NameRef  `json:"a"`
	B           graph.NameRef  `json:"b"`
	Cooperation int            `json:"cooperation"` // distinct events
	Conflict    int            `json:"conflict"`
	Relation    graph.Relation `json:"relation"` // the strongest of the kind that prevails
}

// FindBalance returns the balance of the network (structure.FindBalance) and the
// camps that its actors divide into (structure.FindCamps). It reads all events.
func FindBalance(r Reader, o BalanceOptions) (Balance, error) {
	g, _, err := tied(r, o.Filter)
	if err != nil {
		return Balance{}, err
	}
	found := structure.FindBalance(g, cmp.Or(max(o.Limit, 0), math.MaxInt))
	camps := structure.FindCamps(g, structure.CampOptions{Weighted: o.Weighted, Seed: o.Seed})
	answer := Balance{Triads: found.Triads[:], Balanced: round(found.Balanced()), Total: found.Triads[1] + found.Triads[3],
		Weighted: o.Weighted, Seed: o.Seed, Frustrated: int(camps.Frustrated), Signed: int(camps.Total),
		Parts: []Part{}, Strained: []SignedTie{}, Unbalanced: []Triad{}}
	answer.divide(g, camps, &o)
	s := signs{r, g, o.Filter}
	for _, t := range found.Unbalanced {
		triad := Triad{Negative: t.Negative, Strength: int(t.Strength)}
		for i, u := range t.Nodes {
			triad.Actors = append(triad.Actors, refOf(g, u))
			v := t.Nodes[(i+1)%3]
			if err := s.attest(&triad.Ties, min(u, v), max(u, v)); err != nil {
				return Balance{}, err
			}
		}
		answer.Unbalanced = append(answer.Unbalanced, triad)
	}
	strained := answer.count(g, camps)
	for _, p := range first(strained, o.Limit, len(strained)) {
		if err := s.attest(&answer.Strained, p.u, p.v); err != nil {
			return Balance{}, err
		}
	}
	return answer, nil
}

// count counts the ties by sign, and returns those that do not fit the camps.
func (b *Balance) count(g *graph.Network, camps structure.Camps) []pair {
	var strained []pair
	for tie, at := range pairsOf(g) {
		surplus := surplusAt(g, at)
		switch {
		case surplus > 0:
			b.Positive++
		case surplus < 0:
			b.Negative++
		}
		if surplus != 0 && (surplus > 0) != (camps.Of[tie.u] == camps.Of[tie.v]) {
			strained = append(strained, pair{tie.u, tie.v, uint32(max(surplus, -surplus))})
		}
	}
	slices.SortStableFunc(strained, func(a, b pair) int { return cmp.Compare(b.weight, a.weight) })
	b.StrainedTotal = len(strained)
	return strained
}

// divide fills in the camps of each part.
func (b *Balance) divide(g *graph.Network, camps structure.Camps, o *BalanceOptions) {
	signed := g.Filter(func(u, v uint32) bool {
		at, _ := g.Both().Find(u, v)
		return surplusAt(g, at) != 0
	})
	parts, events := structure.Components(signed), eventsOf(g)
	of := make([]uint32, g.Len())
	for node, part := range parts.Of {
		of[node] = 2*part + uint32(camps.Of[node])
	}
	for i, size := range parts.Sizes {
		if size > 1 {
			b.PartTotal = i + 1
		}
	}
	members := groups(g, of, 2*parts.Count, events)
	for i := range first(parts.Sizes[:b.PartTotal], o.Limit, b.PartTotal) {
		part := Part{Size: parts.Sizes[i]}
		for _, camp := range members[2*i : 2*i+2] {
			part.Camps = append(part.Camps, Camp{len(camp), append([]Member{}, first(camp, o.Members, len(camp))...)})
		}
		b.Parts = append(b.Parts, part)
	}
}

// surplusAt is what the pair at a place of g.Both() has more of cooperative than
// of conflictual events.
func surplusAt(g *graph.Network, at uint32) int64 {
	return int64(g.Both().Cooperative[at]) - int64(g.Both().Conflictual[at])
}

// signs tells about ties with a sign.
type signs struct {
	r Reader
	g *graph.Network
	f Filter
}

// attest adds the tie of two nodes, with the strongest relation of the kind that
// prevails.
func (s *signs) attest(list *[]SignedTie, u, v uint32) error {
	at, _ := s.g.Both().Find(u, v)
	t := SignedTie{A: refOf(s.g, u), B: refOf(s.g, v), Cooperation: int(s.g.Both().Cooperative[at]), Conflict: int(s.g.Both().Conflictual[at])}
	kind := []int{1, 2}
	if t.Conflict > t.Cooperation {
		kind = []int{3, 4}
	}
	f := s.f.EachTie() // the tie has passed as a whole
	f.Quads = slices.DeleteFunc(kind, func(q int) bool { return len(s.f.Quads) > 0 && !slices.Contains(s.f.Quads, q) })
	h, err := hop(s.r, t.A, t.B, false, f)
	t.Relation = h.Relation
	*list = append(*list, t)
	return err
}
