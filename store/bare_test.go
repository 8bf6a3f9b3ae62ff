package store

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/dgraph-io/badger/v4"

	"entente/graph"
)

// How much of the store's time is Badger's: each benchmark does the same work
// through a Store and with nothing but Badger, one after the other, so that the
// ratio holds on a machine that is busy or slow.

// change is one row that a transaction sets, or deletes.
type change struct {
	key, value []byte
	gone       bool
}

// recorder is an engine that notes what each update wrote.
type recorder struct {
	engine
	updates [][]change
}

// recorded puts a recorder under s. It is lost when the store opens its engine
// anew, which unopened = 0 puts off.
func recorded(s *Store) *recorder {
	rec := &recorder{engine: s.kv}
	s.kv = rec
	return rec
}

type recordedBatch struct {
	batch
	changes *[]change
}

func (e *recorder) update(f func(batch) error) error {
	var changes []change
	err := e.engine.update(func(b batch) error { return f(recordedBatch{b, &changes}) })
	if err == nil {
		e.updates = append(e.updates, changes)
	}
	return err
}

func (b recordedBatch) set(key, value []byte) error {
	*b.changes = append(*b.changes, change{key, value, false})
	return b.batch.set(key, value)
}

func (b recordedBatch) delete(key []byte) error {
	*b.changes = append(*b.changes, change{key, nil, true})
	return b.batch.delete(key)
}

// written returns what the store writes for each of the records.
func written(b *testing.B, records []graph.Record, dedup bool) [][]change {
	b.Helper()
	s := create(b, b.TempDir())
	rec := recorded(s)
	for _, r := range records {
		s.unopened = 0
		ingestRecord(b, s, r, dedup)
	}
	closeStore(b, s)
	return rec.updates
}

func ingestRecord(b *testing.B, s *Store, r graph.Record, dedup bool) {
	b.Helper()
	_, err := s.Ingest(r.Article, IngestOptions{Dedup: dedup, Code: func(graph.Article) (graph.Record, error) { return r, nil }})
	if err != nil {
		b.Fatal(err)
	}
}

// BenchmarkBareWrite writes 2,000 articles of 200 words with five events each.
// vs-bare is how fast that is compared with Badger writing the same rows in
// transactions of the same size: 1 is as fast, 0.7 is what we want at least.
func BenchmarkBareWrite(b *testing.B) {
	const articles = 2000
	records := make([]graph.Record, articles)
	for i := range records {
		records[i] = benchRecord(i, benchDyads)
		records[i].Article.Body = strings.Join(words(uint64(i), 200), " ")
		records[i].Article.URL = fmt.Sprint("https://wire.example/", i)
	}
	for _, dedup := range []bool{false, true} {
		b.Run(fmt.Sprintf("dedup=%v", dedup), func(b *testing.B) {
			updates := written(b, records, dedup)
			var ours, bare time.Duration
			for b.Loop() {
				begun := time.Now()
				s := create(b, b.TempDir())
				for _, r := range records {
					ingestRecord(b, s, r, dedup)
				}
				closeStore(b, s)
				ours += time.Since(begun)
				begun = time.Now()
				writeBare(b, b.TempDir(), updates)
				bare += time.Since(begun)
			}
			b.ReportMetric(float64(bare)/float64(ours), "vs-bare")
			b.ReportMetric(float64(articles*b.N)/ours.Seconds(), "articles/s")
			b.ReportMetric(0, "ns/op") // of both together, which says nothing
		})
	}
}

// writeBare writes the updates with Badger alone, a transaction each.
func writeBare(b *testing.B, dir string, updates [][]change) {
	b.Helper()
	db, err := badger.Open(badgerOptions(dir, false, memTable))
	if err != nil {
		b.Fatal(err)
	}
	for _, changes := range updates {
		err := db.Update(func(txn *badger.Txn) error {
			for _, c := range changes {
				set := txn.Set
				if c.gone {
					set = func(key, _ []byte) error { return txn.Delete(key) }
				}
				if err := set(c.key, c.value); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkBareQuery opens a store of 5,000 articles for reading, asks for the
// events of one dyad of 20, and closes it. vs-bare is how long that takes compared
// with Badger opening the same folder and reading the same rows without looking
// into them: 1 is as long, 1.5 is what we want at most.
func BenchmarkBareQuery(b *testing.B) {
	dir := filepath.Join(b.TempDir(), "s")
	s := create(b, dir)
	for i := range 5000 {
		dyads := benchDyads
		if i%250 == 0 {
			dyads = append([]string{"MLI>NER"}, dyads...)
		}
		mustPut(b, s, Added, benchRecord(i, dyads))
	}
	closeStore(b, s)
	var ours, bare time.Duration
	for b.Loop() {
		begun := time.Now()
		s, err := Open(dir, Options{ReadOnly: true})
		if err != nil {
			b.Fatal(err)
		}
		if n := len(collect(b, s.EventsBetween("state:NER", "state:MLI"))); n != 20 {
			b.Fatalf("%d events", n)
		}
		closeStore(b, s)
		ours += time.Since(begun)
		begun = time.Now()
		if n := queryBare(b, dir); n != 20 {
			b.Fatalf("%d rows", n)
		}
		bare += time.Since(begun)
	}
	b.ReportMetric(float64(ours)/float64(bare), "vs-bare")
	b.ReportMetric(float64(ours.Microseconds())/1e3/float64(b.N), "ms/query")
	b.ReportMetric(0, "ns/op") // of both together, which says nothing
}

// queryBare reads the events of the dyad with Badger alone and counts them.
func queryBare(b *testing.B, dir string) (events int) {
	b.Helper()
	db, err := badger.Open(badgerOptions(dir, true, memTable))
	if err != nil {
		b.Fatal(err)
	}
	err = db.View(func(txn *badger.Txn) error {
		for _, d := range []graph.Dyad{{Source: "state:NER", Target: "state:MLI"}, {Source: "state:MLI", Target: "state:NER"}} {
			head := dyadEventsKey(d)
			var keys [][]byte
			it := txn.NewIterator(badger.IteratorOptions{Prefix: head})
			for it.Rewind(); it.Valid(); it.Next() {
				if key := it.Item().KeyCopy(nil); len(key) > len(head) {
					keys = append(keys, append([]byte{rowEvent}, key[len(head):]...))
				}
			}
			it.Close()
			for _, key := range keys {
				item, err := txn.Get(key)
				if err != nil {
					return err
				}
				if err := item.Value(func(v []byte) error { events++; return nil }); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	if err := db.Close(); err != nil {
		b.Fatal(err)
	}
	return events
}
