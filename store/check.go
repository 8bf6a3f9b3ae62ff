package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/dgraph-io/badger/v4"
)

// CheckOptions say how to check a store. The zero value checks all.
type CheckOptions struct {
	// Quick leaves out the rebuild: files and rows are checked, and rows that are
	// missing or too many where nothing counts them are not found.
	Quick bool
	// Temp is the folder in which the store is rebuilt, "" that of the system. It
	// needs as much space as the store takes.
	Temp string
}

// Fault is one thing that is wrong with a store.
type Fault struct {
	Step string `json:"step"`           // files, open, rows or rebuild: what found it
	File string `json:"file,omitempty"` // in the store's folder, where it is known
	Text string `json:"fault"`
}

func (f Fault) String() string {
	if f.File != "" {
		return f.File + ": " + f.Text
	}
	return f.Text
}

// Check looks for everything that is wrong with the store in dir, and passes each
// fault to found: its files, block by block; its rows, one by one and against the
// counts that stand beside them; and all rows against those of a store that
// is rebuilt from the primary ones. A store that cannot be opened is checked as
// far as it can be read. It changes nothing, but for completing a store whose last
// writer was killed and whose files are sound. A store of an older format is not
// rebuilt.
//
// The error says why it could not check: ErrNotStore, ErrFormat, ErrLocked, ErrNoSpace, that of ctx.
// Memory is bounded; a rebuild takes as long as an ingest without the extraction.
func Check(ctx context.Context, dir string, o CheckOptions, found func(Fault)) error {
	f, err := openFolder(dir, false, false, patience)
	switch {
	case errors.Is(err, ErrDamaged), errors.Is(err, ErrNotStore) && IsStore(dir):
		found(Fault{"files", markerName, strings.TrimSuffix(err.Error(), "; "+wayOutOfDamage)})
		f = &folder{dir: dir, format: Format}
	case err != nil:
		return err
	default:
		defer f.unlock()
	}
	if err := f.checkReadable(); err != nil {
		return err
	}
	c := &check{folder: f, options: o, found: found, broken: map[articleKey]bool{}}
	return c.run(ctx)
}

// maxNamed is for how many faults articles are looked up, to tell their ids.
const maxNamed = 1000

type check struct {
	folder  *folder
	options CheckOptions
	found   func(Fault)
	sound   bool                // the files
	rows    snapshot            // what the rows are read from
	told    int                 // faults of rows
	broken  map[articleKey]bool // articles that are not in the rebuilt store
}

func (c *check) run(ctx context.Context) error {
	live, logs := c.files()
	closeRows, err := c.open(live, logs)
	if err != nil {
		return err
	}
	defer closeRows()
	a := newAudit(func(key []byte, fault string) { c.fault("rows", fault) })
	if err := a.scan(ctx, c.rows); err != nil {
		return err
	}
	if c.options.Quick || c.folder.format != Format {
		return nil
	}
	return c.rebuild(ctx)
}

var keyText = regexp.MustCompile(`\b([0-9a-f]{32})(/\d+)?\b`)

// fault tells of a fault, with the ids of the articles that its text names by keys.
func (c *check) fault(step, text string) {
	if c.told++; c.told > maxNamed {
		c.found(Fault{Step: step, Text: text})
		return
	}
	c.found(Fault{Step: step, Text: keyText.ReplaceAllStringFunc(text, func(named string) string {
		parts := keyText.FindStringSubmatch(named)
		k, err := parseArticleKey(parts[1])
		var row articleRow
		if err != nil || c.rows.get(ofArticle(rowArticle, k), decode(&row)) != nil {
			return named
		}
		return fmt.Sprintf("%s%s (article %s)", row.ID, parts[2], parts[1])
	})})
}

// files checks the folder's files, and returns the tables and logs that hold its rows.
func (c *check) files() (live, logs []string) {
	c.sound = true
	found := func(file string, err error) {
		c.sound = false
		c.found(Fault{"files", file, err.Error()})
	}
	for _, err := range c.folder.checkFiles() {
		found("", err)
	}
	live, logs, err := c.folder.live()
	if err != nil {
		found("", err)
	}
	s := openSalvaged(c.folder.dir, live, logs, found)
	s.release()
	return live, logs
}

