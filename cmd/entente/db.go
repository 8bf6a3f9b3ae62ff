package main

import (
	"context"
	"runtime/debug"

	"github.com/urfave/cli/v2"

	"entente/store"
)

func dbCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "db",
		Usage: "looks after a store: check, repair, backup, export, migrate, compact",
		Description: `entente db check                               # is the store sound?
entente db backup 2024.backup                  # all of it in one file …
entente db restore 2024.backup --db copy.db    # … and back
entente db export | gzip > 2024.jsonl.gz       # as text, for other versions too
entente db import 2024.jsonl --db copy.db
entente db repair broken.db --to whole.db      # what can be saved
entente db migrate old.db --to new.db          # from an older format
entente db stats; entente db compact`,
		ArgsUsage: "COMMAND [OPTIONS]",
		Subcommands: []*cli.Command{dbCheckCommand(e), dbRepairCommand(e), dbBackupCommand(e), dbRestoreCommand(e),
			dbExportCommand(e), dbImportCommand(e), dbMigrateCommand(e), dbStatsCommand(e), dbCompactCommand(e)},
		Action: func(c *cli.Context) error {
			if c.NArg() == 0 {
				return cli.ShowSubcommandHelp(c)
			}
			return usagef("there is no command %q of db (see entente db --help)", c.Args().First())
		},
	}
}

// rebuilding prepares for work that makes a store, in little memory, until it ends or
// Ctrl-C ends it. The caller calls stop at the end.
func rebuilding(c *cli.Context) (ctx context.Context, stop func()) {
	limit := debug.SetMemoryLimit(standardMemory - besideHeap)
	ctx, cancel := untilInterrupted(c.Context)
	return ctx, func() {
		cancel()
		debug.SetMemoryLimit(limit)
	}
}

// toFlag names the folder of a store that is made anew.
func toFlag() cli.Flag {
	return &cli.StringFlag{Name: "to", Usage: "the new store, a `DIR` that is missing or empty"}
}

// fromTo returns the folders that a command with an argument DIR and --to names.
func fromTo(c *cli.Context) (from, to string, err error) {
	if err := arguments(c, 1, 1, "a DIR, the store"); err != nil {
		return "", "", err
	}
	if to = c.String("to"); to == "" {
		return "", "", usagef("%s wants --to DIR, where the new store is to be", c.Command.Name)
	}
	return c.Args().First(), to, nil
}

// articlesIn says how many articles the store in dir has, for a message.
func (e *env) articlesIn(dir string) (text string, err error) {
	err = e.withStore(reading{DB: dir}, func(st *store.Store) error {
		n, err := st.Stats()
		text = plural(n.Articles, "article") + ", " + plural(n.Events, "event")
		return err
	})
	return text, err
}
