package ingest

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"entente/graph"
)

// carrier writes articles in one format, to try every reader with one text.
type carrier struct {
	path string // of the file
	one  bool   // a file holds one article
	// loses says that the format has no place for the title, the publisher or
	// the date.
	loses bool
	write func(articles []graph.Article) []byte
}

// spread writes each article with one, between head and tail.
func spread(head, tail string, one func(a graph.Article) string) func([]graph.Article) []byte {
	return func(articles []graph.Article) []byte {
		var b bytes.Buffer
		b.WriteString(head)
		for _, a := range articles {
			b.WriteString(one(a))
		}
		b.WriteString(tail)
		return b.Bytes()
	}
}

func jsonOf(a graph.Article) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(map[string]string{"headline": a.Title, "maintext": a.Body, "date_publish": string(a.Published),
		"source_domain": a.Publisher, "url": a.URL}); err != nil {
		panic(err)
	}
	return b.String()
}

func pageOf(a graph.Article) string {
	return fmt.Sprintf(`<!doctype html><html><head><title>%s</title><meta property="article:published_time" content="%s">`+
		`<meta property="og:site_name" content="%s"><link rel="canonical" href="%s"></head><body><nav><a href="/">Home</a></nav><article><h1>%[1]s</h1>%[5]s</article></body></html>`,
		html.EscapeString(a.Title), a.Published, html.EscapeString(a.Publisher), html.EscapeString(a.URL), markupOf(a.Body))
}

func markupOf(body string) string {
	return "<p>" + strings.ReplaceAll(html.EscapeString(body), "\n\n", "</p><p>") + "</p>"
}

func mailOf(a graph.Article) string {
	return fmt.Sprintf("From: \"%s\" <desk@wire.example>\nSubject: %s\nDate: Thu, 04 Apr 2024 12:00:00 +0000\nMIME-Version: 1.0\n"+
		"Archived-At: <%s>\nContent-Type: text/plain; charset=utf-8\n\n%s\n", a.Publisher, a.Title, a.URL, a.Body)
}

func recordOf(a graph.Article) string {
	block := "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + pageOf(a)
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: %s\r\nContent-Type: application/http\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n",
		a.URL, len(block), block)
}

func table(comma rune) func([]graph.Article) []byte {
	return func(articles []graph.Article) []byte {
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		w.Comma = comma
		w.Write([]string{"Title", "Content", "Publication Date", "Publisher", "Link"})
		for _, a := range articles {
			w.Write([]string{a.Title, a.Body, string(a.Published), a.Publisher, a.URL})
		}
		w.Flush()
		return b.Bytes()
	}
}

var carriers = []carrier{
	{path: "a.txt", one: true, write: spread("", "", func(a graph.Article) string {
		return fmt.Sprintf("Title: %s\nDate: %s\nSource: %s\nURL: %s\n\n%s\n", a.Title, a.Published, a.Publisher, a.URL, a.Body)
	})},
	{path: "a.md", one: true, write: spread("", "", func(a graph.Article) string {
		return fmt.Sprintf("---\ntitle: %q\ndate: %s\npublisher: %q\nlink: %s\n---\n\n%s\n", a.Title, a.Published, a.Publisher, a.URL, a.Body)
	})},
	{path: "a.jsonl", write: spread("", "", jsonOf)},
	{path: "a.json", write: spread("[", "{\"text\":\"The end.\"}]", func(a graph.Article) string { return jsonOf(a) + "," })},
	{path: "a.csv", write: table(',')},
	{path: "a.tsv", write: table('\t')},
	{path: "a.html", one: true, write: spread("", "", pageOf)},
	{path: "a.xml", write: spread(`<?xml version="1.0"?><rss version="2.0"><channel><title>Meridian Wire</title>`, `</channel></rss>`, func(a graph.Article) string {
		return fmt.Sprintf("<item><title>%s</title><link>%s</link><pubDate>Thu, 04 Apr 2024 12:00:00 +0000</pubDate><description>%s</description></item>",
			html.EscapeString(a.Title), html.EscapeString(a.URL), html.EscapeString(markupOf(a.Body)))
	})},
	{path: "a.warc", write: spread("", "", recordOf)},
	{path: "a.eml", one: true, write: spread("", "", mailOf)},
	{path: "a.mbox", write: spread("", "", func(a graph.Article) string {
		return "From desk@wire.example Thu Apr  4 12:00:00 2024\n" + mailOf(a) + "\n"
	})},
	{path: "lexis.txt", loses: true, write: spread("", "", func(a graph.Article) string {
		return fmt.Sprintf("1 of 9 DOCUMENTS\n\n%s\n\nApril 4, 2024 Thursday\n\n%s\n\nLENGTH: 99 words\n\n%s\n\nLOAD-DATE: April 5, 2024\n\n", a.Publisher, a.Title, a.Body)
	})},
	{path: "factiva.txt", loses: true, write: spread("", "", func(a graph.Article) string {
		return fmt.Sprintf("HD\n%s\nWC\n99 words\nPD\n4 April 2024\nSN\n%s\nLP\n%s\nAN\nDocument WIRE000020240404ek4400001\n\n", a.Title, a.Publisher, a.Body)
	})},
	{path: "proquest.txt", write: spread("", "", func(a graph.Article) string {
		return fmt.Sprintf("%s\n\n%s\n\nFull text: %s\n\nPublication title: %s; Lima\n\nPublication date: Apr 4, 2024\n\nDocument URL: %s\n\n",
			strings.Repeat("_", 60), a.Title, a.Body, a.Publisher, a.URL)
	})},
}

