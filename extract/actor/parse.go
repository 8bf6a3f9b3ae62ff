package actor

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"entente/graph"
)

// A dictionary file is commented text. A record starts at column 0 with an id
// and the canonical name; indented lines add "key: value; value". Lines that
// start with # are comments. docs/architecture.md shows one.

// Entry is one actor of the dictionary.
type Entry struct {
	ID      graph.ActorID
	Name    string
	Type    graph.ActorType
	Country string // ISO 3166-1 alpha-3, or the former code of a historical state

	Also     []string // other names that always mean the actor
	Adj      []string // adjectives ("French")
	Demonym  []string // its people, one or many ("Frenchman", "Russians")
	Capital  []string // a city that stands for the state where the syntax says so
	Seat     []string // metonyms that always mean the actor ("Kremlin")
	Short    []string // how a person is called alone ("Macron")
	Member   []graph.ActorID
	Roles    []Role
	From     graph.Date // of existence; "" is unbounded
	Until    graph.Date
	file     string
	line     int
	shortSet bool
}

// Role is an office with its term. From and Until are inclusive; "" is
// unbounded.
type Role struct {
	Title       string // lower case, canonical ("foreign minister")
	Org         graph.ActorID
	From, Until graph.Date
}

// Holds reports whether the term covers day. An unknown day is covered by an
// open term only.
func (r Role) Holds(day graph.Date) bool {
	if day == "" {
		return r.Until == ""
	}
	return r.From <= day && (r.Until == "" || day <= r.Until || strings.HasPrefix(string(day), string(r.Until)))
}

var (
	recordLine = regexp.MustCompile(`^(\S+)\s+(\S.*)$`)
	keyLine    = regexp.MustCompile(`^\s+([a-z-]+):\s*(.*)$`)
	idForm     = regexp.MustCompile(`^[a-z-]+:[^\s:;]+$`)
	country    = regexp.MustCompile(`^[A-Z]{3}$`)
)

// parseEntries reads one file of records. The error joins one line per fault,
// each "file:line: what".
func parseEntries(fsys fs.FS, file string) ([]*Entry, error) {
	f, err := fsys.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var entries []*Entry
	var faults []error
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<20)
	for n := 1; sc.Scan(); n++ {
		line := strings.TrimRight(sc.Text(), " \t\r")
		if line == "" || strings.HasPrefix(strings.TrimSpace(line), "#") {
			continue
		}
		fault := func(format string, args ...any) {
			faults = append(faults, fmt.Errorf("%s:%d: %s", file, n, fmt.Sprintf(format, args...)))
		}
		if m := keyLine.FindStringSubmatch(line); m != nil {
			if len(entries) == 0 {
				fault("%q stands before the first record", m[1])
				continue
			}
			if err := entries[len(entries)-1].set(m[1], m[2]); err != nil {
				fault("%v", err)
			}
			continue
		}
		m := recordLine.FindStringSubmatch(line)
		if m == nil || !idForm.MatchString(m[1]) {
			fault("want \"kind:slug  Canonical Name\" or an indented \"key: value\", not %q", line)
			continue
		}
		e := &Entry{ID: graph.ActorID(m[1]), Name: m[2], file: file, line: n}
		e.Type = graph.ActorType(e.ID.Kind())
		if !slices.Contains(graph.ActorTypes, e.Type) {
			fault("unknown kind %q (want one of %v)", e.ID.Kind(), graph.ActorTypes)
		}
		entries = append(entries, e)
	}
	faults = append(faults, sc.Err())
	return entries, errors.Join(faults...)
}

// set stores the values of one key.
func (e *Entry) set(key, text string) error {
	values := splitList(text)
	if len(values) == 0 {
		return fmt.Errorf("%s: no value", key)
	}
	switch key {
	case "also":
		e.Also = append(e.Also, values...)
	case "adj":
		e.Adj = append(e.Adj, values...)
	case "demonym", "people":
		e.Demonym = append(e.Demonym, values...)
	case "capital":
		e.Capital = append(e.Capital, values...)
	case "seat":
		e.Seat = append(e.Seat, values...)
	case "short":
		e.Short, e.shortSet = append(e.Short, values...), true
	case "member":
		for _, v := range values {
			if !idForm.MatchString(v) {
				return fmt.Errorf("member: %q is not an id such as igo:UN", v)
			}
			e.Member = append(e.Member, graph.ActorID(v))
		}
	case "country":
		if len(values) != 1 || !country.MatchString(values[0]) {
			return fmt.Errorf("country: %q is not one ISO 3166-1 alpha-3 code", text)
		}
		e.Country = values[0]
	case "type":
		e.Type = graph.ActorType(values[0])
		if !slices.Contains(graph.ActorTypes, e.Type) {
			return fmt.Errorf("type: %q is unknown (want one of %v)", values[0], graph.ActorTypes)
		}
	case "role":
		return e.addRole(values)
	case "from", "until":
		d, err := graph.ParseDate(values[0])
		if err != nil {
			return fmt.Errorf("%s: %w", key, err)
		}
		if key == "from" {
			e.From = d
		} else {
			e.Until = d
		}
	default:
		return fmt.Errorf("unknown key %q", key)
	}
	return nil
}

// addRole reads "title; org; from..until".
func (e *Entry) addRole(values []string) error {
	if len(values) != 3 {
		return fmt.Errorf("role: want \"title; org id; from..until\", not %q", strings.Join(values, "; "))
	}
	if !idForm.MatchString(values[1]) {
		return fmt.Errorf("role: %q is not an id such as state:FRA", values[1])
	}
	from, until, ok := strings.Cut(values[2], "..")
	if !ok {
		return fmt.Errorf("role: %q is not a term: want from..until, either of which may be missing", values[2])
	}
	r := Role{Title: values[0], Org: graph.ActorID(values[1])}
	var err error
	if r.From, err = graph.ParseDate(from); err != nil {
		return fmt.Errorf("role: %w", err)
	}
	if r.Until, err = graph.ParseDate(until); err != nil {
		return fmt.Errorf("role: %w", err)
	}
	if r.Until != "" && r.Until < r.From && !strings.HasPrefix(string(r.From), string(r.Until)) {
		return fmt.Errorf("role: the term ends (%s) before it begins (%s)", r.Until, r.From)
	}
	e.Roles = append(e.Roles, r)
	return nil
}

func splitList(s string) []string {
	var out []string
	for _, v := range strings.Split(s, ";") {
		if v = strings.TrimSpace(v); v != "" {
			out = append(out, v)
		}
	}
	return out
}

// parseRows reads a file of lines "a ; b ; c …" with at least min fields and
// gives each to row.
func parseRows(fsys fs.FS, file string, min int, row func(fields []string) error) error {
	b, err := fs.ReadFile(fsys, file)
	if err != nil {
		return err
	}
	var faults []error
	for n, line := range strings.Split(string(b), "\n") {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		fields := splitList(line)
		if len(fields) < min {
			faults = append(faults, fmt.Errorf("%s:%d: want at least %d fields separated by \";\", not %q", file, n+1, min, line))
			continue
		}
		if err := row(fields); err != nil {
			faults = append(faults, fmt.Errorf("%s:%d: %w", file, n+1, err))
		}
	}
	return errors.Join(faults...)
}
