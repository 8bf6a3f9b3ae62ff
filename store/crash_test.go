package store

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"entente/graph"
)

var (
	crashTrials = flag.Int("crash.trials", 12, "how often TestCrash kills the program")
	tortureSeed = flag.Uint64("torture.seed", 1, "what TestCrash and TestCorrupt draw their trials from")
)

// digest stands for all rows of a store: the exclusive or of the hashes of the
// rows, so that it can be kept up to date row by row.
type digest [sha256.Size]byte

// toggle puts a row in, or takes it out again.
func (d *digest) toggle(key, value []byte) {
	h := sha256.New()
	h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(key))))
	h.Write(key)
	h.Write(value)
	for i, b := range h.Sum(nil) {
		d[i] ^= b
	}
}

func digestOf(s *Store) (d digest, err error) {
	return d, eachRow(s, func(key, value []byte) { d.toggle(key, value) })
}

// eachRow calls f for every row of a store.
func eachRow(s *Store, f func(key, value []byte)) error {
	return s.view(func(r reader) error {
		c := r.scan(nil)
		defer c.close()
		for c.next() {
			if err := c.value(func(v []byte) error { f(c.key(), v); return nil }); err != nil {
				return err
			}
		}
		return nil
	})
}

// states returns the digests of a store after the first 0, 1, 2, … articles of the
// corpus.
func (c corpus) states(t *testing.T) []digest {
	records := c.records(t)
	byID := map[string]graph.Record{}
	for _, r := range records {
		byID[r.Article.ID] = r
	}
	s := create(t, filepath.Join(t.TempDir(), "s"))
	var now digest
	rows := map[string]string{}
	err := eachRow(s, func(key, value []byte) {
		now.toggle(key, value)
		rows[string(key)] = string(value)
	})
	if err != nil {
		t.Fatal(err)
	}
	all := []digest{now}
	rec := recorded(s)
	for _, id := range c.ids {
		rec.updates, s.unopened = nil, 0
		code := func(a graph.Article) (graph.Record, error) {
			r, ok := records[a.Key()]
			if !ok {
				return r, errors.New("no record")
			}
			return r, nil
		}
		if _, err := s.Ingest(byID[id].Article, IngestOptions{Code: code, Dedup: true}); err != nil {
			t.Fatal(err)
		}
		for _, ch := range slices.Concat(rec.updates...) {
			if old, there := rows[string(ch.key)]; there {
				now.toggle(ch.key, []byte(old))
				delete(rows, string(ch.key))
			}
			if !ch.gone {
				now.toggle(ch.key, ch.value)
				rows[string(ch.key)] = string(ch.value)
			}
		}
		all = append(all, now)
	}
	return all
}

// TestCrash kills the program in the middle of an ingest, by a signal that it
// cannot catch, at moments drawn by lot. After each kill the store opens at the
// first try, for reading or for writing, and holds, row by row, what the articles
// acknowledged by then make of it, or these and the next. Gone on with, it ends as
// if nobody had killed the program.
func TestCrash(t *testing.T) {
	if !badgerReadOnly {
		t.Skip("needs the locks of Unix")
	}
	program(t)
	corpora := []*victim{newVictim(t, "small", 300, 0), newVictim(t, "large", 160, 90_000)}
	trials := 0
	for chain := uint64(0); trials < *crashTrials; chain++ {
		rng := rand.New(rand.NewPCG(*tortureSeed, chain))
		v := corpora[chain%2]
		kills := min(1+rng.IntN(4), *crashTrials-trials)
		trials += kills
		t.Run(fmt.Sprintf("%s/%d", v.name, chain), func(t *testing.T) { v.chain(t, rng, kills) })
	}
}

// victim is a corpus whose ingest is killed, and what comes of it if it is not.
type victim struct {
	corpus
	name   string
	first  string // a file with only the first article
	states []digest
	export string
	took   time.Duration // the whole ingest
}

