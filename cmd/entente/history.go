package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"entente/graph"
	"entente/store"
)

// judgedOf returns the judgements of a store, and what they say.
func judgedOf(st *store.Store) ([]graph.Judgement, *graph.Judged, error) {
	var log []graph.Judgement
	for j, err := range st.Judgements() {
		if err != nil {
			return nil, nil, err
		}
		log = append(log, j)
	}
	return log, graph.NewJudged(log), nil
}

func actorUndoCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "undo",
		Usage: "take back a judgement",
		Description: `entente actor undo          # the last that holds
entente actor undo 3
entente actor history       # shows the numbers

Undoing an undo brings back what it took back.`,
		ArgsUsage: "[NUMBER] [OPTIONS]",
		Flags:     judgingFlags(),
		Action: func(c *cli.Context) error {
			if err := arguments(c, 0, 1, "the NUMBER of a judgement, or nothing for the last"); err != nil {
				return err
			}
			o, err := judgingOf(c)
			if err != nil {
				return err
			}
			number := 0
			if typed := c.Args().First(); typed != "" {
				if number, err = strconv.Atoi(typed); err != nil || number < 1 {
					return usagef("%q is not the number of a judgement: entente actor history shows them", typed)
				}
			}
			return runJudging(o, false, e, func(st *store.Store) (graph.Judgement, error) {
				if number == 0 {
					if number, err = lastThatHolds(st); err != nil {
						return graph.Judgement{}, err
					}
				}
				return graph.Judgement{Kind: graph.JudgeUndo, Undoes: number}, nil
			})
		},
	}
}

// lastThatHolds returns the number of the last judgement that holds and is no undo,
// so that one undo after the other goes back in the log.
func lastThatHolds(st *store.Store) (int, error) {
	log, judged, err := judgedOf(st)
	for _, j := range slices.Backward(log) {
		if j.Kind != graph.JudgeUndo && judged.Standing(j.Seq).Holds() {
			return j.Seq, err
		}
	}
	if err == nil {
		err = fmt.Errorf("no judgement holds that could be undone: %w", graph.ErrNotFound)
	}
	return 0, err
}

func actorHistoryCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "history",
		Usage: "what was judged: when, by whom, why, and whether it holds",
		Description: `entente actor history
entente actor history macron
entente actor history --json`,
		ArgsUsage: "[ACTOR] [OPTIONS]",
		Flags:     readFlags(dictFlag()),
		Action: func(c *cli.Context) error {
			o, err := readingOf(c)
			if err != nil {
				return err
			}
			return runActorHistory(o, strings.Join(c.Args().Slice(), " "), e)
		},
	}
}

// historyAnswer is the JSON document of entente actor history.
type historyAnswer struct {
	Judgements []judgementEntry `json:"judgements"`
}

// judgementEntry is a judgement and how it stands.
type judgementEntry struct {
	graph.Judgement
	Holds     bool `json:"holds"`
	UndoneBy  int  `json:"undone_by,omitempty"`
	BlockedBy int  `json:"blocked_by,omitempty"`
}

func newJudgementEntry(judged *graph.Judged, j graph.Judgement) judgementEntry {
	s := judged.Standing(j.Seq)
	return judgementEntry{j, s.Holds(), s.UndoneBy, s.BlockedBy}
}

// standing says how the judgement stands.
func (j *judgementEntry) standing() string {
	switch {
	case j.UndoneBy != 0:
		return fmt.Sprintf("undone by %d", j.UndoneBy)
	case j.BlockedBy != 0:
		return fmt.Sprintf("blocked by %d", j.BlockedBy)
	}
	return "holds"
}

