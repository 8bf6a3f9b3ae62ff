package neural

import (
	"fmt"
	"unicode"
	"unicode/utf8"

	"entente/extract/nlp/neural/vec"
)

// Widths are those of the parts of a word's vector; multiples of vec.Panel, as
// all widths of a model.
type Widths struct {
	Word, Suffix, Prefix, Shape, Gram int
	// Buckets is the number of vectors that letter sequences are hashed to.
	Buckets int
}

// In is the width of a word's vector.
func (w *Widths) In() int { return w.Word + w.Suffix + w.Prefix + w.Shape + w.Gram }

// Check returns what is wrong with w.
func (w *Widths) Check() error {
	if w.Buckets < 1 || w.Buckets > 1<<16 {
		return fmt.Errorf("%d buckets: out of range", w.Buckets)
	}
	return CheckWidths(w.Word, w.Suffix, w.Prefix, w.Shape, w.Gram)
}

// CheckWidths returns what is wrong with the widths of a model.
func CheckWidths(widths ...int) error {
	for _, w := range widths {
		if w <= 0 || w > 1024 || w%vec.Panel != 0 {
			return fmt.Errorf("a width of %d: must be a multiple of %d from %d to 1024", w, vec.Panel, vec.Panel)
		}
	}
	return nil
}

// Forms are what the rows of the tables stand for. Row 0 is for the unknown.
type Forms struct{ Words, Suffixes, Prefixes, Shapes []string }

// Check returns what is wrong with f.
func (f *Forms) Check() error { return noneEmpty(f.Words, f.Suffixes, f.Prefixes, f.Shapes) }

func noneEmpty(lists ...[]string) error {
	for _, list := range lists {
		if len(list) == 0 {
			return fmt.Errorf("an empty list of words or labels")
		}
	}
	return nil
}

// Embedding are the tables that the vector of a word is put together from.
type Embedding struct{ Words, Suffixes, Prefixes, Shapes, Grams Table }

// NewEmbedding returns tables of zeros.
func NewEmbedding(w *Widths, f *Forms) Embedding {
	return Embedding{
		Words: NewTable(len(f.Words), w.Word), Suffixes: NewTable(len(f.Suffixes), w.Suffix), Prefixes: NewTable(len(f.Prefixes), w.Prefix),
		Shapes: NewTable(len(f.Shapes), w.Shape), Grams: NewTable(w.Buckets, w.Gram),
	}
}

// Embed writes the vector of a word: its parts side by side, the letter
// sequences as their mean.
func (e *Embedding) Embed(c Cell, to []float32) {
	for _, part := range []struct {
		table Table
		row   int32
	}{{e.Words, c.Word}, {e.Suffixes, c.Suffix}, {e.Prefixes, c.Prefix}, {e.Shapes, c.Shape}} {
		copy(to, part.table.Row(part.row))
		to = to[part.table.Width:]
	}
	clear(to)
	share := 1 / float32(max(1, len(c.Grams)))
	for _, g := range c.Grams {
		vec.Axpy(share, e.Grams.Row(g), to)
	}
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
	var buf [64]byte
	key := AppendKey(buf[:0], word)
	if string(key) == word {
		return word
	}
	return string(key)
}

// AppendKey appends the key of a word.
func AppendKey(to []byte, word string) []byte {
	for _, r := range word {
		switch {
		case unicode.IsDigit(r):
			r = '0'
		case r == '’' || r == '‘':
			r = '\''
		case r == '“' || r == '”':
			r = '"'
		case r == '–' || r == '—':
			r = '-'
		default:
			r = unicode.ToLower(r)
		}
		to = utf8.AppendRune(to, r)
	}
	return to
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

// NewIndex returns the index of the forms.
func NewIndex(f *Forms, buckets int) *Index {
	number := func(list []string) map[string]int32 {
		m := make(map[string]int32, len(list))
		for i, w := range list {
			if i > 0 {
				m[w] = int32(i)
			}
		}
		return m
	}
	return &Index{number(f.Words), number(f.Suffixes), number(f.Prefixes), number(f.Shapes), buckets}
}

// Cell returns a word in numbers; grams are appended to the given slice.
func (x *Index) Cell(word string, grams []int32) Cell {
	key := Key(word)
	prefix, suffix := Affixes(key)
	return Cell{x.words[key], x.suffixes[suffix], x.prefixes[prefix], x.shapes[Shape(word)],
		appendGrams(grams, key, x.buckets)}
}
