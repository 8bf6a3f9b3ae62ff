package main

import (
	"context"
	"slices"
	"strconv"

	"github.com/urfave/cli/v2"

	"entente/graph"
	"entente/queries"
	"entente/store"
)

// pairOptions name two actors, as people type them or by id.
type pairOptions struct {
	readingFilter
	A, B string
}

// pairCommand is a command that asks the store about two actors, with flags that
// readingFilterOf reads.
func pairCommand(e *env, name, usage, examples string, flags []cli.Flag, run func(context.Context, pairOptions, *env) error) *cli.Command {
	return &cli.Command{
		Name: name, Usage: usage, Description: examples,
		ArgsUsage: "A B [OPTIONS]",
		Flags:     flags,
		Action: func(c *cli.Context) error {
			if err := arguments(c, 2, 2, "two actors, names of several words in quotes"); err != nil {
				return err
			}
			o, err := readingFilterOf(c, screenful)
			if err != nil {
				return err
			}
			return run(c.Context, pairOptions{o, c.Args().Get(0), c.Args().Get(1)}, e)
		},
	}
}

func betweenCommand(e *env) *cli.Command {
	return pairCommand(e, "between", "what two actors did to each other", `entente between macron russia
entente between "united states" iran --quad conflict --since "last year"
entente between ethiopia eritrea --states
entente between israel hamas --min-publishers 2 --json`, eventFlags(screenful, "relations and events", statesFlag(), dictFlag()), runBetween)
}

func runBetween(_ context.Context, o pairOptions, e *env) error {
	return e.withStore(o.reading, func(st *store.Store) error {
		actors, err := e.findActors(st, o.Dicts, o.A, o.B)
		if err != nil {
			return err
		}
		f, err := o.on(st)
		if err != nil {
			return err
		}
		ask := queries.Between
		if o.States {
			ask = queries.BetweenStates
		}
		found, err := ask(st, actors[0].ID, actors[1].ID, f)
		if err != nil {
			return err
		}
		if found.Events == 0 && !o.JSON {
			if err := e.noDyad(st, &found, f); err != nil {
				return err
			}
		}
		return e.answer(o.output, answer{doc: found, lines: asLines(found.Relations), table: relationTable(&found, o.Limit),
			text: func(s *screen) { s.dyadic(&found, f, o.Limit) }})
	})
}

// noDyad says on stderr what there would be where two have no event that counts:
// with other actors of their countries, or with another filter.
func (e *env) noDyad(r queries.Reader, d *queries.Dyadic, f queries.Filter) error {
	if !d.States {
		wider, err := queries.BetweenStates(r, d.A.ID, d.B.ID, f)
		if err != nil {
			return err
		}
		if wider.A != wider.B && wider.Events > 0 {
			e.warnf("none between the two themselves; there would be %s of %s and %s with all who act for them: --states", plural(wider.Events, "event"), wider.A.Name, wider.B.Name)
			return nil
		}
	}
	if d.States || !narrows(f) {
		return nil
	}
	f.Actor, f.Other = d.A.ID, d.B.ID
	return e.nothing(r, f)
}

// relationTable has a row for each relation.
func relationTable(d *queries.Dyadic, limit int) *table {
	t := &table{columns: []column{
		{"source_id", words}, {"source", words}, {"predicate", words}, {"target_id", words}, {"target", words}, {"plover", words},
		{"quad", numbers}, {"events", numbers}, {"mentions", numbers}, {"publishers", numbers}, {"goldstein", numbers}, {"first", dates}, {"last", dates}, {"quote", words},
	}}
	name := namesOf(d)
	shown := cut(d.Relations, limit)
	for _, r := range shown {
		quote := ""
		if r.Evidence != nil {
			quote = r.Evidence.Quote
		}
		t.rows = append(t.rows, []string{string(r.Source), name[r.Source], r.Predicate, string(r.Target), name[r.Target], r.Category, strconv.Itoa(r.Quad),
			strconv.Itoa(r.Events), strconv.Itoa(r.Mentions), strconv.Itoa(r.Publishers), decimal(r.Goldstein),
			string(r.First), string(r.Last), quote})
	}
	t.more(len(shown), len(d.Relations))
	return t
}

func namesOf(d *queries.Dyadic) map[graph.ActorID]string {
	return map[graph.ActorID]string{d.A.ID: d.A.Name, d.B.ID: d.B.Name}
}

// cut is the first limit of list; 0 is all.
func cut[T any](list []T, limit int) []T {
	if limit > 0 && limit < len(list) {
		return list[:limit]
	}
	return list
}

func (s *screen) dyadic(d *queries.Dyadic, f queries.Filter, limit int) {
	whose := ""
	if d.States {
		whose = " with their actors"
	}
	s.linef("%s and %s%s: %s", s.paint(bold, d.A.Name), s.paint(bold, d.B.Name), whose, countsOf(d.Counts, f))
	if tone := quads(d.Quads); tone != "" {
		s.linef("%s · Goldstein sum %.1f", tone, d.Goldstein)
	}
	if others := otherStatuses(f, d.ByStatus); others != "" {
		s.linef("%s", s.paint(faint, others))
	}
	if d.Events == 0 {
		return
	}
	s.linef("")
	var rows [][]string
	for _, way := range d.Directions {
		arrow := "→"
		if way.Symmetric {
			arrow = "↔"
		}
		rows = append(rows, []string{"", way.Source.Name + " " + arrow + " " + way.Target.Name, plural(way.Events, "event"), quads(way.Quads)})
	}
	s.table(rows, 2)
	s.linef("")
	name := namesOf(d)
	shown := cut(d.Relations, limit)
	for _, r := range shown {
		s.linef("%5s  %s %s %s%s", strconv.Itoa(r.Events)+"×", name[r.Source], s.arrow(r.Predicate, r.Symmetric, r.Quad),
			name[r.Target], s.paint(faint, "  "+r.Category+period(r.Counts)))
	}
	s.more(len(shown), len(d.Relations))
	s.dyadEvidence(d, limit)
}

// dyadEvidence prints the best record of the strongest relation, and the latest
// records.
func (s *screen) dyadEvidence(d *queries.Dyadic, limit int) {
	if len(d.Relations) > 0 && d.Relations[0].Evidence != nil {
		s.linef("")
		s.linef("%s", s.paint(bold, "Best attested of the strongest"))
		s.event(d.Relations[0].Evidence)
	}
	latest := slices.Clone(d.Evidence)
	slices.Reverse(latest)
	shown := cut(latest, limit)
	s.linef("")
	s.linef("%s", s.paint(bold, "Latest events"))
	s.events(shown)
	s.more(len(shown), len(latest))
}

// more says that a list was cut to shown of all.
func (s *screen) more(shown, all int) {
	if note := moreNote(shown, all); note != "" {
		s.linef("%s", s.paint(faint, note))
	}
}
