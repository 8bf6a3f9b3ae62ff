// Package chart draws the numbers of answers: the course of events over time, a
// ranking, and two periods held against each other. It writes SVG 1.1 and PNG.
package chart

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"

	"entente/graph/encoding"
)

// Format is a format of files that charts are written in.
type Format string

const (
	SVG Format = "svg"
	PNG Format = "png" // of 144 dots an inch
)

// Formats lists every Format in a fixed order.
var Formats = []Format{SVG, PNG}

// FormatOf returns the format that the extension of a file's name stands for, or
// an error that says which are possible.
func FormatOf(file string) (Format, error) {
	ext := strings.ToLower(filepath.Ext(file))
	for _, f := range Formats {
		if ext == "."+string(f) {
			return f, nil
		}
	}
	return "", fmt.Errorf("%q is not the name of a chart: let it end in .svg or .png", file)
}

// ErrEmpty says that there is nothing to draw.
var ErrEmpty = errors.New("nothing to draw")

// MaxBars is the most rows that a Rank or a Compare may have: beyond, nobody reads
// them, and the picture would grow without bound.
const MaxBars = 200

// Chart is a Timeline, a Rank or a Compare.
type Chart interface {
	figure() (*figure, error)
}

// Heading is what stands above a chart. Its texts may be of any source: what no
// line can hold is left out, and what is too long is cut.
type Heading struct {
	Title string
	Note  string // a line below the title, such as what is counted, or ""
}

// Write writes c to w. The same chart gives the same bytes. The error wraps
// ErrEmpty where c has nothing to draw; nothing is written then.
func Write(w io.Writer, f Format, c Chart) error {
	fig, err := c.figure()
	if err != nil {
		return fmt.Errorf("chart: %w", err)
	}
	switch f {
	case SVG:
		canvas := vgsvg.New(fig.width, fig.height)
		fig.draw(draw.New(canvas))
		return writeSVG(w, canvas, fig.title)
	case PNG:
		canvas := vgimg.NewWith(vgimg.UseWH(fig.width, fig.height), vgimg.UseDPI(144))
		fig.draw(draw.New(canvas))
		_, err := vgimg.PngCanvas{Canvas: canvas}.WriteTo(w)
		return err
	}
	return fmt.Errorf("chart: there is no format %q", f)
}

// rows checks the number of rows of a chart of horizontal bars.
func rows(n int) error {
	switch {
	case n == 0:
		return ErrEmpty
	case n > MaxBars:
		return fmt.Errorf("%d bars are more than the %d that can be read: choose fewer", n, MaxBars)
	}
	return nil
}

// newPlot returns a plot in the style of all charts.
func newPlot() *plot.Plot {
	p := plot.New()
	for _, axis := range []*plot.Axis{&p.X, &p.Y} {
		axis.Label.TextStyle = withStyle(axis.Label.TextStyle, style(9, soft))
		axis.Tick.Label = withStyle(axis.Tick.Label, style(9, ink))
		axis.Tick.LineStyle.Color, axis.LineStyle.Color = rule, rule
		axis.Tick.Length = 3
		axis.Padding = 2
	}
	return p
}

// label is a text of a chart of at most so many characters.
func label(text string, most int) string {
	line := []rune(cmp.Or(encoding.Line(text), "(no name)"))
	if len(line) > most {
		return strings.TrimRight(string(line[:most-1]), " ") + "…"
	}
	return string(line)
}
