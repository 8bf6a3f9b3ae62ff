package main

import (
	"github.com/urfave/cli/v2"

	"entente/extract/ingest"
	"entente/graph"
)

// ingestOptions say what to read into which store.
type ingestOptions struct {
	Paths     []string
	DB        string
	Published graph.Date // of articles that carry none
	Engine    string     // one of extract.Engines, or "" for the first
	Dicts     []string   // dictionaries of the user
	Workers   int        // 0 is one a processor core
	// AnyLanguage takes articles that are not English too.
	AnyLanguage bool
	Map         map[string]string // of ingest.Options
	DateOrder   ingest.DateOrder
	Dedup       string // "on", or "off": near-duplicates are articles like others
	DryRun      bool   // read and count, and write nothing
	Errors      string // file for what was skipped, or ""
	Memory      int64  // that it takes at most, in bytes
	Verbose     bool   // say of each article what the store did with it
	globs
	choice
}

func ingestCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "ingest",
		Usage: "read articles into a store, which is made if there is none",
		Description: `entente ingest news/
entente ingest 'archive/2024-*.jsonl' article.txt --db 2024.db
entente ingest archive/ --include '*.html' --exclude 'drafts/**' --errors skipped.jsonl
entente ingest archive/ --since 2024-01 --until 2024-06 --dry-run
cat article.txt | entente ingest - --published 2024-04-04

Text, Markdown, JSON, JSON Lines, CSV, HTML, feeds, WARC, mail and the exports
of press databases are told by their content, and read in .gz, .zst, .bz2, .tar
and .zip too. Articles that are not English are left out and counted. What is in
the store already changes nothing, so that a run that was interrupted goes on
with the same command. A new text under an address that is there replaces the old
one; an article that repeats another nearly word for word is kept as a mention of
its events.`,
		ArgsUsage: "FILE…|FOLDER…|- [OPTIONS]",
		Flags: []cli.Flag{dbFlag(), publishedFlag(), anyLanguageFlag(), engineFlag(), fastFlag(), dictFlag(), workersFlag(), mapFlag(), dateOrderFlag(),
			&cli.StringFlag{Name: "dedup", Value: "on", Usage: "`on` or off: look for near-duplicates in all of the store"},
			&cli.BoolFlag{Name: "dry-run", Usage: "read and count, and write nothing"},
			&cli.StringFlag{Name: "since", Usage: "only articles published on this `DATE` or later; undated ones are left out"},
			&cli.StringFlag{Name: "until", Usage: "only articles published on this `DATE` or earlier"},
			&cli.IntFlag{Name: "limit", Usage: "only the first `N` articles; 0 is all"},
			&cli.StringSliceFlag{Name: "include", Usage: "of folders and archives, only files that match the `GLOB` ('*.html', '2024/**'); may be repeated. A file that is named is always read, and of an archive whose own name matches, all"},
			&cli.StringSliceFlag{Name: "exclude", Usage: "of folders and archives, no files that match the `GLOB`; may be repeated"},
			&cli.StringFlag{Name: "memory", Value: "300MB", Usage: "take at most so much memory, `SIZE` (256MB or more); more is faster"},
			&cli.StringFlag{Name: "errors", Usage: "write what was skipped, and why, to `FILE` as JSON lines"},
			&cli.BoolFlag{Name: "verbose", Aliases: []string{"v"}, Usage: "say what became of each article (added, copied, replaced, duplicate) once it is stored"},
		},
		Action: func(c *cli.Context) error {
			o, err := ingestOptionsOf(c)
			if err != nil {
				return err
			}
			ctx, stop := untilInterrupted(c.Context)
			defer stop()
			return runIngest(ctx, o, e)
		},
	}
}

func ingestOptionsOf(c *cli.Context) (o ingestOptions, err error) {
	if err = arguments(c, 1, -1, `files or folders, or "-"`); err != nil {
		return o, err
	}
	o.Paths, o.Dicts, o.AnyLanguage = c.Args().Slice(), c.StringSlice("dict"), c.Bool("any-language")
	o.DryRun, o.Errors, o.Dedup, o.Verbose = c.Bool("dry-run"), c.String("errors"), c.String("dedup"), c.Bool("verbose")
	if err = oneOf("dedup", o.Dedup, "on", "off"); err != nil {
		return o, err
	}
	if o.Engine, err = engineOf(c); err != nil {
		return o, err
	}
	if o.DB, err = dbOf(c); err != nil {
		return o, err
	}
	if o.Published, err = dateOf(c, "published"); err != nil {
		return o, err
	}
	if o.Workers, err = countOf(c, "workers"); err != nil {
		return o, err
	}
	if o.Since, err = dateOf(c, "since"); err != nil {
		return o, err
	}
	if o.Until, err = dateOf(c, "until"); err != nil {
		return o, err
	}
	if o.Since != "" && o.Until != "" && !o.Until.Within(o.Since, "") {
		return o, usagef("--since %s is later than --until %s: no article lies between; exchange them", o.Since, o.Until)
	}
	if o.Limit, err = countOf(c, "limit"); err != nil {
		return o, err
	}
	if o.Memory, err = sizeOf(c, "memory", leastMemory); err != nil {
		return o, err
	}
	if o.Map, o.DateOrder, err = fieldsOf(c); err != nil {
		return o, err
	}
	o.globs = globs{c.StringSlice("include"), c.StringSlice("exclude")}
	return o, o.check()
}
