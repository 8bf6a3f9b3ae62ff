package lemma

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Class says how a form is written. Rules are learnt for each class apart:
// "Polish" and "polish" have little in common.
type Class int

const (
	lower   Class = iota // nothing in upper case
	title                // two letters or more, only the first in upper case
	acronym              // up to four letters, all in upper case
	upper                // more letters, all in upper case
	mixed                // anything else
	// Classes is the number of classes.
	Classes = iota
)

// ClassOf returns the class of a form.
func ClassOf(form string) Class {
	letters, uppers, first := 0, 0, false
	for _, r := range form {
		if !unicode.IsLetter(r) {
			continue
		}
		if unicode.IsUpper(r) {
			uppers++
			first = first || letters == 0
		}
		letters++
	}
	switch {
	case uppers == 0:
		return lower
	case uppers == 1 && first && letters > 1:
		return title
	case uppers == letters && letters <= 4:
		return acronym
	case uppers == letters:
		return upper
	}
	return mixed
}

// Way says what an Edit does.
type Way int

// The ways to make a lemma.
const (
	Keep    Way = iota // cut and add, the rest as it is written
	Capital            // the same, the first character in upper case, the others in lower case
	AsLower            // what becomes of the form in lower case
	Defer              // this tag has no rule of its own here: that of the Penn tag alone holds
)

// Edit makes a lemma of a form. Keep and Capital take characters from its end
// and add others.
type Edit struct {
	Way   Way
	Strip int
	Add   string // in lower case
}

// Between returns the edit that makes lemma of form by cutting and adding, and
// false if there is none.
func Between(form, lemma string) (Edit, bool) {
	c := ClassOf(form)
	a, b := []rune(lowered(form)), []rune(lowered(lemma))
	same := 0
	for same < len(a) && same < len(b) && a[same] == b[same] {
		same++
	}
	for _, way := range [...]Way{Keep, Capital} {
		if e := (Edit{way, len(a) - same, string(b[same:])}); e.apply(form, c) == lemma {
			return e, true
		}
	}
	return Edit{}, false
}

// Suffixes returns the suffixes of a form that rules may be for, the longest
// first.
func Suffixes(form string) []string {
	w := look(form)
	out := make([]string, w.suffixes)
	for i := range out {
		out[i] = string(w.suffix(i))
	}
	return out
}

// Fits reports whether a rule for a suffix may be e: it looks at what it takes
// away.
func (e Edit) Fits(suffix string) bool { return e.Strip <= utf8.RuneCountInString(suffix) }

// apply returns the lemma, which is the form if nothing would be left of it.
func (e Edit) apply(form string, c Class) string {
	stem, add := form, e.Add
	for range e.Strip {
		_, size := utf8.DecodeLastRuneInString(stem)
		stem = stem[:len(stem)-size]
	}
	switch {
	case stem == "" && add == "":
		return form
	case e.Way == Capital:
		return capital(stem + add)
	case c == upper, c == acronym && utf8.RuneCountInString(form) > 1:
		add = strings.ToUpper(add)
	}
	return stem + add // without a copy if nothing is added
}

// lowered changes letter by letter, so that the number of characters stays.
func lowered(s string) string { return strings.Map(unicode.ToLower, s) }

func capital(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if r == utf8.RuneError {
		return s
	}
	return string(unicode.ToUpper(r)) + lowered(s[size:])
}
