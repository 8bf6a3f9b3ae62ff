package store

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// When Badger opens what a killed writer left, it deletes the tables that its
// MANIFEST does not name and cuts its logs where it cannot read on. So everything
// is put aside before, and put back if the store turns out to have lost something.

const (
	beforeName = "before"
	beforePart = beforeName + ".part"
)

// putAside makes the side folder: tables, which never change, by hard links where
// the system has them, everything else by copies. Files are mostly holes, which
// stay holes.
func (f *folder) putAside() error {
	part := filepath.Join(f.dir, beforePart)
	if err := errors.Join(os.RemoveAll(part), os.Mkdir(part, 0o777)); err != nil {
		return err
	}
	entries, err := os.ReadDir(f.dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		name := e.Name()
		from, to := filepath.Join(f.dir, name), filepath.Join(part, name)
		switch {
		case !isData(name) && filepath.Ext(name) != ".mem":
			continue
		case filepath.Ext(name) == ".sst" && os.Link(from, to) == nil:
			continue
		}
		if err := copySparse(from, to); err != nil {
			return err
		}
	}
	if err := syncDir(part); err != nil {
		return err
	}
	return os.Rename(part, filepath.Join(f.dir, beforeName))
}

// hasAside reports whether there is a side folder, of an opening that was killed.
func (f *folder) hasAside() bool {
	_, err := os.Lstat(filepath.Join(f.dir, beforeName))
	return err == nil
}

// putBack makes the data files what they were when they were put aside.
func (f *folder) putBack() error {
	aside := filepath.Join(f.dir, beforeName)
	kept, err := os.ReadDir(aside)
	if err != nil {
		return err
	}
	then := map[string]bool{}
	for _, e := range kept {
		then[e.Name()] = true
		if err := replaceBy(filepath.Join(aside, e.Name()), filepath.Join(f.dir, e.Name())); err != nil {
			return err
		}
	}
	now, err := os.ReadDir(f.dir)
	if err != nil {
		return err
	}
	for _, e := range now { // what the opening made
		if name := e.Name(); (isData(name) || filepath.Ext(name) == ".mem") && !then[name] {
			if err := os.Remove(filepath.Join(f.dir, name)); err != nil {
				return err
			}
		}
	}
	return f.dropAside()
}

// replaceBy puts a file in the place of another, and leaves it where it is.
func replaceBy(from, to string) error {
	a, err := os.Stat(from)
	if err != nil {
		return err
	}
	if b, err := os.Stat(to); err == nil && os.SameFile(a, b) {
		return nil
	}
	part := to + ".part"
	if err := os.Remove(part); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if os.Link(from, part) != nil {
		if err := copySparse(from, part); err != nil {
			return err
		}
	}
	return os.Rename(part, to)
}

// dropAside removes the side folder. It loses its name first, so that one of which a
// part is gone is never put back.
func (f *folder) dropAside() error {
	part := filepath.Join(f.dir, beforePart)
	if err := os.RemoveAll(part); err != nil {
		return err
	}
	if err := os.Rename(filepath.Join(f.dir, beforeName), part); err != nil {
		return err
	}
	return os.RemoveAll(part)
}

// copySparse copies a file and leaves out what is zero.
func copySparse(from, to string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	buf := make([]byte, 64<<10)
	size := int64(0)
	for {
		n, err := io.ReadFull(in, buf)
		if !allZero(buf[:n]) {
			if _, err := out.WriteAt(buf[:n], size); err != nil {
				return err
			}
		}
		size += int64(n)
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return errors.Join(out.Truncate(size), out.Sync())
		}
		if err != nil {
			return fmt.Errorf("%s: %w", from, err)
		}
	}
}

func allZero(b []byte) bool {
	for _, c := range b {
		if c != 0 {
			return false
		}
	}
	return true
}
