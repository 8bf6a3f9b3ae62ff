package main

import (
	"context"
	"fmt"
	"io"
	"os/signal"
	"strings"
	"sync"
	"syscall"

	"github.com/urfave/cli/v2"

	"entente/extract"
	"entente/internal/cliargs"
)

// env is what commands run in.
type env struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	terminal       terminal // what stdout is
	// pipeline loads the extractor, once.
	pipeline func() (*extract.Pipeline, error)
	// dictionary loads what names mean, with the dictionaries at the paths over it.
	dictionary func(paths []string) (*extract.Dictionary, error)
}

func newEnv(stdin io.Reader, stdout, stderr io.Writer) *env {
	return &env{
		stdin: stdin, stdout: stdout, stderr: stderr, terminal: terminalOf(stdout),
		pipeline:   sync.OnceValues(func() (*extract.Pipeline, error) { return extract.New(extract.Options{}) }),
		dictionary: func(paths []string) (*extract.Dictionary, error) { return extract.LoadDictionary(paths...) },
	}
}

// extractor returns the extractor with the options, the shared one for none.
func (e *env) extractor(o extract.Options) (*extract.Pipeline, error) {
	if (o.Engine == "" || o.Engine == extract.Engines[0]) && o.MinConfidence == 0 && len(o.Dictionaries) == 0 {
		return e.pipeline()
	}
	return extract.New(o)
}

// warnf writes one message to stderr.
func (e *env) warnf(format string, args ...any) {
	fmt.Fprintf(e.stderr, "entente: %s\n", clean(fmt.Sprintf(format, args...)))
}

// run is the program; args[0] is its name. It returns the exit code.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	// A reader that has seen enough (| head) must not kill an ingest half-way:
	// writing then fails with EPIPE, which report knows.
	signal.Ignore(syscall.SIGPIPE)
	e := newEnv(stdin, stdout, stderr)
	return report(stderr, runLine(context.Background(), e, args), wantsJSON(args))
}

// runLine runs one command line in e; args[0] is the program's name.
func runLine(ctx context.Context, e *env, args []string) error {
	app := newApp(e)
	return app.RunContext(ctx, cliargs.PermuteApp(app, args))
}

// wantsJSON reports whether errors are to be told in JSON. It looks at the
// words themselves, since the command line may be what is wrong.
func wantsJSON(args []string) bool {
	for i, a := range args {
		flag, ok := strings.CutPrefix(a, "-")
		if a == "--" {
			return false
		}
		name, value, set := strings.Cut(strings.TrimPrefix(flag, "-"), "=")
		switch {
		case !ok:
		case name == "json":
			return !set || value == "true"
		case name == "format":
			if !set && i+1 < len(args) {
				value = args[i+1]
			}
			return value == "json" || value == "jsonl"
		}
	}
	return false
}

const about = `Start here:
   entente demo                                 try it on sample articles
   entente ingest news/ more.jsonl              read articles into ./entente.db
   entente between macron russia                what passed between two actors
   entente export --format dot | dot -Tsvg > graph.svg
   entente help questions                       which command answers which question`

const exitCodes = `0 done; 1 failure; 2 wrong usage; 3 done, but some inputs were skipped;
   4 not found (unknown or ambiguous actor, no path); 130 interrupted`

const appHelp = `{{.Name}} - {{.Usage}}

{{.Description}}

USAGE:
   {{.Name}} COMMAND [OPTIONS] [ARGUMENTS]      (options may stand anywhere after the command)

COMMANDS:{{range .VisibleCommands}}
   {{join .Names ", "}}{{"\t"}}{{.Usage}}{{end}}

   {{.Name}} COMMAND --help tells more about one of them.

EXIT CODES:
   ` + exitCodes + `
`

const commandHelp = `{{.HelpName}} - {{.Usage}}

EXAMPLES:
{{.Description}}

USAGE:
   {{.HelpName}} {{.ArgsUsage}}
{{if .VisibleCommands}}
COMMANDS:{{range .VisibleCommands}}
   {{join .Names ", "}}{{"\t"}}{{.Usage}}{{end}}
{{end}}
OPTIONS:{{range .VisibleFlags}}
   {{.}}{{end}}

EXIT CODES:
   ` + exitCodes + `
`

func newApp(e *env) *cli.App {
	app := &cli.App{
		Name:                  "entente",
		Usage:                 "a graph of who did what to whom, out of the news",
		Description:           about,
		Version:               thisVersion().Version,
		CustomAppHelpTemplate: appHelp,
		EnableBashCompletion:  true,
		// A comma is a part of a folder's name; flags that take several values are repeated.
		DisableSliceFlagSeparator: true,
		Reader:                    e.stdin,
		Writer:                    e.stdout,
		ErrWriter:                 e.stderr,
		OnUsageError:              usageError,
		ExitErrHandler:            func(*cli.Context, error) {}, // report maps errors to exit codes
		Action: func(c *cli.Context) error {
			if c.NArg() == 0 {
				return cli.ShowAppHelp(c)
			}
			name := c.Args().First()
			return usagef("there is no command %q. %s", name, cli.SuggestCommand(c.App.Commands, name))
		},
		Commands: []*cli.Command{
			demoCommand(e), ingestCommand(e), extractCommand(e), codeCommand(e), parseCommand(e),
			eventsCommand(e), articleCommand(e), actorsCommand(e), actorCommand(e), neighborsCommand(e),
			betweenCommand(e), timelineCommand(e), compareCommand(e), burstsCommand(e), saysCommand(e), disagreeCommand(e),
			pathCommand(e), rankCommand(e), communitiesCommand(e), componentsCommand(e), balanceCommand(e), brokersCommand(e),
			similarCommand(e), reciprocityCommand(e), withoutCommand(e), drawCommand(e), exportCommand(e), reportCommand(e), questionsCommand(e), statsCommand(e), forgetCommand(e), dbCommand(e),
			versionCommand(e), completionCommand(e),
		},
	}
	setUp(app.Commands)
	applyProject(app.Commands)
	return app
}

// setUp gives commands, and theirs, what they all have.
func setUp(commands []*cli.Command) {
	for _, c := range commands {
		if c.CustomHelpTemplate == "" {
			c.CustomHelpTemplate = commandHelp
		}
		c.OnUsageError = usageError
		c.HideHelpCommand = true
		c.Description = indent(c.Description)
		setUp(c.Subcommands)
	}
}

func indent(text string) string {
	return strings.ReplaceAll("   "+strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n   "), "   \n", "\n")
}

// usageError makes a usage error of what cli says about flags.
func usageError(c *cli.Context, err error, _ bool) error {
	if c.Command == nil || c.Command.Name == c.App.Name { // before any command
		return usagef("%v (options come after the command; see %s --help)", err, c.App.Name)
	}
	return usagef("%v (see %s --help)", err, c.Command.HelpName)
}

// arguments returns an error unless there are between least and most of them;
// most below 0 is no limit. want says what they are.
func arguments(c *cli.Context, least, most int, want string) error {
	if n := c.NArg(); n < least || most >= 0 && n > most {
		return usagef("%s wants %s, got %s (see %s --help)", c.Command.Name, want, plural(n, "argument"), c.Command.HelpName)
	}
	return nil
}
