package names

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Keys are what a name is looked up by, so that not every two names have to be
// compared. Two names may be alike if one of them seeks a key that the other
// offers; names that share none are not worth comparing.
type Keys struct {
	// Offers and Seeks are sorted and distinct. Names of several words offer their
	// surname, which only surnames alone seek: so a frequent one does not bring
	// all its bearers together.
	Offers, Seeks []string
}

// Keys returns the keys of n: for a person, every two of its words by their
// consonants, their line in the tables and their beginnings; for an
// organisation, every two of its words or states, and its acronyms. There are
// about ten for a name of two words, and their number grows with the square of
// that of words, of which the first six are taken.
func (c *Comparer) Keys(n Name) Keys {
	var k Keys
	if n.person {
		k = personKeys(n)
	} else {
		k = organisationKeys(n)
	}
	return Keys{distinct(k.Offers), distinct(k.Seeks)}
}

func distinct(list []string) []string {
	slices.Sort(list)
	return slices.Compact(list)
}

const keyWords = 6

func personKeys(n Name) Keys {
	words := n.words[:min(len(n.words), keyWords)]
	var k Keys
	for i, w := range words {
		if n.surnameAt(i) {
			k.Offers = append(k.Offers, singleKeys(w)...)
		}
		if len(words) == 1 {
			k.Seeks = append(k.Seeks, singleKeys(w)...)
		}
		for _, v := range words[i+1:] {
			abbreviated := w.initial() || v.initial()
			for _, key := range pairKeys(w, v) {
				k.Offers = append(k.Offers, key)
				if abbreviated || !strings.HasPrefix(key, initialKey) {
					k.Seeks = append(k.Seeks, key)
				}
			}
		}
	}
	return k
}

// surnameAt reports whether the word at i may stand alone for the person.
func (n Name) surnameAt(i int) bool { return i == len(n.words)-1 || i == 0 && n.east }

// Kinds of keys, told apart by their first letter.
const (
	singleKey    = "1 "
	pairKey      = "2 "
	beginningKey = "3 "
	initialKey   = "4 "
	acronymKey   = "5 "
)

// singleKeys returns the keys of a word alone.
func singleKeys(w word) []string {
	var keys []string
	for _, b := range w.blocks() {
		keys = append(keys, singleKey+b)
	}
	return keys
}

// blocks returns what words that are alike have in common: their consonants,
// also without a particle that may be one with them, and their lines of the
// tables.
func (w word) blocks() []string {
	keys := []string{skeleton(w.sound)}
	if w.unglued != "" {
		keys = append(keys, skeleton(sound(w.unglued)))
	}
	if w.listed {
		keys = append(keys, w.key)
	}
	for _, n := range w.forms {
		keys = append(keys, "f"+strconv.Itoa(n))
	}
	for _, n := range w.shorts {
		keys = append(keys, "n"+strconv.Itoa(n))
	}
	return keys
}

// skeleton returns the consonants of a sound, or the sound where they are few.
func skeleton(sound string) string {
	if s := bare(sound); len(s) >= 3 {
		return s
	}
	return sound
}

// pairKeys returns the keys of two words, in whatever order they stand.
func pairKeys(a, b word) []string {
	var keys []string
	first := func(w word) string { r, _ := utf8.DecodeRuneInString(w.fold); return string(r) }
	for _, x := range a.blocks() {
		keys = append(keys, initialKey+first(b)+" "+x)
	}
	for _, y := range b.blocks() {
		keys = append(keys, initialKey+first(a)+" "+y)
	}
	if a.initial() || b.initial() {
		return keys
	}
	for _, x := range a.blocks() {
		for _, y := range b.blocks() {
			keys = append(keys, pairKey+ordered(x, y))
		}
	}
	return append(keys, beginningKey+ordered(beginning(a.sound), beginning(b.sound)))
}

func ordered(x, y string) string {
	if y < x {
		x, y = y, x
	}
	return x + " " + y
}

// beginning returns the first three letters of a sound.
func beginning(sound string) string {
	r := []rune(sound)
	return string(r[:min(len(r), 3)])
}

func organisationKeys(n Name) Keys {
	var parts []string
	for _, w := range n.words[:min(len(n.words), keyWords)] {
		parts = append(parts, w.key)
	}
	for _, p := range n.places {
		parts = append(parts, "@"+p)
	}
	var keys []string
	if len(parts) == 1 {
		keys = append(keys, singleKey+parts[0])
	}
	for i := range parts {
		for _, p := range parts[i+1:] {
			keys = append(keys, pairKey+ordered(parts[i], p))
		}
	}
	k := Keys{Seeks: keys, Offers: slices.Clone(keys)}
	if n.acronym != "" {
		k.Seeks = append(k.Seeks, acronymKey+n.acronym)
	}
	for _, i := range n.initials {
		k.Offers = append(k.Offers, acronymKey+i)
	}
	return k
}
