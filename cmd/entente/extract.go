package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"entente/extract"
	"entente/extract/ingest"
	"entente/graph"
	"entente/graph/encoding/jsonl"
)

// extractOptions say what to extract from.
type extractOptions struct {
	Paths         []string
	Published     graph.Date // of articles that carry none
	Engine        string     // one of extract.Engines, or "" for the first
	Dicts         []string   // dictionaries of the user
	MinConfidence float64    // of events, 0 to 1
	Explain       bool       // print sentences, trees and rules instead of the line format
	Workers       int        // 0 is one a processor core
	Color         string
	Map           map[string]string // of ingest.Options
	DateOrder     ingest.DateOrder
	AnyLanguage   bool // take articles that are not English too
}

func extractCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "extract",
		Usage: "print the events, actors and affiliations of articles, a JSON object a line",
		Description: `entente extract article.txt --published 2024-04-04
entente extract news/ > events.jsonl
curl -s https://example.org/news.html | entente extract - --explain`,
		ArgsUsage: "FILE…|FOLDER…|- [OPTIONS]",
		Flags: []cli.Flag{
			publishedFlag(),
			anyLanguageFlag(),
			engineFlag(),
			fastFlag(),
			dictFlag(),
			&cli.Float64Flag{Name: "min-confidence", Usage: "leave out events below `X`, 0 to 1"},
			&cli.BoolFlag{Name: "explain", Usage: "print sentences with their trees, who is named in them, events and rules"},
			workersFlag(),
			mapFlag(),
			dateOrderFlag(),
			&cli.StringFlag{Name: "color", Value: "auto", Usage: "`WHEN` to colour --explain: auto, always or never"},
		},
		Action: func(c *cli.Context) error {
			if err := arguments(c, 1, -1, `files or folders, or "-"`); err != nil {
				return err
			}
			o := extractOptions{Paths: c.Args().Slice(), Dicts: c.StringSlice("dict"), MinConfidence: c.Float64("min-confidence"),
				Explain: c.Bool("explain"), Color: c.String("color"), AnyLanguage: c.Bool("any-language")}
			var err error
			if o.Published, err = dateOf(c, "published"); err != nil {
				return err
			}
			if o.MinConfidence < 0 || o.MinConfidence > 1 {
				return usagef("--min-confidence %g is not between 0 and 1", o.MinConfidence)
			}
			if o.Workers, err = countOf(c, "workers"); err != nil {
				return err
			}
			if err := oneOf("color", o.Color, "auto", "always", "never"); err != nil {
				return err
			}
			if o.Engine, err = engineOf(c); err != nil {
				return err
			}
			if o.Map, o.DateOrder, err = fieldsOf(c); err != nil {
				return err
			}
			ctx, stop := untilInterrupted(c.Context)
			defer stop()
			return runExtract(ctx, o, e)
		},
	}
}

func runExtract(ctx context.Context, o extractOptions, e *env) error {
	pipeline, err := e.extractor(extract.Options{Engine: o.Engine, MinConfidence: o.MinConfidence, Dictionaries: o.Dicts})
	if err != nil {
		return err
	}
	b := batch{
		paths:   o.Paths,
		options: ingest.Options{Published: o.Published, Stdin: e.stdin, Map: o.Map, DateOrder: o.DateOrder, AnyLanguage: o.AnyLanguage},
		extract: pipeline.Extract,
		workers: o.Workers,
	}
	encoder := jsonl.NewEncoder(e.stdout)
	write := func(r result) error { return encoder.Encode(r.record) }
	if o.Explain {
		b.explain = pipeline.Explain
		s := e.newScreen(o.Color)
		write = func(r result) error {
			s.explain(&r.record, r.reading)
			return s.w.Flush()
		}
	}
	skips, foreign := 0, 0
	told := complaints{say: e.warnf}
	for result := range b.run(ctx) {
		switch {
		case result.warning != nil:
			told.add("warning", result.warning)
		case errors.Is(result.err, ingest.ErrLanguage):
			foreign++
		case result.err != nil:
			told.add("skipped", result.err)
			skips++
		default:
			if err := write(result); err != nil {
				return err
			}
		}
	}
	told.end("")
	if ctx.Err() != nil {
		return &interrupted{"interrupted: what was printed is complete up to here"}
	}
	if foreign > 0 {
		e.warnf("%s left out, not being English; --any-language reads them", plural(foreign, "article"))
	}
	if skips > 0 {
		return skipped(skips)
	}
	return nil
}

