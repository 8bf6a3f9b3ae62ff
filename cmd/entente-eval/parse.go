package main

import (
	"fmt"
	"io"

	"github.com/urfave/cli/v2"

	"entente/extract"
	"entente/internal/conllu"
	"entente/internal/eval"
	"entente/internal/trees"
)

// writeParse prints a line a measure.
func writeParse(w io.Writer, s eval.ParseScore) error {
	rows := []struct {
		name  string
		score eval.PRF
	}{
		{"tokens", s.Tokens}, {"sentences", s.Sentences}, {"words", s.Words}, {"UPOS", s.UPOS}, {"XPOS", s.XPOS},
		{"feats", s.Feats}, {"lemmas", s.Lemmas}, {"UAS", s.UAS}, {"LAS", s.LAS}, {"LAS with subtypes", s.LASFull},
	}
	if _, err := fmt.Fprintf(w, "%-18s %6s %6s %6s\n", "", "P", "R", "F1"); err != nil {
		return err
	}
	for _, r := range rows {
		if _, err := fmt.Fprintf(w, "%-18s %6.4f %6.4f %6.4f\n", r.name, r.score.Precision, r.score.Recall, r.score.F1); err != nil {
			return err
		}
	}
	return nil
}

func parseCommand(stdout io.Writer) *cli.Command {
	return &cli.Command{
		Name:  "parse",
		Usage: "score dependency trees against a treebank, by the measures of the CoNLL 2018 shared task",
		Description: `entente-eval parse gold.conllu system.conllu   what some parser made of the text
entente-eval parse gold.conllu                 our parser reads the raw text itself
entente-eval parse gold.conllu --words         the words and sentences are given`,
		ArgsUsage: "GOLD.conllu[.gz] [SYSTEM.conllu[.gz]] [OPTIONS]",
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "words", Usage: "give our parser the words and sentences of GOLD"},
			&cli.BoolFlag{Name: "fast", Usage: "our parser is the fast one"},
		},
		Action: func(c *cli.Context) error {
			if n := c.NArg(); n != 1 && n != 2 {
				return fmt.Errorf("%w: want GOLD.conllu, and SYSTEM.conllu if it is not our parser that is scored; got %d arguments", errUsage, n)
			}
			gold, err := conllu.ReadFile(c.Args().Get(0))
			if err != nil {
				return err
			}
			system, err := parsed(c, gold)
			if err != nil {
				return err
			}
			score, err := eval.Parse(gold, system)
			if err != nil {
				return err
			}
			return writeParse(stdout, score)
		},
	}
}

// parsed returns the trees to score: those of the second file, or our own.
func parsed(c *cli.Context, gold []conllu.Sentence) ([]conllu.Sentence, error) {
	if c.NArg() == 2 {
		if c.Bool("words") || c.Bool("fast") {
			return nil, fmt.Errorf("%w: --words and --fast are for our parser, which does not run where SYSTEM.conllu is given", errUsage)
		}
		return conllu.ReadFile(c.Args().Get(1))
	}
	parser, err := extract.NewParser(c.Bool("fast"))
	if err != nil {
		return nil, err
	}
	var system []conllu.Sentence
	for start := 0; start < len(gold); {
		end := start + 1
		for end < len(gold) && !trees.Opens(&gold[end]) {
			end++
		}
		if c.Bool("words") {
			system = append(system, trees.Reparse(parser, gold[start:end])...)
		} else {
			system = append(system, trees.OfDocument(parser.Parse(trees.Text(gold[start:end])), fmt.Sprint(start))...)
		}
		start = end
	}
	return system, nil
}
