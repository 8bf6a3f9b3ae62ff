//go:build !linux

package store

// allocate would give a file its blocks on disk.
func allocate(string, int64) error { return nil }
