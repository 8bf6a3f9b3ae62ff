package classify

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"entente/graph"
)

// Model is what was learnt.
type Model struct {
	Categories []string            // the first columns of Acts; then comes a word's place, then Statuses
	Statuses   []string            //
	ModesOf    map[string][]string // by category; column 0 of Modes is for none, the next for the first mode
	// Temperature divides the scores of categories, StatusTemperature those of
	// statuses, so that probabilities are what they say.
	Temperature, StatusTemperature float64
	Acts, Modes                    Table
	// Gate has one column, by which pairs that can hold nothing are told from the rest
	// before Acts is asked: those with a sum below GateAt. It may be empty.
	Gate    Table
	GateAt  float64
	Trained string // data and settings, for people
}

// placeColumn is the column of Acts that says how likely a word is to be the
// predicate.
func (m *Model) placeColumn() int { return len(m.Categories) }

// ActColumns is the number of columns of Acts.
func (m *Model) ActColumns() int { return len(m.Categories) + 1 + len(m.Statuses) }

// check returns what is wrong with m.
func (m *Model) check() error {
	if !slices.Contains(m.Categories, graph.NoCategory) || len(m.Statuses) == 0 {
		return errors.New("it lacks categories or statuses")
	}
	if !(m.Temperature > 0) || !(m.StatusTemperature > 0) || math.IsInf(m.Temperature, 0) || math.IsInf(m.StatusTemperature, 0) {
		return fmt.Errorf("temperatures of %g and %g", m.Temperature, m.StatusTemperature)
	}
	if m.Acts.Columns != m.ActColumns() {
		return fmt.Errorf("%d columns for acts, want %d", m.Acts.Columns, m.ActColumns())
	}
	for c, modes := range m.ModesOf {
		if len(modes) >= m.Modes.Columns {
			return fmt.Errorf("%s has %d modes, and there are %d columns", c, len(modes), m.Modes.Columns)
		}
	}
	if m.Gate.Columns > 1 || math.IsNaN(m.GateAt) || math.IsInf(m.GateAt, 0) {
		return fmt.Errorf("a gate of %d columns at %g", m.Gate.Columns, m.GateAt)
	}
	return errors.Join(m.Acts.check(), m.Modes.check(), m.Gate.check())
}

// Table holds the weights of features: Keys in rising order, a row of Columns
// weights for each. A weight is its whole number times its column's scale.
type Table struct {
	Columns int
	Keys    []uint32
	Scales  []float32
	Weights []int8
}

// check returns what is wrong with t.
func (t *Table) check() error {
	if len(t.Scales) != t.Columns || len(t.Weights) != len(t.Keys)*t.Columns {
		return errors.New("a table of the wrong size")
	}
	for i := 1; i < len(t.Keys); i++ {
		if t.Keys[i] <= t.Keys[i-1] {
			return errors.New("keys are not in rising order")
		}
	}
	for _, s := range t.Scales {
		if f := float64(s); !(f >= 0) || math.IsInf(f, 0) {
			return fmt.Errorf("a scale of %g", s)
		}
	}
	return nil
}

// Key returns what stands for a feature in the model. Two features may share
// one, which costs little where it happens: some ten among 60,000.
func Key(parts ...string) uint32 {
	const offset, prime = 14695981039346656037, 1099511628211 // of FNV-1a
	h := uint64(offset)
	for _, p := range parts {
		for i := range len(p) {
			h = (h ^ uint64(p[i])) * prime
		}
		h = (h ^ 0xff) * prime // no UTF-8 has this byte
	}
	return uint32(h ^ h>>32)
}

// index finds the rows of a table.
type index struct {
	table *Table
	slots []slot // open addressing
	// rows holds the weights eight to a word, each more by bias, so that words can be added
	// lane by lane: words of them a row.
	rows  []uint64
	words int
}

const (
	bias  = 128
	lanes = 8 // weights in a word
	// Every second lane of a word, widened to 16 bits.
	evenLanes = 0x00ff00ff00ff00ff
	// maxAdded is how many widened weights a lane of 16 bits holds.
	maxAdded = 0xffff / 0xff
)

// slot holds a key beside its row: a feature that the table lacks, as most are, costs one
// access to memory.
type slot struct {
	key uint32
	row int32 // + 1, or 0
}

func newIndex(t *Table) index {
	size := 1
	for size < 2*len(t.Keys)+1 {
		size *= 2
	}
	words := (t.Columns + lanes - 1) / lanes
	x := index{table: t, slots: make([]slot, size), rows: make([]uint64, len(t.Keys)*words), words: words}
	for row := range t.Keys {
		for i, w := range t.weights(row) {
			x.rows[row*words+i/lanes] |= uint64(int(w)+bias) << (i % lanes * 8)
		}
	}
	for row, k := range t.Keys {
		at := x.at(k)
		for x.slots[at].row != 0 {
			at = (at + 1) & (size - 1)
		}
		x.slots[at] = slot{k, int32(row + 1)}
	}
	return x
}

// at returns where the search for a key begins.
func (x *index) at(k uint32) int { return int(k*2654435769>>7) & (len(x.slots) - 1) }

// row returns the row of a feature, or -1.
func (x *index) row(k uint32) int {
	for at := x.at(k); ; at = (at + 1) & (len(x.slots) - 1) {
		switch s := x.slots[at]; {
		case s.row == 0:
			return -1
		case s.key == k:
			return int(s.row - 1)
		}
	}
}

// adder sums rows of a table.
type adder struct {
	even, odd []uint64 // lanes of 16 bits; by word of a row
	added     int      // rows since the lanes were emptied
	rows      int
	sums      []int32
}

func (a *adder) reset(columns, words int) {
	a.sums = append(a.sums[:0], make([]int32, columns)...)
	a.even = append(a.even[:0], make([]uint64, words)...)
	a.odd = append(a.odd[:0], make([]uint64, words)...)
	a.added, a.rows = 0, 0
}

// add adds a row of x.
func (a *adder) add(x *index, row int) {
	if a.added == maxAdded {
		a.empty()
	}
	words := x.rows[row*x.words:][:x.words]
	even, odd := a.even[:len(words)], a.odd[:len(words)]
	for i, w := range words {
		even[i] += w & evenLanes
		odd[i] += w >> 8 & evenLanes
	}
	a.added++
	a.rows++
}

// empty moves what the lanes hold to the sums.
func (a *adder) empty() {
	for i := range a.sums {
		lane := a.even
		if i%2 == 1 {
			lane = a.odd
		}
		a.sums[i] += int32(lane[i/lanes]>>(i%lanes/2*16)&0xffff) - int32(a.added*bias)
	}
	clear(a.even)
	clear(a.odd)
	a.added = 0
}

// weights returns those of a row.
func (t *Table) weights(row int) []int8 { return t.Weights[row*t.Columns:][:t.Columns] }
