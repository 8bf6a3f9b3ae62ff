package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/urfave/cli/v2"

	"entente/graph"
	"entente/queries"
	"entente/store"
)

func pathCommand(e *env) *cli.Command {
	return pairCommand(e, "path", "how two actors are connected, over the fewest others", `entente path "north korea" macron
entente path wagner france --category SANCTION,ASSAULT --since 2023
entente path "north korea" macron --min-publishers 2 --json`, readFlags(append(filterFlags(), dictFlag())...), runPath)
}

func runPath(_ context.Context, o pairOptions, e *env) error {
	return e.withStore(o.reading, func(st *store.Store) error {
		ends, err := e.findActors(st, o.Dicts, o.A, o.B)
		if err != nil {
			return err
		}
		f, err := o.on(st)
		if err != nil {
			return err
		}
		found, err := queries.ShortestPath(st, ends[0].ID, ends[1].ID, f)
		if errors.Is(err, queries.ErrNoPath) && narrows(f) {
			err = fmt.Errorf("%w over the events that the filters let through: loosen one", err)
		}
		if err != nil {
			return err
		}
		return e.answer(o.output, answer{doc: found, lines: asLines(found.Hops), table: hopTable(&found), text: func(s *screen) { s.path(&found) }})
	})
}

// hopTable has a row for each step.
func hopTable(p *queries.Path) *table {
	t := &table{columns: []column{
		{"step", numbers}, {"from_id", words}, {"from", words}, {"to_id", words}, {"to", words}, {"events", numbers},
		{"source_id", words}, {"predicate", words}, {"target_id", words}, {"plover", words}, {"date", dates}, {"article", words}, {"quote", words},
	}}
	for i := range p.Hops {
		h := &p.Hops[i]
		row := []string{strconv.Itoa(i + 1), string(h.From.ID), h.From.Name, string(h.To.ID), h.To.Name, strconv.Itoa(h.Events),
			string(h.Relation.Source), h.Relation.Predicate, string(h.Relation.Target), h.Relation.Category, "", "", ""}
		if ev := h.Relation.Evidence; ev != nil {
			row[10], row[11], row[12] = string(ev.Date), ev.Article, ev.Quote
		}
		t.rows = append(t.rows, row)
	}
	return t
}

func (s *screen) path(p *queries.Path) {
	how := ""
	if !p.Directed {
		how = ", some against the direction of the events"
	}
	s.linef("%s to %s: %s%s", s.paint(bold, p.From.Name), s.paint(bold, p.To.Name), plural(len(p.Hops), "step"), how)
	for i := range p.Hops {
		s.linef("")
		s.hop(i+1, &p.Hops[i])
	}
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
