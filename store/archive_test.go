package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"entente/graph"
)

// full makes a store in which everything has happened: copies, versions that were
// replaced, articles that were joined, one without a look for copies, a long one.
func full(t testing.TB, dir string) *Store {
	t.Helper()
	s := create(t, dir)
	rng := rand.New(rand.NewPCG(11, 12))
	articles := family(rng, 60)
	for i := range articles {
		if i%4 == 0 {
			articles[i].URL = fmt.Sprintf("https://example.org/%d", i)
		}
		ingest(t, s, 0, articles[i])
	}
	again := func() { // a table each
		closeStore(t, s)
		s = create(t, dir)
	}
	again()
	for i := 0; i < 40; i += 8 { // corrected
		now := articles[i]
		now.Body = strings.Join(words(uint64(100+i), 200), " ")
		ingest(t, s, 0, now)
	}
	again()
	for i := 1; i < 30; i += 7 { // joined
		now := articles[i]
		now.ID, now.Published = "A"+now.ID, "2024-03-01"
		ingest(t, s, 0, now)
	}
	again()
	mustPut(t, s, Added, sample()...)
	mustPut(t, s, Added, record("long", strings.Repeat("A long text. ", 200_000), "FRA>RUS"))
	mustJudge(t, s, judgement(graph.JudgeMerge, "FRA", "RUS"), aliasOf("FRA", "Gaul"), undoOf(1))
	stats, err := s.Stats()
	if err != nil || stats.Copies < 5 || stats.Events < 40 {
		t.Fatalf("the store tests little: %+v, %v", stats, err)
	}
	return s
}

