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
	// those first of which the smaller part has the most actors.
	BridgeTotal int      `json:"bridge_total"`
	Bridges     []Bridge `json:"bridges"`
	// Points are the actors without whom others are cut off (articulation points),
	// those first without whom the most are.
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

// Bridge is a tie, and how many actors the smaller part has that it connects.
type Bridge struct {
	Hop
	Side int `json:"side"`
}

// FindComponents returns the components of the network, its bridges and its
// articulation points; the latter two of the undirected network, whichever
// components are asked for. It reads all events.
func FindComponents(r Reader, o ComponentOptions) (Components, error) {
	answer := Components{Strong: o.Strong, Components: []Component{}, Bridges: []Bridge{}, Points: []CutPoint{}}
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
	cuts := structure.FindCuts(g)
	c.BridgeTotal, c.PointTotal = len(cuts.Bridges), len(cuts.Points)
	slices.SortStableFunc(cuts.Bridges, func(a, b structure.Bridge) int { return cmp.Compare(b.Side, a.Side) })
	for _, b := range first(cuts.Bridges, o.Limit, len(cuts.Bridges)) {
		h, err := tieBetween(r, g, b.U, b.V, o.Filter)
		if err != nil {
			return err
		}
		c.Bridges = append(c.Bridges, Bridge{*h, b.Side})
	}
	slices.SortStableFunc(cuts.Points, func(a, b structure.Point) int { return cmp.Compare(b.CutOff, a.CutOff) })
	for _, p := range first(cuts.Points, o.Limit, len(cuts.Points)) {
		c.Points = append(c.Points, CutPoint{memberOf(g, p.Node, events[p.Node]), p.CutOff})
	}
	return nil
}
