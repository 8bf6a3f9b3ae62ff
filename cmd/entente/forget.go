package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/mattn/go-isatty"
	"github.com/urfave/cli/v2"

	"entente/extract"
	"entente/graph"
	"entente/store"
)

// forgetOptions say which articles go.
type forgetOptions struct {
	reading
	Articles  []string   // ids or keys; with none, all that the others choose
	Publisher string     // "" is any
	Before    graph.Date // published earlier; "" is whenever
	DryRun    bool
	Yes       bool // do not ask
}

func forgetCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "forget",
		Usage: "remove articles, and exactly what only they support",
		Description: `entente forget a1                                  # by its id, or by its key
entente forget --publisher "Daily Wire" --dry-run
entente forget --before 2015 --yes

Their events and affiliations go, and actors, names and roles that nothing else
supports. Near-duplicates of a forgotten article become articles of their own. An
article that is ingested again is there again.`,
		ArgsUsage: "[ARTICLE…] [OPTIONS]",
		Flags: readFlags(
			&cli.StringFlag{Name: "publisher", Usage: "only articles of this publisher, `NAME` in full"},
			&cli.StringFlag{Name: "before", Usage: "only articles published before this `DATE`; undated ones stay"},
			&cli.BoolFlag{Name: "dry-run", Usage: "say what would go, and change nothing"},
			&cli.BoolFlag{Name: "yes", Aliases: []string{"y"}, Usage: "do not ask"},
			dictFlag(), engineFlag(), fastFlag(),
		),
		Action: func(c *cli.Context) error {
			o := forgetOptions{Articles: c.Args().Slice(), Publisher: c.String("publisher"), DryRun: c.Bool("dry-run"), Yes: c.Bool("yes")}
			var err error
			if o.reading, err = readingOf(c); err != nil {
				return err
			}
			if o.Before, err = dateOf(c, "before"); err != nil {
				return err
			}
			if len(o.Articles) == 0 && o.Publisher == "" && o.Before == "" {
				return usagef("say which articles: ARTICLE…, --publisher NAME or --before DATE (see entente forget --help)")
			}
			engine, err := engineOf(c)
			if err != nil {
				return err
			}
			ctx, stop := untilInterrupted(c.Context)
			defer stop()
			return runForget(ctx, o, engine, e)
		},
	}
}

// forgetAnswer is the JSON document of entente forget.
type forgetAnswer struct {
	DryRun       bool               `json:"dry_run"`
	Articles     []forgottenArticle `json:"articles"`
	Events       int                `json:"events"`       // records that went; in a dry run, 0
	Affiliations int                `json:"affiliations"` // likewise
	Uncopied     int                `json:"uncopied"`     // near-duplicates that became articles of their own, or of another one
}

type forgottenArticle struct {
	Key       string     `json:"key"`
	ID        string     `json:"id"`
	Published graph.Date `json:"published"`
	Publisher string     `json:"publisher"`
	Title     string     `json:"title"`
	length    int
}

func runForget(ctx context.Context, o forgetOptions, engine string, e *env) (err error) {
	st, err := e.openStore(o.DB, store.Options{ReadOnly: o.DryRun})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	chosen, err := o.choose(st)
	if err != nil {
		return err
	}
	answer := forgetAnswer{DryRun: o.DryRun, Articles: chosen}
	if len(chosen) == 0 {
		return fmt.Errorf("no article of that publisher and time is in %s: %w", o.DB, graph.ErrNotFound)
	}
	if !o.DryRun {
		if err := e.confirm(o.Yes, "forget "+plural(len(chosen), "article")); err != nil {
			return err
		}
		code := func(a graph.Article) (graph.Record, error) {
			p, err := e.extractor(extract.Options{Engine: engine, Dictionaries: o.Dicts})
			if err != nil {
				return graph.Record{}, err
			}
			a.Origin = a.ID
			return safely(a, p.Extract)
		}
		for i, a := range chosen {
			if ctx.Err() != nil {
				return &interrupted{fmt.Sprintf("interrupted: %d of %s forgotten; run the same command again to go on", i, plural(len(chosen), "article"))}
			}
			gone, err := st.Forget(a.Key, code)
			if err != nil {
				return err
			}
			answer.Events += gone.Events
			answer.Affiliations += gone.Affiliations
			answer.Uncopied += gone.Uncopied
		}
	}
	return e.print(o.output, answer, func(s *screen) {
		if o.DryRun {
			var rows [][]string
			for _, a := range chosen {
				rows = append(rows, []string{a.ID, string(a.Published), a.Publisher, a.Title, a.Key})
			}
			s.table(rows)
			s.linef("%s would go; nothing was changed", plural(len(chosen), "article"))
			return
		}
		line := fmt.Sprintf("%s forgotten: %s, %s", plural(len(chosen), "article"), plural(answer.Events, "event"), plural(answer.Affiliations, "affiliation"))
		if answer.Uncopied > 0 {
			line += "; " + plural(answer.Uncopied, "near-duplicate") + " coded anew"
		}
		s.linef("%s", line)
	})
}

