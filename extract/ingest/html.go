package ingest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"iter"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"entente/graph"
)

// htmlReader reads a page as one article.
type htmlReader struct{}

func (htmlReader) Extensions() []string { return []string{".html", ".htm", ".xhtml"} }

func (r htmlReader) Match(head []byte, ext string) bool {
	head = bytes.TrimSpace(head)
	if slices.Contains(r.Extensions(), ext) {
		return bytes.HasPrefix(head, []byte("<")) || bytes.Contains(head, []byte("</"))
	}
	start := strings.ToLower(string(head[:min(len(head), 32)]))
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<body", "<title", "<meta", "<main", "<article",
		"<section", "<header", "<nav", "<div", "<p>", "<p ", "<h1", "<!--"} {
		if strings.HasPrefix(start, tag) {
			return true
		}
	}
	return strings.HasPrefix(start, "<?xml") && bytes.Contains(head, []byte("<html"))
}

func (htmlReader) Read(src Source, opts Options) iter.Seq2[graph.Article, error] {
	return func(yield func(graph.Article, error) bool) {
		yield(readPage(src, opts))
	}
}

func readPage(src Source, opts Options) (graph.Article, error) {
	data, err := readAll(src, opts.MaxArticle)
	if err != nil {
		return graph.Article{}, err
	}
	d, err := parsePage(opts.toUTF8(data, src, 0))
	if err != nil {
		return graph.Article{}, src.fail(0, "save the article as text", err)
	}
	return d.finish(src, opts)
}

// maxTags bounds the tree of a page, which costs about 200 bytes a tag. Pages
// of the news have some thousands.
const maxTags = 300_000

// parsePage finds the article in a page.
//
// The title is og:title, else the first <h1>, else JSON-LD's headline, else
// <title>. The date is JSON-LD's datePublished, else a <meta> such as
// article:published_time, else the first <time datetime>. The publisher is
// og:site_name, else JSON-LD's. The text is that of the <article> with most of
// it, else <main>, else <body>.
func parsePage(data []byte) (draft, error) {
	if n := bytes.Count(data, []byte("<")); n > maxTags {
		return draft{}, fmt.Errorf("%d tags, too many for a page with an article", n)
	}
	root, err := html.Parse(bytes.NewReader(data)) // refuses more than 512 nested elements
	if err != nil {
		return draft{}, fmt.Errorf("broken HTML: %w", err)
	}
	p := page{meta: map[string]string{}}
	p.survey(root)
	d := draft{
		title:      firstOf(p.meta["og:title"], p.h1, p.ld.Headline, p.title),
		publisher:  firstOf(p.meta["og:site_name"], p.ld.Publisher.Name),
		url:        firstOf(webAddress(p.canonical), webAddress(p.meta["og:url"]), webAddress(p.ld.URL)),
		paragraphs: p.text(),
	}
	p.date(&d)
	return d, nil
}

// page is what one walk over the tree finds.
type page struct {
	meta      map[string]string // <meta> by lower-case property or name; the first counts
	title, h1 string
	canonical string
	time      string
	ld        linkedData
	articles  []*html.Node // outermost ones
	main      *html.Node
	body      *html.Node
}

// walk visits the tree under root without recursion, so that no nesting can
// exhaust the stack. enter returns whether to go into the node.
func walk(root *html.Node, enter func(*html.Node) bool, leave func(*html.Node)) {
	for n := root; n != nil; {
		if enter(n) && n.FirstChild != nil {
			n = n.FirstChild
			continue
		}
		for leave(n); n != root && n.NextSibling == nil; leave(n) {
			n = n.Parent
		}
		if n == root {
			return
		}
		n = n.NextSibling
	}
}

