// Package neardup tells whether two articles are one story printed twice: the
// same wire report with words changed, another headline, or the end cut off. Two
// reports of one event, an update, and two reports from one template are not.
//
// It works in two steps. Bands gives each text a few numbers, such that texts
// that are alike nearly always have one in common and others nearly never
// (MinHash and locality-sensitive hashing: Broder 1997; Leskovec, Rajaraman and
// Ullman, Mining of Massive Datasets, chapter 3). Whoever keeps the numbers in an
// index finds the few texts to compare. CopyOf then compares two texts sentence by
// sentence. Both are pure functions of the texts.
package neardup

import (
	"cmp"
	"encoding/binary"
	"slices"

	"github.com/dgryski/go-minhash"
)

const (
	// bandCount bands of bandRows hashes: of two texts that have a share j of
	// their pairs of long words in common, 1-(1-j^2)^32 have a band in common:
	// 99 % at 0.37 (a tenth of the words changed and half of the text cut), 78 %
	// at 0.21 (four tenths changed), 4 % at 0.035 (two reports of one event).
	bandCount = 32
	bandRows  = 2
	// minPairs is how many distinct pairs of long words a text must have to be
	// compared by them. Shorter ones are alike only if all words are the same.
	minPairs = 20
	// shortBand is the number of the one band of a short text.
	shortBand = bandCount
)

// Band is one of the numbers by which alike texts are found. Bands are equal
// only to bands of the same Number.
type Band struct {
	Number byte
	Hash   uint32
}

// Bands returns the bands of t: the same for the same words, in a fixed order.
// A text without words has none. They are kept in stores: another way to compute
// them is another format of the store.
func (t *Text) Bands() []Band {
	switch {
	case len(t.words) == 0:
		return nil
	case t.short():
		h := uint64(len(t.words))
		for _, w := range t.words {
			h = pair(h, w)
		}
		return []Band{{shortBand, uint32(h)}}
	}
	sketch := minhash.NewMinWise(asNumber, second, bandCount*bandRows)
	var b [8]byte
	for _, p := range t.long {
		binary.LittleEndian.PutUint64(b[:], p)
		sketch.Push(b[:])
	}
	signature := sketch.Signature()
	bands := make([]Band, bandCount)
	for i := range bands {
		h := uint64(i)
		for _, least := range signature[i*bandRows : (i+1)*bandRows] {
			h = pair(h, least)
		}
		bands[i] = Band{byte(i), uint32(h)}
	}
	return bands
}

// asNumber and second are the two hashes that MinWise makes all others from.
func asNumber(b []byte) uint64 { return binary.LittleEndian.Uint64(b) }
func second(b []byte) uint64   { return pair(asNumber(b), 0x5851F42D4C957F2D) | 1 }

func (t *Text) short() bool { return len(t.long) < minPairs }

// The thresholds of CopyOf, chosen on the pairs of neardup_test.go; the table in
// docs/architecture.md has what they give.
const (
	// minShared is the least share of a sentence's words that stand in the other
	// text beside the same neighbour.
	minShared = 0.35
	// tellingPerLoss: of so many telling words of a sentence, one may be lost.
	tellingPerLoss = 5
	// minVotes is the least share of the shared words that a sentence of the other
	// text must have, unless they are half of its own, to be one of those that say
	// the same.
	minVotes = 0.25
	// newsFrom is from how many telling words on a sentence that the other text
	// does not have is news.
	newsFrom = 2
	// Of what is no news, the other text may lack a share of maxOther of the words,
	// or fewOther of them: a byline, a heading.
	maxOther, fewOther = 0.15, 10
)

// CopyOf reports whether t says nothing that u does not say, in nearly the same
// words: all its sentences with two telling words (names, figures) stand in u with
// these words in the same order and as many negations, and next to nothing else of
// it is missing there. So a copy may be cut, but has nothing of its own; a report by
// the same template about others is none, nor is an update.
func (t *Text) CopyOf(u *Text) bool {
	switch {
	case t.whole == u.whole:
		return true
	case t.cut || u.cut:
		return false
	case t.short() || u.short():
		return slices.Equal(t.words, u.words)
	}
	left := max(fewOther, int(maxOther*float64(len(t.words))))
	for i := range t.units {
		if t.standsIn(u, i) {
			continue
		}
		if t.isNews(i) {
			return false
		}
		if left -= t.units[i].to - t.units[i].from; left < 0 {
			return false
		}
	}
	return true
}

// Lacks returns where, in bytes of its body, t has sentences that u has not, by
// the measure of CopyOf.
func (t *Text) Lacks(u *Text) [][2]int {
	var spans [][2]int
	if t.whole == u.whole {
		return nil
	}
	for i, unit := range t.units {
		switch n := len(spans); {
		case t.standsIn(u, i):
		case i > 0 && n > 0 && spans[n-1][1] == t.units[i-1].end:
			spans[n-1][1] = unit.end
		default:
			spans = append(spans, [2]int{unit.start, unit.end})
		}
	}
	return spans
}

func (t *Text) isNews(i int) bool {
	if !t.units[i].sentence {
		return false
	}
	n := 0
	for _, k := range t.kinds[t.units[i].from:t.units[i].to] {
		if k == telling {
			n++
		}
	}
	return n >= newsFrom
}

// standsIn reports whether u says what sentence i of t says.
func (t *Text) standsIn(u *Text, i int) bool {
	if u.exact[t.units[i].hash] {
		return true
	}
	from, to := t.units[i].from, t.units[i].to
	var at []int // sentences of u, one for each shared pair of words
	beside, last := 0, -1
	for w := from + 1; w < to; w++ {
		place, ok := u.pairs[pair(t.words[w-1], t.words[w])]
		if !ok {
			continue
		}
		at = append(at, u.unitOf(place))
		if beside++; last != w-1 {
			beside++
		}
		last = w
	}
	if len(at) == 0 || float64(beside) < minShared*float64(to-from) {
		return false
	}
	slices.Sort(at)
	var same []uint64 // the words of the sentences of u that say the same
	negations := 0
	for n := 0; n < len(at); {
		first := n
		for n < len(at) && at[n] == at[first] {
			n++
		}
		unit, votes := u.units[at[first]], float64(n-first)
		if votes >= minVotes*float64(len(at)) || 2*votes >= float64(unit.to-unit.from) {
			same = append(same, u.words[unit.from:unit.to]...)
			negations += u.negations(at[first])
		}
	}
	if negations != t.negations(i) {
		return false
	}
	var tells []uint64
	for w := from; w < to; w++ {
		if t.kinds[w] == telling {
			tells = append(tells, t.words[w])
		}
	}
	return len(tells)-inOrder(tells, same) <= len(tells)/tellingPerLoss
}

func (t *Text) negations(i int) (n int) {
	for _, k := range t.kinds[t.units[i].from:t.units[i].to] {
		if k == negation {
			n++
		}
	}
	return n
}

// unitOf returns the number of the sentence that holds word w.
func (t *Text) unitOf(w int32) int {
	i, found := slices.BinarySearchFunc(t.units, int(w), func(u unit, w int) int { return cmp.Compare(u.from, w) })
	if !found {
		i--
	}
	return i
}

// inOrder returns the length of the longest common subsequence.
func inOrder(a, b []uint64) int {
	row := make([]int, len(a)+1)
	for _, y := range b {
		diagonal := 0
		for i, x := range a {
			up := row[i+1]
			if x == y {
				row[i+1] = diagonal + 1
			} else {
				row[i+1] = max(up, row[i])
			}
			diagonal = up
		}
	}
	return row[len(a)]
}
