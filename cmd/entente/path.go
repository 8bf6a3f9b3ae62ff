package main

import (
	"context"
	"fmt"

	"github.com/urfave/cli/v2"

	"entente/graph"
	"entente/queries"
	"entente/store"
)

func pathCommand(e *env) *cli.Command {
	return pairCommand(e, "path", "how two actors are connected, over the fewest others", `entente path "north korea" macron
entente path wagner france --json`, runPath)
}

func runPath(_ context.Context, o pairOptions, e *env) error {
	return e.withStore(o.reading, func(st *store.Store) error {
		ends, err := e.findActors(st, o.Dicts, o.A, o.B)
		if err != nil {
			return err
		}
		answer, err := queries.ShortestPath(st, ends[0].ID, ends[1].ID, queries.Options{})
		if err != nil {
			return err
		}
		return e.print(o.output, answer, func(s *screen) { s.path(&answer) })
	})
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
	r := &h.Relation
	arrow := s.arrow(r.Predicate, r.Symmetric, r.Quad)
	if !r.Symmetric && r.Source != h.From.ID {
		arrow = s.paint(quadStyle(r.Quad), "←"+spaced(r.Predicate)+"—")
	}
	more := ""
	if h.Events > 1 {
		more = fmt.Sprintf("  (the strongest of %s)", plural(h.Events, "event"))
	}
	s.linef("%2d. %s %s %s%s", n, s.paint(bold, h.From.Name), arrow, s.paint(bold, h.To.Name), s.paint(faint, more))
	if ev := r.Evidence; ev != nil {
		s.quote(4, ev.Quote)
		s.linef("    %s", s.paint(faint, s.cut(4, dated(ev)+whence(ev))))
	}
}

// dated is the date of an event before other text.
func dated(e *graph.Event) string {
	if e.Date == "" {
		return ""
	}
	return string(e.Date) + " · "
}
