// Package store keeps what articles yield (articles, actors, events,
// affiliations) in a folder on disk, and finds it again.
//
// The folder is a Badger database with a marker file; docs/format.md describes
// every byte. Put adds the Record of one article in one transaction. Everything
// that is read comes in the order of the keys, so that the same articles give
// the same answers in whatever order they were put.
//
// A scan never gives less than there is without saying so: rows are counted
// against totals kept beside them, and a difference ends the scan with
// ErrDamaged.
//
// The code stands in layers: key.go and row.go encode, kv.go declares the small
// ordered key-value interface that the rest needs, badger.go implements it.
package store
