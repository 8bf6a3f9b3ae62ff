// Package neardup tells whether two articles are one story printed twice: the
// same wire report with words changed, another headline, or the end cut off. Two
// reports of one event, an update, and two reports from one template are not.
//
// It works in two steps. Bands gives each text a few numbers, such that texts
// that are alike nearly always have one in common and others nearly never
// (MinHash and locality-sensitive hashing: Broder 1997; Leskovec, Rajaraman and
// Ullman, Mining of Massive Datasets, chapter 3). Whoever keeps the numbers in an
// index finds the few texts to compare. Alike then compares two texts word by
// word. Both are pure functions of the texts, and Alike is symmetric.
package neardup

import (
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

// The thresholds of Alike, chosen on the pairs of neardup_test.go; the table in
// docs/architecture.md has what they give.
const (
	// minShared is the least share of the shorter text's pairs of words that
	// must stand in the longer.
	minShared = 0.30
	// minNames and minCounts are the least shares of the names and of the
	// figures of the one text that must stand in the other: a report from the
	// same template has the same words around other ones.
	minNames, minCounts = 0.5, 0.5
	// fewest names or figures that say anything.
	fewest = 4
	// In window words in a row, at least minInWindow of them must stand beside
	// the same word as in the other text, or it is news that the other has not.
	window      = 24
	minInWindow = 7
)

// Alike reports whether one of the texts is a copy of the other, with words
// changed or the end left out.
func (t *Text) Alike(u *Text) bool {
	if t.short() || u.short() {
		return slices.Equal(t.words, u.words)
	}
	if len(t.words) > len(u.words) {
		t, u = u, t
	}
	inU, inT := shared(t, u), shared(u, t)
	return share(inU) >= minShared &&
		common(t.counts, u.counts) >= minCounts && common(t.names, u.names) >= minNames &&
		!addsNews(inU) && !addsNews(inT)
}

// shared tells for each word of t whether it stands in u too beside one of its
// neighbours.
func shared(t, u *Text) []bool {
	in := make([]bool, len(t.words))
	for i := 1; i < len(t.words); i++ {
		if u.pairs[pair(t.words[i-1], t.words[i])] {
			in[i-1], in[i] = true, true
		}
	}
	return in
}

func share(in []bool) float64 {
	n := 0
	for _, yes := range in {
		if yes {
			n++
		}
	}
	return float64(n) / float64(max(1, len(in)))
}

// common returns the share of the smaller of two sorted sets that is in the
// larger, and 1 where it is too small to tell.
func common(a, b []uint64) float64 {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) < fewest {
		return 1
	}
	n := 0
	for _, h := range a {
		if _, yes := slices.BinarySearch(b, h); yes {
			n++
		}
	}
	return float64(n) / float64(len(a))
}

// addsNews reports whether there is a window of words, before the last part
// that is shared, of which next to none is shared. What comes after that part is
// an end that the other text has lost.
func addsNews(in []bool) bool {
	n, low := 0, -1 // shared words in the window; where it was last almost without
	for i, yes := range in {
		if yes {
			n++
		}
		if i >= window && in[i-window] {
			n--
		}
		switch {
		case i < window-1:
		case n < minInWindow:
			if low < 0 {
				low = i
			}
		case low >= 0 && n > window/2:
			return true
		}
	}
	return false
}
