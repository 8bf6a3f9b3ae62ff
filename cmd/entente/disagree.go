package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"entente/queries"
)

// disagreeOptions say which accounts to hold against each other.
type disagreeOptions struct {
	aboutOptions
	Days int
}

func disagreeCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "disagree",
		Usage: "where publishers or speakers contradict each other, with both sentences",
		Description: `entente disagree
entente disagree russia france --days 3
entente disagree hamas --since 2024 --format md

Accounts are of the same two actors and near days: one asserts and the other
denies an act of one direction and category, or one tells of cooperation and the
other of conflict. They are of different speakers or, where the text names none,
of different publishers.`,
		ArgsUsage: "[A [B]] [OPTIONS]",
		Flags: eventFlags(screenful, "contradictions", statesFlag(), dictFlag(),
			&cli.IntFlag{Name: "days", Value: 1, Usage: "how far two accounts may be apart, `N` days"},
		),
		Action: func(c *cli.Context) error {
			var o disagreeOptions
			var err error
			if o.aboutOptions, err = aboutOf(c, 0, screenful); err != nil {
				return err
			}
			if o.Days, err = countOf(c, "days"); err != nil {
				return err
			}
			return runDisagree(c.Context, o, e)
		},
	}
}

func runDisagree(_ context.Context, o disagreeOptions, e *env) error {
	return e.withGraph(o.reading, func(r graphReader) error {
		q, err := e.ask(r, &o.aboutOptions)
		if err != nil {
			return err
		}
		found, err := queries.Disagree(r, q.ids, queries.DisagreeOptions{Filter: q.filter, Days: o.Days, Limit: orAll(o.Limit)})
		if err != nil {
			return err
		}
		if found.Total == 0 && !o.JSON {
			e.warnf("no two accounts contradict each other")
		}
		t := disagreeTable(&found)
		t.more(len(found.Disagreements), found.Total)
		return e.answer(o.output, answer{doc: found, lines: asLines(found.Disagreements), table: t, text: func(s *screen) {
			for i := range found.Disagreements {
				if i > 0 {
					s.linef("")
				}
				s.disagreement(&found.Disagreements[i])
			}
			s.notes(t)
		}})
	})
}

func disagreeTable(l *queries.Disagreements) *table {
	t := &table{columns: []column{{"kind", words}, {"a_id", words}, {"a", words}, {"b_id", words}, {"b", words}, {"days", numbers}, {"score", numbers}}}
	for _, side := range []string{"one_", "other_"} {
		for _, c := range []column{{"date", dates}, {"source_id", words}, {"predicate", words}, {"target_id", words}, {"plover", words}, {"status", words},
			{"voices", words}, {"mentions", numbers}, {"quote", words}} {
			t.columns = append(t.columns, column{side + c.name, c.of})
		}
	}
	for _, d := range l.Disagreements {
		row := []string{d.Kind, string(d.A.ID), d.A.Name, string(d.B.ID), d.B.Name, strconv.Itoa(d.Days), decimal(d.Score)}
		for _, a := range []*queries.Account{&d.One, &d.Other} {
			quote := ""
			if a.Evidence != nil {
				quote = a.Evidence.Quote
			}
			row = append(row, string(a.Date), string(a.Source), a.Predicate, string(a.Target), a.Category, string(a.Status),
				strings.Join(a.Voices, "; "), strconv.Itoa(a.Mentions), quote)
		}
		t.rows = append(t.rows, row)
	}
	return t
}

func (s *screen) disagreement(d *queries.Disagreement) {
	apart := "the same day"
	if d.Days > 0 {
		apart = plural(d.Days, "day") + " apart"
	}
	s.linef("%s  %s and %s%s", s.paint(red, d.Kind), s.paint(bold, d.A.Name), s.paint(bold, d.B.Name),
		s.paint(faint, fmt.Sprintf("  %s, score %.2f", apart, d.Score)))
	for _, a := range []*queries.Account{&d.One, &d.Other} {
		if a.Evidence == nil {
			continue
		}
		s.linef("  %s  %s%s", string(a.Date), s.triple(a.Evidence), s.paint(faint, aside(a.Evidence)))
		s.quote(4, a.Evidence.Quote)
		s.linef("    %s", s.paint(faint, s.cut(4, "says "+strings.Join(a.Voices, ", ")+" · "+whence(a.Evidence))))
	}
}
