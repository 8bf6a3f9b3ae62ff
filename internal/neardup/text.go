package neardup

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cespare/xxhash/v2"
)

// Text is what is compared of an article's body. It holds hashes, about 25
// bytes a word, and no words.
type Text struct {
	words  []uint64        // all words, folded, in their order
	pairs  map[uint64]bool // of neighbouring words
	long   []uint64        // of neighbouring long words, sorted, each once
	names  []uint64        // capitalised words inside a sentence, sorted, each once
	counts []uint64        // words with figures, sorted, each once
}

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
	t := &Text{pairs: map[uint64]bool{}}
	var last, lastLong uint64
	eachWord(body, func(word string, opens bool) (more bool) {
		first, _ := utf8.DecodeRuneInString(word)
		folded := strings.ToLower(word)
		h := xxhash.Sum64String(folded)
		switch {
		case strings.ContainsFunc(word, unicode.IsDigit):
			t.counts = append(t.counts, h)
		case unicode.IsUpper(first) && !opens:
			t.names = append(t.names, h)
		}
		if len(t.words) > 0 {
			t.pairs[pair(last, h)] = true
		}
		t.words = append(t.words, h)
		last = h
		if utf8.RuneCountInString(folded) >= longWord || unicode.IsDigit(first) {
			t.long = append(t.long, pair(lastLong, h))
			lastLong = h
		}
		return len(t.words) < maxWords
	})
	for _, set := range []*[]uint64{&t.long, &t.names, &t.counts} {
		slices.Sort(*set)
		*set = slices.Compact(*set)
	}
	return t
}

// eachWord calls f, until it wants no more, with the words of a text: runs of letters, figures and what
// joins them ("1,200", "well-known", "Russia's"). opens is true for a word that
// begins a sentence, and so has a capital letter whatever it is.
func eachWord(text string, f func(word string, opens bool) (more bool)) {
	opens := true
	start := -1
	flush := func(end int) (more bool) {
		if start < 0 {
			return true
		}
		word := text[start:end]
		start = -1
		more = f(word, opens)
		opens = false
		return more
	}
	for i, r := range text {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			if start < 0 {
				start = i
			}
			continue
		case start >= 0 && joins(text[i:]):
			continue
		}
		if !flush(i) {
			return
		}
		if strings.ContainsRune(".!?:\n“\"", r) {
			opens = true
		}
	}
	flush(len(text))
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
