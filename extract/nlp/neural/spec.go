package neural

import (
	"fmt"
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"

	"entente/extract/nlp/neural/vec"
)

// Spec says what a network reads and what it answers: sizes, vocabularies and
// labels. It is the head of a model file.
type Spec struct {
	// Trained names the data and settings the weights come from.
	Trained string `json:"trained"`

	// Widths of the parts of a word's vector; multiples of vec.Panel, as all
	// widths here.
	Word, Suffix, Prefix, Shape, Gram int
	// Buckets is the number of vectors that letter sequences are hashed to.
	Buckets int
	// Layers and Hidden are the number of BiLSTM layers and of units each way.
	Layers, Hidden int
	// Widths of the layer between encoder and answers: for tags and
	// features, for names, for arcs, for relations.
	Morph, Name, Arc, Relation int

	// What the rows of the tables stand for. Row 0 is for the unknown.
	Words, Suffixes, Prefixes, Shapes []string
	// Labels, by number. Tags are "UPOS XPOS"; Relations[0] is "root".
	// Entities are "O", then "B-T" and "I-T" for each type T; none if the
	// model does not know names.
	Tags, Feats, Relations, Entities []string
	// Hints name what the caller may tell of a word to help with names, such
	// as that it is in a list of places: bit i of a word's hints is Hints[i].
	Hints []string
}

// check returns what makes s no network.
func (s *Spec) check() error {
	if 2*s.Hidden > 1024 {
		return fmt.Errorf("%d units each way: at most 512", s.Hidden)
	}
	for _, w := range []int{s.Word, s.Suffix, s.Prefix, s.Shape, s.Gram, s.Hidden, s.Morph, s.Name, s.Arc, s.Relation} {
		if w <= 0 || w > 1024 || w%vec.Panel != 0 {
			return fmt.Errorf("a width of %d: must be a multiple of %d from %d to 1024", w, vec.Panel, vec.Panel)
		}
	}
	if s.Dense()%(2*vec.Panel) != 0 {
		return fmt.Errorf("a layer of %d between encoder and answers: must be a multiple of %d", s.Dense(), 2*vec.Panel)
	}
	if s.Layers < 1 || s.Layers > 8 || s.Buckets < 1 || s.Buckets > 1<<16 {
		return fmt.Errorf("%d layers and %d buckets: out of range", s.Layers, s.Buckets)
	}
	for _, list := range [][]string{s.Words, s.Suffixes, s.Prefixes, s.Shapes, s.Tags, s.Feats, s.Relations} {
		if len(list) == 0 {
			return fmt.Errorf("an empty list of words or labels")
		}
	}
	if len(s.Hints) > 32 {
		return fmt.Errorf("%d hints: at most 32", len(s.Hints))
	}
	if s.Relations[0] != "root" {
		return fmt.Errorf("relation 0 is %q, not root", s.Relations[0])
	}
	for _, tag := range s.Tags {
		if strings.Count(tag, " ") != 1 {
			return fmt.Errorf("tag %q: want UPOS and XPOS", tag)
		}
	}
	for i, e := range s.Entities {
		wrong := i == 0 && e != "O" || i%2 == 1 && !strings.HasPrefix(e, "B-") || i > 0 && i%2 == 0 && e != "I-"+s.Entities[i-1][2:]
		if wrong {
			return fmt.Errorf("entity label %d is %q: want O, B-T, I-T, …", i, e)
		}
	}
	return nil
}

// In is the width of a word's vector.
func (s *Spec) In() int { return s.Word + s.Suffix + s.Prefix + s.Shape + s.Gram }

// Dense is the width of the layer between encoder and answers, which Parts lays
// out.
func (s *Spec) Dense() int { return s.Morph + s.Name + 2*s.Arc + 2*s.Relation }

// HintRows is the number of vectors for so many hints and types of names: those
// of the word before, of the word, of the word after, and the types of names
// that the word was part of earlier in the document.
func HintRows(hints, types int) int { return max(1, 3*hints+types) }

