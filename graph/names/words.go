package names

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"entente/graph"
)

// likeness says how two words are alike, the least first.
type likeness int

const (
	differ   likeness = iota
	initial           // one is the first letter of the other
	near              // a slip, or a freer spelling
	short             // Bill, William
	form              // Mykola, Nikolai
	spelling          // Sergei, Sergey
	same
)

// word is a word of a name.
type word struct {
	text  string // as it was written
	fold  string // graph.FoldWord, without punctuation
	sound string
	bare  string // bare(sound)
	key   string // what spellings of one word have in common, also by the table

	unglued string // the word without a particle that is one with it, or ""
	letters int    // of sound

	listed        bool // in spellings.txt
	full          bool // a full name of nicknames_en.txt
	forms, shorts []int
}

func (w word) initial() bool { return utf8.RuneCountInString(w.fold) == 1 }

// word makes a word of a piece of a name, which has no punctuation but
// apostrophes.
func (c *Comparer) word(text string) word {
	w := word{text: text, fold: fold(text)}
	w.sound = sound(w.fold)
	w.bare, w.letters = bare(w.sound), utf8.RuneCountInString(w.sound)
	w.key, w.unglued = w.sound, unglued(w.fold)
	if n, ok := c.data.spellings[w.fold]; ok {
		w.listed, w.key = true, fmt.Sprint("=", n) // no sound begins so
	}
	w.full, w.forms, w.shorts = c.data.full[w.fold], c.data.forms[w.fold], c.data.shorts[w.fold]
	return w
}

// like returns how alike two words of persons' names are.
func like(a, b *word) likeness {
	switch {
	case a.fold == b.fold:
		return same
	case a.initial() || b.initial():
		if strings.HasPrefix(a.fold, b.fold) || strings.HasPrefix(b.fold, a.fold) {
			return initial
		}
		return differ
	case a.key == b.key:
		return spelling
	case share(a.forms, b.forms):
		return form
	case share(a.shorts, b.shorts) && !(a.full && b.full):
		return short
	case a.listed && b.listed:
		return differ
	case a.sound == b.sound || longer(a, b) || longer(b, a):
		return spelling
	case nearly(a, b):
		return near
	}
	return differ
}

func share(a, b []int) bool {
	return slices.ContainsFunc(a, func(n int) bool { return slices.Contains(b, n) })
}

// longer reports whether long is short with an Arabic article or "son of" before
// it ("alsisi", "bensalah") or the ending of a Mongolian father's name behind it
// ("tsakhiagiin").
func longer(long, short *word) bool {
	if len(short.fold) < 4 || len(long.fold) < len(short.fold)+2 {
		return false
	}
	if long.unglued == short.fold {
		return true
	}
	after, ok := strings.CutPrefix(long.fold, short.fold)
	return ok && slices.Contains([]string{"yn", "iin", "gyn", "giin"}, after)
}

// unglued returns a word without the particle that may be written together with
// it, or "" where there is none.
func unglued(folded string) string {
	for _, p := range []string{"al", "el", "ben", "bin"} {
		if rest, ok := strings.CutPrefix(folded, p); ok && len(rest) >= 4 {
			return rest
		}
	}
	return ""
}

// reason says in words how a and b are alike.
func (c *Comparer) reason(a, b word, l likeness) string {
	switch l {
	case same:
		if c.common(a) {
			return fmt.Sprintf("both are called %s, as many are", a.text)
		}
		return fmt.Sprintf("both are called %s", a.text)
	case spelling:
		return fmt.Sprintf("%s and %s are spellings of one name", a.text, b.text)
	case form:
		return fmt.Sprintf("%s and %s are forms of one name", a.text, b.text)
	case short:
		if b.full {
			a, b = b, a
		}
		return fmt.Sprintf("%s is short for %s", b.text, a.text)
	case near:
		return fmt.Sprintf("%s and %s are nearly alike", a.text, b.text)
	case initial:
		if len(b.fold) < len(a.fold) {
			a, b = b, a
		}
		if a.fold == b.fold {
			return fmt.Sprintf("same initial %s", a.text)
		}
		return fmt.Sprintf("%s may stand for %s", a.text, b.text)
	}
	return fmt.Sprintf("%s and %s are different names", a.text, b.text)
}

func fold(text string) string { return strings.ReplaceAll(graph.FoldWord(text), "'", "") }

// pieces splits a name into words: at white space, hyphens and all other
// punctuation but apostrophes. "J.R." gives two.
func pieces(name string) []string {
	name = strings.NewReplacer("’", "'", "‘", "'", "ʼ", "'", "`", "'").Replace(name)
	var out []string
	for _, w := range strings.FieldsFunc(name, func(r rune) bool {
		return r != '\'' && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	}) {
		w = strings.Trim(strings.TrimSuffix(w, "'s"), "'")
		if fold(w) != "" {
			out = append(out, w)
		}
	}
	return out
}
