package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"entente/examples"
)

// demoOptions say where the tour leaves its files.
type demoOptions struct {
	Out  string // a folder; "" is a new temporary one
	Fast bool   // read by the fast model
}

func demoCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "demo",
		Usage: "read sample articles and show what can be asked of them",
		Description: `entente demo
entente demo --out tour`,
		ArgsUsage: "[OPTIONS]",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "out", Usage: "`DIR` for the articles, the store and the graph; default a new temporary folder"},
			fastFlag(),
		},
		Action: func(c *cli.Context) error {
			if err := arguments(c, 0, 0, "no arguments"); err != nil {
				return err
			}
			ctx, stop := untilInterrupted(c.Context)
			defer stop()
			return runDemo(ctx, demoOptions{c.String("out"), c.Bool("fast")}, e)
		},
	}
}

// step is one command of the tour.
type step struct {
	title string
	args  []string
	lines int // of its output, that are shown
}

func runDemo(ctx context.Context, o demoOptions, e *env) error {
	dir, err := o.folder()
	if err != nil {
		return err
	}
	news, db := filepath.Join(dir, "news"), filepath.Join(dir, "entente.db")
	if err := writeExamples(news); err != nil {
		return err
	}
	out := &lastingWriter{w: e.stdout}
	fmt.Fprintf(out, "The sample articles that come with entente are now in %s.\n", news)
	dot := filepath.Join(dir, "graph.dot")
	ingest := []string{"ingest", news}
	if o.Fast {
		ingest = append(ingest, "--fast")
	}
	for _, s := range []step{
		{"Read them into a store", ingest, 5},
		{"Who did what to whom, and the sentence that says so", []string{"events", "--actor", "macron"}, 15},
		{"One actor's card", []string{"actor", "zelensky"}, 18},
		{"What passed between two", []string{"between", "russia", "ukraine"}, 18},
		{"How two are connected", []string{"path", "north korea", "france"}, 17},
		{"Who matters most", []string{"rank", "--by", "pagerank", "--top", "5"}, 6},
		{"The graph, for Graphviz", []string{"export", "--format", "dot", "--top", strconv.Itoa(drawnActors), "-o", dot}, 5},
	} {
		s.args = append(s.args, "--db", db)
		if err := s.run(ctx, e, out); err != nil {
			return err
		}
	}
	if err := draw(ctx, dot, out); err != nil {
		return err
	}
	fmt.Fprintf(out, "\nEvery command has --help; entente help questions tells which one answers what. The store stays in %s.\n", db)
	fmt.Fprintf(out, "To repeat the commands without installing (go install ./cmd/entente), write go run ./cmd/entente for entente.\n")
	return out.err
}

// folder returns the folder of the tour, and makes it.
func (o demoOptions) folder() (string, error) {
	if o.Out == "" {
		return os.MkdirTemp("", "entente-demo-")
	}
	return o.Out, os.MkdirAll(o.Out, 0o777)
}

// writeExamples writes the embedded articles into a folder.
func writeExamples(dir string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	files, err := fs.ReadDir(examples.News, "news")
	if err != nil {
		return err
	}
	for _, f := range files {
		data, err := examples.News.ReadFile("news/" + f.Name())
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, f.Name()), data, 0o666); err != nil {
			return err
		}
	}
	return nil
}

// run prints the command line of a step, runs that very line and prints what
// it wrote, cut to a few lines.
func (s step) run(ctx context.Context, e *env, out io.Writer) error {
	fmt.Fprintf(out, "\n# %s\n$ entente %s\n", s.title, shellWords(s.args))
	var text bytes.Buffer
	inner := *e
	inner.stdout = &text
	err := runLine(ctx, &inner, append([]string{"entente"}, s.args...))
	lines := strings.SplitAfter(text.String(), "\n")
	lines = lines[:len(lines)-1] // what follows the last line end
	for _, line := range lines[:min(len(lines), s.lines)] {
		io.WriteString(out, line)
	}
	if more := len(lines) - s.lines; more > 0 {
		fmt.Fprintf(out, "… %s\n", plural(more, "more line"))
	}
	return err
}

// draw makes an SVG of a DOT file where Graphviz is there to do it.
func draw(ctx context.Context, file string, out io.Writer) error {
	svg := strings.TrimSuffix(file, ".dot") + ".svg"
	args := []string{"-Tsvg", "-o", svg, file}
	program, err := exec.LookPath("dot")
	if err != nil {
		fmt.Fprintf(out, "%s is written. With Graphviz: dot %s\n", file, shellWords(args))
		return nil
	}
	fmt.Fprintf(out, "$ dot %s\n", shellWords(args))
	if message, err := exec.CommandContext(ctx, program, args...).CombinedOutput(); err != nil {
		return fmt.Errorf("dot %s: %w: %s", shellWords(args), err, message)
	}
	fmt.Fprintf(out, "%s and %s are written.\n", file, svg)
	return nil
}

// shellWords joins words as a shell would have to read them.
func shellWords(words []string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = w
		if w == "" || strings.ContainsAny(w, " \t\n'\"\\$`*?[](){}<>|&;#~!") {
			quoted[i] = "'" + strings.ReplaceAll(w, "'", `'\''`) + "'"
		}
	}
	return strings.Join(quoted, " ")
}

// lastingWriter keeps the first error of w and writes nothing after it.
type lastingWriter struct {
	w   io.Writer
	err error
}

func (l *lastingWriter) Write(b []byte) (int, error) {
	if l.err == nil {
		_, l.err = l.w.Write(b)
	}
	return len(b), l.err
}
