package ingest

import (
	"fmt"
	"strings"
	"testing"
)

func TestParseDate(t *testing.T) {
	for in, want := range map[string]string{
		"2024-04-04":                          "2024-04-04",
		" 2024-04 ":                           "2024-04",
		"2024":                                "2024",
		"2024-04-04T12:00:00Z":                "2024-04-04",
		"2024-04-04T23:59:59.999-11:00":       "2024-04-04",
		"2024-04-04T12:00:00+0200":            "2024-04-04",
		"2024-04-04T12:00":                    "2024-04-04",
		"2024-04-04 12:00:00":                 "2024-04-04",
		"2024-04-04 12:00:00+00:00":           "2024-04-04",
		"2024-04-04 12:00:00 UTC":             "2024-04-04",
		"Thu, 04 Apr 2024 12:00:00 GMT":       "2024-04-04",
		"Thu, 4 Apr 2024 12:00:00 -0500":      "2024-04-04",
		"April 4, 2024":                       "2024-04-04",
		"april  4, 2024":                      "2024-04-04",
		"4 April 2024":                        "2024-04-04",
		"Thursday, 4 April 2024":              "2024-04-04",
		"1712232000":                          "2024-04-04",
		"1712232000000":                       "2024-04-04",
		"1712232000.5":                        "2024-04-04",
		"20240404":                            "2024-04-04",
		"20240404120000":                      "2024-04-04",
		"2024/04/04":                          "2024-04-04",
		"04/05/2024":                          "",
		"2026-13-01":                          "",
		"2023-02-29":                          "",
		"0001-01-01T00:00:00Z":                "",
		"0000-00-00":                          "",
		"0999":                                "",
		"20241304120000":                      "",
		"-1712232000":                         "",
		"12":                                  "",
		"NaN":                                 "",
		"":                                    "",
		"yesterday":                           "",
		"2024-04-04 was a day":                "",
		"Thu, 04 Apr 2024 12:00:00 GMT extra": "",
	} {
		got, err := parseDate(in)
		if string(got) != want || (err != nil) != (want == "") {
			t.Errorf("parseDate(%q) = %q, %v; want %q", in, got, err, want)
		}
	}
}

func TestFieldNames(t *testing.T) {
	for in, want := range map[string]string{
		`{"TEXT":"a","Body":"b"}`:                                           "a",
		`{"text":"","body":"b"}`:                                            "b",
		`{"text":null,"content":"c"}`:                                       "c",
		`{"articleBody":"d"}`:                                               "d",
		`{"full_text":"e"}`:                                                 "e",
		`{"Text":"first","text":"second"}`:                                  "first",
		`{"text":"a","text":"b"}`:                                           "b",
		`{"text":["a","b "]}`:                                               "a\n\nb",
		`{"text":"a","source":{"title":"S"},"domain":"d"}`:                  "a|S",
		`{"text":"a","source":{"x":1},"domain":"d"}`:                        "a|d",
		`{"text":"a","publisher":"P","source":"S"}`:                         "a|P",
		`{"text":"<p>One &amp; two.</p><p>Three.</p>"}`:                     "One & two.\n\nThree.",
		`{"text":"<3 is less than 4"}`:                                      "<3 is less than 4",
		`{"text":"lone \ud800 surrogate"}`:                                  "lone \uFFFD surrogate",
		`{"text":"tab\tbell\u0007 and\u00a0more\u2028next line is a line"}`: "tab bell and more next line is a line",
	} {
		d, err := articleDraft([]byte(in), Options{})
		if err != nil {
			t.Errorf("%s: %v", in, err)
			continue
		}
		got := body(d.paragraphs)
		if d.publisher != "" {
			got += "|" + d.publisher
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", in, got, want)
		}
	}
}

func TestMatch(t *testing.T) {
	for _, test := range []struct{ head, ext, want string }{
		{`{"text":"x"}`, "", "jsonReader"},
		{`{"text":"x"}` + "\n", ".json", "jsonReader"},
		{`{"text":"x"}` + "\n", ".jsonl", "linesReader"},
		{`{"text":"x"}` + "\n\n" + `{"text":`, "", "linesReader"},
		{`{"text":"` + strings.Repeat("x", headLen), "", "linesReader"},
		{"{\n{", ".json", "linesReader"},
		{`{"source":` + "\n" + `  {"name":"x"}}`, "", "jsonReader"},
		{`[{"text":"x"}]`, ".jsonl", "jsonReader"},
		{"[Correction] Sweden", ".txt", "textReader"},
		{"[Correction] Sweden", "", "jsonReader"},
		{"{Sweden}", ".md", "textReader"},
		{"<HTML>", "", "htmlReader"},
		{"<!-- x --><p>", "", "htmlReader"},
		{`<?xml version="1.0"?><html`, "", "htmlReader"},
		{"Sweden <b>met</b> Finland", ".html", "htmlReader"},
		{"<3 Sweden", ".txt", "textReader"},
		{"Sweden", ".html", "textReader"},
	} {
		r, err := recognise(Source{Path: "a" + test.ext}, []byte(test.head), Options{})
		if err != nil {
			t.Errorf("%.40q%s: %v", test.head, test.ext, err)
			continue
		}
		if got := strings.TrimPrefix(fmt.Sprintf("%T", r), "ingest."); got != test.want {
			t.Errorf("%.40q%s: %s, want %s", test.head, test.ext, got, test.want)
		}
	}
}

func TestSourceName(t *testing.T) {
	for path, want := range map[string]string{
		"news/a.txt": "a", "a.html.txt": "a", "a.b": "a.b", "2024.04.04.json": "2024.04.04", "stdin": "stdin",
		".txt": ".txt", "a \x01\xffb.md": "a \uFFFDb", "x.JSONL": "x",
	} {
		if got := (Source{Path: path}).name(); got != want {
			t.Errorf("%q: got %q, want %q", path, got, want)
		}
	}
}
