package store

import (
	"errors"
	"iter"
	"slices"
	"testing"
)

// Rows that are read ahead come in their order, with the error after them, and
// nothing is read any more once the loop has ended.
func TestAhead(t *testing.T) {
	broken := errors.New("broken")
	for _, n := range []int{0, 1, 2, 3, mostAhead, 1000} {
		for _, most := range []int{1, 2, max(n, 1), n + 2} {
			reading := true
			rows := func(yield func(int, error) bool) {
				defer func() { reading = false }()
				for i := range n {
					if !yield(i, nil) {
						return
					}
				}
				yield(-1, broken)
			}
			var want, got []int
			for i := range min(n, most) {
				want = append(want, i)
			}
			var failed error
			var seq iter.Seq2[int, error] = func(yield func(int, error) bool) { ahead(rows, yield) }
			for i, err := range seq {
				if err != nil {
					failed = err
					break
				}
				if got = append(got, i); len(got) == most {
					break
				}
			}
			if !slices.Equal(got, want) || (failed != nil) != (most > n) || reading {
				t.Errorf("%d of %d: %v, %v; still reading: %v", most, n, got, failed, reading)
			}
		}
	}
}

// A loop whose body panics leaves nobody reading.
func TestAheadPanics(t *testing.T) {
	ended := false
	defer func() {
		if p := recover(); p != "the body" || !ended {
			t.Errorf("panic %v; ended: %v", p, ended)
		}
	}()
	ahead(func(yield func(int, error) bool) {
		defer func() { ended = true }()
		for i := 0; yield(i, nil); i++ {
		}
	}, func(i int, _ error) bool {
		if i == 500 {
			panic("the body")
		}
		return true
	})
}
