package ingest

import (
	"fmt"
	"strings"
	"testing"

	"entente/graph"
)

func TestDateInURL(t *testing.T) {
	for in, want := range map[string]graph.Date{
		"https://example.org/2024/04/04/envoy-recalled/":           "2024-04-04",
		"https://example.org/world/2024/apr/04/envoy-recalled":     "2024-04-04",
		"https://example.org/world/2024/4/4/envoy":                 "2024-04-04",
		"https://example.org/news/2024-04-04/envoy":                "2024-04-04",
		"https://example.org/news/20240404/envoy.html":             "2024-04-04",
		"https://example.org/world/envoy-recalled-2024-04-04/":     "2024-04-04",
		"https://example.org/world/envoy-recalled_2024-04-04.html": "2024-04-04",
		"https://example.org/2024/04/04/remembering-2001-09-11":    "2024-04-04",
		"https://example.org/from-2024-04-04-to-2024-04-06":        "",
		"https://example.org/2024/04/envoy":                        "",
		"https://example.org/2024/13/04/envoy":                     "",
		"https://example.org/2024/02/30/envoy":                     "",
		"https://example.org/envoy-20240404123":                    "",
		"https://example.org/id/12024/04/04":                       "",
		"https://example.org/envoy?date=2024-04-04":                "",
		"2024/04/04":                          "",
		"":                                    "",
		"https://example.org/%zz/2024/04/04/": "",
	} {
		if got := dateInURL(in); got != want {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
}

func TestDateInPath(t *testing.T) {
	for in, want := range map[string]graph.Date{
		"news/2024-04-04.txt":          "2024-04-04",
		"news/wire_20240404.txt":       "2024-04-04",
		"news/2024_04_04-envoy.html":   "2024-04-04",
		"2024/04/04/envoy.txt":         "2024-04-04",
		`news\2024\04\04\envoy.txt`:    "2024-04-04",
		"news/2024-04-04/envoy.txt":    "2024-04-04",
		"news/20240404/envoy.txt":      "2024-04-04",
		"backup-2024-04-04/news/a.txt": "",
		"news/1234520240404.txt":       "",
		"2024-04-04_to_2024-05-04.txt": "",
		"stdin":                        "",
		"news/envoy.txt":               "",
	} {
		if got := dateInPath(in); got != want {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
}

// The best source of a date wins, and is named.
func TestDateFrom(t *testing.T) {
	const text = " Norland recalled its envoy."
	page := func(head, line string) string {
		return "<html><head>" + head + "</head><body><article><p>" + line + text + "</p></article></body></html>"
	}
	const (
		ld       = `<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2024-04-01"}</script>`
		og       = `<meta property="article:published_time" content="2024-04-02">`
		meta     = `<meta name="date" content="2024-04-03">`
		link     = `<link rel="canonical" href="https://example.org/2024/04/04/x/">`
		withYear = "OSLO, April 5, 2024 (AFP) —"
		noYear   = "OSLO, April 5 (AFP) —"
	)
	record := fmt.Sprintf("WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: https://example.org/2024/04/04/x\r\n"+
		"Content-Type: text/html\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", len(page("", noYear)), page("", noYear))
	for _, test := range []struct{ path, in, want, dateline string }{
		{"2024-04-06.warc", record, "2024-04-04 url", "2024-04-05"},
		{"2024-04-06.html", page(ld+og+meta+link, withYear), "2024-04-01 json-ld", "2024-04-05"},
		{"2024-04-06.html", page(og+meta+link, noYear), "2024-04-02 og", "2024-04-05"},
		{"2024-04-06.html", page(meta+link, withYear), "2024-04-03 meta", "2024-04-05"},
		{"2024-04-06.html", page(link+`<time datetime="2024-04-07">`, withYear), "2024-04-07 time", "2024-04-05"},
		{"2024-04-06.html", page(link, withYear), "2024-04-04 url", "2024-04-05"},
		{"2024-04-06.html", "<!-- saved from url=(0032)https://example.org/2024/04/04/x -->\n" + page("", withYear), "2024-04-04 url", "2024-04-05"},
		{"2024-04-06.html", page("", `</p><h1>T</h1><span class="date">7 April 2024, 10:30</span><p>`+withYear), "2024-04-07 time", "2024-04-05"},
		{"2024-04-06.html", page("", `</p><h1>T</h1><ul><li><div><span class="date">7 April 2024</span></div></li></ul><p>`+withYear), "2024-04-05 dateline", "2024-04-05"},
		{"2024-04-06.html", page("", withYear), "2024-04-05 dateline", "2024-04-05"},
		{"2024-04-06.txt", withYear + text, "2024-04-05 dateline", "2024-04-05"},
		{"2024-04-06.txt", noYear + text, "2024-04-06 file name", "2024-04-05"},
		{"a.txt", noYear + text, "2024-04-08 option", "2024-04-05"},
		{"a.md", "---\npublishedDate: 3 February 2024\n---\n" + noYear + text, "2024-02-03 field", "2024-04-05"},
		{"a.txt", "Date: 2024\n\n" + noYear + text, "2024-04-05 dateline", "2024-04-05"},
		{"a.txt", "Date: 2024-05\n\n" + noYear + text, "2024-05 field", "2024-04-05"},
		{"2024-04-06.jsonl", `{"text":"` + text + `"}`, "2024-04-08 option", ""},
		{"2024-04-06.txt", "Date: soon\n\n" + text, " ", ""},
	} {
		for a, err := range Read(Source{Path: test.path, R: strings.NewReader(test.in)}, Options{Published: "2024-04-08"}) {
			if err != nil {
				t.Error(test.path, err)
			}
			if got := string(a.Published) + " " + string(a.DateFrom); got != test.want || string(a.Dateline.Date) != test.dateline {
				t.Errorf("%s %s: %s, dateline %s; want %s, %s", test.path, test.in, got, a.Dateline.Date, test.want, test.dateline)
			}
		}
	}
	for a := range Read(Source{Path: "a.txt", R: strings.NewReader(noYear + text)}, Options{}) {
		if want := (graph.Dateline{Place: "OSLO", Agency: "AFP"}); a.Dateline != want || a.Published != "" || a.DateFrom != "" {
			t.Errorf("%+v, published %q from %q", a.Dateline, a.Published, a.DateFrom)
		}
	}
}
