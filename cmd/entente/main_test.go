package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/testscript"
	format "gonum.org/v1/gonum/graph/formats/dot"

	"entente/extract/ingest"
	"entente/graph"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"entente": main})
}

func TestScript(t *testing.T) {
	pattern := "testdata/script/*.txtar"
	if raceDetector { // only ingest and extract do several things at once
		pattern = "testdata/script/ingest.txtar"
	}
	scripts, err := filepath.Glob(pattern)
	if err != nil || len(scripts) == 0 {
		t.Fatalf("no scripts at %s (%v)", pattern, err)
	}
	testscript.Run(t, testscript.Params{
		Files:               scripts,
		RequireExplicitExec: true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "isjson": isJSON, "isdot": isDOT, "sortlines": sortLines, "facts": facts, "latin1": latin1,
			"crlf": crlf, "gzip": pack, "zip": packFiles("zip"), "tar": packFiles("tar"), "zstd": packFiles("zstd"),
		},
		Condition: func(cond string) (bool, error) {
			if cond == "root" {
				return os.Geteuid() == 0, nil
			}
			return false, errors.New("unknown condition " + cond)
		},
	})
}

// exits CODE COMMAND… runs a command that must exit with the code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// isjson FILE KEY… checks that a file (or stdout, stderr) is one JSON object
// with these keys and no others, unless the last word is "...".
func isJSON(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: isjson FILE KEY… [...]")
	}
	dec := json.NewDecoder(strings.NewReader(ts.ReadFile(args[0])))
	var object map[string]json.RawMessage
	ts.Check(dec.Decode(&object))
	if err := dec.Decode(new(json.RawMessage)); !errors.Is(err, io.EOF) {
		ts.Fatalf("%s: something follows the object: %v", args[0], err)
	}
	keys := args[1:]
	more := keys[len(keys)-1] == "..."
	if more {
		keys = keys[:len(keys)-1]
	}
	for _, k := range keys {
		if _, ok := object[k]; !ok {
			ts.Fatalf("%s: no key %q", args[0], k)
		}
		if string(object[k]) == "null" {
			ts.Fatalf("%s: key %q is null", args[0], k)
		}
	}
	for k := range object {
		if !more && !slices.Contains(keys, k) {
			ts.Fatalf("%s: key %q was not expected", args[0], k)
		}
	}
}

// isdot FILE checks that a file is a graph in DOT with at least one edge.
func isDOT(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: isdot FILE")
	}
	text := ts.ReadFile(args[0])
	file, err := format.ParseString(text)
	ts.Check(err)
	if len(file.Graphs) != 1 || !strings.Contains(text, "->") {
		ts.Fatalf("%s: %d graphs in\n%s", args[0], len(file.Graphs), text)
	}
}

// sortlines FROM TO sorts the lines of a file.
func sortLines(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: sortlines FROM TO")
	}
	lines := bytes.SplitAfter([]byte(ts.ReadFile(args[0])), []byte("\n"))
	slices.SortFunc(lines, bytes.Compare)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), bytes.Join(lines, nil), 0o666))
}

// facts FROM TO writes the lines of facts of JSON Lines alone.
func facts(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: facts FROM TO")
	}
	var b bytes.Buffer
	for line := range strings.Lines(ts.ReadFile(args[0])) {
		if strings.HasPrefix(line, `{"article":`) {
			b.WriteString(line)
		}
	}
	if b.Len() == 0 {
		ts.Fatalf("%s has no facts", args[0])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), b.Bytes(), 0o666))
}

// latin1 FILE writes a file anew in ISO 8859-1, which is not UTF-8.
func latin1(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: latin1 FILE")
	}
	var b []byte
	for _, r := range ts.ReadFile(args[0]) {
		b = append(b, byte(r))
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b, 0o666))
}

// crlf FILE writes a file anew with carriage returns, and without its last line
// end.
func crlf(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: crlf FILE")
	}
	text := strings.TrimRight(ts.ReadFile(args[0]), "\n")
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.ReplaceAll(text, "\n", "\r\n")), 0o666))
}

// gzip FROM TO packs a file.
func pack(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: gzip FROM TO")
	}
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, err := z.Write([]byte(ts.ReadFile(args[0])))
	ts.Check(err)
	ts.Check(z.Close())
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), b.Bytes(), 0o666))
}

