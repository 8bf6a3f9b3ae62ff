package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"entente/extract"
	"entente/graph"
	"entente/queries"
	"entente/store"
)

// candidatesOptions say which pairs of actors to print.
type candidatesOptions struct {
	reading
	Type    graph.ActorType
	Country string
	Min     float64
	Limit   int // 0 is all
}

func candidatesCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "candidates",
		Usage: "pairs of actors that may be one, with what speaks for and against it",
		Description: `entente actor candidates
entente actor candidates --type person --country MNG --min 0.8
entente actor candidates --limit 0 --format tsv | cut -f 1,2,6

A pair stands as its score, the actor to keep if you find that both are one, the
other actor, and reasons with their bits of evidence. Nothing is merged: that is
entente actor merge A B, or where they are two, entente actor split A B. What is
judged is not proposed again.`,
		ArgsUsage: "[OPTIONS]",
		Flags: readFlags(
			&cli.StringFlag{Name: "type", Usage: "one of the two is of that `TYPE`: " + join(graph.ActorTypes)},
			&cli.StringFlag{Name: "country", Usage: "one of the two belongs to the state with that ISO alpha-3 `CODE`"},
			&cli.Float64Flag{Name: "min", Value: 0.6, Usage: "the least `SCORE`, 0 to 1"},
			&cli.IntFlag{Name: "limit", Value: 50, Usage: "at most `N` pairs; 0 is all"},
			dictFlag(),
		),
		Action: func(c *cli.Context) error {
			o, err := candidatesOptionsOf(c)
			if err != nil {
				return err
			}
			return runCandidates(c.Context, o, e)
		},
	}
}

func candidatesOptionsOf(c *cli.Context) (o candidatesOptions, err error) {
	if err := arguments(c, 0, 0, "no arguments, only options such as --type person"); err != nil {
		return o, err
	}
	o.Type, o.Country, o.Min = graph.ActorType(c.String("type")), strings.ToUpper(c.String("country")), c.Float64("min")
	if o.reading, err = readingOf(c); err != nil {
		return o, err
	}
	if err := oneOf("type", o.Type, graph.ActorTypes...); err != nil {
		return o, err
	}
	if !(o.Min >= 0 && o.Min <= 1) {
		return o, usagef("--min %v is no score: give a number from 0 to 1", o.Min)
	}
	o.Limit, err = countOf(c, "limit")
	return o, err
}

func runCandidates(_ context.Context, o candidatesOptions, e *env) error {
	dictionary, err := e.dictionary(o.Dicts)
	if err != nil {
		return err
	}
	return e.withStore(o.reading, func(st *store.Store) error {
		_, judged, err := judgedOf(st)
		if err != nil {
			return err
		}
		list, err := queries.Candidates(st, queries.CandidateOptions{Type: o.Type, Country: o.Country, Min: o.Min,
			Limit: orAll(o.Limit), Known: knownActors(dictionary), Place: placesOf(dictionary),
			Apart: func(a, b graph.ActorID) bool { return judged.Apart(a, b) != 0 }})
		if err != nil {
			return err
		}
		if len(list) == 0 && !o.JSON {
			e.warnf("no two actors score %v or more: nothing to judge", o.Min)
		}
		return e.answer(o.output, answer{doc: candidatesAnswer{list}, lines: asLines(list), table: candidateTable(list),
			text: func(s *screen) { s.candidates(list) }})
	})
}

// candidatesAnswer is the JSON document of entente actor candidates.
type candidatesAnswer struct {
	Candidates []queries.Candidate `json:"candidates"`
}

// candidateTable has a row for each pair.
func candidateTable(list []queries.Candidate) *table {
	t := &table{columns: []column{{"score", numbers}, {"a_id", words}, {"a", words}, {"a_type", words}, {"a_articles", numbers},
		{"b_id", words}, {"b", words}, {"b_type", words}, {"b_articles", numbers}, {"reasons", words}}}
	for _, c := range list {
		row := []string{fmt.Sprintf("%.3f", c.Score)}
		for _, a := range []queries.CandidateActor{c.A, c.B} {
			row = append(row, string(a.ID), a.Name, kind(graph.Actor{ID: a.ID, Type: a.Type, Country: a.Country}), strconv.Itoa(a.Articles))
		}
		var reasons []string
		for _, r := range c.Reasons {
			reasons = append(reasons, fmt.Sprintf("%s (%+.1f)", r.Text, r.Bits))
		}
		t.rows = append(t.rows, append(row, strings.Join(reasons, "; ")))
	}
	return t
}

func (s *screen) candidates(list []queries.Candidate) {
	for _, c := range list {
		s.candidate(&c)
	}
	if len(list) > 0 {
		pair := shellWords([]string{string(list[0].A.ID), string(list[0].B.ID)})
		s.linef("%s", s.paint(faint, "judge a pair with entente actor merge "+pair+", or split in the place of merge"))
	}
}

// candidate prints a pair: a line an actor, and a line a reason.
func (s *screen) candidate(c *queries.Candidate) {
	s.table([][]string{s.candidateRow(fmt.Sprintf("%.3f", c.Score), c.A), s.candidateRow("", c.B)})
	for _, r := range c.Reasons {
		st := plain
		if r.Bits < 0 {
			st = yellow
		}
		s.linef("       %s", s.paint(st, fmt.Sprintf("%+5.1f  %s", r.Bits, s.cut(14, r.Text))))
	}
	s.linef("")
}

func (s *screen) candidateRow(score string, a queries.CandidateActor) []string {
	of := kind(graph.Actor{ID: a.ID, Type: a.Type, Country: a.Country})
	source := ""
	if a.Known {
		source = "in the dictionary"
	}
	return []string{fmt.Sprintf("%5s", score), string(a.ID), a.Name, of, plural(a.Articles, "article"), source}
}

// knownActors are the actors of the dictionary under all names that always mean
// them.
func knownActors(d *extract.Dictionary) []queries.KnownActor {
	var list []queries.KnownActor
	for e := range d.Entries() {
		k := queries.KnownActor{ID: e.ID, Type: e.Type, Country: e.Country, Names: append([]string{e.Name}, e.Also...)}
		for _, r := range e.Roles {
			k.Roles = append(k.Roles, queries.KnownRole{Role: r.Title, Org: r.Org, From: r.From, Until: r.Until})
		}
		list = append(list, k)
	}
	return list
}

// placesOf returns a function that knows the states' names and adjectives.
func placesOf(d *extract.Dictionary) func(folded string) string {
	codes := map[string]string{}
	for e := range d.Entries() {
		if e.Type != graph.State || e.Country == "" {
			continue
		}
		for _, names := range [][]string{{e.Name}, e.Also, e.Adj} {
			for _, n := range names {
				codes[graph.Fold(n)] = e.Country
			}
		}
	}
	return func(folded string) string { return codes[folded] }
}
