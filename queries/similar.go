package queries

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"entente/graph"
	"entente/queries/structure"
)

// Likeness is a way to tell how alike two actors are by whom they deal with.
type Likeness string

const (
	ByJaccard    Likeness = "jaccard"     // structure.Jaccard
	ByAdamicAdar Likeness = "adamic-adar" // structure.AdamicAdar
	ByCosine     Likeness = "cosine"      // structure.Cosine
)

// Likenesses lists every Likeness in a fixed order.
var Likenesses = []Likeness{ByJaccard, ByAdamicAdar, ByCosine}

var likenesses = map[Likeness]structure.Likeness{ByJaccard: structure.Jaccard, ByAdamicAdar: structure.AdamicAdar, ByCosine: structure.Cosine}

// Side says whose acts count.
type Side string

const (
	AnySide  Side = "any"
	AsSource Side = "source"
	AsTarget Side = "target"
)

// Sides lists every Side in a fixed order.
var Sides = []Side{AnySide, AsSource, AsTarget}

var sides = map[Side]graph.Direction{"": graph.Either, AnySide: graph.Either, AsSource: graph.Outgoing, AsTarget: graph.Incoming}

// SimilarOptions say how to compare.
type SimilarOptions struct {
	Filter
	By    Likeness // "" means ByAdamicAdar
	As    Side     // AsSource compares to whom two do something, AsTarget who does something to them; "" means AnySide
	Limit int      // at most so many; 0 means all
}

// Similarity is who deals with the same actors as one.
type Similarity struct {
	Actor   graph.NameRef `json:"actor"`
	By      Likeness      `json:"by"`
	As      Side          `json:"as"`
	Total   int           `json:"total"`   // listed or not
	Similar []Similar     `json:"similar"` // the most alike first, then by id
}

// Similar is an actor that has partners in common with another.
type Similar struct {
	Member         // with all its events
	Score  float64 `json:"score"` // in nine significant digits
	Common int     `json:"common"`
	// Partners are some of those in common, at most shownPartners: first those
	// that both have the most events with, by the lesser of the two numbers.
	Partners []graph.NameRef `json:"partners"`
	Ties     []Hop           `json:"ties"` // of the actor asked for and of this one with the first of Partners
}

// shownPartners is how many common partners Similar names.
const shownPartners = 5

// FindSimilar returns who deals with the same actors as id does; of a filter's
// Type and Country, only those that it lists. It reads all events. The error
// wraps graph.ErrNotFound if there is no such actor.
func FindSimilar(r Reader, id graph.ActorID, o SimilarOptions) (Similarity, error) {
	answer := Similarity{By: cmp.Or(o.By, ByAdamicAdar), As: cmp.Or(o.As, AnySide), Similar: []Similar{}}
	by, ok := likenesses[answer.By]
	dir, okSide := sides[answer.As]
	if !ok || !okSide {
		return Similarity{}, fmt.Errorf("likeness %q as %q: not one of %q as one of %q", answer.By, answer.As, Likenesses, Sides)
	}
	var err error
	if answer.Actor, err = knownName(r, id); err != nil {
		return Similarity{}, err
	}
	g, _, err := tied(r, o.Filter)
	if err != nil {
		return Similarity{}, err
	}
	u, ok := g.Lookup(answer.Actor.ID)
	if !ok {
		return answer, nil
	}
	found := structure.FindSimilar(g, u, structure.SimilarOptions{By: by, Direction: dir, Limit: math.MaxInt})
	found = slices.DeleteFunc(found, func(s structure.Similar) bool { return !o.Lists(g.Actor(s.Node)) })
	answer.Total = len(found)
	events := eventsOf(g)
	for _, s := range first(found, o.Limit, len(found)) {
		like := Similar{Member: memberOf(g, s.Node, events[s.Node]), Score: significant(s.Score), Common: s.Common, Partners: []graph.NameRef{}}
		partners := commonPartners(g, u, s.Node, dir)
		for _, p := range first(partners, shownPartners, shownPartners) {
			like.Partners = append(like.Partners, refOf(g, p))
		}
		for _, node := range []uint32{u, s.Node} {
			from, to := refOf(g, node), refOf(g, partners[0])
			if dir == graph.Incoming {
				from, to = to, from
			}
			h, err := hop(r, from, to, dir != graph.Either, o.Filter)
			if err != nil {
				return Similarity{}, err
			}
			like.Ties = append(like.Ties, h)
		}
		answer.Similar = append(answer.Similar, like)
	}
	return answer, nil
}

// commonPartners returns the neighbours of both u and v along dir, those first
// that both have the most events with.
func commonPartners(g *graph.Network, u, v uint32, dir graph.Direction) []uint32 {
	rows, weights := g.Rows(dir), g.RowWeights(dir)
	shared := map[uint32]uint32{} // the lesser number of events
	var list []uint32
	for i, p := range rows.Row(u) {
		if at, ok := rows.Find(v, p); ok && p != v && p != u {
			shared[p] = min(weights[rows.Off[u]+uint32(i)], weights[at])
			list = append(list, p)
		}
	}
	slices.SortStableFunc(list, func(a, b uint32) int { return cmp.Compare(shared[b], shared[a]) })
	return list
}
