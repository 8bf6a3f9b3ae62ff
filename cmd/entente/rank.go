package main

import (
	"context"
	"slices"
	"strconv"

	"github.com/urfave/cli/v2"

	"entente/queries"
	"entente/store"
)

// rankScreenful is how many actors a table shows unless asked for more.
const rankScreenful = 20

// rankOptions say what to rank by.
type rankOptions struct {
	readingFilter
	By       queries.Measure
	Weighted bool
}

func rankCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "rank",
		Usage: "who matters most in the network",
		Description: `entente rank --by pagerank
entente rank --by betweenness --top 5
entente rank --type person --quad conflict --since "last year"
entente rank --by in-degree --weighted --format csv`,
		ArgsUsage: "[OPTIONS]",
		Flags: eventFlags(rankScreenful, "actors",
			&cli.StringFlag{Name: "by", Value: string(queries.ByDegree), Usage: "`MEASURE`: " + join(queries.Measures)},
			&cli.BoolFlag{Name: "weighted", Usage: "count events rather than actors"},
			&cli.IntFlag{Name: "top", Usage: "the same as --limit"},
		),
		Action: func(c *cli.Context) error {
			if err := arguments(c, 0, 0, "no arguments, only options such as --by pagerank"); err != nil {
				return err
			}
			o := rankOptions{By: queries.Measure(c.String("by")), Weighted: c.Bool("weighted")}
			var err error
			if o.readingFilter, err = readingFilterOf(c, rankScreenful); err != nil {
				return err
			}
			if err := oneOf("by", o.By, queries.Measures...); err != nil {
				return err
			}
			if o.Weighted && o.By == queries.ByBetweenness {
				return usagef("--by betweenness takes no weights: leave --weighted out")
			}
			if c.IsSet("top") {
				if c.IsSet("limit") {
					return usagef("--top is --limit: leave out one of them")
				}
				if o.Limit, err = countOf(c, "top"); err != nil {
					return err
				}
			}
			return runRank(c.Context, o, e)
		},
	}
}

// rankAnswer is the JSON document of entente rank.
type rankAnswer struct {
	By       queries.Measure  `json:"by"`
	Weighted bool             `json:"weighted"`
	Total    int              `json:"total"` // actors, listed or not
	Ranking  []queries.Ranked `json:"ranking"`
}

func runRank(_ context.Context, o rankOptions, e *env) error {
	return e.withStore(o.reading, func(st *store.Store) error {
		f, err := o.on(st)
		if err != nil {
			return err
		}
		ranking, err := queries.Rank(st, o.By, queries.RankOptions{Options: f, Weighted: o.Weighted, TopN: -1})
		if err != nil {
			return err
		}
		if any := func(r queries.Ranked) bool { return r.Events > 0 }; narrows(f) && !o.JSON && !slices.ContainsFunc(ranking, any) {
			if err := e.nothing(st, f); err != nil {
				return err
			}
		}
		t := &table{columns: []column{{"rank", numbers}, {string(o.By), numbers}, {"events", numbers}, {"type", words}, {"name", words}, {"id", words}}}
		shown := cut(ranking, o.Limit)
		for i, r := range shown {
			t.rows = append(t.rows, []string{strconv.Itoa(i + 1), strconv.FormatFloat(r.Score, 'g', 4, 64),
				strconv.Itoa(r.Events), kind(r.Actor), r.Actor.Name, string(r.Actor.ID)})
		}
		t.more(len(shown), len(ranking))
		return e.answer(o.output, answer{doc: rankAnswer{o.By, o.Weighted, len(ranking), shown}, lines: asLines(shown), table: t})
	})
}
