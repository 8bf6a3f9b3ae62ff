package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"entente/graph"
	"entente/graph/encoding"
	"entente/graph/encoding/svg"
	"entente/graph/picture"
	"entente/queries"
)

// mostInReport is how many actors the drawing of a report on all has,
// mostAround how many a report on one or two has beside them, mostTies how many
// arrows can be told apart.
const (
	mostInReport = 30
	mostAround   = 24
	mostTies     = 100
)

// network draws the graph: of all, the actors with the most events; of one, it
// and its strongest partners; of two, both and the partners that they share.
func (r *reporter) network() (err error) {
	if r.relations, err = foldedEvents(r.st, r.named()); err != nil {
		return err
	}
	relations, all, err := r.drawable()
	if err != nil {
		return err
	}
	o := picture.Options{}
	if len(r.ids) == 0 {
		o.Top = mostInReport
	}
	involved := map[graph.ActorID]bool{}
	for _, x := range relations {
		involved[x.Source], involved[x.Target] = true, true
	}
	g := &encoding.Graph{Actors: chosenActors(r.st, involved, false), Relations: relations}
	p, err := picture.Choose(g, o)
	if err != nil || len(p.Edges) == 0 {
		return err
	}
	ties := len(p.Edges)
	if ties > mostTies {
		o.Ties = mostTies
		if p, err = picture.Choose(g, o); err != nil {
			return err
		}
	}
	return r.page.network(p, networkNote(p, r.ids, all, ties))
}

// drawable returns what the drawing is chosen from, and out of how many actors
// or partners. About actors that is asked for dyad by dyad, which a store has an
// index of: a big one need not be read through.
func (r *reporter) drawable() (relations []graph.Relation, all int, err error) {
	if len(r.ids) == 0 {
		_, all = partners(r.relations, nil)
		return r.relations, all, nil
	}
	f := r.filter
	add := func(f queries.Filter, wanted func(graph.Relation) bool) error {
		list, err := foldedEvents(r.st, f)
		for _, x := range list {
			if wanted(x) {
				relations = append(relations, x)
			}
		}
		return err
	}
	for i, id := range r.ids {
		f.Actor = id
		before := func(id graph.ActorID) bool { return slices.Contains(r.ids[:i], id) }
		if err := add(f, func(x graph.Relation) bool { return !before(x.Source) && !before(x.Target) }); err != nil {
			return nil, 0, err
		}
	}
	around, all := partners(relations, r.ids)
	around = cut(around, mostAround)
	among := func(id graph.ActorID) bool { return slices.Contains(r.ids, id) || slices.Contains(around, id) }
	relations = slices.DeleteFunc(relations, func(x graph.Relation) bool { return !among(x.Source) || !among(x.Target) })
	for i, a := range around {
		for _, b := range around[:i] {
			f.Actor, f.Other = a, b
			if err := add(f, func(graph.Relation) bool { return true }); err != nil {
				return nil, 0, err
			}
		}
	}
	return relations, all, nil
}

// network adds the drawing of a picture.
func (p *page) network(drawn *picture.Picture, note string) error {
	l := drawn.Layout()
	if err := p.figure("The graph", func(w io.Writer) error {
		return svg.Inline(w, drawn, l, fmt.Sprintf(`class="graph" width="%g" role="img" aria-label="The graph: who acts on whom"`, l.Width))
	}); err != nil {
		return err
	}
	f := &p.Figures[len(p.Figures)-1]
	f.Keys, f.Note = l.Keys, note
	return nil
}

// partners returns those who have events with each of ids, and how many they
// are: first who has the most with the one of them that it has the fewest with.
// Without ids, how many actors have events at all.
func partners(relations []graph.Relation, ids []graph.ActorID) (list []graph.ActorID, all int) {
	events := map[graph.ActorID][]int{} // with each of ids
	add := func(a, b graph.ActorID, n int) {
		if slices.Contains(ids, a) {
			return
		}
		if events[a] == nil {
			events[a] = make([]int, len(ids))
		}
		if i := slices.Index(ids, b); i >= 0 {
			events[a][i] += n
		}
	}
	for _, x := range relations {
		add(x.Source, x.Target, x.Events)
		add(x.Target, x.Source, x.Events)
	}
	if len(ids) == 0 {
		return nil, len(events)
	}
	for id, n := range events {
		if slices.Min(n) > 0 {
			list = append(list, id)
		}
	}
	slices.SortFunc(list, func(a, b graph.ActorID) int {
		x, y := events[a], events[b]
		return cmp.Or(cmp.Compare(slices.Min(y), slices.Min(x)), cmp.Compare(slices.Max(y), slices.Max(x)), cmp.Compare(a, b))
	})
	return list, len(list)
}

// networkNote tells a reader what is drawn, out of so many actors or partners
// and so many ties between the drawn ones.
func networkNote(p *picture.Picture, ids []graph.ActorID, all, ties int) string {
	var named []string
	others := 0
	for i := range p.Nodes {
		if slices.Contains(ids, p.Nodes[i].ID) {
			named = append(named, p.Nodes[i].Caption())
		} else {
			others++
		}
	}
	what := []string{"actor", "partner", "shared partner"}[len(ids)]
	some := plural(all, what)
	switch {
	case all == 0:
		some = "no " + what
	case others < all:
		some = fmt.Sprintf("%d of %s, those with the most events", others, some)
	}
	between := plural(ties, "tie")
	if len(p.Edges) < ties {
		between = fmt.Sprintf("%d of %s, the strongest", len(p.Edges), between)
	}
	who := strings.Join(named, ", ")
	if who != "" {
		who += " and "
	}
	return fmt.Sprintf("%s%s; %s. An arrow is the events of one kind between two: the wider, the more; the larger a circle, the more events it has here. Point at one, with a mouse, for its best sentence.",
		who, some, between)
}
