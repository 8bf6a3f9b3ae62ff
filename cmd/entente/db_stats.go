package main

import (
	"context"
	"fmt"
	"strconv"

	"github.com/urfave/cli/v2"

	"entente/store"
)

func dbStatsCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "stats",
		Usage: "what the rows and files of a store take",
		Description: `entente db stats
entente db stats --db 2024.db --json`,
		ArgsUsage: "[OPTIONS]",
		Flags:     readFlags(),
		Action: func(c *cli.Context) error {
			if err := arguments(c, 0, 0, "no arguments"); err != nil {
				return err
			}
			o, err := readingOf(c)
			if err != nil {
				return err
			}
			return runDBStats(c.Context, o, e)
		},
	}
}

// dbStatsAnswer is the JSON document of entente db stats.
type dbStatsAnswer struct {
	DB     string      `json:"db"`
	Format int         `json:"format"`
	Bytes  int64       `json:"bytes"` // on disk
	Rows   []rowStats  `json:"rows"`
	Levels []levelSize `json:"levels"`
}

type rowStats struct {
	Type  string `json:"type"` // the first byte of the key
	What  string `json:"what"`
	Rows  int    `json:"rows"`
	Bytes int64  `json:"bytes"` // before they are packed
}

type levelSize struct {
	Level  int   `json:"level"`
	Tables int   `json:"tables"`
	Bytes  int64 `json:"bytes"`
}

func runDBStats(ctx context.Context, o reading, e *env) error {
	return e.withStore(o, func(st *store.Store) error {
		inv, err := st.Inventory(ctx)
		if err != nil {
			return err
		}
		answer := dbStatsAnswer{DB: o.DB, Format: inv.Format, Bytes: inv.Bytes, Rows: []rowStats{}, Levels: []levelSize{}}
		for _, r := range inv.Rows {
			answer.Rows = append(answer.Rows, rowStats(r))
		}
		for _, l := range inv.Levels {
			answer.Levels = append(answer.Levels, levelSize(l))
		}
		return e.print(o.output, answer, func(s *screen) { s.dbStats(&answer) })
	})
}

func (s *screen) dbStats(a *dbStatsAnswer) {
	s.linef("store %s, format %d, %s on disk", a.DB, a.Format, size(a.Bytes))
	rows := [][]string{{"rows", "unpacked", "type", ""}}
	for _, r := range a.Rows {
		rows = append(rows, []string{strconv.Itoa(r.Rows), size(r.Bytes), r.Type, r.What})
	}
	s.table(rows, 0, 1)
	for _, l := range a.Levels {
		s.linef("level %d: %s, %s", l.Level, plural(l.Tables, "table"), size(l.Bytes))
	}
}

// size tells a number of bytes in a unit in which it is readable.
func size(n int64) string {
	if n < 1e6 {
		return fmt.Sprintf("%.1f kB", float64(n)/1e3)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}

func dbCompactCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "compact",
		Usage: "merges the files of a store and drops what was deleted",
		Description: `entente db compact --db 2024.db

It needs as much free space as the store takes, and nobody else may use the store.`,
		ArgsUsage: "[OPTIONS]",
		Flags:     []cli.Flag{dbFlag()},
		Action: func(c *cli.Context) error {
			if err := arguments(c, 0, 0, "no arguments: the store is named by --db DIR"); err != nil {
				return err
			}
			db, err := dbOf(c)
			if err != nil {
				return err
			}
			before, after, err := store.Compact(db)
			if err != nil {
				return explainMissing(db, err)
			}
			s := e.newScreen("")
			s.linef("store %s: %s, before %s", db, size(after), size(before))
			return s.w.Flush()
		},
	}
}
