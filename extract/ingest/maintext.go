package ingest

import (
	"bytes"
	"slices"
	"strings"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// mainText returns the paragraphs of the page's article, from a tree without
// what is no prose. It may change all of the tree.
//
// Readability (Mozilla's, in Go) finds the part of a page that is the article by
// how much prose and how many links its parts have, and what they are called.
// Where it finds little of the page's own <article>, or, in a short article,
// goes beyond that or <main>, the page's word counts; and what publishers write
// into a page for search engines where it shows only the beginning of that.
func (p *page) mainText(root *html.Node) []string {
	marked := p.marked()
	best := readable(root)
	const short = 500 // bytes
	switch told := p.main != nil || len(p.articles) > 0; {
	case best == nil, len(p.articles) > 0 && size(best)*3 < size(marked), told && size(best) < short && 0 < size(marked) && size(marked) < size(best):
		best = marked
	}
	if told := textOrMarkup(p.ld.Body); size(told) > 2*size(best) {
		best = told
	}
	return best
}

// readable returns what readability takes for the article.
func readable(root *html.Node) []string {
	parser := readability.NewParser()
	// The default of 500 makes it take more of the page, up to all of it, where
	// the article is short.
	parser.CharThresholds = 100
	parser.DisableJSONLD = true
	found, err := parser.ParseAndMutate(root, nil)
	if err != nil || found.Node == nil {
		return nil
	}
	walk(found.Node, func(n *html.Node) bool {
		if n.Type == html.ElementNode { // those that readability makes have none
			n.DataAtom = atom.Lookup([]byte(n.Data))
		}
		return true
	}, func(*html.Node) {})
	return articleText(found.Node)
}

// marked returns the paragraphs of the <article> with most of them, else of
// <main>, else of <body>.
func (p *page) marked() []string {
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

// isFragment reports whether markup is a piece of a page, as content systems
// store articles: all of it is the article.
func isFragment(data []byte) bool {
	start := bytes.ToLower(data[:min(len(data), headLen)])
	for _, tag := range []string{"<html", "<head", "<body", "<!doctype", "<nav", "<article", "<main", "<footer"} {
		if bytes.Contains(start, []byte(tag)) {
			return false
		}
	}
	return true
}

// prune takes out what is no prose of an article whatever it contains.
func prune(root *html.Node) {
	var out []*html.Node
	walk(root, func(n *html.Node) bool {
		if n.Type != html.ElementNode || n == root {
			return true
		}
		if n.DataAtom != atom.Form && n.DataAtom != atom.Head && n.DataAtom != atom.Header && unprosaic(n) || slices.Contains(strangeTags, n.Data) || hasClass(n, strangeClasses) {
			out = append(out, n)
			return false
		}
		return true
	}, func(*html.Node) {})
	for _, n := range out {
		n.Parent.RemoveChild(n)
	}
}

// strangeTags are elements of AMP pages that are no prose.
var strangeTags = []string{"amp-ad", "amp-sidebar", "amp-consent", "amp-embed", "amp-social-share", "amp-user-notification"}

// strangeClasses are the classes, as they are written in pages of many
// publishers, of posts of others, captions and repeated quotations.
var strangeClasses = []string{"twitter-tweet", "instagram-media", "tiktok-embed", "fb-post", "caption", "wp-caption-text",
	"image-credit", "photo-credit", "image-caption", "pullquote", "pull-quote", "visually-hidden", "screen-reader-text", "sr-only"}

func hasClass(n *html.Node, classes []string) bool {
	return slices.ContainsFunc(strings.Fields(attr(n, "class")), func(c string) bool { return slices.Contains(classes, strings.ToLower(c)) })
}