func (p *page) survey(root *html.Node) {
	var inArticle *html.Node
	aside := 0
	walk(root, func(n *html.Node) bool {
		switch n.DataAtom {
		case atom.Nav, atom.Footer, atom.Aside:
			aside++
		case atom.Article:
			if inArticle == nil {
				inArticle = n
				p.articles = append(p.articles, n)
			}
		case atom.Main:
			p.main = firstNode(p.main, n)
		case atom.Body:
			p.body = firstNode(p.body, n)
		case atom.Title:
			if n.Parent.DataAtom == atom.Head {
				p.title = firstOf(p.title, textOf(n))
			}
		case atom.H1:
			p.h1 = firstOf(p.h1, textOf(n))
		case atom.Time:
			if aside == 0 {
				p.time = firstOf(p.time, attr(n, "datetime"))
			}
		case atom.Link:
			if strings.EqualFold(attr(n, "rel"), "canonical") {
				p.canonical = firstOf(p.canonical, attr(n, "href"))
			}
		case atom.Meta:
			name := strings.ToLower(firstOf(attr(n, "property"), attr(n, "name"), attr(n, "itemprop")))
			p.meta[name] = firstOf(p.meta[name], attr(n, "content"))
		case atom.Script:
			if strings.EqualFold(attr(n, "type"), "application/ld+json") {
				p.ld.merge(textOf(n))
			}
			return false
		}
		return true
	}, func(n *html.Node) {
		switch {
		case n == inArticle:
			inArticle = nil
		case n.DataAtom == atom.Nav || n.DataAtom == atom.Footer || n.DataAtom == atom.Aside:
			aside--
		}
	})
}

// dateMetas are the <meta> names that pages put their date under.
var dateMetas = []string{"article:published_time", "og:published_time", "datepublished", "parsely-pub-date",
	"pubdate", "publishdate", "publish-date", "date", "dc.date.issued", "dc.date", "dcterms.created"}

// date takes the first date of the page that is one; if none is, the first.
func (p *page) date(d *draft) {
	type named struct{ name, value string }
	found := []named{{"datePublished", p.ld.DatePublished}}
	for _, name := range dateMetas {
		found = append(found, named{name, p.meta[name]})
	}
	for _, f := range append(found, named{"time", p.time}) {
		if oneLine(f.value) == "" {
			continue
		}
		_, err := parseDate(f.value)
		if err == nil || d.date == "" {
			d.dateField, d.date = f.name, f.value
		}
		if err == nil {
			return
		}
	}
}

// text returns the paragraphs of the page's article.
func (p *page) text() []string {
	var best []string
	for _, n := range p.articles {
		if found := articleText(n); size(found) > size(best) {
			best = found
		}
	}
	for _, n := range []*html.Node{p.main, p.body} {
		if best == nil && n != nil {
			best = articleText(n)
		}
	}
	return best
}

// articleText returns the paragraphs under n: those marked as paragraphs,
// headings and list items, or, where these hold less than half of the text,
// every block. A page that lies wholly in a <form> is read all the same.
func articleText(n *html.Node) []string {
	for _, keepForms := range []bool{false, true} {
		marked := collect(n, true, keepForms)
		all := collect(n, false, keepForms)
		if size(marked)*2 >= size(all) && marked != nil {
			return marked
		}
		if all != nil {
			return all
		}
	}
	return nil
}

func size(paragraphs []string) int {
	n := 0
	for _, p := range paragraphs {
		n += len(p)
	}
	return n
}

// collector gathers paragraphs during a walk.
type collector struct {
	markedOnly bool
	keepForms  bool
	out        []string
	text       strings.Builder
	marked     int  // depth of elements that are paragraphs
	links      int  // depth of <a>
	prose      bool // the paragraph has text outside links
	broke      bool // the last thing seen was a <br>
}

func collect(n *html.Node, markedOnly, keepForms bool) []string {
	c := collector{markedOnly: markedOnly, keepForms: keepForms}
	walk(n, c.enter, c.leave)
	c.flush()
	return c.out
}

func (c *collector) enter(n *html.Node) bool {
	if n.Type == html.TextNode {
		c.add(n.Data)
		return false
	}
	if n.Type != html.ElementNode {
		return n.Type == html.DocumentNode
	}
	if c.dropped(n) {
		if isBlock(n.DataAtom) {
			c.flush()
		}
		return false
	}
	switch {
	case n.DataAtom == atom.Br:
		if c.broke { // two breaks part paragraphs
			c.flush()
		}
		c.text.WriteByte(' ')
		c.broke = true
	case n.DataAtom == atom.A:
		c.links++
	case isBlock(n.DataAtom):
		c.flush()
	}
	if isParagraph(n.DataAtom) {
		c.marked++
	}
	return true
}

