package queries_test

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"testing"

	"entente/graph"
	"entente/queries"
)

// The steps lie one after the other, and they, the vague and the undated have
// all events between them.
func TestTimeline(t *testing.T) {
	m := variedWorld(3, 5, 500)
	for _, by := range queries.Steps {
		for i, f := range filters {
			for _, actors := range [][]graph.ActorID{nil, {"state:001"}, {"state:001", "state:003"}} {
				got, err := queries.TimelineOf(m, actors, queries.TimelineOptions{Filter: f, By: by})
				check(t, err)
				events, goldstein, conflict := got.Vague.Events+got.Undated.Events, got.Vague.Goldstein+got.Undated.Goldstein, 0
				for j, s := range got.Steps {
					events += s.Events
					goldstein += s.Goldstein
					conflict += s.VerbalConflict + s.MaterialConflict
					if j > 0 {
						last, _ := got.Steps[j-1].Until.Time()
						if begin, _ := s.Since.Time(); !begin.Equal(last.AddDate(0, 0, 1)) || s.Step <= got.Steps[j-1].Step {
							t.Fatalf("%s: %s follows %s", by, s.Step, got.Steps[j-1].Step)
						}
					}
				}
				if events != got.Events || math.Abs(goldstein-got.Goldstein) > 1e-6 || conflict > got.VerbalConflict+got.MaterialConflict {
					t.Errorf("%s, filter %d: %d events in the parts, %d in all; Goldstein %v, %v", by, i, events, got.Events, goldstein, got.Goldstein)
				}
			}
		}
	}
}

func TestTimelineSteps(t *testing.T) {
	m := &memory{}
	m.act(4, "state:A", "aid", "state:B")
	for i, d := range []graph.Date{"2024-12-30", "2025-02", "2025", ""} { // a Monday, of the first week of 2025
		m.events[i].Date = d
	}
	for _, c := range []struct {
		by             queries.Step
		want           []string
		vague, undated int
	}{
		{queries.ByDay, []string{"2024-12-30"}, 2, 1},
		{queries.ByWeek, []string{"2025-W01"}, 2, 1},
		{queries.ByMonth, []string{"2024-12", "2025-01", "2025-02"}, 1, 1},
		{queries.ByYear, []string{"2024", "2025"}, 0, 1},
	} {
		got, err := queries.TimelineOf(m, nil, queries.TimelineOptions{By: c.by})
		check(t, err)
		var names []string
		for _, s := range got.Steps {
			names = append(names, s.Step)
		}
		if !slices.Equal(names, c.want) || got.Vague.Events != c.vague || got.Undated.Events != c.undated {
			t.Errorf("%s: %v, %d vague, %d undated", c.by, names, got.Vague.Events, got.Undated.Events)
		}
	}
	got, err := queries.TimelineOf(m, nil, queries.TimelineOptions{Filter: queries.Filter{Since: "2024-11", Until: "2025-01-15"}})
	check(t, err)
	if len(got.Steps) != 3 || got.Steps[0].Step != "2024-11" || got.Steps[2].Events != 0 {
		t.Errorf("within bounds: %+v", got.Steps)
	}
	m.events[0].Date = "1024-12-30"
	m.events[1].Date = "2024-12-30"
	if _, err := queries.TimelineOf(m, nil, queries.TimelineOptions{By: queries.ByDay}); err == nil {
		t.Error("a thousand years by day")
	}
}

