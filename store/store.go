package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"entente/graph"
)

// Options say how to open a store. The zero value opens an existing one for
// reading and writing.
type Options struct {
	// ReadOnly lets other readers in and Put out. A store whose last writer was
	// killed is completed first, which needs a writable folder.
	ReadOnly bool
	// Create makes the store if the folder is missing or empty. It has no effect
	// with ReadOnly.
	Create bool
	// Wait is how long to wait for another process that has the store open. A
	// writer lets readers that wait in within a second or two.
	Wait time.Duration
	// Raw shows the graph as the articles tell it. Otherwise every read shows it as
	// it is judged (Judge).
	Raw bool
}

// Store is an open store. Its methods may be called from several goroutines;
// Close must not be called while a scan is under way.
type Store struct {
	folder   *folder
	kv       engine
	readOnly bool
	raw      bool

	mu       sync.Mutex // held by whoever changes the store, and by Close
	closed   bool
	unopened int           // bytes since the engine was last opened
	sequence uint64        // number of the last transaction
	judged   *graph.Judged // nil where there are no judgements
	lentAt   time.Time     // when readers were last let in
	stop     chan struct{}
	cache    cache
	prepared prepared

	views sync.RWMutex // held for reading by whoever has a snapshot
}

// Open opens the store in the folder dir. The error wraps ErrNotStore (dir is
// missing, a file, or a folder of something else), ErrLocked, ErrFormat,
// ErrDamaged or ErrNoSpace.
//
// It takes a few milliseconds for reading, and no memory for what is stored. For
// writing, all files are read and checked first: a second or so a gigabyte.
func Open(dir string, o Options) (*Store, error) {
	f, err := openFolder(dir, o.Create && !o.ReadOnly, !o.ReadOnly, o.Wait)
	if err != nil {
		return nil, err
	}
	s := &Store{folder: f, readOnly: o.ReadOnly, raw: o.Raw, stop: make(chan struct{})}
	if o.ReadOnly {
		s.kv, err = f.openReader(o.Wait)
	} else if err = f.dropNetwork(); err == nil {
		s.kv, err = f.openChecked()
	}
	if err != nil {
		return nil, errors.Join(err, f.unlock())
	}
	if err := s.view(s.checkMeta); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if !s.readOnly {
		go s.serveReaders()
	}
	return s, nil
}

// checkMeta checks that the rows are there that every store has, and reads the
// judgements if there are any.
func (s *Store) checkMeta(r reader) error {
	format := ""
	err := r.get(keyFormat, func(b []byte) error { format = string(b); return nil })
	if err == nil && format != strconv.Itoa(s.folder.format) {
		err = fmt.Errorf("%q is not the format that the file %s says", format, markerName)
	}
	if err != nil {
		return s.folder.damaged("row %s: %v", keyFormat, err)
	}
	sums, err := s.readTotals(r)
	if err != nil || s.folder.format < summed {
		return err
	}
	if err := s.must(r, keySequence, decodeCount(&s.sequence)); err != nil {
		return err
	}
	if s.readOnly && s.sequence != s.folder.sums.sequence {
		return s.folder.damaged("its last change is number %d, and its file %s says %d", s.sequence, sumsName, s.folder.sums.sequence)
	}
	if sums.of(rowJudgement) == 0 {
		return nil
	}
	log, err := s.readJudgements(r, sums)
	s.judged = graph.NewJudged(log)
	return err
}

// Lost returns how many changes, not yet synced, a power cut has taken from the
// store before it was opened. The articles must be ingested again.
func (s *Store) Lost() int { return int(s.folder.lost) }

// Sync returns when all that was put would outlive a power cut. What was put
// outlives the death of the process without it.
func (s *Store) Sync() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return s.errClosed()
	}
	err := s.kv.sync()
	if err == nil && s.folder.writing != nil {
		err = s.folder.writing.sync()
	}
	return s.folder.explain(err)
}

