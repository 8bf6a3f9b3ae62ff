package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/dgraph-io/badger/v4"

	"entente/graph"
)

// What is read of a folder's files without Badger is what Badger reads: of closed stores and
// of those whose writer was killed.
func TestSalvagedReadsAll(t *testing.T) {
	dir := t.TempDir()
	closeStore(t, full(t, dir))
	s := create(t, dir)
	ingest(t, s, Added, graph.Article{ID: "more", Body: strings.Join(words(55, 300), " ")})
	want := allRows(t, s)
	killed := copyOpen(t, dir)
	closeStore(t, s)
	for name, dir := range map[string]string{"closed": dir, "killed": killed} {
		f := &folder{dir: dir}
		tables, logs, err := f.live()
		if err != nil {
			t.Fatal(err)
		}
		r := openSalvaged(dir, tables, logs, func(file string, err error) { t.Errorf("%s: %s: %v", name, file, err) })
		sameRows(t, rowsOf(t, r), want)
		if len(tables) == 0 || name == "killed" && len(logs) == 0 {
			t.Errorf("%s: tables %v, logs %v: the test tests little", name, tables, logs)
		}
		n := 0
		c := r.scan([]byte{rowEvent})
		for c.next() {
			n++
			if err := r.get(slices.Clone(c.key()), func(v []byte) error { return isJSON[graph.Event](nil, v) }); err != nil {
				t.Errorf("%q: %v", c.key(), err)
			}
		}
		if err := r.get(placeOf(articleKey{}, 0).key(rowEvent), func([]byte) error { return nil }); !errors.Is(err, errNoRow) || n == 0 {
			t.Errorf("%s: a row that is not there: %v; %d events", name, err, n)
		}
		r.release()
	}
}

func TestCheckSound(t *testing.T) {
	dir := t.TempDir()
	s := full(t, dir)
	killed := copyOpen(t, dir)
	if faults := faultsOf(t, dir); len(faults) > 0 {
		t.Errorf("beside a writer: %v", faults)
	}
	closeStore(t, s)
	for _, dir := range []string{dir, killed} {
		if faults := faultsOf(t, dir); len(faults) > 0 {
			t.Errorf("faults: %v", faults)
		}
	}
	if err := Check(t.Context(), t.TempDir(), CheckOptions{}, func(Fault) {}); !errors.Is(err, ErrNotStore) {
		t.Errorf("an empty folder: %v", err)
	}
}

