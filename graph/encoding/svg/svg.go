// Package svg draws a picture as SVG 1.1: one file without scripts, styles or
// anything that is loaded from elsewhere.
package svg

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"entente/graph"
	"entente/graph/encoding"
	"entente/graph/picture"
)

// Options say how it is drawn. The zero value is light.
type Options struct {
	Dark bool
}

// Theme returns the colours of o.
func (o Options) Theme() picture.Theme {
	if o.Dark {
		return picture.Dark
	}
	return picture.Light
}

// Fonts are asked for in this order; the first one is what the layout was
// measured in.
const Fonts = "Go, 'Helvetica Neue', Helvetica, Arial, sans-serif"

// Write draws p as l lays it out. Edges and nodes are groups with a title,
// which viewers show as a tooltip: names, numbers and the best quote. They carry
// the classes edge (and q0 to q4, the quad class) and node, and the attributes data-source, data-target,
// data-plover and data-id. No text can become markup.
func Write(w io.Writer, p *picture.Picture, l *picture.Layout, o Options) error {
	b := bufio.NewWriter(w)
	t := o.Theme()
	b.WriteString(xml.Header)
	fmt.Fprintf(b, `<svg xmlns="http://www.w3.org/2000/svg" width="%g" height="%g" viewBox="0 0 %g %g" font-family="%s" text-anchor="middle">`+"\n",
		l.Width, l.Height, l.Width, l.Height, Fonts)
	if l.Title != nil {
		fmt.Fprintf(b, "<title>%s</title>\n", escape(p.Name))
	}
	fmt.Fprintf(b, `<rect width="%g" height="%g" fill="%s"/>`+"\n", l.Width, l.Height, t.Back)
	Body(b, p, l, t)
	if l.Title != nil {
		label(b, l.Title, `fill="`+t.Ink+`" font-weight="bold"`)
	}
	for _, k := range l.Keys {
		key(b, k, t)
	}
	b.WriteString("</svg>\n")
	return b.Flush() // a bufio.Writer keeps its first error
}

// Inline writes the drawing as one element of an HTML page, with those
// attributes, without its title and legend, which the page has of its own. The
// page colours it by Style and Variables.
func Inline(w io.Writer, p *picture.Picture, l *picture.Layout, attributes string) error {
	b := bufio.NewWriter(w)
	bottom := l.Height
	if len(l.Keys) > 0 {
		bottom = l.Keys[0].At.Y - picture.KeySize
	}
	fmt.Fprintf(b, `<svg %s xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %g %g" font-family="%s" text-anchor="middle">`+"\n",
		attributes, l.Width, bottom, Fonts)
	Body(b, p, l, picture.Light)
	b.WriteString("</svg>\n")
	return b.Flush()
}

// Style are the rules of CSS by which a page colours what Inline draws, and
// what else has the class of a quad class or of a type of actors: --c and --f
// are its colours.
var Style = style()

func style() string {
	var b strings.Builder
	b.WriteString(`.node circle { stroke: var(--faint); }
.name { fill: var(--ink); stroke: var(--back); }
.group { fill: var(--group); stroke: var(--faint); }
.group-name { fill: var(--faint); }
.edge path { stroke: var(--c); }
.edge polygon { fill: var(--c); }
`)
	for quad := range 5 {
		fmt.Fprintf(&b, ".q%d { --c: var(--q%d); }\n", quad, quad)
	}
	for _, t := range graph.ActorTypes {
		fmt.Fprintf(&b, ".t-%s { --f: %s; }\n", t, picture.Fill(t))
	}
	return b.String()
}

// Variables returns the colours of a theme as declarations of CSS.
func Variables(t picture.Theme) string {
	s := fmt.Sprintf("--back: %s; --ink: %s; --faint: %s; --group: %s;", t.Back, t.Ink, t.Faint, t.GroupFill)
	for quad := range 5 {
		s += fmt.Sprintf(" --q%d: %s;", quad, t.Colour(quad))
	}
	return s
}

