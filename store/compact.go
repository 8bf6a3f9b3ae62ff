package store

import (
	"cmp"
	"context"
	"errors"

	"github.com/dgraph-io/badger/v4"
)

// Level says what one level of the database holds. Badger writes new tables to
// level 0 and merges them downwards.
type Level struct {
	Level  int
	Tables int
	Bytes  int64
}

// Inventory is what the rows and files of a store take.
type Inventory struct {
	Rows   []TypeStats // by row type
	Levels []Level     // those with tables
	Bytes  int64       // on disk, of all files
	Format int
}

// Inventory counts all rows. It reads all of the store, and fails with ErrDamaged
// where rows are missing.
func (s *Store) Inventory(ctx context.Context) (Inventory, error) {
	inv := Inventory{Format: s.folder.format}
	var first error
	err := s.view(func(r reader) error {
		a := newAudit(func(_ []byte, fault string) {
			if first == nil {
				first = s.folder.damaged("%s", fault)
			}
		})
		err := a.scan(ctx, r)
		inv.Rows = a.stats()
		return cmp.Or(err, first)
	})
	if err != nil {
		return inv, err
	}
	if e, ok := s.kv.(badgerEngine); ok {
		for _, l := range e.db.Levels() {
			if l.NumTables > 0 {
				inv.Levels = append(inv.Levels, Level{l.Level, l.NumTables, l.Size})
			}
		}
	}
	inv.Bytes, err = s.folder.size()
	return inv, err
}

// Compact merges all tables of the store in dir into one level, drops what was
// deleted, and returns how many bytes the store took on disk before and after it. It
// needs as much free space as the store takes, and nobody else may use the store.
func Compact(dir string) (before, after int64, err error) {
	before, err = (&folder{dir: dir}).size() // what an open store holds in reserve is not counted
	if err != nil {
		return 0, 0, err
	}
	s, err := Open(dir, Options{Wait: patience})
	if err != nil {
		return 0, 0, err
	}
	if err = errors.Join(s.compact(uint64(before)), s.Close()); err != nil {
		return 0, 0, err
	}
	after, err = s.folder.size()
	return before, after, err
}

func (s *Store) compact(size uint64) error {
	s.mu.Lock() // the database is not lent meanwhile
	defer s.mu.Unlock()
	if err := s.folder.checkSpace(size); err != nil {
		return err
	}
	if e, ok := s.kv.(badgerEngine); ok {
		return s.folder.explain(e.compact())
	}
	return nil
}

// compact merges the tables, and rewrites value logs of which half is of no use.
func (e badgerEngine) compact() error {
	if err := e.db.Flatten(2); err != nil {
		return err
	}
	for {
		err := e.db.RunValueLogGC(0.5)
		if errors.Is(err, badger.ErrNoRewrite) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}
