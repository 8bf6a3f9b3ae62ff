package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/urfave/cli/v2"

	"entente/store"
)

// maxFaults is how many faults are printed.
const maxFaults = 1000

type dbCheckOptions struct {
	reading
	store.CheckOptions
}

func dbCheckCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "check",
		Usage: "names everything that is wrong with a store; exit code 1 if there is anything",
		Description: `entente db check
entente db check --quick --db 2024.db
entente db check --json

It reads the files block by block and all rows one by one, makes the store again
from its articles in a temporary folder, and compares the two. It also
checks, as far as it can be read, a store that cannot be opened.`,
		ArgsUsage: "[OPTIONS]",
		Flags: readFlags(
			&cli.BoolFlag{Name: "quick", Usage: "do not make the store again: a few rows that are missing, or too many, may stay unseen"},
			&cli.StringFlag{Name: "tmp", Usage: "make the store again in this `DIR`, with as much free space as the store takes; default that of the system"},
		),
		Action: func(c *cli.Context) error {
			err := arguments(c, 0, 0, "no arguments: the store is named by --db DIR")
			if err != nil {
				return err
			}
			o := dbCheckOptions{CheckOptions: store.CheckOptions{Quick: c.Bool("quick"), Temp: c.String("tmp")}}
			if o.reading, err = readingOf(c); err != nil {
				return err
			}
			ctx, stop := rebuilding(c)
			defer stop()
			return runDBCheck(ctx, o, e)
		},
	}
}

// checkAnswer is the JSON document of entente db check.
type checkAnswer struct {
	DB     string        `json:"db"`
	Sound  bool          `json:"sound"`
	Faults int           `json:"faults"`
	List   []store.Fault `json:"list"` // the first of them
}

// unsound is how much is wrong with a store.
type unsound struct {
	db string
	n  int
}

func (f unsound) Error() string {
	return fmt.Sprintf("store %s has %s: restore a backup, or save what is whole with entente db repair %[1]s --to NEW", f.db, plural(f.n, "fault"))
}

func runDBCheck(ctx context.Context, o dbCheckOptions, e *env) error {
	answer := checkAnswer{DB: o.DB, List: []store.Fault{}}
	err := store.Check(ctx, o.DB, o.CheckOptions, func(f store.Fault) {
		if answer.Faults++; len(answer.List) < maxFaults {
			answer.List = append(answer.List, f)
		}
	})
	answer.Sound = err == nil && answer.Faults == 0
	if err == nil || answer.Faults > 0 {
		err = errors.Join(err, e.print(o.output, answer, func(s *screen) { s.faults(&answer) }))
	}
	if err != nil {
		return explainMissing(o.DB, err)
	}
	if !answer.Sound {
		return unsound{o.DB, answer.Faults}
	}
	return nil
}

func (s *screen) faults(a *checkAnswer) {
	for _, f := range a.List {
		s.linef("%s", f.String())
	}
	if more := a.Faults - len(a.List); more > 0 {
		s.linef("… and %d more", more)
	}
	if a.Sound {
		s.linef("store %s is sound", a.DB)
	}
}
