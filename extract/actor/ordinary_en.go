package actor

import (
	_ "embed"
	"strings"
)

// ordinary holds English words that begin a sentence with a capital, or stand in
// a headline, far more often than they name an actor.
//
//go:embed ordinary_en.txt
var ordinary string

// ordinaryWords returns the set of the words of ordinary_en.txt.
func ordinaryWords() map[string]bool {
	words := make(map[string]bool, strings.Count(ordinary, " "))
	for line := range strings.Lines(ordinary) {
		if line[0] == '#' {
			continue
		}
		for w := range strings.FieldsSeq(line) {
			words[w] = true
		}
	}
	return words
}

// guarded reports whether a name of one word is told from ordinary words: it is
// none, it is written as an acronym, whose case is kept, or exceptions.txt has it.
func (ld *loader) guarded(e *Entry, word, folded string) bool {
	if !ld.ordinary[folded] || keepsCase(word) {
		return true
	}
	at := ld.excepted[exception{folded, e.ID}]
	if at != nil {
		at.used = true
	}
	return at != nil
}

// titlePrepositions begin the addition of a title ("mayor of London").
var titlePrepositions = map[string]bool{"of": true, "for": true, "in": true, "to": true, "on": true, "at": true, "with": true, "without": true}
