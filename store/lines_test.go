package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"entente/graph"
	"entente/graph/encoding/jsonl"
)

// factLines are the lines of facts as entente writes them.
func factLines(r graph.Record) ([]byte, error) {
	var b bytes.Buffer
	err := jsonl.NewEncoder(&b).Encode(r)
	return b.Bytes(), err
}

func exportLines(t testing.TB, s *Store) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := s.ExportLines(&b, factLines); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func importLines(t testing.TB, lines []byte) *Store {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "new")
	if err := ImportLines(t.Context(), bytes.NewReader(lines), "a.jsonl", dir, jsonl.Add); err != nil {
		t.Fatal(err)
	}
	return reopened(t, dir)
}

// A store in which everything has happened, actors being judged, is made again row
// by row, whether its lines show what is judged or not.
func TestLines(t *testing.T) {
	dir := t.TempDir()
	s := full(t, dir)
	mute := record("mute", "Somebody acted.", "FRA>MLI")
	mute.Actors[0].Mentions = nil
	mustPut(t, s, Added, mute)
	mustJudge(t, s, judgement(graph.JudgeMerge, "FRA", "RUS"), retypeOf("MLI", graph.Bloc, ""))
	want := allRows(t, s)
	var archive bytes.Buffer
	if err := s.Export(&archive); err != nil {
		t.Fatal(err)
	}
	judged := exportLines(t, s)
	closeStore(t, s)
	s, err := Open(dir, Options{ReadOnly: true, Raw: true})
	if err != nil {
		t.Fatal(err)
	}
	raw := exportLines(t, s)
	closeStore(t, s)
	if bytes.Equal(judged, raw) || bytes.Count(judged, []byte(`"told":`)) < 5 || bytes.Count(raw, []byte(`"told":`)) != 1 {
		t.Fatal("the store tests nothing of judgements")
	}
	for name, lines := range map[string][]byte{"judged": judged, "raw": raw} {
		t.Run(name, func(t *testing.T) {
			s := importLines(t, lines)
			sameRows(t, allRows(t, s), want)
			var again bytes.Buffer
			if err := s.Export(&again); err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(again.Bytes(), archive.Bytes()) {
				t.Error("the archive of the new store differs")
			}
			if !bytes.Equal(exportLines(t, s), judged) {
				t.Error("the lines of the new store differ")
			}
		})
	}
	for _, prefix := range []string{`{"document":`, factStart, `{"row":{"type":"j"`, `{"row":{"type":"o"`, `{"lines":`} {
		if !bytes.Contains(judged, []byte("\n"+prefix)) {
			t.Errorf("no line begins with %s", prefix)
		}
	}
	if !bytes.HasPrefix(judged, []byte(LinesStart)) || !bytes.Contains(judged, []byte(`,"copy_of":"`)) {
		t.Error("no beginning, or no copy")
	}
}

// The facts are those that Records yields, in their order, and of documents and
// facts there is nothing else.
func TestLinesOfFacts(t *testing.T) {
	s := full(t, t.TempDir())
	mustJudge(t, s, judgement(graph.JudgeMerge, "FRA", "RUS"))
	var want, got bytes.Buffer
	for r, err := range s.Records() {
		if err != nil {
			t.Fatal(err)
		}
		lines, err := factLines(r)
		if err != nil {
			t.Fatal(err)
		}
		want.Write(lines)
	}
	for line := range bytes.Lines(exportLines(t, s)) {
		if bytes.HasPrefix(line, []byte(factStart)) {
			got.Write(line)
		}
	}
	if got.String() != want.String() || want.Len() == 0 {
		t.Errorf("%d bytes of facts differ from %d of the records", got.Len(), want.Len())
	}
}