// checkFiles returns an error for each file of the folder that is not as it should be,
// as far as that shows without reading its rows.
func (f *folder) checkFiles() []error {
	l, err := f.list()
	if err != nil {
		return []error{err}
	}
	manifest, err := f.manifest()
	if err != nil {
		return []error{err}
	}
	var errs []error
	if f.format >= summed && l.clean() {
		errs = f.checkSums()
	}
	for _, name := range l.tables {
		id, ok := tableID(name)
		if _, known := manifest.Tables[id]; (!ok || !known) && l.clean() {
			errs = append(errs, fmt.Errorf("%s: %s does not name it", name, badger.ManifestFilename))
		}
	}
	for _, name := range tableNames(manifest) {
		if !slices.Contains(l.tables, name) {
			errs = append(errs, fmt.Errorf("%s: it is missing, and %s names it", name, badger.ManifestFilename))
		}
	}
	return errs
}

// checkSums compares all files of a store that was closed with their sums.
func (f *folder) checkSums() []error {
	s, err := readSums(f.dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return []error{fmt.Errorf("%s: it is missing", sumsName)}
	case err != nil:
		return []error{fmt.Errorf("%s: cannot be read: %w", sumsName, err)}
	}
	if err = s.checkSizes(f.dir); err == nil {
		err = s.checkAll(f.dir, func(string) bool { return true })
	}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		return joined.Unwrap()
	}
	if err != nil {
		return []error{err}
	}
	return nil
}

