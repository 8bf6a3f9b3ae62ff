//go:build linux || darwin || freebsd

package store

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// badgerReadOnly: Badger can open its files for reading only on this system.
const badgerReadOnly = true

// flock locks f for one writer or for any number of readers, and replaces an
// earlier lock on f. It does not wait: it returns false if another open file
// holds a lock against it.
func flock(f *os.File, exclusive bool) (bool, error) {
	how := syscall.LOCK_SH
	if exclusive {
		how = syscall.LOCK_EX
	}
	err := syscall.Flock(int(f.Fd()), how|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return false, nil
	}
	return err == nil, err
}

// funlock lets go of what flock locked.
func funlock(f *os.File) error { return syscall.Flock(int(f.Fd()), syscall.LOCK_UN) }

// syncDir makes the names in a folder outlive a power cut.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// statFree returns how many bytes may still be written to the file system that
// dir lies on, and false if that is unknown.
func statFree(dir string) (uint64, bool) {
	var st syscall.Statfs_t
	if err := syscall.Statfs(dir, &st); err != nil {
		return 0, false
	}
	return uint64(st.Bavail) * uint64(st.Bsize), true
}

// diskBytes returns what a file takes on disk. Badger's open files have holes.
func diskBytes(info fs.FileInfo) int64 {
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		return st.Blocks * 512
	}
	return info.Size()
}
