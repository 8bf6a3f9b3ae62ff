package main

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"entente/graph"
	"entente/store"
)

// judging is what the commands that judge have in common.
type judging struct {
	reading
	Who, Why string
	DryRun   bool
}

// judgingFlags are the flags of a command that judges, before its own.
func judgingFlags(own ...cli.Flag) []cli.Flag {
	return readFlags(append(own,
		&cli.StringFlag{Name: "why", Usage: "the `REASON`, for the history"},
		&cli.StringFlag{Name: "who", Usage: "the `NAME` of whoever judges; default that of the user who is logged in"},
		&cli.BoolFlag{Name: "dry-run", Usage: "say what would be judged, and write nothing"},
		dictFlag(),
	)...)
}

func judgingOf(c *cli.Context) (o judging, err error) {
	o.Who = cmp.Or(c.String("who"), os.Getenv("USER"), os.Getenv("LOGNAME"), "unknown")
	o.Why, o.DryRun = c.String("why"), c.Bool("dry-run")
	o.reading, err = readingOf(c)
	return o, err
}

func actorMergeCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "merge",
		Usage: "judge that several actors are one",
		Description: `entente actor merge person:ganbold-sukhchuluun person:ganbold-sukhchuluunn --why "one spelling off"
entente actor merge "red sail" RSB --dry-run

The first is kept: the others' names, mentions and events count as its own in every
answer. What the articles said stays stored; entente actor undo takes it back.`,
		ArgsUsage: "KEEP OTHER… [OPTIONS]",
		Flags:     judgingFlags(),
		Action: func(c *cli.Context) error {
			if err := arguments(c, 2, -1, "two actors or more, names of several words in quotes"); err != nil {
				return err
			}
			return judgeActors(c, e, graph.JudgeMerge, false)
		},
	}
}

func actorSplitCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "split",
		Usage: "judge that actors are not one",
		Description: `entente actor split person:mng-sukhchuluun person:ganbold-sukhchuluun
entente actor split person:kim-il person:kim-ill person:kim-yl    # no two are one

It blocks the merges that make them one, the last ones first, and later ones. The
actors are named as the articles name them, before any merge.`,
		ArgsUsage: "A B… [OPTIONS]",
		Flags:     judgingFlags(),
		Action: func(c *cli.Context) error {
			if err := arguments(c, 2, -1, "two actors or more, names of several words in quotes"); err != nil {
				return err
			}
			return judgeActors(c, e, graph.JudgeSplit, true)
		},
	}
}

// judgeActors judges of the actors that the arguments name.
func judgeActors(c *cli.Context, e *env, kind graph.JudgementKind, raw bool) error {
	o, err := judgingOf(c)
	if err != nil {
		return err
	}
	return runJudging(o, raw, e, func(st *store.Store) (graph.Judgement, error) {
		typed := c.Args().Slice()
		actors, err := e.findActors(st, o.Dicts, typed...)
		if err != nil {
			return graph.Judgement{}, err
		}
		j := graph.Judgement{Kind: kind}
		for i, a := range actors {
			if at := slices.Index(j.Actors, a.ID); at >= 0 {
				return j, usagef("%q and %q are one already: %s", typed[at], typed[i], a.ID)
			}
			j.Actors = append(j.Actors, a.ID)
		}
		return j, nil
	})
}

func actorAliasCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "alias",
		Usage: "judge that an actor goes by another name",
		Description: `entente actor alias person:yusuf-cadey "the Captain"

The actor is found by the name from then on. Articles are read as before: names for
reading them belong into a dictionary (--dict).`,
		ArgsUsage: "ACTOR NAME [OPTIONS]",
		Flags:     judgingFlags(),
		Action: func(c *cli.Context) error {
			if err := arguments(c, 2, 2, "an actor and a name, each in quotes if it has several words"); err != nil {
				return err
			}
			return judgeActor(c, e, graph.Judgement{Kind: graph.JudgeAlias, Name: c.Args().Get(1)})
		},
	}
}

func actorRetypeCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "retype",
		Usage: "judge what type an actor is of, and of which country",
		Description: `entente actor retype org:red-sail --type armed-group --country SOM
entente actor retype wagner --country RUS`,
		ArgsUsage: "ACTOR --type TYPE|--country CODE [OPTIONS]",
		Flags: judgingFlags(
			&cli.StringFlag{Name: "type", Usage: "`TYPE` of actor: " + join(graph.ActorTypes)},
			&cli.StringFlag{Name: "country", Usage: "ISO alpha-3 `CODE` of its state (FRA)"},
		),
		Action: func(c *cli.Context) error {
			if err := arguments(c, 1, 1, "an actor, in quotes if it has several words"); err != nil {
				return err
			}
			j := graph.Judgement{Kind: graph.JudgeRetype, Type: graph.ActorType(c.String("type")), Country: strings.ToUpper(c.String("country"))}
			if j.Type == "" && j.Country == "" {
				return usagef("say what the actor is: --type, --country or both")
			}
			if err := oneOf("type", j.Type, graph.ActorTypes...); err != nil {
				return err
			}
			return judgeActor(c, e, j)
		},
	}
}

