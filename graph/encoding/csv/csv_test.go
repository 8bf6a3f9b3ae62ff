package csv

import (
	"bytes"
	"encoding/csv"
	"flag"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"entente/graph"
	"entente/graph/encoding"
	"entente/graph/encoding/encodingtest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// guarded says what the package promises, in other words than its code.
func guarded(s string) string {
	s = encoding.Line(s)
	for _, formula := range []string{"=", "+", "-", "@"} {
		if strings.HasPrefix(s, formula) {
			return "'" + s
		}
	}
	return s
}

func parse(b []byte) (p encodingtest.Parsed, err error) {
	files, err := encodingtest.Unpack(b)
	if err != nil {
		return p, err
	}
	p.Names = map[graph.ActorID]string{}
	nodes, err := records(files["nodes.csv"], "Id")
	if err != nil {
		return p, err
	}
	for _, n := range nodes {
		p.Names[graph.ActorID(n["Id"])] = n["Label"]
	}
	edges, err := records(files["edges.csv"], "Source")
	for _, e := range edges {
		n, err := strconv.Atoi(e["Weight"])
		if err != nil {
			return p, err
		}
		p.Edges = append(p.Edges, encodingtest.Edge{Source: graph.ActorID(e["Source"]), Target: graph.ActorID(e["Target"]), Predicate: e["Label"], Events: n})
	}
	return p, err
}

func records(b []byte, first string) (rows []map[string]string, err error) {
	lines, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
	if err != nil {
		return nil, err
	}
	if len(lines) == 0 || lines[0][0] != first {
		return nil, fmt.Errorf("no header that begins with %s", first)
	}
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, cell := range line {
			row[lines[0][i]] = cell
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func TestContract(t *testing.T) {
	encodingtest.Run(t, encodingtest.Format{Write: encodingtest.Pack(Write), Read: parse, Name: guarded})
}

func TestGolden(t *testing.T) { encodingtest.Golden(t, *update, Write) }

func TestNumbersAreNotGuarded(t *testing.T) {
	edges, err := records(encodingtest.Files(t, encodingtest.Sample(), Write)["edges.csv"], "Source")
	if err != nil {
		t.Fatal(err)
	}
	sums := 0
	for _, e := range edges {
		if e["Label"] == "condemn" {
			sums++
			if e["Goldstein"] != "-4" {
				t.Errorf("the Goldstein sum of two condemnations is %q, want -4", e["Goldstein"])
			}
		}
	}
	if sums != 1 {
		t.Errorf("%d relations of condemnation, want 1", sums)
	}
}
