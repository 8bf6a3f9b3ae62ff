package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"entente/graph"
	"entente/graph/encoding/chart"
	"entente/queries"
)

// reportOptions say what a report is about, and where it goes.
type reportOptions struct {
	aboutOptions
	File     string // "-" is stdout
	By       queries.Step
	NewSince *queries.Stretch // nil leaves the section out
}

func reportCommand(e *env) *cli.Command {
	flags := append([]cli.Flag{
		&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "`FILE` to write, .html, whole or not at all; - is stdout"},
		&cli.StringFlag{Name: "new-since", Usage: "also list what is new since a `DATE`, or in the \"last 30 days\""},
		&cli.StringFlag{Name: "by", Value: string(queries.ByMonth), Usage: "`STEP` of the chart: " + join(queries.Steps)},
		&cli.IntFlag{Name: "limit", Usage: fmt.Sprintf("at most `N` entries in each list; 0 is all (without it %d)", screenful)},
		statesFlag(), dictFlag(), rawFlag(), dbFlag(),
	}, filterFlags()...)
	return &cli.Command{
		Name:  "report",
		Usage: "one page about an actor, two, or all: who, what, when, the graph, the evidence, what is disputed",
		Description: `entente report russia ukraine -o report.html
entente report "european union" --since 2024 --new-since "last 30 days" -o eu.html
entente report --quad conflict -o conflict.html

The page is one file that loads nothing from elsewhere, for screens and paper.`,
		ArgsUsage: "[A [B]] -o FILE.html [OPTIONS]",
		Flags:     flags,
		Action: func(c *cli.Context) error {
			o, err := reportOptionsOf(c)
			if err != nil {
				return err
			}
			return runReport(c.Context, o, e)
		},
	}
}

func reportOptionsOf(c *cli.Context) (o reportOptions, err error) {
	o.File, o.By = c.String("output"), queries.Step(c.String("by"))
	if o.aboutOptions, err = aboutOf(c, 0, screenful); err != nil {
		return o, err
	}
	if err := oneOf("by", o.By, queries.Steps...); err != nil {
		return o, err
	}
	switch ext := strings.ToLower(filepath.Ext(o.File)); {
	case o.File == "":
		return o, usagef("say where the report goes: -o report.html")
	case o.File != "-" && ext != ".html" && ext != ".htm":
		return o, usagef("-o %q is not the name of a page: let it end in .html", o.File)
	}
	if c.IsSet("new-since") {
		s, err := queries.ParseStretch(c.String("new-since"))
		if err != nil {
			return o, usagef("--new-since: %v", err)
		}
		o.NewSince = &s
	}
	return o, nil
}

func runReport(_ context.Context, o reportOptions, e *env) error {
	return e.withGraph(o.reading, func(st graphReader) error {
		q, err := e.ask(st, &o.aboutOptions)
		if err != nil {
			return err
		}
		r := reporter{st: st, o: &o, asked: q, page: &page{Version: thisVersion().Version, Filter: filterWords(q.filter), States: o.States}}
		if err := r.fill(); err != nil {
			return err
		}
		if r.page.Counts.Events == 0 {
			if err := e.nothing(st, q.named()); err != nil {
				return err
			}
		}
		if o.File == "-" {
			return r.page.write(e.stdout)
		}
		if err := writeFile(o.File, r.page.write); err != nil {
			return err
		}
		e.warnf("report written to %s", o.File)
		return nil
	})
}

// filterWords tells a reader of the page what it is limited to.
func filterWords(f queries.Filter) string {
	var parts []string
	add := func(name, value string) {
		if value != "" {
			parts = append(parts, name+" "+value)
		}
	}
	add("since", string(f.Since))
	add("until", string(f.Until))
	add("category", strings.Join(f.Categories, ", "))
	add("quad class", strings.Trim(fmt.Sprint(f.Quads), "[]"))
	add("predicate", f.Predicate)
	add("status", strings.Trim(fmt.Sprint(f.Statuses), "[]"))
	add("actor type", string(f.Type))
	add("country", f.Country)
	add("publisher", f.Publisher)
	add("place", f.Place)
	add("text", f.Text)
	if f.MinEvents > 0 {
		add("at least", plural(f.MinEvents, "event"))
	}
	if f.MinPublishers > 0 {
		add("at least", plural(f.MinPublishers, "publisher"))
	}
	return strings.Join(parts, "; ")
}

// reporter asks a store what stands on a page.
type reporter struct {
	st graphReader
	o  *reportOptions
	asked
	page      *page
	relations []graph.Relation // of named, from network to strongest
}

// fill asks for one section after the other.
func (r *reporter) fill() error {
	for _, section := range []func() error{r.who, r.what, r.network, r.strongest, r.when, r.news, r.disputed} {
		if err := section(); err != nil {
			return err
		}
	}
	return nil
}

// foldedEvents returns the relations of what f lets through, with their best
// evidence.
func foldedEvents(st graphReader, f queries.Filter) ([]graph.Relation, error) {
	return graph.Relations(f.Events(st), graph.RelationOptions{Statuses: f.Statuses, Evidence: true})
}

// foremost is how many actors a report on all has cards of.
const foremost = 6