// Compare counts what a look at each event counts, and tells the change.
func TestCompare(t *testing.T) {
	before, after := queries.Period{Since: "2023-01", Until: "2023-09"}, queries.Period{Since: "2024", Until: "2024"}
	for seed := range int64(5) {
		m := variedWorld(seed, 6, 400)
		for i, f := range filters {
			if f.Since != "" || f.Until != "" {
				continue
			}
			got, err := queries.Compare(m, nil, queries.CompareOptions{Filter: f, Before: before, After: after, Limit: -1})
			check(t, err)
			type pair struct{ a, b graph.ActorID }
			in := func(p queries.Period) (map[pair]map[graph.Identity]bool, int) {
				ties, n := map[pair]map[graph.Identity]bool{}, 0
				all, err := queries.EventList(m, queries.ListOptions{Filter: f})
				check(t, err)
				for _, e := range all.Events {
					k := pair{min(e.Source.ID, e.Target.ID), max(e.Source.ID, e.Target.ID)}
					if len(e.Date) < 7 && e.Date != "2024" || k.a == k.b || e.Date == "" || !e.Date.Within(p.Since, p.Until) {
						continue
					}
					if ties[k] == nil {
						ties[k] = map[graph.Identity]bool{}
					}
					if !ties[k][e.Identity()] {
						n++
					}
					ties[k][e.Identity()] = true
				}
				return ties, n
			}
			old, n := in(before)
			young, k := in(after)
			if got.Before.Events != n || got.After.Events != k {
				t.Fatalf("seed %d, filter %d: %d and %d events, want %d and %d", seed, i, got.Before.Events, got.After.Events, n, k)
			}
			pairs := maps.Clone(old)
			maps.Copy(pairs, young)
			if len(got.Ties) != len(pairs) {
				t.Fatalf("seed %d, filter %d: %d ties, want %d", seed, i, len(got.Ties), len(pairs))
			}
			for _, c := range got.Ties {
				p := pair{c.A.ID, c.B.ID}
				if c.Before.Events != len(old[p]) || c.After.Events != len(young[p]) || c.Evidence == nil || c.Q != nil && *c.Q < c.P {
					t.Errorf("seed %d, filter %d: %v has %+v, want %d and %d", seed, i, p, c, len(old[p]), len(young[p]))
				}
				if (c.Change == queries.TieNew) != (c.Before.Events == 0) || (c.Change == queries.TieLost) != (c.After.Events == 0) {
					t.Errorf("%+v", c)
				}
			}
			one, err := queries.Compare(m, []graph.ActorID{"state:001", "state:000"}, queries.CompareOptions{Filter: f, Before: before, After: after})
			check(t, err)
			if j := slices.IndexFunc(got.Ties, func(c queries.TieChange) bool { return c.A.ID == "state:000" && c.B.ID == "state:001" }); j >= 0 &&
				(len(one.Ties) != 1 || one.Ties[0].Before != got.Ties[j].Before || one.Before.Events > got.Before.Events) {
				t.Errorf("of two: %+v, among all %+v", one, got.Ties[j])
			}
		}
	}
}

func TestCompareChanges(t *testing.T) {
	m := &memory{}
	act := func(n int, predicate, other, year string) {
		m.act(n, "state:A", predicate, graph.ActorID("state:"+other))
		for i := range n {
			e := &m.events[len(m.events)-1-i]
			e.Date = graph.Date(year) + e.Date[4:]
		}
	}
	act(20, "aid", "FLIP", "2023")
	act(20, "attack", "FLIP", "2024")
	act(3, "aid", "LOST", "2023")
	act(28, "meet", "MORE", "2024")
	act(2, "meet", "MORE", "2023")
	act(20, "meet", "LESS", "2023")
	act(4, "meet", "LESS", "2024")
	act(1, "aid", "NEW", "2024")
	m.act(1, "state:A", "aid", "state:NEW")
	m.events[len(m.events)-1].Date = "" // of no period
	got, err := queries.Compare(m, []graph.ActorID{"state:A"}, queries.CompareOptions{Before: queries.Period{Since: "2023", Until: "2023"}, After: queries.Period{Since: "2024", Until: "2024"}})
	check(t, err)
	want := map[graph.ActorID]string{"state:FLIP": "flipped true", "state:LOST": "lost false", "state:MORE": "strengthened true",
		"state:LESS": "weakened true", "state:NEW": "new false"}
	for _, c := range got.Ties {
		if s := fmt.Sprint(c.Change, " ", c.Significant); s != want[c.B.ID] {
			t.Errorf("%s: %s (p %v), want %s", c.B.ID, s, c.P, want[c.B.ID])
		}
	}
	if len(got.Ties) != len(want) || got.Ties[0].B.ID != "state:FLIP" || got.Tested != 3 { // the new and the lost tie have too few events
		t.Errorf("%d ties, first %s, %d tested", len(got.Ties), got.Ties[0].B.ID, got.Tested)
	}
	_, err = queries.Compare(m, nil, queries.CompareOptions{Before: queries.Period{Since: "2023", Until: "2024-01"}, After: queries.Period{Since: "2024", Until: "2024"}})
	if !errors.Is(err, queries.ErrOverlap) {
		t.Errorf("got %v", err)
	}
}

