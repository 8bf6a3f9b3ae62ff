package main

import (
	"context"

	"github.com/urfave/cli/v2"

	"entente/queries"
)

// withoutOptions say whom to take away.
type withoutOptions struct {
	readingFilter
	Actors []string // as people type them
}

func withoutCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "without",
		Usage: "what the network loses without an actor, and who is cut off",
		Description: `entente without russia
entente without "united states" russia --quad cooperation
entente without wagner --since 2023 --json`,
		ArgsUsage: "A… [OPTIONS]",
		Flags:     eventFlags(screenful, "actors", statesFlag(), dictFlag()),
		Action: func(c *cli.Context) error {
			if err := arguments(c, 1, -1, "the actors to take away, names of several words in quotes"); err != nil {
				return err
			}
			o := withoutOptions{Actors: c.Args().Slice()}
			var err error
			if o.readingFilter, err = readingFilterOf(c, screenful); err != nil {
				return err
			}
			return runWithout(c.Context, o, e)
		},
	}
}

func runWithout(_ context.Context, o withoutOptions, e *env) error {
	return e.withGraph(o.reading, func(r graphReader) error {
		ids, err := e.idsOf(r, o.Dicts, o.Actors)
		if err != nil {
			return err
		}
		f, err := o.on(r)
		if err != nil {
			return err
		}
		found, err := queries.Without(r, ids, f, o.Limit)
		if err != nil {
			return err
		}
		if found.Actors == 0 && !o.JSON {
			if err := e.nothing(r, f); err != nil {
				return err
			}
		}
		t := cutOffTable(&found)
		return e.answer(o.output, answer{doc: found, lines: asLines(found.CutOff), table: t, text: func(s *screen) {
			s.removal(&found)
			s.notes(t)
		}})
	})
}

func cutOffTable(found *queries.Removal) *table {
	t := &table{columns: append(append([]column{}, memberColumns...), column{"tie_id", words}, column{"tie", words}, column{"quote", words})}
	for i := range found.CutOff {
		c := &found.CutOff[i]
		row := append(memberCells(&c.Member), "", "", "")
		if h := c.Tie; h != nil {
			row = append(row[:len(memberColumns)], string(h.To.ID), h.To.Name, quoteOf(h.Relation.Evidence))
		}
		t.rows = append(t.rows, row)
	}
	t.more(len(found.CutOff), found.Total)
	return t
}

func (s *screen) removal(found *queries.Removal) {
	s.linef("%s", s.paint(bold, "Without "+namesLine(found.Removed)))
	s.linef("%s cut off, of %d", plural(found.Total, "actor"), found.Actors)
	s.linef("components: %d before, %d after; the largest has %s before, %d after",
		found.Before.Components, found.After.Components, plural(found.Before.Largest, "actor"), found.After.Largest)
	for i := range found.CutOff {
		c := &found.CutOff[i]
		s.linef("")
		s.linef("  %s  %s", s.paint(bold, c.Actor.Name), s.paint(faint, string(c.Type)))
		s.tie(4, c.Tie)
	}
}
