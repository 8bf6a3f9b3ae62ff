// Package png draws a picture in pixels: what package svg draws, for what shows
// no SVG.
package png

import (
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"math"

	"golang.org/x/image/vector"

	"entente/graph/picture"
)

// Options say how it is drawn. The zero value is light and one pixel a unit of
// the layout.
type Options struct {
	Dark  bool
	Scale float64 // pixels a unit of the layout; 0 is 1
}

// mostPixels is what the longer side of an image is limited to: larger ones are
// drawn smaller.
const mostPixels = 12000

// Write draws p as l lays it out. Names with letters that the font lacks (it
// has the Latin, Greek and Cyrillic ones) lose their accents, or give way to
// the actor's id.
func Write(w io.Writer, p *picture.Picture, l *picture.Layout, o Options) error {
	if o.Scale <= 0 {
		o.Scale = 1
	}
	o.Scale = min(o.Scale, mostPixels/max(l.Width, l.Height))
	t := picture.Light
	if o.Dark {
		t = picture.Dark
	}
	c := &canvas{scale: o.Scale, theme: t, ground: hex(t.Back),
		image: image.NewRGBA(image.Rect(0, 0, int(math.Ceil(l.Width*o.Scale)), int(math.Ceil(l.Height*o.Scale))))}
	draw.Draw(c.image, c.image.Bounds(), image.NewUniform(c.ground), image.Point{}, draw.Src)
	c.body(p, l)
	if l.Title != nil {
		c.label(l.Title, p.Name, bold, hex(t.Ink), false)
	}
	for _, k := range l.Keys {
		c.key(k)
	}
	e := png.Encoder{CompressionLevel: png.BestCompression}
	return e.Encode(w, c.image)
}

// canvas draws in the units of the layout.
type canvas struct {
	image  *image.RGBA
	scale  float64
	theme  picture.Theme
	ground color.NRGBA
}

func (c *canvas) body(p *picture.Picture, l *picture.Layout) {
	faint, ink := hex(c.theme.Faint), hex(c.theme.Ink)
	for _, g := range l.Groups {
		c.polygon(g.Outline, hex(c.theme.GroupFill))
		c.label(&g.Label, g.Name, regular, faint, false)
	}
	for i, e := range l.Edges {
		colour := hex(c.theme.Colour(p.Edges[i].Quad()))
		colour.A = 200
		c.edge(e, colour)
	}
	for i, n := range l.Nodes {
		c.disc(n.Point, n.R+0.75, faint)
		c.disc(n.Point, n.R-0.75, hex(picture.Fill(p.Nodes[i].Type)))
	}
	for i, n := range l.Nodes {
		if n.Label != nil {
			c.label(n.Label, string(p.Nodes[i].ID), regular, ink, true)
		}
	}
}

func (c *canvas) key(k picture.Key) {
	if k.Edge {
		at := k.At
		c.polygon([]picture.Point{{X: at.X, Y: at.Y - 2.5}, {X: at.X + 24, Y: at.Y - 2.5}, {X: at.X + 24, Y: at.Y + 2.5}, {X: at.X, Y: at.Y + 2.5}}, hex(c.theme.Colour(k.Quad)))
	} else {
		at := picture.Point{X: k.At.X + 14, Y: k.At.Y}
		c.disc(at, 9.75, hex(c.theme.Faint))
		c.disc(at, 8.25, hex(picture.Fill(k.Type)))
	}
	c.text(k.Text, picture.Point{X: k.At.X + picture.KeySign, Y: k.At.Y + 6}, picture.KeySize, regular, hex(c.theme.Ink))
}

// polygon fills what the points outline.
func (c *canvas) polygon(points []picture.Point, colour color.NRGBA) {
	lo, hi := points[0], points[0]
	for _, p := range points {
		lo, hi = picture.Point{X: min(lo.X, p.X), Y: min(lo.Y, p.Y)}, picture.Point{X: max(hi.X, p.X), Y: max(hi.Y, p.Y)}
	}
	x, y := int(math.Floor(lo.X*c.scale)), int(math.Floor(lo.Y*c.scale))
	r := vector.NewRasterizer(int(math.Ceil(hi.X*c.scale))-x+1, int(math.Ceil(hi.Y*c.scale))-y+1)
	for i, p := range points {
		px, py := float32(p.X*c.scale-float64(x)), float32(p.Y*c.scale-float64(y))
		if i == 0 {
			r.MoveTo(px, py)
		} else {
			r.LineTo(px, py)
		}
	}
	r.ClosePath()
	r.Draw(c.image, r.Bounds().Add(image.Pt(x, y)), image.NewUniform(colour), image.Point{})
}

func (c *canvas) disc(at picture.Point, radius float64, colour color.NRGBA) {
	const corners = 90
	points := make([]picture.Point, corners)
	for i := range points {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / corners)
		points[i] = picture.Point{X: at.X + radius*cos, Y: at.Y + radius*sin}
	}
	c.polygon(points, colour)
}

// edge fills the outline of a curve of some width and its arrowhead in one, so
// that they do not show through each other.
func (c *canvas) edge(e picture.Curve, colour color.NRGBA) {
	outline := ribbon(e)
	if len(e.Arrow) > 0 {
		// After the right side of the curve has been walked to its end: the head.
		half := len(outline) / 2
		head := []picture.Point{e.Arrow[1], e.Arrow[0], e.Arrow[2]}
		outline = append(outline[:half:half], append(head, outline[half:]...)...)
	}
	c.polygon(outline, colour)
}

// ribbon returns the outline of a curve: along one side and back along the
// other.
func ribbon(e picture.Curve) []picture.Point {
	const steps = 48
	there, back := make([]picture.Point, 0, 2*steps+2), make([]picture.Point, steps+1)
	for i := range steps + 1 {
		t := float64(i) / steps
		p, before, after := e.At(t), e.At(max(0, t-0.01)), e.At(min(1, t+0.01))
		dx, dy := after.X-before.X, after.Y-before.Y
		by := e.Width / 2 / max(1e-9, math.Hypot(dx, dy))
		there = append(there, picture.Point{X: p.X - dy*by, Y: p.Y + dx*by})
		back[steps-i] = picture.Point{X: p.X + dy*by, Y: p.Y - dx*by}
	}
	return append(there, back...)
}

// hex reads "#rrggbb".
func hex(s string) color.NRGBA {
	digit := func(i int) uint8 {
		if s[i] <= '9' {
			return s[i] - '0'
		}
		return s[i] - 'a' + 10
	}
	return color.NRGBA{digit(1)<<4 | digit(2), digit(3)<<4 | digit(4), digit(5)<<4 | digit(6), 255}
}
