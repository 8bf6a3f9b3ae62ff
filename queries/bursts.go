package queries

import (
	"cmp"
	"fmt"
	"iter"
	"math"
	"slices"
	"time"

	"entente/graph"
)

// BurstOptions say where to look for bursts, and what one is.
type BurstOptions struct {
	Filter
	By Step // ByDay or ByWeek; "" is ByDay
	// Ratio is how many times its usual rate a series has in a burst; 0 means 3.
	// Gamma is the price of a burst's beginning, in units of the logarithm of the
	// number of steps; 0 means 1. Higher ones find fewer bursts.
	Ratio float64
	Gamma float64
	Limit int // at most so many bursts; 0 means 20, a negative number all
}

// BurstList is when there was more than usual.
type BurstList struct {
	// Actors are those that the search was narrowed to, at most two.
	Actors []graph.NameRef `json:"actors"`
	By     Step            `json:"by"`
	Ratio  float64         `json:"ratio"`
	Gamma  float64         `json:"gamma"`
	// Since and Until are the first and the last day of every series, Steps their
	// length.
	Since  graph.Date `json:"since"`
	Until  graph.Date `json:"until"`
	Steps  int        `json:"steps"`
	Series int        `json:"series"` // that were looked at
	// Vague are the event records whose dates are vaguer than a step, or unknown.
	Vague  int     `json:"vague"`
	Total  int     `json:"total"`  // bursts found, listed or not
	Bursts []Burst `json:"bursts"` // by weight, the greatest first
}

// Burst is a run of steps in which a series has more than usual.
type Burst struct {
	// Actors tell the series: all events (none), those of an actor, or of a tie.
	Actors []graph.NameRef `json:"actors"`
	Since  graph.Date      `json:"since"`
	Until  graph.Date      `json:"until"`
	Events int             `json:"events"` // distinct
	// Usual is the number of events of as long a run at the series' mean rate.
	Usual float64 `json:"usual"`
	// Weight is how much likelier the burst makes its events: the logarithm of
	// their likelihood at the rate of a burst less that at the usual rate.
	Weight float64    `json:"weight"`
	Peak   graph.Date `json:"peak"` // first day of its step with the most events
	// PeakEvents is the number of events of that step.
	PeakEvents int `json:"peak_events"`
	// Evidence is the best record of the peak.
	Evidence *graph.Event `json:"evidence"`
}

// series is the distinct events of all, of an actor or of a tie, by step.
type series struct {
	actors []graph.ActorID
	counts map[time.Time]int
	total  int
}

// Bursts looks for bursts in the events of the actors: of two, in their tie; of
// one, in all its events and in each of its ties; of none, in all events and in
// each tie.
//
// It is the automaton with two states of Kleinberg (2002), for counts: a step
// has its number of events by a Poisson distribution with the series' mean, or
// in a burst Ratio times that; to go into a burst costs Gamma times the
// logarithm of the number of steps, to end it nothing. The cheapest course of
// the states (Viterbi), of several the one with the fewest steps of burst, tells
// the bursts. All series run over the same days: those of the filter, else from
// the first to the last event. The error wraps graph.ErrNotFound if there is no
// such actor.
func Bursts(r Reader, actors []graph.ActorID, o BurstOptions) (BurstList, error) {
	o.By, o.Ratio, o.Gamma = cmp.Or(o.By, ByDay), cmp.Or(o.Ratio, 3), cmp.Or(o.Gamma, 1)
	answer := BurstList{By: o.By, Ratio: o.Ratio, Gamma: o.Gamma, Bursts: []Burst{}}
	var err error
	if answer.Actors, err = o.focus(r, actors); err != nil {
		return BurstList{}, err
	}
	all, vague, err := o.series(r, answer.Actors)
	if err != nil {
		return BurstList{}, fmt.Errorf("bursts: %w", err)
	}
	answer.Series, answer.Vague = len(all), vague
	steps, err := o.window(all)
	if err != nil || len(steps) == 0 {
		return answer, err
	}
	answer.Steps, answer.Since = len(steps), graph.DateOf(steps[0])
	answer.Until = graph.DateOf(o.By.next(steps[len(steps)-1]).AddDate(0, 0, -1))
	for _, s := range all {
		answer.Bursts = append(answer.Bursts, o.bursts(s, steps)...)
	}
	slices.SortFunc(answer.Bursts, func(a, b Burst) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Since, b.Since),
			slices.CompareFunc(a.Actors, b.Actors, func(x, y graph.NameRef) int { return cmp.Compare(x.ID, y.ID) }))
	})
	answer.Total = len(answer.Bursts)
	answer.Bursts = first(answer.Bursts, o.Limit, 20)
	if err := o.attest(r, answer.Bursts); err != nil {
		return BurstList{}, err
	}
	return answer, nil
}

