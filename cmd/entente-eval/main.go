// Command entente-eval scores extraction against articles annotated by hand.
//
// Exit codes: 0 done, 1 failure, 2 wrong usage. docs/evaluation.md explains
// the numbers.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/urfave/cli/v2"

	"entente/internal/cliargs"
	"entente/internal/eval"
)

func main() { os.Exit(run(os.Args, os.Stdin, os.Stdout, os.Stderr)) }

// Exit codes.
const (
	exitDone    = 0
	exitFailure = 1
	exitUsage   = 2
)

// errUsage marks a command line that cannot be understood.
var errUsage = errors.New("usage")

const description = `EXAMPLES:
   entente-eval gold/                          what the extractor makes of gold/
   entente-eval gold/ predictions.jsonl        what another run, or system, made
   entente extract gold/*.json | entente-eval gold/ - --verbose
   entente-eval parse gold.conllu [system.conllu]   trees, not events

GOLD_DIR holds annotated articles, a *.json file each. PREDICTIONS.jsonl has
the lines that "entente extract" prints; "-" is the standard input. Without it
the extractor itself reads the gold articles.

EXIT CODES: 0 done, 1 failure, 2 wrong usage`

// run is the program; args[0] is its name.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	app := newApp(stdin, stdout, stderr)
	if len(args) > 1 {
		args = cliargs.PermuteApp(app, args)
	}
	err := app.Run(args)
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errUsage):
		fmt.Fprintf(stderr, "entente-eval: %v (see entente-eval --help)\n", err)
		return exitUsage
	default:
		fmt.Fprintf(stderr, "entente-eval: %v\n", err)
		return exitFailure
	}
}

func newApp(stdin io.Reader, stdout, stderr io.Writer) *cli.App {
	return &cli.App{
		Name:            "entente-eval",
		Usage:           "score extraction against articles annotated by hand",
		UsageText:       "entente-eval [--verbose | --json] GOLD_DIR [PREDICTIONS.jsonl]",
		Description:     description,
		HideVersion:     true,
		HideHelpCommand: true,
		Reader:          stdin,
		Writer:          stdout,
		ErrWriter:       stderr,
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "verbose", Aliases: []string{"v"}, Usage: "list what each article misses and its false alarms"},
			&cli.StringFlag{Name: "engine", Usage: "linguistic engine of the extractor, `NAME`: neural (the default), fast or prose"},
			&cli.BoolFlag{Name: "fast", Usage: "short for --engine fast"},
			&cli.BoolFlag{Name: "json", Usage: "print one JSON object, the scores of each article included"},
		},
		OnUsageError: func(_ *cli.Context, err error, _ bool) error {
			return fmt.Errorf("%w: %w", errUsage, err)
		},
		ExitErrHandler: func(*cli.Context, error) {}, // run maps errors to exit codes
		Commands:       []*cli.Command{parseCommand(stdout)},
		Action:         score,
	}
}

func score(c *cli.Context) error {
	if n := c.NArg(); n < 1 || n > 2 {
		return fmt.Errorf("%w: want GOLD_DIR and at most one file of predictions, got %d arguments", errUsage, n)
	}
	verbose, asJSON := c.Bool("verbose"), c.Bool("json")
	if verbose && asJSON {
		return fmt.Errorf("%w: --json holds every article already; leave --verbose out", errUsage)
	}
	golds, err := eval.ReadGold(c.Args().Get(0))
	if err != nil {
		return err
	}
	predictions, err := predict(c, golds)
	if err != nil {
		return err
	}
	result := eval.Score(golds, predictions)
	if asJSON {
		return result.WriteJSON(c.App.Writer)
	}
	return result.WriteText(c.App.Writer, verbose)
}

// predict reads the predictions named on the command line, or makes them.
func predict(c *cli.Context, golds []*eval.Gold) ([]eval.Prediction, error) {
	switch name := c.Args().Get(1); {
	case c.NArg() < 2:
		engine, err := engineOf(c)
		if err != nil {
			return nil, err
		}
		return extracted(golds, engine)
	case name == "-":
		return eval.ReadPredictions(c.App.Reader, "<stdin>")
	default:
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		return eval.ReadPredictions(f, name)
	}
}
