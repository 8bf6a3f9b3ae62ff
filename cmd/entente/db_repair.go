package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"entente/store"
)

type dbRepairOptions struct {
	From, To string
	Lost     string // file for what is lost, or "" for one beside To
}

func dbRepairCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "repair",
		Usage: "makes a new store of what is whole in a damaged one, and lists what is lost",
		Description: `entente db repair broken.db --to whole.db
entente ingest whole.db-articles.jsonl --db whole.db     # of what lost its events alone

The damaged store is only read. What is lost is listed in whole.db-lost.jsonl, a
JSON object a line; then the exit code is 3. The articles among it whose text is
left are in whole.db-articles.jsonl and can be ingested.`,
		ArgsUsage: "DIR --to NEW [OPTIONS]",
		Flags: []cli.Flag{toFlag(),
			&cli.StringFlag{Name: "lost", Usage: "list what is lost in `FILE`; default NEW-lost.jsonl"}},
		Action: func(c *cli.Context) (err error) {
			o := dbRepairOptions{Lost: c.String("lost")}
			if o.From, o.To, err = fromTo(c); err != nil {
				return err
			}
			ctx, stop := rebuilding(c)
			defer stop()
			return runDBRepair(ctx, o, e)
		},
	}
}

func runDBRepair(ctx context.Context, o dbRepairOptions, e *env) (err error) {
	to := filepath.Clean(o.To)
	lost := lines{name: to + "-lost.jsonl"}
	if o.Lost != "" {
		lost.name = o.Lost
	}
	articles := lines{name: to + "-articles.jsonl"}
	done, err := store.Repair(ctx, o.From, o.To, func(l store.Loss) error {
		err := lost.add(l)
		if l.Text != nil {
			err = errors.Join(err, articles.add(l.Text))
		}
		return err
	})
	if err = errors.Join(err, lost.close(), articles.close()); err != nil {
		return err
	}
	for _, f := range done.Damage {
		e.warnf("%s", f)
	}
	s := e.newScreen("")
	s.repaired(o, &done, &lost, &articles)
	if err := s.w.Flush(); err != nil {
		return err
	}
	if n := done.Lost + done.Untraced(); n > 0 {
		return skipped(n)
	}
	return nil
}

func (s *screen) repaired(o dbRepairOptions, done *store.Repaired, lost, articles *lines) {
	s.linef("store %s: %s kept, %d lost", o.To, plural(done.Kept, "article"), done.Lost)
	if lost.n > 0 {
		s.linef("what is lost: %s", lost.name)
	}
	if articles.n > 0 {
		s.linef("to save what lost its events alone: entente ingest %s --db %s", articles.name, o.To)
	}
	switch n := done.Untraced(); {
	case done.Totals < 0:
		s.linef("how many articles there were is lost too")
	case n > 0:
		s.linef("%s more have left no trace", plural(n, "article"))
	}
}

// lines is a file of JSON lines, which is made with the first of them.
type lines struct {
	name string
	n    int
	file *os.File
	w    *bufio.Writer
}

func (l *lines) add(v any) (err error) {
	if l.file == nil {
		if l.file, err = os.Create(l.name); err != nil {
			return err
		}
		l.w = bufio.NewWriter(l.file)
	}
	l.n++
	enc := json.NewEncoder(l.w)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

func (l *lines) close() error {
	if l.file == nil {
		return nil
	}
	return errors.Join(l.w.Flush(), l.file.Close())
}
