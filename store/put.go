package store

import (
	"errors"
	"fmt"

	"entente/graph"
)

// Outcome says what an Ingest did with its article.
type Outcome int

const (
	Added     Outcome = iota + 1 // the article is new
	Duplicate                    // its key was there already, or a newer version of it
	Replaced                     // it is a newer version of an article, and stands in its place
	Copied                       // it is new, and a near-duplicate of another article
)

func (o Outcome) String() string {
	switch o {
	case Added:
		return "added"
	case Duplicate:
		return "duplicate"
	case Replaced:
		return "replaced"
	case Copied:
		return "copied"
	}
	return fmt.Sprintf("Outcome(%d)", int(o))
}

// Coder makes the record of an article. It is called inside a transaction.
type Coder func(graph.Article) (graph.Record, error)

// IngestOptions say how an article is taken in.
type IngestOptions struct {
	// Code makes the record of the article, if it is needed, and of others that
	// are no copies any more. Required.
	Code Coder
	// Dedup looks for the article among its near-duplicates in the store. An
	// article that was taken in without it is compared with none, then or later.
	Dedup bool
}

// errNoCoder: a Put made a copy an article of its own.
var errNoCoder = errors.New("a copy has lost its original and must be coded: use Ingest")

// Put is Ingest of an article that is coded already, without a look for copies.
func (s *Store) Put(r graph.Record) (Outcome, error) {
	return s.Ingest(r.Article, IngestOptions{Code: func(a graph.Article) (graph.Record, error) {
		if a.Key() != r.Article.Key() {
			return graph.Record{}, errNoCoder
		}
		return r, nil
	}})
}

// Ingest takes one article in with all that it yields or, with an error, nothing.
// What it wrote outlives the death of the process; Sync makes it outlive a power
// cut. identity.go says what happens to an article that is there already, or an
// older version of which is; copies.go what a near-duplicate is.
//
// The error wraps ErrInvalid (the record names what is wrong), ErrTooBig,
// ErrNoSpace, ErrDamaged, ErrReadOnly, ErrClosed or the error of Code.
func (s *Store) Ingest(a graph.Article, o IngestOptions) (Outcome, error) {
	if err := validateArticle(&a); err != nil {
		return 0, s.invalid(a.ID, err)
	}
	var outcome Outcome
	events := 0
	err := s.change(func(p *put) error {
		p.code = o.Code
		outcome = p.take(a, o.Dedup)
		events = p.events
		return p.err
	})
	switch {
	case errors.Is(err, ErrTooBig):
		return 0, fmt.Errorf("store %s: article %q with %d bytes and %d events: %w; split the article",
			s.folder.dir, a.ID, len(a.Body), events, err)
	case err != nil:
		return 0, err
	}
	return outcome, nil
}

// change makes a transaction of what f does, and writes it: all or nothing.
func (s *Store) change(f func(*put) error) error {
	if s.readOnly {
		return fmt.Errorf("store %s: %w", s.folder.dir, ErrReadOnly)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return s.errClosed()
	}
	if err := s.folder.checkSpace(); err != nil {
		return err
	}
	if err := errors.Join(s.lend(), s.reopen()); err != nil {
		return err
	}
	err := s.write(f)
	if errors.Is(err, ErrTooBig) {
		if grown, err := s.grow(); err != nil {
			return err
		} else if grown {
			defer func() { s.unopened = reopenAfter }() // small again with the next
			return s.write(f)
		}
	}
	return err
}

// write is change in the engine that is open. The caller holds mu.
func (s *Store) write(f func(*put) error) error {
	var p put
	s.cache.trim()
	err := s.kv.update(func(b batch) error {
		p = put{store: s, batch: b, nodes: map[articleKey]*node{}}
		if err := f(&p); err != nil {
			return err
		}
		p.end()
		return p.err
	})
	s.unopened += p.bytes
	switch {
	case err == nil && p.bytes > 0:
		s.sequence++
		return s.folder.explain(s.folder.writing.commit(s.sequence))
	case err == nil:
		return nil
	}
	s.cache.drop()
	for _, ours := range []error{ErrTooBig, ErrDamaged, ErrInvalid, ErrNotFound, p.coded} {
		if errors.Is(err, ours) {
			return err
		}
	}
	return s.folder.explain(err)
}

func (s *Store) invalid(id string, err error) error {
	return fmt.Errorf("store %s: article %q: %w: %w", s.folder.dir, id, ErrInvalid, err)
}

// put is one Ingest under way. After an error its methods do nothing more.
type put struct {
	store *Store
	batch batch
	code  Coder
	nodes map[articleKey]*node // articles looked at
	queue []rank               // articles to settle, sorted

	encoder
	rows      [256]int // more of each type
	sentences int      // more
	bytes     int
	events    int   // of the last article coded
	coded     error // of code
	err       error
}
