package main

import (
	"context"
	"strconv"

	"github.com/urfave/cli/v2"

	"entente/graph"
	"entente/queries"
	"entente/store"
)

// screenful is how many events a table shows unless asked for more; an event
// takes four lines.
const screenful = 10

// eventsOptions say which events to list. Actor and With are typed as people
// name actors.
type eventsOptions struct {
	readingFilter
	Actor, With string
	Latest      bool
}

func eventsCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "events",
		Usage: "list events with their sentences",
		Description: `entente events
entente events --actor macron --with russia --latest
entente events --category ASSAULT,COERCE --since 2024-03 --until 2024-04
entente events --text 'artillery "north korea"' --status all
entente events --quad conflict --since "last 30 days" --format csv`,
		ArgsUsage: "[OPTIONS]",
		Flags: eventFlags(screenful, "events", dictFlag(),
			&cli.StringFlag{Name: "actor", Usage: "`NAME` or id of the source or the target"},
			&cli.StringFlag{Name: "with", Usage: "`NAME` or id of the other of the two"},
			&cli.BoolFlag{Name: "latest", Usage: "the latest first; else the earliest"},
			rawFlag(),
		),
		Action: func(c *cli.Context) error {
			if err := arguments(c, 0, 0, "no arguments, only options such as --actor NAME"); err != nil {
				return err
			}
			o := eventsOptions{Actor: c.String("actor"), With: c.String("with"), Latest: c.Bool("latest")}
			var err error
			if o.readingFilter, err = readingFilterOf(c, screenful); err != nil {
				return err
			}
			return runEvents(c.Context, o, e)
		},
	}
}

func runEvents(_ context.Context, o eventsOptions, e *env) error {
	return e.withStore(o.reading, func(st *store.Store) error {
		f, err := o.on(st)
		if err != nil {
			return err
		}
		for _, typed := range []struct {
			name string
			id   *graph.ActorID
		}{{o.Actor, &f.Actor}, {o.With, &f.Other}} {
			if typed.name == "" {
				continue
			}
			actor, err := e.findActor(st, o.Dicts, typed.name)
			if err != nil {
				return err
			}
			*typed.id = actor.ID
		}
		list, err := queries.EventList(st, queries.ListOptions{Filter: f, Latest: o.Latest, Limit: o.Limit})
		if err != nil {
			return err
		}
		if list.Total == 0 && !o.JSON {
			if err := e.nothing(st, f); err != nil {
				return err
			}
		}
		t := eventTable(list.Events)
		t.more(len(list.Events), list.Total)
		t.note(otherStatuses(f, list.ByStatus))
		return e.answer(o.output, answer{doc: list, lines: asLines(list.Events), table: t, text: func(s *screen) {
			s.events(list.Events)
			s.notes(t)
		}})
	})
}

// eventTable has a row for each event.
func eventTable(events []graph.Event) *table {
	t := &table{columns: []column{
		{"date", dates}, {"source_id", words}, {"source", words}, {"predicate", words}, {"target_id", words}, {"target", words},
		{"plover", words}, {"mode", words}, {"cameo", words}, {"quad", numbers}, {"goldstein", numbers}, {"status", words},
		{"attributed_to", words}, {"place", words}, {"article", words}, {"publisher", words}, {"published", dates}, {"copies", numbers},
		{"confidence", numbers}, {"quote", words},
	}}
	for i := range events {
		e := &events[i]
		speaker, where := "", ""
		if e.AttributedTo != nil {
			speaker = e.AttributedTo.Name
		}
		if e.Place != nil {
			where = e.Place.Name
		}
		t.rows = append(t.rows, []string{
			string(e.Date), string(e.Source.ID), e.Source.Name, e.Predicate, string(e.Target.ID), e.Target.Name,
			e.Category, e.Mode, e.CAMEO, strconv.Itoa(e.Quad), decimal(e.Goldstein), string(e.Status),
			speaker, where, e.Article, e.Publisher, string(e.Published), strconv.Itoa(len(e.Copies)),
			decimal(e.Confidence), e.Quote,
		})
	}
	return t
}

// decimal is a number with as many digits as it needs.
func decimal(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