func newVictim(t *testing.T, name string, n, blob int) *victim {
	v := &victim{corpus: newCorpus(t, name, n, blob), name: name}
	v.states = v.corpus.states(t)
	dir := filepath.Join(t.TempDir(), "s")
	begun := time.Now()
	if acks, _ := acknowledged(mustRun(t, v.ingestArgs(dir)...).stderr); !slices.Equal(acks, v.ids) {
		t.Fatalf("acknowledged %q", acks)
	}
	v.took = time.Since(begun)
	v.export = mustRun(t, "export", "--format", "jsonl", "--db", dir).stdout
	s, err := Open(dir, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if d, err := digestOf(s); err != nil || d != v.states[n] {
		t.Fatalf("the store of an ingest that was not killed differs from that of the library (%v)", err)
	}
	v.first = filepath.Join(t.TempDir(), "first.jsonl")
	line, _, _ := strings.Cut(v.text, "\n")
	write(t, v.first, line)
	return v
}

// chain kills so many ingests into one store, then lets one end.
func (v *victim) chain(t *testing.T, rng *rand.Rand, kills int) {
	dir := filepath.Join(t.TempDir(), "s")
	have := 0 // articles in the store
	for range kills {
		// One kill in ten while the program opens the store, two while it closes it.
		after, delay := have+rng.IntN(len(v.ids)-have+1), time.Duration(rng.IntN(8000))*time.Microsecond
		switch rng.IntN(10) {
		case 0:
			after, delay = 0, time.Duration(rng.Int64N(int64(v.took)))
		case 1, 2:
			after, delay = len(v.ids), time.Duration(rng.IntN(60_000))*time.Microsecond
		}
		acks := v.kill(t, dir, after, delay)
		if !slices.Equal(acks, v.ids[:len(acks)]) {
			t.Fatalf("acknowledged %q", acks)
		}
		have = v.inspect(t, rng, dir, max(have, len(acks)), max(have, len(acks)+1))
		if t.Failed() {
			t.Fatalf("killed %v after acknowledgement %d, of %d seen", delay, after, len(acks))
		}
	}
	r := mustRun(t, v.ingestArgs(dir)...)
	if acks, _ := acknowledged(r.stderr); !slices.Equal(acks, v.ids) {
		t.Fatalf("the ingest that ended acknowledged %q", acks)
	}
	if mustRun(t, "export", "--format", "jsonl", "--db", dir).stdout != v.export {
		t.Error("the export differs from that of an ingest that was not killed")
	}
	v.check(t, dir, Options{ReadOnly: true}, len(v.ids), len(v.ids))
	mustRun(t, "db", "check", "--db", dir)
}

// inspect opens a store whose writer was killed, at the first try, in a way drawn
// by lot, and returns how many articles it has: at least and at most so many.
func (v *victim) inspect(t *testing.T, rng *rand.Rand, dir string, least, most int) int {
	if _, err := os.Stat(filepath.Join(dir, markerName)); err != nil && least == 0 {
		return 0 // killed before there was a store
	}
	o := Options{ReadOnly: true}
	var first ran
	switch rng.IntN(4) {
	case 0:
		first = runProgram(t, "stats", "--db", dir)
	case 1:
		first = runProgram(t, "ingest", v.first, "--db", dir, "--fast", "--any-language")
		least, most = max(1, least), max(1, most)
	case 2:
		o = Options{Create: true}
	}
	if first.exit != 0 {
		t.Errorf("at the first try: %v", first)
		return least
	}
	return v.check(t, dir, o, least, most)
}

// check is inspect by the library alone.
func (v *victim) check(t *testing.T, dir string, o Options, least, most int) int {
	s, err := Open(dir, o)
	if err != nil {
		t.Errorf("Open(%+v): %v", o, err)
		return least
	}
	defer func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}()
	if err := checkStore(s); err != nil {
		t.Error(err)
	}
	got, err := digestOf(s)
	if err != nil {
		t.Error(err)
	}
	n := slices.Index(v.states, got)
	if n < least || n > min(most, len(v.ids)) {
		t.Errorf("the rows are those of %d articles (-1 is of none in particular); %d to %d were taken in", n, least, most)
		return least
	}
	return n
}
