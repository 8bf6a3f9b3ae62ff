package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/urfave/cli/v2"

	"entente/graph"
	"entente/graph/encoding/dot"
	"entente/graph/encoding/jsonl"
	"entente/store"
)

// exportOptions say what to write where.
type exportOptions struct {
	DB        string
	Format    string // dot or jsonl
	File      string // "" or "-" is stdout
	Top       int    // of dot: so many actors; 0 is all
	Raw       bool   // the graph before judgements
	filtering        // of dot
}

func exportCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "export",
		Usage: "write the graph for other programs: DOT for Graphviz, JSON Lines",
		Description: `entente export --format dot --top 30 | dot -Tsvg > graph.svg
entente export --format dot --quad conflict --since 2024 -o graph.dot
entente export --format jsonl -o events.jsonl

DOT shows the asserted events, or those that the filters let through, folded by actors and category. JSON Lines has
everything, in the form that entente extract prints, by the hash of the article.`,
		ArgsUsage: "--format dot|jsonl [OPTIONS]",
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "format", Aliases: []string{"f"}, Usage: "`FORMAT`: dot or jsonl"},
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "`FILE` to write, whole or not at all; default stdout"},
			&cli.IntFlag{Name: "top", Usage: "dot: only the `N` actors with the most events; 0 is all"},
			rawFlag(),
			dbFlag(),
		}, filterFlags()...),
		Action: func(c *cli.Context) error {
			if err := arguments(c, 0, 0, "no arguments: the file is named by -o FILE"); err != nil {
				return err
			}
			o := exportOptions{Format: c.String("format"), File: c.String("output"), Raw: c.Bool("raw")}
			if o.Format == "" {
				return usagef("say which --format: dot or jsonl")
			}
			err := oneOf("format", o.Format, "dot", "jsonl")
			if err != nil {
				return err
			}
			if o.DB, err = dbOf(c); err != nil {
				return err
			}
			if o.Top, err = countOf(c, "top"); err != nil {
				return err
			}
			if o.Top > 0 && o.Format != "dot" {
				return usagef("--top goes with --format dot: JSON Lines has everything")
			}
			if o.filtering, err = filterOf(c); err != nil {
				return err
			}
			for _, f := range filterFlags() {
				if name := f.Names()[0]; c.IsSet(name) && o.Format != "dot" {
					return usagef("--%s goes with --format dot: JSON Lines has everything (for a part: entente events --format jsonl)", name)
				}
			}
			return runExport(c.Context, o, e)
		},
	}
}

func runExport(_ context.Context, o exportOptions, e *env) error {
	return e.withStore(reading{DB: o.DB, Raw: o.Raw}, func(st *store.Store) error {
		write := func(w io.Writer) error { return exportLines(w, st) }
		if o.Format == "dot" {
			write = func(w io.Writer) error { return exportDOT(w, st, o) }
		}
		if o.File == "" || o.File == "-" {
			return write(e.stdout)
		}
		return writeFile(o.File, write)
	})
}

func exportLines(w io.Writer, st *store.Store) error {
	enc := jsonl.NewEncoder(w)
	for record, err := range st.Records() {
		if err != nil {
			return err
		}
		if err := enc.Encode(record); err != nil {
			return err
		}
	}
	return nil
}

func exportDOT(w io.Writer, st *store.Store, o exportOptions) error {
	f, err := o.on(st)
	if err != nil {
		return err
	}
	relations, err := graph.Relations(f.Events(st), graph.RelationOptions{Statuses: f.Statuses, Evidence: true})
	if err != nil {
		return err
	}
	var actors []graph.Actor
	for a, err := range st.Actors() {
		if err != nil {
			return err
		}
		actors = append(actors, a)
	}
	return dot.Write(w, relations, actors, dot.Options{TopN: o.Top})
}

// writeFile writes a file whole or not at all: beside it first, and then in its
// place. A file that is not a regular one (/dev/stdout) is written to as it is.
func writeFile(name string, write func(io.Writer) error) error {
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		f, err := os.OpenFile(name, os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		return errors.Join(write(f), f.Close())
	}
	// Not os.CreateTemp, which makes files that only their owner may read.
	beside := fmt.Sprintf("%s.%d.part", name, os.Getpid())
	f, err := os.OpenFile(beside, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", name, err)
	}
	if err := errors.Join(write(f), f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(beside))
	}
	return os.Rename(beside, name)
}
