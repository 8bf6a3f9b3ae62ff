package importer

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"entente/extract/actor"
	"entente/graph"
)

// An actor dictionary of PETRARCH is made of entries:
//
//	NICOLAS_SARKOZY_  [FRAELI]        ; a comment
//	+PRESIDENT_SARKOZY_               ; another name
//		[FRAGOV 20070516-20120515]    ; a code of a time; <date and >date are open ones
//
// Dates are YYMMDD or YYYYMMDD and belong to the time.

// entry is one of them.
type entry struct {
	place
	names []string
	codes []dated
}

// dated is a code and when it holds.
type dated struct {
	place
	code        string
	from, until graph.Date
}

// maxLine is the length of a line that readers take, in bytes.
const maxLine = 1 << 24

// readPetrarch reads one dictionary.
func (s *sink) readPetrarch(file string, r io.Reader) error {
	sc := bufio.NewScanner(r)
	sc.Buffer(make([]byte, 1<<16), maxLine)
	var e entry
	finish := func() {
		if len(e.names) > 0 {
			s.putPetrarch(e)
		}
		e = entry{}
	}
	at := place{file: file}
	for sc.Scan() {
		at.line++
		text := uncomment(sc.Text())
		if strings.TrimSpace(text) == "" {
			continue
		}
		name, codes := text, ""
		if i := strings.IndexByte(text, '['); i >= 0 {
			name, codes = text[:i], text[i:]
		}
		name = strings.TrimSpace(name)
		switch {
		case name == "" && len(e.names) == 0:
			s.problem(at, Record, "a code stands before the first name: it is left out")
			continue
		case strings.HasPrefix(name, "+"):
			if len(e.names) == 0 {
				s.problem(at, Record, "a synonym stands before the first name: it is left out")
				continue
			}
			e.names = append(e.names, spell(name[1:]))
		case name != "":
			finish()
			e.place, e.names = at, []string{spell(name)}
		}
		e.codes = append(e.codes, s.codes(at, codes)...)
	}
	finish()
	if errors.Is(sc.Err(), bufio.ErrTooLong) {
		return fmt.Errorf("line %d is longer than %d MB: this is no dictionary of PETRARCH", at.line+1, maxLine>>20)
	}
	return sc.Err()
}

// uncomment cuts a comment off.
func uncomment(line string) string {
	line = strings.TrimPrefix(line, "\ufeff")
	if i := strings.IndexAny(line, ";#"); i >= 0 {
		line = line[:i]
	}
	if i := strings.Index(line, "<!--"); i >= 0 {
		line = line[:i]
	}
	return line
}

// codes reads "[CODE date] [CODE …]".
func (s *sink) codes(at place, text string) []dated {
	var out []dated
	for text = strings.TrimSpace(text); text != ""; text = strings.TrimSpace(text) {
		inside, rest, ok := strings.Cut(strings.TrimPrefix(text, "["), "]")
		if text[0] != '[' || !ok {
			s.problem(at, Role, "want [CODE], [CODE <date], [CODE >date] or [CODE date-date], not %q: it is left out", text)
			return out
		}
		text = rest
		d, err := readDated(inside)
		if err != nil {
			s.problem(at, Role, "[%s]: %v: the code is left out", inside, err)
			continue
		}
		d.place = at
		out = append(out, d)
	}
	return out
}

// readDated reads what stands between brackets.
func readDated(text string) (dated, error) {
	code, when, _ := strings.Cut(strings.TrimSpace(text), " ")
	d := dated{code: strings.ToUpper(code)}
	if code == "" {
		return d, errors.New("there is no code")
	}
	when = strings.ReplaceAll(when, " ", "")
	var err error
	switch {
	case when == "":
	case when[0] == '<':
		d.until, err = readDay(when[1:])
	case when[0] == '>':
		d.from, err = readDay(when[1:])
	default:
		from, until, ok := strings.Cut(when, "-")
		if !ok {
			return d, fmt.Errorf("%q is no time: want <date, >date or date-date", when)
		}
		if d.from, err = readDay(from); err == nil {
			d.until, err = readDay(until)
		}
		if err == nil && d.until < d.from {
			err = fmt.Errorf("it ends (%s) before it begins (%s)", d.until, d.from)
		}
	}
	return d, err
}

