// Package actor knows the actors: it finds who a document names, and links
// each mention to one actor.
package actor

import (
	"iter"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"entente/graph"
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
	officers   map[graph.ActorID][]*Entry // who has held any role in an organisation
	givenNames map[string]bool            // folded first words of the persons' names
	owned      map[ownedBody]*Entry       // bodies of states that have a record of their own
	roleOrgs   map[string][]graph.ActorID // where a role is known to exist
	bySpelling map[string][]*Entry        // persons by the key of their spelling
	// nameGender is by folded given name, personGender by person: "m" or "f".
	nameGender   map[string]string
	personGender map[graph.ActorID]string
	namesN       int
}

// ownedBody is a kind of body in a state.
type ownedBody struct{ country, slug string }

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
func (d *Dictionary) Size() (actors, names int) { return len(d.byID), d.namesN }

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

// holders returns who held the role in org on day, newest first.
func (d *Dictionary) holders(role string, org graph.ActorID, day graph.Date) []*Entry {
	var out []*Entry
	for _, e := range d.officers[org] {
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
func nameWords(name string) []string { return appendWords(nil, name) }

// appendWords appends what nameWords gives to words.
func appendWords(words []string, name string) []string {
	for w := range strings.FieldsSeq(strings.ReplaceAll(name, "’", "'")) {
		n := len(w)
		switch {
		case n > 2 && w[n-2:] == "'s":
			words = append(words, w[:n-2], w[n-2:])
		case n > 1 && (w[n-1] == '\'' || w[n-1] == ','):
			words = append(words, w[:n-1], w[n-1:])
		default:
			words = append(words, w)
		}
	}
	return words
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
	if keepsCase(word) {
		return word == text
	}
	return !startsUpper(word) || startsUpper(text)
}

// keepsCase reports whether a word is found only as it is written: an acronym,
// also one with small letters ("LeT" is not "let").
func keepsCase(word string) bool {
	return isAcronym(word) || len(word) <= 4 && hasUpper(strings.TrimLeft(word[1:], "'-"))
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
