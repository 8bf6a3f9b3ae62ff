package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// writing is the file that is there while a store is open for writing, and stays
// if the writer dies. It says how many transactions there were, so that a log that
// has lost its end is found out: Badger goes on without what it cannot read.
type writing struct {
	file *os.File
	writingState
}

// writingState is what the file says.
type writingState struct {
	committed uint64 // number of the last transaction
	synced    uint64 // number of the last one that is safe from a power cut
	boot      string // which start of the machine it was written in, or "-"
}

const (
	writingName = "WRITING"
	// The two numbers have a fixed width, so that they can be written over.
	writingText = "entente writing, committed %020d, synced %020d, since boot %s\n"
)

// createWriting makes the file for a writer that begins after a transaction.
func createWriting(dir string, sequence uint64) (*writing, error) {
	w := &writing{writingState: writingState{sequence, sequence, bootID()}}
	if err := replaceFile(filepath.Join(dir, writingName), []byte(w.text())); err != nil {
		return nil, err
	}
	var err error
	w.file, err = os.OpenFile(filepath.Join(dir, writingName), os.O_WRONLY, 0)
	return w, err
}

// resumeWriting opens what a writer that has died left, as it is.
func resumeWriting(dir string, s writingState) (*writing, error) {
	file, err := os.OpenFile(filepath.Join(dir, writingName), os.O_WRONLY, 0)
	return &writing{file, s}, err
}

// restart makes the file anew for a writer that goes on after a transaction.
func (w *writing) restart(dir string, sequence uint64) error {
	file := w.file
	next, err := createWriting(dir, sequence)
	if err == nil {
		*w = *next
	}
	return errors.Join(err, file.Close())
}

func (w *writing) text() string {
	return fmt.Sprintf(writingText, w.committed, w.synced, w.boot)
}

// commit notes that transaction n is done: a write of some bytes, which outlives
// the process.
func (w *writing) commit(n uint64) error {
	w.committed = n
	_, err := w.file.WriteAt([]byte(w.text()), 0)
	return err
}

// sync notes that all transactions are safe from a power cut.
func (w *writing) sync() error {
	w.synced = w.committed
	_, err := w.file.WriteAt([]byte(w.text()), 0)
	return errors.Join(err, w.file.Sync())
}

// readWriting reads what a writer that has died left. There is none after a
// clean end.
func readWriting(dir string) (s writingState, there bool, err error) {
	text, err := os.ReadFile(filepath.Join(dir, writingName))
	if errors.Is(err, fs.ErrNotExist) {
		return s, false, nil
	}
	if err == nil {
		if _, err = fmt.Sscanf(string(text), writingText, &s.committed, &s.synced, &s.boot); err == nil &&
			string(text) != fmt.Sprintf(writingText, s.committed, s.synced, s.boot) {
			err = errors.New("it is not as it was written")
		}
	}
	return s, true, err
}

// bootID tells one start of the machine from another, where the system does.
func bootID() string {
	id, err := os.ReadFile("/proc/sys/kernel/random/boot_id")
	if text := strings.TrimSpace(string(id)); err == nil && text != "" && !strings.ContainsAny(text, " \n") {
		return text
	}
	return "-"
}