func (c *collector) leave(n *html.Node) {
	if n.Type != html.ElementNode || c.dropped(n) {
		return
	}
	if isBlock(n.DataAtom) {
		c.flush()
	}
	if isParagraph(n.DataAtom) {
		c.marked--
	}
	if n.DataAtom == atom.A {
		c.links--
	}
}

func (c *collector) add(text string) {
	if c.markedOnly && c.marked == 0 {
		return
	}
	c.text.WriteString(text)
	if strings.TrimSpace(text) != "" {
		c.broke = false
		c.prose = c.prose || c.links == 0
	}
}

// flush ends a paragraph. One that is all links leads elsewhere and is left
// out.
func (c *collector) flush() {
	if text := oneLine(c.text.String()); text != "" && c.prose {
		c.out = append(c.out, text)
	}
	c.text.Reset()
	c.prose, c.broke = false, false
}

// dropped reports whether n holds no prose of the article. The <h1> is its
// title.
func (c *collector) dropped(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Form:
		return !c.keepForms
	case atom.Script, atom.Style, atom.Nav, atom.Header, atom.Footer, atom.Aside, atom.Figure, atom.Figcaption,
		atom.Button, atom.Noscript, atom.Template, atom.Svg, atom.Math, atom.Iframe, atom.Object, atom.Select,
		atom.Textarea, atom.Dialog, atom.Head, atom.H1, atom.Video, atom.Audio, atom.Canvas, atom.Menu:
		return true
	}
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "hidden" })
}

// isParagraph reports whether an element is marked as a piece of prose.
func isParagraph(a atom.Atom) bool {
	switch a {
	case atom.P, atom.Li, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Blockquote, atom.Dd, atom.Dt, atom.Pre:
		return true
	}
	return false
}

// isBlock reports whether an element begins and ends a paragraph.
func isBlock(a atom.Atom) bool {
	switch a {
	case atom.Div, atom.Section, atom.Article, atom.Main, atom.Body, atom.Ul, atom.Ol, atom.Dl, atom.Table, atom.Tr,
		atom.Td, atom.Th, atom.Hr, atom.Center, atom.Form, atom.Fieldset, atom.Nav, atom.Header, atom.Footer,
		atom.Aside, atom.Figure, atom.Figcaption, atom.H1, atom.Address, atom.Details, atom.Summary, atom.Caption:
		return true
	}
	return isParagraph(a)
}

// linkedData is the part of a page's JSON-LD (schema.org) that is of use.
type linkedData struct {
	Headline      string
	DatePublished string
	URL           string
	Publisher     struct{ Name string }
}

// merge adds what one JSON-LD script says. What is broken is passed over: a
// page is written for browsers, which do the same.
func (ld *linkedData) merge(script string) {
	var value any
	if json.Unmarshal([]byte(script), &value) != nil {
		return
	}
	for queue := []any{value}; len(queue) > 0; queue = queue[1:] {
		switch v := queue[0].(type) {
		case []any:
			queue = append(queue, v...)
		case map[string]any:
			queue = append(queue, v["@graph"])
			ld.add(v)
		}
	}
}

// add takes over what an object says that has a date of publication, as only
// the description of an article has.
func (ld *linkedData) add(object map[string]any) {
	date, ok := object["datePublished"].(string)
	if !ok || ld.DatePublished != "" {
		return
	}
	ld.DatePublished = date
	ld.Headline, _ = object["headline"].(string)
	ld.URL, _ = object["url"].(string)
	switch p := object["publisher"].(type) {
	case string:
		ld.Publisher.Name = p
	case map[string]any:
		ld.Publisher.Name, _ = p["name"].(string)
	}
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}

// textOf returns the text under n on one line.
func textOf(n *html.Node) string {
	var b strings.Builder
	walk(n, func(n *html.Node) bool {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		return true
	}, func(*html.Node) {})
	return oneLine(b.String())
}

// webAddress returns s if it is an absolute http or https address, else "".
func webAddress(s string) string {
	if u, err := url.Parse(s); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return s
}

func firstOf(values ...string) string {
	for _, v := range values {
		if strings.TrimSpace(v) != "" {
			return v
		}
	}
	return ""
}

func firstNode(a, b *html.Node) *html.Node {
	if a != nil {
		return a
	}
	return b
}
