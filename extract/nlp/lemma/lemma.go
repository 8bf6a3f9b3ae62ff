// Package lemma gives words their dictionary form: "be" for "was", "country"
// for "Countries".
//
// Two things are known of each tag: suffix rules ("of words in -ies take three
// letters and add y"), of which the one for the longest suffix holds, and a
// table of the words that the rules get wrong. Both are learnt from treebanks
// by internal/train; docs/models.md says how. What is
// particular to a language lies in files named for it (_en).
package lemma

import (
	"bytes"
	_ "embed" // for the data file
	"strings"
	"unicode"
	"unicode/utf8"
)

//go:embed lemmas.txt
var embedded []byte

// Load returns the lemmatiser that is part of the program. It costs some
// milliseconds and 2 MB: load it once and share it.
func Load() (*Lemmatiser, error) { return Decode(bytes.NewReader(embedded), "lemmas.txt") }

// Tag is the part of speech that rules and words are known for. Any stands for
// every value, so that {Any, "VBD"} holds where only the Penn tag is known.
type Tag struct{ UPOS, XPOS string }

// Any is the part of a Tag that is not looked at, as CoNLL-U writes it.
const Any = "_"

// MaxSuffix is the length, in characters, of the longest suffix that has rules.
const MaxSuffix = 6

// Lemmatiser knows lemmas. It is safe for concurrent use as long as nothing
// is added.
type Lemmatiser struct {
	Trained string // what it was learnt from
	groups  map[Tag]*group
}

// group is what is known of one tag.
type group struct {
	// words has lemmas by form. Forms in lower case stand for all their
	// spellings but those that are listed as they are.
	words map[string]string
	rules [Classes]map[string]Edit // by suffix in lower case, digits as 0
}

// New returns a lemmatiser that knows nothing.
func New() *Lemmatiser { return &Lemmatiser{groups: map[Tag]*group{}} }

func (l *Lemmatiser) group(t Tag) *group {
	g := l.groups[t]
	if g == nil {
		g = &group{words: map[string]string{}}
		for c := range g.rules {
			g.rules[c] = map[string]Edit{}
		}
		l.groups[t] = g
	}
	return g
}

// AddWord sets the lemma of a form. A form in lower case stands for all
// spellings of it.
func (l *Lemmatiser) AddWord(t Tag, form, lemma string) { l.group(t).words[form] = lemma }

// AddRule sets what becomes of forms of a class that end in suffix, which is
// in lower case with 0 for every digit.
func (l *Lemmatiser) AddRule(t Tag, c Class, suffix string, e Edit) {
	l.group(t).rules[c][suffix] = e
}

// Lemma returns the lemma of a form with a universal part of speech and a Penn
// tag, either of which may be "" or "_". It is the form itself where nothing is
// known, and never empty unless the form is.
func (l *Lemmatiser) Lemma(form, upos, xpos string) string {
	if upos == "" {
		upos = Any
	}
	if xpos == "" {
		xpos = Any
	}
	if IsAddress(form) {
		return form
	}
	if number, ok := plainNumber(form); ok {
		return number
	}
	w := look(form)
	// What is known of both tags together only says where they differ from what
	// is known of the Penn tag.
	for _, t := range [...]Tag{{upos, xpos}, {Any, xpos}, {upos, Any}} {
		if g := l.groups[t]; g != nil {
			if lemma, ok := g.lemma(form, &w); ok && lemma != "" {
				return lemma
			}
		}
	}
	return form
}

// IsAddress reports whether a form is an address of mail or of the web, which
// is its own lemma.
func IsAddress(form string) bool {
	return len(form) > 1 && strings.Contains(form, "@") || strings.Contains(form, "://") || strings.HasPrefix(form, "www.")
}

// lemma returns what the group knows of a form, and whether it knows
// anything.
func (g *group) lemma(form string, w *word) (string, bool) {
	if lemma, ok := g.words[form]; ok {
		return lemma, true
	}
	if w.class != lower && w.size >= 0 {
		if lemma, ok := g.words[string(w.lower[:w.size])]; ok {
			return lemma, true
		}
	}
	c := w.class
	e := g.rule(w, c)
	if e.Way == AsLower {
		c, form = lower, lowered(form)
		e = g.rule(w, c)
	}
	switch e.Way {
	case Keep, Capital:
		return e.apply(form, c), true
	}
	return "", false
}

// rule returns the edit for the longest suffix of w that has one.
func (g *group) rule(w *word, c Class) Edit {
	for i := range w.suffixes {
		if e, ok := g.rules[c][string(w.suffix(i))]; ok {
			return e
		}
	}
	return Edit{Way: Defer}
}

// word is a form made ready to be looked up, without memory of its own.
type word struct {
	class    Class
	lower    [MaxForm]byte // the form in lower case
	size     int           // of lower; -1 if the form is too long to be in a table
	tail     [4 * MaxSuffix]byte
	starts   [MaxSuffix + 1]int
	suffixes int // the suffixes tail[starts[i]:], the longest first, "" the last
}

// MaxForm is the length, in bytes, of the longest form that a table holds.
const MaxForm = 64

func look(form string) (w word) {
	w.class = ClassOf(form)
	for _, r := range form {
		r = unicode.ToLower(r)
		if w.size+utf8.RuneLen(r) > len(w.lower) {
			w.size = -1
			break
		}
		w.size += utf8.EncodeRune(w.lower[w.size:], r)
	}
	// The suffixes, from the end: the tail is filled from its end too.
	at := len(w.tail)
	w.starts[MaxSuffix] = at
	rest := form
	for w.suffixes = 1; rest != "" && w.suffixes <= MaxSuffix; w.suffixes++ {
		r, size := utf8.DecodeLastRuneInString(rest)
		rest = rest[:len(rest)-size]
		r = unicode.ToLower(r)
		if unicode.IsDigit(r) {
			r = '0'
		}
		at -= utf8.RuneLen(r)
		utf8.EncodeRune(w.tail[at:], r)
		w.starts[MaxSuffix-w.suffixes] = at
	}
	return w
}

// suffix returns the i-th suffix, the longest first.
func (w *word) suffix(i int) []byte { return w.tail[w.starts[MaxSuffix+1-w.suffixes+i]:] }
