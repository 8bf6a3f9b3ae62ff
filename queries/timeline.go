package queries

import (
	"fmt"
	"slices"
	"time"

	"entente/graph"
)

// Step is the length of the parts that time is cut into.
type Step string

const (
	ByDay   Step = "day"
	ByWeek  Step = "week" // Monday to Sunday, named as ISO 8601 does: 2024-W14
	ByMonth Step = "month"
	ByYear  Step = "year"
)

// Steps lists every Step in a fixed order.
var Steps = []Step{ByDay, ByWeek, ByMonth, ByYear}

// maxSteps is the most that a Timeline has: more is a wrong date among the
// events, or a wrong step.
const maxSteps = 20_000

// begin returns the first day of the step that t lies in.
func (s Step) begin(t time.Time) time.Time {
	switch s {
	case ByWeek:
		return t.AddDate(0, 0, -(int(t.Weekday())+6)%7)
	case ByMonth:
		return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC)
	case ByYear:
		return time.Date(t.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return t
}

// next returns the first day of the step after the one that begins at t.
func (s Step) next(t time.Time) time.Time {
	switch s {
	case ByWeek:
		return t.AddDate(0, 0, 7)
	case ByMonth:
		return t.AddDate(0, 1, 0)
	case ByYear:
		return t.AddDate(1, 0, 0)
	}
	return t.AddDate(0, 0, 1)
}

// name returns what the step that begins at t is called.
func (s Step) name(t time.Time) string {
	switch s {
	case ByWeek:
		year, week := t.ISOWeek()
		return fmt.Sprintf("%04d-W%02d", year, week)
	case ByMonth:
		return t.Format("2006-01")
	case ByYear:
		return t.Format("2006")
	}
	return t.Format(time.DateOnly)
}

// of returns the beginning of the step that d lies in, and false where d is too
// vague for that, or unknown.
func (s Step) of(d graph.Date) (time.Time, bool) {
	first, last, ok := days(d)
	begin := s.begin(first)
	return begin, ok && begin.Equal(s.begin(last))
}

// TimelineOptions say which events a Timeline counts, and in what steps.
type TimelineOptions struct {
	Filter
	By Step // "" is ByMonth
}

// Timeline is the course of events over time.
type Timeline struct {
	// Actors are those whose events they are: none (all events), one, or two
	// (those between them).
	Actors []graph.NameRef `json:"actors"`
	By     Step            `json:"by"`
	graph.Counts
	Quads
	// ByStatus counts all distinct events, also those that the other numbers
	// leave out.
	ByStatus []StatusCount `json:"by_status"`
	// Steps lie without a gap from the first to the last event, or from Since and
	// to Until where the filter has them. Those without events have zeros.
	Steps []TimeStep `json:"steps"`
	// Vague are the numbers of the events whose dates are vaguer than a step, and
	// Undated of those without a date. They are in none of Steps.
	Vague   graph.Counts `json:"vague"`
	Undated graph.Counts `json:"undated"`
}

// TimeStep is the numbers of the events of one step.
type TimeStep struct {
	Step  string     `json:"step"` // 2024-04-04, 2024-W14, 2024-04 or 2024
	Since graph.Date `json:"since"`
	Until graph.Date `json:"until"`
	// Events, Mentions, Publishers and Goldstein are those of graph.Counts.
	Events     int     `json:"events"`
	Mentions   int     `json:"mentions"`
	Publishers int     `json:"publishers"`
	Goldstein  float64 `json:"goldstein"`
	Quads
}

// TimelineOf counts the events of the actors (at most two; of two, those
// between them; of none, all) by steps of time. It holds about 300 bytes in
// memory for each event record that passes. The error wraps graph.ErrNotFound
// if there is no such actor.
func TimelineOf(r Reader, actors []graph.ActorID, o TimelineOptions) (Timeline, error) {
	if o.By == "" {
		o.By = ByMonth
	}
	answer := Timeline{By: o.By, Steps: []TimeStep{}}
	var err error
	if answer.Actors, err = o.focus(r, actors); err != nil {
		return Timeline{}, err
	}
	var all, vague, undated graph.Tally
	steps, statuses := map[time.Time]*graph.Tally{}, statusCounter{}
	for e, err := range o.watched(o.source(r), statuses) {
		if err != nil {
			return Timeline{}, fmt.Errorf("timeline: %w", err)
		}
		all.Add(&e)
		switch begin, ok := o.By.of(e.Date); {
		case ok:
			tallyOf(steps, begin).Add(&e)
		case e.Date == "":
			undated.Add(&e)
		default:
			vague.Add(&e)
		}
	}
	answer.Counts, answer.Quads = counted(&all)
	answer.ByStatus, answer.Vague, answer.Undated = statuses.counts(), vague.Counts(), undated.Counts()
	answer.Steps, err = o.fill(steps)
	return answer, err
}

// focus makes f a filter of the events of the actors, at most two, and returns
// their names.
func (f *Filter) focus(r Reader, actors []graph.ActorID) ([]graph.NameRef, error) {
	names := []graph.NameRef{}
	for i, id := range actors {
		name, err := knownName(r, id)
		if err != nil {
			return nil, err
		}
		names = append(names, name)
		switch i {
		case 0:
			f.Actor = name.ID
		case 1:
			f.Other = name.ID
		default:
			return nil, fmt.Errorf("%d actors: two at most", len(actors))
		}
	}
	return names, nil
}

// fill returns the steps in order of time, with empty ones in the gaps.
func (o *TimelineOptions) fill(tallies map[time.Time]*graph.Tally) ([]TimeStep, error) {
	var begins []time.Time
	for t := range tallies {
		begins = append(begins, t)
	}
	if len(begins) == 0 {
		return []TimeStep{}, nil
	}
	if since, _, ok := days(o.Since); ok {
		begins = append(begins, o.By.begin(since))
	}
	if _, until, ok := days(o.Until); ok {
		begins = append(begins, o.By.begin(until))
	}
	first, last := slices.MinFunc(begins, time.Time.Compare), slices.MaxFunc(begins, time.Time.Compare)
	steps := []TimeStep{}
	for t := first; !t.After(last); t = o.By.next(t) {
		if len(steps) == maxSteps {
			return nil, fmt.Errorf("more than %d %ss from %s to %s: choose a longer step, or bounds", maxSteps, o.By, o.By.name(first), o.By.name(last))
		}
		step := TimeStep{Step: o.By.name(t), Since: graph.DateOf(t), Until: graph.DateOf(o.By.next(t).AddDate(0, 0, -1))}
		if tally := tallies[t]; tally != nil {
			var c graph.Counts
			c, step.Quads = counted(tally)
			step.Events, step.Mentions, step.Publishers, step.Goldstein = c.Events, c.Mentions, c.Publishers, c.Goldstein
		}
		steps = append(steps, step)
	}
	return steps, nil
}
