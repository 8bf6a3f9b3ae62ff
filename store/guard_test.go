package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/dgraph-io/badger/v4"

	"entente/graph"
)

// killed returns a folder as a writer leaves it that is killed after n articles.
func killed(t *testing.T, n int) string {
	t.Helper()
	s := create(t, t.TempDir())
	for i := range n {
		mustPut(t, s, Added, record(fmt.Sprint("a", i), fmt.Sprint("b", i), "FRA>RUS"))
	}
	return copyOpen(t, s.folder.dir)
}

// cutLog takes the last bytes of what a killed writer's log holds.
func cutLog(t *testing.T, dir string, share float64) {
	t.Helper()
	logs, err := filepath.Glob(filepath.Join(dir, "*.mem"))
	if err != nil || len(logs) == 0 {
		t.Fatal(logs, err)
	}
	b, err := os.ReadFile(logs[len(logs)-1])
	if err != nil {
		t.Fatal(err)
	}
	end := len(b)
	for end > 0 && b[end-1] == 0 {
		end--
	}
	if err := os.Truncate(logs[len(logs)-1], int64(float64(end)*share)); err != nil {
		t.Fatal(err)
	}
}

// A log that has lost its end is damage, and stays as it is.
func TestLostChanges(t *testing.T) {
	dir := killed(t, 20)
	cutLog(t, dir, 0.7)
	before := listing(t, dir)
	for _, o := range []Options{{}, {ReadOnly: true}, {}} {
		s, err := Open(dir, o)
		if err == nil {
			s.Close()
		}
		if !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), "of its 20 changes are lost") {
			t.Fatalf("Open(%+v): %v", o, err)
		}
		if after := listing(t, dir); after != before {
			t.Fatalf("the folder was changed:\n%s\nbefore:\n%s", after, before)
		}
	}

	// What was not synced may have gone if the machine went down.
	path := filepath.Join(dir, writingName)
	then, _, err := readWriting(dir)
	if err != nil || then.committed != 20 || then.synced != 0 {
		t.Fatalf("%+v, %v", then, err)
	}
	then.boot = "another"
	write(t, path, (&writing{writingState: then}).text())
	s, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	n := len(collect(t, s.Records()))
	if s.Lost() != 20-n || n == 0 || n == 20 {
		t.Errorf("%d changes are lost, and %d articles are left of 20", s.Lost(), n)
	}
	auditCounts(t, s)
	closeStore(t, s)

	// What was synced may not.
	dir = killed(t, 20)
	cutLog(t, dir, 0.7)
	then.synced = 20
	write(t, filepath.Join(dir, writingName), (&writing{writingState: then}).text())
	if _, err := Open(dir, Options{}); !errors.Is(err, ErrDamaged) {
		t.Errorf("synced changes are lost: %v", err)
	}
}

// An opening that is killed half-way is done again from the beginning.
func TestKilledWhileOpening(t *testing.T) {
	dir := killed(t, 20)
	f := &folder{dir: dir}
	if err := f.putAside(); err != nil {
		t.Fatal(err)
	}
	cutLog(t, dir, 0.5) // as Badger leaves it
	write(t, filepath.Join(dir, "000077.sst"), "half a table")
	s, err := Open(dir, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if n := len(collect(t, s.Records())); n != 20 || f.hasAside() {
		t.Errorf("%d articles of 20; the side folder is there: %v", n, f.hasAside())
	}
}

// A side folder that was being removed is not put back.
func TestKilledWhileDropping(t *testing.T) {
	dir := killed(t, 20)
	f := &folder{dir: dir}
	if err := f.putAside(); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.Rename(filepath.Join(dir, beforeName), filepath.Join(dir, beforePart)),
		os.RemoveAll(filepath.Join(dir, beforePart, badger.ManifestFilename))); err != nil {
		t.Fatal(err)
	}
	s, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if n := len(collect(t, s.Records())); n != 20 {
		t.Errorf("%d articles of 20", n)
	}
	if _, err := os.Stat(filepath.Join(dir, beforePart)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("what was left of the side folder is there: %v", err)
	}
}

// A table that has the number of one that is gone has a sum of its own.
func TestSumOfNewTable(t *testing.T) {
	dir := t.TempDir()
	tables := [2]string{}
	for i := range tables {
		s := create(t, t.TempDir())
		mustPut(t, s, Added, record("a", strings.Repeat("b", i+1), "FRA>RUS"))
		closeStore(t, s)
		tables[i] = filepath.Join(s.folder.dir, "000001.sst")
	}
	var known map[string]sum
	for _, table := range append(tables[:], tables[0]) {
		if err := os.RemoveAll(filepath.Join(dir, "000001.sst")); err != nil {
			t.Fatal(err)
		}
		if err := copySparse(table, filepath.Join(dir, "000001.sst")); err != nil {
			t.Fatal(err)
		}
		s, err := writeSums(dir, 1, known)
		if err == nil {
			err = s.checkAll(dir, func(string) bool { return true })
		}
		if err != nil || len(s.files) != 1 {
			t.Fatalf("%d files, %v", len(s.files), err)
		}
		known = s.files
	}
}

