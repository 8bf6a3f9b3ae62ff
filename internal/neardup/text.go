package neardup

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cespare/xxhash/v2"
)

// Text is what is compared of an article's body. It holds hashes, about 40
// bytes a word, and no words.
type Text struct {
	words []uint64         // all words, folded, in their order
	kinds []kind           // of the words
	units []unit           // sentences and lines
	pairs map[uint64]int32 // of neighbouring words: where the second one first stands
	long  []uint64         // of neighbouring long words, sorted, each once
	exact map[uint64]bool  // the sentences, each all its words
	whole uint64           // of the body
	cut   bool             // the body has more than maxWords
}

// unit is a sentence, or a line that is none.
type unit struct {
	start, end int // bytes of the body
	from, to   int // words
	sentence   bool
	hash       uint64 // of all words
}

type kind byte

const (
	plain   kind = iota
	telling      // a name or a figure: whom and how many a report is about
	negation
)

// longWord is the least number of letters of words that stand for what a text
// is about. Shorter ones are mostly articles, prepositions and auxiliaries, of
// whatever language; two texts of any kind have many pairs of those in common.
const longWord = 4

// maxWords is how much of a body is compared: a megabyte of hashes and their
// index, and more than any report has.
const maxWords = 20_000

// Of reads a body, of very long ones the beginning. The cost is linear in its
// length.
func Of(body string) *Text {
	t := &Text{pairs: map[uint64]int32{}, exact: map[uint64]bool{}, whole: xxhash.Sum64String(body)}
	var last, lastLong uint64
	open := unit{start: -1}
	eachWord(body, func(start, end int) (more bool) {
		if len(t.words) == maxWords {
			t.cut = true
			return false
		}
		if open.start < 0 {
			open.start = start
		}
		word := body[start:end]
		folded := strings.ToLower(word)
		h := xxhash.Sum64String(folded)
		if len(t.words) > 0 {
			if p := pair(last, h); t.pairs[p] == 0 {
				t.pairs[p] = int32(len(t.words))
			}
		}
		t.words, t.kinds = append(t.words, h), append(t.kinds, kindOf(word, folded))
		last = h
		first, _ := utf8.DecodeRuneInString(word)
		if utf8.RuneCountInString(folded) >= longWord || unicode.IsDigit(first) {
			t.long = append(t.long, pair(lastLong, h))
			lastLong = h
		}
		return true
	}, func(end int, sentence bool) {
		if open.start >= 0 {
			open.end, open.to, open.sentence = end, len(t.words), sentence
			for _, w := range t.words[open.from:] {
				open.hash = pair(open.hash, w)
			}
			t.exact[open.hash] = true
			t.units = append(t.units, open)
			open = unit{start: -1, from: len(t.words)}
		}
	})
	slices.Sort(t.long)
	t.long = slices.Compact(t.long)
	return t
}

// kindOf tells a word by its form. Words that begin a sentence have a capital
// letter whatever they are: those that mostly begin one are plain.
func kindOf(word, folded string) kind {
	first, _ := utf8.DecodeRuneInString(word)
	switch {
	case negations[folded], strings.HasSuffix(folded, "n't"), strings.HasSuffix(folded, "n’t"):
		return negation
	case numbers[folded], strings.ContainsFunc(word, unicode.IsDigit), unicode.IsUpper(first) && !openers[folded]:
		return telling
	}
	return plain
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

var (
	negations = set("not no never nor neither cannot without none")
	numbers   = set(`two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty seventy eighty ninety
		dozen dozens hundred hundreds thousand thousands million millions billion billions half`)
	// openers have a capital letter at the beginning of a sentence only, or tell
	// little: papers write "yesterday" for "Monday", and "Mr" where others do not.
	openers = set(`the a an in on at by for from to of and but or as after before when while he she it they we i you his her its their our my
		this that these those there if with since according both some many most all also another during under over about against among
		meanwhile however although though despite because until amid earlier later last next now then so such what who which how why
		one other several more less few each any every only even yet still here just
		mr mrs ms dr sir president minister
		monday tuesday wednesday thursday friday saturday sunday yesterday today tomorrow`)
)

// eachWord calls word, until it wants no more, with where the words of a text
// are: runs of letters, figures and what joins them ("1,200", "well-known",
// "Russia's"). It calls end after each line and each sentence in it, with whether
// it ends as a sentence does.
func eachWord(text string, word func(start, end int) (more bool), end func(at int, sentence bool)) {
	start, after := -1, 0
	initial := false // the last word is one letter: "U.N.", "J. Smith"
	stop := false    // a mark that ends sentences was the last but quotation marks and brackets
	for i, r := range text {
		after = i + utf8.RuneLen(r)
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			if start < 0 {
				start = i
			}
			stop = false
			continue
		case start >= 0 && joins(text[i:]):
			continue
		}
		if start >= 0 {
			if !word(start, i) {
				end(i, true)
				return
			}
			initial = i-start == 1
			start = -1
		}
		switch {
		case r == '\n':
			end(i, stop)
			stop = false
		case strings.ContainsRune(".!?…。؟", r):
			stop = r != '.' || !initial
		case stop && unicode.IsSpace(r):
			if begins(text[after:]) {
				end(i, true)
			}
			stop = false
		}
	}
	if start >= 0 {
		word(start, len(text))
	}
	end(len(text), stop)
}

// begins reports whether a sentence may begin here.
func begins(rest string) bool {
	rest = strings.TrimLeft(rest, " \t\"'“‘«([")
	r, _ := utf8.DecodeRuneInString(rest)
	return !unicode.IsLower(r)
}

// joins reports whether the first character of rest, inside a word, does not end
// it: a hyphen or an apostrophe before a letter, a point or comma before a figure.
func joins(rest string) bool {
	r, size := utf8.DecodeRuneInString(rest)
	next, _ := utf8.DecodeRuneInString(rest[size:])
	switch r {
	case '-', '\'', '’':
		return unicode.IsLetter(next) || unicode.IsDigit(next)
	case '.', ',':
		return unicode.IsDigit(next)
	}
	return false
}

// pair mixes the hashes of two words that stand in this order.
func pair(a, b uint64) uint64 {
	h := a*0x9E3779B97F4A7C15 ^ b
	h ^= h >> 32
	h *= 0xD6E8FEB86659FD93
	return h ^ h>>32
}