// Close writes all that is still in memory to disk and lets go of the folder.
// Closing again does nothing.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	close(s.stop)
	if s.readOnly && badgerReadOnly {
		return errors.Join(s.folder.explain(s.kv.close()), s.folder.unlock())
	}
	return errors.Join(s.folder.finish(s.kv), s.folder.unlock())
}

func (s *Store) errClosed() error { return fmt.Errorf("store %s: %w", s.folder.dir, ErrClosed) }

// view runs f on the store as it is now.
func (s *Store) view(f func(reader) error) error {
	return s.look(func(r reader, _ *lens) error { return f(r) })
}

// look is view with the judgements of that moment.
func (s *Store) look(f func(reader, *lens) error) error {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return s.errClosed()
	}
	s.views.RLock()
	defer s.views.RUnlock()
	snap := s.kv.view()
	var l *lens
	if s.judged != nil && !s.raw {
		l = &lens{store: s, r: snap, judged: s.judged, faces: map[graph.ActorID]graph.Actor{}}
	}
	s.mu.Unlock()
	defer snap.release()
	err := f(snap, l)
	if hurt := snap.err(); hurt != nil && !errors.Is(err, ErrDamaged) {
		return s.folder.damaged("%v", hurt) // whatever it was taken for
	}
	return err
}

// reopenAfter is after how many bytes written the engine is opened anew.
const reopenAfter = 12 << 20

// reopen closes the engine and opens it again, if nobody reads at the moment.
// Badger maps its tables into memory and keeps them mapped, so that the pages a
// compaction has touched count as the program's for as long as it runs: after a
// gigabyte, hundreds of megabytes. The caller holds mu.
func (s *Store) reopen() error {
	if s.unopened < reopenAfter || !s.views.TryLock() {
		return nil
	}
	defer s.views.Unlock()
	return s.reopenWith(memTable)
}

// grow opens the engine anew with a table in memory that can hold an article with
// thousands of events. It waits a while for those who read, and reports whether
// they ended.
func (s *Store) grow() (grown bool, err error) {
	if err := s.folder.checkSpace(4 * bigTable); err != nil {
		return false, err
	}
	for range 100 {
		if s.views.TryLock() {
			defer s.views.Unlock()
			return true, s.reopenWith(bigTable)
		}
		time.Sleep(10 * time.Millisecond)
	}
	return false, nil
}

// reopenWith opens the engine anew. The caller holds mu and views.
func (s *Store) reopenWith(memTable int64) error {
	s.unopened = 0
	err := s.folder.explain(s.kv.close())
	if err == nil {
		var kv engine
		if kv, err = s.folder.openWriter(memTable); err == nil {
			s.kv = kv
			return nil
		}
	}
	return s.fail(err)
}

// fail ends a store that has no engine to go on with.
func (s *Store) fail(err error) error {
	s.closed = true
	close(s.stop)
	return errors.Join(err, s.folder.unlock())
}

const (
	// serveEvery is how often a writer that has nothing to do looks for readers that
	// wait, keepFor the least time that it has the store to itself in between.
	serveEvery = 100 * time.Millisecond
	keepFor    = 500 * time.Millisecond
)

// serveReaders lets readers of other processes in for as long as the store is open.
func (s *Store) serveReaders() {
	tick := time.NewTicker(serveEvery)
	defer tick.Stop()
	for {
		select {
		case <-s.stop:
			return
		case <-tick.C:
		}
		s.mu.Lock()
		if !s.closed {
			_ = s.lend() // the next Ingest says that the store is closed
		}
		s.mu.Unlock()
	}
}

// lend closes the database, lets readers that wait in, and opens it again when
// they are gone. The caller holds mu.
func (s *Store) lend() error {
	if time.Since(s.lentAt) < keepFor || !s.folder.readersWait() || !s.views.TryLock() {
		return nil
	}
	defer s.views.Unlock()
	if err := s.folder.finish(s.kv); err != nil {
		return s.fail(err)
	}
	err := funlock(s.folder.marker)
	time.Sleep(3 * pollLock) // they try more often than that
	for locked := false; err == nil && !locked; time.Sleep(time.Millisecond) {
		locked, err = s.folder.tryLock(s.folder.marker, true)
	}
	if err == nil {
		s.kv, err = s.folder.openWriter(memTable)
	}
	if err != nil {
		return s.fail(s.folder.explain(err))
	}
	s.unopened, s.lentAt = 0, time.Now()
	return nil
}

