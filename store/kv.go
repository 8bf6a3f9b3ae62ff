package store

import "errors"

// The store asks of its engine only what is declared here: an ordered map from
// byte strings to byte strings, with snapshots and atomic batches. A shared
// database can stand in for Badger by implementing it.

// engine is an open database. Its methods may be called from several
// goroutines, but only one update may run at a time.
type engine interface {
	// view returns the database as it is now. It must be released.
	view() snapshot
	// update runs f and writes what it set and deleted, all or nothing. Nothing
	// is written if f returns an error. The error wraps ErrTooBig if the batch
	// is more than the engine can write at once.
	update(f func(batch) error) error
	// sync returns when all that was written would outlive a power cut.
	sync() error
	close() error
}

// reader reads one unchanging state of the database.
type reader interface {
	// get passes the value of key to decode, which must not keep it, and returns
	// its error. It returns errNoRow if there is no such key.
	get(key []byte, decode func([]byte) error) error
	// scan returns a cursor before the first key with the given prefix. The
	// cursor may end early where the database is damaged; a snapshot that knows
	// says so in err.
	scan(prefix []byte) cursor
}

type snapshot interface {
	reader
	// err returns the damage that gets and scans met so far, or nil.
	err() error
	release()
}

// batch reads the database with the batch's own changes in it. A scan must be
// closed before the next one begins.
type batch interface {
	reader
	// set and delete keep key and value until the batch ends.
	set(key, value []byte) error
	delete(key []byte) error
}

// cursor goes through keys in ascending order of their bytes.
type cursor interface {
	next() bool
	// seek makes the next call of next go to the first key that is not before key.
	seek(key []byte)
	key() []byte // until the next call of next
	value(decode func([]byte) error) error
	close()
}

var errNoRow = errors.New("no such row")
