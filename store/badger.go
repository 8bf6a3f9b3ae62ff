package store

import (
	"errors"
	"fmt"
	"math"
	"sync"

	"github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/badger/v4/options"
)

const (
	// memTable is the size of Badger's table in memory, of which a transaction may
	// fill 15 %: 1.2 MB, an article with some 900 events. Badger takes eight times
	// its size: two tables, their logs, and four times over what it builds of one.
	memTable = 8 << 20
	// bigTable is the size for an article that needs more: 12 MB, some 6,000
	// events.
	bigTable = 80 << 20
	// baseTable is the size of the smallest of the tables on disk that are merged. To open a
	// store takes some 30 microseconds for each table.
	baseTable = 1 << 20
	// blockSize is that of the blocks of tables, unpacked. Badger reads the indexes of all
	// tables when it opens them, and they have an entry for each block.
	blockSize = 16 << 10
	// maxValue is what Badger takes for one value: the size of a value log file.
	maxValue = 16 << 20
	// externalMagic, in Badger's MANIFEST, tells our databases from others'.
	externalMagic = 0x4554
)

// badgerOptions are made for one writer in little memory, and for readers that
// open quickly.
func badgerOptions(dir string, readOnly bool, memTable int64) badger.Options {
	return badger.DefaultOptions(dir).WithLogger(nil).WithReadOnly(readOnly).
		WithMemTableSize(memTable).WithNumMemtables(1).WithBaseTableSize(baseTable).WithBlockSize(blockSize).
		WithNumLevelZeroTables(2).WithNumLevelZeroTablesStall(6).
		WithBlockCacheSize(8 << 20).WithIndexCacheSize(8 << 20).
		WithValueLogFileSize(maxValue).
		WithNumCompactors(2).WithNumGoroutines(2).WithMetricsEnabled(false).
		WithDetectConflicts(false). // Put is the only writer, one at a time
		// A wrong value is worse than a scan that ends early: that one is counted.
		WithChecksumVerificationMode(options.OnBlockRead).WithVerifyValueChecksum(true).
		WithExternalMagic(externalMagic)
}

// openBadger opens the database. Badger panics on some damaged files; that comes
// back as an error.
func openBadger(dir string, readOnly bool, memTable int64) (badgerEngine, error) {
	return openWith(badgerOptions(dir, readOnly, memTable))
}

// openStill opens what a killed writer left for writing, and merges no tables: Badger
// makes a table that it has merged empty before it removes it, so that no other
// name of the file would keep it.
func openStill(dir string) (badgerEngine, error) {
	return openWith(badgerOptions(dir, false, bigTable).WithNumCompactors(0).WithNumLevelZeroTablesStall(math.MaxInt32))
}

func openWith(o badger.Options) (e badgerEngine, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	db, err := badger.Open(o)
	return badgerEngine{db: db, readOnly: o.ReadOnly}, err
}

type badgerEngine struct {
	db       *badger.DB
	readOnly bool
	guard    *guard // of one that is open for reading
}

func (e badgerEngine) view() snapshot {
	return &badgerTxn{txn: e.db.NewTransaction(false), guard: e.guard}
}

func (e badgerEngine) update(f func(batch) error) error {
	txn := e.db.NewTransaction(true)
	defer txn.Discard()
	if err := f(&badgerTxn{txn: txn}); err != nil {
		return err
	}
	return mapTooBig(txn.Commit())
}

func (e badgerEngine) sync() error {
	if e.readOnly {
		return nil
	}
	return e.db.Sync()
}

func (e badgerEngine) close() error { return errors.Join(e.guard.close(), e.db.Close()) }

type badgerTxn struct {
	txn   *badger.Txn
	guard *guard

	mu   sync.Mutex
	hurt error // the first error of guard
}

func (t *badgerTxn) release() { t.txn.Discard() }

func (t *badgerTxn) err() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.hurt
}

// covers is guard.covers.
func (t *badgerTxn) covers(prefix []byte, exact bool) error {
	err := t.guard.covers(prefix, exact)
	if err != nil {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.hurt = err
	}
	return err
}

func (t *badgerTxn) get(key []byte, decode func([]byte) error) (err error) {
	defer func() {
		if p := recover(); p != nil { // Badger, over a damaged block
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	if err := t.covers(key, true); err != nil {
		return err
	}
	item, err := t.txn.Get(key)
	if errors.Is(err, badger.ErrKeyNotFound) {
		return errNoRow
	}
	if err != nil {
		return err
	}
	return item.Value(decode)
}

func (t *badgerTxn) scan(prefix []byte) cursor {
	if t.covers(prefix, false) != nil {
		return noRows{}
	}
	opts := badger.DefaultIteratorOptions
	opts.Prefix = prefix
	// Small values lie beside their keys, so fetching them early gains nothing,
	// and a hundred large ones are a lot of memory.
	opts.PrefetchValues = false
	return &badgerCursor{it: t.txn.NewIterator(opts)}
}

func (t *badgerTxn) set(key, value []byte) error {
	if len(value) > maxValue {
		return fmt.Errorf("%w: a value of %d bytes (limit %d)", ErrTooBig, len(value), maxValue)
	}
	return mapTooBig(t.txn.Set(key, value))
}

func (t *badgerTxn) delete(key []byte) error { return mapTooBig(t.txn.Delete(key)) }

func mapTooBig(err error) error {
	if errors.Is(err, badger.ErrTxnTooBig) {
		return fmt.Errorf("%w (limit about %.1f MB)", ErrTooBig, bigTable*0.15/1e6)
	}
	return err
}

// noRows is the scan of a database that is damaged.
type noRows struct{}

func (noRows) seek([]byte)                    {}
func (noRows) next() bool                     { return false }
func (noRows) key() []byte                    { return nil }
func (noRows) value(func([]byte) error) error { return errNoRow }
func (noRows) close()                         {}

type badgerCursor struct {
	it      *badger.Iterator
	started bool
	at      []byte // to be sought, or nil
}

func (c *badgerCursor) seek(key []byte) { c.at = key }

func (c *badgerCursor) next() (more bool) {
	defer func() {
		if recover() != nil { // Badger, over a damaged block; it may end early, says reader
			more = false
		}
	}()
	switch {
	case c.at != nil:
		c.it.Seek(c.at)
	case c.started:
		c.it.Next()
	default:
		c.it.Rewind()
	}
	c.started, c.at = true, nil
	return c.it.Valid()
}

func (c *badgerCursor) key() []byte { return c.it.Item().Key() }

func (c *badgerCursor) value(decode func([]byte) error) error { return c.it.Item().Value(decode) }

func (c *badgerCursor) close() { c.it.Close() }
