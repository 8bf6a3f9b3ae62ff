package actor

import (
	"runtime"
	"testing"
)

// BenchmarkLoad measures the loading of the built-in dictionary, and what of the heap
// it holds when it is loaded (heap-MB).
func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	var d *Dictionary
	for b.Loop() {
		var err error
		if d, err = Load(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(heldBy(&d))/1e6, "heap-MB")
}

// heldBy returns how many bytes of the heap are free once d is dropped.
func heldBy(d **Dictionary) uint64 {
	with := heapInUse()
	runtime.KeepAlive(*d)
	*d = nil
	return with - heapInUse()
}

func heapInUse() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
