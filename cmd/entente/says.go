package main

import (
	"context"
	"strconv"

	"github.com/urfave/cli/v2"

	"entente/queries"
)

// saysOptions say whose words to look for. Speaker and About are typed as people
// name actors.
type saysOptions struct {
	readingFilter
	Speaker, About string
}

func saysCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "says",
		Usage: "who speaks about whom: what texts attribute to somebody",
		Description: `entente says
entente says "french ministry of defence"
entente says --about russia --since "last 3 months"
entente says zelensky --about "united states" --status all --json`,
		ArgsUsage: "[SPEAKER] [OPTIONS]",
		Flags: eventFlags(screenful, "pairs", statesFlag(), dictFlag(),
			&cli.StringFlag{Name: "about", Usage: "`NAME` or id of whom it is said about"},
		),
		Action: func(c *cli.Context) error {
			if err := arguments(c, 0, 1, "one speaker at most, a name of several words in quotes"); err != nil {
				return err
			}
			o := saysOptions{Speaker: c.Args().First(), About: c.String("about")}
			var err error
			if o.readingFilter, err = readingFilterOf(c, screenful); err != nil {
				return err
			}
			return runSays(c.Context, o, e)
		},
	}
}

func runSays(_ context.Context, o saysOptions, e *env) error {
	return e.withGraph(o.reading, func(r graphReader) error {
		f, err := o.on(r)
		if err != nil {
			return err
		}
		with := queries.SaysOptions{Filter: f, Limit: orAll(o.Limit)}
		if o.Speaker != "" {
			a, err := e.findActor(r, o.Dicts, o.Speaker)
			if err != nil {
				return err
			}
			with.Speaker = a.ID
		}
		if o.About != "" {
			a, err := e.findActor(r, o.Dicts, o.About)
			if err != nil {
				return err
			}
			with.About = a.ID
		}
		found, err := queries.Says(r, with)
		if err != nil {
			return err
		}
		if found.Total == 0 && !o.JSON {
			e.warnf("no event that matches is attributed to a speaker")
		}
		t := sayingTable(&found)
		t.more(len(found.Pairs), found.Total)
		t.note(otherStatuses(f, found.ByStatus))
		return e.answer(o.output, answer{doc: found, lines: asLines(found.Pairs), table: t, text: func(s *screen) {
			s.sayings(&found)
			s.notes(t)
		}})
	})
}

func sayingTable(l *queries.Sayings) *table {
	t := &table{columns: []column{{"speaker_id", words}, {"speaker", words}, {"about_id", words}, {"about", words}, {"events", numbers},
		{"mentions", numbers}, {"publishers", numbers}, {"as_source", numbers}, {"as_target", numbers}, {"verbal_cooperation", numbers},
		{"material_cooperation", numbers}, {"verbal_conflict", numbers}, {"material_conflict", numbers}, {"unclassed", numbers},
		{"goldstein", numbers}, {"first", dates}, {"last", dates}, {"quote", words}}}
	for _, p := range l.Pairs {
		quote := ""
		if p.Evidence != nil {
			quote = p.Evidence.Quote
		}
		row := []string{string(p.Speaker.ID), p.Speaker.Name, string(p.About.ID), p.About.Name}
		for _, n := range []int{p.Events, p.Mentions, p.Publishers, p.AsSource, p.AsTarget} {
			row = append(row, strconv.Itoa(n))
		}
		t.rows = append(t.rows, append(append(row, quadCells(p.Quads)...), decimal(p.Goldstein), string(p.First), string(p.Last), quote))
	}
	return t
}

func (s *screen) sayings(l *queries.Sayings) {
	if l.Total == 0 {
		return
	}
	s.linef("%s, by %s", counts(l.Counts), plural(l.Speakers, "speaker"))
	for i := range l.Pairs {
		p := &l.Pairs[i]
		s.linef("")
		s.linef("%s about %s: %s%s", s.paint(bold, p.Speaker.Name), s.paint(bold, p.About.Name), plural(p.Events, "event"),
			s.paint(faint, "  acts in "+strconv.Itoa(p.AsSource)+", acted on in "+strconv.Itoa(p.AsTarget)))
		s.linef("    %s", quads(p.Quads))
		if p.Evidence != nil {
			s.linef("    %s%s", s.triple(p.Evidence), s.paint(faint, aside(p.Evidence)))
			s.quote(4, p.Evidence.Quote)
			s.linef("    %s", s.paint(faint, s.cut(4, dated(p.Evidence)+whence(p.Evidence))))
		}
	}
}
