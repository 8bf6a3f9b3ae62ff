package actor

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

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
	file     string // where it was read last
	line     int32
	layer    int16 // of the file
	shortSet bool
	typeSet  bool
}

// Role is an office with its term. From and Until are inclusive; "" is
// unbounded.
type Role struct {
	Title       string // lower case, canonical ("foreign minister")
	Org         graph.ActorID
	From, Until graph.Date
	line        int32 // of the record's file
}

// Holds reports whether the term covers day. An unknown day is covered by an
// open term only.
func (r Role) Holds(day graph.Date) bool {
	if day == "" {
		return r.Until == ""
	}
	return r.From <= day && (r.Until == "" || day <= r.Until || strings.HasPrefix(string(day), string(r.Until)))
}

// faultFunc takes down what is wrong with a line.
type faultFunc func(line int, format string, args ...any)

// parseEntries reads the records of a file. Their strings are parts of text.
func parseEntries(text string, fault faultFunc) []*Entry {
	var entries []*Entry
	var slab []Entry // so that records do not cost an allocation each
	var last *Entry
	number := 0
	for line := range strings.Lines(text) {
		number++
		line = strings.TrimRightFunc(line, unicode.IsSpace)
		if trimmed := strings.TrimSpace(line); trimmed == "" || trimmed[0] == '#' {
			continue
		}
		if key, values, ok := cutKey(line); ok {
			if last == nil {
				fault(number, "%q stands before the first record: put it below a line \"kind:slug  Canonical Name\"", key)
			} else if err := last.set(key, values, number); err != nil {
				fault(number, "%v", err)
			}
			continue
		}
		id, name, ok := strings.Cut(strings.ReplaceAll(line, "\t", " "), " ")
		if name = strings.TrimSpace(name); !ok || name == "" || !validID(id) {
			fault(number, "want \"kind:slug  Canonical Name\" or an indented \"key: value\", not %q", line)
			continue
		}
		if len(slab) == 0 {
			slab = make([]Entry, 64)
		}
		last, slab = &slab[0], slab[1:]
		last.ID, last.Name, last.line = graph.ActorID(id), name, int32(number)
		last.Type = graph.ActorType(last.ID.Kind())
		if !slices.Contains(graph.ActorTypes, last.Type) {
			fault(number, "unknown kind %q (want one of %v)", last.ID.Kind(), graph.ActorTypes)
		}
		entries = append(entries, last)
	}
	return entries
}

// cutKey splits an indented line "key: values".
func cutKey(line string) (key, values string, ok bool) {
	if line[0] != ' ' && line[0] != '\t' {
		return "", "", false
	}
	key, values, ok = strings.Cut(strings.TrimSpace(line), ":")
	return key, values, ok && isKind(key)
}

// validID reports whether s is "kind:slug", the kind in small letters and the
// slug without blanks, ":" and ";".
func validID(s string) bool {
	kind, name, ok := strings.Cut(s, ":")
	return ok && isKind(kind) && name != "" &&
		!strings.ContainsFunc(name, func(r rune) bool { return r == ':' || r == ';' || unicode.IsSpace(r) })
}

// isKind reports whether s has small letters and hyphens only, at least one.
func isKind(s string) bool {
	for i := range len(s) {
		if (s[i] < 'a' || s[i] > 'z') && s[i] != '-' {
			return false
		}
	}
	return s != ""
}

// set stores the values of one key, which stands in a line of the file.
func (e *Entry) set(key, text string, line int) error {
	var few [4]string
	values := few[:0]
	if onlyValues[key] {
		values = appendList(values, text)
	} else {
		values = splitList(text)
	}
	if len(values) == 0 {
		return fmt.Errorf("%s: no value: write one or leave the line out", key)
	}
	switch key {
	case "also":
		e.Also = join(e.Also, values)
	case "adj":
		e.Adj = join(e.Adj, values)
	case "demonym", "people":
		e.Demonym = join(e.Demonym, values)
	case "capital":
		e.Capital = join(e.Capital, values)
	case "seat":
		e.Seat = join(e.Seat, values)
	case "short":
		e.Short, e.shortSet = join(e.Short, values), true
	case "member":
		for _, v := range values {
			if !validID(v) {
				return fmt.Errorf("member: %q is not an id such as igo:UN", v)
			}
			e.Member = append(e.Member, graph.ActorID(v))
		}
	case "role":
		return e.addRole(values, line)
	default:
		return e.setOne(key, values)
	}
	return nil
}

