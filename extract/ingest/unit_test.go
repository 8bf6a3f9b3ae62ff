package ingest

import (
	"fmt"
	"strings"
	"testing"
)

func TestParseDate(t *testing.T) {
	for in, want := range map[string]string{
		"2024-04-04":                            "2024-04-04",
		" 2024-04 ":                             "2024-04",
		"2024":                                  "2024",
		"2024-04-04T12:00:00Z":                  "2024-04-04",
		"2024-04-04T23:59:59.999-11:00":         "2024-04-04",
		"2024-04-04T12:00:00+0200":              "2024-04-04",
		"2024-04-04T12:00":                      "2024-04-04",
		"2024-04-04 12:00:00":                   "2024-04-04",
		"2024-04-04 12:00:00+00:00":             "2024-04-04",
		"2024-04-04 12:00:00 UTC":               "2024-04-04",
		"Thu, 04 Apr 2024 12:00:00 GMT":         "2024-04-04",
		"Thu, 4 Apr 2024 12:00:00 -0500":        "2024-04-04",
		"April 4, 2024":                         "2024-04-04",
		"april  4, 2024":                        "2024-04-04",
		"4 April 2024":                          "2024-04-04",
		"Thursday, 4 April 2024":                "2024-04-04",
		"1712232000":                            "2024-04-04",
		"1712232000000":                         "2024-04-04",
		"1712232000.5":                          "2024-04-04",
		"20240404":                              "2024-04-04",
		"20240404120000":                        "2024-04-04",
		"2024/04/04":                            "2024-04-04",
		"13/02/2024":                            "2024-02-13",
		"02/13/2024":                            "2024-02-13",
		"13-02-2024 10:30":                      "2024-02-13",
		"2/13/2024 9:05:00 PM":                  "2024-02-13",
		"4/4/2024":                              "2024-04-04",
		"05.03.2024":                            "2024-03-05",
		"5.3.2024, 10:30":                       "2024-03-05",
		"Jan 5 2024 10:00AM":                    "2024-01-05",
		"Jan. 5, 2024 10:00 a.m. EST":           "2024-01-05",
		"Sept. 5th, 2024":                       "2024-09-05",
		"5th of September 2024 at 10:00":        "2024-09-05",
		"5-Sep-2024":                            "2024-09-05",
		"5 March 2024, 10:30":                   "2024-03-05",
		"3 February 2024 10:30 GMT+1":           "2024-02-03",
		"Tuesday, March 5, 2024 - 10:30 AM EST": "2024-03-05",
		"Tue, March 5 2024 | 10:30 (UTC)":       "2024-03-05",
		"04/05/2024":                            "",
		"30/02/2024":                            "",
		"13/13/2024":                            "",
		"13/02.2024":                            "",
		"02.13.2024":                            "",
		"30 February 2024":                      "",
		"Smarch 5, 2024":                        "",
		"5 March 2024 was a day":                "",
		"2026-13-01":                            "",
		"2023-02-29":                            "",
		"0001-01-01T00:00:00Z":                  "",
		"0000-00-00":                            "",
		"0999":                                  "",
		"20241304120000":                        "",
		"-1712232000":                           "",
		"12":                                    "",
		"NaN":                                   "",
		"":                                      "",
		"yesterday":                             "",
		"2024-04-04 was a day":                  "",
		"Thu, 04 Apr 2024 12:00:00 GMT extra":   "",
	} {
		got, err := parseDate(in, "")
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

func TestDateOrder(t *testing.T) {
	// The day that shows the order lies past the head of the input.
	long := strings.Repeat("01/02/2024,"+strings.Repeat("Peru thanked Chile. ", 100)+"\n", 100)
	for _, test := range []struct {
		path, in string
		order    DateOrder
		want     string // the days of the first two articles
	}{
		{"a.csv", "date,text\n04/05/2024,x\n04/13/2024,y\n", "", "2024-04-05 2024-04-13"},
		{"a.csv", "date,text\n04/05/2024,x\n13/04/2024,y\n", "", "2024-05-04 2024-04-13"},
		{"a.csv", "date,text\n04/05/2024,x\n05/05/2024,y\n", "", " 2024-05-05"},
		{"a.csv", "date,text\n04/05/2024,x\n13/04/2024,y\n04/13/2024,z\n", "", " 2024-04-13"},
		{"a.csv", "date,created,text\n04/05/2024,13/01/2024,x\n05/06/2024,14/01/2024,y\n", "", " "},
		{"a.csv", "date,text\n" + long + "13/02/2024,y\n", "", "2024-02-01 2024-02-01"},
		{"a.csv", "date,text\n04/05/2024,x\n04/13/2024,y\n", DayFirst, "2024-05-04 2024-04-13"},
		{"a.csv", "date,text\n04/05/2024,x\n04/06/2024,y\n", MonthFirst, "2024-04-05 2024-04-06"},
		{"a.jsonl", `{"text":"x","Date":"04/05/2024"}` + "\n" + `{"text":"y","date":"13/05/2024"}`, "", "2024-05-04 2024-05-13"},
		{"a.json", `[{"text":"x","date":"04/05/2024 10:00"}, {"text":"y","date":"05/13/2024"}]`, "", "2024-04-05 2024-05-13"},
		{"a.json", `[{"text":"x","date":"04/05/2024","due":"13/01/2024"}, {"text":"y","date":"05/06/2024"}]`, "", " "},
		{"a.json", `[{"text":"x","date":{"$date":"2024-04-04T12:00:00Z"}}, {"text":"y","date":{"$date":{"$numberLong":"1712232000000"}}}]`, "", "2024-04-04 2024-04-04"},
	} {
		var got []string
		for a, err := range Read(Source{Path: test.path, R: strings.NewReader(test.in)}, Options{DateOrder: test.order}) {
			if err != nil {
				t.Errorf("%.80q: %v", test.in, err)
			}
			if len(got) < 2 {
				got = append(got, string(a.Published))
			}
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%.80q: %q, want %q", test.in, got, test.want)
		}
	}
}

// TestLists: an object without a text gives the articles of the list it holds.
func TestLists(t *testing.T) {
	text := func(opts string) map[string]string { return map[string]string{"text": opts} }
	for _, test := range []struct {
		path, in string
		fields   map[string]string
		want     []string
	}{
		{"news.json", `{"status":"ok","articles":[{"source":{"name":"N"},"title":"T","url":"https://n.example/1","publishedAt":"2024-01-14T10:00:00Z","content":"x"},` +
			"\n" + `{"content":""},{"id":"two","content":"y"}]}`, nil, []string{
			"news-1|news.json:1|2024-01-14|N|T|https://n.example/1|x",
			"news.json:2: no text (fields found: none); name the field of the text (--map text=…): it is looked for as " + strings.Join(textNames, ", "),
			"two|news.json:2|||||y"}},
		{"g.json", `{"response":{"status":"ok","results":[{"id":"w/1","webPublicationDate":"2024-01-16T10:00:00Z","webTitle":"T","webUrl":"https://g.example/x","fields":{"bodyText":"x"}}]}}`,
			nil, []string{"w/1|g.json:1|2024-01-16||T|https://g.example/x|x"}},
		{"es.json", `{"took":1,"hits":{"total":2,"hits":[{"_id":"a","_source":{"headline":{"main":"T"},"article_body":"x","pub_date":"2024-01-16","outlet":"O"}},{"_id":"b","_source":{"_id":"c","body":"y"}}]}}`,
			nil, []string{"a|es.json:1|2024-01-16|O|T||x", "c|es.json:1|||||y"}},
		{"es.jsonl", `{"_id":"a","_source":{"body":"x"}}` + "\n", nil, []string{"a|es.jsonl:1|||||x"}},
		{"pages.jsonl", `{"articles":[{"text":"x"},{"text":"y"}]}` + "\n" + `{"articles":[{"text":"z"}]}` + "\n", nil, []string{
			"pages-1-1|pages.jsonl:1|||||x", "pages-1-2|pages.jsonl:1|||||y", "pages-2-1|pages.jsonl:2|||||z"}},
		{"a.json", `{"articles":[{"lead":"x"}]}`, text("articles.lead"), []string{"a-1|a.json:1|||||x"}},
		{"a.json", `{"articles":[{"lead":"x"}]}`, text("Articles[].Lead"), []string{"a-1|a.json:1|||||x"}},
		{"a.json", `{"articles":[{"lead":"x"}]}`, text("lead"), []string{"a-1|a.json:1|||||x"}},
		{"a.json", `{"hits":{"hits":[{"_source":{"lead":"x"}}]}}`, text("hits.hits._source.lead"), []string{"a-1|a.json:1|||||x"}},
		{"a.json", `{"n":1,"articles":[{"lead":"x","Who":1}]}`, text("bodyText"), []string{
			"a.json:1: no text (fields found: articles, n), nor in its list articles (lead, who); name the field of the text (--map text=…): it is looked for as bodyText"}},
		// The search ends.
		{"a.json", `{` + manyLists(maxListSearch) + `"z":[{"body":"x"}]}`, text("body"), []string{
			"a.json:1: no text (fields found: a00000, a00001, a00002, a00003, a00004, a00005, a00006, a00007, a00008, a00009, a00010, a00011, …), " +
				"nor in its list a00000 (n); name the field of the text (--map text=…): it is looked for as body"}},
		{"a.json", `{` + manyLists(maxListSearch-1) + `"z":[{"body":"x"}]}`, text("body"), []string{"a-1|a.json:1|||||x"}},
		// What belongs to an article is not one.
		{"a.json", `{"title":"T","parts":[{"text":"x"}],"comments":[{"text":"y"}]}`, text("body"), []string{
			"a.json:1: no text (fields found: comments, parts, title); name the field of the text (--map text=…): it is looked for as body"}},
		{"a.json", `{"a":{"b":{"c":{"d":[{"text":"x"}]}}}}`, text("body"), []string{
			"a.json:1: no text (fields found: a); name the field of the text (--map text=…): it is looked for as body"}},
	} {
		var got []string
		for a, err := range Read(Source{Path: test.path, R: strings.NewReader(test.in)}, Options{Map: test.fields}) {
			if err != nil {
				got = append(got, err.Error())
			} else {
				got = append(got, strings.Join([]string{a.ID, a.Origin, string(a.Published), a.Publisher, a.Title, a.URL, a.Body}, "|"))
			}
		}
		checkLines(t, test.in, got, test.want)
	}
}

// TestColumnNumbers: columns may be given by number, in a table without a header
// and in one with.
func TestColumnNumbers(t *testing.T) {
	const bare = "7,04/05/2024,\"Peru, x\"\n8,13/05/2024,y\n"
	numbers := map[string]string{"text": "3", "published": "2"}
	for _, test := range []struct {
		path, in string
		fields   map[string]string
		want     []string
	}{
		{"a.csv", bare, numbers, []string{"a-1|a.csv:1|2024-05-04|Peru, x", "a-2|a.csv:2|2024-05-13|y"}},
		{"stdin", bare, numbers, []string{"stdin-1|stdin:1|2024-05-04|Peru, x", "stdin-2|stdin:2|2024-05-13|y"}},
		{"a.txt", "Peru, Chile, Mali met.\n", numbers, []string{"a|a.txt||Peru, Chile, Mali met."}},
		{"a.csv", "id,when,lead\n" + bare, numbers, []string{"7|a.csv:2|2024-05-04|Peru, x", "8|a.csv:3|2024-05-13|y"}},
		{"a.csv", "sep=,\r\nid,3,2\r\n" + bare, numbers, []string{"7|a.csv:3||04/05/2024", "8|a.csv:4||13/05/2024"}},
		{"a.csv", bare, map[string]string{"text": "4"}, []string{
			"a.csv:1: no column holds a text: the table has 3 columns, and no column 4; name one that is there"}},
		{"a.csv", bare, nil, []string{"a.csv:1: no column holds a text: the table seems to have no header line, but begins with data; " +
			"name the columns by their numbers (--map text=3,published=2), or write a line with their names on top"}},
		{"a.csv", "Lead,When\nx,2024-05-04\n", map[string]string{"text": "bodyText"}, []string{
			"a.csv:1: no column holds a text (columns found: Lead, When); name the field of the text (--map text=…): it is looked for as bodyText"}},
		{"stdin", "\"sep=;\"\nbody;when\nx;2024\n", nil, []string{"stdin-1|stdin:3||x"}},
	} {
		var got []string
		for a, err := range Read(Source{Path: test.path, R: strings.NewReader(test.in)}, Options{Map: test.fields}) {
			if err != nil {
				got = append(got, err.Error())
			} else {
				got = append(got, strings.Join([]string{a.ID, a.Origin, string(a.Published), a.Body}, "|"))
			}
		}
		checkLines(t, test.in, got, test.want)
	}
}

// manyLists are n members of a JSON object that are lists of objects without a text.
func manyLists(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `"a%05d":[{"n":1}],`, i)
	}
	return b.String()
}
