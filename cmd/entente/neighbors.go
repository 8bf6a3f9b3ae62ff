package main

import (
	"context"
	"fmt"
	"strconv"

	"github.com/urfave/cli/v2"

	"entente/graph"
	"entente/queries"
)

// neighborsOptions say around whom to look, and how far.
type neighborsOptions struct {
	aboutOptions
	Hops, Breadth int
}

func neighborsCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "neighbors",
		Usage: "who is around an actor, by the number of hops",
		Description: `entente neighbors wagner
entente neighbors "north korea" --hops 2 --quad cooperation
entente neighbors hezbollah --hops 2 --since 2024 --min-publishers 2 --json

Each actor stands with the strongest tie that leads to it from the hop before,
and the sentence which attests that best.`,
		ArgsUsage: "A [OPTIONS]",
		Flags: eventFlags(screenful, "actors", statesFlag(), dictFlag(),
			&cli.IntFlag{Name: "hops", Value: 1, Usage: "at most `N` hops from the actor"},
			&cli.IntFlag{Name: "breadth", Value: 30, Usage: "look beyond the `N` actors of a hop that have the strongest ties; 0 is all"},
		),
		Action: func(c *cli.Context) error {
			if err := arguments(c, 1, 1, "one actor, a name of several words in quotes"); err != nil {
				return err
			}
			o := neighborsOptions{Hops: c.Int("hops")}
			var err error
			if o.aboutOptions, err = aboutOf(c, 1, screenful); err != nil {
				return err
			}
			if o.Breadth, err = countOf(c, "breadth"); err != nil {
				return err
			}
			if o.Hops < 1 {
				return usagef("--hops %d: look at least one hop far", o.Hops)
			}
			return runNeighbors(c.Context, o, e)
		},
	}
}

func runNeighbors(_ context.Context, o neighborsOptions, e *env) error {
	return e.withGraph(o.reading, func(r graphReader) error {
		q, err := e.ask(r, &o.aboutOptions)
		if err != nil {
			return err
		}
		found, err := queries.Neighbors(r, q.ids[0], queries.NeighborOptions{Filter: q.filter, Hops: o.Hops, Breadth: orAll(o.Breadth), Limit: o.Limit})
		if err != nil {
			return err
		}
		if len(found.Neighbors) == 0 && !o.JSON {
			if err := e.nothing(r, q.named()); err != nil {
				return err
			}
		}
		all := 0
		for _, n := range found.ByHop {
			all += n
		}
		t := neighborTable(found.Neighbors)
		t.more(len(found.Neighbors), all)
		if found.Passed > 0 {
			t.note(fmt.Sprintf("not looked beyond %s with weaker ties: --breadth 0", plural(found.Passed, "actor")))
		}
		return e.answer(o.output, answer{doc: found, lines: asLines(found.Neighbors), table: t, text: func(s *screen) {
			s.neighbors(&found)
			s.notes(t)
		}})
	})
}

func neighborTable(list []queries.Neighbor) *table {
	t := &table{columns: []column{{"hop", numbers}, {"id", words}, {"name", words}, {"type", words}, {"country", words}, {"via_id", words}, {"via", words},
		{"events", numbers}, {"mentions", numbers}, {"publishers", numbers}, {"goldstein", numbers}, {"first", dates}, {"last", dates},
		{"source_id", words}, {"predicate", words}, {"target_id", words}, {"quote", words}}}
	for _, n := range list {
		quote := ""
		if ev := n.Relation.Evidence; ev != nil {
			quote = ev.Quote
		}
		t.rows = append(t.rows, []string{strconv.Itoa(n.Hop), string(n.Actor.ID), n.Actor.Name, string(n.Type), n.Country,
			string(n.Via.ID), n.Via.Name, strconv.Itoa(n.Events), strconv.Itoa(n.Mentions), strconv.Itoa(n.Publishers),
			decimal(n.Goldstein), string(n.First), string(n.Last), string(n.Relation.Source), n.Relation.Predicate, string(n.Relation.Target), quote})
	}
	return t
}

func (s *screen) neighbors(found *queries.Neighborhood) {
	s.linef("%s", s.paint(bold, found.Actor.Name))
	hop := 0
	for i := range found.Neighbors {
		n := &found.Neighbors[i]
		if n.Hop != hop {
			hop = n.Hop
			s.linef("")
			s.linef("%s", s.paint(bold, fmt.Sprintf("%s away: %s", plural(hop, "hop"), plural(found.ByHop[hop-1], "actor"))))
		}
		from := ""
		if hop > 1 {
			from = "  via " + n.Via.Name
		}
		of := graph.Actor{ID: n.Actor.ID, Type: n.Type, Country: n.Country}
		s.linef("  %s  %s%s", s.paint(bold, n.Actor.Name), s.paint(faint, kind(of)), from)
		s.linef("      %s · %s", plural(n.Events, "event"), quads(n.Quads))
		if ev := n.Relation.Evidence; ev != nil {
			s.linef("      %s%s", s.triple(ev), s.paint(faint, "  "+string(ev.Date)+" · "+place(ev.Article, ev.Publisher, "")))
			s.quote(6, ev.Quote)
		}
	}
}
