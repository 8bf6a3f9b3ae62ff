package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"entente/graph"
)

// A store is rebuilt from primary rows by the code that Ingest uses, so that there
// is one answer to what follows from them. Originals go first: what a store keeps
// of a copy hangs on its original.

// leftOut says what becomes of what cannot be taken over. An error of its functions
// ends the work.
type leftOut struct {
	doubt   func(a *stored) error            // why not to take over an article whose rows are whole; may be nil
	article func(a *stored, why error) error // some of its rows are missing, or its original
	row     func(key []byte, why error) error
}

// refuse ends the work at the first that is left out.
var refuse = leftOut{
	article: func(a *stored, why error) error { return fmt.Errorf("article %s: %w", a.key, why) },
	row:     func(key []byte, why error) error { return fmt.Errorf("%s: %w", keyWords(key), why) },
}

// rebuild fills s, a new store, from the primary rows of r.
func (s *Store) rebuild(ctx context.Context, r reader, out leftOut) error {
	restore := func(a *stored) error {
		err := s.restore(a)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.Is(err, ErrInvalid):
			return out.article(a, errMixed)
		case errors.Is(err, errNoOriginal), errors.Is(err, errTaken):
			return out.article(a, err)
		}
		return err
	}
	err := readPrimary(r, func(p *primary) error {
		a, err := p.decodeKeyed()
		if err == nil && out.doubt != nil {
			err = out.doubt(a)
		}
		switch {
		case err != nil:
			return out.article(a, err)
		case a.original != nil:
			return nil
		}
		return restore(a)
	})
	if err == nil {
		err = readCopies(r, restore)
	}
	if err == nil {
		err = readAlone(r, out, s.insertRows)
	}
	return err
}

// readCopies passes the copies of r to emit, by key. Those whose rows are not whole
// are left out: readPrimary shows them.
func readCopies(r reader, emit func(*stored) error) error {
	c := r.scan([]byte{rowOriginal})
	defer c.close()
	for c.next() {
		k, ok := articleOf(c.key())
		a := &stored{key: k, original: new(articleKey)}
		if !ok || c.value(decodeKey(a.original)) != nil {
			continue
		}
		if err := r.get(ofArticle(rowArticle, k), decode(&a.row)); err != nil || a.row.Key() != k.String() {
			continue
		}
		if err := emit(a); err != nil {
			return err
		}
	}
	return nil
}

// perCommit is how many rows that are alone are written at once.
const perCommit = 500

// readAlone passes the rows that are alone to emit, by key, some at a time.
func readAlone(r reader, out leftOut, emit func([]row) error) error {
	var rows []row
	judgements := 0
	for _, rt := range rowTypes {
		if !rt.alone {
			continue
		}
		c := r.scan([]byte{rt.t})
		defer c.close()
		for c.next() {
			one := row{key: bytes.Clone(c.key())}
			err := c.value(func(v []byte) error { one.value = bytes.Clone(v); return nil })
			if err == nil {
				err = rt.check(one)
			}
			if rt.t == rowJudgement {
				if judgements++; err == nil && !bytes.Equal(one.key, judgementKey(judgements)) {
					err = errors.New("a judgement before it is lost")
				}
			}
			if err != nil {
				if err = out.row(one.key, err); err != nil {
					return err
				}
				continue
			}
			if rows = append(rows, one); len(rows) == perCommit {
				if err := emit(rows); err != nil {
					return err
				}
				rows = nil
			}
		}
	}
	return emit(rows)
}

// check returns an error unless a row can be one of its type.
func (rt *rowType) check(r row) error {
	if _, _, ok := rt.words(r.key); !ok {
		return errors.New("its key cannot be read")
	}
	return rt.value(r.key, r.value)
}

// insertRows writes rows that are alone.
func (s *Store) insertRows(rows []row) error {
	return s.change(func(p *put) error {
		for _, r := range rows {
			if rt := rowTypeOf(r.key); rt.head == nil {
				p.insert(r.key, r.value)
			} else if head := r.key[:rt.head(r.key)]; len(head) < len(r.key) { // heads follow from the entries
				p.count(head, 1)
				p.insert(r.key, r.value)
			}
		}
		return p.err
	})
}

