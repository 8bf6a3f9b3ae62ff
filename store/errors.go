package store

import (
	"errors"

	"entente/graph"
)

// What can go wrong, to be told apart with errors.Is. The errors that are
// returned wrap these and name the folder, the cause and the way out.
var (
	// ErrNotFound is the error that all readers of a graph share.
	ErrNotFound = graph.ErrNotFound
	ErrNotStore = errors.New("not an entente store")
	ErrLocked   = errors.New("in use by another process")
	ErrFormat   = errors.New("written in a newer format")
	// ErrOldFormat: a store of an older format is to be written.
	ErrOldFormat = errors.New("written in an older format")
	ErrDamaged   = errors.New("damaged")
	ErrNoSpace   = errors.New("not enough free space on the disk")
	// ErrTooBig: one article yields more than one transaction can hold.
	ErrTooBig = errors.New("too big for one transaction")
	// ErrInvalid: a record that breaks what graph.Record promises, or a judgement
	// that Judge refuses.
	ErrInvalid = errors.New("invalid record")
	// ErrReadOnly: a Put or Judge into a store that was opened for reading.
	ErrReadOnly = errors.New("opened for reading only")
	// ErrClosed: a call on a store after Close.
	ErrClosed = errors.New("already closed")
)

// wayOutOfDamage ends every message about damage.
const wayOutOfDamage = "restore the folder from a copy, or ingest the articles into a new folder"
