package graph

import (
	"math"
	"math/bits"
	"slices"
)

// Rows is a sparse matrix in compressed rows: the columns of row i, ascending
// and each once, are To[Off[i]:Off[i+1]], and what stands in the other slices
// at the same places belongs to them. Its slices are for reading: they belong
// to the Network that returned them.
type Rows struct {
	Off []uint32 // one more than there are rows
	To  []uint32
	// Weight is the number of distinct events; it stops at 4,294,967,295.
	Weight []uint32
	// Cooperative and Conflictual are the parts of Weight that are of quad class
	// 1 and 2, and of 3 and 4. Both are nil unless NetworkOptions.Signed asks
	// for them.
	Cooperative, Conflictual []uint32
}

// Len returns the number of rows.
func (r *Rows) Len() int { return len(r.Off) - 1 }

// Row returns the columns of row i. It panics if there is no such row.
func (r *Rows) Row(i uint32) []uint32 { return r.To[r.Off[i]:r.Off[i+1]:r.Off[i+1]] }

// Weights returns the weights of row i, in the order of Row.
func (r *Rows) Weights(i uint32) []uint32 { return r.Weight[r.Off[i]:r.Off[i+1]:r.Off[i+1]] }

// Find returns the place of row i, column j, in To and Weight, in time
// logarithmic in the length of the row.
func (r *Rows) Find(i, j uint32) (at uint32, ok bool) {
	k, ok := slices.BinarySearch(r.Row(i), j)
	return r.Off[i] + uint32(k), ok
}

// Signed reports whether the rows keep cooperation and conflict apart.
func (r *Rows) Signed() bool { return r.Cooperative != nil }

// arc is one entry of a matrix in the making.
type arc struct {
	row, col, events uint32
	side             side
}

// side says which part of a weight events belong to.
type side uint8

const (
	neither side = iota
	cooperative
	conflictual
)

func sideOf(quad int) side {
	switch quad {
	case 1, 2:
		return cooperative
	case 3, 4:
		return conflictual
	}
	return neither
}

// newRows makes the rows of an n by n matrix, in time linear in n and the arcs.
// Arcs of the same place are added up.
//
// Dealing the arcs out by column and then, in that order, by row sorts them.
// Arcs that come sorted, as a store yields them, are spared both.
func newRows(n int, arcs []arc, signed bool) Rows {
	if !slices.IsSortedFunc(arcs, compareArcs) {
		arcs = deal(n, arcs, func(a *arc) uint32 { return a.col })
		arcs = deal(n, arcs, func(a *arc) uint32 { return a.row })
	}
	distinct := 0
	for i := range arcs {
		if i == 0 || compareArcs(arcs[i-1], arcs[i]) != 0 {
			distinct++
		}
	}
	r := makeRows(n, distinct, signed)
	at := -1
	for i := range arcs {
		a := &arcs[i]
		if i == 0 || compareArcs(arcs[i-1], *a) != 0 {
			at++
			r.To[at] = a.col
			r.Off[a.row+1]++
		}
		r.add(at, a)
	}
	r.sumOffsets()
	return r
}

func makeRows(n, entries int, signed bool) Rows {
	r := Rows{Off: make([]uint32, n+1), To: make([]uint32, entries), Weight: make([]uint32, entries)}
	if signed {
		r.Cooperative, r.Conflictual = make([]uint32, entries), make([]uint32, entries)
	}
	return r
}

func (r *Rows) add(at int, a *arc) {
	r.Weight[at] = plus(r.Weight[at], a.events)
	if !r.Signed() {
		return
	}
	switch a.side {
	case cooperative:
		r.Cooperative[at] = plus(r.Cooperative[at], a.events)
	case conflictual:
		r.Conflictual[at] = plus(r.Conflictual[at], a.events)
	}
}

// sumOffsets turns the lengths of the rows, each one place late, into offsets.
func (r *Rows) sumOffsets() {
	for i := range r.Len() {
		r.Off[i+1] += r.Off[i]
	}
}

// plus adds up to the greatest number there is.
func plus(a, b uint32) uint32 {
	sum, carry := bits.Add32(a, b, 0)
	if carry != 0 {
		return math.MaxUint32
	}
	return sum
}

