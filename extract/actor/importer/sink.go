package importer

import (
	"bufio"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"entente/extract/actor"
	"entente/graph"
)

// place is a line of an input.
type place struct {
	file string
	line int
}

func (p place) String() string { return fmt.Sprintf("%s:%d", p.file, p.line) }

// record is an actor as an input has it.
type record struct {
	place
	id      graph.ActorID // "" where the input gives none of ours
	typ     graph.ActorType
	names   []string // the first is canonical
	short   []string
	country string // alpha-3, or ""
	roles   []actor.Role
	from    graph.Date
	until   graph.Date
	insists bool // its names win over those of known actors
}

// owner is whose a name is.
type owner struct {
	id   graph.ActorID
	line int32
}

// sink takes records, leaves out what cannot be loaded, and writes the rest.
type sink struct {
	Options
	w      *bufio.Writer
	guard  *actor.Guard
	owners map[uint64]owner // of the names written, by hash
	ids    map[uint64]int32 // lines of the ids written, by hash
	sum    Summary
}

// problem tells of something left out.
func (s *sink) problem(at place, what What, format string, args ...any) {
	s.sum.Problems[what]++
	if s.Warn != nil {
		s.Warn(Problem{at.file, at.line, what, fmt.Sprintf(format, args...)})
	}
}

// pass counts what is left out without a word.
func (s *sink) pass(reason string) { s.sum.Passed[reason]++ }

// put writes a record, if anything is left of it.
func (s *sink) put(r record) {
	if r.id != "" && s.taken(&r) {
		return
	}
	names := s.loadable(&r)
	if len(names) == 0 {
		s.problem(r.place, Record, "no name is left that could be loaded: the record is left out")
		return
	}
	r.names = names
	known := s.Dictionary.Entry(r.id)
	if r.id == "" {
		known = s.known(r.typ, r.country, names)
	}
	if names = s.free(&r, known, names); len(names) == 0 && (known == nil || len(r.roles) == 0) {
		if known != nil {
			s.pass("known already")
		} else {
			s.problem(r.place, Record, "no name is left that could be loaded: the record is left out")
		}
		return
	}
	switch {
	case known != nil:
		r.id = known.ID
	case r.id == "":
		r.id = s.newID(r.typ, names[0])
	}
	if s.taken(&r) {
		return
	}
	s.ids[hash(string(r.id))] = int32(r.line)
	for _, n := range names {
		s.owners[hash(n)] = owner{r.id, int32(r.line)}
	}
	s.count(known, names, r.roles)
	s.write(&r, known, names)
}

// taken reports, and tells, whether the record's id was written already.
func (s *sink) taken(r *record) bool {
	line, again := s.ids[hash(string(r.id))]
	if again {
		s.problem(r.place, Record, "%s was imported from line %d already: the record is left out; put the two together", r.id, line)
	}
	return again
}

func (s *sink) count(known *actor.Entry, names []string, roles []actor.Role) {
	s.sum.Actors++
	if known != nil {
		s.sum.Extended++
	}
	s.sum.Names += len(names)
	s.sum.Roles += len(roles)
}

// known returns the one actor of the dictionary that the first name means, if its
// type and country may be those given.
func (s *sink) known(typ graph.ActorType, country string, names []string) *actor.Entry {
	entries := s.Dictionary.Named(names[0])
	if len(entries) != 1 {
		return nil
	}
	e := entries[0]
	if (e.Type == graph.Person) != (typ == graph.Person) || (e.Type == graph.State) != (typ == graph.State) ||
		country != "" && e.Country != "" && country != e.Country {
		return nil
	}
	return e
}

// newID makes an id that neither the dictionary nor this import has.
func (s *sink) newID(typ graph.ActorType, name string) graph.ActorID {
	base := string(typ) + ":" + actor.Slug(name)
	id := graph.ActorID(base)
	for n := 2; s.Dictionary.Entry(id) != nil || s.ids[hash(string(id))] > 0; n++ {
		id = graph.ActorID(fmt.Sprintf("%s-%d", base, n))
	}
	return id
}