// setOne stores the value of a key that takes one.
func (e *Entry) setOne(key string, values []string) error {
	value := values[0]
	switch key {
	case "country":
		code, ok := CountryCode(value)
		if len(values) != 1 || !ok || code != value {
			return fmt.Errorf("country: %q is not one ISO 3166-1 alpha-3 code, such as FRA", strings.Join(values, "; "))
		}
		e.Country = value
	case "type":
		e.Type, e.typeSet = graph.ActorType(value), true
		if !slices.Contains(graph.ActorTypes, e.Type) {
			return fmt.Errorf("type: %q is unknown (want one of %v)", value, graph.ActorTypes)
		}
	case "from", "until":
		d, err := parseDate(value)
		if err != nil {
			return fmt.Errorf("%s: %w", key, err)
		}
		if key == "from" {
			e.From = d
		} else {
			e.Until = d
		}
		if turned(e.From, e.Until) {
			return fmt.Errorf("until: it ends (%s) before it begins (%s)", e.Until, e.From)
		}
	default:
		return fmt.Errorf("unknown key %q (want also, adj, demonym, people, capital, seat, short, country, member, role, from, until or type)", key)
	}
	return nil
}

// addRole reads "title; org; from..until".
func (e *Entry) addRole(values []string, line int) error {
	if len(values) != 3 {
		return fmt.Errorf("role: want \"title; org id; from..until\", not %q", strings.Join(values, "; "))
	}
	if !validID(values[1]) {
		return fmt.Errorf("role: %q is not an id such as state:FRA", values[1])
	}
	from, until, ok := strings.Cut(values[2], "..")
	if !ok {
		return fmt.Errorf("role: %q is not a term: want from..until, either of which may be missing", values[2])
	}
	r := Role{Title: values[0], Org: graph.ActorID(values[1]), line: int32(line)}
	var err error
	if r.From, err = parseDate(from); err != nil {
		return fmt.Errorf("role: %w", err)
	}
	if r.Until, err = parseDate(until); err != nil {
		return fmt.Errorf("role: %w", err)
	}
	if turned(r.From, r.Until) {
		return fmt.Errorf("role: the term ends (%s) before it begins (%s)", r.Until, r.From)
	}
	e.Roles = append(e.Roles, r)
	return nil
}

// turned reports whether until lies before from.
func turned(from, until graph.Date) bool {
	return until != "" && until < from && !strings.HasPrefix(string(from), string(until))
}

// parseDate is graph.ParseDate. Years beyond 2100, which are slips of the
// hand, are no dates of actors.
func parseDate(s string) (graph.Date, error) {
	d, err := graph.ParseDate(s)
	if err == nil && d > "2100" {
		return "", fmt.Errorf("%q is a date of the far future: correct it", s)
	}
	return d, err
}

// join appends more to list without room for still more.
func join(list, more []string) []string {
	if list == nil {
		return more
	}
	return slices.Clip(append(list, more...))
}

// onlyValues are the keys whose values are not kept as a list.
var onlyValues = map[string]bool{"country": true, "type": true, "from": true, "until": true, "role": true, "member": true}

// splitList splits at ";" and drops what is empty.
func splitList(s string) []string {
	return appendList(make([]string, 0, 1+strings.Count(s, ";")), s)
}

// appendList appends what splitList gives to out.
func appendList(out []string, s string) []string {
	for v := range strings.SplitSeq(s, ";") {
		if v = strings.TrimSpace(v); v != "" {
			out = append(out, v)
		}
	}
	return out
}

// parseRows reads lines "a ; b ; c …" with at least min fields and gives each
// to row.
func parseRows(text string, min int, fault faultFunc, row func(line int, fields []string)) {
	number := 0
	for line := range strings.Lines(text) {
		number++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		fields := splitList(line)
		if len(fields) < min {
			fault(number, "want at least %d fields separated by \";\", not %q", min, line)
			continue
		}
		row(number, fields)
	}
}