func runActorHistory(o reading, typed string, e *env) error {
	return e.withStore(o, func(st *store.Store) error {
		log, judged, err := judgedOf(st)
		if err != nil {
			return err
		}
		shown := log
		if typed != "" {
			actor, err := e.findActor(st, o.Dicts, typed)
			if err != nil {
				return err
			}
			shown = judgementsAbout(log, judged, actor.ID)
		}
		if len(shown) == 0 && !o.JSON {
			e.warnf("nothing is judged")
			return nil
		}
		answer := historyAnswer{[]judgementEntry{}}
		for _, j := range shown {
			answer.Judgements = append(answer.Judgements, newJudgementEntry(judged, j))
		}
		return e.print(o.output, answer, func(s *screen) { s.history(&answer) })
	})
}

// judgementsAbout returns those that are about an actor or one that is one with it,
// and those that undo them.
func judgementsAbout(log []graph.Judgement, judged *graph.Judged, id graph.ActorID) (list []graph.Judgement) {
	members := []graph.ActorID{id}
	if a := judged.Of(id); a != nil {
		members = a.Members
	}
	is := make([]bool, len(log)+1) // by number
	for _, j := range log {
		is[j.Seq] = is[j.Undoes] || slices.ContainsFunc(j.Actors, func(a graph.ActorID) bool { return slices.Contains(members, a) })
		if is[j.Seq] {
			list = append(list, j)
		}
	}
	return list
}

func (s *screen) history(a *historyAnswer) {
	rows := [][]string{{"", "when", "who", "what", "why", "stands"}}
	for _, j := range a.Judgements {
		rows = append(rows, []string{strconv.Itoa(j.Seq), j.When, j.Who, judgementWords(j.Judgement), j.Why, j.standing()})
	}
	s.table(rows, 0)
}

// judgementWords is a judgement as it was typed, with ids for names.
func judgementWords(j graph.Judgement) string {
	words := []string{string(j.Kind)}
	for _, id := range j.Actors {
		words = append(words, string(id))
	}
	if j.Name != "" {
		words = append(words, strconv.Quote(j.Name))
	}
	if j.Type != "" {
		words = append(words, string(j.Type))
	}
	if j.Country != "" {
		words = append(words, j.Country)
	}
	if j.Undoes != 0 {
		words = append(words, strconv.Itoa(j.Undoes))
	}
	return strings.Join(words, " ")
}

// judgedCard is what a card tells of judgements about its actor, apart from what the
// articles say.
type judgedCard struct {
	MergedFrom []graph.ActorID `json:"merged_from"` // the other actors that it is
	Aliases    []string        `json:"aliases"`
	Type       graph.ActorType `json:"type,omitempty"`
	Country    string          `json:"country,omitempty"`
	NotOneWith []graph.ActorID `json:"not_one_with"`
}

// newJudgedCard returns nil where nothing is judged of the actor.
func newJudgedCard(log []graph.Judgement, judged *graph.Judged, id graph.ActorID) *judgedCard {
	a := judged.Of(id)
	if a == nil {
		return nil
	}
	c := &judgedCard{append([]graph.ActorID{}, a.Members[1:]...), append([]string{}, a.Aliases...), a.Type, a.Country, []graph.ActorID{}}
	for _, number := range a.Splits {
		for _, other := range log[number-1].Actors {
			if kept := judged.Canonical(other); kept != a.ID && !slices.Contains(c.NotOneWith, kept) {
				c.NotOneWith = append(c.NotOneWith, kept)
			}
		}
	}
	slices.Sort(c.NotOneWith)
	return c
}

func (c *judgedCard) String() string {
	var parts []string
	if len(c.MergedFrom) > 0 {
		parts = append(parts, "merged from "+join(c.MergedFrom))
	}
	if len(c.Aliases) > 0 {
		parts = append(parts, "also "+join(c.Aliases))
	}
	if what := retyped(c.Type, c.Country); what != "" {
		parts = append(parts, what)
	}
	if len(c.NotOneWith) > 0 {
		parts = append(parts, "not one with "+join(c.NotOneWith))
	}
	return strings.Join(parts, "; ")
}
