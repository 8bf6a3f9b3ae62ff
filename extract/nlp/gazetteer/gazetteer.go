// Package gazetteer marks words that lists of names know: given names, family
// names, places, organisations, peoples, and words that often begin or end a
// name. The marks are hints to a statistical model, not decisions: "May" is in
// the list of given names.
//
// The lists are text files in data, a name a line; # begins a comment. The
// names of the actor dictionary come on top.
package gazetteer

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"unicode"
	"unicode/utf8"

	"entente/extract/actor/dict"
)

//go:embed data/*.txt
var embedded embed.FS

// Hints names the bits that Mark sets, from the lowest.
var Hints = []string{
	"given", "surname", "place begin", "place inside", "organisation begin", "organisation inside", "people",
	"organisation cue", "place cue", "title", "person begin", "person inside",
}

// list is one of the lists.
type list int

const (
	given list = iota
	surnames
	places
	organisations
	peoples
	persons // full names
	lists   // their number
)

// files says which list a file belongs to.
var files = map[string]list{
	"given.txt": given, "surnames.txt": surnames, "places.txt": places, "organisations.txt": organisations, "peoples.txt": peoples,
}

// bits are those a name of each list sets: on the first word, on the others.
var bits = [lists][2]uint32{
	given:         {1 << 0, 1 << 0},
	surnames:      {1 << 1, 1 << 1},
	places:        {1 << 2, 1 << 3},
	organisations: {1 << 4, 1 << 5},
	peoples:       {1 << 6, 1 << 6},
	persons:       {1 << 10, 1 << 11},
}

// cues says which bit a word of cues.txt sets.
var cues = map[string]uint32{"org": 1 << 7, "place": 1 << 8, "title": 1 << 9}

// Gazetteer finds the names of its lists. It is safe for concurrent use.
type Gazetteer struct {
	words map[string]word
	next  map[step]int32
	nodes []node // 0 is the start

	tokenise func(string) []string
	key      func(to []byte, word string) []byte // appends what a word is compared by
}

// word is a word of at least one name.
type word struct {
	id  int32
	cue uint32
}

// step goes on from a node by a word.
type step struct{ node, word int32 }

// node is a beginning of names, and may be one itself.
type node struct {
	in      uint8 // the lists that have it, as bits
	acronym bool  // it is always written in capitals only, such as "WHO"
}

// Load reads the built-in lists. Names are cut into words by tokenise and
// compared by what key appends for a word, which should fold case.
func Load(tokenise func(string) []string, key func(to []byte, word string) []byte) (*Gazetteer, error) {
	data, err := fs.Sub(embedded, "data")
	if err != nil {
		return nil, err
	}
	g, err := read(data, tokenise, key)
	if err != nil {
		return nil, err
	}
	return g, g.addDictionary(dict.Files)
}

func read(data fs.FS, tokenise func(string) []string, key func(to []byte, word string) []byte) (*Gazetteer, error) {
	g := &Gazetteer{words: map[string]word{}, next: map[step]int32{}, nodes: make([]node, 1), tokenise: tokenise, key: key}
	names, err := fs.Glob(data, "*.txt")
	if err != nil {
		return nil, err
	}
	var faults []error
	for _, name := range names {
		text, err := fs.ReadFile(data, name)
		if err != nil {
			return nil, err
		}
		faults = append(faults, g.readFile(name, string(text))...)
	}
	if err := errors.Join(faults...); err != nil {
		return nil, fmt.Errorf("gazetteer: %w", err)
	}
	return g, nil
}

// readFile adds the names of a file and returns what is wrong with it.
func (g *Gazetteer) readFile(name, text string) []error {
	to, isList := files[name]
	if !isList && name != "cues.txt" {
		return []error{fmt.Errorf("%s: no list of this name is known", name)}
	}
	var faults []error
	seen := map[string]int{}
	number := 0
	for line := range strings.Lines(text) {
		number++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		fault := func(format string, args ...any) {
			faults = append(faults, fmt.Errorf("%s:%d: %s", name, number, fmt.Sprintf(format, args...)))
		}
		if before := seen[strings.ToLower(line)]; before > 0 {
			fault("%q is on line %d too", line, before)
			continue
		}
		seen[strings.ToLower(line)] = number
		if isList {
			g.add(to, line)
			continue
		}
		kind, cue, ok := strings.Cut(line, " ")
		if !ok || cues[kind] == 0 || strings.Contains(cue, " ") {
			fault("%q: want org, place or title and one word", line)
			continue
		}
		w := g.word(cue)
		w.cue |= cues[kind]
		g.words[string(g.key(nil, cue))] = w
	}
	return faults
}

