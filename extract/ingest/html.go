package ingest

import (
	"bytes"
	"errors"
	"fmt"
	"iter"
	"net/url"
	"regexp"
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
		article, err := readPage(src, opts)
		var e *Error
		if errors.Is(err, errIndex) && errors.As(err, &e) {
			src.leaveOut(opts, yield, e)
			return
		}
		yield(article, err)
	}
}

func readPage(src Source, opts Options) (graph.Article, error) {
	data, err := readAll(src, opts.MaxArticle)
	if err != nil {
		return graph.Article{}, err
	}
	d, err := parsePage(opts.toUTF8(data, src, 0))
	switch {
	case err != nil:
		return graph.Article{}, src.fail(0, "save the article as text", err)
	case d.index:
		return graph.Article{}, src.fail(0, "leave it out; if it is an article, save it as text", errIndex)
	}
	d.headline()
	return d.finish(src, opts)
}

var errIndex = errors.New("a home page or list of articles, not an article: headlines that lead elsewhere, and no prose beside them")

// headline finds the headline in the first line of the text: where it is one of
// the parts of the page's title ("Envoy recalled | Harbour Times"), and of a page
// without a title.
func (d *draft) headline() {
	if len(d.paragraphs) < 2 || !titleLike(d.paragraphs[:1]) || boilerplate().drop(d.paragraphs[0], true) {
		return
	}
	first := d.paragraphs[0]
	parts := titleParts.Split(oneLine(d.title), -1)
	if oneLine(d.title) == "" || slices.ContainsFunc(parts, func(part string) bool { return strings.EqualFold(part, first) }) {
		d.title = first // finish takes it off the text
	}
}

// titleParts stands between the headline and the names in a page's title.
var titleParts = regexp.MustCompile(`\s+[-–—|·:»]+\s+`)

// maxTags bounds the tree of a page, which costs about 200 bytes a tag. Pages
// of the news have some thousands.
const maxTags = 300_000

// A page that is larger than any of the news is read by its own marks alone:
// to weigh its parts would take too much memory.
const (
	manyTags  = 60_000
	largePage = 4 << 20 // bytes
)

// parsePage finds the article in a page, which must be UTF-8.
//
// The title is og:title, else the first <h1>, else JSON-LD's headline, else
// <title>. The date is JSON-LD's datePublished, else a <meta> such as
// article:published_time, else that of a <time>, else what stands by the title
// as a date. The address is what the page names, else the one it was saved from. The publisher is og:site_name,
// else JSON-LD's. mainText says what the text is; of markup that is no whole
// page it is all.
func parsePage(data []byte) (draft, error) {
	tags := bytes.Count(data, []byte("<"))
	if tags > maxTags {
		return draft{}, fmt.Errorf("%d tags, too many for a page with an article", tags)
	}
	root, err := html.Parse(bytes.NewReader(data)) // refuses more than 512 nested elements
	if err != nil {
		return draft{}, fmt.Errorf("broken HTML: %w", err)
	}
	p := page{meta: map[string]string{}}
	p.survey(root)
	d := draft{
		title:     firstOf(p.meta["og:title"], p.h1, p.ld.Headline, p.title),
		publisher: firstOf(p.meta["og:site_name"], p.ld.Publisher),
		url:       firstOf(webAddress(p.canonical), webAddress(p.meta["og:url"]), webAddress(p.ld.URL), p.savedFrom),
		language:  firstOf(p.ld.Language, p.lang, p.meta["og:locale"], p.meta["content-language"]),
	}
	p.date(&d)
	if tags > manyTags || len(data) > largePage {
		d.paragraphs = p.marked()
		return d, nil
	}
	if isFragment(data) {
		p.clearFurniture(root)
		d.paragraphs = p.marked()
	} else {
		prune(root)
		p.clearFurniture(root)
		d.index = p.isIndex(&d)
		d.paragraphs = p.mainText(root)
	}
	return d, nil
}

