package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/urfave/cli/v2"

	"entente/graph"
	"entente/queries"
)

// pathOptions say between whom to look for which paths. One of Best, All and
// InOrder at most is set.
type pathOptions struct {
	pairOptions
	Best    int
	All     bool
	MaxHops int
	InOrder bool
	SameDay bool
}

func pathCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "path",
		Usage: "how two actors are connected: over the fewest others, the best ways, all, or in the order of time",
		Description: `entente path "north korea" macron
entente path wagner france --category SANCTION,ASSAULT --since 2023
entente path wagner france --best 3
entente path wagner france --all --max-hops 3
entente path iran france --in-order --json

The best ways are those that a walk by chance takes most likely, which seldom leads
over actors who deal with everybody. Paths go the way of the events; if none does,
either way.`,
		ArgsUsage: "A B [OPTIONS]",
		Flags: eventFlags(screenful, "ways, with --all", statesFlag(), dictFlag(),
			&cli.IntFlag{Name: "best", Usage: "the `K` best ways"},
			&cli.BoolFlag{Name: "all", Usage: "all ways without an actor twice"},
			&cli.IntFlag{Name: "max-hops", Value: 3, Usage: "with --all: of at most `N` steps"},
			&cli.BoolFlag{Name: "in-order", Usage: "along events each later than the one before, to arrive the earliest; those without a day are left out"},
			&cli.BoolFlag{Name: "same-day", Usage: "with --in-order: events of one day may follow each other"},
		),
		Action: func(c *cli.Context) error {
			if err := arguments(c, 2, 2, "two actors, names of several words in quotes"); err != nil {
				return err
			}
			o, err := pathOptionsOf(c)
			if err != nil {
				return err
			}
			return runPath(c.Context, o, e)
		},
	}
}

func pathOptionsOf(c *cli.Context) (o pathOptions, err error) {
	o.A, o.B = c.Args().Get(0), c.Args().Get(1)
	o.All, o.MaxHops, o.InOrder, o.SameDay = c.Bool("all"), c.Int("max-hops"), c.Bool("in-order"), c.Bool("same-day")
	if o.readingFilter, err = readingFilterOf(c, screenful); err != nil {
		return o, err
	}
	if o.Best, err = countOf(c, "best"); err != nil {
		return o, err
	}
	ways := 0
	for _, set := range []bool{o.Best > 0, o.All, o.InOrder} {
		if set {
			ways++
		}
	}
	switch {
	case ways > 1:
		return o, usagef("--best, --all and --in-order exclude each other: choose one")
	case c.IsSet("best") && o.Best == 0:
		return o, usagef("--best 0: ask for one way at least")
	case o.Best > queries.MaxRoutes:
		return o, usagef("--best %d: ask for %d ways at most", o.Best, queries.MaxRoutes)
	case (c.IsSet("max-hops") || c.IsSet("limit")) && !o.All:
		return o, usagef("--max-hops and --limit go with --all alone")
	case o.SameDay && !o.InOrder:
		return o, usagef("--same-day goes with --in-order alone")
	case o.MaxHops < 1:
		return o, usagef("--max-hops %d: allow one step at least", o.MaxHops)
	}
	return o, nil
}

func runPath(_ context.Context, o pathOptions, e *env) error {
	return e.withGraph(o.reading, func(r graphReader) error {
		ids, err := e.idsOf(r, o.Dicts, []string{o.A, o.B})
		if err != nil {
			return err
		}
		f, err := o.on(r)
		if err != nil {
			return err
		}
		found, err := o.find(r, ids[0], ids[1], f)
		if errors.Is(err, queries.ErrNoPath) && narrows(f) {
			err = fmt.Errorf("%w over the events that the filters let through: loosen one", err)
		}
		if err != nil {
			return err
		}
		if routes, ok := found.doc.(*queries.Routes); ok {
			e.caution(o.output, stoppedNote(routes))
		}
		return e.answer(o.output, found)
	})
}