// AppendHintRows appends which of these vectors count for word t of a sentence with the
// given hints, of which there may be none; n is the number of different hints, bit i of
// earlier stands for type i.
func AppendHintRows(to []int32, n int, hints []uint32, earlier uint32, t int) []int32 {
	for offset := range 3 {
		if i := t + offset - 1; i >= 0 && i < len(hints) {
			to = appendBits(to, hints[i], int32(offset*n))
		}
	}
	return appendBits(to, earlier, int32(3*n))
}

func appendBits(to []int32, set uint32, first int32) []int32 {
	for ; set != 0; set &= set - 1 {
		to = append(to, first+int32(bits.TrailingZeros32(set)))
	}
	return to
}

// Cell is a word in numbers: rows of the tables.
type Cell struct {
	Word, Suffix, Prefix, Shape int32
	Grams                       []int32
}

// maxRunes bounds what is looked at of a word from either end.
const maxRunes = 12

// Key is the form of a word the network knows it by: lower case, each digit 0,
// plain quotes and dashes.
func Key(word string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsDigit(r):
			return '0'
		case r == '’' || r == '‘':
			return '\''
		case r == '“' || r == '”':
			return '"'
		case r == '–' || r == '—':
			return '-'
		}
		return unicode.ToLower(r)
	}, word)
}

// Affixes returns the first two and last three letters of a key.
func Affixes(key string) (prefix, suffix string) {
	i := 0
	for range 2 {
		_, size := utf8.DecodeRuneInString(key[i:])
		i += size
	}
	j := len(key)
	for range 3 {
		_, size := utf8.DecodeLastRuneInString(key[:j])
		j -= size
	}
	return key[:i], key[j:]
}

// Shape is a word's pattern of capitals, letters and digits, each run of one
// kind cut to two: "Xx", "XX", "xx-xx", "dd". It is at most 8 signs long.
func Shape(word string) string {
	var b [8]byte
	n, run := 0, 0
	var last byte
	for _, r := range word {
		sign := byte('*')
		switch {
		case unicode.IsUpper(r):
			sign = 'X'
		case unicode.IsLetter(r):
			sign = 'x'
		case unicode.IsDigit(r):
			sign = 'd'
		case r == '’':
			sign = '\''
		case r < utf8.RuneSelf && unicode.IsPrint(r):
			sign = byte(r)
		}
		if sign != last {
			run = 0
		}
		if last = sign; run < 2 {
			if n == len(b) {
				break
			}
			b[n] = sign
			n, run = n+1, run+1
		}
	}
	return string(b[:n])
}

// appendGrams appends the buckets of the sequences of three to five letters in
// the key between its marks of beginning and end.
func appendGrams(to []int32, key string, buckets int) []int32 {
	var buf [2*maxRunes + 2]rune
	runes := append(buf[:0], '<')
	long := utf8.RuneCountInString(key) - maxRunes
	i := 0
	for _, r := range key {
		if i < maxRunes || i >= long {
			runes = append(runes, r)
		}
		i++
	}
	runes = append(runes, '>')
	for start := range runes {
		h := uint32(2166136261) // FNV-1a over the runes
		for n, r := range runes[start:min(start+5, len(runes))] {
			h = (h ^ uint32(r)) * 16777619
			if n >= 2 {
				to = append(to, int32((h^h>>15)%uint32(buckets)))
			}
		}
	}
	return to
}

// Index finds the numbers of words.
type Index struct {
	words, suffixes, prefixes, shapes map[string]int32
	buckets                           int
}

// NewIndex returns the index of s.
func NewIndex(s *Spec) *Index {
	number := func(list []string) map[string]int32 {
		m := make(map[string]int32, len(list))
		for i, w := range list {
			if i > 0 {
				m[w] = int32(i)
			}
		}
		return m
	}
	return &Index{number(s.Words), number(s.Suffixes), number(s.Prefixes), number(s.Shapes), s.Buckets}
}

// Cell returns a word in numbers; grams are appended to the given slice.
func (x *Index) Cell(word string, grams []int32) Cell {
	key := Key(word)
	prefix, suffix := Affixes(key)
	return Cell{x.words[key], x.suffixes[suffix], x.prefixes[prefix], x.shapes[Shape(word)],
		appendGrams(grams, key, x.buckets)}
}