// explain prints what was found in an article, by sentence. Of an engine that
// gives no trees, sentences without event or role are left out.
func (s *screen) explain(r *graph.Record, reading extract.Reading) {
	s.linef("%s%s", s.paint(bold, place(r.Article.ID, r.Article.Publisher, r.Article.Published)), s.paint(faint, origin(&r.Article)))
	coded := 0
	for n := range r.Sentences {
		events := slices.DeleteFunc(slices.Clone(r.Events), func(e graph.Event) bool { return e.Sentence != n })
		roles := slices.DeleteFunc(slices.Clone(r.Affiliations), func(a graph.Affiliation) bool { return a.Sentence != n })
		tokens := reading.Sentences[n].Tokens
		if len(events)+len(roles) > 0 {
			coded++
		} else if !hasTree(tokens) {
			continue
		}
		span := reading.Sentences[n].Span
		quote := r.Article.Body[span.Start:span.End]
		s.linef("")
		s.linef("%3d  “%s”", n, oneLine(quote))
		s.tree(tokens)
		s.named(reading.Mentions[n])
		for i := range events {
			e := &events[i]
			s.linef("     %s %s%s", s.paint(faint, "event"), s.triple(e), s.paint(faint, aside(e)))
			s.linef("           %s", s.paint(faint, fmt.Sprintf("%q to %q, rule %s, confidence %.2f, date %s",
				e.Source.Mention, e.Target.Mention, e.Rule, e.Confidence, explainDate(e))))
		}
		for _, a := range roles {
			former := ""
			if a.Former {
				former = "former "
			}
			s.linef("     %s %s: %s%s of %s", s.paint(faint, "role "), a.Person.Name, former, a.Role, a.Org.Name)
		}
	}
	s.linef("")
	s.linef("%s, %d without event or role", plural(r.Sentences, "sentence"), r.Sentences-coded)
	for _, a := range r.Actors {
		s.linef("     %s %s (%s)  %s", s.paint(faint, "actor"), a.ID, kind(a), strings.Join(a.Mentions, "; "))
	}
	s.linef("")
}

// origin says where an article's date was found, and what its dateline says.
func origin(a *graph.Article) string {
	var out string
	if a.DateFrom != "" {
		out = " (" + string(a.DateFrom) + ")"
	}
	var line []string
	for _, part := range []string{a.Dateline.Place, a.Dateline.Agency, string(a.Dateline.Date)} {
		if part != "" {
			line = append(line, part)
		}
	}
	if line != nil {
		out += "; dateline: " + strings.Join(line, ", ")
	}
	return out
}

func explainDate(e *graph.Event) string {
	switch e.DateBasis {
	case graph.DateFromText:
		return string(e.Date) + " from the text"
	case graph.DateFromPublication:
		return string(e.Date) + " of publication"
	}
	return "unknown"
}

// named prints the mentions of a sentence: whom each means, how safely, what that
// rests on, and whom else it might have meant.
func (s *screen) named(mentions []extract.Mention) {
	for _, m := range mentions {
		what := "names"
		if m.Place {
			what = "place"
		}
		s.linef("     %s %q → %s %s", s.paint(faint, what), oneLine(m.Text), m.Actor, s.paint(faint, fmt.Sprintf("%.2f, %s", m.Score, m.Why)))
		for _, c := range m.Others {
			s.linef("             %s", s.paint(faint, fmt.Sprintf("or %s %.2f, %s", c.Actor, c.Score, c.Why)))
		}
	}
}
