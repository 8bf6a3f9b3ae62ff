package main

import (
	"context"

	"github.com/urfave/cli/v2"

	"entente/graph"
	"entente/queries"
	"entente/store"
)

// eventsOptions say which events to list. Actor and With are typed as people
// name actors.
type eventsOptions struct {
	reading
	Actor, With string
	queries.Filter
}

func eventsCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "events",
		Usage: "list events with their sentences",
		Description: `entente events
entente events --actor macron --with russia
entente events --category ASSAULT --since 2024-03 --until 2024-04
entente events --predicate condemn --status asserted --json`,
		ArgsUsage: "[OPTIONS]",
		Flags: readFlags(
			&cli.StringFlag{Name: "actor", Usage: "`NAME` or id of the source or the target"},
			&cli.StringFlag{Name: "with", Usage: "`NAME` or id of the other of the two"},
			&cli.StringFlag{Name: "category", Usage: "PLOVER `CATEGORY` (CONSULT, ACCUSE, ASSAULT …; NONE for bonds)"},
			&cli.StringFlag{Name: "predicate", Usage: "the `VERB` in its base form (condemn)"},
			&cli.StringFlag{Name: "status", Usage: "`STATUS`: asserted, negated, planned or possible; default all"},
			&cli.StringFlag{Name: "since", Usage: "first `DATE` of the event (2024, 2024-04, 2024-04-04); undated events are left out"},
			&cli.StringFlag{Name: "until", Usage: "last `DATE` of the event"},
			&cli.StringFlag{Name: "text", Usage: "`WORDS` that stand in the sentence"},
			&cli.IntFlag{Name: "limit", Usage: "at most `N` events, the earliest; 0 is all"},
			dictFlag(),
			rawFlag(),
		),
		Action: func(c *cli.Context) error {
			o, err := eventsOptionsOf(c)
			if err != nil {
				return err
			}
			return runEvents(c.Context, o, e)
		},
	}
}

func eventsOptionsOf(c *cli.Context) (o eventsOptions, err error) {
	if err = arguments(c, 0, 0, "no arguments, only options such as --actor NAME"); err != nil {
		return o, err
	}
	if o.reading, err = readingOf(c); err != nil {
		return o, err
	}
	o.Actor, o.With = c.String("actor"), c.String("with")
	o.Category, o.Predicate, o.Text = c.String("category"), c.String("predicate"), c.String("text")
	o.Status = graph.Status(c.String("status"))
	if err = oneOf("status", o.Status, graph.Statuses...); err != nil {
		return o, err
	}
	if o.Since, err = dateOf(c, "since"); err != nil {
		return o, err
	}
	if o.Until, err = dateOf(c, "until"); err != nil {
		return o, err
	}
	o.Limit, err = countOf(c, "limit")
	return o, err
}

// eventsAnswer is the JSON document of entente events.
type eventsAnswer struct {
	Events []graph.Event `json:"events"`
}

func runEvents(_ context.Context, o eventsOptions, e *env) error {
	return e.withStore(o.reading, func(st *store.Store) error {
		for _, typed := range []struct {
			name string
			id   *graph.ActorID
		}{{o.Actor, &o.Filter.Actor}, {o.With, &o.Other}} {
			if typed.name == "" {
				continue
			}
			actor, err := e.findActor(st, o.Dicts, typed.name)
			if err != nil {
				return err
			}
			*typed.id = actor.ID
		}
		events, err := queries.EventList(st, o.Filter)
		if err != nil {
			return err
		}
		if len(events) == 0 && !o.JSON {
			e.warnf("no event matches")
		}
		return e.print(o.output, eventsAnswer{events}, func(s *screen) { s.events(events) })
	})
}
