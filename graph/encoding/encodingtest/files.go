package encodingtest

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"entente/graph/encoding"
)

// Pack makes one file of a format that has several, so that Run can test it:
// each write is a frame with the name of its file. Unpack takes it apart.
func Pack(write func(create func(name string) (io.WriteCloser, error), g *encoding.Graph) error) func(io.Writer, *encoding.Graph) error {
	return func(w io.Writer, g *encoding.Graph) error {
		return write(func(name string) (io.WriteCloser, error) { return frames{w, name}, nil }, g)
	}
}

type frames struct {
	w    io.Writer
	name string
}

func (f frames) Write(p []byte) (int, error) {
	if _, err := f.w.Write(fmt.Appendf(nil, "%s %d\n%s", f.name, len(p), p)); err != nil {
		return 0, err
	}
	return len(p), nil
}

func (f frames) Close() error { return nil }

// Unpack returns the files that Pack wrote, by name.
func Unpack(b []byte) (map[string][]byte, error) {
	files := map[string][]byte{}
	for len(b) > 0 {
		head, rest, _ := bytes.Cut(b, []byte("\n"))
		var name string
		var n int
		if _, err := fmt.Sscan(string(head), &name, &n); err != nil || n > len(rest) {
			return nil, fmt.Errorf("bad frame %q: %v", head, err)
		}
		files[name], b = append(files[name], rest[:n]...), rest[n:]
	}
	return files, nil
}

// Golden compares the files that write makes of the sample with those in
// testdata, or with update writes them there.
func Golden(t *testing.T, update bool, write func(create func(name string) (io.WriteCloser, error), g *encoding.Graph) error) {
	t.Helper()
	for name, got := range Files(t, Sample(), write) {
		GoldenFile(t, update, name, got)
	}
}

// GoldenFile compares got with the file of that name in testdata, or with update
// writes it there.
func GoldenFile(t *testing.T, update bool, name string, got []byte) {
	t.Helper()
	golden := filepath.Join("testdata", name)
	if update {
		if err := os.WriteFile(golden, got, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs from the golden file (go test -update writes it anew):\n%s", name, got)
	}
}

// Files returns what write makes of g, by the name of the file.
func Files(t *testing.T, g *encoding.Graph, write func(create func(name string) (io.WriteCloser, error), g *encoding.Graph) error) map[string][]byte {
	t.Helper()
	var b bytes.Buffer
	if err := Pack(write)(&b, g); err != nil {
		t.Fatal(err)
	}
	files, err := Unpack(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return files
}
