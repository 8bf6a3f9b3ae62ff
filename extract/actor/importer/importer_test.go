package importer

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"entente/extract/actor"
)

var update = flag.Bool("update", false, "rewrite the golden files of testdata")

var dictionary = sync.OnceValues(actor.Load)

func options(t testing.TB, f Format) Options {
	t.Helper()
	d, err := dictionary()
	if err != nil {
		t.Fatal(err)
	}
	return Options{Format: f, Dictionary: d}
}

// text is an input of a text.
func text(name, s string) Input {
	return Input{Name: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(s)), nil }}
}

// report imports a file and says what became of it: the dictionary, the
// problems, the counts.
func report(t *testing.T, f Format, file string) (dictionary, all string) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", file))
	if err != nil {
		t.Fatal(err)
	}
	o := options(t, f)
	var problems strings.Builder
	o.Warn = func(p Problem) { fmt.Fprintf(&problems, "%s\n", p) }
	var out bytes.Buffer
	sum, err := Import(&out, []Input{text(file, string(b))}, o)
	if err != nil {
		t.Fatal(err)
	}
	counts := fmt.Sprintf("%d actors, %d extended, %d names, %d roles; left out: %d records, %d names, %d roles\n",
		sum.Actors, sum.Extended, sum.Names, sum.Roles, sum.Problems[Record], sum.Problems[Name], sum.Problems[Role])
	for _, reason := range slices.Sorted(maps.Keys(sum.Passed)) {
		counts += fmt.Sprintf("passed over: %d × %s\n", sum.Passed[reason], reason)
	}
	return out.String(), out.String() + "\n" + problems.String() + "\n" + counts
}

// What the three readers make of files with every kind of fault, and that it can be loaded.
func TestGolden(t *testing.T) {
	for file, f := range map[string]Format{"actors.petrarch": Petrarch, "entities.ftm": FTM, "rows.csv": CSV} {
		dict, got := report(t, f, file)
		golden := filepath.Join("testdata", file+".golden")
		if *update {
			if err := os.WriteFile(golden, []byte(got), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s: got\n%s\nwant\n%s", file, got, want)
		}
		path := filepath.Join(t.TempDir(), "imported.txt")
		if err := os.WriteFile(path, []byte(dict), 0o666); err != nil {
			t.Fatal(err)
		}
		if _, err := actor.LoadWith(path); err != nil {
			t.Errorf("%s: what was imported cannot be loaded: %v", file, err)
		}
	}
}

func TestCSVThatCannotBeRead(t *testing.T) {
	for in, want := range map[string]string{
		"":                     "x.csv: the file is empty: want a header of id,name,",
		"id,nom\n":             "x.csv: line 1: column \"nom\" is unknown (want some of id,name,",
		"id,name,id\n":         "x.csv: line 1: column \"id\" stands twice",
		"name,type\n":          "x.csv: line 1: there is no column \"id\"",
		"id,name\nngo:a,\"A\n": "what follows cannot be read",
	} {
		_, err := Import(io.Discard, []Input{text("x.csv", in)}, options(t, CSV))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", in, err, want)
		}
	}
}

func TestImportOfNoFormat(t *testing.T) {
	if _, err := Import(io.Discard, nil, options(t, "xml")); err == nil || !strings.Contains(err.Error(), "xml") {
		t.Errorf("got %v", err)
	}
}

func TestSpell(t *testing.T) {
	for in, want := range map[string]string{
		"PRIME_MINISTER_OF_FRANCE_": "Prime Minister of France", "UN_": "UN", "NATO_": "Nato", "JEAN-PAUL_O'NEILL_": "Jean-Paul O'Neill",
		"BASHAR_AL-ASSAD_": "Bashar al-Assad", "Mixed Case": "Mixed Case", "AL_QAEDA": "Al Qaeda", "CÔTE_D'IVOIRE_": "Côte D'Ivoire",
	} {
		if got := spell(in); got != want {
			t.Errorf("spell(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestReadDay(t *testing.T) {
	for in, want := range map[string]string{
		"20070516": "2007-05-16", "930120": "1993-01-20", "010120": "2001-01-20", "2004017": "", "20111301": "", "": "", "abcdef": "",
	} {
		if got, err := readDay(in); string(got) != want || (err == nil) != (want != "") {
			t.Errorf("readDay(%q) = %q, %v", in, got, err)
		}
	}
}

// No reader panics, and what it writes can always be loaded over the dictionary that it
// was imported with, which is a small one here.
func FuzzImport(f *testing.F) {
	small := fstest.MapFS{
		"a.txt":      {Data: []byte("state:FRA  France\n  adj: French\n  capital: Paris\n  country: FRA\nstate:USA  United States\n  country: USA\nperson:a-b  Ann Bee\n  country: FRA\n")},
		"titles.txt": {Data: []byte("official ; official ; official\nchairman ; business ; chairman\nmayor ; official ; mayor\nforeign minister ; minister ; foreign minister\n")},
	}
	d, err := actor.LoadFS(small)
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range []string{"actors.petrarch", "entities.ftm", "rows.csv"} {
		b, err := os.ReadFile(filepath.Join("testdata", file))
		if err != nil {
			f.Fatal(err)
		}
		for line := range bytes.Lines(b) {
			f.Add(string(line))
		}
		f.Add(string(b))
	}
	f.Add("A_ B [USAGOV >010101]\nC:\x00_[FRA")
	f.Fuzz(func(t *testing.T, in string) {
		for _, format := range Formats {
			var out bytes.Buffer
			head := ""
			if format == CSV {
				head = strings.Join(Columns, ",") + "\n"
			}
			if _, err := Import(&out, []Input{text("fuzz", head+in)}, Options{Format: format, Dictionary: d}); err != nil {
				continue
			}
			if _, err := actor.LoadFS(small, fstest.MapFS{"i.txt": {Data: out.Bytes()}}); err != nil {
				t.Fatalf("%s: %v\n%s", format, err, out.String())
			}
		}
	})
}
