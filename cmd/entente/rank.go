package main

import (
	"context"
	"strconv"

	"github.com/urfave/cli/v2"

	"entente/queries"
	"entente/store"
)

// rankOptions say what to rank by.
type rankOptions struct {
	reading
	By       queries.Measure
	Weighted bool
	Top      int // 0 is 20
}

func rankCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "rank",
		Usage: "who matters most in the network",
		Description: `entente rank --by pagerank
entente rank --by betweenness --top 5
entente rank --by in-degree --weighted --json`,
		ArgsUsage: "[OPTIONS]",
		Flags: readFlags(
			&cli.StringFlag{Name: "by", Value: string(queries.ByDegree), Usage: "`MEASURE`: " + join(queries.Measures)},
			&cli.BoolFlag{Name: "weighted", Usage: "count events rather than actors"},
			&cli.IntFlag{Name: "top", Value: 20, Usage: "at most `N` actors"},
		),
		Action: func(c *cli.Context) error {
			if err := arguments(c, 0, 0, "no arguments, only options such as --by pagerank"); err != nil {
				return err
			}
			o := rankOptions{By: queries.Measure(c.String("by")), Weighted: c.Bool("weighted")}
			var err error
			if o.reading, err = readingOf(c); err != nil {
				return err
			}
			if err := oneOf("by", o.By, queries.Measures...); err != nil {
				return err
			}
			if o.Weighted && o.By == queries.ByBetweenness {
				return usagef("--by betweenness takes no weights: leave --weighted out")
			}
			if o.Top, err = countOf(c, "top"); err != nil {
				return err
			}
			return runRank(c.Context, o, e)
		},
	}
}

// rankAnswer is the JSON document of entente rank.
type rankAnswer struct {
	By       queries.Measure  `json:"by"`
	Weighted bool             `json:"weighted"`
	Ranking  []queries.Ranked `json:"ranking"`
}

func runRank(_ context.Context, o rankOptions, e *env) error {
	return e.withStore(o.reading, func(st *store.Store) error {
		ranking, err := queries.Rank(st, o.By, queries.RankOptions{Weighted: o.Weighted, TopN: o.Top})
		if err != nil {
			return err
		}
		return e.print(o.output, rankAnswer{o.By, o.Weighted, ranking}, func(s *screen) {
			rows := [][]string{{"", string(o.By), "events", "type", "name", "id"}}
			for i, r := range ranking {
				rows = append(rows, []string{strconv.Itoa(i + 1), strconv.FormatFloat(r.Score, 'g', 4, 64),
					strconv.Itoa(r.Events), kind(r.Actor), r.Actor.Name, string(r.Actor.ID)})
			}
			s.table(rows, 0, 1, 2)
		})
	})
}
