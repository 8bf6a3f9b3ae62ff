package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v2"

	"entente/graph"
	"entente/graph/encoding/chart"
	"entente/queries"
)

// charting says which file an answer is drawn to.
type charting struct {
	File   string // "" is none
	format chart.Format
	// also prints the answer beside: a format was asked for.
	also bool
	// limited is a limit that was asked for, and not that of a screenful.
	limited bool
}

func chartFlag() cli.Flag {
	return &cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "draw the answer to `FILE`, .svg or .png, instead of printing it; with --format, print it too"}
}

// chartingOf reads chartFlag.
func chartingOf(c *cli.Context) (d charting, err error) {
	d.File, d.also, d.limited = c.String("output"), c.IsSet("format") || c.IsSet("json"), c.IsSet("limit") || c.IsSet("top")
	if !c.IsSet("output") {
		return d, nil
	}
	if d.format, err = chart.FormatOf(d.File); err != nil {
		return d, usagef("-o %v", err)
	}
	return d, nil
}

// draw draws picture to the file of d, if there is one, and prints a unless the
// picture stands for it.
func (e *env) draw(o output, d charting, picture chart.Chart, a answer) error {
	if d.File != "" {
		if err := writeFile(d.File, func(w io.Writer) error { return chart.Write(w, d.format, picture) }); err != nil {
			return fmt.Errorf("%s: %w", d.File, err)
		}
		e.warnf("drawn to %s", d.File)
		if !d.also {
			return nil
		}
	}
	return e.answer(o, a)
}

// toDraw is the part of a list that is drawn: as much as a table shows, unless a
// limit was asked for.
func toDraw[T any](d charting, list []T, standard int) []T {
	if d.limited {
		return list
	}
	return cut(list, standard)
}

// timelineChart is how a timeline is drawn, with these of so many steps.
func timelineChart(l *queries.Timeline, steps []queries.TimeStep, all int) chart.Timeline {
	t := chart.Timeline{Heading: chart.Heading{Title: subject(l.Actors) + ": cooperation and conflict by " + string(l.By),
		Note: strings.Join(apartNotes(l), "; ")}}
	if len(steps) < all {
		t.Note += fmt.Sprintf("; the last %d of %s", len(steps), plural(all, "step"))
	}
	for _, s := range steps {
		t.Steps = append(t.Steps, chart.Step{Name: s.Step, Since: s.Since, Until: s.Until,
			VerbalCooperation: s.VerbalCooperation, MaterialCooperation: s.MaterialCooperation,
			VerbalConflict: s.VerbalConflict, MaterialConflict: s.MaterialConflict})
	}
	return t
}

// apartNotes say what a picture of a timeline leaves out.
func apartNotes(l *queries.Timeline) []string {
	notes := []string{counts(l.Counts)}
	for _, apart := range []struct {
		events int
		why    string
	}{{l.Unclassed, "of no class"}, {l.Vague.Events, "dated vaguely"}, {l.Undated.Events, "undated"}} {
		if apart.events > 0 {
			notes = append(notes, fmt.Sprintf("%d %s left out", apart.events, apart.why))
		}
	}
	return notes
}

// rankChart is how a ranking is drawn.
func rankChart(found *queries.Ranking, list []queries.Ranked) chart.Rank {
	measure := strings.ReplaceAll(string(found.By), "-", " ")
	r := chart.Rank{Heading: chart.Heading{Title: "Actors by " + measure, Note: samplingNote(found.Sampled)}, Measure: measure}
	if r.Note == "" && len(list) < found.Total {
		r.Note = fmt.Sprintf("the first %d of %d", len(list), found.Total)
	}
	if len(found.From) > 0 {
		r.Title = "Actors by nearness to " + subject(found.From)
	}
	for _, a := range list {
		r.Bars = append(r.Bars, chart.Bar{Label: nameOr(a.Actor.Name, a.Actor.ID), Value: a.Score})
	}
	return r
}

// compareChart is how a comparison is drawn.
func compareChart(c *queries.Comparison, ties []queries.TieChange) chart.Compare {
	before, after := c.Before.Period.String(), c.After.Period.String()
	p := chart.Compare{Heading: chart.Heading{Title: fmt.Sprintf("%s: what changed from %s to %s", subject(c.Actors), before, after),
		Note: fmt.Sprintf("%s and %s in all; * marks what chance hardly explains", plural(c.Before.Events, "event"), plural(c.After.Events, "event"))},
		Before: before, After: after}
	for _, t := range ties {
		mark := ""
		if t.Significant {
			mark = " *"
		}
		p.Ties = append(p.Ties, chart.Tie{Label: nameOr(t.A.Name, t.A.ID) + " – " + nameOr(t.B.Name, t.B.ID) + mark, Before: t.Before.Events, After: t.After.Events})
	}
	return p
}

// nameOr is a name, or the id of who has none.
func nameOr(name string, id graph.ActorID) string {
	if strings.TrimSpace(name) == "" {
		return string(id)
	}
	return name
}
