package main

import (
	"io"
	"io/fs"
	"path/filepath"
	"testing"
)

// BenchmarkIngest takes the sample articles into a new store; an operation is all
// of them, from files to a closed store. The default engine is loaded once, the fast
// one with each operation.
func BenchmarkIngest(b *testing.B) {
	news := filepath.Join(b.TempDir(), "news")
	if err := writeExamples(news); err != nil {
		b.Fatal(err)
	}
	size, _ := globs{}.bytesOf([]string{news}, func(string, fs.FileInfo) bool { return false })
	for _, engine := range []string{"", "fast"} {
		b.Run("engine="+engine, func(b *testing.B) {
			e := newEnv(nil, io.Discard, io.Discard)
			o := ingestOptions{Paths: []string{news}, Engine: engine}
			b.SetBytes(size)
			b.ReportAllocs()
			for b.Loop() {
				o.DB = filepath.Join(b.TempDir(), "db")
				if err := runIngest(b.Context(), o, e); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
