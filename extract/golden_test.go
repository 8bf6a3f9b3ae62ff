package extract

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"entente/graph"
)

var update = flag.Bool("update", false, "rewrite the golden lines of testdata from what the pipeline gives")

var pipeline = sync.OnceValues(func() (*Pipeline, error) { return New(Options{}) })

func newPipeline(t testing.TB) *Pipeline {
	t.Helper()
	p, err := pipeline()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// published is the date of every case that gives none.
const published = graph.Date("2024-04-04") // a Thursday

// A case file holds blocks separated by empty lines. Lines that start with #
// say what the block is about; "@ DATE" gives the publication date ("@" none); lines that
// start with > are what the text must yield; the rest is the text, a paragraph
// a line.
type golden struct {
	head []string // comments and date, as written
	day  graph.Date
	text []string
	want []string
}

func readCases(t *testing.T, file string) []golden {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var cases []golden
	for _, block := range strings.Split(strings.TrimSpace(string(b)), "\n\n") {
		c := golden{day: published}
		for _, line := range strings.Split(strings.TrimSpace(block), "\n") {
			switch {
			case strings.HasPrefix(line, "#"):
				c.head = append(c.head, line)
			case strings.HasPrefix(line, "@"):
				c.head = append(c.head, line)
				day, err := graph.ParseDate(strings.TrimSpace(line[1:]))
				if err != nil {
					t.Fatalf("%s: %v", file, err)
				}
				c.day = day
			case strings.HasPrefix(line, ">"):
				c.want = append(c.want, strings.TrimSpace(strings.TrimPrefix(line, ">")))
			case line != "":
				c.text = append(c.text, line)
			}
		}
		cases = append(cases, c)
	}
	return cases
}

// summary writes what a record holds, a line an event and an affiliation.
func summary(r graph.Record) []string {
	var out []string
	for _, e := range r.Events {
		line := fmt.Sprintf("%s —%s→ %s, %s %s", e.Source.Name, e.Predicate, e.Target.Name, e.Category, e.Status)
		if e.DateBasis == graph.DateFromText {
			line += ", " + string(e.Date)
		}
		if e.AttributedTo != nil {
			line += ", says " + e.AttributedTo.Name
		}
		out = append(out, line)
	}
	for _, a := range r.Affiliations {
		line := fmt.Sprintf("%s is %s of %s", a.Person.Name, a.Role, a.Org.Name)
		if a.Former {
			line += ", former"
		}
		out = append(out, line)
	}
	return out
}

func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no case files: %v", err)
	}
	p := newPipeline(t)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			cases := readCases(t, file)
			var b strings.Builder
			for i, c := range cases {
				got := summary(p.Extract(graph.Article{ID: "case", Published: c.day, Body: strings.Join(c.text, "\n\n")}))
				if strings.Join(got, "\n") != strings.Join(c.want, "\n") && !*update && len(c.text) > 0 {
					t.Errorf("%s\n got %s\nwant %s", strings.Join(c.text, "\n"), strings.Join(got, "\n     "), strings.Join(c.want, "\n     "))
				}
				if i > 0 {
					b.WriteByte('\n')
				}
				for _, line := range append(c.head, c.text...) {
					b.WriteString(line + "\n")
				}
				if len(c.text) == 0 {
					continue
				}
				for _, line := range got {
					b.WriteString("> " + line + "\n")
				}
			}
			if *update {
				if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}
