package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"entente/extract/actor"
	"entente/extract/actor/importer"
)

// importOptions say what to convert into a dictionary.
type importOptions struct {
	Format importer.Format
	Files  []string // "-" is standard input
	Dicts  []string // dictionaries of the user, which are known beside the built-in one
	Out    string   // "" is standard output
}

func actorImportCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "import",
		Usage: "turn dictionaries of others into one that --dict takes",
		Description: `entente actor import --format csv -o actors/own.txt mine.csv
entente actor import --format petrarch -o actors/petrarch.txt Phoenix.Countries.actors.txt
entente actor import --format ftm -o actors/peps.txt entities.ftm.json

An actor whom the dictionary knows by the name keeps its id and is added to. What
cannot be taken over is left out, a line each, and counted at the end.
A CSV file has a header of: ` + strings.Join(importer.Columns, ","),
		ArgsUsage: "--format petrarch|ftm|csv FILE…|- [OPTIONS]",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "format", Aliases: []string{"f"}, Usage: "`FORMAT` of the files: petrarch, ftm (FollowTheMoney, OpenSanctions) or csv"},
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "`FILE` to write, whole or not at all; default stdout"},
			dictFlag(),
		},
		Action: func(c *cli.Context) error {
			if err := arguments(c, 1, -1, `files, or "-"`); err != nil {
				return err
			}
			o := importOptions{Format: importer.Format(c.String("format")), Files: c.Args().Slice(), Dicts: c.StringSlice("dict"), Out: c.String("output")}
			if o.Format == "" {
				return usagef("say which --format: petrarch, ftm or csv")
			}
			if err := oneOf("format", o.Format, importer.Formats...); err != nil {
				return err
			}
			return runActorImport(c.Context, o, e)
		},
	}
}

func runActorImport(_ context.Context, o importOptions, e *env) error {
	dictionary, err := e.dictionary(o.knownBut())
	if err != nil {
		return err
	}
	inputs, remove, err := e.importInputs(o)
	defer remove()
	if err != nil {
		return err
	}
	var sum importer.Summary
	write := func(w io.Writer) (err error) {
		sum, err = importer.Import(w, inputs, importer.Options{Format: o.Format, Dictionary: dictionary,
			Warn: func(p importer.Problem) { e.warnf("%s", p) }})
		return err
	}
	if o.Out == "" || o.Out == "-" {
		err = write(e.stdout)
	} else {
		err = writeFile(o.Out, write)
	}
	if err != nil {
		return err
	}
	e.warnf("%s", importSummary(sum))
	if n := sum.Problems[importer.Record] + sum.Problems[importer.Name] + sum.Problems[importer.Role]; n > 0 {
		return skipped(n)
	}
	return nil
}

// knownBut returns the user's dictionaries, without the file that the import will replace.
func (o importOptions) knownBut() []string {
	return slices.DeleteFunc(slices.Clone(o.Dicts), func(d string) bool { return o.Out != "" && filepath.Clean(d) == filepath.Clean(o.Out) })
}

// importInputs returns the inputs, which can be read several times: standard input is
// kept in a file where the format needs that. remove takes the file away.
func (e *env) importInputs(o importOptions) (inputs []importer.Input, remove func(), err error) {
	var spooled []string
	remove = func() {
		for _, f := range spooled {
			os.Remove(f)
		}
	}
	for _, name := range o.Files {
		path := name
		switch {
		case name == "-" && o.Format != importer.FTM:
			inputs = append(inputs, importer.Input{Name: "stdin", Open: func() (io.ReadCloser, error) { return io.NopCloser(e.stdin), nil }})
			continue
		case name == "-":
			if path, err = spool(e.stdin); err != nil {
				return nil, remove, err
			}
			spooled, name = append(spooled, path), "stdin"
		default:
			if _, err := os.Stat(path); err != nil {
				return nil, remove, fmt.Errorf("%w: check the path", err)
			}
		}
		inputs = append(inputs, importer.Input{Name: name, Open: func() (io.ReadCloser, error) { return os.Open(path) }})
	}
	return inputs, remove, nil
}

// spool copies r into a temporary file and returns its name.
func spool(r io.Reader) (string, error) {
	f, err := os.CreateTemp("", "entente-import-*")
	if err != nil {
		return "", err
	}
	_, err = io.Copy(f, r)
	if err = errors.Join(err, f.Close()); err != nil {
		return "", errors.Join(err, os.Remove(f.Name()))
	}
	return f.Name(), nil
}

// importSummary is the line that ends an import.
func importSummary(s importer.Summary) string {
	line := fmt.Sprintf("%s (%d known before), %s, %s; left out: %s, %s, %s", plural(s.Actors, "actor"), s.Extended, plural(s.Names, "name"),
		plural(s.Roles, "role"), plural(s.Problems[importer.Record], "record"), plural(s.Problems[importer.Name], "name"), plural(s.Problems[importer.Role], "role"))
	var passed []string
	for _, reason := range slices.Sorted(maps.Keys(s.Passed)) {
		passed = append(passed, fmt.Sprintf("%d × %s", s.Passed[reason], reason))
	}
	if len(passed) > 0 {
		line += "; passed over: " + strings.Join(passed, ", ")
	}
	return line
}

func actorLintCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "lint",
		Usage: "check dictionaries of your own",
		Description: `entente actor lint actors/
entente actor lint                  # the built-in dictionary

Each finding is a line "file:line: what, and what to do". Without "warning:" it
keeps the dictionary from being loaded, and the exit code is 1.`,
		ArgsUsage: "[DIR…|FILE…]",
		Action: func(c *cli.Context) error {
			return runActorLint(c.Context, c.Args().Slice(), e)
		},
	}
}

// faulty says how many errors dictionaries have. Each has had its own line.
type faulty int

func (n faulty) Error() string { return plural(int(n), "error") + " in the dictionary" }

func runActorLint(_ context.Context, paths []string, e *env) error {
	r, err := actor.Lint(paths...)
	if err != nil {
		return err
	}
	for _, f := range r.Findings {
		if _, err := fmt.Fprintln(e.stdout, clean(f.String())); err != nil {
			return err
		}
	}
	fmt.Fprintf(e.stdout, "%s, %s, %s\n", plural(r.Actors, "actor"), plural(r.Errors, "error"), plural(len(r.Findings)-r.Errors, "warning"))
	if r.Errors > 0 {
		return faulty(r.Errors)
	}
	return nil
}
