// Package actor knows the actors: it finds who a document names, and links
// each mention to one actor.
package actor

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"entente/extract/actor/dict"
	"entente/graph"
)

const (
	placesFile = "places.txt" // names that hold an actor's name but name none
	titlesFile = "titles.txt" // title ; class ; canonical role
	bodiesFile = "bodies.txt" // slug ; type ; canonical ; variant …

	gendersFile = "genders.txt" // m or f ; given name …, or person ; m or f ; id …
)

// Form is how a mention names its actor.
type Form string

const (
	FormName    Form = "name"    // a full name or metonym that always means the actor
	FormShort   Form = "short"   // a surname or short form
	FormAdj     Form = "adj"     // "French"
	FormDemonym Form = "demonym" // "Frenchmen"
	FormCapital Form = "capital" // a city that may stand for its state
	FormTitle   Form = "title"   // "the French president"
	FormPronoun Form = "pronoun" // "he"
	FormBody    Form = "body"    // "the Polish defence ministry"
	FormSite    Form = "site"    // a place of the gazetteer: its state
	FormGroup   Form = "group"   // "Swiss businessmen"
	FormCue     Form = "cue"     // unknown, typed by its words ("Eurasia Group")
)

// Title is a title or role noun.
type Title struct {
	Class string // head-of-state, minister, spokesperson, …
	Role  string // canonical role
}

// Body is a kind of body that every state has.
type Body struct {
	Slug string
	Type graph.ActorType
	Name string // canonical, capitalised ("Ministry of Defence")
}

// sense is one thing that a name may mean.
type sense struct {
	entry *Entry
	form  Form
	words []string // as written in the dictionary, for the letter case
}

// Dictionary is what is known of actors, titles and bodies beforehand. It is
// read-only after Load and safe for concurrent use.
type Dictionary struct {
	byID       map[graph.ActorID]*Entry
	byCountry  map[string]*Entry // states by country code
	names      trie[sense]
	places     trie[bool]
	titles     trie[Title]
	bodies     trie[Body]
	groups     trie[groupNoun]
	gazetteer  trie[place]
	offices    map[office][]*Entry        // who has held a role in an organisation
	givenNames map[string]bool            // folded first words of the persons' names
	owned      map[ownedBody]*Entry       // bodies of states that have a record of their own
	roleOrgs   map[string][]graph.ActorID // where a role is known to exist
	bySpelling map[string][]*Entry        // persons by the key of their spelling
	// nameGender is by folded given name, personGender by person: "m" or "f".
	nameGender   map[string]string
	personGender map[graph.ActorID]string
	entries      int
	namesN       int
}

// ownedBody is a kind of body in a state.
type ownedBody struct{ country, slug string }

type office struct {
	role string
	org  graph.ActorID
}

// Load reads the built-in dictionary; it takes about a tenth of a second.
func Load() (*Dictionary, error) {
	return LoadFS(dict.Files)
}

// LoadFS reads every .txt file at the root of fsys: places.txt, titles.txt,
// bodies.txt and files of records. Nothing is half-loaded: the error joins all faults, a line
// "file:line: what" each, and there is no dictionary then.
func LoadFS(fsys fs.FS) (*Dictionary, error) {
	d := &Dictionary{
		byID: map[graph.ActorID]*Entry{}, byCountry: map[string]*Entry{},
		offices: map[office][]*Entry{}, givenNames: map[string]bool{},
		bySpelling: map[string][]*Entry{}, roleOrgs: map[string][]graph.ActorID{}, nameGender: map[string]string{}, personGender: map[graph.ActorID]string{},
	}
	files, err := fs.Glob(fsys, "*.txt")
	if err != nil {
		return nil, err
	}
	var faults []error
	for _, file := range files {
		switch file {
		case placesFile:
			faults = append(faults, parseRows(fsys, file, 1, d.addPlace))
		case titlesFile:
			faults = append(faults, parseRows(fsys, file, 3, d.addTitle))
		case bodiesFile:
			faults = append(faults, parseRows(fsys, file, 3, d.addBody))
		case gazetteerFile:
			faults = append(faults, parseRows(fsys, file, 3, d.addGazetteer))
		case gendersFile:
			faults = append(faults, parseRows(fsys, file, 2, d.addGenders))
		case groupsFile:
			faults = append(faults, parseRows(fsys, file, 3, d.addGroup))
		default:
			entries, err := parseEntries(fsys, file)
			faults = append(faults, err)
			for _, e := range entries {
				faults = append(faults, d.add(e))
			}
		}
	}
	if err := errors.Join(faults...); err != nil {
		return nil, fmt.Errorf("dictionary:\n%w", err)
	}
	d.findOwned()
	return d, nil
}