// packers pack a file, under the name of the packed one.
var packers = []struct {
	suffix string
	pack   func(name string, data []byte) []byte
}{
	{"", func(_ string, data []byte) []byte { return data }},
	{".gz", func(_ string, data []byte) []byte { return gzipOf(data) }},
	{".zst", func(_ string, data []byte) []byte { return zstdOf(data) }},
	{".zip", func(name string, data []byte) []byte { return zipOf(map[string][]byte{name: data}) }},
	{".tar", func(name string, data []byte) []byte { return tarOf(name, data) }},
	{".tgz", func(name string, data []byte) []byte { return gzipOf(tarOf(name, data)) }},
	{".zip.zst", func(name string, data []byte) []byte { return zstdOf(zipOf(map[string][]byte{"in/" + name: data})) }},
}

func gzipOf(data []byte) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write(data)
	z.Close()
	return b.Bytes()
}

func zstdOf(data []byte) []byte {
	z, err := zstd.NewWriter(nil)
	if err != nil {
		panic(err)
	}
	return z.EncodeAll(data, nil)
}

func zipOf(files map[string][]byte) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, data := range files {
		w, err := z.Create(name)
		if err != nil {
			panic(err)
		}
		w.Write(data)
	}
	z.Close()
	return b.Bytes()
}

func tarOf(name string, data []byte) []byte {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	if err := w.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: int64(len(data))}); err != nil {
		panic(err)
	}
	w.Write(data)
	w.Close()
	return b.Bytes()
}

// sampleArticle is the nth of some articles that differ.
func sampleArticle(n int) graph.Article {
	return graph.Article{
		Title: fmt.Sprintf("Envoys & fleets: part %d", n), Published: "2024-04-04", Publisher: "Meridian Wire",
		URL: fmt.Sprintf("https://wire.example/2024/04/04/part-%d", n),
		Body: fmt.Sprintf("Peru recalled its ambassador from Chile on Monday over %d fishing boats that had entered its waters, its foreign ministry said.", n+2) +
			"\n\nChile called the step “regrettable” — and asked for talks in Brasília, where both have an embassy; \"we regret it\", its foreign minister said.",
	}
}

// TestCarriers: every reader, in every packing, gives the same articles.
func TestCarriers(t *testing.T) {
	for _, c := range carriers {
		for _, p := range packers {
			t.Run(c.path+p.suffix, func(t *testing.T) {
				n := 3
				if c.one {
					n = 1
				}
				var want []graph.Article
				for i := range n {
					want = append(want, sampleArticle(i))
				}
				data := p.pack(c.path, c.write(want))
				testContract(t, c.path+p.suffix, data)
				var got []graph.Article
				for a, err := range Read(Source{Path: c.path + p.suffix, R: bytes.NewReader(data)}, Options{}) {
					if err != nil {
						t.Fatal(err)
					}
					got = append(got, a)
				}
				if c.path == "a.json" {
					got = got[:len(got)-1] // the one that closes the array
				}
				if len(got) != n {
					t.Fatalf("%d articles, want %d", len(got), n)
				}
				for i := range got {
					checkArticle(t, got[i], want[i], c.loses)
				}
			})
		}
	}
}

func checkArticle(t *testing.T, got, want graph.Article, loses bool) {
	t.Helper()
	if got.Body != want.Body || got.Published != want.Published || got.Title != want.Title || got.Publisher != want.Publisher ||
		got.URL != want.URL && !loses {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

// BenchmarkReaders reads a few megabytes in each format, and one format in each
// packing: the speed is of the file's own bytes, unpacked.
func BenchmarkReaders(b *testing.B) {
	run := func(path string, data []byte, unpacked int) {
		b.Run(path, func(b *testing.B) {
			b.SetBytes(int64(unpacked))
			b.ReportAllocs()
			for b.Loop() {
				for _, err := range Read(Source{Path: path, R: bytes.NewReader(data)}, Options{}) {
					if err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
	var articles []graph.Article
	long := graph.Article{Title: "Long", Published: "2024-04-04", Publisher: "Meridian Wire", URL: "https://wire.example/long"}
	for i := range 400 {
		a := sampleArticle(i)
		a.Body = strings.Repeat(a.Body+"\n\n", 8) + "The end."
		articles = append(articles, a)
		long.Body += a.Body + "\n\n"
	}
	var lines []byte
	for _, c := range carriers {
		list := articles
		if c.one {
			list = []graph.Article{long}
		}
		data := c.write(list)
		if c.path == "a.jsonl" {
			lines = data
		}
		run(c.path, data, len(data))
	}
	for _, p := range packers[1:] {
		run("a.jsonl"+p.suffix, p.pack("a.jsonl", lines), len(lines))
	}
}

// repeated gives s over and over, n bytes in all.
func repeated(s string, n int64) io.Reader {
	return io.LimitReader(&endless{line: s, left: int(n)/len(s) + 1}, n)
}