// get reads the row at key into v. A missing row is errNoRow, one that cannot be
// read ErrDamaged.
func (s *Store) get(r reader, key []byte, decode func([]byte) error) error {
	err := r.get(key, decode)
	if err == nil || errors.Is(err, errNoRow) {
		return err
	}
	return s.folder.damaged("row %q: %v", key, err)
}

// must is get for a row that another row says is there.
func (s *Store) must(r reader, key []byte, decode func([]byte) error) error {
	err := s.get(r, key, decode)
	if errors.Is(err, errNoRow) {
		return s.folder.damaged("row %q is missing", key)
	}
	return err
}

func (s *Store) readTotals(r reader) (totals, error) {
	if s.folder.format < summed {
		var old oldTotals
		err := s.must(r, keyTotals, decode(&old))
		return old.totals(), err
	}
	var t totals
	return t, s.must(r, keyTotals, decode(&t))
}

// Article returns the article with the given key (graph.Article.Key), or an
// error that wraps ErrNotFound.
func (s *Store) Article(key string) (graph.Article, error) {
	var row articleRow
	k, err := parseArticleKey(key)
	if err != nil {
		return row.Article, fmt.Errorf("store %s: %w: %w", s.folder.dir, ErrNotFound, err)
	}
	err = s.view(func(r reader) error { return s.get(r, ofArticle(rowArticle, k), decode(&row)) })
	if errors.Is(err, errNoRow) {
		err = fmt.Errorf("store %s: article %s: %w", s.folder.dir, key, ErrNotFound)
	}
	return row.Article, err
}

// Actor returns the actor with the given id, with the mentions of all articles,
// or an error that wraps ErrNotFound. Where several are judged to be one, the id of
// any finds it, and its own may be another.
func (s *Store) Actor(id graph.ActorID) (a graph.Actor, err error) {
	err = s.look(func(r reader, l *lens) (err error) {
		a, err = s.actor(r, l, id)
		return err
	})
	if errors.Is(err, errNoRow) {
		err = fmt.Errorf("store %s: actor %q: %w; search for it by name", s.folder.dir, id, ErrNotFound)
	}
	return a, err
}

// Stats says how much a store holds.
type Stats struct {
	Articles     int
	Sentences    int // read in all articles
	Events       int
	Actors       int // those that are judged to be one count once
	Affiliations int
	Mentions     int   // pairs of an article and an actor it names, as the articles have them
	Copies       int   // of Articles, those that repeat another one
	Bytes        int64 // on disk, of all files
	Format       int   // number of the format on disk
}

// Stats returns the totals that the store keeps. It reads no other row, but those of
// actors that are judged to be one.
func (s *Store) Stats() (Stats, error) {
	var t totals
	err := s.look(func(r reader, l *lens) (err error) {
		if t, err = s.readTotals(r); err != nil {
			return err
		}
		folded, err := l.folded()
		t.Rows[string(rowActor)] -= folded
		return err
	})
	if err != nil {
		return Stats{}, err
	}
	size, err := s.folder.size()
	return Stats{t.of(rowArticle), t.Sentences, t.of(rowEvent), t.of(rowActor), t.of(rowAffiliation), t.of(rowMention), t.of(rowOriginal),
		size, s.folder.format}, err
}

// size returns the bytes that the folder's files take on disk.
func (f *folder) size() (int64, error) {
	entries, err := os.ReadDir(f.dir)
	if err != nil {
		return 0, fmt.Errorf("store %s: %w", f.dir, err)
	}
	var n int64
	for _, e := range entries {
		info, err := os.Stat(filepath.Join(f.dir, e.Name()))
		if err != nil {
			continue // Badger deletes files as it goes
		}
		n += diskBytes(info)
	}
	return n, nil
}
