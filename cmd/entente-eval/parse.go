package main

import (
	"fmt"
	"io"

	"github.com/urfave/cli/v2"

	"entente/internal/conllu"
	"entente/internal/eval"
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
		Name:      "parse",
		Usage:     "score dependency trees against a treebank, by the measures of the CoNLL 2018 shared task",
		ArgsUsage: "GOLD.conllu[.gz] SYSTEM.conllu[.gz]",
		Action: func(c *cli.Context) error {
			if c.NArg() != 2 {
				return fmt.Errorf("%w: want GOLD.conllu and SYSTEM.conllu, got %d arguments", errUsage, c.NArg())
			}
			gold, err := conllu.ReadFile(c.Args().Get(0))
			if err != nil {
				return err
			}
			system, err := conllu.ReadFile(c.Args().Get(1))
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
