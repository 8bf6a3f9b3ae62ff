package ingest

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// TestMainText reads pages as publishers make them. What is the article is
// marked data-keep in them, what is not data-drop; testdata/pages.golden lists
// what is read of each, what of it is lost, and what should not be in it.
func TestMainText(t *testing.T) {
	var got strings.Builder
	kept, wanted := 0, 0
	for _, path := range samples(t, "pages") {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		d, err := parsePage(withoutMarks(data))
		if err != nil {
			t.Fatal(path, err)
		}
		d.paragraphs = withoutBoilerplate(d.paragraphs)
		keep, drop := markedTexts(t, data)
		fmt.Fprintf(&got, "== %s  %s %s %q %s\n", filepath.Base(path), d.date, d.dateFrom, d.publisher, d.language)
		for _, p := range d.paragraphs {
			fmt.Fprintf(&got, "%s\n", p)
		}
		text := body(d.paragraphs)
		for _, p := range keep {
			wanted++
			if strings.Contains(text, p) {
				kept++
			} else {
				fmt.Fprintf(&got, "LOST %s\n", p)
			}
		}
		for _, p := range drop {
			if slices.Contains(d.paragraphs, p) {
				fmt.Fprintf(&got, "NOT OF THE ARTICLE %s\n", p)
			}
		}
	}
	if kept*100 < wanted*97 {
		t.Errorf("%d of %d paragraphs read", kept, wanted)
	}
	golden := filepath.Join("testdata", "pages.golden")
	if *update {
		if err := os.WriteFile(golden, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	compareLines(t, got.String(), string(want))
}

func withoutMarks(page []byte) []byte {
	return bytes.ReplaceAll(bytes.ReplaceAll(page, []byte(" data-keep"), nil), []byte(" data-drop"), nil)
}

// markedTexts returns the texts that a page marks.
func markedTexts(t *testing.T, page []byte) (keep, drop []string) {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	walk(root, func(n *html.Node) bool {
		switch {
		case hasAttr(n, "data-keep"):
			keep = append(keep, textOf(n))
		case hasAttr(n, "data-drop"):
			drop = append(drop, textOf(n))
		}
		return true
	}, func(*html.Node) {})
	return keep, drop
}

// TestLongPages: pages at the limits of size and tags are read, whatever they
// repeat.
func TestLongPages(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 16 MiB a page")
	}
	const size = DefaultMaxArticle - 1<<10
	for name, piece := range map[string]string{
		"paragraphs": "<p>" + sentence + sentence + sentence + "</p>",
		"divisions":  "<div><p>" + sentence + sentence + "</p><a>more</a></div>",
		"breaks":     sentence + "<br><br>",
		"tables":     "<table><tr><td>" + sentence + sentence + "</td></tr></table>",
		"text":       sentence + " ",
	} {
		page := "<html><body>" + strings.Repeat(piece, min(size/len(piece), (maxTags-10)/max(1, strings.Count(piece, "<"))))
		begun := time.Now()
		got := readSource("long.html", strings.NewReader(page), Options{})
		t.Logf("%s: %d MiB, %v", name, len(page)>>20, time.Since(begun).Round(time.Millisecond))
		checkLines(t, name, got, []string{"long"})
	}
}

func BenchmarkPages(b *testing.B) {
	var pages [][]byte
	size := 0
	for _, path := range samples(b, "pages") {
		data, err := os.ReadFile(path)
		if err != nil {
			b.Fatal(err)
		}
		pages = append(pages, withoutMarks(data))
		size += len(data)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, page := range pages {
			if _, err := parsePage(page); err != nil {
				b.Fatal(err)
			}
		}
	}
}
