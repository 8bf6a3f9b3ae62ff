package ingest

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"entente/extract/nlp"
	"entente/graph"
)

var update = flag.Bool("update", false, "write the golden files anew")

// folders of samples; each reader has one, and "damaged" holds what no reader
// takes.
var sampleFolders = []string{"text", "json", "lines", "html", "table", "feed", "warc", "mail", "press", "packed", "damaged"}

// TestGolden reads every sample and compares articles, errors and warnings
// with testdata/<folder>.golden.
func TestGolden(t *testing.T) {
	for _, folder := range sampleFolders {
		t.Run(folder, func(t *testing.T) {
			var got strings.Builder
			for _, path := range samples(t, folder) {
				fmt.Fprintf(&got, "== %s\n", filepath.Base(path))
				opts := Options{Warn: func(err error) { fmt.Fprintf(&got, "warning: %v\n", err) }}
				for a, err := range Open([]string{path}, opts) {
					if err != nil {
						fmt.Fprintf(&got, "error: %v\n", err)
						continue
					}
					fmt.Fprintf(&got, "%s %s\n", a.Origin, compact(t, a))
				}
			}
			golden := filepath.Join("testdata", folder+".golden")
			text := strings.ReplaceAll(got.String(), filepath.Join("testdata", folder)+string(filepath.Separator), "")
			if *update {
				if err := os.WriteFile(golden, []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			compareLines(t, text, string(want))
		})
	}
}

func samples(t testing.TB, folder string) []string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join("testdata", folder, "*"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no samples in testdata/%s (%v)", folder, err)
	}
	return paths
}

func compact(t *testing.T, a graph.Article) string {
	t.Helper()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(a); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(b.String())
}

func compareLines(t *testing.T, got, want string) {
	t.Helper()
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(g), len(w)) {
		var a, b string
		if i < len(g) {
			a = g[i]
		}
		if i < len(w) {
			b = w[i]
		}
		if a != b {
			t.Fatalf("line %d:\n got %s\nwant %s", i+1, a, b)
		}
	}
}

// TestContract holds every reader to what the package promises of all of them.
func TestContract(t *testing.T) {
	used := map[string]bool{}
	for _, folder := range sampleFolders {
		for _, path := range samples(t, folder) {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			r, _, err := choose(Source{Path: path, R: bytes.NewReader(data)}, Options{})
			if err != nil {
				continue
			}
			used[readerName(r)] = true
			t.Run(filepath.Base(path), func(t *testing.T) { testContract(t, path, data) })
		}
	}
	for _, r := range Readers() {
		if !used[readerName(r)] {
			t.Errorf("%s reads none of the samples in testdata", readerName(r))
		}
	}
}

func readerName(r Reader) string { return fmt.Sprintf("%T%v", r, r.Extensions()) }

// testContract reads data twice, whole and a byte at a time, and checks what
// comes out.
func testContract(t *testing.T, path string, data []byte) {
	t.Helper()
	whole := readAllArticles(t, Read(Source{Path: path, R: bytes.NewReader(data)}, Options{}))
	again := readAllArticles(t, Read(Source{Path: path, R: oneByte{bytes.NewReader(data)}}, Options{}))
	if fmt.Sprint(whole) != fmt.Sprint(again) {
		t.Errorf("two readings differ:\n%v\n%v", whole, again)
	}
	for range Read(Source{Path: path, R: bytes.NewReader(data)}, Options{}) {
		break // an iterator that goes on after this panics
	}
}

// oneByte gives one byte a call, as a slow pipe may.
type oneByte struct{ r *bytes.Reader }

func (o oneByte) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	return o.r.Read(p[:1])
}

// readAllArticles checks each article and error and returns them printed.
func readAllArticles(t *testing.T, seq iter.Seq2[graph.Article, error]) []string {
	t.Helper()
	var out []string
	for a, err := range seq {
		if err != nil {
			e, ok := err.(*Error)
			if !ok || e.Path == "" || e.Cause == nil || a != (graph.Article{}) {
				t.Errorf("%T %v (with article %q) is not an *Error beside no article", err, err, a.ID)
			}
			out = append(out, err.Error())
			continue
		}
		if fault := articleFault(a); fault != "" {
			t.Errorf("article %q: %s\n%q", a.ID, fault, a.Body)
		}
		out = append(out, a.Origin+" "+a.ID+" "+a.Key())
	}
	if len(out) == 0 {
		t.Error("neither an article nor an error")
	}
	return out
}

// articleFault says how a breaks the package's promises, or returns "".
func articleFault(a graph.Article) string {
	for _, field := range []string{a.ID, a.Title, a.Publisher, a.URL, string(a.Published)} {
		if fault := lineFault(field); fault != "" {
			return fmt.Sprintf("%s: %q", fault, field)
		}
	}
	if a.ID == "" || a.Origin == "" || a.Body == "" {
		return "no id, origin or body"
	}
	for p := range strings.SplitSeq(a.Body, "\n\n") {
		if p == "" {
			return "an empty paragraph"
		}
		if fault := lineFault(p); fault != "" {
			return fault
		}
	}
	for _, date := range []graph.Date{a.Published, a.Dateline.Date} {
		if _, err := graph.ParseDate(string(date)); err != nil {
			return err.Error()
		}
	}
	for _, s := range nlp.Segment(a.Body) {
		for _, t := range s.Tokens {
			if a.Body[t.Span.Start:t.Span.End] != t.Text {
				return fmt.Sprintf("token %q is not what stands at %v", t.Text, t.Span)
			}
		}
	}
	return ""
}

func lineFault(s string) string {
	switch {
	case !utf8.ValidString(s):
		return "invalid UTF-8"
	case strings.ContainsFunc(s, unicode.IsControl):
		return "a control character"
	case strings.Contains(s, "  ") || strings.TrimSpace(s) != s:
		return "white space that is not collapsed"
	case strings.ContainsFunc(s, func(r rune) bool { return unicode.IsSpace(r) && r != ' ' }):
		return "white space that is not a space"
	}
	return ""
}
