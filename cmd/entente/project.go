package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/urfave/cli/v2"
)

// projectFile names the project file, which stands in the working directory or in a
// folder above it.
const projectFile = "entente.toml"

// project holds the defaults that a project file sets for flags. A flag, and
// ENTENTE_DB, win over it.
type project struct {
	DB     string   `toml:"db"`     // --db
	Dict   []string `toml:"dict"`   // --dict
	Engine string   `toml:"engine"` // --engine
}

// projectAt reads the project file of dir or of the nearest folder above it; its paths
// are relative to the folder it stands in and become relative to dir. The project is
// empty where there is no file.
func projectAt(dir string) (project, error) {
	for at := dir; ; at = filepath.Dir(at) {
		text, err := os.ReadFile(filepath.Join(at, projectFile))
		switch {
		case err == nil:
			p, err := parseProject(relative(dir, filepath.Join(at, projectFile)), string(text))
			return p.in(dir, at), err
		case !errors.Is(err, fs.ErrNotExist):
			return project{}, fmt.Errorf("project file: %w", err)
		case filepath.Dir(at) == at:
			return project{}, nil
		}
	}
}

// parseProject reads the text of a project file. The error is a line
// "file:line: what, and what to do".
func parseProject(file, text string) (project, error) {
	var p project
	meta, err := toml.Decode(text, &p)
	var syntax toml.ParseError
	switch {
	case errors.As(err, &syntax):
		return project{}, fmt.Errorf("%s:%d: %s", file, syntax.Position.Line, syntax.Message)
	case err != nil:
		return project{}, fmt.Errorf("%s: %w (want db = \"folder\", dict = [\"folder\", …], engine = \"name\")", file, err)
	}
	for _, key := range meta.Undecoded() {
		return project{}, fmt.Errorf("%s:%d: unknown key %q (want db, dict or engine)", file, lineOf(text, key[0]), key)
	}
	return p, nil
}

// lineOf returns the first line of text that begins with key, as a key or
// a table's name.
func lineOf(text, key string) int {
	number := 0
	for line := range strings.Lines(text) {
		number++
		if strings.HasPrefix(strings.TrimLeft(line, " \t[\"'"), key) {
			break
		}
	}
	return number
}

// in makes the paths of a project file that stands in the folder at relative to dir.
func (p project) in(dir, at string) project {
	path := func(s string) string {
		if s == "" || filepath.IsAbs(s) {
			return s
		}
		return relative(dir, filepath.Join(at, s))
	}
	p.DB = path(p.DB)
	for i := range p.Dict {
		p.Dict[i] = path(p.Dict[i])
	}
	return p
}

// relative returns path as seen from dir, or path itself where it cannot be.
func relative(dir, path string) string {
	if rel, err := filepath.Rel(dir, path); err == nil {
		return rel
	}
	return path
}

// applyProject sets the defaults of the flags that the project file names. Commands with
// such a flag fail where the file cannot be read.
func applyProject(commands []*cli.Command) {
	dir, err := os.Getwd()
	var p project
	if err == nil {
		p, err = projectAt(dir)
	}
	p.applyTo(commands, err)
}

// applyTo is applyProject with the project, or the error in its place.
func (p project) applyTo(commands []*cli.Command, err error) {
	for _, c := range commands {
		for _, f := range c.Flags {
			if p.apply(f) && err != nil {
				c.Before = func(*cli.Context) error { return err }
			}
		}
		p.applyTo(c.Subcommands, err)
	}
}

// apply sets the default of a flag. It reports whether a project file may set it.
func (p project) apply(f cli.Flag) bool {
	switch f := f.(type) {
	case *cli.StringFlag:
		switch {
		case f.Name == "db" && p.DB != "":
			f.Value = p.DB
		case f.Name == "engine" && p.Engine != "":
			f.Value = p.Engine
		}
		return f.Name == "db" || f.Name == "engine"
	case *cli.StringSliceFlag:
		if f.Name == "dict" && len(p.Dict) > 0 {
			f.Value = cli.NewStringSlice(p.Dict...)
		}
		return f.Name == "dict"
	}
	return false
}