// manifest reads which tables are those of the store. The error says if that cannot
// be read to its end.
func (f *folder) manifest() (badger.Manifest, error) {
	file, err := os.Open(filepath.Join(f.dir, badger.ManifestFilename))
	if err != nil {
		return badger.Manifest{}, fmt.Errorf("%s: %w", badger.ManifestFilename, err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return badger.Manifest{}, fmt.Errorf("%s: %w", badger.ManifestFilename, err)
	}
	manifest, end, err := badger.ReplayManifestFile(file, externalMagic, badgerOptions(f.dir, true, memTable))
	if err == nil && end != info.Size() {
		err = errors.New("it is cut short")
	}
	if err != nil {
		return manifest, fmt.Errorf("%s: cannot be read: %w", badger.ManifestFilename, err)
	}
	return manifest, nil
}

func tableNames(m badger.Manifest) []string {
	var names []string
	for id := range m.Tables {
		names = append(names, tableName(id))
	}
	slices.Sort(names)
	return names
}

// live returns the tables that are there and that the MANIFEST names, or all where it
// cannot be read, and the logs.
func (f *folder) live() (tables, logs []string, err error) {
	l, err := f.list()
	if err != nil {
		return nil, nil, err
	}
	tables = l.tables
	if manifest, err := f.manifest(); err == nil {
		named := tableNames(manifest)
		tables = slices.DeleteFunc(tables, func(name string) bool { return !slices.Contains(named, name) })
	}
	return tables, l.memtables, nil
}

// open makes rows ready to be read: through Badger where the files are sound and it
// opens, else without it.
func (c *check) open(live, logs []string) (closeRows func(), err error) {
	if c.sound && c.folder.marker != nil {
		e, err := c.folder.openReader(0)
		switch {
		case err == nil && !c.folder.hasLongValues():
			c.rows = e.view()
			return func() { c.rows.release(); e.close() }, c.checkFormat()
		case err == nil: // Badger does not say which value log is damaged
			if err = e.close(); err == nil {
				live, logs, err = c.folder.live()
			}
			if err != nil {
				return nil, err
			}
			s := openSalvaged(c.folder.dir, live, logs, func(string, error) {})
			c.rows = s
			return s.release, c.checkFormat()
		}
		c.found(Fault{Step: "open", Text: "cannot be opened: " + strings.TrimSuffix(err.Error(), "; "+wayOutOfDamage)})
	}
	s := openSalvaged(c.folder.dir, live, logs, func(string, error) {}) // files has told
	c.rows = s
	return s.release, nil
}

// hasLongValues reports whether a value log has more than its header: values too long
// for a table.
func (f *folder) hasLongValues() bool {
	l, err := f.list()
	return err == nil && slices.ContainsFunc(l.logs, func(name string) bool {
		info, err := os.Stat(filepath.Join(f.dir, name))
		return err == nil && info.Size() > logHeader
	})
}

// checkFormat compares the row of the format with the marker.
func (c *check) checkFormat() error {
	format := ""
	err := c.rows.get(keyFormat, func(b []byte) error { format = string(b); return nil })
	if want := strconv.Itoa(c.folder.format); err == nil && format != want {
		c.fault("rows", fmt.Sprintf("row %s says %q, and the file %s says %s", keyFormat, format, markerName, want))
	}
	return nil // the audit tells of a missing row
}

// rebuild compares the rows with those of a store that is made of the primary ones.
func (c *check) rebuild(ctx context.Context) (err error) {
	dir, err := os.MkdirTemp(c.options.Temp, "entente-check-")
	if err != nil {
		return fmt.Errorf("cannot rebuild the store: %w; name another folder with --tmp, or leave that out with --quick", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	err = fillNew(filepath.Join(dir, "store"), func(s *Store) error {
		err := s.rebuild(ctx, c.rows, leftOut{
			article: func(a *stored, why error) error {
				c.broken[a.key] = true
				c.fault("rebuild", fmt.Sprintf("article %s: %v", a.key, why))
				return nil
			},
			row: func([]byte, error) error { return nil }, // the audit has told
		})
		if err != nil {
			return err
		}
		return s.view(func(should reader) error { return c.compare(should) })
	})
	if errors.Is(err, ErrNoSpace) {
		err = fmt.Errorf("%w, name another folder with --tmp, or leave the rebuild out with --quick", err)
	}
	return err
}

// compare tells of each row that is missing, too many or different.
func (c *check) compare(should reader) error {
	is, want := c.rows.scan(nil), should.scan(nil)
	defer is.close()
	defer want.close()
	next := func(c cursor) bool {
		for c.next() {
			if !bytes.Equal(c.key(), keySequence) { // it tells the way that a store was made
				return true
			}
		}
		return false
	}
	more, wanted := next(is), next(want)
	for more || wanted {
		order := 0
		switch {
		case !wanted:
			order = -1
		case !more:
			order = 1
		default:
			order = bytes.Compare(is.key(), want.key())
		}
		if order < 0 {
			c.differs(is.key(), "has", "should not be there")
		} else if order > 0 {
			c.differs(want.key(), "lacks", "is missing")
		} else if err := c.compareValues(is, want); err != nil {
			return err
		}
		if order <= 0 {
			more = next(is)
		}
		if order >= 0 {
			wanted = next(want)
		}
	}
	return nil
}

// differs tells of a row that is in one of two stores. Rows of an article that is
// not in the rebuilt one follow from its fault.
func (c *check) differs(key []byte, list, what string) {
	if slices.ContainsFunc(articlesOf(key), func(k articleKey) bool { return c.broken[k] }) {
		return
	}
	words := keyWords(key)
	if rt := rowTypeOf(key); rt != nil {
		if head, entry, ok := rt.words(key); ok && entry != "" {
			c.fault("rebuild", fmt.Sprintf("%s %s %s", head, list, entry))
			return
		}
		if rt.head != nil {
			words += ": its head"
		}
	}
	c.fault("rebuild", words+" "+what)
}

func (c *check) compareValues(is, want cursor) error {
	var has, should []byte
	if err := is.value(func(v []byte) error { has = bytes.Clone(v); return nil }); err != nil {
		return nil // the audit has told
	}
	if err := want.value(func(v []byte) error { should = bytes.Clone(v); return nil }); err != nil {
		return err
	}
	rt := rowTypeOf(is.key())
	switch {
	case bytes.Equal(has, should):
	case rt != nil && rt.head != nil && rt.head(is.key()) == len(is.key()) && len(has) == len(should):
		var n, want uint64
		if err := errors.Join(decodeCount(&n)(has), decodeCount(&want)(should)); err != nil {
			return err
		}
		c.fault("rebuild", fmt.Sprintf("%s counts %d entries and should count %d", keyWords(is.key()), n, want))
	default:
		c.fault("rebuild", fmt.Sprintf("%s is %s and should be %s", keyWords(is.key()), brief(has, should), brief(should, has)))
	}
	return nil
}

// brief shows a value around where it begins to differ from another.
func brief(value, other []byte) string {
	const around = 40
	at := 0
	for at < len(value) && at < len(other) && value[at] == other[at] {
		at++
	}
	from, to := max(0, at-around), min(len(value), at+around)
	text := fmt.Sprintf("%q", value[from:to])
	if from > 0 {
		text = "…" + text
	}
	if to < len(value) {
		text += "…"
	}
	return text
}