func TestBursts(t *testing.T) {
	m := &memory{}
	m.act(1, "state:A", "meet", "state:B")
	m.events[0].Date = "2024-01-01"
	day := func(other string, n int, date graph.Date) { // n distinct events of one day
		for i := range n {
			m.act(1, "state:A", fmt.Sprintf("act%d", i), graph.ActorID("state:"+other))
			m.events[len(m.events)-1].Date = date
		}
	}
	for d := 1; d <= 28; d += 2 {
		day("B", 1, graph.Date(fmt.Sprintf("2024-03-%02d", d)))
	}
	day("C", 6, "2024-02-10")
	day("C", 5, "2024-02-11")
	day("C", 1, "2024-06-30")
	m.events[len(m.events)-1].Confidence = 0.99
	repeat := m.events[20]
	repeat.Article = "again" // the same event told again is no other
	m.add(repeat)
	got, err := queries.Bursts(m, []graph.ActorID{"state:A"}, queries.BurstOptions{})
	check(t, err)
	if got.Since != "2024-01-01" || got.Until != "2024-06-30" || got.Steps != 182 || got.Series != 3 {
		t.Errorf("%+v", got)
	}
	var found []string
	for _, b := range got.Bursts {
		found = append(found, fmt.Sprint(len(b.Actors), " ", b.Since, " ", b.Until, " ", b.Events))
		if b.Evidence == nil || b.Evidence.Date != b.Peak || b.Weight <= 0 {
			t.Errorf("%+v", b)
		}
	}
	// The tie with C, and all of A's.
	if !slices.Contains(found, "2 2024-02-10 2024-02-11 11") || !slices.ContainsFunc(found, func(s string) bool { return s[0] == '1' }) {
		t.Errorf("found %v", found)
	}
	if got, err = queries.Bursts(m, []graph.ActorID{"state:A", "state:B"}, queries.BurstOptions{Filter: queries.Filter{Until: "2024-03-28"}, By: queries.ByDay}); err != nil || got.Series != 1 || got.Until != "2024-03-28" {
		t.Errorf("%+v, %v", got, err)
	}
	empty, err := queries.Bursts(&memory{}, nil, queries.BurstOptions{})
	if check(t, err); empty.Total != 0 || empty.Bursts == nil {
		t.Errorf("of nothing: %+v", empty)
	}
}

// daysBetween is how far two days are apart.
func daysBetween(a, b graph.Date) float64 {
	s, _ := a.Time()
	u, _ := b.Time()
	return s.Sub(u).Abs().Hours() / 24
}

// Disagree finds the pairs of distinct events that a look at all pairs of
// records finds.
func TestDisagree(t *testing.T) {
	m := variedWorld(5, 3, 600)
	for i := range m.events { // crowd them into a month
		if e := &m.events[i]; len(e.Date) == 10 {
			e.Date = "2024-03" + e.Date[7:]
		}
		if i%3 == 0 {
			m.events[i].Status = graph.Negated
		}
	}
	for _, apart := range []int{0, 2} {
		got, err := queries.Disagree(m, nil, queries.DisagreeOptions{Days: apart, Limit: -1})
		check(t, err)
		want := map[string]bool{}
		speaker := func(e graph.Event) string {
			switch {
			case e.AttributedTo != nil:
				return e.AttributedTo.Name
			case e.Publisher != "":
				return e.Publisher
			}
			return e.Article
		}
		name := func(id graph.Identity) string {
			return fmt.Sprint(id.Source, id.Target, id.Category, id.Predicate, id.Status, id.Date)
		}
		for _, x := range m.events {
			for _, y := range m.events {
				a, b := x.Identity(), y.Identity()
				if len(a.Date) != 10 || len(b.Date) != 10 || daysBetween(a.Date, b.Date) > float64(apart) || speaker(x) == speaker(y) || a.Status != graph.Asserted {
					continue
				}
				denied := b.Status == graph.Negated && a.Dyad == b.Dyad && a.Category == b.Category && (a.Category != graph.NoCategory || a.Predicate == b.Predicate)
				opposed := b.Status == graph.Asserted && (x.Quad == 1 || x.Quad == 2) && y.Quad > 2 &&
					(a.Dyad == b.Dyad || a.Source == b.Target && a.Target == b.Source)
				if denied || opposed {
					want[name(a)+" "+name(b)] = true
				}
			}
		}
		seen := map[string]bool{}
		for i, d := range got.Disagreements {
			of := func(a queries.Account) string {
				return name(graph.Identity{Dyad: graph.Dyad{Source: a.Source, Target: a.Target}, Category: a.Category, Predicate: graph.OneSpelling(a.Predicate), Status: a.Status, Date: a.Date})
			}
			k := of(d.One) + " " + of(d.Other)
			if !want[k] || seen[k] {
				t.Errorf("%d days: not to be found, or twice: %s", apart, k)
			}
			seen[k] = true
			if d.One.Evidence == nil || d.Other.Evidence == nil || speaker(*d.One.Evidence) == speaker(*d.Other.Evidence) {
				t.Errorf("%s: the evidence is of one voice", k)
			}
			if i > 0 && (d.Kind < got.Disagreements[i-1].Kind || d.Kind == got.Disagreements[i-1].Kind && d.Score > got.Disagreements[i-1].Score) {
				t.Errorf("place %d is out of order", i)
			}
		}
		if len(seen) != len(want) || got.Total != len(want) || len(want) == 0 {
			t.Errorf("%d days: %d found, want %d", apart, len(seen), len(want))
		}
	}
}
