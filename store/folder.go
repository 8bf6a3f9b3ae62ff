package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/dgraph-io/badger/v4"
)

const (
	// Format is the number of the format that this package writes, and the
	// greatest that it reads: see docs/format.md.
	Format = 3

	markerName = "ENTENTE"
	markerText = "entente store, format %d\n"

	// Space that must be free before anything is written: Badger maps its files
	// into memory, and a full disk then ends the program.
	minFree = 256 << 20
)

// summed is the first format with a file of sums and a sequence.
const summed = 3

// folder is the folder of a store, with its locks.
type folder struct {
	dir        string
	marker     *os.File // open and locked
	writerLock *os.File // open and locked, or nil
	format     int      // of the store, from 1 to Format

	sums    sums     // of the files, as far as they are known to be right
	writing *writing // of a writer
	// lost is how many transactions a power cut took.
	lost uint64
}

// openFolder checks that dir is the folder of a store, or makes it one if create
// is set and dir is missing or empty, and locks it. Whoever wants to write gets a
// store of this format only.
func openFolder(dir string, create, exclusive bool, wait time.Duration) (*folder, error) {
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
		return nil, errors.Join(fmt.Errorf("store %s: %w: format %d can be read and not added to; make a new one of it with entente db migrate %[1]s --to NEW",
			dir, ErrOldFormat, f.format), f.unlock())
	}
	if exclusive {
		err = f.lockWriter()
	}
	if err == nil {
		err = f.lock(exclusive, wait)
	}
	if err != nil {
		return nil, errors.Join(err, f.unlock())
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

func (f *folder) damaged(format string, args ...any) error {
	what := strings.Join(strings.Fields(fmt.Sprintf(format, args...)), " ") // Badger writes messages of several lines
	return fmt.Errorf("store %s: %w: %s; %s", f.dir, ErrDamaged, what, wayOutOfDamage)
}

// checkSpace returns ErrNoSpace where less than minFree bytes are free, and more.
func (f *folder) checkSpace(more uint64) error {
	if free, ok := freeBytes(f.dir); ok && free < minFree+more {
		return fmt.Errorf("store %s: %w: %d MB free, %d MB needed; free some space and try again, nothing stored is lost",
			f.dir, ErrNoSpace, free>>20, (minFree+more)>>20)
	}
	return nil
}

const (
	// reserveName is a file that takes up the space that a writer needs to end, for
	// when others have filled the disk.
	reserveName = "RESERVE"
	reserve     = 64 << 20
	// secured is what secure takes of the disk, at the most.
	secured = reserve + 2*(memTable+maxValue)
)

// secure gives the files that Badger writes to next their blocks, and makes the
// reserve: they are mapped into memory, and a full disk would end the program.
func (f *folder) secure() error {
	file, err := os.OpenFile(filepath.Join(f.dir, reserveName), os.O_RDWR|os.O_CREATE, 0o666)
	if err == nil {
		err = errors.Join(allocate(file, reserve), file.Close())
	}
	l, listErr := f.list()
	err = errors.Join(err, listErr)
	for _, name := range slices.Concat(l.memtables, l.logs) {
		if err != nil {
			break
		}
		file, openErr := os.OpenFile(filepath.Join(f.dir, name), os.O_RDWR, 0)
		if errors.Is(openErr, fs.ErrNotExist) {
			continue // Badger has written a table of what a killed writer left
		}
		if err = openErr; err == nil {
			info, statErr := file.Stat()
			if err = statErr; err == nil && info.Size() > 0 {
				err = allocate(file, info.Size())
			}
			err = errors.Join(err, file.Close())
		}
	}
	return f.explain(err)
}

// release removes the reserve.
func (f *folder) release() error {
	err := os.Remove(filepath.Join(f.dir, reserveName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// freeBytes returns how many bytes may be written to the file system of a folder,
// and false if that is unknown. Tests put a smaller disk in its place.
var freeBytes = statFree

// files are the data files of Badger in a folder, by their kind.
type files struct {
	tables    []string // .sst
	memtables []string // .mem: there are none after a clean end
	logs      []string // .vlog
	empty     []string // those of the last two that have no bytes
	manifest  bool
	writing   bool // a writer has died, or has not yet ended
}

// clean reports whether the last writer closed the store. A folder without any
// file counts as not closed: what makes a store was cut off.
func (l files) clean() bool { return l.manifest && len(l.memtables) == 0 && !l.writing }

// none reports whether Badger has not yet made anything.
func (l files) none() bool {
	return !l.manifest && len(l.tables)+len(l.logs)+len(l.memtables) == 0
}

// tableName is the name of the file of a table, tableID the reverse.
func tableName(id uint64) string { return fmt.Sprintf("%06d.sst", id) }

func tableID(name string) (id uint64, ok bool) {
	id, err := strconv.ParseUint(strings.TrimSuffix(name, ".sst"), 10, 64)
	return id, err == nil
}

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
			l.writing = l.writing || e.Name() == writingName || e.Name() == beforeName
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
	manifest, err := f.manifest()
	if err != nil {
		return f.damaged("its file %v", err)
	}
	if !l.clean() {
		return nil // a killed writer may leave a table that it had not yet entered
	}
	for _, name := range l.tables {
		id, ok := tableID(name)
		if _, known := manifest.Tables[id]; !ok || !known {
			return f.damaged("its file %s does not name %s", badger.ManifestFilename, name)
		}
	}
	return nil
}

// openReader opens Badger for reading. A store that was not closed is first
// completed, which takes the lock of a writer for a moment.
func (f *folder) openReader(wait time.Duration) (engine, error) {
	l, err := f.list()
	if err != nil {
		return nil, err
	}
	if err := f.checkReadable(); err != nil {
		return nil, err
	}
	if !badgerReadOnly {
		if err := f.checkManifest(l); err != nil {
			return nil, err
		}
		return f.openWriter(memTable)
	}
	if !l.clean() {
		if err := f.complete(max(wait, 5*time.Second)); err != nil {
			return nil, err
		}
		if l, err = f.list(); err != nil {
			return nil, err
		}
	}
	if f.format < summed {
		if err := f.checkManifest(l); err != nil {
			return nil, err
		}
		e, err := openBadger(f.dir, true, memTable)
		return e, f.explain(err)
	}
	if err := f.checkClosed(func(name string) bool { return name == badger.ManifestFilename || name == badger.KeyRegistryFileName }); err != nil {
		return nil, err
	}
	if err := f.sums.checkEnds(f.dir); err != nil {
		return nil, f.damaged("%s", oneLine(err))
	}
	e, err := openBadger(f.dir, true, memTable)
	if err != nil {
		return nil, f.explain(err)
	}
	e.guard = newGuard(f.dir, e.db.Tables())
	return e, nil
}

// checkClosed reads the sums of a store that was closed and checks the files
// against them: all sizes, and the content of what keep keeps.
func (f *folder) checkClosed(keep func(name string) bool) (err error) {
	if f.sums, err = readSums(f.dir); err == nil {
		if err = f.sums.checkSizes(f.dir); err == nil {
			err = f.sums.checkAll(f.dir, keep)
		}
		if err != nil {
			return f.damaged("%s", oneLine(err))
		}
		return nil
	}
	if errors.Is(err, fs.ErrNotExist) {
		return f.damaged("its file %s is missing", sumsName)
	}
	return f.damaged("its file %s cannot be read (%v)", sumsName, err)
}

// openChecked opens Badger for writing, after it has checked all files. What was
// not closed is put aside first, and put back if more is lost than a power cut
// explains.
func (f *folder) openChecked() (engine, error) {
	if err := f.checkSpace(secured); err != nil {
		return nil, err
	}
	if f.hasAside() {
		if err := f.putBack(); err != nil {
			return nil, f.explain(err)
		}
	}
	l, err := f.list()
	if err == nil {
		err = f.checkReadable()
	}
	if err == nil {
		err = f.checkManifest(l)
	}
	switch {
	case err != nil:
		return nil, err
	case f.format < summed:
		return f.openWriter(bigTable)
	case l.clean():
		if err := f.checkClosed(func(string) bool { return true }); err != nil {
			return nil, err
		}
	case !l.none():
		return f.openUnclean(l)
	}
	return f.openWriter(memTable)
}

// openUnclean opens what a killed writer left.
func (f *folder) openUnclean(l files) (engine, error) {
	then, there, err := readWriting(f.dir)
	if err != nil {
		return nil, f.damaged("its file %s cannot be read (%v)", writingName, err)
	}
	if err := f.checkTables(l); err != nil {
		return nil, err
	}
	if err := f.putAside(); err != nil {
		return nil, f.explain(err)
	}
	if there {
		if f.writing, err = resumeWriting(f.dir, then); err != nil {
			return nil, f.explain(err)
		}
	}
	e, err := f.openBy(openStill)
	if err == nil {
		have, seqErr := f.sequenceOf(e)
		if err = seqErr; err == nil && there {
			err = f.checkLost(then, have)
		}
		err = errors.Join(err, f.explain(e.close()))
		if err == nil && there {
			err = f.explain(f.writing.restart(f.dir, have))
		}
	}
	if err == nil {
		err = f.explain(f.dropAside())
	}
	if err == nil {
		return f.openWriter(memTable)
	}
	if there {
		err = errors.Join(err, f.writing.file.Close())
		f.writing = nil
	} else {
		err = errors.Join(err, f.endWriting())
	}
	return nil, errors.Join(err, f.putBack(), f.release())
}

// checkLost compares the number of the last transaction with what the writer that
// has died had noted. A power cut takes what was not yet synced; nothing else may.
func (f *folder) checkLost(then writingState, have uint64) error {
	switch {
	case have >= then.committed:
		return nil
	case have >= then.synced && then.boot != bootID():
		f.lost = then.committed - have
		return nil
	}
	return f.damaged("the last %d of its %d changes are lost", then.committed-have, then.committed)
}

// checkTables checks the tables that the MANIFEST of a store that was not closed
// names, by their sums where they have any. f.sums has those that are right.
func (f *folder) checkTables(l files) error {
	manifest, err := f.manifest()
	if err != nil {
		return f.damaged("its file %v", err)
	}
	old, _ := readSums(f.dir) // where there is none, or none that can be read, the tables have checksums of their own
	f.sums = sums{files: map[string]sum{}, sequence: old.sequence}
	for _, name := range l.tables {
		id, ok := tableID(name)
		if _, live := manifest.Tables[id]; !ok || !live {
			continue // Badger will delete it: it was not yet, or no longer, a part of the store
		}
		// A number may have been given again to another table.
		if _, has := old.files[name]; has && old.check(f.dir, name) == nil {
			f.sums.files[name] = old.files[name]
			continue
		}
		if err := checkTable(filepath.Join(f.dir, name)); err != nil {
			return f.damaged("file %s: %v", name, err)
		}
	}
	for id := range manifest.Tables {
		if name := tableName(id); !slices.Contains(l.tables, name) {
			return f.damaged("file %s is missing", name)
		}
	}
	for _, name := range l.logs { // a new one is begun with each opening
		if _, has := old.files[name]; has {
			if err := old.check(f.dir, name); err != nil {
				return f.damaged("%v", err)
			}
		}
	}
	return f.checkLongValues(l)
}

// checkLongValues checks that the values are there which lie in value logs and were
// written since the store was last closed. Badger cuts such a log at the first
// record that it cannot read.
func (f *folder) checkLongValues(l files) error {
	fresh := slices.DeleteFunc(slices.Clone(l.tables), func(name string) bool { _, has := f.sums.files[name]; return has })
	s := openSalvaged(f.dir, fresh, l.memtables, func(string, error) {}) // checkTables and checkLost tell of those
	defer s.release()
	c := s.scan(nil)
	defer c.close()
	for c.next() {
		if err := c.value(func([]byte) error { return nil }); err != nil {
			return f.damaged("%s: %v", keyWords(c.key()), err)
		}
	}
	return nil
}

// openWriter opens Badger for writing. The files are known to be right.
func (f *folder) openWriter(memTable int64) (badgerEngine, error) {
	return f.openBy(func(dir string) (badgerEngine, error) { return openBadger(dir, false, memTable) })
}

// openBy is openWriter with a way to open Badger.
func (f *folder) openBy(open func(dir string) (badgerEngine, error)) (_ badgerEngine, err error) {
	l, err := f.list()
	if err == nil {
		err = f.checkSpace(0)
	}
	if err != nil {
		return badgerEngine{}, err
	}
	if f.writing == nil && f.format >= summed {
		if f.writing, err = createWriting(f.dir, f.sums.sequence); err != nil {
			return badgerEngine{}, f.explain(err)
		}
	}
	for _, name := range l.empty {
		if err := os.Remove(filepath.Join(f.dir, name)); err != nil {
			return badgerEngine{}, f.explain(err)
		}
	}
	e, err := open(f.dir)
	if err != nil {
		return e, f.explain(err)
	}
	if err = f.secure(); err == nil {
		err = f.begin(e)
	}
	if err != nil {
		return e, errors.Join(err, e.close())
	}
	return e, nil
}

// sequenceOf returns the number of the last transaction of a database.
func (f *folder) sequenceOf(e engine) (n uint64, err error) {
	s := e.view()
	defer s.release()
	if err := s.get(keySequence, decodeCount(&n)); err != nil {
		return 0, f.damaged("row %s: %v", keySequence, err)
	}
	return n, nil
}

// finish closes the database of a writer, and notes what the files are now. On a
// disk without room for that it leaves everything as after a kill, which the next
// opening completes.
func (f *folder) finish(e engine) error {
	if err := f.release(); err != nil {
		return f.explain(err)
	}
	if free, ok := freeBytes(f.dir); ok && free < reserve/2 {
		return fmt.Errorf("store %s: %w: %d MB free, %d MB needed to close it; nothing stored is lost, and it can be used again when there is space",
			f.dir, ErrNoSpace, free>>20, reserve>>21)
	}
	if f.format < summed {
		return errors.Join(f.explain(e.sync()), f.explain(e.close()))
	}
	sequence, err := f.sequenceOf(e)
	if err = errors.Join(err, f.explain(e.sync()), f.explain(e.close())); err != nil {
		return err
	}
	if f.sums, err = writeSums(f.dir, sequence, f.sums.files); err != nil {
		return f.explain(err)
	}
	return f.explain(f.endWriting())
}

// endWriting removes the file of a writer.
func (f *folder) endWriting() error {
	if f.writing == nil {
		return nil
	}
	err := errors.Join(f.writing.file.Close(), os.Remove(filepath.Join(f.dir, writingName)))
	f.writing = nil
	return err
}

// complete opens and closes a store whose last writer was killed.
func (f *folder) complete(wait time.Duration) error {
	// Two readers that hold the lock would wait for each other.
	if err := funlock(f.marker); err != nil {
		return f.explain(err)
	}
	if err := f.lock(true, wait); err != nil {
		return err
	}
	l, err := f.list()
	if err == nil && !l.clean() { // else another reader was quicker
		var e engine
		if e, err = f.openChecked(); err == nil {
			err = f.finish(e)
		}
	}
	if errors.Is(err, errNotWritable) {
		return fmt.Errorf("%w; its last writer was killed, so it must be opened for writing once", err)
	}
	if err != nil {
		return err
	}
	return f.lock(false, wait)
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
		zero, err := encode(totals{Rows: map[string]int{}})
		if err != nil {
			return err
		}
		return errors.Join(b.set(keyFormat, strconv.AppendInt(nil, Format, 10)), b.set(keyTotals, zero), b.set(keySequence, encodeCount(0)))
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
	case says("sanity text", "encryption key mismatch"):
		return f.damaged("its file %s cannot be read (%v)", badger.KeyRegistryFileName, err)
	case says("too many open files", "cannot allocate memory"):
		return fmt.Errorf("store %s: %v; close other programs, or raise the limit (ulimit), and try again", f.dir, err)
	}
	return f.damaged("%v", err)
}
