package html_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"entente/graph/encoding"
	"entente/graph/encoding/encodingtest"
	page "entente/graph/encoding/html"
	"entente/graph/picture"
)

func write(t *testing.T, g *encoding.Graph) (*picture.Picture, *html.Node) {
	t.Helper()
	p, err := picture.Choose(g, picture.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var b, again bytes.Buffer
	l := p.Layout()
	if err := errors.Join(page.Write(&b, p, l, g.Facts, page.Options{}), page.Write(&again, p, l, g.Facts, page.Options{})); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(b.Bytes(), again.Bytes()) {
		t.Error("written twice, the bytes differ")
	}
	doc, err := html.Parse(&b)
	if err != nil {
		t.Fatal(err)
	}
	return p, doc
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func text(n *html.Node) (s string) {
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			s += c.Data
		}
	}
	return s
}

func named(doc *html.Node, tag string) (list []*html.Node) {
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && n.Data == tag {
			list = append(list, n)
		}
	}
	return list
}

// hostile is the sample under a title, and with a quote and an address, that
// try to break out.
func hostile() *encoding.Graph {
	g := encodingtest.Sample()
	g.Name = `</title><script>alert(1)</script>`
	facts := g.Facts
	g.Facts = func(yield func(encoding.Fact, error) bool) {
		for x, err := range facts {
			a := *x.Article
			a.URL = "javascript:alert(1)"
			x.Event.Quote, x.Article = "</script><!-- <script> \u2028 \"quoted\" &amp; 'x'", &a
			if !yield(x, err) {
				return
			}
		}
	}
	return g
}

func TestNothingBecomesMarkup(t *testing.T) {
	_, doc := write(t, hostile())
	known := " html head meta title style body header h1 div input ul button main svg g path polygon circle text aside footer fieldset label output span li i noscript script "
	for n := range doc.Descendants() {
		switch n.Type {
		case html.ElementNode:
			if !strings.Contains(known, " "+n.Data+" ") {
				t.Errorf("there is an element %s", n.Data)
			}
			for _, a := range n.Attr {
				if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "href" || a.Key == "src" {
					t.Errorf("%s has an attribute %s=%q", n.Data, a.Key, a.Val)
				}
			}
		case html.CommentNode:
			t.Errorf("there is a comment %q", n.Data)
		}
	}
	if n := len(named(doc, "script")); n != 2 {
		t.Errorf("there are %d script elements, want the data and the program", n)
	}
	if got, want := text(named(doc, "h1")[0]), `</title><script>alert(1)</script>`; got != want {
		t.Errorf("the heading is %q, want %q", got, want)
	}
}

func TestPolicy(t *testing.T) {
	_, doc := write(t, hostile())
	policy := ""
	for _, m := range named(doc, "meta") {
		if attribute(m, "http-equiv") == "Content-Security-Policy" {
			policy = attribute(m, "content")
		}
	}
	hash := func(n *html.Node) string {
		sum := sha256.Sum256([]byte(text(n)))
		return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	}
	want := "default-src 'none'; style-src " + hash(named(doc, "style")[0]) + "; script-src " + hash(named(doc, "script")[1]) + "; base-uri 'none'; form-action 'none'"
	if policy != want {
		t.Errorf("the policy is\n%s\nwant\n%s", policy, want)
	}
}

func TestData(t *testing.T) {
	p, doc := write(t, encodingtest.Sample())
	var data struct {
		First, Last string
		Nodes       []struct{ ID, Name string }
		Edges       []struct {
			Source, Target, Events, Records int
			Category                        string
			Facts                           []struct{ Quote, Date, Publisher, URL, By string }
		}
	}
	if err := json.Unmarshal([]byte(text(named(doc, "script")[0])), &data); err != nil {
		t.Fatal(err)
	}
	if data.First != "2023-01-01" || data.Last != "2024-04-04" {
		t.Errorf("the period is %s to %s", data.First, data.Last)
	}
	if len(data.Nodes) != len(p.Nodes) || len(data.Edges) != len(p.Edges) {
		t.Fatalf("%d nodes and %d edges, want %d and %d", len(data.Nodes), len(data.Edges), len(p.Nodes), len(p.Edges))
	}
	records := 0
	for i, e := range data.Edges {
		if want := p.Edges[i]; e.Source != want.Source || e.Target != want.Target || e.Category != want.Category || e.Events != want.Events() {
			t.Errorf("edge %d is %+v, want %+v", i, e, want)
		}
		if e.Records != len(e.Facts) {
			t.Errorf("edge %d has %d of its %d records", i, len(e.Facts), e.Records)
		}
		records += e.Records
	}
	facts := 0
	for _, err := range encodingtest.Sample().Facts {
		if err != nil {
			t.Fatal(err)
		}
		facts++
	}
	if records != facts {
		t.Errorf("%d records are on the page, want %d", records, facts)
	}
}

func TestBrokenStore(t *testing.T) {
	broken := errors.New("damaged row")
	p := &picture.Picture{}
	facts := func(yield func(encoding.Fact, error) bool) { yield(encoding.Fact{}, broken) }
	if err := page.Write(&bytes.Buffer{}, p, p.Layout(), facts, page.Options{}); !errors.Is(err, broken) {
		t.Errorf("error %v, want %v", err, broken)
	}
}

var errDisk = errors.New("no space left on device")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errDisk }

func TestFullDisk(t *testing.T) {
	g := encodingtest.Of(nil, nil)
	p := &picture.Picture{}
	if err := page.Write(full{}, p, p.Layout(), g.Facts, page.Options{}); !errors.Is(err, errDisk) {
		t.Errorf("error %v, want %v", err, errDisk)
	}
}
