package queries

import (
	"cmp"

	"entente/graph"
	"entente/queries/community"
)

// CommunityOptions say how to look for communities.
type CommunityOptions struct {
	Filter
	Weighted   bool    // two actors count by their distinct events rather than alike
	Resolution float64 // community.Options; 0 means 1
	Seed       uint64
	Limit      int // at most so many communities, the largest; 0 means all
	Members    int // at most so many members of each; 0 means all
}

// Communities are the groups of actors with more events inside, and fewer
// between them, than chance would have.
type Communities struct {
	Resolution  float64     `json:"resolution"`
	Weighted    bool        `json:"weighted"`
	Seed        uint64      `json:"seed"`
	Modularity  float64     `json:"modularity"` // with six decimals
	Actors      int         `json:"actors"`     // with events
	Alone       int         `json:"alone"`      // actors without
	Total       int         `json:"total"`      // communities, listed or not
	Communities []Community `json:"communities"`
}

// Community is a group; the largest has number 1.
type Community struct {
	Number  int      `json:"community"`
	Size    int      `json:"size"`
	Inside  int      `json:"events_inside"`  // distinct events among its members
	Outside int      `json:"events_outside"` // of members with others
	Members []Member `json:"members"`        // by their events inside, the most first
	// Strongest is the pair of members with the most events; nil for a group of
	// one.
	Strongest *Hop `json:"strongest"`
}

// FindCommunities returns the communities that community.Leiden finds in the
// undirected network. It reads all events.
func FindCommunities(r Reader, o CommunityOptions) (Communities, error) {
	answer := Communities{Resolution: cmp.Or(o.Resolution, 1), Weighted: o.Weighted, Seed: o.Seed, Communities: []Community{}}
	g, alone, err := tied(r, o.Filter)
	if err != nil {
		return Communities{}, err
	}
	found := community.Leiden(g, community.Options{Resolution: answer.Resolution, Weighted: o.Weighted, Seed: o.Seed})
	answer.Modularity, answer.Actors, answer.Alone, answer.Total = round(found.Modularity), g.Len(), alone, found.Count
	list, strongest, events := inside(g, found)
	members := groups(g, found.Of, found.Count, events)
	for c := range first(list, o.Limit, len(list)) {
		group := list[c]
		group.Number, group.Size = c+1, len(members[c])
		group.Members = first(members[c], o.Members, group.Size)
		if tie := strongest[c]; tie.weight > 0 {
			if group.Strongest, err = tieBetween(r, g, tie.u, tie.v, o.Filter); err != nil {
				return Communities{}, err
			}
		}
		answer.Communities = append(answer.Communities, group)
	}
	return answer, nil
}

// inside counts the events of each community, inside and with others, finds its
// strongest pair, and counts for each node those inside its own.
func inside(g *graph.Network, p community.Partition) (list []Community, strongest []pair, events []int) {
	list, strongest, events = make([]Community, p.Count), make([]pair, p.Count), make([]int, g.Len())
	for tie := range pairsOf(g) {
		w, a, b := int(tie.weight), p.Of[tie.u], p.Of[tie.v]
		if a != b {
			list[a].Outside += w
			list[b].Outside += w
			continue
		}
		list[a].Inside += w
		events[tie.u] += w
		events[tie.v] += w
		if tie.weight > strongest[a].weight {
			strongest[a] = tie
		}
	}
	return list, strongest, events
}