// rowsOf is all rows of a store, as text, but for the number of changes that made it.
func rowsOf(t testing.TB, r reader) string {
	t.Helper()
	var b strings.Builder
	c := r.scan(nil)
	defer c.close()
	for c.next() {
		if bytes.Equal(c.key(), keySequence) {
			continue
		}
		fmt.Fprintf(&b, "%q ", c.key())
		if err := c.value(func(v []byte) error { fmt.Fprintf(&b, "%q\n", v); return nil }); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

func allRows(t testing.TB, s *Store) (text string) {
	t.Helper()
	if err := s.view(func(r reader) error { text = rowsOf(t, r); return nil }); err != nil {
		t.Fatal(err)
	}
	return text
}

func reopened(t testing.TB, dir string) *Store {
	t.Helper()
	s, err := Open(dir, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// sameRows fails at the first line that differs.
func sameRows(t testing.TB, got, want string) {
	t.Helper()
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			t.Fatalf("row %d is\n%.300s\nwant\n%.300s", i, g[i], w[i])
		}
	}
	if len(g) != len(w) {
		t.Fatalf("%d rows, want %d", len(g), len(w))
	}
}

func TestArchive(t *testing.T) {
	s := full(t, t.TempDir())
	want := allRows(t, s)
	var archive, again bytes.Buffer
	if err := s.Export(&archive); err != nil {
		t.Fatal(err)
	}
	closeStore(t, s)
	dir := filepath.Join(t.TempDir(), "new")
	if err := Import(t.Context(), bytes.NewReader(archive.Bytes()), "a.jsonl", dir); err != nil {
		t.Fatal(err)
	}
	s = reopened(t, dir)
	sameRows(t, allRows(t, s), want)
	if err := s.Export(&again); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(again.Bytes(), archive.Bytes()) {
		t.Error("the archive of the new store differs")
	}
	for _, prefix := range []string{`{"article":`, `{"copy":`, `{"type":"o",`, `{"lines":`} {
		if !bytes.Contains(archive.Bytes(), []byte("\n"+prefix)) {
			t.Errorf("no line begins with %s", prefix)
		}
	}
}

// leftovers fails if a folder holds anything.
func leftovers(t *testing.T, dir string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) > 0 {
		t.Errorf("left: %v, %v", entries, err)
	}
}

// smallArchive is the archive of the sample, and its lines.
func smallArchive(t *testing.T) []string {
	t.Helper()
	s := create(t, t.TempDir())
	story := strings.Join(words(1, 80), " ")
	ingest(t, s, Added, graph.Article{ID: "w", Publisher: "Wire", Published: "2024-04-04", URL: "https://example.org/w", Body: story})
	ingest(t, s, Copied, graph.Article{ID: "p", Publisher: "Post", Published: "2024-04-05", Body: story})
	ingest(t, s, Replaced, graph.Article{ID: "w", Publisher: "Wire", Published: "2024-04-04", URL: "https://example.org/w", Body: story + " More."})
	mustPut(t, s, Added, sample()...)
	var b bytes.Buffer
	if err := s.Export(&b); err != nil {
		t.Fatal(err)
	}
	return strings.SplitAfter(strings.TrimSuffix(b.String(), "\n"), "\n")
}

func TestArchiveRefused(t *testing.T) {
	lines := smallArchive(t)
	last := len(lines) - 1
	at := func(i int, old, now string) string {
		l := slices.Clone(lines)
		if !strings.Contains(l[i], old) {
			t.Fatalf("line %d has no %s: %s", i, old, l[i])
		}
		l[i] = strings.Replace(l[i], old, now, 1)
		return strings.Join(l, "") + "\n"
	}
	swapped := slices.Clone(lines)
	swapped[1], swapped[2] = swapped[2], swapped[1]
	for _, c := range []struct {
		name, text string
		want       error
		says       string
	}{
		{"empty", "", ErrArchive, "f:1: "},
		{"another file", "{\"article\":\"a1\"}\n", ErrArchive, "f:1: not a whole archive: its first line"},
		{"newer archive", at(0, `"archive":1`, `"archive":2`), ErrFormat, "f:1: "},
		{"newer store", at(0, fmt.Sprintf(`"format":%d`, Format), `"format":99`), ErrFormat, "format 99"},
		{"without its end", strings.Join(lines[:last], ""), ErrArchive, fmt.Sprintf("f:%d: not a whole archive: it is cut short", last+1)},
		{"cut in a line", strings.Join(lines[:last-1], "") + lines[last-1][:20], ErrArchive, fmt.Sprintf("f:%d: ", last)},
		{"without a line", strings.Join(slices.Delete(slices.Clone(lines), 2, 3), "") + "\n", ErrArchive, "lines before the last one"},
		{"a line twice", strings.Join(slices.Insert(slices.Clone(lines), 2, lines[1]), "") + "\n", ErrArchive, "f:3: not a whole archive: another article has its key"},
		{"lines exchanged", strings.Join(swapped, "") + "\n", ErrArchive, "its checksum is wrong"},
		{"another text", at(1, `"text":"`, `"text":"x`), ErrArchive, "f:2: not a whole archive: its row is that of article"},
		{"another day", at(1, `"published":"2024-04-04"`, `"published":"2024-04-05"`), ErrArchive, "checksum"},
		{"an event less", at(1, `"events":[`, `"events":[],"x":[`), ErrArchive, `f:2: not a whole archive: json: unknown field "x"`},
		{"a count", at(1, `"sentences":`, `"sentences":1`), ErrArchive, ""},
		{"other totals", at(0, `"sentences":`, `"sentences":1`), ErrArchive, ""},
		{"no JSON", at(1, `{"article"`, `"article"`), ErrArchive, "f:2: "},
		{"a derived row", at(last-1, `"type":"o"`, `"type":"c"`), ErrArchive, `rows of type "c" follow from others`},
		{"something after it", strings.Join(lines, "") + "\n\n", ErrArchive, "something follows"},
	} {
		parent := t.TempDir()
		err := Import(t.Context(), strings.NewReader(c.text), "f", filepath.Join(parent, "s"))
		if !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v\nwant %v, %q", c.name, err, c.want, c.says)
		}
		leftovers(t, parent)
	}
	whole := strings.Join(lines, "") + "\n"
	taken := t.TempDir()
	write(t, filepath.Join(taken, "thesis.doc"), "text")
	if err := Import(t.Context(), strings.NewReader(whole), "f", taken); !errors.Is(err, ErrNotVacant) {
		t.Errorf("into a folder with other content: %v", err)
	}
	if err := Import(t.Context(), strings.NewReader(whole), "f", t.TempDir()); err != nil {
		t.Errorf("into an empty folder: %v", err)
	}
}

