package store

import (
	"bytes"
	"sync"

	"github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/badger/v4/y"

	"github.com/dgraph-io/badger/v4/table"
)

// guard checks the tables of a store that is open for reading against its sums,
// each before the first question that touches it. A table of some hundred
// kilobytes takes a few tenths of a millisecond.
type guard struct {
	dir  string
	sums sums

	mu        sync.Mutex
	unchecked []badger.TableInfo
	err       error // of the first table that is damaged
}

func newGuard(dir string, s sums, tables []badger.TableInfo) *guard {
	return &guard{dir: dir, sums: s, unchecked: tables}
}

// covers returns an error if a table that may hold keys with the prefix is
// damaged. No guard, of a store that is being written or of an old format, finds
// none.
func (g *guard) covers(prefix []byte) error {
	if g == nil {
		return nil
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	rest := g.unchecked[:0]
	for _, t := range g.unchecked {
		if !touches(t, prefix) {
			rest = append(rest, t)
			continue
		}
		if err := g.sums.check(g.dir, table.IDToFilename(t.ID)); err != nil && g.err == nil {
			g.err = err
		}
	}
	g.unchecked = rest
	return g.err
}

// touches reports whether a table's keys begin before all that have the prefix
// end, and end after they begin.
func touches(t badger.TableInfo, prefix []byte) bool {
	left, right := y.ParseKey(t.Left), y.ParseKey(t.Right)
	return bytes.Compare(right, prefix) >= 0 && (bytes.Compare(left, prefix) <= 0 || bytes.HasPrefix(left, prefix))
}
