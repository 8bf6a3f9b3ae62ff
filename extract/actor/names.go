package actor

import (
	"fmt"
	"slices"
	"strings"

	"entente/graph"
)

// addNames gives e the names of a record, which is e itself or extends it.
func (ld *loader) addNames(e, record *Entry) {
	ld.addName(e, record, FormName, record.Name)
	for _, names := range []struct {
		form Form
		list []string
	}{
		{FormName, record.Also}, {FormName, record.Seat}, {FormAdj, record.Adj},
		{FormDemonym, record.Demonym}, {FormCapital, record.Capital}, {FormShort, record.Short},
	} {
		for _, name := range names.list {
			ld.addName(e, record, names.form, name)
		}
	}
}

func (ld *loader) addName(e, record *Entry, form Form, name string) {
	words := ld.split(name)
	folded := ld.folded
	if len(folded) == 0 || len(folded) == 1 && !marked(name) {
		ld.fault(record, record.line, "%q is no name: one word needs a capital letter", name)
		return
	}
	if form != FormShort && len(words) == 1 && !ld.guarded(e, words[0], folded[0]) {
		ld.fault(record, record.line, "the name %q is an ordinary word: add a second word, leave it out, or put the line \"%s ; %s ; REASON\" into exceptions.txt", name, words[0], e.ID)
	}
	senses := ld.names.exact(folded)
	if ld.layer > 0 && form != FormShort {
		senses = ld.win(e, record, form, name, senses)
	}
	own := false
	for _, s := range senses {
		own = own || s.entry == e && (s.form != FormShort || form == FormShort)
		if s.entry != e && form != FormShort && s.form != FormShort && form != FormCapital && s.form != FormCapital {
			ld.fault(record, record.line, "the name %q already means %s (%s:%d): take it out of one of them", name, s.entry.ID, s.entry.file, s.entry.line)
		}
	}
	if !own {
		ld.names.add(folded, sense{entry: e, form: form, words: words})
		ld.namesN++
		return
	}
	ld.drop(words)
}

// win takes the name at hand from the actors and places of earlier layers, all
// but persons of whom it is the short form; a capital that is now a name of its state
// is no longer a place. It returns the meanings left.
func (ld *loader) win(e, record *Entry, form Form, name string, senses []sense) []sense {
	key := strings.Join(ld.folded, " ")
	if ld.current[key] {
		return senses
	}
	ld.current[key] = true
	if len(ld.places.exact(ld.folded)) > 0 {
		ld.places.set(ld.folded)
	}
	left := slices.DeleteFunc(slices.Clone(senses), func(s sense) bool {
		if s.entry == e {
			return form == FormName && s.form == FormCapital
		}
		return s.form != FormShort
	})
	if len(left) == len(senses) {
		return senses
	}
	for _, s := range senses {
		if s.entry != e && !slices.ContainsFunc(left, func(l sense) bool { return l.entry == s.entry }) {
			ld.won = append(ld.won, Finding{File: record.file, Line: int(record.line), Warning: true,
				Text: fmt.Sprintf("%s: the name %q meant %s (%s:%d): now it means only this actor", e.ID, name, s.entry.ID, s.entry.file, s.entry.line)})
		}
	}
	ld.names.set(ld.folded, left...)
	ld.namesN -= len(senses) - len(left)
	return left
}

// split returns the words of a name without a leading "the", and leaves them
// folded in ld.folded.
func (ld *loader) split(name string) []string {
	words := ld.words(name)
	if len(words) > 0 && ld.folded[0] == "the" {
		ld.folded = ld.folded[1:]
		return words[1:]
	}
	return words
}

// words returns the words of a name, which last, and leaves them folded in
// ld.folded until the next call.
func (ld *loader) words(name string) []string {
	if cap(ld.arena)-len(ld.arena) < 64 {
		ld.arena = make([]string, 0, 4096)
	}
	from := len(ld.arena)
	ld.arena = appendWords(ld.arena, name)
	words := ld.arena[from:len(ld.arena):len(ld.arena)]
	ld.folded = ld.scratch[:0]
	for _, w := range words {
		ld.folded = append(ld.folded, ld.fold(w))
	}
	ld.scratch = ld.folded
	return words
}

// drop gives back the words that were made last.
func (ld *loader) drop(words []string) { ld.arena = ld.arena[:len(ld.arena)-len(words)] }

// foldedWords returns the folded words of a row's field, until the next call.
func (ld *loader) foldedWords(name string) []string {
	ld.drop(ld.words(name))
	return ld.folded
}

func (ld *loader) fold(word string) string {
	folded, ok := ld.folds[word]
	if !ok {
		folded = graph.FoldWord(word)
		ld.folds[word] = folded
	}
	return folded
}
