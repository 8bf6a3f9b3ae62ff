package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"entente/graph"
	"entente/queries"
)

// compareOptions say which periods to compare.
type compareOptions struct {
	aboutOptions
	Before, After queries.Stretch
	Level         float64
	charting
}

func compareCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "compare",
		Usage: "what changed between two periods: new, lost, flipped, stronger and weaker ties",
		Description: `entente compare --a 2023 --b 2024
entente compare russia --a 2023-01..2023-06 --b 2024-01..2024-06
entente compare iran israel --a "previous 6 months" --b "last 6 months" --json
entente compare --a 2023 --b 2024 --limit 30 -o change.svg

A tie is what two actors have with each other. Its numbers are measured by those
of the whole periods (with actors: by their own), tested, and corrected for the
number of ties that are tested; * marks what chance hardly explains.`,
		ArgsUsage: "[A [B]] --a PERIOD --b PERIOD [OPTIONS]",
		Flags: eventFlags(screenful, "ties", statesFlag(), dictFlag(), chartFlag(),
			&cli.StringFlag{Name: "a", Usage: "the `PERIOD` before: 2023, 2023-04, 2023-01..2023-06, \"previous 30 days\""},
			&cli.StringFlag{Name: "b", Usage: "the `PERIOD` after: 2024, \"last 30 days\""},
			&cli.Float64Flag{Name: "level", Value: 0.05, Usage: "of significance, the part of marks that may be wrong, `P`"},
		),
		Action: func(c *cli.Context) error {
			o, err := compareOptionsOf(c)
			if err != nil {
				return err
			}
			return runCompare(c.Context, o, e)
		},
	}
}

func compareOptionsOf(c *cli.Context) (o compareOptions, err error) {
	if o.aboutOptions, err = aboutOf(c, 0, screenful); err != nil {
		return o, err
	}
	if o.charting, err = chartingOf(c); err != nil {
		return o, err
	}
	for _, p := range []struct {
		flag string
		to   *queries.Stretch
	}{{"a", &o.Before}, {"b", &o.After}} {
		if !c.IsSet(p.flag) {
			return o, usagef("say which periods to compare: --a 2023 --b 2024")
		}
		if *p.to, err = queries.ParseStretch(c.String(p.flag)); err != nil {
			return o, usagef("--%s: %v", p.flag, err)
		}
	}
	if c.IsSet("since") || c.IsSet("until") {
		return o, usagef("compare takes its periods from --a and --b: leave out --since and --until")
	}
	if o.Level = c.Float64("level"); !(o.Level > 0 && o.Level < 1) {
		return o, usagef("--level %v is not between 0 and 1", o.Level)
	}
	return o, nil
}

func runCompare(_ context.Context, o compareOptions, e *env) error {
	return e.withGraph(o.reading, func(r graphReader) error {
		q, err := e.ask(r, &o.aboutOptions)
		if err != nil {
			return err
		}
		with := queries.CompareOptions{Filter: q.filter, Level: o.Level, Limit: orAll(o.Limit)}
		var newest graph.Date
		if o.Before.Relative() || o.After.Relative() {
			if newest, err = queries.NewestDay(r); err != nil {
				return err
			}
		}
		if with.Before, err = o.Before.At(newest); err != nil {
			return err
		}
		if with.After, err = o.After.At(newest); err != nil {
			return err
		}
		found, err := queries.Compare(r, q.ids, with)
		if errors.Is(err, queries.ErrOverlap) {
			return usagef("--a %s and --b %s have days in common: let one end before the other begins", with.Before, with.After)
		}
		if err != nil {
			return err
		}
		t := compareTable(&found)
		total := 0
		for _, n := range found.ByChange {
			total += n.Ties
		}
		if total == 0 && !o.JSON {
			e.warnf("no event of either period matches")
		}
		t.more(len(found.Ties), total)
		if n := total - found.Tested; n > 0 {
			t.note(fmt.Sprintf("%s too few events for a test: without q", have(n, "tie")))
		}
		if found.Vague > 0 {
			t.note(fmt.Sprintf("%s dated too vaguely for either period", plural(found.Vague, "record")))
		}
		return e.draw(o.output, o.charting, compareChart(&found, toDraw(o.charting, found.Ties, screenful)), answer{doc: found, lines: asLines(found.Ties), table: t, text: func(s *screen) {
			s.comparison(&found)
			s.notes(t)
		}})
	})
}

