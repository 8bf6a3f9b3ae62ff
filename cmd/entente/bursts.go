package main

import (
	"context"
	"fmt"
	"strconv"

	"github.com/urfave/cli/v2"

	"entente/queries"
)

// burstsOptions say where to look for bursts.
type burstsOptions struct {
	aboutOptions
	By           queries.Step
	Ratio, Gamma float64
}

func burstsCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "bursts",
		Usage: "when there was suddenly more than usual between actors",
		Description: `entente bursts
entente bursts israel --quad conflict
entente bursts china taiwan --by week --ratio 2

Days are told apart into usual ones and those of a burst by the automaton of
Kleinberg (2002): --ratio is how many times the usual rate a burst has, --gamma
the price of its beginning; higher ones find fewer.`,
		ArgsUsage: "[A [B]] [OPTIONS]",
		Flags: eventFlags(screenful, "bursts", statesFlag(), dictFlag(),
			&cli.StringFlag{Name: "by", Value: string(queries.ByDay), Usage: "`STEP`: day, week"},
			&cli.Float64Flag{Name: "ratio", Value: 3, Usage: "rate of a burst in usual rates, `R` above 1"},
			&cli.Float64Flag{Name: "gamma", Value: 1, Usage: "price of a burst's beginning, `G` above 0"},
		),
		Action: func(c *cli.Context) error {
			o := burstsOptions{By: queries.Step(c.String("by")), Ratio: c.Float64("ratio"), Gamma: c.Float64("gamma")}
			var err error
			if o.aboutOptions, err = aboutOf(c, 0, screenful); err != nil {
				return err
			}
			if err := oneOf("by", o.By, queries.ByDay, queries.ByWeek); err != nil {
				return err
			}
			if !(o.Ratio > 1) || !(o.Gamma > 0) {
				return usagef("--ratio %v and --gamma %v: the first has to be above 1, the second above 0", o.Ratio, o.Gamma)
			}
			return runBursts(c.Context, o, e)
		},
	}
}

func runBursts(_ context.Context, o burstsOptions, e *env) error {
	return e.withGraph(o.reading, func(r graphReader) error {
		q, err := e.ask(r, &o.aboutOptions)
		if err != nil {
			return err
		}
		found, err := queries.Bursts(r, q.ids, queries.BurstOptions{Filter: q.filter, By: o.By, Ratio: o.Ratio, Gamma: o.Gamma, Limit: orAll(o.Limit)})
		if err != nil {
			return err
		}
		if found.Steps == 0 && !o.JSON {
			if err := e.nothing(r, q.named()); err != nil {
				return err
			}
		}
		t := burstTable(&found)
		t.more(len(found.Bursts), found.Total)
		if found.Vague > 0 {
			t.note(fmt.Sprintf("%s dated more vaguely than by %s, not looked at", plural(found.Vague, "record"), found.By))
		}
		return e.answer(o.output, answer{doc: found, lines: asLines(found.Bursts), table: t, text: func(s *screen) {
			s.bursts(&found)
			s.notes(t)
		}})
	})
}

func burstTable(l *queries.BurstList) *table {
	t := &table{columns: []column{{"a_id", words}, {"a", words}, {"b_id", words}, {"b", words}, {"since", dates}, {"until", dates},
		{"events", numbers}, {"usual", numbers}, {"weight", numbers}, {"peak", dates}, {"peak_events", numbers}, {"quote", words}}}
	for _, b := range l.Bursts {
		row := make([]string, 4)
		for i, a := range b.Actors {
			row[2*i], row[2*i+1] = string(a.ID), a.Name
		}
		quote := ""
		if b.Evidence != nil {
			quote = b.Evidence.Quote
		}
		t.rows = append(t.rows, append(row, string(b.Since), string(b.Until), strconv.Itoa(b.Events), decimal(b.Usual), decimal(b.Weight),
			string(b.Peak), strconv.Itoa(b.PeakEvents), quote))
	}
	return t
}

func (s *screen) bursts(l *queries.BurstList) {
	s.linef("%s: %s in %d series of %s", s.paint(bold, subject(l.Actors)), plural(l.Total, "burst"), l.Series, plural(l.Steps, string(l.By)))
	for i := range l.Bursts {
		b := &l.Bursts[i]
		s.linef("")
		s.linef("%s to %s  %s  %s, usual %.1f%s", string(b.Since), string(b.Until), s.paint(bold, subject(b.Actors)), plural(b.Events, "event"), b.Usual,
			s.paint(faint, fmt.Sprintf("  weight %.1f, peak %s with %d", b.Weight, b.Peak, b.PeakEvents)))
		if b.Evidence != nil {
			s.linef("    %s%s", s.triple(b.Evidence), s.paint(faint, aside(b.Evidence)))
			s.quote(4, b.Evidence.Quote)
			s.linef("    %s", s.paint(faint, s.cut(4, whence(b.Evidence))))
		}
	}
}
