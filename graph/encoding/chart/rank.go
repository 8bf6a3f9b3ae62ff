package chart

import (
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
)

// Rank is who has most of something.
type Rank struct {
	Heading
	Measure string // of the values
	Bars    []Bar  // from top to bottom
}

// Bar is an actor and its value, which is not negative.
type Bar struct {
	Label string
	Value float64
}

func (r Rank) figure() (*figure, error) {
	if err := rows(len(r.Bars)); err != nil {
		return nil, err
	}
	var list bars
	var names plot.ConstantTicks
	for i, b := range r.Bars {
		y := float64(-i)
		list = append(list, bar{0, b.Value, y - 0.36, y + 0.36, quad(1), number(b.Value)})
		names = append(names, plot.Tick{Value: y, Label: label(b.Label, 40)})
	}
	return newFigure(r.Heading, horizontal(list, names, r.Measure, false), rowHeight*vg.Length(len(names))+40), nil
}

// rowHeight is the height of a row, in points.
const rowHeight = vg.Length(18)

// horizontal returns the plot of bars that go to the right, with a name before
// each row.
func horizontal(list bars, names plot.ConstantTicks, measure string, whole bool) *plot.Plot {
	p := newPlot()
	grid := plotter.NewGrid()
	grid.Horizontal.Color, grid.Vertical.Color = nil, faint
	p.Add(grid, list)
	if p.X.Max <= 0 {
		p.X.Max = 1
	}
	p.X.Min = 0
	p.X.Max *= 1.1 // room for the numbers
	p.Y.Min, p.Y.Max = 0.5-float64(len(names)), 0.5
	p.X.Tick.Marker, p.Y.Tick.Marker = amounts{whole}, names
	p.X.Label.Text = label(measure, 60)
	p.Y.Tick.Length = 0
	p.Y.Tick.Label.XAlign, p.Y.Tick.Label.YAlign = text.XRight, text.YCenter
	return p
}
