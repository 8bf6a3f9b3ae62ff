package actor

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"
	"time"

	"entente/graph"
)

// Finding is what is wrong, or doubtful, in a line of a dictionary file.
type Finding struct {
	File    string
	Line    int
	Warning bool // doubtful: the dictionary can be loaded
	Text    string
}

// String returns "file:line: what".
func (f Finding) String() string {
	if f.Warning {
		return fmt.Sprintf("%s:%d: warning: %s", f.File, f.Line, f.Text)
	}
	return fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.Text)
}

// LintReport is what Lint found.
type LintReport struct {
	Findings []Finding // by file and line
	Actors   int       // records of the files looked at
	Errors   int       // findings that keep the dictionary from being loaded
}

// Lint reads the dictionaries at the paths, as LoadWith does, and lists what
// LoadWith refuses and, as warnings, what is probably not meant:
//
//   - a role in an organisation, or a membership of one, that has no record;
//   - a name that meant another actor of an earlier dictionary;
//   - a short form that is an ordinary word and no part of the name;
//   - terms of an office for one person that overlap;
//   - an exception that no record needs.
//
// Without paths it looks at the built-in dictionary. The error is one of
// reading the files.
func Lint(paths ...string) (*LintReport, error) {
	layers, err := layersAt(paths)
	if err != nil {
		return nil, err
	}
	return lint(layers, min(1, len(paths)))
}

// lint looks at the layers from first on.
func lint(layers []layer, first int) (*LintReport, error) {
	ld := loadLayers(layers)
	if len(ld.failed) > 0 {
		return nil, ld.failed[0]
	}
	l := linter{loader: ld}
	for i, e := range ld.records {
		if original := ld.originals[e]; original != nil {
			e, ld.records[i] = original, original
		}
		if int(e.layer) >= first {
			l.actors++
			l.record(e)
		}
	}
	l.overlaps(first)
	l.exceptions(first)
	r := &LintReport{Findings: slices.Concat(ld.findings, ld.won, l.found), Actors: l.actors, Errors: len(ld.findings)}
	slices.SortStableFunc(r.Findings, func(a, b Finding) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), strings.Compare(a.Text, b.Text))
	})
	return r, nil
}

// linter looks for what is doubtful in a dictionary that is loaded.
type linter struct {
	*loader
	found  []Finding
	actors int
}

func (l *linter) warn(file string, line int32, format string, args ...any) {
	l.found = append(l.found, Finding{File: file, Line: int(line), Warning: true, Text: fmt.Sprintf(format, args...)})
}

// record looks at one record.
func (l *linter) record(e *Entry) {
	for _, r := range e.Roles {
		if l.byID[r.Org] == nil {
			l.warn(e.file, r.line, "%s: role: %s has no record: write one, or correct the id", e.ID, r.Org)
		}
	}
	for _, m := range e.Member {
		if l.byID[m] == nil {
			l.warn(e.file, e.line, "%s: member: %s has no record: write one, or correct the id", e.ID, m)
		}
	}
	if !e.shortSet || e.Type != graph.Person {
		return // an organisation's short form is there for being ambiguous
	}
	own := nameWords(e.Name)
	for _, s := range e.Short {
		if words := l.foldedWords(s); len(words) == 1 && l.ordinary[words[0]] && !keepsCase(s) && !slices.Contains(own, s) {
			l.warn(e.file, e.line, "%s: the short form %q is an ordinary word: leave it out unless news uses it alone", e.ID, s)
		}
	}
}

// exceptions looks for rows of exceptions.txt without a use.
func (l *linter) exceptions(first int) {
	for x, at := range l.excepted {
		if !at.used && int(at.layer) >= first {
			l.warn(at.file, int32(at.line), "no record needs this exception: %s does not have the name %q alone", x.id, x.word)
		}
	}
}

// term is a role of somebody.
type term struct {
	Role
	holder *Entry // merged
	record *Entry // where the term stands
}

// overlaps looks for two persons in one office at the same time.
func (l *linter) overlaps(first int) {
	type office struct {
		title string
		org   graph.ActorID
	}
	offices := map[office][]term{}
	for _, e := range l.records {
		for _, r := range e.Roles {
			if l.forOne(r.Title) {
				o := office{r.Title, r.Org}
				offices[o] = append(offices[o], term{r, l.byID[e.ID], e})
			}
		}
	}
	keys := slices.SortedFunc(maps.Keys(offices), func(a, b office) int {
		return cmp.Or(strings.Compare(a.title, b.title), strings.Compare(string(a.org), string(b.org)))
	})
	for _, o := range keys {
		terms := offices[o]
		slices.SortStableFunc(terms, func(a, b term) int { return strings.Compare(string(a.From), string(b.From)) })
		for i, a := range terms {
			for _, b := range terms[i+1:] {
				if a.Until != "" && b.From > a.Until {
					break // and so do all that follow
				}
				l.overlap(o.title, a, b, first)
			}
		}
	}
}

// overlap warns of two terms of an office, if one of them stands in a layer from first on.
func (l *linter) overlap(title string, a, b term, first int) {
	if b.record.layer < a.record.layer {
		a, b = b, a
	}
	if a.holder != b.holder && days(a.Role, b.Role) >= 2 && int(b.record.layer) >= first {
		l.warn(b.record.file, b.line, "%s: %s of %s from %s overlaps the term of %s (%s:%d), from %s: end one of them", b.holder.ID,
			title, b.Org, said(b.From), a.holder.ID, a.record.file, a.line, said(a.From))
	}
}

func said(d graph.Date) string {
	if d == "" {
		return "an unknown day"
	}
	return string(d)
}

// oneHolder are the classes of titles that one person has at a time; shared lists
// the titles of these classes that several have.
var (
	oneHolder = map[string]bool{"head-of-state": true, "head-of-government": true, "monarch": true, "minister": true}
	shared    = regexp.MustCompile(`^(?:minister|state minister|minister of state|cabinet minister|junior minister|secretary|member .*|captain regent|co-prince|prince|princess|queen|duke|` +
		`duchess|sheikh|deputy .*|vice .*|assistant .*|under ?secretary.*|minister without portfolio|minister in the .*|state secretary|secretary of state|parliamentary .*|special .*|acting .*|interim .*)$`)
)

// forOne reports whether an office has one holder at a time.
func (l *linter) forOne(title string) bool {
	t := l.titles.exact(l.foldedWords(title))
	return len(t) > 0 && oneHolder[t[0].Class] && !shared.MatchString(title)
}

// days returns on how many days two terms are certainly held both; dates of a
// year or month are read so that they are the fewest.
func days(a, b Role) int {
	from := max(firstDay(a.From), firstDay(b.From))
	until := min(lastDay(a.Until), lastDay(b.Until))
	return until - from + 1
}

// firstDay numbers the last day on which a term may begin, from 1; an unknown
// one is 0.
func firstDay(d graph.Date) int {
	t, ok := d.Time()
	if !ok {
		return 0
	}
	switch len(d) {
	case len("2006"):
		t = t.AddDate(1, 0, -1)
	case len("2006-01"):
		t = t.AddDate(0, 1, -1)
	}
	return dayNumber(t)
}

// lastDay numbers the first day on which a term may end; an open one ends far
// in the future.
func lastDay(d graph.Date) int {
	t, ok := d.Time()
	if !ok {
		return math.MaxInt32
	}
	return dayNumber(t)
}

func dayNumber(t time.Time) int { return int(t.Unix()/(24*60*60)) + 1_000_000 }