// Body writes the groups, edges, nodes and names, which stand between the tags
// of an svg element. Where b fails it keeps the error.
func Body(b *bufio.Writer, p *picture.Picture, l *picture.Layout, t picture.Theme) {
	for _, g := range l.Groups {
		fmt.Fprintf(b, `<polygon class="group" points="%s" fill="%s" stroke="%s" stroke-opacity="0.35"/>`+"\n", corners(g.Outline), t.GroupFill, t.Faint)
		label(b, &g.Label, `class="group-name" fill="`+t.Faint+`"`)
	}
	for i := range p.Edges {
		edge(b, p, l, i, t)
	}
	for i := range p.Nodes {
		node(b, &p.Nodes[i], l.Nodes[i], i, t)
	}
	for i, c := range l.Nodes {
		if c.Label != nil {
			label(b, c.Label, fmt.Sprintf(`class="name" data-node="%d" fill="%s" stroke="%s" stroke-width="4" stroke-linejoin="round" paint-order="stroke" pointer-events="none"`,
				i, t.Ink, t.Back))
		}
	}
}

func edge(b *bufio.Writer, p *picture.Picture, l *picture.Layout, i int, t picture.Theme) {
	e, c := &p.Edges[i], l.Edges[i]
	colour := t.Colour(e.Quad())
	fmt.Fprintf(b, `<g class="edge q%d" id="edge-%d" data-source="%s" data-target="%s" data-plover="%s" opacity="0.78"><title>%s</title>`,
		e.Quad(), i, escape(string(p.Nodes[e.Source].ID)), escape(string(p.Nodes[e.Target].ID)), escape(e.Category), text(p.Tip(i)))
	fmt.Fprintf(b, `<path d="M%g %gC%g %g %g %g %g %g" fill="none" stroke="%s" stroke-width="%g"/>`,
		c.From.X, c.From.Y, c.Control1.X, c.Control1.Y, c.Control2.X, c.Control2.Y, c.To.X, c.To.Y, colour, c.Width)
	if len(c.Arrow) > 0 {
		fmt.Fprintf(b, `<polygon points="%s" fill="%s"/>`, corners(c.Arrow), colour)
	}
	b.WriteString("</g>\n")
}

func node(b *bufio.Writer, n *picture.Node, c picture.Circle, i int, t picture.Theme) {
	fmt.Fprintf(b, `<g class="node" id="node-%d" data-id="%s"><title>%s</title><circle cx="%g" cy="%g" r="%g" fill="%s" stroke="%s" stroke-width="1.5"/></g>`+"\n",
		i, escape(string(n.ID)), text(n.Tip()), c.X, c.Y, c.R, picture.Fill(n.Type), t.Faint)
}

// label writes the lines of a name. Each is squeezed to the width it was
// measured with, whatever font a viewer has.
func label(b *bufio.Writer, t *picture.Label, attributes string) {
	fmt.Fprintf(b, `<g font-size="%g" %s>`, t.Size, attributes)
	for i, line := range t.Lines {
		fmt.Fprintf(b, `<text x="%g" y="%.1f" textLength="%.1f" lengthAdjust="spacingAndGlyphs">%s</text>`,
			t.At.X, t.At.Y+float64(i)*t.Size*picture.Leading, picture.Width(line, t.Size), escape(line))
	}
	b.WriteString("</g>\n")
}

func key(b *bufio.Writer, k picture.Key, t picture.Theme) {
	if k.Edge {
		fmt.Fprintf(b, `<path d="M%g %gh24" stroke="%s" stroke-width="5"/>`, k.At.X, k.At.Y, t.Colour(k.Quad))
	} else {
		fmt.Fprintf(b, `<circle cx="%g" cy="%g" r="9" fill="%s" stroke="%s" stroke-width="1.5"/>`, k.At.X+14, k.At.Y, picture.Fill(k.Type), t.Faint)
	}
	fmt.Fprintf(b, `<text x="%g" y="%g" font-size="%g" fill="%s" text-anchor="start">%s</text>`+"\n",
		k.At.X+picture.KeySign, k.At.Y+6, picture.KeySize, t.Ink, escape(k.Text))
}

func corners(points []picture.Point) string {
	list := make([]string, len(points))
	for i, p := range points {
		list[i] = fmt.Sprintf("%g,%g", p.X, p.Y)
	}
	return strings.Join(list, " ")
}

// escape returns s in one line, for text and attributes.
func escape(s string) string { return text(encoding.Line(s)) }

// text returns s for text and attributes; its lines stay.
func text(s string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(encoding.Text(s))) // a strings.Builder takes all
	return b.String()
}
