package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// TestRun measures a small network: what is printed is read by compare.py.
func TestRun(t *testing.T) {
	var out bytes.Buffer
	file := filepath.Join(t.TempDir(), "edges.txt")
	if err := run(options{edges: 2000, seed: 1, write: file, exact: true}, &out); err != nil {
		t.Fatal(err)
	}
	got := map[string]measured{}
	for dec := json.NewDecoder(&out); ; {
		var m measured
		if err := dec.Decode(&m); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		got[m.What] = m
	}
	for _, what := range []string{"build", "pagerank", "leiden", "core", "1000 paths", "betweenness", "harmonic"} {
		if m, ok := got[what]; !ok || m.Seconds <= 0 || m.Result <= 0 {
			t.Errorf("%s: got %+v", what, m)
		}
	}
	edges, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if lines := bytes.Count(edges, []byte("\n")); lines < 1900 || lines > 2000 {
		t.Errorf("%d edges written of 2000 ties", lines)
	}
}
