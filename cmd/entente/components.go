package main

import (
	"context"
	"fmt"

	"github.com/urfave/cli/v2"

	"entente/queries"
)

// componentsOptions say which components to look for.
type componentsOptions struct {
	readingFilter
	Members int
	Strong  bool
}

func componentsCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "components",
		Usage: "which parts of the network hang together, and by whom alone",
		Description: `entente components
entente components --strong --quad conflict
entente components --min-publishers 2 --json

Bridges are ties without which the network falls apart; articulation points are
such actors. CSV and the like have the components, a line a member.`,
		ArgsUsage: "[OPTIONS]",
		Flags: eventFlags(screenful, "entries of each list", statesFlag(), membersFlag(),
			&cli.BoolFlag{Name: "strong", Usage: "components in which acts lead both ways between all actors"}),
		Action: func(c *cli.Context) error {
			if err := arguments(c, 0, 0, "no arguments"); err != nil {
				return err
			}
			o := componentsOptions{Strong: c.Bool("strong")}
			var err error
			if o.readingFilter, err = readingFilterOf(c, screenful); err != nil {
				return err
			}
			if o.Members, err = membersOf(c, o.output); err != nil {
				return err
			}
			return runComponents(c.Context, o, e)
		},
	}
}

func runComponents(_ context.Context, o componentsOptions, e *env) error {
	return e.withGraph(o.reading, func(r graphReader) error {
		f, err := o.on(r)
		if err != nil {
			return err
		}
		found, err := queries.FindComponents(r, queries.ComponentOptions{Filter: f, Strong: o.Strong, Limit: o.Limit, Members: o.Members})
		if err != nil {
			return err
		}
		if found.Actors == 0 && !o.JSON {
			if err := e.nothing(r, f); err != nil {
				return err
			}
		}
		t, hidden := groupTable("component"), false
		for _, c := range found.Components {
			t.group(c.Number, c.Size, c.Members)
			hidden = hidden || len(c.Members) < c.Size
		}
		t.more(len(found.Components), found.Total)
		t.note(hiddenMembers(hidden))
		return e.answer(o.output, answer{doc: found, lines: asLines(found.Components), table: t, text: func(s *screen) {
			s.components(&found)
			s.note(hiddenMembers(hidden))
		}})
	})
}

func (s *screen) components(found *queries.Components) {
	kind := "component"
	if found.Strong {
		kind = "strong component"
	}
	single := ""
	if found.Single > 0 {
		single = fmt.Sprintf(", and %s by themselves", plural(found.Single, "actor"))
	}
	s.linef("%s of %s%s", s.paint(bold, plural(found.Total, kind)), plural(found.Actors-found.Single, "actor"), single)
	for _, c := range found.Components {
		s.linef("%3d. %s: %s", c.Number, plural(c.Size, "actor"), s.cut(20, membersLine(c.Members, c.Size)))
	}
	s.note(moreNote(len(found.Components), found.Total))
	s.linef("")
	s.linef("%s", s.paint(bold, plural(found.PointTotal, "articulation point")))
	for _, p := range found.Points {
		s.linef("  %s: %d cut off without it", p.Actor.Name, p.CutOff)
	}
	s.note(moreNote(len(found.Points), found.PointTotal))
	s.linef("")
	s.linef("%s", s.paint(bold, plural(found.BridgeTotal, "bridge")))
	for i := range found.Bridges {
		b := &found.Bridges[i]
		s.linef("  %s and %s: %s on the smaller side", b.From.Name, b.To.Name, plural(b.Side, "actor"))
		s.tie(4, &b.Hop)
	}
	s.note(moreNote(len(found.Bridges), found.BridgeTotal))
}
