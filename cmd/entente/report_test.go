package main

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"entente/graph"
	"entente/graph/encoding"
	"entente/graph/encoding/chart"
	"entente/graph/encoding/encodingtest"
	"entente/graph/picture"
	"entente/queries"
)

// pageElements are all that a report has.
var pageElements = strings.Fields("html head meta title style body header h1 h2 h3 p section div table tbody tr th td svg g path text rect " +
	"figure article strong blockquote a footer ul li figcaption circle polygon")

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
	relations := []graph.Relation{{Source: ref.ID, Target: "b", Predicate: name, Category: name, Counts: graph.Counts{Events: 1}, Evidence: event.Event}}
	drawn, err := picture.Choose(&encoding.Graph{Actors: func(yield func(graph.Actor, error) bool) { yield(p.Cards[0].Actor, nil) }, Relations: relations}, picture.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.network(drawn, name); err != nil {
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
		title, ids := "", map[string]bool{}
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
				case a.Key == "id" && ids[a.Val]:
					t.Errorf("%q: two elements have the id %s", name, a.Val)
				case a.Key == "id":
					ids[a.Val] = true
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

// TestFiguresAreXML checks that the drawings, whatever the names, are each one
// element by the rules of XML.
func TestFiguresAreXML(t *testing.T) {
	for _, name := range append([]string{`"><script>alert(1)</script>`}, encodingtest.Hostile...) {
		p := hostilePage(t, name)
		if len(p.Figures) != 2 {
			t.Fatalf("%d figures, want a chart and the graph", len(p.Figures))
		}
		for _, f := range p.Figures {
			var root struct{ XMLName xml.Name }
			d := xml.NewDecoder(strings.NewReader(string(f.SVG)))
			if err := d.Decode(&root); err != nil || root.XMLName.Local != "svg" {
				t.Errorf("%q: the root is %q, error %v", name, root.XMLName.Local, err)
			}
			if rest := f.SVG[d.InputOffset():]; strings.TrimSpace(string(rest)) != "" {
				t.Errorf("%q: %q after the drawing", name, rest)
			}
		}
	}
}

// TestReportColours checks that a style sheet knows the colours that a chart is
// drawn in, which are others in the dark.
func TestReportColours(t *testing.T) {
	for quad := 1; quad <= 4; quad++ {
		if rule := fmt.Sprintf(`.wide [fill="%s"] { fill: var(--q%d) }`, strings.ToUpper(picture.Colour(quad)), quad); !strings.Contains(pageStyle, rule) {
			t.Errorf("the style sheet lacks %s", rule)
		}
	}
}

func TestPartners(t *testing.T) {
	relation := func(source, target graph.ActorID, events int) graph.Relation {
		return graph.Relation{Source: source, Target: target, Counts: graph.Counts{Events: events}}
	}
	relations := []graph.Relation{relation("a", "b", 9), relation("a", "c", 1), relation("c", "b", 5), relation("d", "a", 2), relation("d", "b", 2),
		relation("e", "a", 8), relation("f", "f", 3), relation("g", "a", 1), relation("b", "g", 7)}
	for _, c := range []struct {
		ids, want []graph.ActorID
		all       int
	}{
		{nil, nil, 7},
		{[]graph.ActorID{"a"}, []graph.ActorID{"b", "e", "d", "c", "g"}, 5},
		{[]graph.ActorID{"a", "b"}, []graph.ActorID{"d", "g", "c"}, 3},
		{[]graph.ActorID{"f"}, nil, 0},
	} {
		if got, all := partners(relations, c.ids); !slices.Equal(got, c.want) || all != c.all {
			t.Errorf("of %q: %q of %d, want %q of %d", c.ids, got, all, c.want, c.all)
		}
	}
}

func TestNetworkNote(t *testing.T) {
	p := &picture.Picture{Nodes: []picture.Node{{Actor: graph.Actor{ID: "a", Name: "Anna"}}, {Actor: graph.Actor{ID: "b", Name: "Ben"}}, {Actor: graph.Actor{ID: "c"}}}, Edges: make([]picture.Edge, 2)}
	for _, c := range []struct {
		ids  []graph.ActorID
		all  int
		ties int
		want string
	}{
		{nil, 3, 2, "3 actors; 2 ties."},
		{nil, 30, 2, "3 of 30 actors, those with the most events; 2 ties."},
		{[]graph.ActorID{"a"}, 2, 2, "Anna and 2 partners; 2 ties."},
		{[]graph.ActorID{"a", "b"}, 1, 2, "Anna, Ben and 1 shared partner; 2 ties."},
		{[]graph.ActorID{"a", "b"}, 4, 9, "Anna, Ben and 1 of 4 shared partners, those with the most events; 2 of 9 ties, the strongest."},
	} {
		if got := networkNote(p, c.ids, c.all, c.ties); !strings.HasPrefix(got, c.want+" ") {
			t.Errorf("of %q: %q, want %q", c.ids, got, c.want)
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
