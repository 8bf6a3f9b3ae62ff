package ingest

import (
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
)

// readSource returns what Read yields for a text under a path: an id or an
// error a line.
func readSource(path string, r io.Reader, opts Options) []string {
	var got []string
	for a, err := range Read(Source{Path: path, R: r}, opts) {
		if err != nil {
			got = append(got, err.Error())
		} else {
			got = append(got, a.ID)
		}
	}
	return got
}

func TestLimits(t *testing.T) {
	long := strings.Repeat("long ", 40_000) // longer than every buffer
	opts := Options{MaxLine: 100_000, MaxArticle: 1000}
	for _, test := range []struct {
		path, in string
		want     []string
	}{
		{"a.jsonl", `{"text":"x"}` + "\n" + `{"text":"` + long + `"}` + "\n" + `{"text":"y"}`, []string{
			"a-1", "a.jsonl:2: longer than 100000 bytes, too long for one record; write one article a line (as jq -c '.articles[]' does), or leave it out", "a-3"}},
		{"a.json", `[{"text":"x"},` + "\n" + `{"text":"` + long + `"},{"text":"y"}]`, []string{
			"a-1", "a.json:2: longer than 100000 bytes, too long for one record; write one article a line (as jq -c '.articles[]' does), or leave it out", "a-3"}},
		{"b.jsonl", `{"text":"` + long[:2000] + `"}`, []string{
			"b.jsonl:1: its text has 1999 bytes, more than the 1000 of one article; split it into articles, or leave it out"}},
		{"c.txt", long, []string{"c.txt: longer than 1000 bytes, too long for one article; split it into files of one article each, or leave it out"}},
		{"c.html", "<p>" + long, []string{"c.html: longer than 1000 bytes, too long for one article; split it into files of one article each, or leave it out"}},
	} {
		checkLines(t, test.path, readSource(test.path, strings.NewReader(test.in), opts), test.want)
	}
	got := readSource("tags.html", strings.NewReader(strings.Repeat("<b>", maxTags+1)), Options{})
	checkLines(t, "tags.html", got, []string{fmt.Sprintf("tags.html: %d tags, too many for a page with an article; save the article as text", maxTags+1)})
}

// TestDeepNesting: neither 10^5 nested elements nor 10^5 nested brackets
// exhaust the stack.
func TestDeepNesting(t *testing.T) {
	const depth = 100_000
	got := readSource("deep.html", strings.NewReader(strings.Repeat("<div>", depth)+"Sweden"), Options{})
	if len(got) != 1 || !strings.HasPrefix(got[0], "deep.html: broken HTML: ") {
		t.Errorf("deep HTML: %q", got)
	}
	got = readSource("wide.html", strings.NewReader(strings.Repeat("<p>Sweden.</p>", depth/10)), Options{})
	checkLines(t, "wide HTML", got, []string{"wide"})
	brackets := strings.Repeat("[", depth) + strings.Repeat("]", depth)
	got = readSource("deep.json", strings.NewReader(`[{"text":`+brackets+`},{"text":"x"}]`), Options{})
	if len(got) != 2 || !strings.Contains(got[0], "broken JSON") || got[1] != "deep-2" {
		t.Errorf("deep JSON: %q", got)
	}
	page := `<p>Sweden.</p><script type="application/ld+json">` + brackets + `</script>`
	checkLines(t, "deep JSON-LD", readSource("ld.html", strings.NewReader("<html>"+page), Options{}), []string{"ld"})
}

// endless gives one line of JSON over and over.
type endless struct {
	line string
	left int
	at   int // in line
}

func (e *endless) Read(p []byte) (int, error) {
	if e.left == 0 {
		return 0, io.EOF
	}
	n := copy(p, e.line[e.at:])
	if e.at += n; e.at == len(e.line) {
		e.at, e.left = 0, e.left-1
	}
	return n, nil
}

// TestMemoryBounded reads 12 MB of JSON Lines and holds a small part of it.
func TestMemoryBounded(t *testing.T) {
	line := `{"text":"` + strings.Repeat("Sweden thanked Finland. ", 40) + `"}` + "\n"
	var peak uint64
	n := 0
	for _, err := range Read(Source{Path: "a.jsonl", R: &endless{line: line, left: (12 << 20) / len(line)}}, Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		if n++; n%4000 == 0 {
			runtime.GC()
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			peak = max(peak, m.HeapAlloc)
		}
	}
	if n < 12_000 || peak > 6<<20 {
		t.Errorf("%d articles, %d bytes live", n, peak)
	}
}

// failing gives some bytes and then an error, as a bad disk does.
type failing struct{ r io.Reader }

var errDisk = errors.New("input/output error")

func (f failing) Read(p []byte) (int, error) {
	n, err := f.r.Read(p)
	if err == io.EOF {
		err = errDisk
	}
	return n, err
}

func TestReadFails(t *testing.T) {
	padding := strings.Repeat(" ", 2*headLen) // past what is read ahead
	for path, in := range map[string]string{
		"a.jsonl": `{"text":"x"}` + "\n" + padding,
		"a.json":  `[{"text":"x"},` + padding,
		"a.txt":   sentence + padding,
		"a.html":  "<p>" + sentence + padding,
		"b.txt":   sentence,
	} {
		var last error
		for _, err := range Read(Source{Path: path, R: failing{strings.NewReader(in)}}, Options{}) {
			last = err
		}
		if !errors.Is(last, errDisk) {
			t.Errorf("%s: got %v", path, last)
		}
	}
}

func BenchmarkLines(b *testing.B) {
	line := `{"id":"x","published":"2024-04-04","text":"` + strings.Repeat("Sweden thanked Finland. ", 100) + `"}` + "\n"
	b.SetBytes(int64(1000 * len(line)))
	b.ReportAllocs()
	for b.Loop() {
		for _, err := range Read(Source{Path: "a.jsonl", R: &endless{line: line, left: 1000}}, Options{}) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}