// Each change of a row is named.
func TestCheckNamesRows(t *testing.T) {
	whole := t.TempDir()
	s := create(t, whole)
	records := sample()
	mustPut(t, s, Added, records...)
	story := strings.Join(words(1, 80), " ")
	wire := graph.Article{ID: "w", Publisher: "Wire", Published: "2024-04-04", URL: "https://example.org/w", Body: story}
	post := graph.Article{ID: "p", Publisher: "Post", Published: "2024-04-05", Body: story}
	ingest(t, s, Added, wire)
	ingest(t, s, Copied, post)
	var band []byte
	if err := s.view(func(r reader) error {
		c := r.scan([]byte{rowBand})
		defer c.close()
		c.next()
		band = bytes.Clone(c.key())
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	closeStore(t, s)
	key := func(a graph.Article) articleKey {
		k, err := parseArticleKey(a.Key())
		if err != nil {
			t.Fatal(err)
		}
		return k
	}
	a1, w, p := key(records[0].Article), key(wire), key(post)
	list := actorEventsKey("state:FRA")
	for _, c := range []struct {
		key   []byte
		value string // "" deletes the row
		says  string
	}{
		{entryKey(list, placeOf(a1, 1)), "", fmt.Sprintf("list of events of state:FRA lacks a1/1 (article %s)", a1)},
		{entryKey(list, placeOf(a1, 1)), "", "list of events of state:FRA counts 6 entries and has 5"},
		{entryKey(list, placeOf(a1, 77)), "\x00", "list of events of state:FRA has a1/77"},
		{list, "", "list of events of state:FRA has no head"},
		{list, "", "list of events of state:FRA: its head is missing"},
		{list, "short", "list of events of state:FRA: its value is damaged: a count of 5 bytes, not 8"},
		{dyadEventsKey(graph.Dyad{Source: "state:USA", Target: "state:RUS"}), "\x00\x00\x00\x00\x00\x00\x00\x02", "list of events of state:USA → state:RUS counts 2 entries and has 1"},
		{actorKey("state:USA"), "", "actor state:USA is missing"},
		{actorKey("state:USA"), "", "4 actors, and the totals say 5"},
		{actorKey("state:USA"), `{"id":"state:USA"}`, `actor state:USA is "`},
		{actorKey("state:ZZZ"), `{"id":"state:ZZZ"}`, "actor state:ZZZ should not be there"},
		{nameKey("usaland", wholeName, "state:USA"), "", `name "usaland" of state:USA is missing`},
		{placeOf(a1, 1).key(rowEvent), "", fmt.Sprintf("article a1 (article %s): rows are missing: number 1 of 3 events", a1)},
		{placeOf(a1, 1).key(rowEvent), "{", fmt.Sprintf("event a1/1 (article %s): its value is damaged: unexpected end", a1)},
		{ofArticle(rowArticle, a1), "", fmt.Sprintf("article %s: rows are missing: that of the article", a1)},
		{mentionKey(a1, "state:FRA"), "", "rows are missing: 1 of 2 actors"},
		{ofArticle(rowOriginal, p), "", "list of copies of w (article"},
		{ofArticle(rowOriginal, p), string(a1[:]), "list of copies of a1 (article"},
		{copyKey(w, p), "{}", "list of copies of w (article"},
		{band, "", fmt.Sprintf("list of band 0/%x", band[2:6])},
		{addressRow(&wire), "", "is missing"},
		{[]byte("zoo"), "{}", `row "zoo" is of no type that this program knows`},
		{[]byte("e123"), "{}", `row "e123": its key cannot be that of one of the events`},
		{keyTotals, `{"articles":6}`, "events, and the totals say 0"},
	} {
		dir := copyOpen(t, whole)
		tamper(t, dir, func(txn *badger.Txn) error {
			switch c.value {
			case "":
				return txn.Delete(c.key)
			case "\x00":
				return txn.Set(c.key, nil)
			}
			return txn.Set(c.key, []byte(c.value))
		})
		faults := faultsOf(t, dir)
		if !slices.ContainsFunc(faults, func(f Fault) bool { return strings.Contains(f.Text, c.says) }) {
			t.Errorf("%q to %q: no fault says %q:", c.key, c.value, c.says)
			for _, f := range faults {
				t.Log(f.Step, f)
			}
		}
	}
}

// many makes a store with tables of many blocks.
func many(t *testing.T, dir string) []graph.Record {
	t.Helper()
	s := create(t, dir)
	for i := range 80 {
		mustPut(t, s, Added, record(fmt.Sprint("a", i), fmt.Sprint("b", i), "FRA>RUS", "RUS>USA"))
		if i%20 == 19 { // a table each
			closeStore(t, s)
			s = create(t, dir)
		}
	}
	all := collect(t, s.Records())
	closeStore(t, s)
	return all
}

func tables(t *testing.T, dir string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.sst"))
	if err != nil || len(names) < 2 {
		t.Fatalf("tables %v, %v", names, err)
	}
	return names
}

// damages are what can happen to files, and what a check says of it.
var damages = []struct {
	name, says string
	rounds     int
	spoil      func(t *testing.T, dir string, rng *rand.Rand)
}{
	{"a flipped bit", ".sst: ", 4, func(t *testing.T, dir string, rng *rand.Rand) {
		all := tables(t, dir)
		name := all[rng.IntN(len(all))]
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		b[rng.IntN(len(b))] ^= 1 << rng.IntN(8)
		write(t, name, string(b))
	}},
	{"a table cut short", ".sst: ", 2, func(t *testing.T, dir string, rng *rand.Rand) {
		if err := os.Truncate(tables(t, dir)[0], int64(rng.IntN(4000))); err != nil {
			t.Fatal(err)
		}
	}},
	{"a table removed", "it is missing, and MANIFEST names it", 1, func(t *testing.T, dir string, _ *rand.Rand) {
		if err := os.Remove(tables(t, dir)[0]); err != nil {
			t.Fatal(err)
		}
	}},
	{"a foreign table", "MANIFEST does not name it", 1, func(t *testing.T, dir string, _ *rand.Rand) {
		write(t, filepath.Join(dir, "000099.sst"), "text")
	}},
	{"zeros", ".sst: ", 2, func(t *testing.T, dir string, rng *rand.Rand) {
		b, err := os.ReadFile(tables(t, dir)[1])
		if err != nil {
			t.Fatal(err)
		}
		at := rng.IntN(len(b) / 2)
		clear(b[at:min(len(b), at+3000)])
		write(t, tables(t, dir)[1], string(b))
	}},
	{"no MANIFEST", "MANIFEST", 1, func(t *testing.T, dir string, _ *rand.Rand) {
		if err := os.Remove(filepath.Join(dir, badger.ManifestFilename)); err != nil {
			t.Fatal(err)
		}
	}},
	{"a MANIFEST cut short", "MANIFEST: cannot be read", 1, func(t *testing.T, dir string, rng *rand.Rand) {
		if err := os.Truncate(filepath.Join(dir, badger.ManifestFilename), int64(rng.IntN(60))); err != nil {
			t.Fatal(err)
		}
	}},
	{"a damaged marker", markerName + ": ", 1, func(t *testing.T, dir string, _ *rand.Rand) {
		write(t, filepath.Join(dir, markerName), "entente stare, format 2\n")
	}},
	{"a foreign key registry", "KEYREGISTRY has 17 bytes", 1, func(t *testing.T, dir string, _ *rand.Rand) {
		write(t, filepath.Join(dir, badger.KeyRegistryFileName), "text that is none")
	}},
}

// Whatever happens to a file, the check names it and changes nothing, and a repair
// takes over what is whole, says what is not, and makes a sound store.
func TestDamagedFiles(t *testing.T) {
	whole := t.TempDir()
	records := many(t, whole)
	rng := rand.New(rand.NewPCG(21, 22))
	for _, d := range damages {
		for range d.rounds {
			dir := copyOpen(t, whole)
			d.spoil(t, dir, rng)
			before := listing(t, dir)
			faults := faultsOf(t, dir)
			if !slices.ContainsFunc(faults, func(f Fault) bool { return strings.Contains(f.String(), d.says) }) {
				t.Errorf("%s: no fault says %q: %v", d.name, d.says, faults)
			}
			var losses []Loss
			to := filepath.Join(t.TempDir(), "new")
			done, err := Repair(t.Context(), dir, to, func(l Loss) error { losses = append(losses, l); return nil })
			if err != nil {
				t.Errorf("%s: Repair: %v", d.name, err)
				continue
			}
			if after := listing(t, dir); after != before {
				t.Errorf("%s: the folder was changed:\n%s\nbefore:\n%s", d.name, after, before)
			}
			repaired(t, d.name, to, records, done, losses)
		}
	}
}

// repaired checks that each article is kept as it was or is among the lost, with
// its text where its row was left, and that the store is sound.
func repaired(t *testing.T, name, dir string, records []graph.Record, done Repaired, losses []Loss) {
	t.Helper()
	have := map[string]graph.Record{}
	s := reopened(t, dir)
	for _, r := range collect(t, s.Records()) {
		have[r.Article.Key()] = r
	}
	closeStore(t, s)
	lost := map[string]Loss{}
	for _, l := range losses {
		lost[l.Key] = l
	}
	untraced := 0
	for _, r := range records {
		got, kept := have[r.Article.Key()]
		loss, isLost := lost[r.Article.Key()]
		switch {
		case kept && isLost:
			t.Errorf("%s: %s is kept and lost", name, r.Article.ID)
		case kept && !reflect.DeepEqual(got, r):
			t.Errorf("%s: %s has changed", name, r.Article.ID)
		case isLost && loss.Text != nil && *loss.Text != r.Article:
			t.Errorf("%s: the text of %s has changed", name, r.Article.ID)
		case !kept && !isLost:
			untraced++
		}
	}
	if done.Kept != len(have) || done.Lost != len(losses) || len(have)+len(losses)+untraced != len(records) {
		t.Errorf("%s: %+v, and there are %d kept, %d lost, %d without a trace of %d", name, done, len(have), len(losses), untraced, len(records))
	}
	if untraced > 0 && len(losses) == 0 && done.Totals == len(have) {
		t.Errorf("%s: %d articles are lost and nothing says so", name, untraced)
	}
	if faults := faultsOf(t, dir); len(faults) > 0 {
		t.Errorf("%s: the new store: %v", name, faults)
	}
}

// A damaged record in a write-ahead log costs its own transaction.
func TestRepairLog(t *testing.T) {
	dir := t.TempDir()
	s := create(t, dir)
	var records []graph.Record
	for i := range 30 {
		records = append(records, record(fmt.Sprint("a", i), fmt.Sprint("b", i), "FRA>RUS", "RUS>USA"))
		mustPut(t, s, Added, records[i])
	}
	killed := copyOpen(t, dir)
	closeStore(t, s)
	logs, err := filepath.Glob(filepath.Join(killed, "*.mem"))
	if err != nil || len(logs) != 1 {
		t.Fatal(logs, err)
	}
	b, err := os.ReadFile(logs[0])
	if err != nil {
		t.Fatal(err)
	}
	at := bytes.Index(b, []byte(`"id":"a7"`))
	b[at+6] ^= 1
	write(t, logs[0], string(b))
	var losses []Loss
	to := filepath.Join(t.TempDir(), "new")
	done, err := Repair(t.Context(), killed, to, func(l Loss) error { losses = append(losses, l); return nil })
	if err != nil || done.Kept != 29 || len(losses) != 1 || losses[0].Key != records[7].Article.Key() || done.Totals != 30 {
		t.Errorf("%+v, %v, lost %v", done, err, losses)
	}
	repaired(t, "log", to, records, done, losses)
	if faults := faultsOf(t, killed); len(faults) == 0 {
		t.Error("the check finds nothing")
	}
}

// What was replaced stays so; a copy whose original is lost is lost with its text.
func TestRepairCopies(t *testing.T) {
	whole := t.TempDir()
	s := full(t, whole)
	records := collect(t, s.Records())
	closeStore(t, s)
	to := filepath.Join(t.TempDir(), "sound")
	done, err := Repair(t.Context(), whole, to, func(l Loss) error { return fmt.Errorf("lost: %v", l) })
	if err != nil || done.Kept != len(records) || done.Totals != len(records) {
		t.Fatalf("%+v, %v", done, err)
	}
	s = reopened(t, whole)
	sameRows(t, allRows(t, reopened(t, to)), allRows(t, s))
	closeStore(t, s)

	i := slices.IndexFunc(records, func(r graph.Record) bool { return r.Original != "" })
	original, err := parseArticleKey(records[i].Original)
	if err != nil {
		t.Fatal(err)
	}
	copied, err := parseArticleKey(records[i].Article.Key())
	if err != nil {
		t.Fatal(err)
	}
	for name, key := range map[string][]byte{
		"its original": ofArticle(rowArticle, original),
		"which it is":  ofArticle(rowOriginal, copied),
	} {
		dir := copyOpen(t, whole)
		tamper(t, dir, func(txn *badger.Txn) error { return txn.Delete(key) })
		lost := map[string]Loss{}
		done, err := Repair(t.Context(), dir, filepath.Join(t.TempDir(), "new"), func(l Loss) error { lost[l.Key] = l; return nil })
		loss := lost[copied.String()]
		if err != nil || loss.Text == nil || *loss.Text != records[i].Article || !strings.Contains(loss.Reason, "must be coded") || done.Kept+done.Lost != len(records) {
			t.Errorf("%s lost: %+v, %v, %+v", name, loss, err, done)
		}
	}
}

// In a store with copies and versions, flipped bits bring back nothing that was
// replaced, and change nothing that is kept.
func TestRepairFlippedBits(t *testing.T) {
	whole := t.TempDir()
	s := full(t, whole)
	want := map[string]graph.Record{}
	for _, r := range collect(t, s.Records()) {
		want[r.Article.Key()] = r
	}
	closeStore(t, s)
	names := tables(t, whole)
	rng := rand.New(rand.NewPCG(31, 32))
	for round := range 6 {
		dir := copyOpen(t, whole)
		for range 1 + round%8 { // the more bits, the more is lost
			name := filepath.Join(dir, filepath.Base(names[rng.IntN(len(names))]))
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			b[rng.IntN(len(b))] ^= 1 << rng.IntN(8)
			write(t, name, string(b))
		}
		to := filepath.Join(t.TempDir(), "new")
		var losses []Loss
		done, err := Repair(t.Context(), dir, to, func(l Loss) error { losses = append(losses, l); return nil })
		if err != nil {
			t.Fatal(err)
		}
		// What a lost index hid cannot be told.
		hidden := slices.ContainsFunc(done.Damage, func(f Fault) bool {
			return strings.Contains(f.Text, "its index") || strings.Contains(f.Text, "its end")
		})
		for _, l := range losses {
			if _, was := want[l.Key]; !hidden && !was && l.Key != "" {
				t.Errorf("round %d: lost %+v, which was not there", round, l)
			}
		}
		s := reopened(t, to)
		for _, r := range collect(t, s.Records()) {
			was := want[r.Article.Key()]
			for i := range r.Events { // of lost copies
				r.Events[i].Copies, was.Events[i].Copies = nil, nil
			}
			if !hidden && !reflect.DeepEqual(r, was) {
				t.Errorf("round %d: article %s has changed", round, r.Article.ID)
			}
		}
		closeStore(t, s)
		if faults := faultsOf(t, to); len(faults) > 0 {
			t.Errorf("round %d: %+v, and %v", round, done, faults)
		}
		t.Logf("%d of %d kept, %d lost", done.Kept, len(want), done.Lost)
	}
}

func TestCompact(t *testing.T) {
	dir := t.TempDir()
	many(t, dir)
	s := reopened(t, dir)
	want := allRows(t, s)
	inv, err := s.Inventory(t.Context())
	if err != nil || len(inv.Rows) < 10 || len(inv.Levels) == 0 {
		t.Errorf("%+v, %v", inv, err)
	}
	closeStore(t, s)
	if n := len(tables(t, dir)); n < 2 {
		t.Fatalf("%d tables: the test tests little", n)
	}
	before, after, err := Compact(dir)
	if err != nil || after == 0 || before == 0 {
		t.Fatalf("%d, %d, %v", before, after, err)
	}
	s = reopened(t, dir)
	sameRows(t, allRows(t, s), want)
	if inv, err := s.Inventory(t.Context()); err != nil || len(inv.Levels) != 1 || inv.Levels[0].Tables != 1 {
		t.Errorf("after it: %+v, %v", inv, err)
	}
}

// Every row of a store has a type that says what it is.
func TestRowTypes(t *testing.T) {
	s := full(t, t.TempDir())
	seen := map[byte]bool{}
	if err := s.view(func(r reader) error {
		c := r.scan(nil)
		defer c.close()
		for c.next() {
			if rt := rowTypeOf(c.key()); rt == nil || strings.HasPrefix(keyWords(c.key()), "row \"") {
				t.Errorf("row %q has no words", c.key())
			}
			seen[c.key()[0]] = true
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for _, rt := range rowTypes {
		if !seen[rt.t] {
			t.Errorf("no row of type %q: the test tests little", rt.t)
		}
	}
	if !slices.IsSortedFunc(rowTypes, func(a, b rowType) int { return int(a.t) - int(b.t) }) {
		t.Error("the types are not in order")
	}
}

// A value that lies in a value log and is damaged costs its article.
func TestDamagedValueLog(t *testing.T) {
	dir := t.TempDir()
	s := create(t, dir)
	long := record("long", strings.Repeat("A long text. ", 200_000), "FRA>RUS")
	short := record("short", "short", "FRA>RUS")
	mustPut(t, s, Added, long, short)
	closeStore(t, s)
	logs, err := filepath.Glob(filepath.Join(dir, "*.vlog"))
	if err != nil {
		t.Fatal(err)
	}
	damaged := 0
	for _, name := range logs {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if at := bytes.Index(b, []byte("A long text.")); at >= 0 {
			b[at+1000] ^= 4
			write(t, name, string(b))
			damaged++
		}
	}
	if damaged != 1 {
		t.Fatalf("the text lies in %d of %v", damaged, logs)
	}
	faults := faultsOf(t, dir)
	if says := "article " + long.Article.Key() + " cannot be read"; !slices.ContainsFunc(faults, func(f Fault) bool { return strings.Contains(f.Text, says) }) {
		t.Errorf("no fault says %q: %v", says, faults)
	}
	to := filepath.Join(t.TempDir(), "new")
	done, err := Repair(t.Context(), dir, to, func(l Loss) error {
		if l.Key != long.Article.Key() || l.Text != nil {
			t.Errorf("lost %+v", l)
		}
		return nil
	})
	if err != nil || done.Kept != 1 || done.Lost != 1 {
		t.Errorf("%+v, %v", done, err)
	}
}

// Whatever bytes a block or a record holds, reading them does not panic; with the right
// checksum their entries have keys.
func FuzzTable(f *testing.F) {
	f.Add([]byte{0, 0, 9, 0, 'a', 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 'v', 0, 0, 0, 0, 0, 0, 0, 1})
	f.Add([]byte{64, 0, 9, 1, 0, 'a', 0, 0, 0, 0, 0, 0, 0, 1, 'v'})
	f.Fuzz(func(t *testing.T, b []byte) {
		sum := checksum(b)
		for _, data := range [][]byte{b, slices.Concat(b, sum, binary.BigEndian.AppendUint32(nil, uint32(len(sum))))} {
			entries, err := parseBlock(slices.Clone(data))
			if err == nil && len(entries) == 0 {
				t.Error("a block without entries")
			}
		}
		_, n, _ := parseRecord(b)
		if n > len(b) {
			t.Errorf("a record of %d of %d bytes", n, len(b))
		}
		signed := binary.BigEndian.AppendUint32(slices.Clone(b), crc32.Checksum(b, castagnoli))
		parseRecord(signed)
	})
}
