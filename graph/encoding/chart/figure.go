package chart

import (
	"image/color"

	xfont "golang.org/x/image/font"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"entente/graph/encoding"
)

// Colours of all but the bars.
var (
	paper = color.RGBA{0xff, 0xff, 0xff, 0xff}
	ink   = color.RGBA{0x22, 0x22, 0x22, 0xff}
	soft  = color.RGBA{0x66, 0x66, 0x66, 0xff}
	rule  = color.RGBA{0xaa, 0xaa, 0xaa, 0xff}
	faint = color.RGBA{0xe4, 0xe4, 0xe4, 0xff}
)

// figure is a plot with its heading and legend above it. Lengths are points.
type figure struct {
	width, height vg.Length
	title, note   string
	legend        []entry
	plot          *plot.Plot
}

// entry says what a colour stands for.
type entry struct {
	colour color.Color
	text   string
}

const (
	margin  = vg.Length(14)
	common  = vg.Length(720) // the width of a chart
	swatch  = vg.Length(9)
	titled  = vg.Length(20) // height of the title's line
	lined   = vg.Length(16) // height of the other lines
	longest = 100           // characters of a title
)

func newFigure(h Heading, p *plot.Plot, plotHeight vg.Length, legend ...entry) *figure {
	f := &figure{width: common, title: label(h.Title, longest), plot: p, legend: legend}
	f.height = plotHeight + 2*margin + titled + 6
	if encoding.Line(h.Note) != "" {
		f.note = label(h.Note, 130)
		f.height += lined
	}
	if len(legend) > 0 {
		f.height += lined
	}
	return f
}

// draw draws f on a canvas of its size.
func (f *figure) draw(c draw.Canvas) {
	c.FillPolygon(paper, corners(c.Min, c.Max))
	at := vg.Point{X: margin, Y: c.Max.Y - margin}
	title := style(14, ink)
	title.Font.Weight = xfont.WeightBold
	c.FillText(title, at, f.title)
	at.Y -= titled
	if f.note != "" {
		c.FillText(style(10, soft), at, f.note)
		at.Y -= lined
	}
	if len(f.legend) > 0 {
		f.drawLegend(c, at)
		at.Y -= lined
	}
	f.plot.Draw(draw.Crop(c, margin, -margin, margin, at.Y-6-c.Max.Y))
}

// drawLegend draws the legend in a line.
func (f *figure) drawLegend(c draw.Canvas, at vg.Point) {
	sty := style(10, ink)
	for _, e := range f.legend {
		c.FillPolygon(e.colour, corners(vg.Point{X: at.X, Y: at.Y - swatch - 2}, vg.Point{X: at.X + swatch, Y: at.Y - 2}))
		at.X += swatch + 5
		c.FillText(sty, at, e.text)
		at.X += sty.Width(e.text) + 22 // fonts of viewers may be wider
	}
}

// corners are those of a rectangle.
func corners(low, high vg.Point) []vg.Point {
	return []vg.Point{low, {X: high.X, Y: low.Y}, high, {X: low.X, Y: high.Y}}
}

// style is that of text of so many points, which hangs from where it is put.
func style(size vg.Length, c color.Color) text.Style {
	return text.Style{Color: c, Font: font.Font{Typeface: "Liberation", Variant: "Sans", Size: size},
		XAlign: text.XLeft, YAlign: text.YTop, Handler: plot.DefaultTextHandler}
}

// withStyle returns s in the font and colour of look, aligned as it is.
func withStyle(s, look text.Style) text.Style {
	s.Font, s.Color = look.Font, look.Color
	return s
}
