package eval

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// normalName returns what two names have to share to be the same: s without
// letter case, accents, surrounding quotes and punctuation, a closing 's and a
// leading "the", its words separated by single spaces.
func normalName(s string) string {
	s = norm.NFKD.String(strings.ReplaceAll(s, "\u2019", "'"))
	var plain strings.Builder
	for _, r := range s {
		if norm.NFKD.PropertiesString(string(r)).CCC() == 0 {
			plain.WriteRune(r)
		}
	}
	s = singleSpaced(cases.Fold().String(plain.String()))
	s = strings.Trim(s, "\"'\u201c\u201d ,;:")
	s = strings.TrimSuffix(s, "'s")
	return strings.TrimPrefix(s, "the ")
}

// normalLemma returns a lemma or a role in the form in which two are compared.
func normalLemma(s string) string {
	return singleSpaced(strings.NewReplacer("_", " ", "-", " ").Replace(cases.Fold().String(s)))
}

// normalCategory returns a predicted category in capitals, as the gold has it.
func normalCategory(s string) string { return cases.Upper(language.Und).String(s) }

func singleSpaced(s string) string { return strings.Join(strings.FieldsFunc(s, isSpace), " ") }

// isSpace is what Python's str.split takes for white space: Unicode's, and the
// four separators of ASCII.
func isSpace(r rune) bool { return unicode.IsSpace(r) || '\x1c' <= r && r <= '\x1f' }

// wordSet returns the distinct words of a normalised role.
func wordSet(s string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(s) {
		set[w] = true
	}
	return set
}

// within reports whether a is a subset of b.
func within(a, b map[string]bool) bool {
	for w := range a {
		if !b[w] {
			return false
		}
	}
	return true
}