func TestLinesRefused(t *testing.T) {
	s := create(t, t.TempDir())
	story := strings.Join(words(1, 80), " ")
	ingest(t, s, Added, graph.Article{ID: "w", Publisher: "Wire", Published: "2024-04-04", URL: "https://example.org/w", Body: story})
	ingest(t, s, Copied, graph.Article{ID: "p", Publisher: "Post", Published: "2024-04-05", Body: story})
	ingest(t, s, Replaced, graph.Article{ID: "w", Publisher: "Wire", Published: "2024-04-04", URL: "https://example.org/w", Body: story + " More."})
	mustPut(t, s, Added, sample()...)
	whole := exportLines(t, s)
	closeStore(t, s)
	lines := strings.SplitAfter(strings.TrimSuffix(string(whole), "\n"), "\n")
	last := len(lines) - 1
	fact := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, factStart) })
	document := fact - 1
	for ; !strings.HasPrefix(lines[document], `{"document"`); document-- {
	}
	at := func(i int, old, now string) string {
		l := slices.Clone(lines)
		if !strings.Contains(l[i], old) {
			t.Fatalf("line %d has no %s: %s", i, old, l[i])
		}
		l[i] = strings.Replace(l[i], old, now, 1)
		return strings.Join(l, "") + "\n"
	}
	refused := func(name, text string, want error, says string) {
		t.Helper()
		parent := t.TempDir()
		err := ImportLines(t.Context(), strings.NewReader(text), "f", filepath.Join(parent, "s"), jsonl.Add)
		if err == nil || want != nil && !errors.Is(err, want) || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v\nwant %v, %q", name, err, want, says)
		}
		leftovers(t, parent)
	}
	refused("empty", "", ErrArchive, "f:1: ")
	refused("newer lines", at(0, `"export":1`, `"export":2`), ErrFormat, "f:1: ")
	refused("newer store", at(0, fmt.Sprintf(`"format":%d`, Format), `"format":99`), ErrFormat, "format 99")
	refused("without its end", strings.Join(lines[:last], ""), ErrArchive, fmt.Sprintf("f:%d: not a whole archive: it is cut short", last+1))
	refused("cut in a line", strings.Join(lines[:last-1], "")+lines[last-1][:20], ErrArchive, "it is cut short")
	refused("a fact less", strings.Join(slices.Delete(slices.Clone(lines), fact, fact+1), "")+"\n", ErrArchive, "rows are missing")
	refused("a fact first", strings.Join(slices.Insert(slices.Clone(lines), 1, lines[fact]), "")+"\n", ErrArchive, "f:2: not a whole archive: a fact without the document")
	refused("another fact", at(fact, `"quad":`, `"quad":1`), ErrArchive, "")
	refused("no fact", at(fact, `"source":`, `"sauce":`), ErrArchive, fmt.Sprintf("f:%d: ", fact+1))
	refused("another text", at(document, `"text":"`, `"text":"x`), ErrArchive, "")
	refused("a field more", at(document, `{"document":`, `{"x":1,"document":`), ErrArchive, `unknown field "x"`)
	refused("a derived row", at(last-1, `"type":"o"`, `"type":"c"`), ErrArchive, `rows of type "c" follow from others`)
	refused("something after it", string(whole)+"\n", ErrArchive, "something follows")

	rng := rand.New(rand.NewPCG(3, 4))
	for range 25 {
		n := rng.IntN(len(whole))
		refused(fmt.Sprint("cut to ", n), string(whole[:n]), ErrArchive, "")
		changed := slices.Clone(whole)
		changed[n] ^= 1 << rng.IntN(8)
		refused(fmt.Sprintf("byte %d is %q", n, changed[n]), string(changed), nil, "")
	}
	parent := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := ImportLines(ctx, bytes.NewReader(whole), "f", filepath.Join(parent, "s"), jsonl.Add); !errors.Is(err, context.Canceled) {
		t.Errorf("interrupted: %v", err)
	}
	leftovers(t, parent)
}

// What cannot be written is told as it is, wherever it happens, and is no damage of
// the store.
func TestExportWriteError(t *testing.T) {
	s := full(t, t.TempDir())
	var archive bytes.Buffer
	if err := s.Export(&archive); err != nil {
		t.Fatal(err)
	}
	lines := exportLines(t, s)
	for i := range 20 {
		for name, err := range map[string]error{
			"archive": s.Export(&brokenWriter{archive.Len() * i / 20}),
			"lines":   s.ExportLines(&brokenWriter{len(lines) * i / 20}, factLines),
		} {
			if !errors.Is(err, errBroken) || errors.Is(err, ErrDamaged) {
				t.Errorf("%s: part %d of 20: %v", name, i, err)
			}
		}
	}
	fails := func(graph.Record) ([]byte, error) { return nil, errBroken }
	if err := s.ExportLines(&archive, fails); !errors.Is(err, errBroken) || errors.Is(err, ErrDamaged) {
		t.Errorf("facts without a form: %v", err)
	}
}

// Lines cannot be made of a store whose format is older.
func TestLinesOfOldStore(t *testing.T) {
	s := &Store{folder: &folder{dir: "old", format: Format - 1}}
	if err := s.ExportLines(&bytes.Buffer{}, factLines); !errors.Is(err, ErrOldFormat) || !strings.Contains(err.Error(), "entente db migrate") {
		t.Errorf("%v", err)
	}
}
