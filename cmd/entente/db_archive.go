package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"

	"github.com/urfave/cli/v2"

	"entente/graph/encoding/jsonl"
	"entente/store"
)

func dbExportCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "export",
		Usage: "writes all of a store as JSON Lines, from which it can be made again",
		Description: `entente db export -o 2024.jsonl
entente db export | gzip > 2024.jsonl.gz

It holds the articles with their texts, events, actors and affiliations; what
else is in a store follows from them. docs/format.md describes it. The same
store gives the same bytes.`,
		ArgsUsage: "[OPTIONS]",
		Flags:     []cli.Flag{dbFlag(), &cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "`FILE` to write, whole or not at all; default stdout"}},
		Action: func(c *cli.Context) error {
			if err := arguments(c, 0, 0, "no arguments: the file is named by -o FILE"); err != nil {
				return err
			}
			return writeStore(c, c.String("output"), (*store.Store).Export, e)
		},
	}
}

func dbBackupCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "backup",
		Usage: "writes all of a store to one file, packed",
		Description: `entente db backup 2024.backup
entente db backup - --db 2024.db | ssh host 'cat > 2024.backup'

Others may read the store meanwhile. entente db restore of the same version
makes the store again; entente db export is for other versions.`,
		ArgsUsage: "FILE|- [OPTIONS]",
		Flags:     []cli.Flag{dbFlag()},
		Action: func(c *cli.Context) error {
			if err := arguments(c, 1, 1, `a FILE, or "-"`); err != nil {
				return err
			}
			return writeStore(c, c.Args().First(), (*store.Store).Backup, e)
		},
	}
}

// writeStore writes a store to the file with a name, "" or "-" for standard output.
func writeStore(c *cli.Context, name string, write func(*store.Store, io.Writer) error, e *env) error {
	db, err := dbOf(c)
	if err != nil {
		return err
	}
	return e.withStore(reading{DB: db}, func(st *store.Store) error {
		if name == "" || name == "-" {
			return write(st, e.stdout)
		}
		return writeFile(name, func(w io.Writer) error { return write(st, w) })
	})
}

func dbImportCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "import",
		Usage: "makes a store of what db export, or export --format jsonl, wrote",
		Description: `entente db import 2024.jsonl --db copy.db
gzip -dc 2024.jsonl.gz | entente db import - --db copy.db

The folder must be missing or empty. A file that was cut short or changed is
refused, and nothing is left of it.`,
		ArgsUsage: "FILE|- --db DIR",
		Flags:     []cli.Flag{dbFlag()},
		Action:    func(c *cli.Context) error { return makeStore(c, importStore, e) },
	}
}

// importStore makes a store of an archive, or of JSON Lines.
func importStore(ctx context.Context, r io.Reader, name, dir string) error {
	b := bufio.NewReader(r)
	start, err := b.Peek(len(store.LinesStart))
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if string(start) == store.LinesStart {
		return store.ImportLines(ctx, b, name, dir, jsonl.Add)
	}
	return store.Import(ctx, b, name, dir)
}

func dbRestoreCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "restore",
		Usage: "makes a store of what db backup wrote",
		Description: `entente db restore 2024.backup --db copy.db

The folder must be missing or empty. A backup that is damaged is refused, and
nothing is left of it.`,
		ArgsUsage: "FILE|- --db DIR",
		Flags:     []cli.Flag{dbFlag()},
		Action:    func(c *cli.Context) error { return makeStore(c, store.Restore, e) },
	}
}

// makeStore makes the store that --db names of the file that the argument names.
func makeStore(c *cli.Context, load func(ctx context.Context, r io.Reader, name, dir string) error, e *env) error {
	if err := arguments(c, 1, 1, `a FILE, or "-"`); err != nil {
		return err
	}
	db, err := dbOf(c)
	if err != nil {
		return err
	}
	name, r := c.Args().First(), e.stdin
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		r = f
	} else {
		name = "stdin"
	}
	ctx, stop := rebuilding(c)
	defer stop()
	if err := load(ctx, r, name, db); err != nil {
		return err
	}
	return e.made(db)
}

// made tells what is in a store that was made.
func (e *env) made(db string) error {
	have, err := e.articlesIn(db)
	if err != nil {
		return err
	}
	s := e.newScreen("")
	s.linef("store %s: %s", db, have)
	return s.w.Flush()
}

func dbMigrateCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "migrate",
		Usage: "makes a new store, of the present format, of one of an older format",
		Description: `entente db migrate old.db --to new.db

The old store stays as it is. Articles that are one by the rules of today become
one. No article is read anew: to have that, ingest them.`,
		ArgsUsage: "DIR --to NEW",
		Flags:     []cli.Flag{toFlag()},
		Action: func(c *cli.Context) error {
			from, to, err := fromTo(c)
			if err != nil {
				return err
			}
			ctx, stop := rebuilding(c)
			defer stop()
			if err := store.Migrate(ctx, from, to); err != nil {
				return explainMissing(from, err)
			}
			return e.made(to)
		},
	}
}
