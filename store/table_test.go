package store

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// FuzzTable spoils a table in every way: it is read without a panic, and what is
// yielded without an error are blocks of the table.
func FuzzTable(f *testing.F) {
	dir := f.TempDir()
	s := create(f, dir)
	for i := range 80 {
		mustPut(f, s, Added, record(fmt.Sprint("a", i), fmt.Sprint("b", i), "FRA>RUS", "RUS>USA"))
	}
	closeStore(f, s)
	tables, err := filepath.Glob(filepath.Join(dir, "*.sst"))
	if err != nil || len(tables) == 0 {
		f.Fatal(tables, err)
	}
	whole, err := os.ReadFile(tables[len(tables)-1])
	if err != nil {
		f.Fatal(err)
	}
	var blocks [][]byte
	for block, err := range tableBlocks(tables[len(tables)-1]) {
		if err != nil {
			f.Fatal(err)
		}
		blocks = append(blocks, block)
	}
	if len(blocks) < 3 {
		f.Fatalf("%d blocks: the test tests little", len(blocks))
	}
	f.Add(uint32(0), uint32(0), byte(0), []byte{})
	f.Add(uint32(100), uint32(0), byte(1), []byte{1})
	f.Add(uint32(len(whole)-2), uint32(0), byte(255), []byte{})
	f.Add(uint32(0), uint32(len(whole)/2), byte(0), []byte{0, 0, 0, 0})
	f.Add(uint32(0), uint32(len(whole)), byte(0), make([]byte, 4096))
	f.Fuzz(func(t *testing.T, at, cut uint32, flip byte, end []byte) {
		data := bytes.Clone(whole)
		data[int(at)%len(data)] ^= flip
		data = append(data[:len(data)-int(cut)%(len(data)+1)], end...)
		path := filepath.Join(t.TempDir(), "000001.sst")
		if err := os.WriteFile(path, data, 0o666); err != nil {
			t.Fatal(err)
		}
		for block, err := range tableBlocks(path) {
			known := false
			for _, b := range blocks {
				known = known || bytes.Equal(b, block)
			}
			if err == nil && !known {
				t.Errorf("a block of %d bytes that the table does not have", len(block))
			}
		}
	})
}