// A guard that may have one table open answers as any other, and finds damage.
func TestGuardWithFewTables(t *testing.T) {
	dir := t.TempDir()
	for i := range 5 { // a table each
		s := create(t, dir)
		mustPut(t, s, Added, record(fmt.Sprint("a", i), fmt.Sprint("b", i), "FRA>RUS", "RUS>FRA"))
		closeStore(t, s)
	}
	s, err := Open(dir, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	g := s.kv.(badgerEngine).guard
	g.most = 1
	for range 2 {
		for _, r := range collect(t, s.Records()) {
			if a, err := s.Article(r.Article.Key()); err != nil || a != r.Article {
				t.Errorf("article %s: %v", r.Article.ID, err)
			}
		}
		if n := len(collect(t, s.EventsOf("state:FRA"))); n != 10 {
			t.Errorf("%d events of 10", n)
		}
	}
	isOpen := 0
	for _, level := range g.levels {
		for _, table := range level {
			if table.file != nil {
				isOpen++
			}
		}
	}
	if isOpen > 1 {
		t.Errorf("%d tables are open", isOpen)
	}
}

func TestSumsOfFiles(t *testing.T) {
	dir := t.TempDir()
	s := create(t, dir)
	mustPut(t, s, Added, sample()...)
	closeStore(t, s)
	text, err := os.ReadFile(filepath.Join(dir, sumsName))
	if err != nil {
		t.Fatal(err)
	}
	for what, spoil := range map[string]func(){
		"missing": func() {},
		"changed": func() {
			write(t, filepath.Join(dir, sumsName), strings.Replace(string(text), "MANIFEST", "MANIFESt", 1))
		},
		"cut":   func() { write(t, filepath.Join(dir, sumsName), string(text[:len(text)/2])) },
		"empty": func() { write(t, filepath.Join(dir, sumsName), "") },
	} {
		if err := os.Remove(filepath.Join(dir, sumsName)); err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
		spoil()
		for _, o := range []Options{{}, {ReadOnly: true}} {
			if _, err := Open(dir, o); !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), sumsName) {
				t.Errorf("%s: Open(%+v): %v", what, o, err)
			}
		}
	}
	write(t, filepath.Join(dir, sumsName), string(text))
	closeStore(t, create(t, dir))
}

// A writer lets readers in that wait, and goes on; another writer is not let in.
func TestReaderBesideWriter(t *testing.T) {
	if !badgerReadOnly {
		t.Skip("no locks of our own on this system")
	}
	dir := t.TempDir()
	s := create(t, dir)
	done := make(chan error)
	stop := make(chan struct{})
	go func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				done <- nil
				return
			default:
			}
			if _, err := s.Put(record(fmt.Sprint("a", i), fmt.Sprint("b", i), "FRA>RUS")); err != nil {
				done <- err
				return
			}
		}
	}()
	last := 0
	for range 4 {
		r, err := Open(dir, Options{ReadOnly: true, Wait: time.Minute})
		if err != nil {
			t.Fatal(err)
		}
		records := collect(t, r.Records())
		if n := len(collect(t, r.EventsOf("state:FRA"))); n != len(records) || n < last {
			t.Errorf("%d articles, %d events, %d articles before", len(records), n, last)
		}
		last = len(records)
		if _, err := Open(dir, Options{}); !errors.Is(err, ErrLocked) || !strings.Contains(err.Error(), fmt.Sprint("process ", os.Getpid())) {
			t.Errorf("a second writer: %v", err)
		}
		closeStore(t, r)
		time.Sleep(100 * time.Millisecond) // for the writer to come back
	}
	close(stop)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	// One that has nothing to do lets them in too.
	r, err := Open(dir, Options{ReadOnly: true, Wait: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	n := len(collect(t, r.Records()))
	closeStore(t, r)
	mustPut(t, s, Added, record("end", "the end", "MLI>NER"))
	closeStore(t, s)
	if r, err = Open(dir, Options{ReadOnly: true}); err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if got := len(collect(t, r.Records())); got != n+1 || last == 0 {
		t.Errorf("%d articles, want %d", got, n+1)
	}
	var none graph.Article
	if _, err := r.Article(none.Key()); !errors.Is(err, ErrNotFound) {
		t.Error(err)
	}
}
