package ingest

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// articleText returns the paragraphs under n: what is marked as paragraphs,
// headings and list items, and other blocks that end as sentences do; or, where
// these hold less than half of the text, every block. A page that lies wholly in
// a <form> is read all the same.
func articleText(n *html.Node) []string {
	for _, keepForms := range []bool{false, true} {
		prose := collect(n, true, keepForms)
		all := collect(n, false, keepForms)
		if size(prose)*2 >= size(all) && prose != nil {
			return prose
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
	proseOnly bool // leave out blocks that are neither marked nor end as a sentence
	keepForms bool
	out       []string
	text      strings.Builder
	paragraph int  // depth of elements that are paragraphs
	links     int  // depth of <a>
	marked    bool // the text is in a paragraph
	unlinked  bool // it has a part outside links
	broke     bool // the last thing seen was a <br>
}

func collect(n *html.Node, proseOnly, keepForms bool) []string {
	c := collector{proseOnly: proseOnly, keepForms: keepForms}
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
		c.paragraph++
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
		c.paragraph--
	}
	if n.DataAtom == atom.A {
		c.links--
	}
}

func (c *collector) add(text string) {
	c.text.WriteString(text)
	if strings.TrimSpace(text) != "" {
		c.broke = false
		c.marked = c.marked || c.paragraph > 0
		c.unlinked = c.unlinked || c.links == 0
	}
}

// flush ends a paragraph. One that is all links leads elsewhere and is left
// out, unless it is a sentence: headlines have no full stop.
func (c *collector) flush() {
	if text := oneLine(c.text.String()); text != "" {
		sentence := endsSentence(text)
		if (c.unlinked || sentence && strings.Count(text, " ") >= 5) && (c.marked || sentence || !c.proseOnly) {
			c.out = append(c.out, text)
		}
	}
	c.text.Reset()
	c.marked, c.unlinked, c.broke = false, false, false
}

// dropped reports whether n is left out.
func (c *collector) dropped(n *html.Node) bool {
	return n.DataAtom == atom.Form && !c.keepForms || unprosaic(n)
}

// unprosaic reports whether n holds no prose of the article. The <h1> is its
// title.
func unprosaic(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Nav, atom.Header, atom.Footer, atom.Aside, atom.Figure, atom.Figcaption,
		atom.Button, atom.Noscript, atom.Template, atom.Svg, atom.Math, atom.Iframe, atom.Object, atom.Select,
		atom.Textarea, atom.Dialog, atom.Head, atom.H1, atom.Video, atom.Audio, atom.Canvas, atom.Menu:
		return true
	}
	return hasAttr(n, "hidden")
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
