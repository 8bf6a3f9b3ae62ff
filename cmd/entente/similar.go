package main

import (
	"context"
	"fmt"
	"strconv"

	"github.com/urfave/cli/v2"

	"entente/queries"
)

// similarOptions say whom to compare, and how.
type similarOptions struct {
	aboutOptions
	By queries.Likeness
	As queries.Side
}

func similarCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "similar",
		Usage: "who deals with the same actors as one",
		Description: `entente similar hezbollah
entente similar "north korea" --quad conflict --as source
entente similar wagner --type armed-group --by jaccard --json

adamic-adar counts common partners, rare ones more; jaccard is their part of all
partners of either; cosine compares the numbers of events.`,
		ArgsUsage: "A [OPTIONS]",
		Flags: eventFlags(screenful, "actors", statesFlag(), dictFlag(),
			&cli.StringFlag{Name: "by", Value: string(queries.ByAdamicAdar), Usage: "`MEASURE`: " + join(queries.Likenesses)},
			&cli.StringFlag{Name: "as", Value: string(queries.AnySide), Usage: "partners of any `SIDE`; of acts as source, or as target: " + join(queries.Sides)},
		),
		Action: func(c *cli.Context) error {
			if err := arguments(c, 1, 1, "one actor, a name of several words in quotes"); err != nil {
				return err
			}
			o := similarOptions{By: queries.Likeness(c.String("by")), As: queries.Side(c.String("as"))}
			var err error
			if o.aboutOptions, err = aboutOf(c, 1, screenful); err != nil {
				return err
			}
			if err := oneOf("by", o.By, queries.Likenesses...); err != nil {
				return err
			}
			if err := oneOf("as", o.As, queries.Sides...); err != nil {
				return err
			}
			return runSimilar(c.Context, o, e)
		},
	}
}

func runSimilar(_ context.Context, o similarOptions, e *env) error {
	return e.withGraph(o.reading, func(r graphReader) error {
		q, err := e.ask(r, &o.aboutOptions)
		if err != nil {
			return err
		}
		found, err := queries.FindSimilar(r, q.ids[0], queries.SimilarOptions{Filter: q.filter, By: o.By, As: o.As, Limit: o.Limit})
		if err != nil {
			return err
		}
		if found.Total == 0 && !o.JSON {
			e.warnf("nobody has a partner in common with %s", found.Actor.Name)
		}
		t := similarTable(&found)
		return e.answer(o.output, answer{doc: found, lines: asLines(found.Similar), table: t, text: func(s *screen) {
			s.similar(&found)
			s.notes(t)
		}})
	})
}

func similarTable(found *queries.Similarity) *table {
	t := &table{columns: append(append([]column{{"rank", numbers}, {"score", numbers}, {"common", numbers}}, memberColumns...), column{"partners", words})}
	for i := range found.Similar {
		like := &found.Similar[i]
		row := append([]string{strconv.Itoa(i + 1), strconv.FormatFloat(like.Score, 'g', 4, 64), strconv.Itoa(like.Common)}, memberCells(&like.Member)...)
		t.rows = append(t.rows, append(row, namesLine(like.Partners)))
	}
	t.more(len(found.Similar), found.Total)
	return t
}

func (s *screen) similar(found *queries.Similarity) {
	s.linef("%s: %s with partners in common", s.paint(bold, found.Actor.Name), plural(found.Total, "actor"))
	for i := range found.Similar {
		like := &found.Similar[i]
		s.linef("")
		s.linef("%2d. %s  %s  %s %.3g", i+1, s.paint(bold, like.Actor.Name), s.paint(faint, string(like.Type)), found.By, like.Score)
		more := ""
		if n := like.Common - len(like.Partners); n > 0 {
			more = fmt.Sprintf(" +%d", n)
		}
		s.linef("    %s in common: %s%s", plural(like.Common, "partner"), namesLine(like.Partners), more)
		for j := range like.Ties {
			s.tie(4, &like.Ties[j])
		}
	}
}
