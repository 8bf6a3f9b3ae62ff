package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"entente/queries"
	"entente/store"
)

// actorOptions say whose card to print.
type actorOptions struct {
	reading
	Name   string // as people type it, or an id
	Latest int    // events and partners on the card; 0 is 10
}

func actorCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "actor",
		Usage: "what is known of one actor: names, roles, partners, latest events",
		Description: `entente actor macron
entente actor "islamic state"
entente actor state:FRA --json
entente actor candidates --country MNG       # pairs of actors that may be one
entente actor merge KEEP OTHER               # judge that they are one; also split, alias, retype
entente actor undo                           # takes back the last judgement
entente actor history                        # what was judged
entente actor import --help                  # dictionaries of others
entente actor lint actors/                   # checks one of your own`,
		ArgsUsage: "NAME [OPTIONS]",
		Subcommands: []*cli.Command{candidatesCommand(e), actorMergeCommand(e), actorSplitCommand(e), actorAliasCommand(e), actorRetypeCommand(e),
			actorUndoCommand(e), actorHistoryCommand(e), actorImportCommand(e), actorLintCommand(e)},
		Flags: readFlags(
			&cli.IntFlag{Name: "limit", Value: 10, Usage: "at most `N` partners and `N` events"},
			dictFlag(),
		),
		Action: func(c *cli.Context) error {
			if err := arguments(c, 1, -1, "a NAME"); err != nil {
				return err
			}
			o := actorOptions{Name: strings.Join(c.Args().Slice(), " ")}
			var err error
			if o.reading, err = readingOf(c); err != nil {
				return err
			}
			if o.Latest, err = countOf(c, "limit"); err != nil {
				return err
			}
			return runActor(c.Context, o, e)
		},
	}
}

// cardAnswer is the JSON document of entente actor.
type cardAnswer struct {
	queries.Card
	// Judged is left out where nothing is judged of the actor.
	Judged *judgedCard `json:"judged,omitempty"`
}

func runActor(_ context.Context, o actorOptions, e *env) error {
	return e.withStore(o.reading, func(st *store.Store) error {
		actor, err := e.findActor(st, o.Dicts, o.Name)
		if err != nil {
			return err
		}
		card, err := queries.ActorCard(st, actor.ID, queries.CardOptions{Partners: o.Latest, Latest: o.Latest})
		if err != nil {
			return err
		}
		log, judged, err := judgedOf(st)
		if err != nil {
			return err
		}
		answer := cardAnswer{card, newJudgedCard(log, judged, actor.ID)}
		return e.print(o.output, answer, func(s *screen) { s.card(&answer) })
	})
}

func (s *screen) card(c *cardAnswer) {
	s.linef("%s  %s  %s", s.paint(bold, c.Actor.Name), c.Actor.ID, kind(c.Actor))
	others := slices.DeleteFunc(slices.Clone(c.Actor.Mentions), func(m string) bool { return m == c.Actor.Name })
	if len(others) > 0 {
		s.linef("named   %s", s.cut(8, strings.Join(others, "; ")))
	}
	if c.Judged != nil {
		s.linef("judged  %s", s.cut(8, c.Judged.String()))
	}
	s.linef("events  %s", counts(c.Counts))
	if tone := quads(c.Quads); tone != "" {
		s.linef("        %s", tone)
	}
	if others := leftOut(c.ByStatus); others != "" {
		s.linef("        not counted: %s", others)
	}
	s.roles("Roles", c.Roles)
	s.roles("People", c.People)
	if len(c.Partners) > 0 {
		s.linef("")
		s.linef("%s", s.paint(bold, heading("Partners", len(c.Partners), c.PartnerCount)))
		var rows [][]string
		for _, p := range c.Partners {
			rows = append(rows, []string{"", plural(p.Events, "event"), p.Actor.Name, quads(p.Quads)})
		}
		s.table(rows, 1)
	}
	if len(c.Latest) > 0 {
		s.linef("")
		s.linef("%s", s.paint(bold, "Latest events"))
		s.events(c.Latest)
	}
}

// heading says how many of how many a list shows.
func heading(title string, shown, all int) string {
	if shown < all {
		return fmt.Sprintf("%s (%d of %d)", title, shown, all)
	}
	return title
}

func (s *screen) roles(title string, roles []queries.Role) {
	if len(roles) == 0 {
		return
	}
	s.linef("")
	s.linef("%s", s.paint(bold, title))
	for _, r := range roles {
		former := ""
		if r.Former {
			former = "former "
		}
		s.linef("  %s, %s%s of %s", r.Person.Name, former, r.Role, r.Org.Name)
		s.quote(6, r.Evidence.Quote)
		s.linef("      %s", s.paint(faint, place(r.Evidence.Article, "", r.Evidence.Published)))
	}
}
