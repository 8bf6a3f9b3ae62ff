package queries

import (
	"cmp"
	"slices"

	"entente/graph"
	"entente/queries/structure"
)

// ComponentOptions say which components to look for.
type ComponentOptions struct {
	Filter
	Strong  bool // directed paths lead both ways between all of a component
	Limit   int  // at most so many of each list; 0 means all
	Members int  // at most so many members of each; 0 means all
}

// Components are the parts that a network falls into, and where it would fall
// into more. Actors without events are left out.
type Components struct {
	Strong     bool        `json:"strong"`
	Actors     int         `json:"actors"` // with events
	Alone      int         `json:"alone"`  // actors without
	Single     int         `json:"single"` // strong components of one actor, which are not listed
	Total      int         `json:"total"`  // others, listed or not
	Components []Component `json:"components"`
	// Bridges are the ties without which two parts have no connection any more:
	// first those whose lesser end has the most partners, so that those to an
	// actor with no other partner come last; then those of the most events.
	BridgeTotal int   `json:"bridge_total"`
	Bridges     []Hop `json:"bridges"`
	// Points are the actors without whom others are cut off (articulation points),
	// those with the most events first.
	PointTotal int        `json:"point_total"`
	Points     []CutPoint `json:"points"`
}

// Component is a part of the network; the largest has number 1.
type Component struct {
	Number  int      `json:"component"`
	Size    int      `json:"size"`
	Members []Member `json:"members"` // by events, the most first
}

// CutPoint is an actor, and how many others have no connection any more with the
// largest rest of their component without it.
type CutPoint struct {
	Member
	CutOff int `json:"cut_off"`
}

// FindComponents returns the components of the network, its bridges and its
// articulation points; the latter two of the undirected network, whichever
// components are asked for. It reads all events.
func FindComponents(r Reader, o ComponentOptions) (Components, error) {
	answer := Components{Strong: o.Strong, Components: []Component{}, Bridges: []Hop{}, Points: []CutPoint{}}
	g, alone, err := tied(r, o.Filter)
	if err != nil {
		return Components{}, err
	}
	answer.Actors, answer.Alone = g.Len(), alone
	parts := structure.Components(g)
	if o.Strong {
		parts = structure.Strong(g)
	}
	events := eventsOf(g)
	for c, members := range groups(g, parts.Of, parts.Count, events) {
		if len(members) == 1 {
			answer.Single++
			continue
		}
		answer.Components = append(answer.Components, Component{c + 1, len(members), first(members, o.Members, len(members))})
	}
	answer.Total = len(answer.Components)
	answer.Components = first(answer.Components, o.Limit, answer.Total)
	return answer, answer.cuts(r, g, events, &o)
}

// cuts fills in the weak places.
func (c *Components) cuts(r Reader, g *graph.Network, events []int, o *ComponentOptions) error {
	cuts, both := structure.FindCuts(g), g.Both()
	c.BridgeTotal, c.PointTotal = len(cuts.Bridges), len(cuts.Points)
	lesser := func(b [2]uint32) int { return min(len(both.Row(b[0])), len(both.Row(b[1]))) }
	weight := func(b [2]uint32) uint32 {
		at, _ := both.Find(b[0], b[1])
		return both.Weight[at]
	}
	slices.SortStableFunc(cuts.Bridges, func(a, b [2]uint32) int {
		return cmp.Or(cmp.Compare(lesser(b), lesser(a)), cmp.Compare(weight(b), weight(a)))
	})
	for _, b := range first(cuts.Bridges, o.Limit, len(cuts.Bridges)) {
		h, err := tieBetween(r, g, b[0], b[1], o.Filter)
		if err != nil {
			return err
		}
		c.Bridges = append(c.Bridges, *h)
	}
	slices.SortStableFunc(cuts.Points, func(a, b uint32) int { return cmp.Compare(events[b], events[a]) })
	for _, p := range first(cuts.Points, o.Limit, len(cuts.Points)) {
		lost := structure.Without(g, []uint32{p})
		c.Points = append(c.Points, CutPoint{memberOf(g, p, events[p]), len(lost.CutOff)})
	}
	return nil
}
