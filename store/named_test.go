package store

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"entente/graph"
)

// What is found by an index is what a scan of everything finds.
func TestFoundByIndex(t *testing.T) {
	for seed := range uint64(6) {
		rng := rand.New(rand.NewPCG(seed, 5))
		s := create(t, t.TempDir())
		all := family(rng, 25)
		for i, a := range all {
			a.ID = fmt.Sprint("n", i%9)
			if _, err := s.Ingest(a, IngestOptions{Dedup: true, Code: func(a graph.Article) (graph.Record, error) {
				r, err := varied(a)
				for i := range r.Events {
					r.Events[i].Published = []graph.Date{"2024-04-03", "2024-04-04", ""}[rng.IntN(3)]
				}
				return r, err
			}}); err != nil {
				t.Fatal(err)
			}
		}
		var want graph.Date
		for _, e := range collect(t, s.Events()) {
			if hasHappened(&e) {
				want = max(want, e.Date)
			}
		}
		if got, err := s.NewestDay(); got != want || err != nil {
			t.Errorf("seed %d: newest day %q, %v, want %q", seed, got, err, want)
		}

		records := collect(t, s.Records())
		names := []string{"n0", "n8", "none", records[3].Article.Key(), records[20].Article.Key(), (&graph.Article{}).Key()}
		for _, name := range names {
			var of []graph.Record
			is := func(r *graph.Record) bool { return r.Article.ID == name || r.Article.Key() == name }
			for _, r := range records {
				original := slices.IndexFunc(records, func(o graph.Record) bool { return o.Article.Key() == r.Original })
				if is(&r) || original >= 0 && is(&records[original]) {
					of = append(of, r)
				}
			}
			same(t, fmt.Sprintf("seed %d: records named %s", seed, name), collect(t, s.RecordsNamed(name)), of)
		}
	}
}
