package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/dgraph-io/badger/v4"
)

const (
	// Format is the number of the format that this package writes, and the
	// greatest that it reads: see docs/format.md.
	Format = 2

	markerName = "ENTENTE"
	markerText = "entente store, format %d\n"

	// Space that must be free before anything is written: Badger maps its files
	// into memory, and a full disk then ends the program.
	minFree = 4*bigTable + 64<<20
)

// folder is the folder of a store, with its lock.
type folder struct {
	dir    string
	marker *os.File // open and locked
	format int      // of the store, from 1 to Format
}

// openFolder checks that dir is the folder of a store, or makes it one if create
// is set and dir is missing or empty, and locks it. Whoever wants to write gets a
// store of this format only.
func openFolder(dir string, create, exclusive bool) (*folder, error) {
	if err := checkFolder(dir, create); err != nil {
		return nil, err
	}
	marker, err := os.Open(filepath.Join(dir, markerName))
	if errors.Is(err, fs.ErrPermission) {
		return nil, unreadable(dir, err)
	}
	if err != nil {
		return nil, fmt.Errorf("store %s: %w", dir, err)
	}
	f := &folder{dir: dir, marker: marker}
	if _, err := fmt.Fscanf(marker, markerText, &f.format); err != nil {
		return nil, errors.Join(f.damaged("file %s: %v", markerName, err), f.unlock())
	}
	if exclusive && f.format < Format {
		return nil, errors.Join(fmt.Errorf("store %s: %w: format %d can be read and not added to; make one of this format with entente db migrate, or ingest the articles into a new folder",
			dir, ErrOldFormat, f.format), f.unlock())
	}
	if err := f.lock(exclusive); err != nil {
		f.unlock()
		return nil, err
	}
	return f, nil
}

func checkFolder(dir string, create bool) error {
	entries, err := os.ReadDir(dir)
	switch info, statErr := os.Stat(dir); {
	case errors.Is(err, fs.ErrNotExist) && create:
		if err := os.MkdirAll(dir, 0o777); err != nil {
			return fmt.Errorf("store %s: cannot make the folder: %w; %s", dir, err, elsewhere)
		}
		return writeMarker(dir)
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("store %s: %w: there is no such folder; check the path, or ingest articles into it first", dir, ErrNotStore)
	case statErr == nil && !info.IsDir():
		return fmt.Errorf("store %s: %w: it is a file; name a folder", dir, ErrNotStore)
	case errors.Is(err, fs.ErrPermission):
		return unreadable(dir, err)
	case err != nil:
		return fmt.Errorf("store %s: %w; %s", dir, err, elsewhere)
	}
	text, err := os.ReadFile(filepath.Join(dir, markerName))
	alone := len(entries) == 0 || len(entries) == 1 && err == nil
	switch {
	case err == nil && len(text) == 0 && alone && create: // the first write was cut off
		return writeMarker(dir)
	case err == nil:
		return checkMarker(dir, string(text))
	case errors.Is(err, fs.ErrPermission):
		return unreadable(dir, err)
	case !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("store %s: %w", dir, err)
	case alone && create:
		return writeMarker(dir)
	case alone:
		return fmt.Errorf("store %s: %w: the folder is empty; check the path, or ingest articles into it first", dir, ErrNotStore)
	}
	return fmt.Errorf("store %s: %w: the folder has other content and no file %s; choose another folder", dir, ErrNotStore, markerName)
}

// IsStore reports whether the folder dir is that of a store, of any format and
// in any state, readable or not.
func IsStore(dir string) bool {
	text, err := os.ReadFile(filepath.Join(dir, markerName))
	if err == nil && strings.HasPrefix(string(text), markerText[:strings.IndexByte(markerText, '%')]) {
		return true
	}
	if _, err := os.Lstat(filepath.Join(dir, markerName)); err != nil {
		return false
	}
	_, err = os.Lstat(filepath.Join(dir, badger.ManifestFilename))
	return err == nil
}

func checkMarker(dir, text string) error {
	var n int
	if _, err := fmt.Sscanf(text, markerText, &n); err != nil || n < 1 || text != fmt.Sprintf(markerText, n) {
		return fmt.Errorf("store %s: %w: its file %s does not say %q; choose another folder, or put the file right if you know it is one",
			dir, ErrNotStore, markerName, fmt.Sprintf(markerText, Format))
	}
	if n > Format {
		return fmt.Errorf("store %s: %w: format %d, and this program knows up to %d; use a newer version of the program", dir, ErrFormat, n, Format)
	}
	return nil
}

