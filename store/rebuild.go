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
		err = readAlone(r, out, s.setRows)
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

// setRows writes rows as they are.
func (s *Store) setRows(rows []row) error {
	return s.commit(func(p *put) {
		for _, r := range rows {
			p.set(r.key, r.value)
		}
	})
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
	return s.commit(func(p *put) { p.restore(a) })
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
		p.set(address, a.key[:])
	}
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

// commit runs work in one transaction. It is to a rebuild what write is to Ingest.
func (s *Store) commit(work func(*put)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return s.errClosed()
	}
	if s.unchecked%putsPerCheck == 0 || s.written > bytesPerCheck {
		if err := s.folder.checkSpace(); err != nil {
			return err
		}
		s.unchecked, s.written = 0, 0
	}
	s.unchecked++
	if err := s.reopen(); err != nil {
		return err
	}
	err := s.attempt(work)
	if errors.Is(err, ErrTooBig) {
		grown, growErr := s.grow()
		if growErr != nil {
			return growErr
		}
		if grown {
			err = s.attempt(work)
			s.unopened = reopenAfter // small again with the next
		}
	}
	return err
}

func (s *Store) attempt(work func(*put)) error {
	var own error
	err := s.kv.update(func(b batch) error {
		p := put{store: s, batch: b, nodes: map[articleKey]*node{}}
		work(&p)
		s.written += p.bytes
		s.unopened += p.bytes
		own = p.err
		return p.err
	})
	if own != nil && !errors.Is(own, ErrTooBig) {
		return own
	}
	return s.folder.explain(err)
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
