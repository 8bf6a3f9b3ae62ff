package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/urfave/cli/v2"

	"entente/queries"
)

// rankScreenful is how many actors a table shows unless asked for more.
const rankScreenful = 20

// rankOptions say what to rank by.
type rankOptions struct {
	readingFilter
	By       queries.Measure
	Weighted bool
	From     []string // as people type them
	Pivots   int
	Seed     uint64
	charting
}

func rankCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "rank",
		Usage: "who matters most in the network",
		Description: `entente rank --by pagerank
entente rank --by betweenness --top 5
entente rank --by pagerank --from "north korea" --from iran
entente rank --type person --quad conflict --since "last year"
entente rank --by in-degree --weighted --format csv
entente rank --by pagerank --top 30 -o rank.png

docs/algorithms.md tells what each measure says. Of betweenness, closeness and
harmonic, large networks are searched from a part of the actors, drawn by chance;
the answer then says so, and how far off scores may be.`,
		ArgsUsage: "[OPTIONS]",
		Flags: eventFlags(rankScreenful, "actors", statesFlag(), dictFlag(), chartFlag(),
			&cli.StringFlag{Name: "by", Value: string(queries.ByDegree), Usage: "`MEASURE`: " + join(queries.Measures)},
			&cli.BoolFlag{Name: "weighted", Usage: "count events rather than actors"},
			&cli.StringSliceFlag{Name: "from", Usage: "rank by nearness to the `ACTOR`, with --by pagerank; may be repeated"},
			&cli.IntFlag{Name: "pivots", Usage: "search from `N` actors drawn by chance; 0 is all, or as many as ten seconds allow"},
			seedFlag("of the draw, where actors are drawn"),
			&cli.IntFlag{Name: "top", Usage: "the same as --limit"},
		),
		Action: func(c *cli.Context) error {
			if err := arguments(c, 0, 0, "no arguments, only options such as --by pagerank"); err != nil {
				return err
			}
			o, err := rankOptionsOf(c)
			if err != nil {
				return err
			}
			return runRank(c.Context, o, e)
		},
	}
}

// seedFlag is that of commands that draw by chance.
func seedFlag(usage string) cli.Flag {
	return &cli.Uint64Flag{Name: "seed", Usage: "the `NUMBER` that chance begins with, " + usage}
}

func rankOptionsOf(c *cli.Context) (o rankOptions, err error) {
	o.By, o.Weighted, o.From, o.Seed = queries.Measure(c.String("by")), c.Bool("weighted"), c.StringSlice("from"), c.Uint64("seed")
	if o.readingFilter, err = readingFilterOf(c, rankScreenful); err != nil {
		return o, err
	}
	if o.charting, err = chartingOf(c); err != nil {
		return o, err
	}
	if err := oneOf("by", o.By, queries.Measures...); err != nil {
		return o, err
	}
	if o.Pivots, err = countOf(c, "pivots"); err != nil {
		return o, err
	}
	switch {
	case o.Weighted && !o.By.Weighable():
		return o, usagef("--by %s takes no weights: leave --weighted out", o.By)
	case len(o.From) > 0 && o.By != queries.ByPageRank:
		return o, usagef("--from goes with --by %s alone", queries.ByPageRank)
	case (c.IsSet("pivots") || c.IsSet("seed")) && !o.By.Samples():
		return o, usagef("--by %s draws nothing by chance: leave --pivots and --seed out", o.By)
	}
	if c.IsSet("top") {
		if c.IsSet("limit") {
			return o, usagef("--top is --limit: leave out one of them")
		}
		o.Limit, err = countOf(c, "top")
	}
	return o, err
}

func runRank(_ context.Context, o rankOptions, e *env) error {
	return e.withGraph(o.reading, func(r graphReader) error {
		f, err := o.on(r)
		if err != nil {
			return err
		}
		from, err := e.idsOf(r, o.Dicts, o.From)
		if err != nil {
			return err
		}
		found, err := queries.Rank(r, o.By, queries.RankOptions{Options: f, Weighted: o.Weighted, From: from, Pivots: o.Pivots, Seed: o.Seed, TopN: allOr(o.Limit)})
		if err != nil {
			return err
		}
		if any := func(r queries.Ranked) bool { return r.Events > 0 }; narrows(f) && !o.JSON && !slices.ContainsFunc(found.Ranking, any) {
			if err := e.nothing(r, f); err != nil {
				return err
			}
		}
		e.caution(o.output, samplingNote(found.Sampled))
		return e.draw(o.output, o.charting, rankChart(&found, toDraw(o.charting, found.Ranking, rankScreenful)), answer{doc: found, lines: asLines(found.Ranking), table: rankTable(&found)})
	})
}

func rankTable(found *queries.Ranking) *table {
	t := &table{columns: []column{{"rank", numbers}, {string(found.By), numbers}, {"events", numbers}, {"type", words}, {"name", words}, {"id", words}}}
	for i, r := range found.Ranking {
		t.rows = append(t.rows, []string{strconv.Itoa(i + 1), strconv.FormatFloat(r.Score, 'g', 4, 64),
			strconv.Itoa(r.Events), kind(r.Actor), r.Actor.Name, string(r.Actor.ID)})
	}
	t.more(len(found.Ranking), found.Total)
	t.note(samplingNote(found.Sampled))
	return t
}

// samplingNote says that scores are estimates, and how good, or nothing where
// they are exact.
func samplingNote(s *queries.Sampling) string {
	if s == nil {
		return ""
	}
	text := fmt.Sprintf("estimated from %d of %s, drawn with seed %d: ", s.Pivots, plural(s.Actors, "actor"), s.Seed)
	if s.Error == nil {
		return text + "no bound of the error is known"
	}
	return text + fmt.Sprintf("with probability %g no score is off by more than %.3g", 1-s.Doubt, *s.Error)
}

// allOr returns a limit as queries take it, which have another number for all.
func allOr(limit int) int {
	if limit == 0 {
		return -1
	}
	return limit
}