// find asks for the paths that o wants.
func (o *pathOptions) find(r queries.Reader, a, b graph.ActorID, f queries.Filter) (answer, error) {
	switch {
	case o.Best > 0:
		found, err := queries.BestRoutes(r, a, b, o.Best, f)
		return routesAnswer(&found, fmt.Sprintf("the best %s", plural(len(found.Routes), "way"))), err
	case o.All:
		found, err := queries.AllRoutes(r, a, b, o.MaxHops, o.Limit, f)
		what := fmt.Sprintf("%s of at most %s", plural(found.Total, "way"), plural(o.MaxHops, "step"))
		if !found.Complete {
			what = "at least " + what
		}
		return routesAnswer(&found, what), err
	case o.InOrder:
		found, err := queries.FindPassage(r, a, b, o.SameDay, f)
		return passageAnswer(&found), err
	}
	found, err := queries.ShortestPath(r, a, b, f)
	return answer{doc: found, lines: asLines(found.Hops), table: hopTable(&found), text: func(s *screen) { s.path(&found) }}, err
}

// hopTable has a row for each step.
func hopTable(p *queries.Path) *table {
	t := &table{columns: hopColumns}
	for i := range p.Hops {
		t.rows = append(t.rows, hopCells(i+1, &p.Hops[i]))
	}
	return t
}

// hopColumns are those of hopCells.
var hopColumns = []column{
	{"step", numbers}, {"from_id", words}, {"from", words}, {"to_id", words}, {"to", words}, {"events", numbers},
	{"source_id", words}, {"predicate", words}, {"target_id", words}, {"plover", words}, {"date", dates}, {"article", words}, {"quote", words},
}

func hopCells(step int, h *queries.Hop) []string {
	row := []string{strconv.Itoa(step), string(h.From.ID), h.From.Name, string(h.To.ID), h.To.Name, strconv.Itoa(h.Events),
		string(h.Relation.Source), h.Relation.Predicate, string(h.Relation.Target), h.Relation.Category, "", "", ""}
	if ev := h.Relation.Evidence; ev != nil {
		row[10], row[11], row[12] = string(ev.Date), ev.Article, ev.Quote
	}
	return row
}

func (s *screen) path(p *queries.Path) {
	s.ends(p.From, p.To, plural(len(p.Hops), "step"), p.Directed)
	for i := range p.Hops {
		s.linef("")
		s.hop(i+1, &p.Hops[i])
	}
}

// ends says from whom to whom paths lead, and what they are.
func (s *screen) ends(from, to graph.NameRef, what string, directed bool) {
	if !directed {
		what += ", some against the direction of the events"
	}
	s.linef("%s to %s: %s", s.paint(bold, from.Name), s.paint(bold, to.Name), what)
}

// hop prints a step, the way the path goes, and the best evidence of it.
func (s *screen) hop(n int, h *queries.Hop) {
	s.linef("%2d. %s", n, s.across(h))
	s.attest(4, h.Relation.Evidence)
}

// across is the strongest relation of a step, from where it begins.
func (s *screen) across(h *queries.Hop) painted {
	r := &h.Relation
	arrow := s.arrow(r.Predicate, r.Symmetric, r.Quad)
	if !r.Symmetric && r.Source != h.From.ID {
		arrow = s.paint(quadStyle(r.Quad), "←"+spaced(r.Predicate)+"—")
	}
	more := ""
	if h.Events > 1 {
		more = fmt.Sprintf("  (the strongest of %s)", plural(h.Events, "event"))
	}
	return s.paint(bold, h.From.Name) + " " + arrow + " " + s.paint(bold, h.To.Name) + s.paint(faint, more)
}

// attest prints a record and where it stands, if there is one.
func (s *screen) attest(margin int, ev *graph.Event) {
	if ev != nil {
		s.quote(margin, ev.Quote)
		s.linef("%*s%s", margin, "", s.paint(faint, s.cut(margin, dated(ev)+whence(ev))))
	}
}

// tie prints the strongest relation of a tie and its best evidence, if there is
// a tie.
func (s *screen) tie(margin int, h *queries.Hop) {
	if h != nil {
		s.linef("%*s%s", margin, "", s.across(h))
		s.attest(margin+2, h.Relation.Evidence)
	}
}

// dated is the date of an event before other text.
func dated(e *graph.Event) string {
	if e.Date == "" {
		return ""
	}
	return string(e.Date) + " · "
}
