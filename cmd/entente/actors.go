package main

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"entente/graph"
	"entente/store"
)

// actorsOptions say which actors to list.
type actorsOptions struct {
	reading
	Words   string // each must begin a word of one of the actor's names
	Type    graph.ActorType
	Country string
	Limit   int // 0 is all
}

func actorsCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "actors",
		Usage: "list actors, those with the most events first",
		Description: `entente actors --limit 20
entente actors minister --country FRA
entente actors --type armed-group --json`,
		ArgsUsage: "[WORDS] [OPTIONS]",
		Flags: readFlags(
			&cli.StringFlag{Name: "type", Usage: "`TYPE` of actor: " + join(graph.ActorTypes)},
			&cli.StringFlag{Name: "country", Usage: "ISO alpha-3 `CODE` of its state (FRA)"},
			&cli.IntFlag{Name: "limit", Usage: "at most `N` actors; 0 is all"},
			rawFlag(),
		),
		Action: func(c *cli.Context) error {
			o := actorsOptions{Words: strings.Join(c.Args().Slice(), " "),
				Type: graph.ActorType(c.String("type")), Country: strings.ToUpper(c.String("country"))}
			var err error
			if o.reading, err = readingOf(c); err != nil {
				return err
			}
			if err := oneOf("type", o.Type, graph.ActorTypes...); err != nil {
				return err
			}
			if o.Limit, err = countOf(c, "limit"); err != nil {
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
	Actors []countedActor `json:"actors"`
}

// countedActor is an actor with the numbers of its asserted events.
type countedActor struct {
	Actor graph.Actor `json:"actor"`
	graph.Counts
}

func runActors(_ context.Context, o actorsOptions, e *env) error {
	return e.withStore(o.reading, func(st *store.Store) error {
		list, err := countActors(st, o)
		if err != nil {
			return err
		}
		if len(list) == 0 && !o.JSON {
			e.warnf("no actor matches")
			return nil
		}
		return e.print(o.output, actorsAnswer{list}, func(s *screen) {
			rows := [][]string{{"events", "mentions", "first", "last", "type", "name", "id"}}
			for _, a := range list {
				rows = append(rows, []string{strconv.Itoa(a.Events), strconv.Itoa(a.Counts.Mentions),
					string(a.First), string(a.Last), kind(a.Actor), a.Actor.Name, string(a.Actor.ID)})
			}
			s.table(rows, 0, 1)
		})
	})
}

// countActors returns the actors that o lets through, the most events first.
func countActors(st *store.Store, o actorsOptions) ([]countedActor, error) {
	tallies := map[graph.ActorID]*graph.Tally{}
	add := func(id graph.ActorID, event *graph.Event) {
		if tallies[id] == nil {
			tallies[id] = &graph.Tally{}
		}
		tallies[id].Add(event)
	}
	for event, err := range st.Events() {
		if err != nil {
			return nil, err
		}
		if event.Status != graph.Asserted {
			continue
		}
		add(event.Source.ID, &event)
		if event.Target.ID != event.Source.ID {
			add(event.Target.ID, &event)
		}
	}
	list := []countedActor{}
	for a, err := range st.Actors() {
		if err != nil {
			return nil, err
		}
		if !o.lets(a) {
			continue
		}
		counted := countedActor{Actor: a}
		if tally := tallies[a.ID]; tally != nil {
			counted.Counts = tally.Counts()
		}
		list = append(list, counted)
	}
	slices.SortStableFunc(list, func(a, b countedActor) int {
		return cmp.Or(cmp.Compare(b.Events, a.Events), cmp.Compare(b.Counts.Mentions, a.Counts.Mentions))
	})
	if o.Limit > 0 && o.Limit < len(list) {
		list = list[:o.Limit]
	}
	return list, nil
}

// lets reports whether o lets a through.
func (o actorsOptions) lets(a graph.Actor) bool {
	if o.Type != "" && a.Type != o.Type || o.Country != "" && a.Country != o.Country {
		return false
	}
	words := strings.Fields(graph.Fold(o.Words))
	return slices.ContainsFunc(append([]string{a.Name}, a.Mentions...), func(name string) bool {
		of := strings.Fields(graph.Fold(name))
		return !slices.ContainsFunc(words, func(w string) bool {
			return !slices.ContainsFunc(of, func(word string) bool { return strings.HasPrefix(word, w) })
		})
	})
}
