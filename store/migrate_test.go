package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares text with a file in testdata.
func golden(t *testing.T, name string, text []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, text, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(text, want) {
		t.Errorf("%s differs; have\n%s", path, text)
	}
}

// recordLines is the records of a store, a line each.
func recordLines(t *testing.T, dir string) []byte {
	t.Helper()
	s := reopened(t, dir)
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	for _, r := range collect(t, s.Records()) {
		if err := enc.Encode(r); err != nil {
			t.Fatal(err)
		}
	}
	closeStore(t, s)
	return b.Bytes()
}

// faultsOf returns what is wrong with a store.
func faultsOf(t *testing.T, dir string) (faults []Fault) {
	t.Helper()
	if err := Check(t.Context(), dir, CheckOptions{Temp: t.TempDir()}, func(f Fault) { faults = append(faults, f) }); err != nil {
		t.Fatal(err)
	}
	return faults
}

// A store of each format, as the program of its time wrote it from
// testdata/articles.jsonl and closed it, can be read and brought to this format.
func TestFormerFormats(t *testing.T) {
	for _, format := range []int{1, 2, 3} {
		t.Run(fmt.Sprint(format), func(t *testing.T) {
			dir := copyOpen(t, filepath.Join("testdata", fmt.Sprint("format", format))) // readers leave files too
			golden(t, fmt.Sprintf("format%d.golden", format), recordLines(t, dir))
			if faults := faultsOf(t, dir); len(faults) > 0 {
				t.Errorf("faults: %v", faults)
			}
			before := listing(t, dir)
			to := filepath.Join(t.TempDir(), "new")
			if err := Migrate(t.Context(), dir, to); err != nil {
				t.Fatal(err)
			}
			if after := listing(t, dir); after != before {
				t.Errorf("the old store was changed:\n%s\nbefore:\n%s", after, before)
			}
			golden(t, fmt.Sprintf("format%d-migrated.golden", format), recordLines(t, to))
			if faults := faultsOf(t, to); len(faults) > 0 {
				t.Errorf("faults after it: %v", faults)
			}
			s, err := Open(to, Options{})
			if err != nil {
				t.Fatal(err)
			}
			mustPut(t, s, Added, sample()...)
			closeStore(t, s)
			if err := Migrate(t.Context(), dir, to); !errors.Is(err, ErrNotVacant) {
				t.Errorf("over a store: %v", err)
			}
		})
	}
}

// A store of this format is the same after it.
func TestMigrateIsRebuild(t *testing.T) {
	dir, to := t.TempDir(), filepath.Join(t.TempDir(), "new")
	s := full(t, dir)
	want := allRows(t, s)
	closeStore(t, s)
	if err := Migrate(t.Context(), dir, to); err != nil {
		t.Fatal(err)
	}
	sameRows(t, allRows(t, reopened(t, to)), want)
}