func compareTable(c *queries.Comparison) *table {
	t := &table{columns: []column{{"change", words}, {"a_id", words}, {"a", words}, {"b_id", words}, {"b", words},
		{"events_before", numbers}, {"events_after", numbers}, {"cooperation_before", numbers}, {"conflict_before", numbers},
		{"cooperation_after", numbers}, {"conflict_after", numbers}, {"ratio", numbers}, {"p", numbers}, {"q", numbers}, {"significant", words}, {"quote", words}}}
	for _, tie := range c.Ties {
		ratio, q, quote := "", "", ""
		if tie.Ratio != nil {
			ratio = decimal(*tie.Ratio)
		}
		if tie.Q != nil {
			q = probability(*tie.Q)
		}
		if tie.Evidence != nil {
			quote = tie.Evidence.Quote
		}
		row := []string{string(tie.Change), string(tie.A.ID), tie.A.Name, string(tie.B.ID), tie.B.Name}
		for _, n := range []int{tie.Before.Events, tie.After.Events, tie.Before.Cooperation, tie.Before.Conflict, tie.After.Cooperation, tie.After.Conflict} {
			row = append(row, strconv.Itoa(n))
		}
		t.rows = append(t.rows, append(row, ratio, probability(tie.P), q, strconv.FormatBool(tie.Significant), quote))
	}
	return t
}

// probability is a chance in three significant digits.
func probability(p float64) string { return strconv.FormatFloat(p, 'g', 3, 64) }

func (s *screen) comparison(c *queries.Comparison) {
	s.linef("%s: %s in %s, %s in %s", s.paint(bold, subject(c.Actors)), plural(c.Before.Events, "event"), c.Before.Period.String(),
		plural(c.After.Events, "event"), c.After.Period.String())
	var parts []string
	for _, n := range c.ByChange {
		part := fmt.Sprintf("%d %s", n.Ties, n.Change)
		if n.Significant > 0 {
			part += fmt.Sprintf(" (%d*)", n.Significant)
		}
		parts = append(parts, part)
	}
	if len(parts) > 0 {
		s.linef("ties: %s", strings.Join(parts, " · "))
	}
	for i := range c.Ties {
		s.tieChange(&c.Ties[i])
	}
}

// tieChange prints how a tie changed, and a sentence.
func (s *screen) tieChange(t *queries.TieChange) {
	mark, chance := "", "  p "+probability(t.P)
	if t.Significant {
		mark = "*"
	}
	if t.Q != nil {
		chance += ", q " + probability(*t.Q)
	}
	s.linef("")
	s.linef("%s%s  %s – %s  %s → %s%s", s.paint(changeStyle(t.Change), string(t.Change)), mark, s.paint(bold, t.A.Name), s.paint(bold, t.B.Name),
		tieCount(t.Before), tieCount(t.After), s.paint(faint, chance))
	if t.Evidence != nil {
		s.quote(4, t.Evidence.Quote)
		s.linef("    %s", s.paint(faint, s.cut(4, dated(t.Evidence)+whence(t.Evidence))))
	}
}

// have says that n of a noun have something.
func have(n int, noun string) string {
	if n == 1 {
		return "1 " + noun + " has"
	}
	return plural(n, noun) + " have"
}

func changeStyle(c queries.Change) style {
	switch c {
	case queries.TieNew, queries.TieStrengthened:
		return green
	case queries.TieLost, queries.TieWeakened:
		return yellow
	case queries.TieFlipped:
		return red
	}
	return plain
}

func tieCount(c queries.TieCount) string {
	return fmt.Sprintf("%d (+%d -%d)", c.Events, c.Cooperation, c.Conflict)
}