// page is what one walk over the tree finds.
type page struct {
	meta      map[string]string // <meta> by lower-case property, name, itemprop or http-equiv; the first counts
	title, h1 string
	heading   *html.Node // the <h1>
	canonical string
	lang      string // of <html>
	time      string // of the first <time> that is marked as the date of publication
	anyTime   string // of the first <time> outside asides
	byTitle   string // the first date under a class such as "date" near the <h1>
	savedFrom string // the address that a browser wrote into the page it saved
	ld        linkedData
	articles  []*html.Node // outermost ones, outside asides
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
		if n.Type == html.CommentNode {
			p.savedFrom = firstOf(p.savedFrom, savedAddress(n.Data))
		}
		switch n.DataAtom {
		case atom.Span, atom.Div, atom.P:
			if p.byTitle == "" && aside == 0 && p.nearHeading(n) && hasClass(n, dateClasses) {
				if date := textOf(n); isDate(date) {
					p.byTitle = date
				}
			}
		case atom.Nav, atom.Footer, atom.Aside:
			aside++
		case atom.Article:
			if inArticle == nil && aside == 0 {
				inArticle = n
				p.articles = append(p.articles, n)
			}
		case atom.Html:
			p.lang = firstOf(attr(n, "lang"), attr(n, "xml:lang"))
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
			p.heading = firstNode(p.heading, n)
		case atom.Time:
			p.surveyTime(n, aside > 0)
		case atom.Link:
			if strings.EqualFold(attr(n, "rel"), "canonical") {
				p.canonical = firstOf(p.canonical, attr(n, "href"))
			}
		case atom.Meta:
			name := strings.ToLower(firstOf(attr(n, "property"), attr(n, "name"), attr(n, "itemprop"), attr(n, "http-equiv")))
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

// dateClasses are the classes under which pages show their date.
var dateClasses = []string{"date", "pubdate", "publish-date", "published", "post-date", "article-date", "entry-date", "timestamp"}

// nearHeading reports whether n follows the <h1> with the same parent or, as
// within a line of details, its parent does. Dates further off are those of other articles.
func (p *page) nearHeading(n *html.Node) bool {
	if p.heading == nil {
		return false
	}
	above := p.heading.Parent
	return n.Parent == above || n.Parent.Parent == above || above.Parent != nil && n.Parent == above.Parent
}

// savedAddress returns the address in a comment "saved from url=(0030)https://…",
// by which browsers mark the pages they save, or "".
func savedAddress(comment string) string {
	_, rest, ok := strings.Cut(comment, "saved from url=(")
	_, address, closed := strings.Cut(rest, ")")
	if !ok || !closed {
		return ""
	}
	return webAddress(strings.TrimSpace(address))
}

// surveyTime takes the date of a <time>: its datetime, else its text if that is a
// date.
func (p *page) surveyTime(n *html.Node, aside bool) {
	date := attr(n, "datetime")
	if date == "" {
		if date = textOf(n); !isDate(date) {
			return
		}
	}
	if strings.EqualFold(attr(n, "itemprop"), "datePublished") || hasAttr(n, "pubdate") || hasClass(n, []string{"dt-published", "published", "entry-date"}) {
		p.time = firstOf(p.time, date)
	}
	if !aside {
		p.anyTime = firstOf(p.anyTime, date)
	}
}

// pageDates are the <meta> names that pages put their date under.
var pageDates = []struct {
	name string
	from graph.DateSource
}{
	{"article:published_time", graph.FromOpenGraph}, {"og:published_time", graph.FromOpenGraph},
	{"og:article:published_time", graph.FromOpenGraph}, {"datepublished", graph.FromMeta}, {"parsely-pub-date", graph.FromMeta},
	{"sailthru.date", graph.FromMeta}, {"pubdate", graph.FromMeta}, {"publishdate", graph.FromMeta},
	{"publish-date", graph.FromMeta}, {"publish_date", graph.FromMeta}, {"date", graph.FromMeta}, {"dc.date.issued", graph.FromMeta},
	{"dcterms.issued", graph.FromMeta}, {"dc.date", graph.FromMeta}, {"dcterms.date", graph.FromMeta}, {"dcterms.created", graph.FromMeta},
}

// date takes the first date of the page that is one; if none is, the first.
func (p *page) date(d *draft) {
	type named struct {
		name  string
		from  graph.DateSource
		value string
	}
	found := []named{{"datePublished", graph.FromJSONLD, p.ld.DatePublished}}
	for _, m := range pageDates {
		found = append(found, named{m.name, m.from, p.meta[m.name]})
	}
	for _, f := range append(found, named{"time", graph.FromTime, firstOf(p.time, p.anyTime, p.byTitle)}) {
		if oneLine(f.value) == "" {
			continue
		}
		sound := isDate(f.value)
		if sound || d.date == "" {
			d.dateField, d.dateFrom, d.date = f.name, f.from, f.value
		}
		if sound {
			return
		}
	}
}

func hasAttr(n *html.Node, key string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key })
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
