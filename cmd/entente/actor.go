package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"entente/graph"
	"entente/queries"
	"entente/store"
)

// actorOptions say whose card to print.
type actorOptions struct {
	readingFilter
	Name string // as people type it, or an id
}

func actorCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "actor",
		Usage: "what is known of one actor: names, roles, partners, latest events",
		Description: `entente actor macron
entente actor "islamic state"
entente actor state:FRA --since 2024 --quad conflict --json
entente actor candidates --country MNG       # pairs of actors that may be one
entente actor merge KEEP OTHER               # judge that they are one; also split, alias, retype
entente actor undo                           # takes back the last judgement
entente actor history                        # what was judged
entente actor import --help                  # dictionaries of others
entente actor lint actors/                   # checks one of your own`,
		ArgsUsage: "NAME [OPTIONS]",
		Subcommands: []*cli.Command{candidatesCommand(e), actorMergeCommand(e), actorSplitCommand(e), actorAliasCommand(e), actorRetypeCommand(e),
			actorUndoCommand(e), actorHistoryCommand(e), actorImportCommand(e), actorLintCommand(e)},
		Flags: eventFlags(screenful, "partners, and as many events", dictFlag()),
		Action: func(c *cli.Context) error {
			if err := arguments(c, 1, -1, "a NAME"); err != nil {
				return err
			}
			o := actorOptions{Name: strings.Join(c.Args().Slice(), " ")}
			var err error
			if o.readingFilter, err = readingFilterOf(c, screenful); err != nil {
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
		f, err := o.on(st)
		if err != nil {
			return err
		}
		card, err := queries.ActorCard(st, actor.ID, queries.CardOptions{Options: f, Partners: orAll(o.Limit), Latest: orAll(o.Limit)})
		if err != nil {
			return err
		}
		log, judged, err := judgedOf(st)
		if err != nil {
			return err
		}
		found := cardAnswer{card, newJudgedCard(log, judged, actor.ID)}
		return e.answer(o.output, answer{doc: found, table: partnerTable(&card), text: func(s *screen) { s.card(&found, f) }})
	})
}

// partnerTable has a row for each partner.
func partnerTable(c *queries.Card) *table {
	t := &table{columns: []column{
		{"partner_id", words}, {"partner", words}, {"events", numbers}, {"mentions", numbers}, {"publishers", numbers},
		{"verbal_cooperation", numbers}, {"material_cooperation", numbers}, {"verbal_conflict", numbers}, {"material_conflict", numbers},
		{"unclassed", numbers}, {"goldstein", numbers}, {"first", dates}, {"last", dates},
	}}
	for _, p := range c.Partners {
		t.rows = append(t.rows, append(append([]string{string(p.Actor.ID), p.Actor.Name,
			strconv.Itoa(p.Events), strconv.Itoa(p.Mentions), strconv.Itoa(p.Publishers)}, quadCells(p.Quads)...),
			decimal(p.Goldstein), string(p.First), string(p.Last)))
	}
	t.more(len(c.Partners), c.PartnerCount)
	return t
}

// quadCells are the cells of the five columns of quad classes.
func quadCells(q queries.Quads) []string {
	var list []string
	for _, n := range []int{q.VerbalCooperation, q.MaterialCooperation, q.VerbalConflict, q.MaterialConflict, q.Unclassed} {
		list = append(list, strconv.Itoa(n))
	}
	return list
}

func (s *screen) card(c *cardAnswer, f queries.Filter) {
	s.linef("%s  %s  %s", s.paint(bold, c.Actor.Name), c.Actor.ID, kind(c.Actor))
	others := slices.DeleteFunc(slices.Clone(c.Actor.Mentions), func(m string) bool { return m == c.Actor.Name })
	if len(others) > 0 {
		s.linef("named   %s", s.cut(8, strings.Join(others, "; ")))
	}
	if c.Judged != nil {
		s.linef("judged  %s", s.cut(8, c.Judged.String()))
	}
	s.linef("events  %s", countsOf(c.Counts, f))
	if tone := quads(c.Quads); tone != "" {
		s.linef("        %s", tone)
	}
	if c.Balance != nil {
		s.linef("        balance %+.2f (1 all cooperation, -1 all conflict) · acts in %d, acted on in %d", *c.Balance, c.AsSource, c.AsTarget)
	}
	if len(c.Categories) > 0 {
		var parts []string
		for _, k := range c.Categories {
			parts = append(parts, fmt.Sprintf("%s %d", k.Category, k.Events))
		}
		s.linef("        %s", s.cut(8, strings.Join(parts, " · ")))
	}
	if note := otherStatuses(f, c.ByStatus); note != "" {
		s.linef("        %s", s.paint(faint, note))
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
		s.linef("  %s, %s%s of %s%s", r.Person.Name, former, r.Role, r.Org.Name, s.paint(faint, said(r)))
		s.quote(6, r.Evidence.Quote)
		s.linef("      %s", s.paint(faint, place(r.Evidence.Article, "", r.Evidence.Published)))
	}
}

// said tells in how many sentences of which days a role stands.
func said(r queries.Role) string {
	if r.Mentions < 2 || r.First == "" {
		return ""
	}
	return fmt.Sprintf("  (%s%s)", plural(r.Mentions, "mention"), period(graph.Counts{First: r.First, Last: r.Last}))
}