// An interrupted ingest keeps what it has, says how to go on and leaves a store
// that can be opened, while its input is still open.
func TestInterrupted(t *testing.T) {
	db := filepath.Join(t.TempDir(), "db")
	input, feed := io.Pipe()
	defer feed.Close()
	ctx, cancel := context.WithCancel(t.Context())
	article := `{"id":"one","text":"Peru condemned Chile on Monday."}` + "\n"
	go func() {
		io.WriteString(feed, article+strings.Repeat(" ", 1<<18)) // more than readers take ahead
		for {                                                    // until the article is stored
			if _, err := os.Stat(filepath.Join(db, "MANIFEST")); err == nil {
				break
			}
			time.Sleep(time.Millisecond)
		}
		cancel()
	}()
	var stdout, stderr bytes.Buffer
	err := runIngest(ctx, ingestOptions{Paths: []string{"-"}, DB: db, Workers: 2}, newEnv(input, &stdout, &stderr))
	if v := judge(err); v.exit != exitInterrupted {
		t.Fatalf("got %v, exit code %d; stderr %s", err, v.exit, stderr.String())
	}
	if !strings.Contains(err.Error(), "1 article stored") || !strings.Contains(err.Error(), "run the same command again") ||
		!strings.HasPrefix(stdout.String(), "1 article: 1 new") {
		t.Errorf("error %q, summary %q", err, stdout.String())
	}
	stdout.Reset()
	again := newEnv(strings.NewReader(article), &stdout, &stderr)
	if err := runIngest(t.Context(), ingestOptions{Paths: []string{"-"}, DB: db}, again); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(stdout.String(), "0 new, 1 duplicate") {
		t.Errorf("going on: %s", stdout.String())
	}
}

// A fault of the extractor costs one article, and the order stays that of the
// input.
func TestBatch(t *testing.T) {
	var input strings.Builder
	for i := range 40 {
		fmt.Fprintf(&input, `{"id":"%d","text":"text %d"}`+"\n", i, i)
	}
	for _, workers := range []int{1, 4} {
		b := batch{
			paths:   []string{"-", "missing.txt"},
			options: ingest.Options{Stdin: strings.NewReader(input.String())},
			workers: workers,
			extract: func(a graph.Article) graph.Record {
				if a.ID == "7" {
					panic("seven")
				}
				return graph.Record{Article: a}
			},
		}
		var got []string
		for r := range b.run(t.Context()) {
			if r.err != nil {
				got = append(got, r.err.Error())
				continue
			}
			got = append(got, r.record.Article.ID)
		}
		if len(got) != 41 || !strings.Contains(got[7], "stdin:8: the extractor failed on this article (seven)") ||
			!strings.HasPrefix(got[40], "missing.txt: ") {
			t.Fatalf("%d workers: %q", workers, got)
		}
		for i := range 40 {
			if i != 7 && got[i] != strconv.Itoa(i) {
				t.Errorf("%d workers: place %d has %s", workers, i, got[i])
			}
		}
	}
}

func TestCut(t *testing.T) {
	s := &screen{width: 40}
	long := strings.Repeat("wörds ", 20)
	if got := s.cut(10, long); utf8.RuneCountInString(got) > 30 || !strings.HasSuffix(got, "…") {
		t.Errorf("cut to %q", got)
	}
	if got := (&screen{}).cut(10, long); got != strings.TrimSpace(long) {
		t.Errorf("cut where there is no terminal: %q", got)
	}
}

func TestClean(t *testing.T) {
	for text, want := range map[string]string{
		"plain":                     "plain",
		"a\x1b[31mred\x07":          "a[31mred",
		"\u202eright to left\u202c": "right to left",
		"zero\ufeffwidth\u2066":     "zerowidth",
		"two\nlines\u2028three":     "two lines three",
		"می\u200cخواهم":             "می\u200cخواهم",
		"bad\xff":                   "bad\ufffd",
	} {
		if got := clean(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

func TestColours(t *testing.T) {
	var b bytes.Buffer
	s := &screen{w: bufio.NewWriter(&b), color: true}
	s.linef("%s %s %d", s.paint(red, "\x1b]0;x\x07red"), "\x1b[1mnot", 3)
	s.w.Flush()
	if got, want := b.String(), "\x1b[31m]0;xred\x1b[0m [1mnot 3\n"; got != want {
		t.Errorf("printed %q, want %q", got, want)
	}
	for _, c := range []struct {
		color    string
		terminal bool
		noColor  string
		force    string
		want     bool
	}{
		{"auto", true, "", "", true}, {"auto", true, "1", "", false}, {"auto", false, "", "", false},
		{"always", false, "1", "", true}, {"never", true, "", "1", false},
		{"auto", false, "", "1", true}, {"auto", false, "", "0", false}, {"auto", false, "1", "1", false},
	} {
		t.Setenv("NO_COLOR", c.noColor)
		t.Setenv("CLICOLOR_FORCE", c.force)
		t.Setenv("TERM", "xterm")
		e := &env{terminal: terminal{c.terminal, 80}}
		if got := e.newScreen(c.color).color; got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

func TestShellWords(t *testing.T) {
	got := shellWords([]string{"between", "united states", "l'état", ""})
	if want := `between 'united states' 'l'\''état' ''`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
