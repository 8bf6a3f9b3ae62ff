package main

import (
	"context"
	"strconv"

	"github.com/urfave/cli/v2"

	"entente/store"
)

func statsCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "stats",
		Usage: "how much a store holds",
		Description: `entente stats
entente stats --db 2024.db --json`,
		ArgsUsage: "[OPTIONS]",
		Flags:     readFlags(rawFlag()),
		Action: func(c *cli.Context) error {
			if err := arguments(c, 0, 0, "no arguments"); err != nil {
				return err
			}
			o, err := readingOf(c)
			if err != nil {
				return err
			}
			return runStats(c.Context, o, e)
		},
	}
}

// statsAnswer is the JSON document of entente stats.
type statsAnswer struct {
	DB           string `json:"db"`
	Articles     int    `json:"articles"`
	Copies       int    `json:"copies"` // of the articles, those that repeat another one
	Sentences    int    `json:"sentences"`
	Events       int    `json:"events"` // records: one act reported twice has two
	Actors       int    `json:"actors"`
	Affiliations int    `json:"affiliations"`
	Mentions     int    `json:"mentions"` // pairs of an article and an actor it names
	Bytes        int64  `json:"bytes"`    // on disk
	Format       int    `json:"format"`   // of the store
}

func runStats(_ context.Context, o reading, e *env) error {
	return e.withStore(o, func(st *store.Store) error {
		n, err := st.Stats()
		if err != nil {
			return err
		}
		doc := statsAnswer{o.DB, n.Articles, n.Copies, n.Sentences, n.Events, n.Actors, n.Affiliations, n.Mentions, n.Bytes, n.Format}
		t := &table{columns: []column{{"number", numbers}, {"what", words}}}
		for _, row := range []struct {
			n    int
			what string
		}{
			{n.Articles, "articles"}, {n.Copies, "of them near-duplicates of another"}, {n.Sentences, "sentences"}, {n.Events, "events"}, {n.Actors, "actors"},
			{n.Affiliations, "affiliations"}, {n.Mentions, "pairs of an article and an actor it names"},
		} {
			t.rows = append(t.rows, []string{strconv.Itoa(row.n), row.what})
		}
		return e.answer(o.output, answer{doc: doc, table: t, text: func(s *screen) {
			s.linef("store %s, format %d, %.1f MB on disk", o.DB, n.Format, float64(n.Bytes)/1e6)
			s.table(t.rows, 0)
		}})
	})
}
