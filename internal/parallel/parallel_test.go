package parallel_test

import (
	"runtime"
	"slices"
	"testing"

	"entente/internal/parallel"
)

func TestBlocks(t *testing.T) {
	for _, procs := range []int{1, 2, 7} {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(procs))
		for _, n := range []int{0, 1, 9, 10, 11, 100} {
			seen, blocks := make([]int, n), make([]int, (n+9)/10)
			parallel.Blocks(n, 10, func(block, lo, hi int) {
				blocks[block]++
				for i := lo; i < hi; i++ {
					seen[i]++
				}
			})
			if slices.ContainsFunc(append(seen, blocks...), func(k int) bool { return k != 1 }) {
				t.Errorf("%d processors, n %d: %v of %v", procs, n, seen, blocks)
			}
		}
	}
}

func TestFoldMergesInOrder(t *testing.T) {
	for _, procs := range []int{1, 2, 7} {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(procs))
		var got []int
		parallel.Fold(50, func() *int { return new(int) },
			func(s *int, block int) {
				for range 50 - block {
					runtime.Gosched() // so that later blocks are done sooner
				}
				*s = block
			},
			func(s *int) { got = append(got, *s) })
		for i, b := range got {
			if i != b {
				t.Fatalf("%d processors: merged in the order %v", procs, got)
			}
		}
		if len(got) != 50 {
			t.Errorf("%d processors: %d blocks merged", procs, len(got))
		}
	}
}
