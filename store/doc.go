// Package store keeps what articles yield (articles, actors, events,
// affiliations) in a folder on disk, and finds it again.
//
// The folder is a Badger database with a marker file; docs/format.md describes
// every byte. Ingest takes in one article with its Record in one transaction,
// and with it what follows from it: the older version that it replaces, the copies
// that it makes. Everything that is read comes in the order of the keys, so that
// the same articles give the same answers in whatever order they were taken in.
//
// A scan never gives less than there is without saying so: rows are counted
// against totals kept beside them, and a difference ends the scan with
// ErrDamaged.
//
// The code stands in layers: identity.go and copies.go decide, record.go
// writes and takes back, key.go and row.go encode, kv.go declares the small
// ordered key-value interface that the rest needs, badger.go implements it.
//
// A store is looked after by archive.go, backup.go, check.go, repair.go, migrate.go
// and compact.go. All but the last go through primary.go, which reads the rows that
// others follow from, and rebuild.go, which makes a store of them by the code that
// Ingest uses; table.go and salvaged.go read the files without Badger, which ends a
// scan, or the program, where they are damaged. rowtype.go lists the row types: a
// new one needs an entry there.
package store
