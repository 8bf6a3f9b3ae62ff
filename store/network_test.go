package store

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/dgraph-io/badger/v4"

	"entente/graph"
	"entente/internal/netgen"
	"entente/queries"
	"entente/queries/centrality"
)

func readOnly(t testing.TB, dir string) *Store {
	t.Helper()
	s, err := Open(dir, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// A kept network is read as long as the store has the same content, and is
// undamaged; a writer removes it.
func TestKeptNetwork(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "s")
	file := filepath.Join(dir, networkName)
	s := create(t, dir)
	mustPut(t, s, Added, sample()...)
	g := netgen.Build(5, netgen.Random(5, 9, 1))
	s.KeepNetwork(g)
	if _, err := os.Stat(file); !errors.Is(err, fs.ErrNotExist) {
		t.Error("a writer keeps a network")
	}
	closeStore(t, s)

	s = readOnly(t, dir)
	if _, ok := s.Network(); ok {
		t.Error("there is a network before one was kept")
	}
	s.KeepNetwork(g)
	got, ok := s.Network()
	if !ok || !reflect.DeepEqual(got.Out(), g.Out()) {
		t.Errorf("kept %v, read %v", g.Out(), got)
	}
	closeStore(t, s)
	kept, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range []int{0, len(networkHead) + 3, len(kept) / 2, len(kept) - 1} {
		bad := slices.Clone(kept)
		bad[at] ^= 4
		if err := os.WriteFile(file, bad, 0o666); err != nil {
			t.Fatal(err)
		}
		s = readOnly(t, dir)
		if _, ok := s.Network(); ok {
			t.Errorf("byte %d of %d is wrong, and it is read", at, len(kept))
		}
		closeStore(t, s)
	}

	s, err = Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(file); !errors.Is(err, fs.ErrNotExist) {
		t.Error("a writer leaves the network")
	}
	mustPut(t, s, Added, record("new", "New.", "X>Y"))
	closeStore(t, s)
	if err := os.WriteFile(file, kept, 0o666); err != nil {
		t.Fatal(err)
	}
	s = readOnly(t, dir)
	if _, ok := s.Network(); ok {
		t.Error("the network of other content is read")
	}
	closeStore(t, s)
}

var networkEvents = flag.Int("network.events", 100_000, "events, among a tenth as many actors, in the store of BenchmarkNetwork")

// networkStore makes a store that has the actors and ties of a network, and no
// article.
func networkStore(b *testing.B, dir string) {
	n := *networkEvents / 10
	s := create(b, dir)
	var rows []row
	add := func(key, value []byte) {
		rows = append(rows, row{key: key, value: value})
		if len(rows) == 5000 {
			if err := s.insertRows(rows); err != nil {
				b.Fatal(err)
			}
			rows = rows[:0]
		}
	}
	ids := netgen.IDs(n)
	for i, id := range ids {
		name := fmt.Sprintf("Actor %d of the Network", i)
		value, err := json.Marshal(actorRow{Actor: graph.Actor{ID: id, Name: name, Type: graph.State, Mentions: []string{name}}, Articles: 1, Uses: []int{1}})
		if err != nil {
			b.Fatal(err)
		}
		add(actorKey(id), value)
	}
	g := netgen.Build(n, netgen.ScaleFree(n, *networkEvents, 1))
	for from := range uint32(n) {
		for i, to := range g.Out().Row(from) {
			events := int(g.Out().Weights(from)[i])
			add(tieKey(graph.Dyad{Source: ids[from], Target: ids[to]}),
				encodeParts([]graph.TiePart{{Category: "CONSULT", Status: graph.Asserted, Quad: 1, Events: events, Records: events}}))
		}
	}
	if err := s.insertRows(rows); err != nil {
		b.Fatal(err)
	}
	closeStore(b, s)
}

// BenchmarkNetwork opens a store, ranks by PageRank and closes it: from the rows, and
// from the network that the first query keeps; and does the least that anybody must
// who has the same rows in Badger: reads the keys, builds the network, ranks. The
// actors' names are no part of that.
func BenchmarkNetwork(b *testing.B) {
	dir := filepath.Join(b.TempDir(), "s")
	networkStore(b, dir)
	rank := func(b *testing.B) {
		s := readOnly(b, dir)
		if _, err := queries.Rank(s, queries.ByPageRank, queries.RankOptions{}); err != nil {
			b.Fatal(err)
		}
		closeStore(b, s)
	}
	var bare, ours time.Duration
	b.Run("bare", func(b *testing.B) {
		for b.Loop() {
			rankBare(b, dir)
		}
		bare = b.Elapsed() / time.Duration(b.N)
	})
	b.Run("rows", func(b *testing.B) {
		for b.Loop() {
			if err := os.Remove(filepath.Join(dir, networkName)); err != nil && !errors.Is(err, fs.ErrNotExist) {
				b.Fatal(err)
			}
			rank(b)
		}
		ours = b.Elapsed() / time.Duration(b.N)
		b.ReportMetric(float64(ours)/float64(bare), "times-bare")
	})
	b.Run("kept", func(b *testing.B) {
		for b.Loop() {
			rank(b)
		}
	})
}

func rankBare(b *testing.B, dir string) {
	db, err := badger.Open(badgerOptions(dir, true, memTable))
	if err != nil {
		b.Fatal(err)
	}
	network := graph.NewNetworkBuilder(nil)
	err = db.View(func(txn *badger.Txn) error {
		it := txn.NewIterator(badger.IteratorOptions{Prefix: []byte{rowTie}})
		defer it.Close()
		var source graph.ActorID
		for it.Rewind(); it.Valid(); it.Next() {
			d, ok := parseTieKey(it.Item().Key(), source)
			if !ok {
				return errors.New("a key cannot be read")
			}
			network.Add(d, 1, 1, false)
			source = d.Source
		}
		return nil
	})
	if err := errors.Join(err, db.Close()); err != nil {
		b.Fatal(err)
	}
	centrality.PageRank(network.Network(), centrality.PageRankOptions{})
}
