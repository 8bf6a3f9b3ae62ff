package main

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"entente/queries"
)

// brokersOptions say between whom to look.
type brokersOptions struct {
	readingFilter
	A, B []string // actors as people type them, or country:CODE
}

// countryPrefix begins an argument that stands for all actors of a state.
const countryPrefix = "country:"

func brokersCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "brokers",
		Usage: "over whom two actors or blocs are connected, apart from direct ties",
		Description: `entente brokers iran israel
entente brokers country:RUS country:UKR --since 2024
entente brokers france germany --and russia --and belarus --json

A bloc is any number of actors, or country:CODE, all that belong to a state; the
other bloc is named with --and, once for each. An actor scores by the pairs, one
of each bloc, whose shortest paths run through it.`,
		ArgsUsage: "A B | A… --and B… [OPTIONS]",
		Flags: eventFlags(screenful, "brokers", statesFlag(), dictFlag(),
			&cli.StringSliceFlag{Name: "and", Usage: "an `ACTOR` of the other bloc, or country:CODE; may be repeated"}),
		Action: func(c *cli.Context) error {
			var o brokersOptions
			o.A, o.B = c.Args().Slice(), c.StringSlice("and")
			if len(o.B) == 0 {
				if err := arguments(c, 2, 2, "two actors, names of several words in quotes, or one bloc and --and for the other"); err != nil {
					return err
				}
				o.A, o.B = o.A[:1], o.A[1:]
			}
			if err := arguments(c, 1, -1, "the actors of one bloc before --and"); err != nil {
				return err
			}
			var err error
			if o.readingFilter, err = readingFilterOf(c, screenful); err != nil {
				return err
			}
			return runBrokers(c.Context, o, e)
		},
	}
}

// bloc finds the actors that arguments name.
func (e *env) bloc(r queries.Reader, dicts, typed []string) (b queries.Bloc, err error) {
	var actors []string
	for _, t := range typed {
		code, ok := strings.CutPrefix(t, countryPrefix)
		switch {
		case !ok:
			actors = append(actors, t)
		case len(code) != 3:
			return b, usagef("%q is not the ISO alpha-3 code of a state, as in country:FRA", t)
		default:
			b.Countries = append(b.Countries, strings.ToUpper(code))
		}
	}
	b.Actors, err = e.idsOf(r, dicts, actors)
	return b, err
}

func runBrokers(_ context.Context, o brokersOptions, e *env) error {
	return e.withGraph(o.reading, func(r graphReader) error {
		a, err := e.bloc(r, o.Dicts, o.A)
		if err != nil {
			return err
		}
		b, err := e.bloc(r, o.Dicts, o.B)
		if err != nil {
			return err
		}
		f, err := o.on(r)
		if err != nil {
			return err
		}
		found, err := queries.FindBrokers(r, a, b, f, o.Limit)
		if errors.Is(err, queries.ErrSameSide) {
			return usagef("%v", err)
		}
		if err != nil {
			return err
		}
		if found.Total == 0 && !o.JSON {
			e.noBroker(&found)
		}
		t := brokerTable(&found)
		return e.answer(o.output, answer{doc: found, lines: asLines(found.Brokers), table: t, text: func(s *screen) {
			s.brokers(&found)
			s.notes(t)
		}})
	})
}

// noBroker says why nobody is a broker.
func (e *env) noBroker(b *queries.Brokers) {
	if len(b.A) == 0 || len(b.B) == 0 {
		e.warnf("one of the blocs has no event with anybody that counts")
		return
	}
	e.warnf("no path leads from the one to the other over others")
}

func brokerTable(b *queries.Brokers) *table {
	t := &table{columns: append(append([]column{{"rank", numbers}, {"score", numbers}, {"share", numbers}, {"bloc", words}}, memberColumns...),
		column{"with_a_id", words}, column{"with_a", words}, column{"with_b_id", words}, column{"with_b", words})}
	for i := range b.Brokers {
		m := &b.Brokers[i]
		row := append([]string{strconv.Itoa(i + 1), strconv.FormatFloat(m.Score, 'g', 4, 64), decimal(m.Share), m.Bloc}, memberCells(&m.Member)...)
		for _, h := range []*queries.Hop{m.WithA, m.WithB} {
			if h == nil {
				row = append(row, "", "")
			} else {
				row = append(row, string(h.To.ID), h.To.Name)
			}
		}
		t.rows = append(t.rows, row)
	}
	t.more(len(b.Brokers), b.Total)
	return t
}

func (s *screen) brokers(b *queries.Brokers) {
	s.linef("%s", s.paint(bold, "Between "+namesLine(b.A)))
	s.linef("%s", s.paint(bold, "    and "+namesLine(b.B)))
	s.linef("%s connected over others; %s left out", plural(b.Pairs, "pair"), plural(b.Direct, "direct event"))
	for i := range b.Brokers {
		m := &b.Brokers[i]
		of := ""
		if m.Bloc != "" {
			of = ", of one of the blocs"
		}
		s.linef("")
		s.linef("%2d. %s  %s%s  %.0f%% of the pairs", i+1, s.paint(bold, m.Actor.Name), s.paint(faint, string(m.Type)), of, 100*m.Share)
		s.tie(4, m.WithA)
		s.tie(4, m.WithB)
	}
}
