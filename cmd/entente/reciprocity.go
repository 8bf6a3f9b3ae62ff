package main

import (
	"context"
	"strconv"

	"github.com/urfave/cli/v2"

	"entente/queries"
)

func reciprocityCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "reciprocity",
		Usage: "how far acts are answered, and which ties are the most one-sided",
		Description: `entente reciprocity
entente reciprocity iran israel --quad conflict
entente reciprocity "united states" --since 2024 --json

An event is answered if there is one back, whenever; meetings and talks answer
themselves.`,
		ArgsUsage: "[A [B]] [OPTIONS]",
		Flags:     eventFlags(screenful, "ties", statesFlag(), dictFlag()),
		Action: func(c *cli.Context) error {
			o, err := aboutOf(c, 0, screenful)
			if err != nil {
				return err
			}
			return runReciprocity(c.Context, o, e)
		},
	}
}

func runReciprocity(_ context.Context, o aboutOptions, e *env) error {
	return e.withGraph(o.reading, func(r graphReader) error {
		q, err := e.ask(r, &o)
		if err != nil {
			return err
		}
		found, err := queries.Reciprocity(r, q.ids, q.filter, o.Limit)
		if err != nil {
			return err
		}
		if found.Total == 0 && !o.JSON {
			if err := e.nothing(r, q.named()); err != nil {
				return err
			}
		}
		t := reciprocityTable(&found)
		return e.answer(o.output, answer{doc: found, lines: asLines(found.Ties), table: t, text: func(s *screen) {
			s.reciprocity(&found)
			s.notes(t)
		}})
	})
}

func reciprocityTable(found *queries.Reciprocities) *table {
	t := &table{columns: []column{{"a_id", words}, {"a", words}, {"b_id", words}, {"b", words}, {"there", numbers}, {"back", numbers}, {"symmetric", numbers}, {"quote", words}}}
	for _, tie := range found.Ties {
		t.rows = append(t.rows, []string{string(tie.A.ID), tie.A.Name, string(tie.B.ID), tie.B.Name,
			strconv.Itoa(tie.There), strconv.Itoa(tie.Back), strconv.Itoa(tie.Symmetric), quoteOf(tie.Evidence)})
	}
	t.more(len(found.Ties), found.Total)
	return t
}

func (s *screen) reciprocity(found *queries.Reciprocities) {
	s.linef("%s: %.0f%% of the directions and %.0f%% of the events are answered", s.paint(bold, subject(found.Actors)), 100*found.Pairs, 100*found.Events)
	for i := range found.Ties {
		t := &found.Ties[i]
		s.linef("")
		s.linef("%s → %s  %d there, %d back, %d of them both ways", s.paint(bold, t.A.Name), s.paint(bold, t.B.Name), t.There, t.Back, t.Symmetric)
		s.attest(4, t.Evidence)
	}
}
