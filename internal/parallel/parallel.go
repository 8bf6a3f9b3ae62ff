// Package parallel spreads loops over the processors so that the result is the
// same bytes on any number of them: the work is cut at places that do not depend
// on it, and what is added up is added in the order of the pieces.
package parallel

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// Blocks cuts 0 to n-1 into blocks of size and calls work for each, in any
// order and several at once. Work must touch nothing that another block does.
func Blocks(n, size int, work func(block, lo, hi int)) {
	blocks := (n + size - 1) / size
	workers := min(runtime.GOMAXPROCS(0), blocks)
	run := func(b int) { work(b, b*size, min((b+1)*size, n)) }
	if workers <= 1 {
		for b := range blocks {
			run(b)
		}
		return
	}
	var next atomic.Int64
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for b := int(next.Add(1)) - 1; b < blocks; b = int(next.Add(1)) - 1 {
				run(b)
			}
		})
	}
	wg.Wait()
}

// Fold calls work for the blocks 0 to blocks-1, several at once, each with the
// state of one worker, and after each of them merge with that state: in the
// order of the blocks and one at a time. There are as many states as
// processors, made by state; merge must leave them fit for the next block.
func Fold[S any](blocks int, state func() S, work func(s S, block int), merge func(s S)) {
	workers := min(runtime.GOMAXPROCS(0), blocks)
	var mu sync.Mutex
	turn := sync.NewCond(&mu)
	started, merged := 0, 0
	one := func() {
		s := state()
		mu.Lock()
		defer mu.Unlock()
		for started < blocks {
			b := started
			started++
			mu.Unlock()
			work(s, b)
			mu.Lock()
			for merged != b {
				turn.Wait()
			}
			merge(s)
			merged++
			turn.Broadcast()
		}
	}
	var wg sync.WaitGroup
	for range workers {
		wg.Go(one)
	}
	wg.Wait()
}
