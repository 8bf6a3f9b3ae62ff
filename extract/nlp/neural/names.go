package neural

import (
	"math/bits"
	"unicode"
	"unicode/utf8"

	"entente/extract/nlp/neural/vec"
)

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

// NameKey returns what a word is known by when it comes again as part of a
// name, "" for a word without a capital at its beginning.
func NameKey(word string) string {
	r, _ := utf8.DecodeRuneInString(word)
	if !unicode.IsUpper(r) && !unicode.IsTitle(r) {
		return ""
	}
	return Key(word)
}

// Namer finds the best sequences of names in the sentences of a document, and
// remembers what they were.
type Namer struct {
	earlier       map[string]uint32 // types of names that a word was part of, by key
	best, current []float32         // scores of the sequences that end with each label
	back          []uint8           // the label before, of the best of them, by word
}

// Reset forgets the names of the last document.
func (n *Namer) Reset() {
	if n.earlier == nil {
		n.earlier = map[string]uint32{}
	}
	clear(n.earlier)
}

// Earlier returns the types of names, as bits, that a word with the key was part
// of.
func (n *Namer) Earlier(key string) uint32 { return n.earlier[key] }

// Name fills in the best sequence of labels in which each I-T follows a B-T or
// I-T. Row i of scores, which are width apart, has those of the labels of word
// i; keys(i) is the key of word i.
func (n *Namer) Name(labels []string, scores []float32, width int, keys func(i int) string, out []Token) {
	k := len(labels)
	n.best, n.current, n.back = vec.Grow(n.best, k), vec.Grow(n.current, k), vec.Grow(n.back, len(out)*k)
	for e := range n.best { // before the first word nothing is open
		n.best[e] = -1e9
	}
	n.best[0] = 0
	for i := range out {
		free := vec.Argmax(n.best)
		for e, score := range scores[i*width:][:k] {
			from := free
			if e > 0 && e%2 == 0 {
				from = e
				if n.best[e-1] > n.best[e] {
					from = e - 1
				}
			}
			n.back[i*k+e] = uint8(from)
			n.current[e] = n.best[from] + score
		}
		n.best, n.current = n.current, n.best
	}
	e := vec.Argmax(n.best)
	for i := len(out) - 1; i >= 0; i-- {
		out[i].Entity = labels[e]
		if e > 0 {
			if key := keys(i); key != "" {
				n.earlier[key] = 1 << ((e - 1) / 2) // the latest counts
			}
		}
		e = int(n.back[i*k+e])
	}
}