// findOwned finds the records that are a body of a state by their name
// ("Russian Defence Ministry"), so that "Russia's ministry of defence" is the
// same actor.
func (d *Dictionary) findOwned() {
	d.owned = map[ownedBody]*Entry{}
	for _, e := range d.byID {
		if e.Type != graph.Government && e.Type != graph.Military {
			continue
		}
		for _, name := range append([]string{e.Name}, e.Also...) {
			words := foldAll(nameWords(name))
			for n := 1; n < len(words); n++ {
				for _, b := range d.bodies.exact(words[n:]) {
					key := ownedBody{e.Country, b.Slug}
					old := d.owned[key]
					if d.nationality(words[:n], e.Country) && (old == nil || e.ID < old.ID) {
						d.owned[key] = e
					}
				}
			}
		}
	}
}

// nationality reports whether the words name the state with the country code,
// as a noun or adjective.
func (d *Dictionary) nationality(words []string, country string) bool {
	return slices.ContainsFunc(d.names.exact(words), func(s sense) bool {
		return s.entry == d.state(country) && (s.form == FormAdj || s.form == FormName)
	})
}

// Size returns the number of actors and of names.
func (d *Dictionary) Size() (actors, names int) { return d.entries, d.namesN }

// Entry returns the actor with the id, or nil.
func (d *Dictionary) Entry(id graph.ActorID) *Entry { return d.byID[id] }

// Entries yields every actor, by id.
func (d *Dictionary) Entries() iter.Seq[*Entry] {
	return func(yield func(*Entry) bool) {
		for _, id := range slices.Sorted(maps.Keys(d.byID)) {
			if !yield(d.byID[id]) {
				return
			}
		}
	}
}

