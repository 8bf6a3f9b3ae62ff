package main

import (
	"context"
	"io"
	"iter"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"entente/extract"
	"entente/extract/ingest"
	"entente/graph"
	"entente/internal/conllu"
	"entente/internal/trees"
)

// parseOptions say what to parse.
type parseOptions struct {
	Paths []string
	Input string // one of parseInputs, or "" for the first
	Fast  bool   // by the fast model
}

// What parse reads: articles, or sentences whose words are given.
const (
	inputArticles = "articles"
	inputConllu   = "conllu"
)

var parseInputs = []string{inputArticles, inputConllu}

func parseCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "parse",
		Usage: "print words, lemmas, tags, names and dependency trees of articles as CoNLL-U",
		Description: `entente parse article.txt
echo "Macron condemned Russia's tone." | entente parse -
entente parse --input conllu treebank.conllu.gz

Columns are those of Universal Dependencies. MISC has SpaceAfter=No and, for
names, Entity=B-PER and the like.

With --input conllu the words are those of a CoNLL-U file, as are its
sentences, comments, ranges (3-4) and MISC but for Entity; LEMMA, UPOS, XPOS,
FEATS, HEAD, DEPREL and Entity are new. Empty nodes (8.1) and DEPS, which
belong to the old trees, are left out.`,
		ArgsUsage: "FILE…|FOLDER…|- [OPTIONS]",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "input", Value: parseInputs[0], Usage: "what the files hold, `WHAT`: " + strings.Join(parseInputs, " or ")},
			fastFlag(),
		},
		Action: func(c *cli.Context) error {
			if err := arguments(c, 1, -1, `files or folders, or "-"`); err != nil {
				return err
			}
			o := parseOptions{Paths: c.Args().Slice(), Input: c.String("input"), Fast: c.Bool("fast")}
			if err := oneOf("input", o.Input, parseInputs...); err != nil {
				return err
			}
			ctx, stop := untilInterrupted(c.Context)
			defer stop()
			return runParse(ctx, o, e)
		},
	}
}

func runParse(ctx context.Context, o parseOptions, e *env) error {
	parser, err := extract.NewParser(o.Fast)
	if err != nil {
		return err
	}
	parsed := parseArticles(parser, o.Paths, e.stdin)
	if o.Input == inputConllu {
		parsed = parseConllu(parser, o.Paths, e.stdin)
	}
	skips := 0
	for sentences, err := range parsed {
		if ctx.Err() != nil {
			return &interrupted{"interrupted: what was printed is complete up to here"}
		}
		if err != nil {
			e.warnf("%v", err)
			skips++
			continue
		}
		if err := conllu.Write(e.stdout, sentences); err != nil {
			return err
		}
	}
	if skips > 0 {
		return skipped(skips)
	}
	return nil
}

// parseArticles yields the sentences of each article.
func parseArticles(parser *extract.Parser, paths []string, stdin io.Reader) iter.Seq2[[]conllu.Sentence, error] {
	return func(yield func([]conllu.Sentence, error) bool) {
		for a, err := range ingest.Open(paths, ingest.Options{Stdin: stdin, AnyLanguage: true}) {
			var sentences []conllu.Sentence
			if err == nil {
				sentences = trees.OfDocument(parser.Parse(a.Body), idOf(&a))
			}
			if !yield(sentences, err) {
				return
			}
		}
	}
}

// idOf returns the article's id on one line, as a CoNLL-U comment wants it.
func idOf(a *graph.Article) string {
	if q := strconv.Quote(a.ID); len(q) != len(a.ID)+2 {
		return q
	}
	return a.ID
}