// judgeActor judges of the actor that the first argument names.
func judgeActor(c *cli.Context, e *env, j graph.Judgement) error {
	o, err := judgingOf(c)
	if err != nil {
		return err
	}
	return runJudging(o, false, e, func(st *store.Store) (graph.Judgement, error) {
		a, err := e.findActor(st, o.Dicts, c.Args().First())
		j.Actors = []graph.ActorID{a.ID}
		return j, err
	})
}

// judgingAnswer is the JSON document of a command that judges.
type judgingAnswer struct {
	judgementEntry
	DryRun  bool             `json:"dry_run"` // nothing is written
	Changes []judgementEntry `json:"changes"` // the earlier ones that stand otherwise now
}

// runJudging judges as decide says, and prints what that does. Raw is what decide
// sees of the store.
func runJudging(o judging, raw bool, e *env, decide func(*store.Store) (graph.Judgement, error)) error {
	return e.withStoreAs(o.DB, store.Options{ReadOnly: o.DryRun, Raw: raw}, func(st *store.Store) error {
		j, err := decide(st)
		if err != nil {
			return err
		}
		j.Who, j.Why, j.When = o.Who, o.Why, time.Now().UTC().Format(graph.JudgementTime)
		if err := j.Validate(); err != nil {
			return usagef("%v", err)
		}
		log, before, err := judgedOf(st)
		if err != nil {
			return err
		}
		what, err := tell(st, log, j) // with the numbers before it
		if err != nil {
			return err
		}
		put := st.Judge
		if o.DryRun {
			put = st.CheckJudgement
		}
		if j, err = put(j); err != nil {
			return err
		}
		log = append(log, j)
		now := graph.NewJudged(log)
		answer := judgingAnswer{newJudgementEntry(now, j), o.DryRun, changes(log, before, now)}
		return e.print(o.output, answer, func(s *screen) { s.judging(&answer, what) })
	})
}

// changes returns the judgements that stand otherwise now than they did before.
func changes(log []graph.Judgement, before, now *graph.Judged) []judgementEntry {
	list := []judgementEntry{}
	for _, j := range log {
		if before.Standing(j.Seq) != now.Standing(j.Seq) {
			list = append(list, newJudgementEntry(now, j))
		}
	}
	return list
}

func (s *screen) judging(a *judgingAnswer, what string) {
	for _, j := range a.Changes {
		if j.Seq != a.Undoes {
			what += fmt.Sprintf("; %d %s", j.Seq, j.standing())
		}
	}
	if a.DryRun {
		s.linef("would be judgement %d: %s", a.Seq, what)
		return
	}
	s.linef("judgement %d: %s; to take it back: entente actor undo %[1]d", a.Seq, what)
}

// tell says in words what a judgement that is not yet in the log does.
func tell(st *store.Store, log []graph.Judgement, j graph.Judgement) (string, error) {
	if j.Kind == graph.JudgeUndo {
		if j.Undoes > len(log) {
			return "", nil // the store says so
		}
		return fmt.Sprintf("takes back %d, %s", j.Undoes, oneLine(judgementWords(log[j.Undoes-1]))), nil
	}
	var actors []string
	for _, id := range j.Actors {
		a, err := st.Actor(id)
		if err != nil {
			return "", err
		}
		text := fmt.Sprintf("%s (%s", oneLine(a.Name), oneLine(string(a.ID)))
		if j.Kind == graph.JudgeMerge {
			n, err := assertedEvents(st, a.ID)
			if err != nil {
				return "", err
			}
			text += ", " + plural(n, "event")
		}
		actors = append(actors, text+")")
	}
	switch j.Kind {
	case graph.JudgeMerge:
		return actors[0] + " is also " + strings.Join(actors[1:], ", "), nil
	case graph.JudgeSplit:
		return strings.Join(actors, ", ") + " are not one", nil
	case graph.JudgeAlias:
		return fmt.Sprintf("%s goes by %q", actors[0], j.Name), nil
	}
	return fmt.Sprintf("%s is %s", actors[0], retyped(j.Type, j.Country)), nil
}

// retyped says what a retype gives.
func retyped(t graph.ActorType, country string) string {
	var parts []string
	if t != "" {
		parts = append(parts, "of type "+string(t))
	}
	if country != "" {
		parts = append(parts, "of "+country)
	}
	return strings.Join(parts, ", ")
}

// assertedEvents returns the number of an actor's distinct asserted events.
func assertedEvents(st *store.Store, id graph.ActorID) (int, error) {
	var tally graph.Tally
	for event, err := range st.EventsOf(id) {
		if err != nil {
			return 0, err
		}
		if event.Status == graph.Asserted {
			tally.Add(&event)
		}
	}
	return tally.Counts().Events, nil
}