// Lookup returns the actors that a full name, short form, metonym or adjective
// may mean, in order of id.
func (d *Dictionary) Lookup(name string) []*Entry {
	words := foldAll(nameWords(name))
	if len(words) > 0 && words[0] == "the" {
		words = words[1:]
	}
	var out []*Entry
	for _, s := range d.names.exact(words) {
		if !slices.Contains(out, s.entry) {
			out = append(out, s.entry)
		}
	}
	slices.SortFunc(out, func(a, b *Entry) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return out
}

func (d *Dictionary) addPlace(f []string) error {
	d.places.add(foldAll(nameWords(f[0])), true)
	return nil
}

func (d *Dictionary) addTitle(f []string) error {
	d.titles.add(foldAll(nameWords(f[0])), Title{Class: f[1], Role: f[2]})
	return nil
}

func (d *Dictionary) addBody(f []string) error {
	b := Body{Slug: f[0], Type: graph.ActorType(f[1]), Name: f[2]}
	if !slices.Contains(graph.ActorTypes, b.Type) {
		return fmt.Errorf("type %q is unknown (want one of %v)", f[1], graph.ActorTypes)
	}
	for _, v := range f[2:] {
		d.bodies.add(foldAll(nameWords(v)), b)
	}
	return nil
}

// addGenders takes over "f ; Name ; …" and "person ; f ; id ; …".
func (d *Dictionary) addGenders(f []string) error {
	person := f[0] == "person"
	if person {
		f = f[1:]
	}
	if f[0] != "m" && f[0] != "f" {
		return fmt.Errorf("gender %q is neither m nor f", f[0])
	}
	for _, name := range f[1:] {
		if person {
			d.personGender[graph.ActorID(name)] = f[0]
			continue
		}
		key := graph.FoldWord(name)
		if old := d.nameGender[key]; old != "" && old != f[0] {
			return fmt.Errorf("%q is both m and f", name)
		}
		d.nameGender[key] = f[0]
	}
	return nil
}

func (d *Dictionary) addGroup(f []string) error {
	g := groupNoun{graph.ActorType(f[1]), groupClass(f[2])}
	if !slices.Contains(graph.ActorTypes, g.Type) {
		return fmt.Errorf("type %q is unknown (want one of %v)", f[1], graph.ActorTypes)
	}
	if !slices.Contains(groupClasses, g.Class) {
		return fmt.Errorf("class %q is unknown (want one of %v)", f[2], groupClasses)
	}
	d.groups.add(foldAll(nameWords(f[0])), g)
	return nil
}

// add takes an entry over. The error is a line a fault.
func (d *Dictionary) add(e *Entry) error {
	at := func(format string, args ...any) error {
		return fmt.Errorf("%s:%d: %s: %s", e.file, e.line, e.ID, fmt.Sprintf(format, args...))
	}
	if old := d.byID[e.ID]; old != nil {
		return at("already defined at %s:%d", old.file, old.line)
	}
	d.byID[e.ID] = e
	d.entries++
	if e.Type == graph.State && e.Country != "" && string(e.ID) == "state:"+e.Country {
		d.byCountry[e.Country] = e
	}
	var faults []error
	addNames := func(form Form, names ...string) {
		for _, name := range names {
			words := nameWords(name)
			folded := foldAll(words)
			if len(folded) > 0 && folded[0] == "the" {
				words, folded = words[1:], folded[1:]
			}
			if len(folded) == 0 || len(folded) == 1 && !marked(name) {
				faults = append(faults, at("%q is no name: one word needs a capital letter", name))
				continue
			}
			for _, s := range d.names.exact(folded) {
				if s.entry != e && form != FormShort && s.form != FormShort && form != FormCapital && s.form != FormCapital {
					faults = append(faults, at("the name %q already means %s (%s:%d)", name, s.entry.ID, s.entry.file, s.entry.line))
				}
			}
			if !slices.ContainsFunc(d.names.exact(folded), func(s sense) bool { return s.entry == e }) {
				d.names.add(folded, sense{entry: e, form: form, words: words})
				d.namesN++
			}
		}
	}
	d.indexSpelling(e)
	addNames(FormName, e.Name)
	addNames(FormName, e.Also...)
	addNames(FormName, e.Seat...)
	addNames(FormAdj, e.Adj...)
	addNames(FormDemonym, e.Demonym...)
	addNames(FormCapital, e.Capital...)
	if e.Type != graph.Person {
		addNames(FormShort, e.Short...)
	} else {
		words := nameWords(e.Name)
		if !e.shortSet && len(words) > 1 {
			e.Short = []string{words[len(words)-1]}
		}
		addNames(FormShort, e.Short...)
		if len(words) > 1 && !slices.Contains(e.Short, words[0]) {
			d.givenNames[graph.FoldWord(words[0])] = true
		}
	}
	for _, r := range e.Roles {
		if !slices.Contains(d.roleOrgs[r.Title], r.Org) {
			d.roleOrgs[r.Title] = append(d.roleOrgs[r.Title], r.Org)
		}
		o := office{r.Title, r.Org}
		d.offices[o] = append(d.offices[o], e)
	}
	return errors.Join(faults...)
}

// holders returns who held the role in org on day, newest first.
func (d *Dictionary) holders(role string, org graph.ActorID, day graph.Date) []*Entry {
	var out []*Entry
	for _, e := range d.offices[office{role, org}] {
		for _, r := range e.Roles {
			if r.Title == role && r.Org == org && r.Holds(day) && !slices.Contains(out, e) {
				out = append(out, e)
			}
		}
	}
	return out
}

// inOffice reports whether e held any role on day.
func (e *Entry) inOffice(day graph.Date) bool {
	return slices.ContainsFunc(e.Roles, func(r Role) bool { return r.Holds(day) })
}

// state returns the entry of the state with the country code, or nil.
func (d *Dictionary) state(country string) *Entry { return d.byCountry[country] }

// nameWords splits a name into the words that the tokeniser gives: at white
// space, with the possessive "'s" set apart.
func nameWords(name string) []string {
	var out []string
	for _, w := range strings.Fields(strings.ReplaceAll(name, "’", "'")) {
		if head, ok := strings.CutSuffix(w, "'s"); ok && head != "" {
			out = append(out, head, "'s")
			continue
		}
		if head, ok := strings.CutSuffix(w, "'"); ok && head != "" {
			out = append(out, head, "'")
			continue
		}
		if head, ok := strings.CutSuffix(w, ","); ok && head != "" {
			out = append(out, head, ",")
			continue
		}
		out = append(out, w)
	}
	return out
}

func foldAll(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = graph.FoldWord(w)
	}
	return out
}

// caseFits reports whether text may stand for the dictionary's word: an
// acronym keeps its case, and a capital stays a capital.
func caseFits(word, text string) bool {
	if isAcronym(word) || len(word) <= 4 && hasUpper(strings.TrimLeft(word[1:], "'-")) {
		return word == text // "LeT" is not "let"
	}
	return !startsUpper(word) || startsUpper(text)
}

// spelledOut reports whether text is an acronym written as a word: "Unicef",
// "Nato".
func spelledOut(word, text string) bool {
	return isAcronym(word) && len(word) >= 4 && !acronymWords[graph.FoldWord(word)] && text == word[:1]+strings.ToLower(word[1:])
}

func isAcronym(w string) bool {
	upper := 0
	for _, r := range w {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			upper++
		}
	}
	return upper > 1
}

func startsUpper(w string) bool { r, _ := utf8.DecodeRuneInString(w); return unicode.IsUpper(r) }

func hasUpper(s string) bool { return strings.IndexFunc(s, unicode.IsUpper) >= 0 }

// marked reports whether s differs from any ordinary word: by a capital or a digit.
func marked(s string) bool { return hasUpper(s) || strings.IndexFunc(s, unicode.IsDigit) >= 0 }
