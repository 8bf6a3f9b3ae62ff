package nlp

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

var clitics = []string{"s", "re", "ve", "ll", "m", "d"}

// cliticLen returns the length of the clitic that rest opens with ("s" of
// "Russia's"), or 0 where the apostrophe before it joins no clitic to prev.
func cliticLen(rest string, prev rune) int {
	if !unicode.IsLetter(prev) && !unicode.IsDigit(prev) && prev != '.' && prev != ')' {
		return 0
	}
	for _, c := range clitics {
		if len(rest) >= len(c) && strings.EqualFold(rest[:len(c)], c) {
			after, _ := utf8.DecodeRuneInString(rest[len(c):])
			if !unicode.IsLetter(after) && !unicode.IsDigit(after) {
				return len(c)
			}
		}
	}
	return 0
}

// isNegation reports whether rest opens with the clitic "n't".
func isNegation(rest string) bool {
	after := rest[1:]
	for _, tail := range []string{"'t", "’t", "'T", "’T"} {
		if strings.HasPrefix(after, tail) {
			r, _ := utf8.DecodeRuneInString(after[len(tail):])
			return !unicode.IsLetter(r)
		}
	}
	return false
}