// series returns the series to look at, by the ids of their actors, and the
// number of records that are too vague for a step.
func (o *BurstOptions) series(r Reader, actors []graph.NameRef) (list []*series, vague int, err error) {
	ties, seen := map[tie]*series{}, map[graph.Identity]bool{}
	whole := &series{counts: map[time.Time]int{}}
	for _, a := range actors {
		whole.actors = append(whole.actors, a.ID)
	}
	for e, err := range o.Filter.Events(r) {
		if err != nil {
			return nil, 0, err
		}
		begin, ok := o.By.of(e.Date)
		if !ok {
			vague++
			continue
		}
		if id := e.Identity(); seen[id] {
			continue
		} else {
			seen[id] = true
		}
		t := tieOf(&e)
		if ties[t] == nil {
			ties[t] = &series{actors: []graph.ActorID{t.a, t.b}, counts: map[time.Time]int{}}
		}
		for _, s := range []*series{whole, ties[t]} {
			s.counts[begin]++
			s.total++
		}
	}
	if len(actors) < 2 {
		for t, s := range ties {
			if t.a != t.b {
				list = append(list, s)
			}
		}
		slices.SortFunc(list, func(a, b *series) int { return slices.Compare(a.actors, b.actors) })
	}
	return append([]*series{whole}, list...), vague, nil
}

// window returns the steps that all series run over. The first series is the
// whole.
func (o *BurstOptions) window(all []*series) ([]time.Time, error) {
	whole := map[time.Time]*graph.Tally{}
	for t := range all[0].counts {
		whole[t] = nil
	}
	steps, err := (&TimelineOptions{Filter: o.Filter, By: o.By}).fill(whole)
	begins := make([]time.Time, len(steps))
	for i, s := range steps {
		begins[i], _ = s.Since.Time()
	}
	return begins, err
}

// bursts returns the bursts of a series over the steps.
func (o *BurstOptions) bursts(s *series, steps []time.Time) []Burst {
	start := o.Gamma * math.Log(float64(len(steps)))
	if float64(s.total)*math.Log(o.Ratio) <= start {
		return nil // no run of its events could pay for a beginning
	}
	usual := float64(s.total) / float64(len(steps))
	// gain is how much cheaper a step is in a burst than out of it.
	gain := func(n int) float64 { return float64(n)*math.Log(o.Ratio) - usual*(o.Ratio-1) }
	counts := make([]int, len(steps))
	for i, t := range steps {
		counts[i] = s.counts[t]
	}
	var list []Burst
	burning := course(counts, gain, start)
	for i := 0; i < len(steps); i++ {
		if !burning[i] {
			continue
		}
		b := Burst{Since: graph.DateOf(steps[i])}
		for _, id := range s.actors {
			b.Actors = append(b.Actors, graph.NameRef{ID: id})
		}
		begin := i
		for ; i < len(steps) && burning[i]; i++ {
			b.Events += counts[i]
			b.Weight += gain(counts[i])
			if counts[i] > b.PeakEvents {
				b.Peak, b.PeakEvents = graph.DateOf(steps[i]), counts[i]
			}
		}
		b.Until = graph.DateOf(o.By.next(steps[i-1]).AddDate(0, 0, -1))
		b.Usual, b.Weight = round(usual*float64(i-begin)), round(b.Weight)
		list = append(list, b)
	}
	return list
}

// course returns in which steps the cheapest course is in a burst. Gain is what
// a step with n events saves by being in one, start what it costs to go into
// one.
func course(counts []int, gain func(n int) float64, start float64) []bool {
	out, in := 0.0, -start // the best savings of a course that is out of a burst, or in one
	stays := make([]bool, len(counts))
	ends := make([]bool, len(counts))
	for i, n := range counts {
		if i > 0 {
			stays[i] = in > out-start // else it is gone into here
			ends[i] = in > out        // being out here is to have ended one
			out, in = max(out, in), max(in, out-start)
		}
		in += gain(n)
	}
	burning := make([]bool, len(counts))
	now := in > out
	for i := len(counts) - 1; i >= 0; i-- {
		burning[i] = now
		if now {
			now = stays[i]
		} else {
			now = ends[i]
		}
	}
	return burning
}

// attest finds the names of the bursts' actors and the evidence. It reads the
// events of each series once.
func (o *BurstOptions) attest(r Reader, list []Burst) (err error) {
	bySeries := map[[2]graph.ActorID][]*Burst{}
	var order [][2]graph.ActorID
	for i := range list {
		b := &list[i]
		if b.Actors == nil {
			b.Actors = []graph.NameRef{}
		}
		var key [2]graph.ActorID
		for j := range b.Actors {
			if b.Actors[j], err = nameOf(r, b.Actors[j].ID); err != nil {
				return err
			}
			key[j] = b.Actors[j].ID
		}
		if bySeries[key] == nil {
			order = append(order, key)
		}
		bySeries[key] = append(bySeries[key], b)
	}
	for _, key := range order {
		f := o.Filter
		f.Actor, f.Other = key[0], key[1]
		if err := o.attestSeries(f.Events(r), bySeries[key]); err != nil {
			return err
		}
	}
	return nil
}

// attestSeries finds the best record of the peak of each of the bursts of one
// series.
func (o *BurstOptions) attestSeries(events iter.Seq2[graph.Event, error], list []*Burst) error {
	peaks := map[graph.Date]*Burst{}
	for _, b := range list {
		peaks[b.Peak] = b
	}
	for e, err := range events {
		if err != nil {
			return err
		}
		begin, ok := o.By.of(e.Date)
		if !ok {
			continue
		}
		if b := peaks[graph.DateOf(begin)]; b != nil && (b.Evidence == nil || graph.BetterEvidence(e, *b.Evidence)) {
			b.Evidence = &e
		}
	}
	return nil
}
