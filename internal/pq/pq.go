// Package pq is what the searches for shortest paths share: a queue of nodes by
// distance, and the length of an edge.
package pq

// Item is a node at a distance.
type Item struct {
	Key  uint64
	Node uint32
}

// Queue yields the item of the least key first, of equal keys the least node. A
// node may stand in it several times. The zero Queue is empty. Push and Pop cost
// the logarithm of its length.
type Queue struct{ heap []Item }

func less(a, b Item) bool { return a.Key < b.Key || a.Key == b.Key && a.Node < b.Node }

// Len returns the number of items.
func (q *Queue) Len() int { return len(q.heap) }

// Reset empties the queue and keeps its memory.
func (q *Queue) Reset() { q.heap = q.heap[:0] }

// Push adds an item.
func (q *Queue) Push(key uint64, node uint32) {
	x := Item{key, node}
	q.heap = append(q.heap, x)
	h, i := q.heap, len(q.heap)-1
	for i > 0 {
		up := (i - 1) / 2
		if !less(x, h[up]) {
			break
		}
		h[i] = h[up]
		i = up
	}
	h[i] = x
}

// Pop takes out the first item. It panics if there is none.
func (q *Queue) Pop() Item {
	h := q.heap
	top, x := h[0], h[len(h)-1]
	h = h[:len(h)-1]
	q.heap = h
	if len(h) == 0 {
		return top
	}
	i := 0
	for {
		down := 2*i + 1
		if down >= len(h) {
			break
		}
		if down+1 < len(h) && less(h[down+1], h[down]) {
			down++
		}
		if !less(h[down], x) {
			break
		}
		h[i] = h[down]
		i = down
	}
	h[i] = x
	return top
}

// Unit is the length of an edge of weight 1: the least common multiple of 1 to
// 30, so that lengths of weights up to 30 are whole and equally long paths are
// seen to be so.
const Unit = 2_329_089_562_800

// Length returns the length of an edge of a weight, Unit/weight: the closer the
// tie the shorter. Weights above 30 are rounded to half a unit in 10^12; a path
// may have millions of edges.
func Length(weight uint32) uint64 {
	if weight < uint32(len(lengths)) {
		return lengths[weight]
	}
	return (Unit + uint64(weight)/2) / uint64(weight)
}

var lengths = func() (table [256]uint64) {
	table[0] = Unit
	for w := 1; w < len(table); w++ {
		table[w] = (Unit + uint64(w)/2) / uint64(w)
	}
	return table
}()
