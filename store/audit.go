package store

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
)

// audit looks at all rows of a store, in the order of their keys, and finds what is
// wrong with each and with the counts that stand beside them. What it cannot see is a row that
// is missing, or too many, in a place that nobody counts: for that a store is
// rebuilt.
type audit struct {
	found  func(key []byte, fault string)
	types  map[byte]*TypeStats
	totals *totals // nil where there are none
	old    bool    // they are of a format before that of summed
	head   []byte  // of the list under way, or nil
	has    uint64  // entries seen of it
	counts uint64  // what its head says
}

// TypeStats says how many rows of one type a store holds.
type TypeStats struct {
	Type  string // the first byte of the key, as a character
	What  string // what the rows are, in the plural
	Rows  int
	Bytes int64 // of keys and values, before they are packed
}

func newAudit(found func(key []byte, fault string)) *audit {
	return &audit{found: found, types: map[byte]*TypeStats{}}
}

// scan looks at all rows of r. Its error is that of ctx.
func (a *audit) scan(ctx context.Context, r reader) error {
	c := r.scan(nil)
	defer c.close()
	for c.next() && ctx.Err() == nil {
		key := c.key()
		if err := c.value(func(value []byte) error { a.row(key, value); return nil }); err != nil {
			a.found(key, fmt.Sprintf("%s cannot be read: %v", keyWords(key), err))
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	a.end()
	return nil
}

func (a *audit) row(key, value []byte) {
	rt := rowTypeOf(key)
	if rt == nil {
		a.found(key, fmt.Sprintf("row %q is of no type that this program knows", key))
		return
	}
	a.count(rt, key, value)
	if a.old && rt.t == rowReplaced { // it was no list then
		return
	}
	what, _, ok := rt.words(key)
	if !ok {
		a.found(key, fmt.Sprintf("row %q: its key cannot be that of one of the %s", key, rt.what))
		return
	}
	if err := rt.value(key, value); err != nil {
		a.found(key, fmt.Sprintf("%s: its value is damaged: %v", what, err))
		return
	}
	a.list(rt, key, value)
	if string(key) == string(keyTotals) {
		a.totals = new(totals)
		_ = json.Unmarshal(value, a.totals) // rt.value has done so
		if a.totals.Rows == nil {
			var old oldTotals
			_ = json.Unmarshal(value, &old)
			*a.totals, a.old = old.totals(), true
		}
	}
}

func (a *audit) count(rt *rowType, key, value []byte) {
	n := a.types[rt.t]
	if n == nil {
		n = &TypeStats{Type: string(rune(rt.t)), What: rt.what}
		a.types[rt.t] = n
	}
	n.Rows++
	n.Bytes += int64(len(key) + len(value))
}

// list counts the entries of lists.
func (a *audit) list(rt *rowType, key, value []byte) {
	if a.head != nil && (rt.head == nil || string(a.head) != string(key[:min(len(key), rt.head(key))])) {
		a.endList()
	}
	switch {
	case rt.head == nil:
	case len(key) == rt.head(key):
		a.head, a.has = slices.Clone(key), 0
		_ = decodeCount(&a.counts)(value) // rt.value has done so
	case a.head == nil:
		a.found(key, fmt.Sprintf("%s has no head", keyWords(key[:rt.head(key)])))
		a.head, a.has, a.counts = slices.Clone(key[:rt.head(key)]), 1, 0
	default:
		a.has++
	}
}

// endList compares what was seen of a list with its head. One without a head has
// had its fault.
func (a *audit) endList() {
	if a.counts > 0 && a.has != a.counts {
		a.found(a.head, fmt.Sprintf("%s counts %d entries and has %d", keyWords(a.head), a.counts, a.has))
	}
	a.head = nil
}

// end compares the totals with the rows that were seen.
func (a *audit) end() {
	if a.head != nil {
		a.endList()
	}
	want := [][]byte{keyFormat, keyTotals, keySequence}
	if a.totals != nil && a.old {
		want = want[:2]
	}
	if a.rows(rowMeta) < len(want) {
		a.found(nil, fmt.Sprintf("one of the rows %s is missing", bytes.Join(want, []byte(", "))))
	}
	if a.totals == nil {
		return
	}
	for _, rt := range rowTypes {
		counted := a.totals.of(rt.t)
		if _, is := a.totals.Rows[string(rune(rt.t))]; rt.t == rowMeta || a.old && !is {
			continue
		}
		if have := a.rows(rt.t); have != counted {
			a.found(keyTotals, fmt.Sprintf("%d %s, and the totals say %d", have, rt.what, counted))
		}
	}
}

func (a *audit) rows(t byte) int {
	if n := a.types[t]; n != nil {
		return n.Rows
	}
	return 0
}

// stats returns the counts by row type.
func (a *audit) stats() []TypeStats {
	var all []TypeStats
	for _, rt := range rowTypes {
		if n := a.types[rt.t]; n != nil {
			all = append(all, *n)
		}
	}
	return all
}