func writeMarker(dir string) error {
	f, err := os.OpenFile(filepath.Join(dir, markerName), os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o666)
	if err == nil {
		_, err = fmt.Fprintf(f, markerText, Format)
		err = errors.Join(err, f.Sync(), f.Close())
	}
	if err != nil {
		return fmt.Errorf("store %s: cannot write the file %s: %w; %s", dir, markerName, err, elsewhere)
	}
	return nil
}

// elsewhere is the way out where a store cannot be made.
const elsewhere = "name a folder where you may write"

// unreadable returns the error for a store of somebody else. Badger lets only its
// owner read some of the files, and makes these anew with each writer.
func unreadable(dir string, err error) error {
	return fmt.Errorf("store %s: cannot be read: %w; ask its owner to let you (chmod -R a+rX %[1]s, anew after each ingest), or for an export", dir, err)
}

// checkReadable returns an error if Badger could not read its own files.
func (f *folder) checkReadable() error {
	for _, name := range []string{badger.ManifestFilename, badger.KeyRegistryFileName} {
		file, err := os.Open(filepath.Join(f.dir, name))
		switch {
		case errors.Is(err, fs.ErrPermission):
			return unreadable(f.dir, err)
		case err == nil:
			file.Close()
		}
	}
	return nil
}

func (f *folder) lock(exclusive bool) error {
	ok, err := flock(f.marker, exclusive)
	if err != nil {
		return fmt.Errorf("store %s: cannot lock the folder: %w; put the store on a disk of this machine", f.dir, err)
	}
	if !ok {
		return f.locked()
	}
	return nil
}

// locked returns the error for a folder that another process holds.
func (f *folder) locked() error {
	holder := ""
	if pid, err := os.ReadFile(filepath.Join(f.dir, "LOCK")); err == nil { // Badger's; only writers leave it
		holder = " (process " + strings.TrimSpace(string(pid)) + " writes to it)"
	}
	return fmt.Errorf("store %s: %w%s; wait until that one ends, or stop it, and try again", f.dir, ErrLocked, holder)
}

func (f *folder) unlock() error { return f.marker.Close() }

func (f *folder) damaged(format string, args ...any) error {
	return fmt.Errorf("store %s: %w: %s; %s", f.dir, ErrDamaged, fmt.Sprintf(format, args...), wayOutOfDamage)
}

// checkSpace returns ErrNoSpace where less than minFree bytes are free.
func (f *folder) checkSpace() error {
	if free, ok := freeBytes(f.dir); ok && free < minFree {
		return fmt.Errorf("store %s: %w: %d MB free, %d MB needed; free some space and try again, nothing stored is lost",
			f.dir, ErrNoSpace, free>>20, minFree>>20)
	}
	return nil
}

// files are the data files of Badger in a folder, by their kind.
type files struct {
	tables    []string // .sst
	memtables []string // .mem: there are none after a clean end
	logs      []string // .vlog
	empty     []string // those of the last two that have no bytes
	manifest  bool
}

// clean reports whether the last writer closed the store. A folder without any
// file counts as not closed: what makes a store was cut off.
func (l files) clean() bool { return l.manifest && len(l.memtables) == 0 }

func (f *folder) list() (files, error) {
	var l files
	entries, err := os.ReadDir(f.dir)
	if err != nil {
		return l, fmt.Errorf("store %s: %w", f.dir, err)
	}
	for _, e := range entries {
		switch filepath.Ext(e.Name()) {
		case ".sst":
			l.tables = append(l.tables, e.Name())
			continue
		case ".mem":
			l.memtables = append(l.memtables, e.Name())
		case ".vlog":
			l.logs = append(l.logs, e.Name())
		default:
			l.manifest = l.manifest || e.Name() == badger.ManifestFilename
			continue
		}
		if info, err := e.Info(); err == nil && info.Size() == 0 {
			l.empty = append(l.empty, e.Name())
		}
	}
	return l, nil
}

