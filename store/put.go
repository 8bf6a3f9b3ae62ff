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
	if s.readOnly {
		return 0, fmt.Errorf("store %s: %w", s.folder.dir, ErrReadOnly)
	}
	if err := validateArticle(&a); err != nil {
		return 0, s.invalid(a.ID, err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return 0, s.errClosed()
	}
	if err := s.folder.checkSpace(); err != nil {
		return 0, err
	}
	if err := errors.Join(s.lend(), s.reopen()); err != nil {
		return 0, err
	}

	outcome, err := s.write(a, o)
	if errors.Is(err, ErrTooBig) {
		if grown, err := s.grow(); err != nil {
			return 0, err
		} else if grown {
			defer func() { s.unopened = reopenAfter }() // small again with the next
			return s.write(a, o)
		}
	}
	return outcome, err
}

// write is Ingest in one transaction of the engine that is open.
func (s *Store) write(a graph.Article, o IngestOptions) (outcome Outcome, err error) {
	var coded error
	events, wrote := 0, false
	s.cache.trim()
	err = s.kv.update(func(b batch) error {
		p := put{store: s, batch: b, code: o.Code, nodes: map[articleKey]*node{}}
		outcome = p.take(a, o.Dedup)
		p.end()
		s.unopened += p.bytes
		wrote = p.bytes > 0
		coded, events = p.coded, p.events
		return p.err
	})
	switch {
	case err == nil && wrote:
		s.sequence++
		return outcome, s.folder.explain(s.folder.writing.commit(s.sequence))
	case err == nil:
		return outcome, nil
	}
	s.cache.drop()
	switch {
	case errors.Is(err, ErrDamaged), errors.Is(err, ErrInvalid):
		return 0, err
	case errors.Is(err, ErrTooBig):
		return 0, fmt.Errorf("store %s: article %q with %d bytes and %d events: %w; split the article",
			s.folder.dir, a.ID, len(a.Body), events, err)
	case coded != nil:
		return 0, fmt.Errorf("store %s: article %q: %w", s.folder.dir, a.ID, coded)
	}
	return 0, s.folder.explain(err)
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
	events    int // of the last article coded
	coded     error
	err       error
}