func compareArcs(a, b arc) int {
	x, y := uint64(a.row)<<32|uint64(a.col), uint64(b.row)<<32|uint64(b.col)
	switch {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}

// deal returns arcs sorted by a key from 0 to n-1; those of equal key keep
// their order.
func deal(n int, arcs []arc, key func(*arc) uint32) []arc {
	start := make([]uint32, n+1)
	for i := range arcs {
		start[key(&arcs[i])+1]++
	}
	for i := range n {
		start[i+1] += start[i]
	}
	sorted := make([]arc, len(arcs))
	for i := range arcs {
		k := key(&arcs[i])
		sorted[start[k]] = arcs[i]
		start[k]++
	}
	return sorted
}

// transposed returns the rows of the transposed matrix, without weights, and
// for each of their entries its place in r. It costs one pass over the entries.
func (r *Rows) transposed() (t Rows, place []uint32) {
	t = Rows{Off: make([]uint32, len(r.Off)), To: make([]uint32, len(r.To))}
	for _, j := range r.To {
		t.Off[j+1]++
	}
	t.sumOffsets()
	place = make([]uint32, len(r.To))
	next := slices.Clone(t.Off)
	for i := range uint32(r.Len()) {
		for k := r.Off[i]; k < r.Off[i+1]; k++ {
			j := r.To[k]
			t.To[next[j]] = i
			place[next[j]] = k
			next[j]++
		}
	}
	return t, place
}

// gather returns the elements of from at the places, in their order.
func gather(from, places []uint32) []uint32 {
	if from == nil {
		return nil
	}
	list := make([]uint32, len(places))
	for i, k := range places {
		list[i] = from[k]
	}
	return list
}

// symmetrised returns the sum of r and its transpose.
func (r *Rows) symmetrised() Rows {
	t, place := r.transposed()
	entries := 0
	for i := range uint32(r.Len()) {
		mergeColumns(r.Row(i), t.Row(i), func(uint32, int, int) { entries++ })
	}
	s := makeRows(r.Len(), entries, r.Signed())
	at := 0
	for i := range uint32(r.Len()) {
		mergeColumns(r.Row(i), t.Row(i), func(col uint32, k, l int) {
			s.To[at] = col
			if k >= 0 {
				s.addFrom(at, r, r.Off[i]+uint32(k))
			}
			if l >= 0 {
				s.addFrom(at, r, place[t.Off[i]+uint32(l)])
			}
			at++
		})
		s.Off[i+1] = uint32(at)
	}
	return s
}

func (r *Rows) addFrom(at int, from *Rows, place uint32) {
	r.Weight[at] = plus(r.Weight[at], from.Weight[place])
	if r.Signed() {
		r.Cooperative[at] = plus(r.Cooperative[at], from.Cooperative[place])
		r.Conflictual[at] = plus(r.Conflictual[at], from.Conflictual[place])
	}
}

// mergeColumns calls each for every element of either list, ascending, with its index
// in both; -1 where it is not in it.
func mergeColumns(a, b []uint32, each func(x uint32, i, j int)) {
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] < b[j]:
			each(a[i], i, -1)
			i++
		case a[i] > b[j]:
			each(b[j], -1, j)
			j++
		default:
			each(a[i], i, j)
			i++
			j++
		}
	}
	for ; i < len(a); i++ {
		each(a[i], i, -1)
	}
	for ; j < len(b); j++ {
		each(b[j], -1, j)
	}
}

// subtract takes once, in both directions, what stands in once: its entries
// have the lesser index for their row.
func (r *Rows) subtract(once *Rows) {
	for i := range uint32(once.Len()) {
		for k := once.Off[i]; k < once.Off[i+1]; k++ {
			j := once.To[k]
			for _, pair := range [2][2]uint32{{i, j}, {j, i}} {
				at, _ := r.Find(pair[0], pair[1])
				r.Weight[at] -= once.Weight[k]
				if r.Signed() {
					r.Cooperative[at] -= once.Cooperative[k]
					r.Conflictual[at] -= once.Conflictual[k]
				}
			}
		}
	}
}

// picked returns the entries that weigh something by the given measure, with
// that weight.
func (r *Rows) picked(weight func(row, at uint32) uint32) Rows {
	entries := 0
	for i := range uint32(r.Len()) {
		for k := r.Off[i]; k < r.Off[i+1]; k++ {
			if weight(i, k) > 0 {
				entries++
			}
		}
	}
	p := makeRows(r.Len(), entries, false)
	at := uint32(0)
	for i := range uint32(r.Len()) {
		for k := r.Off[i]; k < r.Off[i+1]; k++ {
			if w := weight(i, k); w > 0 {
				p.To[at], p.Weight[at] = r.To[k], w
				at++
			}
		}
		p.Off[i+1] = at
	}
	return p
}