// who fills the cards: of the actors asked for, else of those with most partners.
func (r *reporter) who() error {
	ids := r.ids
	if len(ids) == 0 {
		found, err := queries.Rank(r.st, queries.ByDegree, queries.RankOptions{Options: r.filter, TopN: foremost})
		if err != nil {
			return err
		}
		for _, a := range found.Ranking {
			if a.Events > 0 {
				ids = append(ids, a.Actor.ID)
			}
		}
	}
	for _, id := range ids {
		card, err := queries.ActorCard(r.st, id, queries.CardOptions{Options: r.filter, Partners: 5, Latest: 1})
		if err != nil {
			return err
		}
		r.page.Cards = append(r.page.Cards, card)
	}
	if len(r.ids) != 2 {
		return nil
	}
	between, err := queries.Between(r.st, ids[0], ids[1], r.filter)
	r.page.Directions = between.Directions
	return err
}

// what counts the events by category.
func (r *reporter) what() error {
	categories := map[string]*categoryCount{}
	tallies := map[string]*graph.Tally{}
	for e, err := range r.named().Events(r.st) {
		if err != nil {
			return err
		}
		if tallies[e.Category] == nil {
			tallies[e.Category], categories[e.Category] = &graph.Tally{}, &categoryCount{Category: e.Category}
		}
		tallies[e.Category].Add(&e)
		categories[e.Category].Quad = max(categories[e.Category].Quad, e.Quad)
	}
	most := 1
	for name, tally := range tallies {
		c := categories[name]
		c.Events = tally.Counts().Events
		most = max(most, c.Events)
		r.page.Categories = append(r.page.Categories, c)
	}
	slices.SortFunc(r.page.Categories, func(a, b *categoryCount) int {
		return cmp.Or(cmp.Compare(b.Events, a.Events), cmp.Compare(a.Category, b.Category))
	})
	for _, c := range r.page.Categories {
		c.Part = 100 * float64(c.Events) / float64(most)
	}
	return nil
}

// when draws the course of events.
func (r *reporter) when() error {
	found, err := queries.TimelineOf(r.st, r.ids, queries.TimelineOptions{Filter: r.filter, By: r.o.By})
	if err != nil {
		return err
	}
	r.page.Title, r.page.Counts, r.page.Quads = subject(found.Actors), found.Counts, found.Quads
	if len(found.Steps) == 0 {
		return nil
	}
	return r.page.figure("When", func(w io.Writer) error {
		return chart.Write(w, chart.SVG, timelineChart(&found, found.Steps, len(found.Steps)))
	})
}

// strongest lists the strongest relations, each with its best sentence.
func (r *reporter) strongest() error {
	slices.SortFunc(r.relations, graph.CompareStrength)
	for _, x := range cut(r.relations, r.o.Limit) {
		told, err := r.told(x.Evidence)
		if err != nil {
			return err
		}
		told.Times = x.Events
		r.page.Strongest = append(r.page.Strongest, told)
	}
	r.relations = nil // those of a large store take much memory
	return nil
}

// news lists the latest events since the day of --new-since.
func (r *reporter) news() error {
	if r.o.NewSince == nil {
		return nil
	}
	newest, err := queries.NewestDay(r.st)
	if err != nil {
		return err
	}
	period, err := r.o.NewSince.At(newest)
	if err != nil {
		return err
	}
	f := r.named()
	if f.Since == "" || f.Since < period.Since {
		f.Since = period.Since
	}
	list, err := queries.EventList(r.st, queries.ListOptions{Filter: f, Latest: true, Limit: r.o.Limit})
	if err != nil {
		return err
	}
	r.page.News = &news{Since: f.Since, Total: list.Total}
	for i := range list.Events {
		told, err := r.told(&list.Events[i])
		if err != nil {
			return err
		}
		r.page.News.Events = append(r.page.News.Events, told)
	}
	return nil
}

// disputed lists accounts that contradict each other.
func (r *reporter) disputed() error {
	found, err := queries.Disagree(r.st, r.ids, queries.DisagreeOptions{Filter: r.filter, Days: 1, Limit: orAll(r.o.Limit)})
	if err != nil {
		return err
	}
	r.page.DisputedTotal = found.Total
	for _, d := range found.Disagreements {
		dispute := dispute{Kind: d.Kind, A: nameOr(d.A.Name, d.A.ID), B: nameOr(d.B.Name, d.B.ID)}
		for _, a := range []*queries.Account{&d.One, &d.Other} {
			if a.Evidence == nil {
				continue
			}
			told, err := r.told(a.Evidence)
			if err != nil {
				return err
			}
			told.Voices = strings.Join(a.Voices, ", ")
			dispute.Sides = append(dispute.Sides, told)
		}
		r.page.Disputed = append(r.page.Disputed, dispute)
	}
	return nil
}

// told is an event as the page shows it, with the address of its article.
func (r *reporter) told(e *graph.Event) (told, error) {
	t := told{Event: e}
	for record, err := range r.st.RecordsNamed(e.Article) {
		if err != nil {
			return t, err
		}
		a := &record.Article
		if a.Published == e.Published && a.Publisher == e.Publisher && e.Span.End <= len(a.Body) && a.Body[e.Span.Start:e.Span.End] == e.Quote {
			t.Headline, t.URL = a.Title, webAddress(a.URL)
			break
		}
	}
	return t, nil
}
