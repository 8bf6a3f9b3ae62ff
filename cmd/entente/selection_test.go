package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestGlobs(t *testing.T) {
	for _, c := range []struct {
		globs
		file string
		want bool
	}{
		{globs{}, "news/a.txt", true},
		{globs{Include: []string{"*.html"}}, "news/2024/a.html", true},
		{globs{Include: []string{"*.html"}}, "news/2024/a.txt", false},
		{globs{Include: []string{"*.html"}}, "news/2024/a.tar.gz", true}, // for what is in it
		{globs{Exclude: []string{"*.gz"}}, "news/2024/a.tar.gz", false},
		{globs{Include: []string{"*.html"}}, "news/2024/a.txt.gz", false},
		{globs{Include: []string{"*.html", "*.{txt,md}"}}, "news/2024/a.md", true},
		{globs{Include: []string{"2024/**"}}, "news/2024/04/a.txt", true},
		{globs{Include: []string{"2024/**"}}, "news/x2024/a.txt", false},
		{globs{Include: []string{"/srv/news/*"}}, "/srv/news/a.txt", true},
		{globs{Include: []string{"/srv/news/*"}}, "x/srv/news/a.txt", false},
		{globs{Exclude: []string{"drafts/**"}}, "news/drafts/a.txt", false},
		{globs{Include: []string{"*.txt"}, Exclude: []string{"b.*"}}, "news/b.txt", false},
	} {
		if got := c.selects(filepath.FromSlash(c.file)); got != c.want {
			t.Errorf("%+v: %s is selected: %v", c.globs, c.file, got)
		}
	}
}

func TestBytesOf(t *testing.T) {
	dir := t.TempDir()
	for name, n := range map[string]int{"a.txt": 10, "b.html": 200, "sub/c.txt": 3000, "own/d.txt": 40000} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(strings.Repeat("x", n)), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	text := globs{Include: []string{"*.txt"}}
	for _, c := range []struct {
		globs
		paths []string
		want  int64
		known bool
	}{
		{globs{}, []string{dir}, 3210, true},
		{text, []string{dir}, 3010, true},
		{text, []string{filepath.Join(dir, "b.html"), filepath.Join(dir, "missing")}, 200, true}, // named
		{text, []string{filepath.Join(dir, "*")}, 3010, true},
		{globs{}, []string{dir, "-"}, 0, false},
	} {
		if got, known := c.bytesOf(c.paths, func(path string, info fs.FileInfo) bool { return filepath.Base(path) == "own" }); got != c.want || known != c.known {
			t.Errorf("%+v %v: %d bytes, %v; want %d, %v", c.globs, c.paths, got, known, c.want, c.known)
		}
	}
}

// Where no terminal is, progress is a line a minute.
func TestProgressLines(t *testing.T) {
	var out strings.Builder
	p := newProgress(&out, nil)
	p.show(1, 2)
	p.begun, p.last = time.Now().Add(-90*time.Second), time.Now().Add(-61*time.Second)
	p.show(900, 2)
	p.show(901, 2)
	p.clear()
	if got, want := out.String(), "entente: 900 articles, 2 events, 10 articles/s\n"; got != want {
		t.Errorf("wrote %q, want %q", got, want)
	}
}