// addDictionary adds the names of actors. Package actor checks the form of
// its files; what is not understood here is left out.
func (g *Gazetteer) addDictionary(files fs.FS) error {
	names, err := fs.Glob(files, "*.txt")
	if err != nil {
		return err
	}
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		kind := ""
		for line := range strings.Lines(string(text)) {
			line = strings.TrimRight(line, " \t\r\n")
			if line == "" || strings.HasPrefix(strings.TrimSpace(line), "#") {
				continue
			}
			if key, values, ok := strings.Cut(strings.TrimSpace(line), ":"); ok && line[0] == ' ' {
				for value := range strings.SplitSeq(values, ";") {
					g.addActor(kind, key, strings.TrimSpace(value))
				}
				continue
			}
			id, name, _ := strings.Cut(line, " ")
			kind, _, _ = strings.Cut(id, ":")
			g.addActor(kind, "also", strings.TrimSpace(name))
		}
	}
	return nil
}

// addActor adds a value of a record of the dictionary.
func (g *Gazetteer) addActor(kind, key, value string) {
	switch {
	case value == "":
	case key == "adj" || key == "demonym" || key == "people":
		if !strings.Contains(value, " ") {
			g.add(peoples, value)
		}
	case key == "capital" || key == "seat":
		g.add(places, value)
	case key == "short" && kind == "person":
		g.add(surnames, value)
	case key != "also":
	case kind == "person":
		g.add(persons, value)
		if i, j := strings.Index(value, " "), strings.LastIndex(value, " "); i > 0 {
			g.add(given, value[:i])
			g.add(surnames, value[j+1:])
		}
	case kind == "state":
		g.add(places, value)
	case actorKinds[kind] && isName(value):
		g.add(organisations, value)
	}
}

var actorKinds = map[string]bool{
	"igo": true, "ngo": true, "company": true, "media": true, "party": true, "armed-group": true, "government": true, "military": true,
}

// isName reports whether a designation is a name rather than a description
// ("UN nuclear watchdog"): its last word begins with a capital.
func isName(s string) bool {
	last := s[strings.LastIndex(s, " ")+1:]
	r, _ := utf8.DecodeRuneInString(last)
	return unicode.IsUpper(r)
}

// word returns the entry of a word, made if there is none.
func (g *Gazetteer) word(text string) word {
	key := string(g.key(nil, text))
	w, ok := g.words[key]
	if !ok {
		w.id = int32(len(g.words) + 1)
		g.words[key] = w
	}
	return w
}

// add adds a name to a list.
func (g *Gazetteer) add(to list, name string) {
	at := int32(0)
	for _, w := range g.tokenise(name) {
		s := step{at, g.word(w).id}
		next, ok := g.next[s]
		if !ok {
			next = int32(len(g.nodes))
			g.nodes = append(g.nodes, node{acronym: true})
			g.next[s] = next
		}
		at = next
	}
	n := &g.nodes[at]
	n.acronym = n.acronym && isAcronym(name)
	n.in |= 1 << to
}

// isAcronym reports whether a name is one word without small letters.
func isAcronym(name string) bool {
	return !strings.ContainsFunc(name, func(r rune) bool { return unicode.IsLower(r) || unicode.IsSpace(r) })
}

// Mark returns the bits of the words of a sentence. Of the names of one list
// that begin at a word the longest counts, and none begins within another. An
// acronym is found only in capitals. Time is linear in the words times the
// length of the longest name.
func (g *Gazetteer) Mark(words []string) []uint32 {
	hints := make([]uint32, len(words))
	entries := g.lookUp(words)
	var free [lists]int // where the next name may begin
	for i, first := range entries {
		if first.id == 0 {
			continue
		}
		hints[i] |= first.cue
		for l, n := range g.longest(words[i], entries[i:]) {
			if n == 0 || i < free[l] {
				continue
			}
			hints[i] |= bits[l][0]
			for k := i + 1; k < i+n; k++ {
				hints[k] |= bits[l][1]
			}
			free[l] = i + n
		}
	}
	return hints
}

// lookUp returns the entries of words; that of an unknown one has the id 0.
func (g *Gazetteer) lookUp(words []string) []word {
	entries := make([]word, len(words))
	var buf [64]byte
	for i, w := range words {
		entries[i] = g.words[string(g.key(buf[:0], w))]
	}
	return entries
}

// longest returns how many words the longest name has that begins with the
// first entry, by list.
func (g *Gazetteer) longest(first string, entries []word) (lengths [lists]int) {
	at := int32(0)
	for i, e := range entries {
		next, ok := g.next[step{at, e.id}]
		if !ok {
			break
		}
		at = next
		if here := &g.nodes[at]; !here.acronym || isAcronym(first) {
			for l := range lengths {
				if here.in&(1<<l) != 0 {
					lengths[l] = i + 1
				}
			}
		}
	}
	return lengths
}
