package store

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"sync"

	"github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/badger/v4/fb"
	"github.com/dgraph-io/badger/v4/y"
)

// guard checks what a store that is open for reading is asked for, before Badger
// reads it: of each table the index, and the blocks that may hold the keys, each
// once. A block takes some microseconds.
type guard struct {
	dir    string
	levels [][]*guarded // tables by their first keys; those of level 0 overlap

	mu     sync.Mutex
	err    error      // of the first block that is damaged
	open   []*guarded // the one that was opened first, first
	most   int        // of open
	packed []byte
	block  []byte
}

// maxOpen bounds the tables that are open: each is a file, and its index some 40
// kilobytes.
const maxOpen = 256

// guarded is a table, and which of its blocks are known to be right.
type guarded struct {
	id          uint64
	left, right []byte   // its first key and its last
	file        *os.File // nil where it is not open, as index
	index       *fb.TableIndex
	checked     []bool
	unchecked   int // blocks that are not checked; -1 where that is not known
}

// shut closes the file. What was checked is remembered.
func (t *guarded) shut() error {
	if t.file == nil {
		return nil
	}
	err := t.file.Close()
	t.file, t.index = nil, nil
	return err
}

func newGuard(dir string, tables []badger.TableInfo) *guard {
	g := &guard{dir: dir, most: maxOpen}
	for _, t := range tables {
		for len(g.levels) <= t.Level {
			g.levels = append(g.levels, nil)
		}
		g.levels[t.Level] = append(g.levels[t.Level], &guarded{id: t.ID, left: y.ParseKey(t.Left), right: y.ParseKey(t.Right), unchecked: -1})
	}
	for _, level := range g.levels {
		slices.SortFunc(level, func(a, b *guarded) int { return cmp.Or(bytes.Compare(a.left, b.left), cmp.Compare(a.id, b.id)) })
	}
	return g
}

// covers returns an error if a block that may hold keys with the prefix, or with
// exact the one key, is damaged. No guard, of a store that is being written or of an
// old format, finds none.
func (g *guard) covers(prefix []byte, exact bool) error {
	if g == nil {
		return nil
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	for level, tables := range g.levels {
		first := 0
		if level > 0 { // they do not overlap, so that their last keys are in order too
			first = sort.Search(len(tables), func(i int) bool { return bytes.Compare(tables[i].right, prefix) >= 0 })
		}
		for _, t := range tables[first:] {
			if bytes.Compare(t.left, prefix) > 0 && !bytes.HasPrefix(t.left, prefix) {
				break
			}
			if t.unchecked == 0 || bytes.Compare(t.right, prefix) < 0 {
				continue
			}
			if err := g.check(t, prefix, exact); err != nil && g.err == nil {
				g.err = fmt.Errorf("file %s: %w", tableName(t.id), err)
			}
		}
	}
	return g.err
}

// check checks the blocks of a table that may hold keys with the prefix. With exact,
// it asks the table's filter first, as Badger does.
func (g *guard) check(t *guarded, prefix []byte, exact bool) (err error) {
	if t.index == nil {
		if err := g.openTable(t); err != nil {
			return err
		}
	}
	if filter := y.Filter(t.index.BloomFilterBytes()); exact && len(filter) > 1 && !filter.MayContain(y.Hash(prefix)) {
		return nil
	}
	var at fb.BlockOffset
	key := func(i int) []byte {
		t.index.Offsets(&at, i)
		return y.ParseKey(at.KeyBytes())
	}
	n := len(t.checked)
	// The block before the first that begins after the prefix may hold it.
	first := sort.Search(n, func(i int) bool { return bytes.Compare(key(i), prefix) > 0 })
	for i := max(0, first-1); i < n; i++ {
		if k := key(i); bytes.Compare(k, prefix) > 0 && !bytes.HasPrefix(k, prefix) {
			break
		}
		if t.checked[i] {
			continue
		}
		if blockErr := g.checkBlock(t.file, int64(at.Offset()), int(at.Len())); blockErr != nil {
			err = errors.Join(err, fmt.Errorf("block %d of %d: %w", i+1, n, blockErr))
		}
		t.checked[i] = true
		t.unchecked--
	}
	if t.unchecked == 0 {
		err = errors.Join(err, t.shut())
	}
	return err
}

// checkBlock checks a block against the checksum that it has inside.
func (g *guard) checkBlock(f *os.File, offset int64, length int) (err error) {
	g.packed = slices.Grow(g.packed[:0], length)[:length]
	if _, err := f.ReadAt(g.packed, offset); err != nil {
		return err
	}
	g.block, err = unpackBlock(g.block[:cap(g.block)], g.packed)
	return err
}

// openTable opens a table and reads its index. If too many are open, one of them is
// closed.
func (g *guard) openTable(t *guarded) (err error) {
	if g.open = append(slices.DeleteFunc(g.open, func(t *guarded) bool { return t.file == nil }), t); len(g.open) > g.most {
		if err := g.open[0].shut(); err != nil {
			return err
		}
	}
	if t.file, err = os.Open(filepath.Join(g.dir, tableName(t.id))); err != nil {
		return err
	}
	index, _, err := indexBytes(t.file)
	if err != nil {
		return errors.Join(err, t.shut())
	}
	t.index = fb.GetRootAsTableIndex(index, 0)
	if t.unchecked < 0 {
		t.checked = make([]bool, t.index.OffsetsLength())
		t.unchecked = len(t.checked)
	}
	return nil
}

// close lets go of the files.
func (g *guard) close() error {
	if g == nil {
		return nil
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	var err error
	for _, t := range g.open {
		err = errors.Join(err, t.shut())
	}
	g.open = nil
	return err
}
