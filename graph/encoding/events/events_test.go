package events

import (
	"bytes"
	"errors"
	"flag"
	"io"
	"strings"
	"testing"

	"entente/graph"
	"entente/graph/encoding"
	"entente/graph/encoding/encodingtest"
)

var update = flag.Bool("update", false, "write the golden files anew")

type format struct {
	write   func(io.Writer, *encoding.Graph) error
	columns int
	header  bool
	codes   int    // the column of the code or category
	first   string // what it is in the first row
}

// The sample has one asserted event without a code (ally_of) and three that are
// not asserted, of eight and the hostile ones.
var formats = map[string]format{
	"gdelt":   {WriteGDELT, 61, false, 26, "111"},
	"phoenix": {WritePhoenix, 26, false, 13, "111"},
	"polecat": {WritePolecat, 40, true, 2, "ACCUSE"},
}

func rows(t *testing.T, f format, g *encoding.Graph) [][]string {
	t.Helper()
	var b bytes.Buffer
	if err := f.write(&b, g); err != nil {
		t.Fatal(err)
	}
	var table [][]string
	for line := range strings.Lines(b.String()) {
		cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(cells) != f.columns {
			t.Fatalf("%d columns, want %d: %q", len(cells), f.columns, line)
		}
		table = append(table, cells)
	}
	if f.header {
		return table[1:]
	}
	return table
}

func TestRowsAreTheAssertedFactsWithACode(t *testing.T) {
	for name, f := range formats {
		t.Run(name, func(t *testing.T) {
			table := rows(t, f, encodingtest.Sample())
			if want := 4 + len(encodingtest.Hostile); len(table) != want {
				t.Errorf("%d rows, want %d", len(table), want)
			}
			if got := table[0][f.codes]; got != f.first {
				t.Errorf("column %d of the first row is %q, want %q", f.codes, got, f.first)
			}
			for _, row := range table {
				if code := row[f.codes]; code == "" || code == graph.NoCategory {
					t.Errorf("a row without a code: %q", row)
				}
			}
			if got := rows(t, f, encodingtest.Of(nil, nil)); len(got) != 0 {
				t.Errorf("of an empty graph: %q", got)
			}
		})
	}
}

func TestGolden(t *testing.T) {
	encodingtest.Golden(t, *update, func(create func(string) (io.WriteCloser, error), g *encoding.Graph) error {
		for _, name := range []string{"gdelt", "phoenix", "polecat"} {
			if err := encoding.WriteFile(create, name+".tsv", func(w io.Writer) error { return formats[name].write(w, g) }); err != nil {
				return err
			}
		}
		return nil
	})
}

var errDisk, errStore = errors.New("no space left on device"), errors.New("damaged row")

type full struct{ room int }

func (f *full) Write(p []byte) (int, error) {
	if len(p) > f.room {
		return 0, errDisk
	}
	f.room -= len(p)
	return len(p), nil
}

func TestErrors(t *testing.T) {
	for name, f := range formats {
		var whole bytes.Buffer
		if err := f.write(&whole, encodingtest.Sample()); err != nil {
			t.Fatal(err)
		}
		for _, room := range []int{0, whole.Len() - 1} {
			if err := f.write(&full{room}, encodingtest.Sample()); !errors.Is(err, errDisk) {
				t.Errorf("%s on a full disk: error %v", name, err)
			}
		}
		g := encodingtest.Sample()
		g.Facts = func(yield func(encoding.Fact, error) bool) { yield(encoding.Fact{}, errStore) }
		if err := f.write(io.Discard, g); !errors.Is(err, errStore) {
			t.Errorf("%s of a broken store: error %v", name, err)
		}
	}
}

func TestFractionDate(t *testing.T) {
	for date, want := range map[graph.Date]string{"2015-02-18": "2015.1315", "2024-01-01": "2024.0027", "2023-12-31": "2023.9890", "2024-04": "", "": ""} {
		if got := fractionDate(date); got != want {
			t.Errorf("fractionDate(%q) = %q, want %q", date, got, want)
		}
	}
}

func TestQuad(t *testing.T) {
	for code, want := range map[string]int{"010": 1, "057": 1, "061": 2, "0841": 2, "090": 3, "1383": 3, "140": 4, "204": 4, "": 0, "1": 0, "21": 0, "00": 0, "XX": 0} {
		if got := quad(code); got != want {
			t.Errorf("quad(%q) = %d, want %d", code, got, want)
		}
	}
}

func TestCode(t *testing.T) {
	for want, a := range map[string]graph.ActorRef{
		"FRA": {Country: "FRA", Type: graph.State}, "ROMGOV": {Country: "ROU", Type: graph.Government}, "IGO": {Type: graph.IGO},
		"UAF": {Country: "XKX", Type: graph.ArmedGroup}, "": {Type: graph.Person},
	} {
		if got := code(a); got != want {
			t.Errorf("code(%v) = %q, want %q", a, got, want)
		}
	}
}

func TestGDELTCells(t *testing.T) {
	cells := rows(t, formats["gdelt"], encodingtest.Sample())[0]
	want := map[int]string{1: "20240404", 2: "202404", 3: "2024", 4: "2024.2575", 6: "EMMANUEL MACRON", 7: "FRA", 15: "RUS", 17: "RUS", 25: "1",
		26: "111", 27: "111", 28: "11", 29: "3", 30: "-2", 31: "2", 32: "2", 33: "2", 34: "", 59: "20240404000000", 60: `https://example.org/a1?x=1&y="2"`}
	for i, w := range want {
		if cells[i] != w {
			t.Errorf("GDELT's column %d is %q, want %q", i, cells[i], w)
		}
	}
}