// choose returns the articles that go. Near-duplicates come before what they repeat,
// which is of an earlier day or longer: so they need not be coded first.
func (o forgetOptions) choose(st *store.Store) ([]forgottenArticle, error) {
	var chosen []forgottenArticle
	add := func(a graph.Article) {
		if (o.Publisher == "" || a.Publisher == o.Publisher) && (o.Before == "" || a.Published != "" && a.Published < o.Before) {
			chosen = append(chosen, forgottenArticle{a.Key(), a.ID, a.Published, a.Publisher, a.Title, len(a.Body)})
		}
	}
	for _, name := range o.Articles {
		a, err := findArticle(st, name)
		if err != nil {
			return nil, err
		}
		add(a)
	}
	if len(o.Articles) == 0 {
		for a, err := range st.Articles() {
			if err != nil {
				return nil, err
			}
			add(a)
		}
	}
	day := func(a forgottenArticle) graph.Date { return cmp.Or(a.Published, "9999-12-31") }
	slices.SortFunc(chosen, func(a, b forgottenArticle) int {
		return cmp.Or(cmp.Compare(day(b), day(a)), cmp.Compare(a.length, b.length), cmp.Compare(b.Key, a.Key))
	})
	return slices.Compact(chosen), nil
}

// findArticle returns the article that goes by what was typed: its key, or its id
// if no other has it.
func findArticle(st *store.Store, typed string) (graph.Article, error) {
	if len(typed) == graph.KeyLen {
		if a, err := st.Article(strings.ToLower(typed)); !errors.Is(err, graph.ErrNotFound) {
			return a, err
		}
	}
	found, err := st.WithID(typed)
	switch {
	case err != nil:
		return graph.Article{}, err
	case len(found) == 1:
		return found[0], nil
	case len(found) == 0:
		return graph.Article{}, fmt.Errorf("no article has the id or key %q: %w", typed, graph.ErrNotFound)
	}
	keys := make([]string, len(found))
	for i, a := range found {
		keys[i] = fmt.Sprintf("%s (%s)", a.Key(), strings.Join(strings.Fields(fmt.Sprint(a.Publisher, " ", a.Published)), " "))
	}
	return graph.Article{}, fmt.Errorf("%d articles have the id %q; name one by its key: %s: %w", len(found), typed, strings.Join(keys, ", "), graph.ErrNotFound)
}

// confirm asks before something that cannot be undone. Where nobody can answer,
// --yes must have been said.
func (e *env) confirm(yes bool, what string) error {
	if yes {
		return nil
	}
	in, ok := e.stdin.(*os.File)
	if !ok || !isatty.IsTerminal(in.Fd()) {
		return usagef("this cannot be undone: add --yes to %s, or --dry-run to see them", what)
	}
	fmt.Fprintf(e.stderr, "%s? This cannot be undone. [y/N] ", what)
	answer, _ := bufio.NewReader(in).ReadString('\n')
	if a := strings.ToLower(strings.TrimSpace(answer)); a != "y" && a != "yes" {
		return usagef("nothing was changed")
	}
	return nil
}