// Any one byte that is changed, anywhere, is noticed, and nothing is left.
func TestArchiveAnyByte(t *testing.T) {
	whole := []byte(strings.Join(smallArchive(t), "") + "\n")
	rng := rand.New(rand.NewPCG(1, 2))
	for range 25 {
		changed := slices.Clone(whole)
		at := rng.IntN(len(changed))
		changed[at] ^= 1 << rng.IntN(8)
		parent := t.TempDir()
		if err := Import(t.Context(), bytes.NewReader(changed), "f", filepath.Join(parent, "s")); err == nil {
			t.Errorf("byte %d of %d changed from %q to %q: no error", at, len(whole), whole[at], changed[at])
		}
		leftovers(t, parent)
	}
}

// brokenWriter fails after n bytes.
type brokenWriter struct{ n int }

var errBroken = errors.New("broken pipe")

func (w *brokenWriter) Write(p []byte) (int, error) {
	if w.n -= len(p); w.n < 0 {
		return 0, errBroken
	}
	return len(p), nil
}

func TestBrokenWriter(t *testing.T) {
	s := full(t, t.TempDir())
	for name, f := range map[string]func(io.Writer) error{"Export": s.Export, "Backup": s.Backup} {
		for _, n := range []int{0, 1000} {
			if err := f(&brokenWriter{n}); !errors.Is(err, errBroken) {
				t.Errorf("%s after %d bytes: %v", name, n, err)
			}
		}
	}
}

func TestBackup(t *testing.T) {
	s := full(t, t.TempDir())
	want := allRows(t, s)
	var b, again bytes.Buffer
	if err := s.Backup(&b); err != nil {
		t.Fatal(err)
	}
	mustPut(t, s, Added, record("later", "later"))
	closeStore(t, s)
	dir := filepath.Join(t.TempDir(), "new")
	if err := Restore(t.Context(), bytes.NewReader(b.Bytes()), "b", dir); err != nil {
		t.Fatal(err)
	}
	s = reopened(t, dir)
	sameRows(t, allRows(t, s), want)
	if err := s.Backup(&again); err != nil || !bytes.Equal(again.Bytes(), b.Bytes()) {
		t.Errorf("the backup of the new store differs, or %v", err)
	}
}

func TestBackupRefused(t *testing.T) {
	s := create(t, t.TempDir())
	mustPut(t, s, Added, sample()...)
	var b bytes.Buffer
	if err := s.Backup(&b); err != nil {
		t.Fatal(err)
	}
	whole := b.Bytes()
	refuse := func(what string, damaged []byte) {
		t.Helper()
		parent := t.TempDir()
		err := Restore(t.Context(), bytes.NewReader(damaged), "b.zst", filepath.Join(parent, "s"))
		if !errors.Is(err, ErrArchive) || !strings.Contains(err.Error(), "b.zst: ") {
			t.Errorf("%s: %v", what, err)
		}
		leftovers(t, parent)
	}
	refuse("empty", nil)
	refuse("text", []byte("Peru condemned Chile."))
	refuse("more after it", append(slices.Clone(whole), whole...))
	rng := rand.New(rand.NewPCG(3, 4))
	for range 15 {
		n := rng.IntN(len(whole))
		refuse(fmt.Sprint("cut to ", n), whole[:n])
		changed := slices.Clone(whole)
		changed[n] ^= 1 << rng.IntN(8)
		refuse(fmt.Sprint("changed at ", n), changed)
	}
}

// What is interrupted leaves nothing.
func TestInterrupted(t *testing.T) {
	dir := t.TempDir()
	s := full(t, dir)
	var archive, backup bytes.Buffer
	if err := errors.Join(s.Export(&archive), s.Backup(&backup)); err != nil {
		t.Fatal(err)
	}
	closeStore(t, s)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	parent, temp := t.TempDir(), t.TempDir()
	to := filepath.Join(parent, "new")
	for name, err := range map[string]error{
		"Import":  Import(ctx, &archive, "f", to),
		"Restore": Restore(ctx, &backup, "f", to),
		"Migrate": Migrate(ctx, dir, to),
		"Repair":  second(Repair(ctx, dir, to, func(Loss) error { return nil })),
		"Check":   Check(ctx, dir, CheckOptions{Temp: temp}, func(f Fault) { t.Errorf("fault %v", f) }),
	} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
	}
	leftovers(t, parent)
	leftovers(t, temp)
}

func second[T any](_ T, err error) error { return err }
