package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"entente/extract"
	"entente/graph"
)

// output is how an answer is printed.
type output struct {
	JSON   bool   // short for the format json
	Format string // one of formatNames; "" is table
	Color  string // auto, always or never
}

func (o output) format() string {
	switch {
	case o.JSON:
		return "json"
	case o.Format == "":
		return "table"
	}
	return o.Format
}

// reading is what the commands that ask a store have in common.
type reading struct {
	DB    string   // the store's folder
	Dicts []string // dictionaries of the user, where names are asked for
	Raw   bool     // the graph before judgements
	// States has states stand for the actors of their countries.
	States bool
	output
}

func statesFlag() cli.Flag {
	return &cli.BoolFlag{Name: "states", Usage: "states stand for the actors of their countries, but not for armed groups and officials of international organisations"}
}

func dbFlag() cli.Flag {
	return &cli.StringFlag{Name: "db", Value: "entente.db", EnvVars: []string{"ENTENTE_DB"}, Usage: "the store, a `DIR`"}
}

func publishedFlag() cli.Flag {
	return &cli.StringFlag{Name: "published", Usage: "publication `DATE` of inputs that carry none (2024-04-04)"}
}

func anyLanguageFlag() cli.Flag {
	return &cli.BoolFlag{Name: "any-language", Usage: "read articles that are not English too; else they are left out, and counted"}
}

func engineFlag() cli.Flag {
	return &cli.StringFlag{Name: "engine", Value: extract.Engines[0],
		Usage: "linguistic engine, `NAME`: " + strings.Join(extract.Engines, " or ")}
}

func fastFlag() cli.Flag {
	return &cli.BoolFlag{Name: "fast", Usage: "read more than twice as fast, with more mistakes; short for --engine fast"}
}

// engineOf returns the engine that --engine or --fast names.
func engineOf(c *cli.Context) (string, error) {
	name := c.String("engine")
	if c.Bool("fast") {
		if c.IsSet("engine") && name != extract.EngineFast {
			return "", usagef("--fast is --engine fast: leave out --engine %s, or --fast", name)
		}
		name = extract.EngineFast
	}
	return name, oneOf("engine", name, extract.Engines...)
}

func workersFlag() cli.Flag {
	return &cli.IntFlag{Name: "workers", Usage: "articles to work on at the same time; 0 is one a processor core, `N`"}
}

func dictFlag() cli.Flag {
	return &cli.StringSliceFlag{Name: "dict", Usage: "a `DIR` (or file) of your own actors, which win over the built-in ones; may be repeated"}
}

func rawFlag() cli.Flag {
	return &cli.BoolFlag{Name: "raw", Usage: "as the articles tell it, before anything was judged (entente actor history)"}
}

// readFlags are the flags of a command that asks a store, after its own.
func readFlags(own ...cli.Flag) []cli.Flag {
	return append(own,
		&cli.StringFlag{Name: "format", Value: "table", Usage: "`FORMAT` of the answer: " + join(formatNames)},
		dbFlag(),
		&cli.BoolFlag{Name: "json", Usage: "short for --format json"},
		&cli.StringFlag{Name: "color", Value: "auto", Usage: "`WHEN` to colour: auto, always or never"},
	)
}

// dbOf returns the folder that --db or ENTENTE_DB names.
func dbOf(c *cli.Context) (string, error) {
	dir := c.String("db")
	if dir == "" {
		return "", usagef("--db, or ENTENTE_DB, is set and names no folder")
	}
	return dir, nil
}

func readingOf(c *cli.Context) (o reading, err error) {
	o.JSON, o.Color, o.Dicts, o.Raw = c.Bool("json"), c.String("color"), c.StringSlice("dict"), c.Bool("raw")
	o.States = c.Bool("states")
	if o.Format = c.String("format"); o.JSON && c.IsSet("format") && o.Format != "json" {
		return o, usagef("--json is --format json: leave out --format %s, or --json", o.Format)
	}
	if err = oneOf("format", o.Format, formatNames...); err != nil {
		return o, err
	}
	if o.DB, err = dbOf(c); err != nil {
		return o, err
	}
	return o, oneOf("color", o.Color, "auto", "always", "never")
}

// oneOf returns a usage error unless value is empty or one of choices.
func oneOf[S ~string](flag string, value S, choices ...S) error {
	if value == "" || slices.Contains(choices, value) {
		return nil
	}
	list := strings.Trim(fmt.Sprint(choices), "[]")
	return usagef("--%s %q is not one of: %s", flag, string(value), strings.ReplaceAll(list, " ", ", "))
}

// dateOf returns the date that a flag gives.
func dateOf(c *cli.Context, flag string) (graph.Date, error) {
	d, err := graph.ParseDate(c.String(flag))
	if err != nil {
		return "", usagef("--%s: %v", flag, err)
	}
	return d, nil
}

// countOf returns the number that a flag gives, which must not be negative.
func countOf(c *cli.Context, flag string) (int, error) {
	n := c.Int(flag)
	if n < 0 {
		return 0, usagef("--%s %d is negative", flag, n)
	}
	return n, nil
}

// sizeOf returns the number of bytes that a flag gives: a number with KB, MB or GB,
// which are powers of 1024 here, as memory is counted.
func sizeOf(c *cli.Context, flag string, least int64) (int64, error) {
	text := strings.ToUpper(strings.TrimSpace(c.String(flag)))
	for i, unit := range []string{"KB", "MB", "GB"} {
		number, ok := strings.CutSuffix(text, unit)
		if !ok {
			continue
		}
		n, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
		if err != nil || n <= 0 || n > 1<<20 {
			break
		}
		bytes := int64(n * float64(int64(1)<<(10*(i+1))))
		if bytes < least {
			return 0, usagef("--%s %s is less than the %d MB that are needed", flag, c.String(flag), least>>20)
		}
		return bytes, nil
	}
	return 0, usagef("--%s %q is not a size: 300MB, 1.5GB", flag, c.String(flag))
}
