package store

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/dgraph-io/badger/v4"

	"entente/graph"
)

func TestIsStore(t *testing.T) {
	for _, c := range []struct {
		name  string
		files map[string]string
		want  bool
	}{
		{"store", map[string]string{markerName: fmt.Sprintf(markerText, Format)}, true},
		{"later format", map[string]string{markerName: fmt.Sprintf(markerText, Format+7)}, true},
		{"cut off", map[string]string{markerName: "", badger.ManifestFilename: "x"}, true},
		{"text of that name", map[string]string{markerName: "Une entente entre la France et l'Italie."}, false},
		{"articles", map[string]string{"a.txt": "Peru condemned Chile."}, false},
		{"empty", nil, false},
	} {
		dir := t.TempDir()
		for name, text := range c.files {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		if got := IsStore(dir); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
	if IsStore(filepath.Join(t.TempDir(), "missing")) {
		t.Error("a missing folder is a store")
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// listing is the names and sizes of what a folder holds, but for locks and the reserve.
func listing(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err == nil && !d.IsDir() && filepath.Ext(path) != ".lock" && d.Name() != "LOCK" && d.Name() != reserveName {
			fmt.Fprintln(&b, path, info.Size())
		}
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return b.String()
}

// Each folder is refused with an error that names it, tells the cause and the
// way out, and is left as it was.
func TestRefusedFolders(t *testing.T) {
	marker := func(dir, text string) string { return filepath.Join(dir, markerName) + "\x00" + text }
	for _, c := range []struct {
		name  string
		files func(dir string) []string // path NUL content
		dir   string                    // below the temporary folder
		o     Options
		want  error
		says  string
	}{
		{"missing", nil, "none", Options{}, ErrNotStore, "no such folder; check the path"},
		{"missing, for reading", nil, "none", Options{ReadOnly: true, Create: true}, ErrNotStore, "no such folder"},
		{"empty", nil, "", Options{}, ErrNotStore, "the folder is empty"},
		{"file", func(d string) []string { return []string{d + "/f\x00text"} }, "f", Options{Create: true}, ErrNotStore, "it is a file"},
		{"foreign", func(d string) []string { return []string{d + "/thesis.doc\x00text"} }, "", Options{Create: true}, ErrNotStore, "choose another folder"},
		{"foreign tables", func(d string) []string { return []string{d + "/000001.sst\x00text"} }, "", Options{Create: true}, ErrNotStore, "choose another folder"},
		{"foreign database", func(d string) []string { return []string{d + "/MANIFEST\x00x", d + "/000001.sst\x00x"} }, "", Options{}, ErrNotStore, "choose another folder"},
		{"newer", func(d string) []string { return []string{marker(d, "entente store, format 4\n")} }, "", Options{Create: true}, ErrFormat, "format 4, and this program knows up to 3; use a newer version"},
		{"odd marker", func(d string) []string { return []string{marker(d, "entente store, format one\n")} }, "", Options{Create: true}, ErrNotStore, "does not say"},
		{"old marker", func(d string) []string { return []string{marker(d, "entente store, format 0\n")} }, "", Options{}, ErrNotStore, "does not say"},
		{"long marker", func(d string) []string { return []string{marker(d, "entente store, format 3\nmore")} }, "", Options{}, ErrNotStore, "does not say"},
		{"no manifest", func(d string) []string {
			return []string{marker(d, "entente store, format 3\n"), d + "/000001.sst\x00x"}
		}, "", Options{Create: true}, ErrDamaged, "1 data files and no file MANIFEST; restore"},
		{"other database's manifest", func(d string) []string {
			return []string{marker(d, "entente store, format 3\n"), d + "/MANIFEST\x00Bdgr\x00\x00\x00\x08"}
		}, "", Options{}, ErrDamaged, "MANIFEST: cannot be read"},
	} {
		dir := t.TempDir()
		if c.files != nil {
			for _, f := range c.files(dir) {
				path, text, _ := strings.Cut(f, "\x00")
				write(t, path, text)
			}
		}
		before := listing(t, dir)
		for _, ro := range []bool{c.o.ReadOnly, true} {
			o := c.o
			o.ReadOnly = ro
			path := filepath.Join(dir, c.dir)
			s, err := Open(path, o)
			if err == nil {
				s.Close()
			}
			if !errors.Is(err, c.want) || !strings.Contains(err.Error(), path) || !ro && !strings.Contains(err.Error(), c.says) {
				t.Errorf("%s, read-only %v: Open: %v\nwant %v, %q", c.name, ro, err, c.want, c.says)
			}
			if after := listing(t, dir); after != before {
				t.Errorf("%s: the folder was changed:\n%s\nbefore:\n%s", c.name, after, before)
			}
		}
	}
}

func TestCutOffCreation(t *testing.T) {
	for _, text := range []string{"", fmt.Sprintf(markerText, Format)} {
		dir := t.TempDir()
		write(t, filepath.Join(dir, markerName), text)
		s := create(t, dir)
		mustPut(t, s, Added, sample()...)
	}
}

func TestLocked(t *testing.T) {
	if !badgerReadOnly {
		t.Skip("no locks of our own on this system")
	}
	dir := t.TempDir()
	s := create(t, dir)
	for _, o := range []Options{{}, {ReadOnly: true}, {Create: true}} {
		_, err := Open(dir, o)
		if !errors.Is(err, ErrLocked) || !strings.Contains(err.Error(), fmt.Sprint("process ", os.Getpid())) || !strings.Contains(err.Error(), "try again") {
			t.Errorf("Open(%+v) beside a writer: %v", o, err)
		}
	}
	closeStore(t, s)
	var readers []*Store
	for range 3 {
		r, err := Open(dir, Options{ReadOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		readers = append(readers, r)
	}
	if _, err := Open(dir, Options{}); !errors.Is(err, ErrLocked) {
		t.Errorf("Open for writing beside readers: %v", err)
	}
	for _, r := range readers {
		closeStore(t, r)
	}
	closeStore(t, create(t, dir))
}

const childDir = "ENTENTE_TEST_CHILD_DIR"

// TestChild is the other process of TestKilledWriter: it puts articles until it
// is killed, and prints a line for each.
func TestChild(t *testing.T) {
	dir := os.Getenv(childDir)
	if dir == "" {
		t.Skip("runs in TestKilledWriter")
	}
	s := create(t, dir)
	for i := 0; ; i++ {
		if _, err := s.Put(record(fmt.Sprint("k", i), fmt.Sprint("body ", i), "FRA>RUS", "RUS>FRA")); err != nil {
			t.Fatal(err)
		}
		fmt.Printf("acknowledged %d\n", i)
	}
}

func TestKilledWriter(t *testing.T) {
	if !badgerReadOnly {
		t.Skip("needs the locks of Unix")
	}
	dir := filepath.Join(t.TempDir(), "s")
	for round := range 3 {
		cmd := exec.Command(os.Args[0], "-test.run=^TestChild$")
		cmd.Env = append(os.Environ(), childDir+"="+dir)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		first := make([]byte, 1)
		if _, err := out.Read(first); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(dir, Options{ReadOnly: true}); !errors.Is(err, ErrLocked) {
			t.Errorf("beside another process: %v", err)
		}
		time.Sleep(time.Duration(round*50) * time.Millisecond)
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		rest, err := io.ReadAll(out)
		if err != nil {
			t.Fatal(err)
		}
		cmd.Wait() // it was killed: the error says no more than that
		lines := strings.Count(string(first)+string(rest), "\n")

		s, err := Open(dir, Options{ReadOnly: round%2 == 0})
		if err != nil {
			t.Fatal(err)
		}
		have := map[string]bool{}
		for _, r := range collect(t, s.Records()) {
			have[r.Article.ID] = true
		}
		for i := range lines {
			if !have[fmt.Sprint("k", i)] {
				t.Errorf("round %d: acknowledged article %d is lost", round, i)
			}
		}
		if n := len(collect(t, s.EventsOf("state:FRA"))); n != 2*len(have) {
			t.Errorf("round %d: %d events of %d articles", round, n, len(have))
		}
		closeStore(t, s)
	}
}

// copyOpen copies a folder as it is while a store is open in it: what a killed
// writer leaves. Badger compacts beside the copying, so a copy of which some files are from
// before and some from after that, as no kill leaves them, is made again.
func copyOpen(t *testing.T, from string) string {
	t.Helper()
	for range 100 {
		before, to := openState(t, from), t.TempDir()
		var failed error
		for _, name := range before.files {
			failed = errors.Join(failed, copyHoles(filepath.Join(from, name), filepath.Join(to, name)))
		}
		switch same := reflect.DeepEqual(before, openState(t, from)); {
		case same && failed == nil:
			return to
		case same:
			t.Fatal(failed)
		}
	}
	t.Fatal("Badger changes the folder's files without end")
	return ""
}

// folderState tells a compaction from none: its tables and the MANIFEST that names them.
type folderState struct {
	files    []string
	manifest string
}

func openState(t *testing.T, dir string) (s folderState) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		s.files = append(s.files, e.Name())
	}
	manifest, err := os.ReadFile(filepath.Join(dir, badger.ManifestFilename))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	s.manifest = string(manifest)
	return s
}

// copyHoles copies a file and leaves out its zeros: Badger's open files are large
// and almost empty.
func copyHoles(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	defer out.Close()
	buf, zeros := make([]byte, 1<<20), make([]byte, 1<<20)
	for at := int64(0); ; {
		n, err := in.ReadAt(buf, at)
		if n > 0 && !bytes.Equal(buf[:n], zeros[:n]) {
			if _, err := out.WriteAt(buf[:n], at); err != nil {
				return err
			}
		}
		at += int64(n)
		if err == io.EOF {
			return out.Truncate(at)
		}
		if err != nil {
			return err
		}
	}
}

func TestUncleanEnd(t *testing.T) {
	dir := t.TempDir()
	s := create(t, dir)
	mustPut(t, s, Added, sample()...)
	want := dump(t, s)
	left := copyOpen(t, dir)
	for _, o := range []Options{{ReadOnly: true}, {}, {Create: true}} {
		dir := copyOpen(t, left)
		write(t, filepath.Join(dir, "00099.mem"), "") // Badger fails on these
		write(t, filepath.Join(dir, "000099.vlog"), "")
		s, err := Open(dir, o)
		if err != nil {
			t.Errorf("Open(%+v): %v", o, err)
			continue
		}
		if got := dump(t, s); got != want {
			t.Errorf("Open(%+v): the store differs", o)
		}
		closeStore(t, s)
	}

	if os.Geteuid() == 0 {
		t.Log("the superuser may write everywhere: unwritable folder not tested")
		return
	}
	dir = copyOpen(t, left)
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(dir, 0o777)
	if _, err := Open(dir, Options{ReadOnly: true}); !errors.Is(err, errNotWritable) || !strings.Contains(err.Error(), "opened for writing once") {
		t.Errorf("unclean end in a folder without write permission: %v", err)
	}
}

// A MANIFEST that is cut short, or has lost tables, would make Badger delete the
// tables. They must stay.
func TestManifestCutShort(t *testing.T) {
	whole := t.TempDir()
	for i := range 3 { // a table each
		s := create(t, whole)
		mustPut(t, s, Added, record(fmt.Sprint("a", i), fmt.Sprint("b", i), "FRA>RUS"))
		closeStore(t, s)
	}
	info, err := os.Stat(filepath.Join(whole, badger.ManifestFilename))
	if err != nil {
		t.Fatal(err)
	}
	for size := range info.Size() {
		if size > 24 && size%3 != 0 { // enough of them
			continue
		}
		dir := copyOpen(t, whole)
		if err := os.Truncate(filepath.Join(dir, badger.ManifestFilename), size); err != nil {
			t.Fatal(err)
		}
		before := listing(t, dir)
		for _, o := range []Options{{ReadOnly: true}, {}} {
			s, err := Open(dir, o)
			if err == nil {
				s.Close()
			}
			if !errors.Is(err, ErrDamaged) {
				t.Errorf("MANIFEST of %d bytes: Open(%+v): %v", size, o, err)
			}
		}
		if after := listing(t, dir); after != before {
			t.Errorf("MANIFEST of %d bytes: the folder was changed:\n%s\nbefore:\n%s", size, after, before)
		}
	}
}

// tamper changes a closed store behind its back.
func tamper(t *testing.T, dir string, f func(*badger.Txn) error) {
	t.Helper()
	db, err := badger.Open(badgerOptions(dir, false, memTable))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(db.Update(f), db.Close()); err != nil {
		t.Fatal(err)
	}
	before, err := readSums(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := writeSums(dir, before.sequence, nil); err != nil {
		t.Fatal(err)
	}
}

func TestMissingRows(t *testing.T) {
	records := sample()
	whole := t.TempDir()
	s := create(t, whole)
	mustPut(t, s, Added, records...)
	closeStore(t, s)
	k, err := parseArticleKey(records[0].Article.Key())
	if err != nil {
		t.Fatal(err)
	}
	at := placeOf(k, 0)
	dyad := dyadEventsKey(graph.Dyad{Source: "state:FRA", Target: "state:RUS"})
	scans := map[string]func(*Store) error{
		"Articles": func(s *Store) error { _, err := gather(s.Articles()); return err },
		"Events":   func(s *Store) error { _, err := gather(s.Events()); return err },
		"Actors":   func(s *Store) error { _, err := gather(s.Actors()); return err },
		"Records":  func(s *Store) error { _, err := gather(s.Records()); return err },
		"EventsOf": func(s *Store) error { _, err := gather(s.EventsOf("state:FRA")); return err },
		"EventsBetween": func(s *Store) error {
			_, err := gather(s.EventsBetween("state:RUS", "state:FRA"))
			return err
		},
		"AffiliationsOf": func(s *Store) error { _, err := gather(s.AffiliationsOf("state:RUS")); return err },
		"Stats":          func(s *Store) error { _, err := s.Stats(); return err },
		"Article":        func(s *Store) error { _, err := s.Article(records[0].Article.Key()); return err },
	}
	for _, c := range []struct {
		key    []byte
		entry  bool   // of a list
		failed string // the scans that must say so
	}{
		{ofArticle(rowArticle, k), false, "Articles Records Article"},
		{at.key(rowEvent), false, "Events Records EventsOf EventsBetween"},
		{at.key(rowAffiliation), false, "Records AffiliationsOf"},
		{mentionKey(k, "state:FRA"), false, "Records"},
		{actorKey("state:USA"), false, "Actors"},
		{entryKey(actorEventsKey("state:FRA"), at), true, "EventsOf"},
		{actorEventsKey("state:FRA"), false, "EventsOf"},
		{entryKey(dyad, at), true, "EventsBetween"},
		{dyad, false, "EventsBetween"},
		{entryKey(actorRolesKey("state:RUS"), at), true, "AffiliationsOf"},
	} {
		for _, spoil := range []struct {
			how string
			f   func(*badger.Txn) error
		}{
			{"deleted", func(txn *badger.Txn) error { return txn.Delete(c.key) }},
			{"overwritten", func(txn *badger.Txn) error { return txn.Set(c.key, []byte("{")) }},
		} {
			if spoil.how == "overwritten" && c.entry {
				continue // it has no value that could be wrong
			}
			dir := copyOpen(t, whole)
			tamper(t, dir, spoil.f)
			s, err := Open(dir, Options{ReadOnly: true})
			if err != nil {
				t.Fatal(err)
			}
			for name, scan := range scans {
				err := scan(s)
				must := strings.Contains(" "+c.failed+" ", " "+name+" ")
				missing := name == "Article" && errors.Is(err, ErrNotFound) && spoil.how == "deleted"
				if must && !missing && (!errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), dir)) {
					t.Errorf("%q %s: %s: %v, want ErrDamaged", c.key, spoil.how, name, err)
				}
				if !must && err != nil {
					t.Errorf("%q %s: %s: %v", c.key, spoil.how, name, err)
				}
			}
			closeStore(t, s)
		}
	}
}

func TestMissingMeta(t *testing.T) {
	for _, spoil := range []func(*badger.Txn) error{
		func(txn *badger.Txn) error { return txn.Delete(keyTotals) },
		func(txn *badger.Txn) error { return txn.Set(keyTotals, []byte("no JSON")) },
		func(txn *badger.Txn) error { return txn.Delete(keyFormat) },
		func(txn *badger.Txn) error { return txn.Set(keyFormat, []byte("9")) },
	} {
		dir := t.TempDir()
		s := create(t, dir)
		mustPut(t, s, Added, sample()...)
		closeStore(t, s)
		tamper(t, dir, spoil)
		for _, o := range []Options{{}, {ReadOnly: true}} {
			if _, err := Open(dir, o); !errors.Is(err, ErrDamaged) {
				t.Errorf("Open(%+v): %v", o, err)
			}
		}
	}
}

// A bit flipped in a table gives ErrDamaged, at opening or in the scan, or the
// right answer: never a smaller or another one.
func TestFlippedBits(t *testing.T) {
	whole := t.TempDir()
	s := create(t, whole)
	for i := range 60 {
		mustPut(t, s, Added, record(fmt.Sprint("a", i), fmt.Sprint("b", i), "FRA>RUS", "RUS>USA"))
	}
	want := collect(t, s.Records())
	closeStore(t, s)
	tables, err := filepath.Glob(filepath.Join(whole, "*.sst"))
	if err != nil || len(tables) == 0 {
		t.Fatalf("tables: %v, %v", tables, err)
	}
	b, err := os.ReadFile(tables[0])
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for i := range 12 {
		dir := copyOpen(t, whole)
		at := len(b) * (2*i + 1) / 40 // in the data, which is most of the file; what follows is Badger's
		flipped := bytes.Clone(b)
		flipped[at] ^= 0x10
		write(t, filepath.Join(dir, filepath.Base(tables[0])), string(flipped))
		s, err := Open(dir, Options{ReadOnly: true})
		if err == nil {
			var got []graph.Record
			if got, err = gather(s.Records()); err == nil && !reflect.DeepEqual(got, want) {
				t.Errorf("byte %d of %d: %d records, no error, other content", at, len(b), len(got))
			}
			s.Close()
		}
		if err != nil && !errors.Is(err, ErrDamaged) {
			t.Errorf("byte %d of %d: %v", at, len(b), err)
		}
		if err != nil {
			found++
		}
	}
	if found == 0 { // the other bits lie in the indexes, which Records does not read
		t.Error("none of 12 flipped bits was found")
	}
}

func TestExplain(t *testing.T) {
	f := &folder{dir: "d"}
	for text, want := range map[string]error{
		"Cannot acquire directory lock on \"d\".":  ErrLocked,
		"write 00001.mem: no space left on device": ErrNoSpace,
		"open LOCK: permission denied":             errNotWritable,
		"open LOCK: read-only file system":         errNotWritable,
		"file does not exist for table 4":          ErrDamaged,
	} {
		if err := f.explain(errors.New(text)); !errors.Is(err, want) || !strings.HasPrefix(err.Error(), "store d: ") {
			t.Errorf("%q: %v, want %v", text, err, want)
		}
	}
	if err := f.explain(nil); err != nil {
		t.Error(err)
	}
}