// setRows writes rows as they are, of whatever type: the totals are among them, or
// will be.
func (s *Store) setRows(rows []row) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return s.errClosed()
	}
	if err := errors.Join(s.folder.checkSpace(0), s.reopen()); err != nil {
		return err
	}
	s.cache.drop()
	bytes := 0
	set := func(b batch) error {
		for _, r := range rows {
			bytes += len(r.key) + len(r.value)
			if err := b.set(r.key, r.value); err != nil {
				return err
			}
		}
		return nil
	}
	err := s.kv.update(set)
	if errors.Is(err, ErrTooBig) {
		if grown, growErr := s.grow(); growErr != nil {
			return growErr
		} else if grown {
			err = s.kv.update(set)
			bytes = reopenAfter // small again with the next
		}
	}
	s.unopened += bytes
	return s.folder.explain(err)
}

// errNoOriginal: a copy is to be stored without its original.
var errNoOriginal = errors.New("its original is missing, so that it must be coded")

// errTaken: there is such an article, or another one at its address.
var errTaken = errors.New("another article has its key or its address")

// errMixed: the rows of an article are not what one ingest wrote.
var errMixed = errors.New("its rows do not belong together")

// restore writes the rows of one article and all that follows from them. The
// original of a copy must be there.
func (s *Store) restore(a *stored) error {
	return s.change(func(p *put) error { p.restore(a); return p.err })
}

func (p *put) restore(a *stored) {
	address := addressRow(&a.row.Article)
	if p.node(a.key) != nil || p.err == nil && address != nil && p.has(address) {
		p.err = errTaken
	}
	if p.err != nil {
		return
	}
	n := newNode(a.key, a.row)
	n.fresh = true
	p.nodes[a.key] = n
	if address != nil {
		p.insert(address, a.key[:])
	}
	p.enterArticle(labelHead(a.row.ID), a.key)
	if a.original == nil {
		p.code = func(graph.Article) (graph.Record, error) { return a.record, nil }
		p.makeOriginal(n, candidates{})
		return
	}
	original := p.node(*a.original)
	if p.err == nil && (original == nil || original.copyOf != nil) {
		p.err = errNoOriginal
	}
	if p.err == nil {
		p.makeCopy(n, original)
	}
}

// build makes a store in dir, which must be missing or empty, whole or not at all:
// beside it first, where fill writes, and then in its place.
func build(dir string, fill func(*Store) error) error {
	if err := checkVacant(dir); err != nil {
		return err
	}
	parent := filepath.Dir(filepath.Clean(dir))
	if err := os.MkdirAll(parent, 0o777); err != nil {
		return fmt.Errorf("store %s: cannot make the folder: %w; %s", dir, err, elsewhere)
	}
	beside := fmt.Sprintf("%s.%d.part", filepath.Clean(dir), os.Getpid())
	if err := os.Mkdir(beside, 0o777); err != nil { // not os.MkdirTemp, whose folders only their owner may read
		return fmt.Errorf("store %s: cannot make the folder: %w; %s", dir, err, elsewhere)
	}
	if err := fillNew(beside, fill); err != nil {
		return errors.Join(err, os.RemoveAll(beside))
	}
	if err := os.Remove(dir); err != nil && !errors.Is(err, os.ErrNotExist) {
		return errors.Join(fmt.Errorf("store %s: %w", dir, err), os.RemoveAll(beside))
	}
	return os.Rename(beside, dir)
}

func fillNew(dir string, fill func(*Store) error) error {
	s, err := Open(dir, Options{Create: true})
	if err != nil {
		return err
	}
	return errors.Join(fill(s), s.Close())
}

// ErrNotVacant: a store is to be made where something is already.
var ErrNotVacant = errors.New("something is there already")

func checkVacant(dir string) error {
	entries, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, os.ErrNotExist), err == nil && len(entries) == 0:
		return nil
	case err == nil:
		err = ErrNotVacant
	}
	return fmt.Errorf("store %s: %w; name a new folder, or an empty one", dir, err)
}
