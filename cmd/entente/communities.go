package main

import (
	"context"
	"fmt"

	"github.com/urfave/cli/v2"

	"entente/queries"
)

// communitiesOptions say how to look for communities.
type communitiesOptions struct {
	readingFilter
	Members    int
	Weighted   bool
	Resolution float64
	Seed       uint64
}

func communitiesCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "communities",
		Usage: "into which groups the actors fall: more events inside, fewer between",
		Description: `entente communities
entente communities --quad cooperation --since 2024 --weighted
entente communities --resolution 2 --seed 7 --format csv

Other seeds give somewhat other groups: what holds together under all of them is
safe to tell. docs/algorithms.md tells more.`,
		ArgsUsage: "[OPTIONS]",
		Flags: eventFlags(screenful, "communities", statesFlag(), membersFlag(),
			&cli.BoolFlag{Name: "weighted", Usage: "count the events of two actors rather than each pair alike"},
			&cli.Float64Flag{Name: "resolution", Value: 1, Usage: "above 1 more and smaller groups, below 1 fewer and larger ones, `R`"},
			seedFlag("of the order in which actors are looked at"),
		),
		Action: func(c *cli.Context) error {
			if err := arguments(c, 0, 0, "no arguments"); err != nil {
				return err
			}
			o := communitiesOptions{Weighted: c.Bool("weighted"), Resolution: c.Float64("resolution"), Seed: c.Uint64("seed")}
			var err error
			if o.readingFilter, err = readingFilterOf(c, screenful); err != nil {
				return err
			}
			if o.Members, err = membersOf(c, o.output); err != nil {
				return err
			}
			if !(o.Resolution > 0 && o.Resolution <= 1e6) {
				return usagef("--resolution %v is not above 0 and up to 1000000", o.Resolution)
			}
			return runCommunities(c.Context, o, e)
		},
	}
}

func runCommunities(_ context.Context, o communitiesOptions, e *env) error {
	return e.withGraph(o.reading, func(r graphReader) error {
		f, err := o.on(r)
		if err != nil {
			return err
		}
		found, err := queries.FindCommunities(r, queries.CommunityOptions{Filter: f, Weighted: o.Weighted, Resolution: o.Resolution,
			Seed: o.Seed, Limit: o.Limit, Members: o.Members})
		if err != nil {
			return err
		}
		if found.Total == 0 && !o.JSON {
			if err := e.nothing(r, f); err != nil {
				return err
			}
		}
		t, hidden := groupTable("community"), false
		for _, c := range found.Communities {
			t.group(c.Number, c.Size, c.Members)
			hidden = hidden || len(c.Members) < c.Size
		}
		t.more(len(found.Communities), found.Total)
		t.note(hiddenMembers(hidden))
		return e.answer(o.output, answer{doc: found, lines: asLines(found.Communities), table: t, text: func(s *screen) {
			s.communities(&found)
			s.notes(t)
		}})
	})
}

func (s *screen) communities(found *queries.Communities) {
	s.linef("%s of %s, modularity %.3f", communityCount(found.Total), plural(found.Actors, "actor"), found.Modularity)
	for i := range found.Communities {
		c := &found.Communities[i]
		s.linef("")
		s.linef("%s  %s · %s inside, %d with others", s.paint(bold, fmt.Sprintf("%d.", c.Number)), plural(c.Size, "actor"), plural(c.Inside, "event"), c.Outside)
		s.linef("    %s", s.cut(4, membersLine(c.Members, c.Size)))
		s.tie(4, c.Strongest)
	}
}

func communityCount(n int) string {
	if n == 1 {
		return "1 community"
	}
	return fmt.Sprintf("%d communities", n)
}
