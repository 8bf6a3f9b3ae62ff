package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"entente/graph"
	"entente/queries"
)

// timelineScreenful is how many steps a table shows unless asked for more: the
// last ones.
const timelineScreenful = 36

// timelineOptions say whose course to print, and in what steps.
type timelineOptions struct {
	aboutOptions
	By queries.Step
	charting
}

func timelineCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "timeline",
		Usage: "cooperation and conflict over time: of an actor, of two, of all",
		Description: `entente timeline russia ukraine --by month
entente timeline "european union" --by week --since "last 6 months"
entente timeline iran israel --by day --since 2024-04 --until 2024-04 --format csv
entente timeline russia ukraine -o relations.svg

Steps without events have zeros. Events whose dates are vaguer than a step, or
unknown, are counted apart.`,
		ArgsUsage: "[A [B]] [OPTIONS]",
		Flags: eventFlags(timelineScreenful, "steps, the last", statesFlag(), dictFlag(), chartFlag(),
			&cli.StringFlag{Name: "by", Value: string(queries.ByMonth), Usage: "`STEP`: " + join(queries.Steps)},
		),
		Action: func(c *cli.Context) error {
			o := timelineOptions{By: queries.Step(c.String("by"))}
			var err error
			if o.aboutOptions, err = aboutOf(c, 0, timelineScreenful); err != nil {
				return err
			}
			if err := oneOf("by", o.By, queries.Steps...); err != nil {
				return err
			}
			if o.charting, err = chartingOf(c); err != nil {
				return err
			}
			return runTimeline(c.Context, o, e)
		},
	}
}

func runTimeline(_ context.Context, o timelineOptions, e *env) error {
	return e.withGraph(o.reading, func(r graphReader) error {
		q, err := e.ask(r, &o.aboutOptions)
		if err != nil {
			return err
		}
		found, err := queries.TimelineOf(r, q.ids, queries.TimelineOptions{Filter: q.filter, By: o.By})
		if err != nil {
			return err
		}
		if found.Events == 0 && !o.JSON {
			if err := e.nothing(r, q.named()); err != nil {
				return err
			}
		}
		all, drawn := len(found.Steps), found.Steps
		if o.Limit > 0 && o.Limit < all {
			found.Steps = found.Steps[all-o.Limit:]
		}
		if o.limited {
			drawn = found.Steps
		}
		t := timelineTable(&found)
		if n := all - len(found.Steps); n > 0 {
			t.note(fmt.Sprintf("… %s before: --limit %d", plural(n, "step"), all))
		}
		for _, apart := range []struct {
			graph.Counts
			why string
		}{{found.Vague, "dated more vaguely than by " + string(o.By)}, {found.Undated, "undated"}} {
			if apart.Events > 0 {
				t.note(fmt.Sprintf("%s %s, not in the table", plural(apart.Events, "event"), apart.why))
			}
		}
		t.note(otherStatuses(q.filter, found.ByStatus))
		return e.draw(o.output, o.charting, timelineChart(&found, drawn, all), answer{doc: found, lines: asLines(found.Steps), table: t, text: func(s *screen) {
			s.linef("%s: %s", s.paint(bold, subject(found.Actors)), countsOf(found.Counts, q.filter))
			if tone := quads(found.Quads); tone != "" {
				s.linef("%s", tone)
			}
			s.timeline(&found)
			s.notes(t)
		}})
	})
}

// subject names whom an answer is about.
func subject(actors []graph.NameRef) string {
	if len(actors) == 0 {
		return "All actors"
	}
	var names []string
	for _, a := range actors {
		names = append(names, a.Name)
	}
	return strings.Join(names, " and ")
}

func timelineTable(l *queries.Timeline) *table {
	t := &table{columns: []column{{"step", dates}, {"since", dates}, {"until", dates}, {"events", numbers}, {"mentions", numbers}, {"publishers", numbers},
		{"verbal_cooperation", numbers}, {"material_cooperation", numbers}, {"verbal_conflict", numbers}, {"material_conflict", numbers},
		{"unclassed", numbers}, {"goldstein", numbers}}}
	for _, step := range l.Steps {
		t.rows = append(t.rows, append(append([]string{step.Step, string(step.Since), string(step.Until), strconv.Itoa(step.Events),
			strconv.Itoa(step.Mentions), strconv.Itoa(step.Publishers)}, quadCells(step.Quads)...), decimal(step.Goldstein)))
	}
	return t
}

// barWidth is the width of the longest bar of a timeline.
const barWidth = 24

// timeline prints a line a step, with a bar of conflict (▓) after cooperation
// (█) and the rest (░).
func (s *screen) timeline(l *queries.Timeline) {
	if len(l.Steps) == 0 {
		return
	}
	most := 1
	for _, step := range l.Steps {
		most = max(most, step.Events)
	}
	s.linef("")
	s.linef("%s", s.paint(faint, fmt.Sprintf("%-10s %6s %6s %6s %10s  █ cooperation ▓ conflict ░ other", l.By, "events", "coop.", "confl.", "Goldstein")))
	for _, step := range l.Steps {
		length := func(n int) int { return (n*barWidth + most - 1) / most } // something for one event
		part := func(n int, st style, mark string) painted { return s.paint(st, strings.Repeat(mark, length(n))) }
		bar := part(step.Cooperation(), green, "█") + part(step.Conflict(), red, "▓") + part(step.Unclassed, faint, "░")
		s.linef("%-10s %6d %6d %6d %10.1f  %s", step.Step, step.Events, step.Cooperation(), step.Conflict(), step.Goldstein, bar)
	}
}
