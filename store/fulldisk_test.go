package store

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"entente/graph"
)

// smallDisk puts a disk of so many bytes, on which only the store in dir lies, in
// the place of the real one, and returns a function that changes its size.
func smallDisk(t *testing.T, dir string, bytes int64) (resize func(int64)) {
	t.Helper()
	real := freeBytes
	t.Cleanup(func() { freeBytes = real })
	freeBytes = func(string) (uint64, bool) {
		used, err := (&folder{dir: dir}).size()
		if err != nil {
			return 0, false
		}
		return uint64(max(0, bytes-used)), true
	}
	return func(n int64) { bytes = n }
}

// held is how much of a disk the files of a store take that is open and empty.
func held(t *testing.T) int64 {
	t.Helper()
	s := create(t, t.TempDir())
	n, err := s.folder.size()
	if err != nil {
		t.Fatal(err)
	}
	closeStore(t, s)
	return n
}

// TestFullDisk fills simulated disks, on which the space ends at different moments.
// The store says so before it is too late, keeps what it has, can be read on the
// full disk, and goes on when there is room.
func TestFullDisk(t *testing.T) {
	if !badgerReadOnly {
		t.Skip("opens stores for reading on a full disk")
	}
	rng := rand.New(rand.NewPCG(1, 1))
	records := make([]graph.Record, 280)
	for i := range records {
		records[i] = record(fmt.Sprint("a", i), "body "+noise(rng, 90_000), "FRA>RUS", "RUS>FRA")
	}
	empty := held(t)
	for _, c := range []struct {
		name string
		room int64 // beyond what must be free, and what an empty store takes
	}{{"opening", -empty - 1}, {"first table", 1 << 20}, {"compaction", 9 << 20}, {"later", 20 << 20}} {
		t.Run(c.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "s")
			resize := smallDisk(t, dir, minFree+empty+c.room)
			n, err := fill(dir, records)
			if !errors.Is(err, ErrNoSpace) || !strings.Contains(err.Error(), "store "+dir+": ") || !strings.Contains(err.Error(), "free some space") {
				t.Fatalf("after %d articles: %v", n, err)
			}
			if n == len(records) || (n == 0) != (c.room < 0) {
				t.Fatalf("full after %d articles", n)
			}
			if n > 0 {
				checkArticles(t, dir, n)
			}
			resize(minFree + 1<<30)
			if n, err := fill(dir, records); err != nil {
				t.Fatalf("with room again, after %d articles: %v", n, err)
			}
			checkArticles(t, dir, len(records))
		})
	}
}

// fill puts records into a store until it takes no more, closes it, and returns how
// many it took.
func fill(dir string, records []graph.Record) (n int, err error) {
	s, err := Open(dir, Options{Create: true})
	if err != nil {
		return 0, err
	}
	for _, r := range records {
		if _, err = s.Put(r); err != nil {
			break
		}
		n++
	}
	return n, errors.Join(err, s.Close())
}

// checkArticles checks that a store has the articles a0 to a(n-1), and all that
// belongs to them.
func checkArticles(t *testing.T, dir string, n int) {
	t.Helper()
	s, err := Open(dir, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := checkStore(s); err != nil {
		t.Error(err)
	}
	have := map[string]bool{}
	for _, a := range collect(t, s.Articles()) {
		have[a.ID] = true
	}
	for i := range n {
		if !have[fmt.Sprint("a", i)] {
			t.Errorf("article a%d, which was acknowledged, is lost", i)
		}
	}
	if len(have) != n {
		t.Errorf("%d articles, of which %d were acknowledged", len(have), n)
	}
}
