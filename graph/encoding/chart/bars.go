package chart

import (
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// bar is a rectangle in the numbers of the axes, with a text at its end.
type bar struct {
	x0, x1, y0, y1 float64
	colour         color.Color
	text           string // beside a horizontal bar, or ""
}

// bars are what a chart plots.
type bars []bar

// middle hangs a text so that its digits are at the middle of a bar: the middle of
// its line is lower.
const middle = text.YAlignment(-0.36)

// least is how thin a bar may get, in points: one event in ten years is seen.
const least = vg.Length(1)

// Plot implements plot.Plotter.
func (b bars) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	value := style(9, ink)
	value.YAlign = middle
	for _, r := range b {
		low, high := vg.Point{X: x(r.x0), Y: y(r.y0)}, vg.Point{X: x(r.x1), Y: y(r.y1)}
		if high.X-low.X < least && r.x1 > r.x0 {
			high.X = low.X + least
		}
		if r.x1 > r.x0 && r.y1 > r.y0 {
			c.FillPolygon(r.colour, corners(low, high))
		}
		if r.text != "" {
			c.FillText(value, vg.Point{X: high.X + 4, Y: (low.Y + high.Y) / 2}, r.text)
		}
	}
}

// DataRange implements plot.DataRanger.
func (b bars) DataRange() (xmin, xmax, ymin, ymax float64) {
	xmin, ymin, xmax, ymax = math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, r := range b {
		xmin, xmax = min(xmin, r.x0), max(xmax, r.x1)
		ymin, ymax = min(ymin, r.y0), max(ymax, r.y1)
	}
	return xmin, xmax, ymin, ymax
}
