package main

import (
	"context"
	"strconv"

	"github.com/urfave/cli/v2"

	"entente/graph"
	"entente/queries"
	"entente/store"
)

// pairOptions name two actors, as people type them or by id.
type pairOptions struct {
	reading
	A, B string
}

// pairCommand is a command that asks the store about two actors.
func pairCommand(e *env, name, usage, examples string, run func(context.Context, pairOptions, *env) error) *cli.Command {
	return &cli.Command{
		Name: name, Usage: usage, Description: examples,
		ArgsUsage: "A B [OPTIONS]",
		Flags:     readFlags(dictFlag()),
		Action: func(c *cli.Context) error {
			if err := arguments(c, 2, 2, "two actors, names of several words in quotes"); err != nil {
				return err
			}
			r, err := readingOf(c)
			if err != nil {
				return err
			}
			return run(c.Context, pairOptions{r, c.Args().Get(0), c.Args().Get(1)}, e)
		},
	}
}

func betweenCommand(e *env) *cli.Command {
	return pairCommand(e, "between", "what two actors did to each other", `entente between macron russia
entente between "united states" iran --json`, runBetween)
}

func runBetween(_ context.Context, o pairOptions, e *env) error {
	return e.withStore(o.reading, func(st *store.Store) error {
		actors, err := e.findActors(st, o.Dicts, o.A, o.B)
		if err != nil {
			return err
		}
		answer, err := queries.Between(st, actors[0].ID, actors[1].ID, queries.Options{})
		if err != nil {
			return err
		}
		return e.print(o.output, answer, func(s *screen) { s.dyadic(&answer) })
	})
}

func (s *screen) dyadic(d *queries.Dyadic) {
	s.linef("%s and %s: %s", s.paint(bold, d.A.Name), s.paint(bold, d.B.Name), counts(d.Counts))
	if tone := quads(d.Quads); tone != "" {
		s.linef("%s", tone)
	}
	if others := leftOut(d.ByStatus); others != "" {
		s.linef("not counted: %s (entente events --actor %s --with %s)", others, d.A.ID, d.B.ID)
	}
	if len(d.Relations) == 0 {
		return
	}
	s.linef("")
	name := map[graph.ActorID]string{d.A.ID: d.A.Name, d.B.ID: d.B.Name}
	for _, r := range d.Relations {
		s.linef("%5s  %s %s %s%s", strconv.Itoa(r.Events)+"×", name[r.Source], s.arrow(r.Predicate, r.Symmetric, r.Quad),
			name[r.Target], s.paint(faint, period(r.Counts)))
	}
	s.linef("")
	s.events(d.Evidence)
}
