package main

import (
	"context"
	"fmt"
	"strconv"

	"github.com/urfave/cli/v2"

	"entente/queries"
)

// balanceOptions say how to look for friends and foes.
type balanceOptions struct {
	readingFilter
	Members  int
	Weighted bool
	Seed     uint64
}

func balanceCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "balance",
		Usage: "which camps there are, and where friends of friends are foes",
		Description: `entente balance
entente balance --since 2024 --min-events 3
entente balance --weighted --json

A tie with more cooperation than conflict is positive, with less negative. A triad
with one or three negative ties is unbalanced. The camps leave few ties strained,
perhaps not the fewest. CSV and the like have the unbalanced triads.`,
		ArgsUsage: "[OPTIONS]",
		Flags: eventFlags(screenful, "triads, strained ties and parts", statesFlag(), membersFlag(),
			&cli.BoolFlag{Name: "weighted", Usage: "camps weigh ties by how much one kind of events prevails rather than alike"},
			seedFlag("of the search for camps"),
		),
		Action: func(c *cli.Context) error {
			if err := arguments(c, 0, 0, "no arguments"); err != nil {
				return err
			}
			o := balanceOptions{Weighted: c.Bool("weighted"), Seed: c.Uint64("seed")}
			var err error
			if o.readingFilter, err = readingFilterOf(c, screenful); err != nil {
				return err
			}
			if o.Members, err = membersOf(c, o.output); err != nil {
				return err
			}
			return runBalance(c.Context, o, e)
		},
	}
}

func runBalance(_ context.Context, o balanceOptions, e *env) error {
	return e.withGraph(o.reading, func(r graphReader) error {
		f, err := o.on(r)
		if err != nil {
			return err
		}
		found, err := queries.FindBalance(r, queries.BalanceOptions{Filter: f, Weighted: o.Weighted, Seed: o.Seed, Limit: o.Limit, Members: o.Members})
		if err != nil {
			return err
		}
		if found.Signed == 0 && !o.JSON {
			if err := e.nothing(r, f); err != nil {
				return err
			}
		}
		return e.answer(o.output, answer{doc: found, lines: asLines(found.Unbalanced), table: triadTable(&found), text: func(s *screen) { s.balance(&found) }})
	})
}

// triadTable has the triads; ab is what a and b have more of cooperative than of
// conflictual events.
func triadTable(b *queries.Balance) *table {
	t := &table{columns: []column{{"a_id", words}, {"a", words}, {"b_id", words}, {"b", words}, {"c_id", words}, {"c", words},
		{"negative", numbers}, {"strength", numbers}, {"ab", numbers}, {"bc", numbers}, {"ac", numbers}}}
	for _, triad := range b.Unbalanced {
		var row []string
		for _, a := range triad.Actors {
			row = append(row, string(a.ID), a.Name)
		}
		row = append(row, strconv.Itoa(triad.Negative), strconv.Itoa(triad.Strength))
		for _, tie := range triad.Ties {
			row = append(row, strconv.Itoa(tie.Cooperation-tie.Conflict))
		}
		t.rows = append(t.rows, row)
	}
	t.more(len(b.Unbalanced), b.Total)
	return t
}

func (s *screen) balance(b *queries.Balance) {
	s.linef("%s, %d negative", plural(b.Positive, "positive tie"), b.Negative)
	if all := b.Triads[0] + b.Triads[1] + b.Triads[2] + b.Triads[3]; all > 0 {
		s.linef("%s: %.0f%% balanced · %d of friends, %d of two friends and a foe, %d of two friends at odds, %d of foes",
			plural(all, "triad"), 100*b.Balanced, b.Triads[0], b.Triads[2], b.Triads[1], b.Triads[3])
	}
	unit := map[bool]string{false: "ties", true: "events of ties"}[b.Weighted]
	s.linef("camps: %d of %d %s strained", b.Frustrated, b.Signed, unit)
	hidden := false
	for i, p := range b.Parts {
		s.linef("")
		s.linef("%s", s.paint(bold, fmt.Sprintf("Part %d: %s", i+1, plural(p.Size, "actor"))))
		for _, camp := range p.Camps {
			if camp.Size > 0 {
				s.linef("  camp of %d: %s", camp.Size, s.cut(14, membersLine(camp.Members, camp.Size)))
			}
			hidden = hidden || len(camp.Members) < camp.Size
		}
	}
	s.note(moreNote(len(b.Parts), b.PartTotal))
	s.note(hiddenMembers(hidden))
	if b.StrainedTotal > 0 {
		s.linef("")
		s.linef("%s", s.paint(bold, plural(b.StrainedTotal, "strained tie")))
		s.signedTies(b.Strained)
		s.note(moreNote(len(b.Strained), b.StrainedTotal))
	}
	if b.Total > 0 {
		s.linef("")
		s.linef("%s", s.paint(bold, plural(b.Total, "unbalanced triad")))
		for i := range b.Unbalanced {
			s.linef("%2d. %s", i+1, namesLine(b.Unbalanced[i].Actors))
			s.signedTies(b.Unbalanced[i].Ties)
		}
		s.note(moreNote(len(b.Unbalanced), b.Total))
	}
}

// signedTies prints ties with their sign and best sentence.
func (s *screen) signedTies(ties []queries.SignedTie) {
	for i := range ties {
		t := &ties[i]
		sign := s.paint(blue, "+")
		if t.Conflict > t.Cooperation {
			sign = s.paint(red, "-")
		}
		s.linef("    %s %s – %s  %d cooperative, %d conflictual", sign, t.A.Name, t.B.Name, t.Cooperation, t.Conflict)
		s.attest(6, t.Relation.Evidence)
	}
}
