package store

import (
	"bytes"
	"container/heap"
	"path/filepath"
	"slices"
)

// salvaged reads the rows of a folder without Badger: those of all whole blocks of
// its tables, and of its write-ahead logs. It changes nothing there. A row of which a newer
// version may lie in a damaged block is lost with that one: so an article that was
// changed or replaced does not come back as it was before. Where a whole table is lost
// with its index, that can happen.
type salvaged struct {
	dir    string
	tables []*table
	logs   [][]entry
	older  bool // rows of which a newer version may be lost are shown too
}

// openSalvaged opens the tables with the given names and the logs, and passes each
// damage of a file to found.
func openSalvaged(dir string, tables, logs []string, found func(file string, err error)) *salvaged {
	s := &salvaged{dir: dir}
	for _, name := range tables {
		t, err := openTable(filepath.Join(dir, name))
		if err != nil {
			found(name, err)
		}
		if t == nil {
			continue
		}
		s.tables = append(s.tables, t)
		for _, err := range t.damage() {
			found(name, err)
		}
	}
	for _, name := range logs {
		entries, err := readLog(filepath.Join(dir, name))
		if err != nil {
			found(name, err)
		}
		s.logs = append(s.logs, entries)
	}
	return s
}

// err is nil: what is damaged is told of when the files are opened.
func (s *salvaged) err() error { return nil }

// release closes the files.
func (s *salvaged) release() {
	for _, t := range s.tables {
		t.close()
	}
}

func (s *salvaged) get(key []byte, decode func([]byte) error) error {
	c := s.scan(key)
	defer c.close()
	if !c.next() || !bytes.Equal(c.key(), key) {
		return errNoRow
	}
	return c.value(decode)
}

func (s *salvaged) scan(prefix []byte) cursor {
	c := &salvagedCursor{from: s, prefix: prefix}
	for _, t := range s.tables {
		first := t.blocks[0].first
		if t.last != nil && bytes.Compare(t.last, prefix) < 0 || bytes.Compare(first, prefix) > 0 && !bytes.HasPrefix(first, prefix) {
			continue
		}
		c.enter(t.from(prefix))
	}
	for _, log := range s.logs {
		c.enter(&logCursor{log})
	}
	heap.Init(&c.open)
	return c
}

// entries go by key, of one key the newest first.
type entries interface{ next() (entry, bool) }

type logCursor struct{ rest []entry }

func (c *logCursor) next() (e entry, more bool) {
	if len(c.rest) == 0 {
		return e, false
	}
	e, c.rest = c.rest[0], c.rest[1:]
	return e, true
}

// salvagedCursor merges entries, of which it shows the newest of each key unless
// that says that the row is deleted.
type salvagedCursor struct {
	from   *salvaged
	prefix []byte
	open   merged
	at     entry
	sought []byte // the next row is not before it
}

func (c *salvagedCursor) seek(key []byte) { c.sought = key }

type merging struct {
	at entry
	entries
}

type merged []merging

func (m merged) Len() int           { return len(m) }
func (m merged) Less(i, j int) bool { return m[i].at.order(&m[j].at) < 0 }
func (m merged) Swap(i, j int)      { m[i], m[j] = m[j], m[i] }
func (m *merged) Push(x any)        { *m = append(*m, x.(merging)) }
func (m *merged) Pop() any {
	last := (*m)[len(*m)-1]
	*m = (*m)[:len(*m)-1]
	return last
}

// enter takes in what of the entries comes at or after the prefix.
func (c *salvagedCursor) enter(e entries) {
	for {
		at, more := e.next()
		if !more {
			return
		}
		if bytes.Compare(at.key, c.prefix) >= 0 {
			c.open = append(c.open, merging{at, e})
			return
		}
	}
}

var badgerPrefix = []byte("!badger!") // of Badger's own keys

func (c *salvagedCursor) next() bool {
	for len(c.open) > 0 {
		before := c.at
		c.at = c.open[0].at
		if at, more := c.open[0].next(); more {
			c.open[0].at = at
			heap.Fix(&c.open, 0)
		} else {
			heap.Pop(&c.open)
		}
		switch {
		case !bytes.HasPrefix(c.at.key, c.prefix):
			return false
		case bytes.Compare(c.at.key, c.sought) < 0:
		case bytes.Equal(before.key, c.at.key), bytes.HasPrefix(c.at.key, badgerPrefix): // an older version
		case c.at.meta&metaDeleted != 0, c.at.lost, !c.from.older && c.from.hides(&c.at):
		default:
			return true
		}
	}
	return false
}

// hides reports whether a damaged block may hold a newer version of a row.
func (s *salvaged) hides(e *entry) bool {
	return slices.ContainsFunc(s.tables, func(t *table) bool { return t.hides(e) })
}

func (c *salvagedCursor) key() []byte { return c.at.key }

func (c *salvagedCursor) value(decode func([]byte) error) error {
	value := c.at.value
	if c.at.meta&metaPointer != 0 {
		var err error
		if value, err = logged(c.from.dir, value); err != nil {
			return err
		}
	}
	return decode(value)
}

func (c *salvagedCursor) close() {}
