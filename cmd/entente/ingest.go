package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"entente/extract"
	"entente/extract/ingest"
	"entente/graph"
	"entente/store"
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
}

func ingestCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "ingest",
		Usage: "read articles into a store, which is made if there is none",
		Description: `entente ingest news/
entente ingest 'archive/2024-*.jsonl' article.txt --db 2024.db
cat article.txt | entente ingest - --published 2024-04-04

Text, Markdown, JSON, JSON Lines, CSV, HTML, feeds, WARC, mail and the exports
of press databases are told by their content, and read in .gz, .zst, .bz2, .tar
and .zip too. What is in the store already changes nothing, so that a run can
be repeated. Articles that are not English are left out and counted.`,
		ArgsUsage: "FILE…|FOLDER…|- [OPTIONS]",
		Flags: []cli.Flag{dbFlag(), publishedFlag(), anyLanguageFlag(), engineFlag(), fastFlag(), dictFlag(), workersFlag(),
			mapFlag()},
		Action: func(c *cli.Context) error {
			if err := arguments(c, 1, -1, `files or folders, or "-"`); err != nil {
				return err
			}
			o := ingestOptions{Paths: c.Args().Slice(), Dicts: c.StringSlice("dict"), AnyLanguage: c.Bool("any-language")}
			var err error
			if o.Engine, err = engineOf(c); err != nil {
				return err
			}
			if o.DB, err = dbOf(c); err != nil {
				return err
			}
			if o.Published, err = dateOf(c, "published"); err != nil {
				return err
			}
			if o.Workers, err = countOf(c, "workers"); err != nil {
				return err
			}
			if o.Map, err = mapOf(c); err != nil {
				return err
			}
			ctx, stop := untilInterrupted(c.Context)
			defer stop()
			return runIngest(ctx, o, e)
		},
	}
}

// intake is an ingest under way.
type intake struct {
	ingestOptions
	*env
	store    *store.Store // nil until the first article, if there was none
	progress *progress
	begun    time.Time

	added, duplicates, skips int
	foreign                  int // left out as they are not English
	sentences, events        int // of the articles added
}

func runIngest(ctx context.Context, o ingestOptions, e *env) (err error) {
	in := &intake{ingestOptions: o, env: e, begun: time.Now(), progress: newProgress(e.stderr)}
	pipeline, err := e.extractor(extract.Options{Engine: o.Engine, Dictionaries: o.Dicts})
	if err != nil {
		return err
	}
	b := batch{
		paths:   o.Paths,
		options: ingest.Options{Published: o.Published, Stdin: e.stdin, Map: o.Map, AnyLanguage: o.AnyLanguage},
		extract: pipeline.Extract,
		workers: o.Workers,
	}
	if _, err := os.Stat(o.DB); err == nil {
		if err := in.open(); err != nil {
			return err
		}
		b.known = in.known
	}
	err = in.take(ctx, b)
	in.progress.clear()
	if in.store != nil {
		err = errors.Join(err, in.store.Close())
	}
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintln(e.stdout, in.summary()); err != nil {
		return err
	}
	switch {
	case ctx.Err() != nil:
		return &interrupted{fmt.Sprintf("interrupted: %s stored in %s; run the same command again to go on",
			plural(in.added+in.duplicates, "article"), o.DB)}
	case in.skips > 0:
		return skipped(in.skips)
	}
	return nil
}

func (in *intake) open() (err error) {
	in.store, err = store.Open(in.DB, store.Options{Create: true})
	return err
}

// known reports whether the store has the article. What cannot be told is not
// known, and Put will tell.
func (in *intake) known(a *graph.Article) bool {
	_, err := in.store.Article(a.Key())
	return err == nil
}

// take puts all of a batch into the store. It ends at the first error of the
// store itself; a record that the store does not take is skipped.
func (in *intake) take(ctx context.Context, b batch) error {
	for r := range b.run(ctx) {
		switch {
		case r.warning != nil:
			in.say("warning: %v", r.warning)
		case errors.Is(r.err, ingest.ErrLanguage):
			in.foreign++
		case r.err != nil:
			in.skip(r.err)
		default:
			if err := in.put(&r.record); err != nil {
				return err
			}
		}
		in.progress.show(in.added+in.duplicates, in.begun)
	}
	if in.store == nil {
		return nil
	}
	return in.store.Sync()
}

func (in *intake) put(r *graph.Record) error {
	if in.store == nil {
		if err := in.open(); err != nil {
			return err
		}
	}
	outcome, err := in.store.Put(*r)
	switch {
	case errors.Is(err, store.ErrInvalid), errors.Is(err, store.ErrTooBig):
		in.skip(fmt.Errorf("%s: %w", r.Article.Origin, err))
	case err != nil:
		return fmt.Errorf("after %s: %w", plural(in.added+in.duplicates, "article"), err)
	case outcome == store.Duplicate:
		in.duplicates++
	default:
		in.added++
		in.sentences += r.Sentences
		in.events += len(r.Events)
	}
	return nil
}

func (in *intake) skip(err error) {
	in.skips++
	in.say("%v", err)
}

func (in *intake) say(format string, args ...any) {
	in.progress.clear()
	in.warnf(format, args...)
}

// summary is the line that ends an ingest. Sentences and events are those of
// the new articles.
func (in *intake) summary() string {
	foreign := ""
	if in.foreign > 0 {
		foreign = fmt.Sprintf(", %d not English", in.foreign)
	}
	return fmt.Sprintf("%s: %d new, %s, %d skipped%s; %s, %s; %.1f seconds",
		plural(in.added+in.duplicates+in.skips+in.foreign, "article"), in.added, plural(in.duplicates, "duplicate"), in.skips, foreign,
		plural(in.sentences, "sentence"), plural(in.events, "event"), time.Since(in.begun).Seconds())
}

// progress is a line that is written over and over while work goes on.
type progress struct {
	w     io.Writer // nil where nobody watches
	last  time.Time
	shown bool
}

func newProgress(w io.Writer) *progress {
	if !terminalOf(w).is {
		return &progress{}
	}
	return &progress{w: w}
}

// show writes the line, at most five times a second.
func (p *progress) show(articles int, begun time.Time) {
	if p.w == nil || time.Since(p.last) < 200*time.Millisecond {
		return
	}
	p.last, p.shown = time.Now(), true
	fmt.Fprintf(p.w, "\r%d articles, %.0f a second ", articles, float64(articles)/time.Since(begun).Seconds())
}

// clear makes room for another line.
func (p *progress) clear() {
	if p.shown {
		fmt.Fprintf(p.w, "\r%s\r", strings.Repeat(" ", 60))
		p.shown = false
	}
}
