package store

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"entente/graph"
)

// auditCounts checks what the store counts against what it has: the rows of each type, and
// what dyads add up to.
func auditCounts(t *testing.T, s *Store) {
	t.Helper()
	have := map[string]int{}
	var sums totals
	err := s.view(func(r reader) (err error) {
		if sums, err = s.readTotals(r); err != nil {
			return err
		}
		c := r.scan(nil)
		defer c.close()
		for c.next() {
			if c.key()[0] != rowMeta {
				have[string(c.key()[:1])]++
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if !maps.Equal(have, sums.Rows) {
		t.Errorf("the totals say %v, and there are %v", sums.Rows, have)
	}

	type part struct {
		dyad      graph.Dyad
		category  string
		status    graph.Status
		quad      int
		symmetric bool
	}
	type act struct {
		quad      int
		symmetric bool
	}
	acts := map[graph.Identity]act{}
	want, got := map[part][2]int{}, map[part][2]int{}
	for _, e := range collect(t, s.Events()) {
		id := e.Identity()
		a := acts[id]
		acts[id] = act{max(a.quad, e.Quad), a.symmetric || e.Symmetric}
		p := part{id.Dyad, e.Category, e.Status, e.Quad, e.Symmetric}
		want[p] = [2]int{want[p][0], want[p][1] + 1}
	}
	for id, a := range acts {
		p := part{id.Dyad, id.Category, id.Status, a.quad, a.symmetric}
		want[p] = [2]int{want[p][0] + 1, want[p][1]}
	}
	for _, tie := range collect(t, s.Ties()) {
		for _, x := range tie.Parts {
			got[part{tie.Dyad, x.Category, x.Status, x.Quad, x.Symmetric}] = [2]int{x.Events, x.Records}
		}
	}
	if !maps.Equal(got, want) {
		t.Errorf("ties:\n%v\nfrom the events:\n%v", got, want)
	}
}

// varied is code with events that differ in all that ties and lists hang on.
func varied(a graph.Article) (graph.Record, error) {
	r, err := code(a)
	rng := rand.New(rand.NewPCG(uint64(len(a.Body)), 3))
	for i := range r.Events {
		e := &r.Events[i]
		e.Category = []string{"ACCUSE", "MEET", "AID", graph.NoCategory}[rng.IntN(4)]
		e.Quad = rng.IntN(5)
		e.Symmetric = rng.IntN(3) == 0
		e.Status = graph.Statuses[rng.IntN(4)]
		e.Date = []graph.Date{"", "2023", "2024-04", "2024-04-03", "2024-04-04", "2024-05-01"}[rng.IntN(6)]
	}
	return r, err
}

// A store that has forgotten articles is, row for row, one that never had them.
func TestForget(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 4 {
		all := family(rng, 30)
		s, never := create(t, t.TempDir()), create(t, t.TempDir())
		gone := 0
		o := IngestOptions{Code: varied, Dedup: true}
		for _, a := range all {
			if _, err := s.Ingest(a, o); err != nil {
				t.Fatal(err)
			}
		}
		auditCounts(t, s)
		for i, a := range all {
			if i%3 > 0 {
				if _, err := never.Ingest(a, o); err != nil {
					t.Fatal(err)
				}
				continue
			}
			f, err := s.Forget(a.Key(), varied)
			if err != nil || f.Article.Key() != a.Key() {
				t.Fatalf("Forget: %+v, %v", f, err)
			}
			gone += f.Uncopied
			if _, err := s.Forget(a.Key(), varied); !errors.Is(err, ErrNotFound) {
				t.Errorf("forgotten twice: %v", err)
			}
		}
		auditCounts(t, s)
		if got, want := dump(t, s), dump(t, never); got != want {
			t.Fatalf("after forgetting:\n%s\nnever there:\n%s", got, want)
		}
		if gone == 0 {
			t.Error("no forgotten article had copies that had to be coded: the test tests little")
		}
	}
}

// Versions that a forgotten article had replaced can come again.
func TestForgetVersions(t *testing.T) {
	s := create(t, t.TempDir())
	version := func(n int) graph.Article {
		return graph.Article{ID: fmt.Sprint("v", n), URL: "https://example.org/a", Published: "2024-04-04",
			Body: strings.Join(words(uint64(n), 80), " ")}
	}
	ingest(t, s, Added, version(1))
	ingest(t, s, Replaced, version(2))
	ingest(t, s, Replaced, version(3))
	ingest(t, s, Duplicate, version(1))
	if got, err := s.WithID("v3"); err != nil || len(got) != 1 || got[0] != version(3) {
		t.Errorf("WithID = %v, %v", got, err)
	}
	last := version(3)
	if _, err := s.Forget(last.Key(), code); err != nil {
		t.Fatal(err)
	}
	if n := countRows(t, s); n != 3 {
		t.Errorf("%d rows are left, want the format, the totals and the sequence", n)
	}
	if got, err := s.WithID("v3"); err != nil || len(got) != 0 {
		t.Errorf("WithID = %v, %v", got, err)
	}
	ingest(t, s, Added, version(1))
	auditCounts(t, s)
}

// Events by category and date are those that a scan of all finds.
func TestEventsIn(t *testing.T) {
	s := create(t, t.TempDir())
	for _, a := range family(rand.New(rand.NewPCG(3, 4)), 40) {
		if _, err := s.Ingest(a, IngestOptions{Code: varied, Dedup: true}); err != nil {
			t.Fatal(err)
		}
	}
	all := collect(t, s.Events())
	found, byKey := 0, 0
	for _, category := range []string{"", "AID", "MEET", "none"} {
		for _, since := range []graph.Date{"", "2023", "2024", "2024-04-04", "2024-05"} {
			for _, until := range []graph.Date{"", "2023", "2024-04", "2024-04-03", "2025"} {
				var want []graph.Event
				for _, e := range all {
					if (category == "" || e.Category == category) && e.Date.Within(since, until) {
						want = append(want, e)
					}
				}
				got := collect(t, s.EventsIn(category, since, until))
				if !reflect.DeepEqual(got, want) {
					t.Errorf("%q %q to %q: %d events, want %d in the order of Events", category, since, until, len(got), len(want))
				}
				found += len(got)
				if len(got) > 0 && len(got) <= len(all)/oneByOne {
					byKey++
				}
			}
		}
	}
	if found < 100 || byKey < 5 {
		t.Errorf("%d events found in all, %d times by their keys: the test tests little", found, byKey)
	}
}