// checkManifest returns ErrDamaged where Badger would open the folder and delete
// tables, because its MANIFEST is missing or has lost a part.
func (f *folder) checkManifest(l files) error {
	if !l.manifest {
		if n := len(l.tables) + len(l.logs) + len(l.memtables) - len(l.empty); n > 0 {
			return f.damaged("%d data files and no file %s", n, badger.ManifestFilename)
		}
		return nil
	}
	file, err := os.Open(filepath.Join(f.dir, badger.ManifestFilename))
	if err != nil {
		return fmt.Errorf("store %s: %w", f.dir, err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return fmt.Errorf("store %s: %w", f.dir, err)
	}
	manifest, end, err := badger.ReplayManifestFile(file, externalMagic, badgerOptions(f.dir, true, memTable))
	if err != nil {
		return f.damaged("its file %s cannot be read (%v)", badger.ManifestFilename, err)
	}
	if end != info.Size() {
		return f.damaged("its file %s is cut short", badger.ManifestFilename)
	}
	if !l.clean() {
		return nil // a killed writer may leave a table that it had not yet entered
	}
	for _, name := range l.tables {
		id, err := strconv.ParseUint(strings.TrimSuffix(name, ".sst"), 10, 64)
		if _, known := manifest.Tables[id]; err != nil || !known {
			return f.damaged("its file %s does not name %s", badger.ManifestFilename, name)
		}
	}
	return nil
}

// openEngine opens Badger. For reading, a store that was not closed is first
// completed, which takes the lock of a writer for a moment.
func (f *folder) openEngine(readOnly bool, memTable int64) (engine, error) {
	l, err := f.list()
	if err != nil {
		return nil, err
	}
	if err := f.checkReadable(); err != nil {
		return nil, err
	}
	if err := f.checkManifest(l); err != nil {
		return nil, err
	}
	if !readOnly || !badgerReadOnly {
		return f.openWriter(l, memTable)
	}
	if !l.clean() {
		if err := f.complete(l); err != nil {
			return nil, err
		}
	}
	e, err := openBadger(f.dir, true, memTable)
	return e, f.explain(err)
}

func (f *folder) openWriter(l files, memTable int64) (engine, error) {
	if err := f.checkSpace(); err != nil {
		return nil, err
	}
	for _, name := range l.empty {
		if err := os.Remove(filepath.Join(f.dir, name)); err != nil {
			return nil, f.explain(err)
		}
	}
	// What a killed writer left may have been a big table, which a small one
	// cannot hold.
	if len(l.memtables) > 0 && memTable < bigTable {
		e, err := openBadger(f.dir, false, bigTable)
		if err == nil {
			err = e.close()
		}
		if err != nil {
			return nil, f.explain(err)
		}
	}
	e, err := openBadger(f.dir, false, memTable)
	if err != nil {
		return nil, f.explain(err)
	}
	if err := f.begin(e); err != nil {
		return nil, errors.Join(err, e.close())
	}
	return e, nil
}

// complete opens and closes a store whose last writer was killed.
func (f *folder) complete(l files) error {
	if err := f.lock(true); err != nil {
		return err
	}
	e, err := f.openWriter(l, bigTable)
	if err == nil {
		err = e.close()
	}
	if errors.Is(err, errNotWritable) {
		return fmt.Errorf("%w; its last writer was killed, so it must be opened for writing once", err)
	}
	if err != nil {
		return err
	}
	return f.lock(false)
}

// begin writes the first rows into a database that has no row at all.
func (f *folder) begin(e engine) error {
	empty := true
	s := e.view()
	c := s.scan(nil)
	empty = !c.next()
	c.close()
	s.release()
	if !empty {
		return nil
	}
	err := e.update(func(b batch) error {
		zero, err := encode(totals{})
		if err != nil {
			return err
		}
		return errors.Join(b.set(keyFormat, strconv.AppendInt(nil, Format, 10)), b.set(keyTotals, zero))
	})
	return errors.Join(f.explain(err), f.explain(e.sync()))
}

var errNotWritable = errors.New("it cannot be written to")

// explain makes an error of ours out of one of Badger's. Badger does not wrap
// what it got from the system, so that the texts must do.
func (f *folder) explain(err error) error {
	if err == nil {
		return nil
	}
	says := func(texts ...string) bool {
		for _, t := range texts {
			if strings.Contains(strings.ToLower(err.Error()), t) {
				return true
			}
		}
		return false
	}
	switch {
	case errors.Is(err, ErrTooBig):
		return fmt.Errorf("store %s: %w", f.dir, err)
	case says("cannot acquire directory lock", "cannot create lock file"):
		return f.locked()
	case says("no space left", "not enough space", "disk quota exceeded"):
		return fmt.Errorf("store %s: %w (%v); free some space and try again", f.dir, ErrNoSpace, err)
	case says("permission denied", "read-only file system", "access is denied", "operation not permitted"):
		return fmt.Errorf("store %s: %w (%v); change the permissions of the folder, or copy it and use the copy", f.dir, errNotWritable, err)
	case says("too many open files", "cannot allocate memory"):
		return fmt.Errorf("store %s: %v; close other programs, or raise the limit (ulimit), and try again", f.dir, err)
	}
	return f.damaged("%v", err)
}
