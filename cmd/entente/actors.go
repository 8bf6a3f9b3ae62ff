package main

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"entente/graph"
	"entente/queries"
	"entente/store"
)

// actorsOptions say which actors to list.
type actorsOptions struct {
	readingFilter
	Words string // each must begin a word of one of the actor's names
}

func actorsCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "actors",
		Usage: "list actors, those with the most events first",
		Description: `entente actors --limit 20
entente actors minister --country FRA
entente actors --type armed-group --quad 4 --since "last year"
entente actors --min-events 5 --format csv`,
		ArgsUsage: "[WORDS] [OPTIONS]",
		Flags:     eventFlags(rankScreenful, "actors", rawFlag()),
		Action: func(c *cli.Context) error {
			o := actorsOptions{Words: strings.Join(c.Args().Slice(), " ")}
			var err error
			if o.readingFilter, err = readingFilterOf(c, rankScreenful); err != nil {
				return err
			}
			return runActors(c.Context, o, e)
		},
	}
}

func join[S ~string](list []S) string {
	var b strings.Builder
	for i, s := range list {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(string(s))
	}
	return b.String()
}

// actorsAnswer is the JSON document of entente actors.
type actorsAnswer struct {
	Total  int            `json:"total"` // listed or not
	Actors []countedActor `json:"actors"`
}

// countedActor is an actor with the numbers of its events that count.
type countedActor struct {
	Actor graph.Actor `json:"actor"`
	graph.Counts
}

func runActors(_ context.Context, o actorsOptions, e *env) error {
	return e.withStore(o.reading, func(st *store.Store) error {
		f, err := o.on(st)
		if err != nil {
			return err
		}
		list, err := countActors(st, f, o.Words)
		if err != nil {
			return err
		}
		switch {
		case len(list) > 0 || o.JSON:
		case o.Words == "" && narrows(f):
			if err := e.nothing(st, f); err != nil {
				return err
			}
		default:
			e.warnf("no actor matches")
		}
		t := &table{spare: []string{"publishers", "mentions", "first"}, columns: []column{{"events", numbers}, {"mentions", numbers}, {"publishers", numbers}, {"first", dates}, {"last", dates},
			{"type", words}, {"name", words}, {"id", words}}}
		shown := cut(list, o.Limit)
		for _, a := range shown {
			t.rows = append(t.rows, []string{strconv.Itoa(a.Events), strconv.Itoa(a.Counts.Mentions), strconv.Itoa(a.Publishers),
				string(a.First), string(a.Last), kind(a.Actor), a.Actor.Name, string(a.Actor.ID)})
		}
		t.more(len(shown), len(list))
		return e.answer(o.output, answer{doc: actorsAnswer{len(list), shown}, lines: asLines(shown), table: t})
	})
}

// countActors returns the actors that have the words in a name, the most events
// first: those with enough of them, and where the filter says more of events
// than of actors, those alone that have any.
func countActors(r queries.Reader, f queries.Filter, typed string) ([]countedActor, error) {
	tallies, err := tallyActors(r, f.EachTie())
	if err != nil {
		return nil, err
	}
	ofEvents := f
	ofEvents.Type, ofEvents.Country = "", ""
	active := narrows(ofEvents)
	list := []countedActor{}
	for a, err := range r.Actors() {
		if err != nil {
			return nil, err
		}
		counted := countedActor{Actor: a}
		if tally := tallies[a.ID]; tally != nil {
			counted.Counts = tally.Counts()
		}
		if f.Lists(a) && f.Enough(counted.Counts) && (counted.Events > 0 || !active) && goesBy(a, typed) {
			list = append(list, counted)
		}
	}
	slices.SortStableFunc(list, func(a, b countedActor) int {
		return cmp.Or(cmp.Compare(b.Events, a.Events), cmp.Compare(b.Counts.Mentions, a.Counts.Mentions))
	})
	return list, nil
}

// tallyActors counts the events of each actor.
func tallyActors(r queries.Reader, f queries.Filter) (map[graph.ActorID]*graph.Tally, error) {
	tallies := map[graph.ActorID]*graph.Tally{}
	for event, err := range f.Events(r) {
		if err != nil {
			return nil, err
		}
		for _, id := range slices.Compact([]graph.ActorID{event.Source.ID, event.Target.ID}) {
			if tallies[id] == nil {
				tallies[id] = &graph.Tally{}
			}
			tallies[id].Add(&event)
		}
	}
	return tallies, nil
}

// goesBy reports whether each of the words typed begins a word of one of the
// actor's names.
func goesBy(a graph.Actor, typed string) bool {
	words := strings.Fields(graph.Fold(typed))
	return slices.ContainsFunc(append([]string{a.Name}, a.Mentions...), func(name string) bool {
		of := strings.Fields(graph.Fold(name))
		return !slices.ContainsFunc(words, func(w string) bool {
			return !slices.ContainsFunc(of, func(word string) bool { return strings.HasPrefix(word, w) })
		})
	})
}
