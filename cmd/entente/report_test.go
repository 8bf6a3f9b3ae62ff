package main

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"entente/graph"
	"entente/graph/encoding"
	"entente/graph/encoding/chart"
	"entente/graph/encoding/encodingtest"
	"entente/queries"
)

// pageElements are all that a report has.
var pageElements = strings.Fields("html head meta title style body header h1 h2 h3 p section div table tbody tr th td svg g path text rect " +
	"figure article strong blockquote a footer")

// hostilePage has the name in each text of a page.
func hostilePage(t *testing.T, name string) *page {
	t.Helper()
	ref := graph.NameRef{ID: graph.ActorID(name), Name: name}
	actor := graph.ActorRef{ID: graph.ActorID(name), Name: name}
	event := told{Times: 2, Voices: name, Headline: name, URL: webAddress("https://example.org/" + name), Event: &graph.Event{
		Article: name, Source: actor, Predicate: name, Target: actor, Category: name, Status: graph.Status(name), AttributedTo: &actor,
		Date: graph.Date(name), Published: graph.Date(name), Publisher: name, Place: &graph.Place{Name: name},
		Copies: []graph.Copy{{Publisher: name}}, Provenance: graph.Provenance{Quote: name}}}
	p := &page{Title: name, Filter: name, Version: name, Counts: graph.Counts{Events: 1},
		Cards: []queries.Card{{Actor: graph.Actor{ID: ref.ID, Name: name, Type: graph.ActorType(name), Country: name},
			Roles: []queries.Role{{Role: name, Org: ref}}, Partners: []queries.Partner{{Actor: ref}}}},
		Directions: []queries.Direction{{Source: ref, Target: ref}},
		Categories: []*categoryCount{{Category: name, Part: 50}},
		Strongest:  []told{event},
		News:       &news{Since: graph.Date(name), Total: 1, Events: []told{event}},
		Disputed:   []dispute{{Kind: name, A: name, B: name, Sides: []told{event}}},
	}
	c := chart.Timeline{Heading: chart.Heading{Title: name, Note: name}, Steps: []chart.Step{{Name: name, VerbalConflict: 1}}}
	if err := p.figure(name, func(w io.Writer) error { return chart.Write(w, chart.SVG, c) }); err != nil {
		t.Fatal(err)
	}
	return p
}

func TestReportIsSafe(t *testing.T) {
	names := append([]string{`<script>alert(1)</script>`, `" onload="alert(1)`, `</style></title><img src=x onerror=alert(1)>`, `javascript:alert(1)`, `{{.}}`}, encodingtest.Hostile...)
	for _, name := range names {
		var b bytes.Buffer
		if err := hostilePage(t, name).write(&b); err != nil {
			t.Fatalf("%q: %v", name, err)
		}
		doc, err := html.Parse(&b)
		if err != nil {
			t.Fatal(err)
		}
		title := ""
		for n := range doc.Descendants() {
			if n.Type != html.ElementNode {
				continue
			}
			if !slices.Contains(pageElements, n.Data) {
				t.Errorf("%q: element %s", name, n.Data)
			}
			if n.Data == "h1" && n.FirstChild != nil {
				title = n.FirstChild.Data
			}
			for _, a := range n.Attr {
				switch {
				case strings.HasPrefix(a.Key, "on"), a.Key == "style", a.Key == "src":
					t.Errorf("%q: attribute %s of %s", name, a.Key, n.Data)
				case a.Key == "href" && !strings.HasPrefix(a.Val, "https://example.org/"):
					t.Errorf("%q: link to %q", name, a.Val)
				}
			}
		}
		if want := encoding.Line(name); title != want {
			t.Errorf("title %q, want %q", title, want)
		}
	}
}

// TestReportPolicy checks that the style sheet is the one that the policy admits,
// as the page has it.
func TestReportPolicy(t *testing.T) {
	p := &page{}
	var b bytes.Buffer
	if err := p.write(&b); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), "<style>"+pageStyle+"</style>") {
		t.Error("the style sheet is not in the page byte by byte: its hash differs")
	}
	if !strings.Contains(html.UnescapeString(b.String()), `content="`+p.Policy()+`"`) {
		t.Error("the policy is not in the page")
	}
}

func TestReportOnFullDisk(t *testing.T) {
	full := errors.New("no space left on device")
	if err := (&page{}).write(failingWriter{full}); !errors.Is(err, full) {
		t.Errorf("error %v, want %v", err, full)
	}
}

type failingWriter struct{ err error }

func (f failingWriter) Write([]byte) (int, error) { return 0, f.err }

func TestWebAddress(t *testing.T) {
	for address, want := range map[string]string{
		"https://example.org/a?b=1&c=2": "https://example.org/a?b=1&c=2", " http://example.org ": "http://example.org", "HTTPS://example.org/": "https://example.org/",
		"javascript:alert(1)": "", "data:text/html,x": "", "file:///etc/passwd": "", "//example.org/": "", "http:": "", "news/a.txt": "", "": "", "http://[": "",
	} {
		if got := webAddress(address); got != want {
			t.Errorf("%q: %q, want %q", address, got, want)
		}
	}
}
