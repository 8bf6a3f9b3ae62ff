package ingest

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"testing"
)

func typeName(v any) string { return fmt.Sprintf("%T", v) }

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

// fuzzReader checks that a reader holds its promises for any bytes.
func fuzzReader(f *testing.F, r Reader) {
	path := "fuzz" + r.Extensions()[0]
	f.Fuzz(func(t *testing.T, data []byte) {
		opts := Options{MaxLine: 1 << 12, MaxArticle: 1 << 16}.withDefaults()
		src := Source{Path: path, R: bytes.NewReader(data)}
		readAllArticles(t, r.Read(src, opts))
	})
}

func FuzzJSON(f *testing.F) {
	addSeeds(f, "json", "lines")
	fuzzReader(f, jsonReader{})
}

func FuzzLines(f *testing.F) {
	addSeeds(f, "json", "lines")
	fuzzReader(f, linesReader{})
}

func FuzzHTML(f *testing.F) {
	addSeeds(f, "html")
	fuzzReader(f, htmlReader{})
}

// FuzzText also checks that the paragraphs of a body are those of the text it
// came from: cleaning twice changes nothing.
func FuzzText(f *testing.F) {
	addSeeds(f, "text", "damaged")
	f.Fuzz(func(t *testing.T, data []byte) {
		readAllArticles(t, Read(Source{Path: "fuzz.txt", R: bytes.NewReader(data)}, Options{MaxArticle: 1 << 16}))
		once := paragraphs(string(bytes.ToValidUTF8(data, nil)))
		if twice := paragraphs(body(once)); !slices.Equal(once, twice) {
			t.Errorf("paragraphs %q become %q", once, twice)
		}
	})
}