// loadable returns the names of the record that the dictionary can hold, each once.
func (s *sink) loadable(r *record) []string {
	var names, seen []string
	for _, name := range r.names {
		name = strings.Join(strings.Fields(name), " ")
		if slices.Contains(seen, name) {
			continue
		}
		seen = append(seen, name)
		if !utf8.ValidString(name) || strings.ContainsFunc(name, unicode.IsControl) || actor.Slug(name) == "" {
			s.problem(r.place, Name, "the name %q is not text in UTF-8 with letters: it is left out", name)
			continue
		}
		if !isLatin(name) {
			s.pass("names in other than Latin letters")
			continue
		}
		if err := s.guard.Check(name); err != nil {
			s.problem(r.place, Name, "%v: it is left out", err)
			continue
		}
		if !slices.ContainsFunc(names, func(n string) bool { return hash(n) == hash(name) }) {
			names = append(names, name)
		}
	}
	return names
}

// free returns the names that nobody else has and known does not have yet.
func (s *sink) free(r *record, known *actor.Entry, names []string) []string {
	var free []string
	for _, name := range names {
		if known != nil && slices.Contains(s.Dictionary.Lookup(name), known) {
			continue
		}
		if meant := s.Dictionary.Named(name); len(meant) > 0 && !r.insists {
			s.problem(r.place, Name, "the name %q means %s in the dictionary: it is left out", name, meant[0].ID)
			continue
		}
		if o, taken := s.owners[hash(name)]; taken {
			s.problem(r.place, Name, "the name %q was given to %s at line %d: it is left out", name, o.id, o.line)
			continue
		}
		free = append(free, name)
	}
	return free
}

// write writes a record. Of an actor that is known it gives what is new, and the
// canonical name, which every record needs.
func (s *sink) write(r *record, known *actor.Entry, names []string) {
	name, also := "", names
	switch {
	case known == nil, r.insists && len(names) > 0 && names[0] == r.names[0]:
		name, also = names[0], names[1:]
	case r.insists && slices.Contains(s.Dictionary.Lookup(r.names[0]), known):
		name = r.names[0]
	default:
		name = known.Name
	}
	if known != nil && !r.insists {
		r.typ, r.country, r.from, r.until = known.Type, "", "", ""
	}
	fmt.Fprintf(s.w, "%s  %s\n", r.id, name)
	line := func(key string, values ...string) {
		if len(values) > 0 && values[0] != "" {
			fmt.Fprintf(s.w, "  %s: %s\n", key, strings.Join(values, "; "))
		}
	}
	if string(r.typ) != r.id.Kind() && (known == nil || r.typ != known.Type) {
		line("type", string(r.typ))
	}
	line("country", r.country)
	line("also", also...)
	line("short", r.short...)
	line("from", string(r.from))
	line("until", string(r.until))
	for _, role := range r.roles {
		line("role", role.Title, string(role.Org), fmt.Sprintf("%s..%s", role.From, role.Until))
	}
}

// addRole adds a role unless its term is impossible.
func (s *sink) addRole(r *record, at place, role actor.Role) {
	if role.Until != "" && role.Until < role.From && !strings.HasPrefix(string(role.From), string(role.Until)) {
		s.problem(at, Role, "the term ends (%s) before it begins (%s): the role is left out", role.Until, role.From)
		return
	}
	if !slices.Contains(r.roles, role) {
		r.roles = append(r.roles, role)
	}
}

// isLatin reports whether the letters of s are Latin ones.
func isLatin(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) && r != 'ʿ' && r != 'ʼ'
	})
}

// hash stands for a name, compared as the dictionary does.
func hash(name string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(strings.TrimPrefix(graph.FoldWord(name), "the ")))
	return h.Sum64()
}
