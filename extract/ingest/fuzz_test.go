package ingest

import (
	"bytes"
	"iter"
	"os"
	"slices"
	"testing"

	"entente/extract/nlp"
	"entente/graph"
)

func addSeeds(f *testing.F, folders ...string) {
	for _, folder := range folders {
		for _, path := range samples(f, folder) {
			data, err := os.ReadFile(path)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(data)
		}
	}
}

// fuzzOptions keep what fuzzing tries small.
var fuzzOptions = Options{MaxLine: 1 << 12, MaxArticle: 1 << 16, MaxUnpacked: 1 << 20, MaxMembers: 20, MaxSpool: 1 << 20}.withDefaults()

// fuzzReader checks that a reader holds its promises for any bytes, and that the
// tokens of what it yields are where they say.
func fuzzReader(f *testing.F, r Reader, path string) {
	f.Fuzz(func(t *testing.T, data []byte) {
		src := Source{Path: path, R: bytes.NewReader(data)}
		src.raw = src.R
		fuzzed(t, r.Read(src, fuzzOptions))
	})
}

// fuzzRead does the same for whatever reader is chosen.
func fuzzRead(f *testing.F, path string) {
	f.Fuzz(func(t *testing.T, data []byte) {
		fuzzed(t, Read(Source{Path: path, R: bytes.NewReader(data)}, fuzzOptions))
	})
}

func fuzzed(t *testing.T, articles iter.Seq2[graph.Article, error]) {
	readAllArticles(t, func(yield func(graph.Article, error) bool) {
		for a, err := range articles {
			for _, sentence := range nlp.Segment(a.Body) {
				for _, token := range sentence.Tokens {
					if got := a.Body[token.Span.Start:token.Span.End]; got != token.Text {
						t.Errorf("the token %q is %q in the text", token.Text, got)
					}
				}
			}
			if !yield(a, err) {
				return
			}
		}
	})
}

func FuzzJSON(f *testing.F) {
	addSeeds(f, "json", "lines")
	fuzzReader(f, jsonReader{}, "fuzz.json")
}

func FuzzLines(f *testing.F) {
	addSeeds(f, "json", "lines")
	fuzzReader(f, linesReader{}, "fuzz.jsonl")
}

func FuzzHTML(f *testing.F) {
	addSeeds(f, "html")
	fuzzReader(f, htmlReader{}, "fuzz.html")
}

func FuzzTable(f *testing.F) {
	addSeeds(f, "table")
	fuzzReader(f, tableReader{}, "fuzz.csv")
}

func FuzzFeed(f *testing.F) {
	addSeeds(f, "feed")
	fuzzReader(f, feedReader{}, "fuzz.xml")
}

func FuzzWARC(f *testing.F) {
	addSeeds(f, "warc")
	fuzzReader(f, warcReader{}, "fuzz.warc")
}

func FuzzMail(f *testing.F) {
	addSeeds(f, "mail")
	fuzzReader(f, mailReader{}, "fuzz.eml")
}

func FuzzMbox(f *testing.F) {
	addSeeds(f, "mail")
	fuzzReader(f, mboxReader{}, "fuzz.mbox")
}

func FuzzPress(f *testing.F) {
	addSeeds(f, "press")
	fuzzReader(f, pressReader{}, "fuzz.txt")
}

// FuzzPacked gives packings and archives what they and all formats hold.
func FuzzPacked(f *testing.F) {
	addSeeds(f, "packed", "warc", "damaged")
	fuzzRead(f, "fuzz")
}

// FuzzText also checks that the paragraphs of a body are those of the text it
// came from: cleaning twice changes nothing.
func FuzzText(f *testing.F) {
	addSeeds(f, "text", "damaged")
	f.Fuzz(func(t *testing.T, data []byte) {
		fuzzed(t, Read(Source{Path: "fuzz.txt", R: bytes.NewReader(data)}, fuzzOptions))
		once := paragraphs(string(bytes.ToValidUTF8(data, nil)))
		if twice := paragraphs(body(once)); !slices.Equal(once, twice) {
			t.Errorf("paragraphs %q become %q", once, twice)
		}
	})
}
