package main

import (
	"cmp"
	"context"
	"strings"

	"github.com/urfave/cli/v2"

	"entente/queries"
	"entente/store"
)

// articleOptions say which article to print.
type articleOptions struct {
	readingFilter
	Name string // the input's id, or the key
}

func articleCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "article",
		Usage: "one article: where it is from, its copies, actors and events",
		Description: `entente article putin-china
entente article lecornu-shoigu-call --status all
entente article 5d41402abc4b2a76b9719d911017c592 --json

Several articles may have one id: all are printed, each with its key.`,
		ArgsUsage: "ID|KEY [OPTIONS]",
		Flags:     eventFlags(screenful, "events of each"),
		Action: func(c *cli.Context) error {
			if err := arguments(c, 1, 1, "the id of an article, or its key"); err != nil {
				return err
			}
			o := articleOptions{Name: c.Args().First()}
			var err error
			if o.readingFilter, err = readingFilterOf(c, screenful); err != nil {
				return err
			}
			return runArticle(c.Context, o, e)
		},
	}
}

// articleAnswer is the JSON document of entente article.
type articleAnswer struct {
	Articles []queries.ArticleCard `json:"articles"`
}

func runArticle(_ context.Context, o articleOptions, e *env) error {
	return e.withStore(o.reading, func(st *store.Store) error {
		f, err := o.on(st)
		if err != nil {
			return err
		}
		cards, err := queries.ArticleCards(st, o.Name, queries.ArticleOptions{Filter: f})
		if err != nil {
			return err
		}
		t := &table{columns: eventTable(nil).columns}
		shown, all := 0, 0
		for i := range cards {
			all += len(cards[i].Events)
			cards[i].Events = cut(cards[i].Events, o.Limit)
			shown += len(cards[i].Events)
			t.rows = append(t.rows, eventTable(cards[i].Events).rows...)
		}
		t.more(shown, all)
		return e.answer(o.output, answer{doc: articleAnswer{cards}, lines: asLines(cards), table: t, text: func(s *screen) {
			if len(cards) > 1 {
				s.linef("%d articles have the id %s", len(cards), o.Name)
				s.linef("")
			}
			for i := range cards {
				if i > 0 {
					s.linef("")
				}
				s.article(&cards[i])
				if note := otherStatuses(f, cards[i].ByStatus); note != "" {
					s.linef("%s", s.paint(faint, note))
				}
			}
			s.notes(t)
		}})
	})
}

func (s *screen) article(a *queries.ArticleCard) {
	s.linef("%s", s.paint(bold, cmp.Or(a.Title, a.Article)))
	s.linef("%s", s.cut(0, place(a.Article, a.Publisher, a.Published)))
	if a.URL != "" {
		s.linef("%s", a.URL)
	}
	s.linef("%s", s.paint(faint, "key "+a.Key+" · "+plural(a.Sentences, "sentence")))
	if a.Original != nil {
		s.linef("repeats %s, nearly word for word: the events stand there", ref(*a.Original))
	}
	for _, c := range a.Copies {
		s.linef("repeated by %s", ref(c))
	}
	if len(a.Actors) > 0 {
		s.linef("")
		s.linef("%s", s.paint(bold, plural(len(a.Actors), "actor")))
		var rows [][]string
		for _, actor := range a.Actors {
			rows = append(rows, []string{"", actor.Name, string(actor.ID), strings.Join(actor.Mentions, "; ")})
		}
		s.table(rows)
	}
	for _, r := range a.Affiliations {
		former := ""
		if r.Former {
			former = "former "
		}
		s.linef("  %s, %s%s of %s", r.Person.Name, former, r.Role, r.Org.Name)
	}
	if len(a.Events) > 0 {
		s.linef("")
		s.linef("%s", s.paint(bold, "Events"))
		s.events(a.Events)
	}
}

// ref names an article of another one's card.
func ref(a queries.ArticleRef) string {
	return place(a.Article, a.Publisher, a.Published) + " · key " + a.Key
}
