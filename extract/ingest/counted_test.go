package ingest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What is consumed adds up to what there is, read or not, of what is selected.
func TestConsumed(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"a.txt": "Peru condemned Chile.",
		"b.bin": "\x00\x01" + strings.Repeat("\x00", 200_000),
		"c.md":  "Not selected.",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	var n int64
	opts := Options{
		Consumed: func(bytes int64) { n += bytes },
		Exclude:  func(path string) bool { return filepath.Ext(path) == ".md" },
		Stdin:    strings.NewReader("Mali condemned Niger."),
	}
	articles := 0
	for _, err := range Open([]string{dir, "-", filepath.Join(dir, "*.md"), filepath.Join(dir, "c.md")}, opts) {
		if err == nil {
			articles++
		}
	}
	if want := int64(21 + 200_002 + 21 + 13); n != want || articles != 3 {
		t.Errorf("%d bytes consumed, want %d; %d articles", n, want, articles)
	}
}