// readDay reads YYYYMMDD, or YYMMDD of 1930 to 2029.
func readDay(s string) (graph.Date, error) {
	full := s
	if len(s) == 6 {
		full = "19" + s
		if s < "30" {
			full = "20" + s
		}
	}
	if len(full) == 8 {
		if d, err := graph.ParseDate(full[:4] + "-" + full[4:6] + "-" + full[6:]); err == nil {
			return d, nil
		}
	}
	return "", fmt.Errorf("%q is not a date of the form YYYYMMDD or YYMMDD", s)
}

// lowerWords are written small within a name.
var lowerWords = wordSet(`of the and in for to on at by from with de da do di du del der des den von van bin ibn al el la le los las`)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}

// spell writes a name of the dictionary, which has capitals and "_" only, as news does.
// Small letters in it are kept. A single word of up to three letters is an acronym.
func spell(name string) string {
	words := strings.Fields(strings.ReplaceAll(name, "_", " "))
	for i, w := range words {
		if strings.ToUpper(w) != w || len(words) == 1 && utf8.RuneCountInString(w) <= 3 {
			continue
		}
		lower := strings.ToLower(w)
		if lowerWords[lower] && i > 0 {
			words[i] = lower
			continue
		}
		words[i] = capitals(lower)
	}
	return strings.Join(words, " ")
}

// capitals writes the first letter large, and those after a hyphen or apostrophe: "Saint-Denis",
// "O'Neill"; an Arabic article stays small: "al-Assad".
func capitals(w string) string {
	out := []rune(w)
	start := 0
	if len(out) > 3 && (strings.HasPrefix(w, "al-") || strings.HasPrefix(w, "el-")) {
		start = 3
	}
	for i := start; i < len(out); i++ {
		if i == start || out[i-1] == '-' || out[i-1] == '.' || out[i-1] == '\'' && i == 2 {
			out[i] = unicode.ToUpper(out[i])
		}
	}
	return string(out)
}

// putPetrarch makes a record of an entry.
func (s *sink) putPetrarch(e entry) {
	if len(e.codes) == 0 {
		s.problem(e.place, Record, "%q has no code: it is left out", e.names[0])
		return
	}
	r := record{place: e.place, names: e.names}
	var main *cameo
	hasDates := false
	for _, d := range e.codes {
		c, err := readCAMEO(d.code)
		if err != nil {
			s.problem(d.place, Role, "[%s]: %v: the code is left out", d.code, err)
			continue
		}
		if main == nil || main.role == "" {
			main = &c
		}
		hasDates = hasDates || d.from != "" || d.until != ""
		if r.country == "" {
			r.country = c.country
		}
		s.addOffice(&r, d, c)
	}
	if main == nil {
		s.problem(e.place, Record, "%q has no code that is known: it is left out", e.names[0])
		return
	}
	if r.typ = main.typeOf(e.names[0], hasDates); r.typ != graph.Person {
		r.roles = nil
	}
	if r.typ == graph.State {
		s.putState(&r)
		return
	}
	s.put(r)
}

// putState tells what a state's entry has that the dictionary does not: whether that is a
// name, a people or a city cannot be seen.
func (s *sink) putState(r *record) {
	known := s.stateOf(r)
	if known == nil {
		s.problem(r.place, Record, "%q has the code of a country and no more, and is not known as its name: is it a person, a place or a body? give it a type in CSV", r.names[0])
		return
	}
	s.pass("known already")
	for _, n := range r.names {
		if !slices.Contains(s.Dictionary.Lookup(n), known) {
			s.problem(r.place, Name, "%q may be a name, a people or a city of %s: it is left out; add it under also, demonym or capital", n, known.ID)
		}
	}
}

// stateOf finds the state that one of the names means.
func (s *sink) stateOf(r *record) *actor.Entry {
	for _, n := range r.names {
		if e := s.known(graph.State, r.country, []string{n}); e != nil {
			return e
		}
	}
	return nil
}

// addOffice adds the role that a dated code of a person means.
func (s *sink) addOffice(r *record, d dated, c cameo) {
	org := graph.ActorID("state:" + c.country)
	if d.from == "" && d.until == "" || c.title == "" || s.Dictionary.Entry(org) == nil {
		return
	}
	if _, ok := s.Dictionary.RoleOf(c.title); !ok {
		s.problem(d.place, Role, "no titles.txt has a title for the role %s: it is left out", c.role)
		return
	}
	s.addRole(r, d.place, actor.Role{Title: c.title, Org: org, From: d.from, Until: d.until})
}
