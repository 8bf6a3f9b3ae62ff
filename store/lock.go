package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Three files are locked. The marker, by who has the database open: one writer, or
// any number of readers. WRITER.lock, by the writer for as long as it lives, so
// that no other writer slips in while it lets readers at the database. And
// READERS.lock, by readers that wait: a writer that finds it locked closes the
// database for a moment.

const (
	writerLock  = "WRITER.lock"
	readersLock = "READERS.lock"
	// pollLock is how often a lock is tried by who waits for it.
	pollLock = 10 * time.Millisecond
)

// lock locks the marker, and waits for it up to a time. A reader that waits tells
// the writer.
func (f *folder) lock(exclusive bool, wait time.Duration) error {
	if ok, err := f.tryLock(f.marker, exclusive); ok || err != nil {
		return err
	}
	if wait <= 0 {
		return f.locked()
	}
	if !exclusive {
		// A folder that cannot be written to has no writer to tell.
		if queue, err := os.OpenFile(filepath.Join(f.dir, readersLock), os.O_RDONLY|os.O_CREATE, 0o666); err == nil {
			defer queue.Close()
			for end := time.Now().Add(wait); time.Now().Before(end); time.Sleep(time.Millisecond) {
				if ok, err := flock(queue, false); ok || err != nil {
					break // the writer only tries it for an instant
				}
			}
		}
	}
	for end := time.Now().Add(wait); time.Now().Before(end); {
		time.Sleep(pollLock)
		if ok, err := f.tryLock(f.marker, exclusive); ok || err != nil {
			return err
		}
	}
	return f.locked()
}

func (f *folder) tryLock(file *os.File, exclusive bool) (bool, error) {
	ok, err := flock(file, exclusive)
	if err != nil {
		return false, fmt.Errorf("store %s: cannot lock the folder: %w; put the store on a disk of this machine", f.dir, err)
	}
	return ok, nil
}

// lockWriter makes sure that there is no other writer.
func (f *folder) lockWriter() (err error) {
	f.writerLock, err = os.OpenFile(filepath.Join(f.dir, writerLock), os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		return f.explain(err)
	}
	ok, err := f.tryLock(f.writerLock, true)
	if err == nil && !ok {
		err = f.locked()
	}
	if err != nil {
		return err
	}
	// Who waits for the lock reads who has it.
	err = f.writerLock.Truncate(0)
	if err == nil {
		_, err = fmt.Fprintf(f.writerLock, "%d\n", os.Getpid())
	}
	return f.explain(err)
}

// readersWait reports whether a reader waits for the writer.
func (f *folder) readersWait() bool {
	queue, err := os.OpenFile(filepath.Join(f.dir, readersLock), os.O_RDONLY, 0)
	if err != nil {
		return false
	}
	defer queue.Close()
	free, err := flock(queue, true)
	return err == nil && !free
}

// locked returns the error for a folder that another process holds.
func (f *folder) locked() error {
	holder := ""
	if pid, err := os.ReadFile(filepath.Join(f.dir, writerLock)); err == nil && len(strings.TrimSpace(string(pid))) > 0 {
		if probe, err := os.Open(filepath.Join(f.dir, writerLock)); err == nil {
			if free, err := flock(probe, false); err == nil && !free {
				holder = " (process " + strings.TrimSpace(string(pid)) + " writes to it)"
			}
			probe.Close()
		}
	}
	return fmt.Errorf("store %s: %w%s; wait until that one ends, or stop it, and try again", f.dir, ErrLocked, holder)
}

// unlock lets go of all locks.
func (f *folder) unlock() error {
	err := f.marker.Close()
	if f.writerLock != nil {
		err = errors.Join(err, f.writerLock.Close())
	}
	if errors.Is(err, fs.ErrClosed) {
		return nil
	}
	return err
}
