package chart

import (
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
)

// Compare is two periods held against each other: of each tie, its events in the
// one and in the other.
type Compare struct {
	Heading
	Before, After string // names of the periods
	Ties          []Tie  // from top to bottom
}

// Tie is what two actors have with each other.
type Tie struct {
	Label         string
	Before, After int // distinct events
}

func (c Compare) figure() (*figure, error) {
	if err := rows(len(c.Ties)); err != nil {
		return nil, err
	}
	before, after := hex("#b0b7c0"), quad(1)
	var list bars
	var names plot.ConstantTicks
	for i, t := range c.Ties {
		y := float64(-i)
		list = append(list, bar{0, float64(t.Before), y, y + 0.38, before, strconv.Itoa(t.Before)},
			bar{0, float64(t.After), y - 0.38, y, after, strconv.Itoa(t.After)})
		names = append(names, plot.Tick{Value: y, Label: label(t.Label, 60)})
	}
	height := rowHeight*1.5*vg.Length(len(names)) + 40
	return newFigure(c.Heading, horizontal(list, names, "distinct events", true), height,
		entry{before, label(c.Before, 40)}, entry{after, label(c.After, 40)}), nil
}
