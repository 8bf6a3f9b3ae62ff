package pq_test

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"

	"entente/internal/pq"
)

func TestQueueSorts(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	var q pq.Queue
	for n := range 60 {
		want := make([]pq.Item, n)
		for i := range want {
			want[i] = pq.Item{Key: rng.Uint64N(20), Node: rng.Uint32N(5)}
			q.Push(want[i].Key, want[i].Node)
		}
		slices.SortFunc(want, func(a, b pq.Item) int { return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(a.Node, b.Node)) })
		for i, w := range want {
			if got := q.Pop(); got != w {
				t.Fatalf("n %d: item %d is %v, want %v", n, i, got, w)
			}
		}
		if q.Len() != 0 {
			t.Fatalf("n %d: %d items too many", n, q.Len())
		}
	}
}

func TestLengths(t *testing.T) {
	for w := uint32(1); w <= 30; w++ {
		if pq.Length(w)*uint64(w) != pq.Unit {
			t.Errorf("weight %d: length %d is rounded", w, pq.Length(w))
		}
	}
	for w := uint32(1); w < 2000; w++ {
		if pq.Length(w) <= pq.Length(w+1) {
			t.Errorf("weight %d: length %d, that of %d is %d", w, pq.Length(w), w+1, pq.Length(w+1))
		}
	}
}
