package ingest

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"entente/graph"
)

const sentence = "Sweden thanked Finland on Tuesday for its support of the application."

// makeFiles writes files, by their slash-separated names, under a new folder
// and makes it the working directory.
func makeFiles(t *testing.T, files map[string]string) {
	t.Helper()
	t.Chdir(t.TempDir())
	for name, text := range files {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// openAll returns what Open yields, an origin or an error a line, and the
// warnings.
func openAll(paths []string, opts Options) (got, warnings []string) {
	opts.Warn = func(err error) { warnings = append(warnings, err.Error()) }
	for a, err := range Open(paths, opts) {
		if err != nil {
			got = append(got, err.Error())
		} else {
			got = append(got, filepath.ToSlash(a.Origin))
		}
	}
	return got, warnings
}

func checkLines(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n got %s\nwant %s", what, strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
}

func TestOpenPaths(t *testing.T) {
	makeFiles(t, map[string]string{
		"news/b.txt":          sentence,
		"news/a/z.txt":        sentence,
		"news/a/c.jsonl":      `{"text":"x"}` + "\n" + `{"text":"y"}` + "\n",
		"news/B.txt":          sentence,
		"news/.hidden.txt":    sentence,
		"news/.git/x.txt":     sentence,
		"news/10":             sentence,
		"news/table.csv":      "a,b\n1,2\n",
		"news/scan.pdf":       "%PDF-1.4",
		"news/setup.ini":      sentence,
		"bare/.x":             sentence,
		"odd[1].txt":          sentence,
		"list.csv":            sentence,
		"broken/one.json":     `{"text":`,
		"globs/.d.txt":        sentence,
		"globs/one.txt":       sentence,
		"globs/two.txt":       sentence,
		"globs/sub/three.txt": sentence,
	})
	folderWarnings := []string{
		"news/scan.pdf: skipped: not a format that is read here: a PDF file; turn it into text first (pdftotext)",
		"news/setup.ini: skipped: text of an unknown kind (.ini); name the file to read it as an article",
	}
	noColumn := "news/table.csv:1: no column holds a text (columns found: a, b); " + textHint(Options{})
	for _, test := range []struct {
		paths, want, warnings []string
	}{
		{paths: nil},
		{paths: []string{"news"}, warnings: folderWarnings,
			want: []string{"news/10", "news/B.txt", "news/a/c.jsonl:1", "news/a/c.jsonl:2", "news/a/z.txt", "news/b.txt", noColumn}},
		{paths: []string{"news/b.txt", "news/10"}, want: []string{"news/b.txt", "news/10"}},
		{paths: []string{"list.csv", "odd[1].txt"}, want: []string{"list.csv", "odd[1].txt"}},
		{paths: []string{"globs/*"}, want: []string{"globs/one.txt", "globs/sub/three.txt", "globs/two.txt"}},
		{paths: []string{"globs/.*.txt"}, want: []string{"globs/.d.txt"}},
		{paths: []string{"globs/x*"}, want: []string{"globs/x*: no file matches; check the pattern, or name a folder to read all of it"}},
		{paths: []string{"globs/[x"}, want: []string{"globs/[x: syntax error in pattern; close its brackets, or quote the name"}},
		{paths: []string{"nowhere.txt", "news/10"}, want: []string{"nowhere.txt: no such file or directory; check the path", "news/10"}},
		{paths: []string{"bare"}, want: []string{"bare: no article in this folder; name a folder with articles, or the files themselves"}},
		{paths: []string{"broken"}, want: []string{"broken/one.json:1: broken JSON: unexpected end of JSON input; mend it or leave it out"}},
		{paths: []string{"-"}, want: []string{"stdin: there is no standard input; name a file or a folder"}},
	} {
		got, warnings := openAll(test.paths, Options{})
		checkLines(t, fmt.Sprint(test.paths), got, test.want)
		checkLines(t, fmt.Sprint(test.paths, " warnings"), warnings, test.warnings)
	}
}

func TestOpenSymlinkLoop(t *testing.T) {
	makeFiles(t, map[string]string{"news/a.txt": sentence, "news/sub/b.txt": sentence, "other/c.txt": sentence})
	for link, target := range map[string]string{"news/sub/up": "..", "news/twin": "sub", "news/to": "../other", "news/gone": "nothing"} {
		if err := os.Symlink(target, link); err != nil {
			t.Skip(err)
		}
	}
	got, _ := openAll([]string{"news"}, Options{})
	checkLines(t, "news", got, []string{"news/a.txt", "news/gone: no such file or directory; check the path",
		"news/sub/b.txt", "news/to/c.txt"})
}

func TestOpenUnreadable(t *testing.T) {
	makeFiles(t, map[string]string{"a.txt": sentence, "b.txt": sentence, "dir/c.txt": sentence})
	for _, path := range []string{"a.txt", "dir"} {
		if err := os.Chmod(path, 0); err != nil {
			t.Fatal(err)
		}
		defer os.Chmod(path, 0o755)
	}
	if f, err := os.Open("a.txt"); err == nil {
		f.Close()
		t.Skip("this user may read everything")
	}
	got, _ := openAll([]string{"a.txt", "dir", "b.txt"}, Options{})
	const why = ": permission denied; give yourself permission to read it (chmod u+r), or leave it out"
	checkLines(t, "unreadable", got, []string{"a.txt" + why, "dir" + why, "b.txt"})
}

func TestErrorUnwraps(t *testing.T) {
	err := error(&Error{Path: "a.txt", Cause: &fs.PathError{Op: "open", Path: "a.txt", Err: fs.ErrPermission},
		Hint: openHint(fs.ErrPermission)})
	if !errors.Is(err, fs.ErrPermission) {
		t.Error("the cause is lost")
	}
	if want := "a.txt: permission denied; give yourself permission to read it (chmod u+r), or leave it out"; err.Error() != want {
		t.Errorf("got %s", err)
	}
}

func TestOpenStdin(t *testing.T) {
	for _, test := range []struct{ name, in, want string }{
		{"text", sentence, "stdin||" + sentence},
		{"object", `{"text":"One."}` + "\n", "stdin||One."},
		{"lines", `{"text":"One."}` + "\n" + `{"text":"Two."}` + "\n", "stdin-1||One. stdin-2||Two."},
		{"array", ` [{"text":"One.","title":"T"}]`, "stdin-1|T|One."},
		{"pretty", "{\n \"text\": \"One.\"\n}\n", "stdin||One."},
		{"html", "\n<!doctype HTML><p>One.", "stdin||One."},
	} {
		var got []string
		for a, err := range Open([]string{"-"}, Options{Stdin: strings.NewReader(test.in)}) {
			if err != nil {
				t.Fatal(test.name, err)
			}
			got = append(got, a.ID+"|"+a.Title+"|"+a.Body)
		}
		if s := strings.Join(got, " "); s != test.want {
			t.Errorf("%s: got %q, want %q", test.name, s, test.want)
		}
	}
	got, _ := openAll([]string{"-", "-"}, Options{Stdin: strings.NewReader("x")})
	checkLines(t, "twice", got, []string{"stdin", `stdin: standard input can be read only once; give "-" once`})
}

func TestOpenStopsEarly(t *testing.T) {
	makeFiles(t, map[string]string{"a/1.jsonl": `{"text":"x"}` + "\n" + `{"text":"y"}`, "a/2.json": `[{"text":"x"},{"text":"y"}]`, "a/3.txt": sentence})
	for stop := 1; stop <= 5; stop++ {
		n := 0
		for range Open([]string{"a", "missing", "a/*"}, Options{}) {
			if n++; n == stop {
				break
			}
		}
		if n != stop {
			t.Errorf("%d articles, want to stop at %d", n, stop)
		}
	}
}

func TestPublishedAndStrict(t *testing.T) {
	const in = `{"id":"none","text":"x"}
{"id":"bad","text":"x","date":"soon"}
{"id":"own","text":"x","date":"2024-04-04"}
`
	read := func(opts Options) (got []string, warned int) {
		opts.Warn = func(err error) {
			var w *Warning
			if !errors.As(err, &w) || w.Line != 2 {
				t.Errorf("warning %v", err)
			}
			warned++
		}
		for a, err := range Read(Source{Path: "a.jsonl", R: strings.NewReader(in)}, opts) {
			if err != nil {
				got = append(got, err.Error())
				continue
			}
			got = append(got, a.ID+" "+string(a.Published))
		}
		return got, warned
	}
	got, warned := read(Options{Published: graph.Date("2023-01-02")})
	checkLines(t, "default", got, []string{"none 2023-01-02", "bad ", "own 2024-04-04"})
	if warned != 1 {
		t.Errorf("%d warnings", warned)
	}
	got, warned = read(Options{Strict: true})
	checkLines(t, "strict", got, []string{"none ", `a.jsonl:2: date: "soon" is not a date; write it as 2024-04-04`, "own 2024-04-04"})
	if warned != 0 {
		t.Errorf("%d warnings", warned)
	}
}
