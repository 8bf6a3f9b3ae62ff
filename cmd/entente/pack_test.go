package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"io"
	"os"

	"github.com/klauspost/compress/zstd"
	"github.com/rogpeppe/go-internal/testscript"
)

// packFiles returns the command "zip TO FILE…" or "tar TO FILE…", which writes
// an archive; or "zstd TO FILE", which packs one file.
func packFiles(kind string) func(*testscript.TestScript, bool, []string) {
	return func(ts *testscript.TestScript, neg bool, args []string) {
		if neg || len(args) < 2 {
			ts.Fatalf("usage: %s TO FILE…", kind)
		}
		var b bytes.Buffer
		switch kind {
		case "zip":
			z := zip.NewWriter(&b)
			for _, name := range args[1:] {
				w, err := z.Create(name)
				ts.Check(err)
				io.WriteString(w, ts.ReadFile(name))
			}
			ts.Check(z.Close())
		case "tar":
			t := tar.NewWriter(&b)
			for _, name := range args[1:] {
				text := ts.ReadFile(name)
				ts.Check(t.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: int64(len(text))}))
				io.WriteString(t, text)
			}
			ts.Check(t.Close())
		case "zstd":
			z, err := zstd.NewWriter(&b)
			ts.Check(err)
			io.WriteString(z, ts.ReadFile(args[1]))
			ts.Check(z.Close())
		}
		ts.Check(os.WriteFile(ts.MkAbs(args[0]), b.Bytes(), 0o666))
	}
}
