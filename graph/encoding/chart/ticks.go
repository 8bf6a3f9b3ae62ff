package chart

import (
	"math"
	"strconv"
	"time"

	"gonum.org/v1/plot"
)

// mostDates is how many dates the axis of a Timeline has room for.
const mostDates = 12

// dates are a tick for each step that has a label, by place: those of the finest
// unit of the calendar that leaves room.
func dates(steps []Step) plot.ConstantTicks {
	if len(steps) <= mostDates {
		return ticks(steps, func(s *Step) string { return label(s.Name, 12) })
	}
	for _, unit := range calendar {
		if t := ticks(steps, unit.within); len(t) > 1 && len(t) <= mostDates {
			return t
		}
	}
	every := (len(steps) + mostDates - 1) / mostDates
	var t plot.ConstantTicks
	for i := 0; i < len(steps); i += every {
		t = append(t, plot.Tick{Value: float64(i), Label: label(steps[i].Name, 12)})
	}
	return t
}

func ticks(steps []Step, labelOf func(*Step) string) (t plot.ConstantTicks) {
	for i := range steps {
		if l := labelOf(&steps[i]); l != "" {
			t = append(t, plot.Tick{Value: float64(i), Label: l})
		}
	}
	return t
}

// unit is so many months, of which one begins each year, or so many years.
type unit struct {
	months, years int
	layout        string
}

var calendar = []unit{
	{months: 1, layout: "2006-01"}, {months: 2, layout: "2006-01"}, {months: 3, layout: "2006-01"}, {months: 6, layout: "2006-01"},
	{years: 1, layout: "2006"}, {years: 2, layout: "2006"}, {years: 5, layout: "2006"}, {years: 10, layout: "2006"},
	{years: 20, layout: "2006"}, {years: 50, layout: "2006"}, {years: 100, layout: "2006"},
}

// within names the unit that begins within s, or returns "".
func (u unit) within(s *Step) string {
	since, ok := s.Since.Time()
	until, known := s.Until.Time()
	if !ok || !known {
		return ""
	}
	for t := firstOfMonth(since); !t.After(until); t = t.AddDate(0, 1, 0) {
		if u.begins(t) {
			return t.Format(u.layout)
		}
	}
	return ""
}

// begins reports whether a unit begins with t, the first of a month.
func (u unit) begins(t time.Time) bool {
	if u.years > 0 {
		return t.Month() == time.January && t.Year()%u.years == 0
	}
	return (int(t.Month())-1)%u.months == 0
}

// firstOfMonth returns the first such day that is not before t.
func firstOfMonth(t time.Time) time.Time {
	if t.Day() == 1 {
		return t
	}
	return time.Date(t.Year(), t.Month()+1, 1, 0, 0, 0, 0, time.UTC)
}

// amounts are ticks at round numbers, whole ones where the axis is whole, that are
// labelled without their sign.
type amounts struct{ whole bool }

// Ticks implements plot.Ticker.
func (a amounts) Ticks(low, high float64) []plot.Tick {
	gap := roundUp((high - low) / 8)
	if a.whole {
		gap = max(gap, 1)
	}
	var list []plot.Tick
	for i := math.Ceil(low / gap); i*gap <= high; i++ {
		list = append(list, plot.Tick{Value: i * gap, Label: number(math.Abs(i * gap))})
	}
	return list
}

// roundUp returns the least of 1, 2 and 5, times a power of ten, that is not less
// than x.
func roundUp(x float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(x)))
	for _, digit := range []float64{1, 2, 5} {
		if digit*power >= x*(1-1e-9) {
			return digit * power
		}
	}
	return 10 * power
}

// number is x in four significant digits, or all of those before the point.
func number(x float64) string {
	if math.Abs(x) >= 1000 {
		return strconv.FormatFloat(x, 'f', 0, 64)
	}
	return strconv.FormatFloat(x, 'g', 4, 64)
}
