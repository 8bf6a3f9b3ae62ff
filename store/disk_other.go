//go:build !(linux || darwin || freebsd)

package store

import (
	"io/fs"
	"os"
)

// badgerReadOnly: Badger cannot open its files for reading only on Windows. A
// store opened for reading is then one that takes no Put.
const badgerReadOnly = false

// flock does nothing here: Badger's own lock must do.
func flock(*os.File, bool) (bool, error) { return true, nil }

func funlock(*os.File) error { return nil }

// syncDir does nothing here: folders cannot be synced.
func syncDir(string) error { return nil }

func statFree(string) (uint64, bool) { return 0, false }

func diskBytes(info fs.FileInfo) int64 { return info.Size() }
