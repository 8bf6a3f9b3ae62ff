package chart

import (
	"image/color"

	"gonum.org/v1/plot/plotter"

	"entente/graph"
	"entente/graph/picture"
)

// Timeline is the course of events: cooperation upwards and conflict downwards,
// step by step.
type Timeline struct {
	Heading
	Steps []Step // in order of time, without a gap
}

// Step is the numbers of distinct events of one part of time, by PLOVER's quad
// classes.
type Step struct {
	Name         string     // 2024-04-04, 2024-W14, 2024-04 or 2024
	Since, Until graph.Date // its first and last day
	VerbalCooperation, MaterialCooperation,
	VerbalConflict, MaterialConflict int
}

func (t Timeline) figure() (*figure, error) {
	if len(t.Steps) == 0 {
		return nil, ErrEmpty
	}
	var list bars
	up, down := 1.0, 1.0
	for i, s := range t.Steps {
		x0, x1 := float64(i)-0.4, float64(i)+0.4
		a, b := float64(s.VerbalCooperation), float64(s.VerbalCooperation+s.MaterialCooperation)
		c, d := float64(s.VerbalConflict), float64(s.VerbalConflict+s.MaterialConflict)
		list = append(list, bar{x0, x1, 0, a, quad(1), ""}, bar{x0, x1, a, b, quad(2), ""},
			bar{x0, x1, -c, 0, quad(3), ""}, bar{x0, x1, -d, -c, quad(4), ""})
		up, down = max(up, b), max(down, d)
	}
	p := newPlot()
	grid, zero := plotter.NewGrid(), plotter.NewFunction(func(float64) float64 { return 0 })
	grid.Vertical.Color, grid.Horizontal.Color = nil, faint
	zero.Color, zero.Samples = soft, 2
	p.Add(grid, list, zero)
	p.X.Min, p.X.Max = -0.6, float64(len(t.Steps))-0.4
	p.Y.Min, p.Y.Max = -down*1.05, up*1.05
	p.X.Tick.Marker, p.Y.Tick.Marker = dates(t.Steps), amounts{whole: true}
	p.Y.Label.Text = "distinct events"
	var legend []entry
	for class := 1; class <= 4; class++ {
		legend = append(legend, entry{quad(class), picture.QuadName(class)})
	}
	return newFigure(t.Heading, p, 280, legend...), nil
}

// quad is the colour of a quad class, as in pictures of the graph.
func quad(class int) color.Color { return hex(picture.Colour(class)) }

// hex reads a colour such as #2166ac.
func hex(s string) color.Color {
	digit := func(i int) uint8 {
		if c := s[i]; c >= 'a' {
			return c - 'a' + 10
		}
		return s[i] - '0'
	}
	pair := func(i int) uint8 { return digit(i)<<4 | digit(i+1) }
	return color.RGBA{pair(1), pair(3), pair(5), 0xff}
}
