package queries_test

import (
	"errors"
	"fmt"
	"iter"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"entente/graph"
	"entente/queries"
)

func TestEventList(t *testing.T) {
	m := world()
	m.events[3].Place = &graph.Place{Name: "Addis Ababa", Country: "ETH"}
	m.events[4].Copies = []graph.Copy{{Article: "z", Publisher: "The Évening Sun"}}
	for _, c := range []struct {
		name   string
		filter queries.Filter
		want   int
	}{
		{"asserted", queries.Filter{}, len(m.events) - 1},
		{"all, of any status", queries.Filter{Statuses: graph.Statuses}, len(m.events)},
		{"actor", queries.Filter{Actor: "state:UKR"}, 7},
		{"other alone", queries.Filter{Other: "state:UKR"}, 7},
		{"dyad", queries.Filter{Actor: "state:RUS", Other: "state:UKR"}, 3},
		{"dyad turned round", queries.Filter{Actor: "state:UKR", Other: "state:RUS"}, 3},
		{"categories", queries.Filter{Categories: []string{"assault", "NONE"}}, 4},
		{"quads", queries.Filter{Quads: []int{2, 4}}, 5},
		{"predicate", queries.Filter{Predicate: "Ally of"}, 1},
		{"status", queries.Filter{Statuses: []graph.Status{graph.Negated}}, 1},
		{"since", queries.Filter{Since: "2024-04-04"}, 2},
		{"until", queries.Filter{Until: "2024-04-01", Actor: "state:UKR"}, 3},
		{"from month to month", queries.Filter{Since: "2024-04", Until: "2024-04"}, len(m.events) - 1},
		{"year", queries.Filter{Since: "2025"}, 0},
		{"words, in any order", queries.Filter{Text: "state ATTACK"}, 3},
		{"phrase", queries.Filter{Text: `"attack state" RUS`}, 3},
		{"phrase the other way round", queries.Filter{Text: `“state attack”`}, 0},
		{"part of a word", queries.Filter{Text: "attac"}, 0},
		{"type", queries.Filter{Type: graph.IGO}, 1},
		{"country, in any case", queries.Filter{Country: "kor"}, 1},
		{"type and country of one actor", queries.Filter{Type: graph.Person, Country: "FRA"}, 13},
		{"type and country of two actors", queries.Filter{Type: graph.Person, Country: "UKR"}, 0},
		{"publisher", queries.Filter{Publisher: "other times"}, 1},
		{"publisher of a copy", queries.Filter{Publisher: "evening"}, 1},
		{"place", queries.Filter{Place: "ababa"}, 1},
		{"place by country", queries.Filter{Place: "eth"}, 1},
		{"ties of three events", queries.Filter{MinEvents: 3}, 12},
		{"ties of two publishers", queries.Filter{MinPublishers: 2}, 6},
		{"nothing", queries.Filter{Actor: "state:none"}, 0},
	} {
		got, err := queries.EventList(m, queries.ListOptions{Filter: c.filter})
		check(t, err)
		if len(got.Events) != c.want || got.Total != c.want || got.Events == nil || got.Counts.Mentions < c.want {
			t.Errorf("%s: %d events of %d, want %d", c.name, len(got.Events), got.Total, c.want)
		}
		if !slices.IsSortedFunc(got.Events, graph.CompareEvents) {
			t.Errorf("%s: not in order", c.name)
		}
	}
}

// Of a cut list the numbers are those of all, and the rest is in the same order.
func TestEventListLimit(t *testing.T) {
	m := variedWorld(1, 6, 3000)
	all, err := queries.EventList(m, queries.ListOptions{})
	check(t, err)
	cut, err := queries.EventList(m, queries.ListOptions{Limit: 4})
	check(t, err)
	latest, err := queries.EventList(m, queries.ListOptions{Limit: 4, Latest: true})
	check(t, err)
	if cut.Total != all.Total || cut.Counts != all.Counts || latest.Counts != all.Counts || !slices.Equal(cut.ByStatus, all.ByStatus) {
		t.Errorf("the numbers of a part: %+v, of all: %+v", cut.Counts, all.Counts)
	}
	slices.Reverse(all.Events)
	for i := range 4 {
		if graph.CompareEvents(latest.Events[i], all.Events[i]) != 0 || graph.CompareEvents(cut.Events[i], all.Events[len(all.Events)-1-i]) != 0 {
			t.Errorf("place %d differs", i)
		}
	}
}

func TestEventListVagueDates(t *testing.T) {
	m := &memory{}
	m.act(1, "state:A", "aid", "state:B")
	for _, c := range []struct {
		date, since, until graph.Date
		want               bool
	}{
		{"2024", "2024-06-01", "", true}, // may lie within
		{"2024", "", "2024-06-01", true},
		{"2024-05", "2024-06-01", "", false},
		{"2024-06", "2024-06-15", "2024-06-20", true},
		{"2024-06-15", "2024-06-15", "2024-06-15", true},
		{"2024-06-15", "2024", "2024", true},
		{"2024-06-15", "2023", "2023", false},
		{"", "2024", "", false},
		{"", "", "2024", false},
		{"", "", "", true},
	} {
		m.events[0].Date = c.date
		got, err := queries.EventList(m, queries.ListOptions{Filter: queries.Filter{Since: c.since, Until: c.until}})
		check(t, err)
		if (got.Total == 1) != c.want {
			t.Errorf("%q since %q until %q: %v, want %v", c.date, c.since, c.until, got.Total == 1, c.want)
		}
	}
}

// indexed is a memory that finds events by category and date.
type indexed struct {
	*memory
	asked *int
}

func (m indexed) EventsIn(category string, since, until graph.Date) iter.Seq2[graph.Event, error] {
	*m.asked++
	return yieldAll(m.memory, m.events, func(e graph.Event) bool {
		return (category == "" || category == e.Category) && e.Date.Within(since, until)
	})
}

// variedWorld is a graph of the given number of events whose statuses, dates,
// publishers and places differ.
func variedWorld(seed int64, actors, events int) *memory {
	rng := rand.New(rand.NewSource(seed))
	m := &memory{}
	for i := range actors {
		m.addActor(graph.Actor{ID: graph.ActorID(fmt.Sprintf("state:%03d", i)), Name: fmt.Sprintf("Land %d", i), Mentions: []string{},
			Type: []graph.ActorType{graph.State, graph.IGO}[i%2], Country: []string{"AAA", "BBB", "CCC"}[i%3]})
	}
	for i := range events {
		who := func() graph.ActorID { return m.actors[rng.Intn(actors)].ID }
		m.act(1, who(), []string{"condemn", "meet", "attack", "aid", "ally_of"}[rng.Intn(5)], who())
		e := &m.events[len(m.events)-1]
		e.Article, e.Sentence, e.Confidence = fmt.Sprintf("a%d", rng.Intn(40)), i, float64(50+rng.Intn(50))/100
		e.Status = graph.Statuses[max(0, rng.Intn(8)-4)]
		e.Date = graph.Date(fmt.Sprintf("202%d-%02d-%02d", 3+rng.Intn(2), 1+rng.Intn(12), 1+rng.Intn(28)))[:[]int{10, 10, 10, 7, 4, 0}[rng.Intn(6)]]
		e.Publisher = []string{"", "Post", "Example Times", "Evening Star"}[rng.Intn(4)]
		if rng.Intn(3) == 0 {
			e.Copies = []graph.Copy{{Article: "c", Publisher: "Copy Wire"}}
		}
		if rng.Intn(3) == 0 {
			e.Place = &graph.Place{Name: "Port Royal", Country: "JAM"}
		}
		if rng.Intn(3) == 0 {
			speaker := m.ref(who())
			e.AttributedTo = &speaker
		}
	}
	return m
}

// filters are some of each kind.
var filters = []queries.Filter{
	{}, {Statuses: graph.Statuses}, {Categories: []string{"ACCUSE", "aid"}}, {Quads: []int{1, 4}}, {Since: "2023-06"}, {Until: "2023-06-15"},
	{Since: "2024", Until: "2024-03"}, {Predicate: "condemn"}, {Type: graph.IGO}, {Country: "BBB"}, {Type: graph.IGO, Country: "AAA"},
	{Publisher: "times"}, {Publisher: "copy"}, {Place: "royal"}, {Text: "attack"}, {Categories: []string{"ASSAULT"}, Since: "2024"},
}

// A filter that names actors, or that an index serves, lets the same through as
// a look at each event; and all of two filters is what both let through.
func TestFilterEvents(t *testing.T) {
	m := variedWorld(2, 5, 600)
	asked := 0
	passing := func(r queries.Reader, f queries.Filter) []string {
		var list []string
		for e, err := range f.Events(r) {
			check(t, err)
			list = append(list, fmt.Sprint(e.Sentence))
		}
		return list
	}
	for i, f := range filters {
		all := passing(m, f)
		if got := passing(indexed{m, &asked}, f); !slices.Equal(sorted(got), sorted(all)) {
			t.Errorf("filter %d: the index gives %d events, a scan %d", i, len(got), len(all))
		}
		f.Actor = "state:001"
		var of []string
		for _, e := range m.events {
			if n := fmt.Sprint(e.Sentence); (e.Source.ID == f.Actor || e.Target.ID == f.Actor) && slices.Contains(all, n) {
				of = append(of, n)
			}
		}
		if got := passing(m, f); !slices.Equal(got, of) {
			t.Errorf("filter %d: %d events of an actor, want %d", i, len(got), len(of))
		}
		f.MinEvents, f.MinPublishers = 10, 3
		ties := map[string]map[graph.Identity]bool{}
		publishers := map[string]map[string]bool{}
		for _, e := range m.events {
			if slices.Contains(of, fmt.Sprint(e.Sentence)) {
				k := string(min(e.Source.ID, e.Target.ID) + " " + max(e.Source.ID, e.Target.ID))
				if ties[k] == nil {
					ties[k], publishers[k] = map[graph.Identity]bool{}, map[string]bool{}
				}
				ties[k][e.Identity()] = true
				for _, c := range append(e.Copies, graph.Copy{Publisher: e.Publisher}) {
					if c.Publisher != "" {
						publishers[k][c.Publisher] = true
					}
				}
			}
		}
		for _, e := range m.events {
			n, k := fmt.Sprint(e.Sentence), string(min(e.Source.ID, e.Target.ID)+" "+max(e.Source.ID, e.Target.ID))
			if slices.Contains(of, n) && (len(ties[k]) < 10 || len(publishers[k]) < 3) {
				of = slices.DeleteFunc(of, func(s string) bool { return s == n })
			}
		}
		if got := passing(m, f); !slices.Equal(got, of) {
			t.Errorf("filter %d: %d events of great ties, want %d", i, len(got), len(of))
		}
	}
	if asked == 0 {
		t.Error("the index was never asked")
	}
}

func sorted(list []string) []string { return slices.Sorted(slices.Values(list)) }

func TestLoosen(t *testing.T) {
	m := world()
	for _, c := range []struct {
		filter queries.Filter
		want   []queries.Stop
	}{
		{queries.Filter{Since: "2025", Actor: "state:UKR"}, []queries.Stop{{Filter: "since", Events: 7}}},
		{queries.Filter{Predicate: "call"}, []queries.Stop{{Filter: "status", Events: 1}, {Filter: "predicate", Events: 21}}},
		{queries.Filter{Predicate: "call", Since: "2025"}, []queries.Stop{}},
		{queries.Filter{Quads: []int{4}, Predicate: "meet"}, []queries.Stop{{Filter: "quad", Events: 2}, {Filter: "predicate", Events: 3}}},
		{queries.Filter{Predicate: "aid", MinEvents: 9}, []queries.Stop{{Filter: "predicate", Events: 19}, {Filter: "min-events", Events: 2}}},
	} {
		got, err := c.filter.Loosen(m)
		check(t, err)
		if !slices.Equal(got, c.want) {
			t.Errorf("%+v: got %v, want %v", c.filter, got, c.want)
		}
	}
	m.broken = errors.New("broken")
	if _, err := (queries.Filter{}).Loosen(m); !errors.Is(err, m.broken) {
		t.Errorf("got %v", err)
	}
}

func TestStretch(t *testing.T) {
	for typed, want := range map[string]string{
		"2024":              "2024",
		"2024-03..2024-05":  "2024-03..2024-05",
		"..2024-05":         "..2024-05",
		"2024-03-05..":      "2024-03-05..",
		"last day":          "2024-03-31",
		"Last 30 days":      "2024-03-02..2024-03-31",
		"last month":        "2024-03-01..2024-03-31",
		"previous month":    "2024-02-01..2024-02-29",
		"last 2 weeks":      "2024-03-18..2024-03-31",
		"last 13 months":    "2023-03-01..2024-03-31",
		"last year":         "2023-04-01..2024-03-31",
		"previous 2 years":  "2020-04-01..2022-03-31",
		"2024-02..2024-01":  "error",
		"yesterday":         "error",
		"last 0 days":       "error",
		"last 3 fortnights": "error",
		"last few days":     "error",
		"..":                "error",
		"":                  "error",
		"2024-13":           "error",
	} {
		s, err := queries.ParseStretch(typed)
		got := "error"
		if err == nil {
			p, err := s.At("2024-03-31")
			check(t, err)
			got = p.String()
		} else if !strings.Contains(err.Error(), fmt.Sprintf("%q", typed)) {
			t.Errorf("%q: the error is %v", typed, err)
		}
		if got != want {
			t.Errorf("%q: got %s, want %s", typed, got, want)
		}
	}
	s, err := queries.ParseStretch("last week")
	check(t, err)
	if _, err := s.At(""); err == nil {
		t.Error("told from no day")
	}
}

func TestNewestDay(t *testing.T) {
	m := world()
	m.events[0].Date, m.events[0].Published = "2030-01-01", "2024-04-01" // after its publication
	m.events[1].Date = "2031"
	m.events[2].Date, m.events[2].Published, m.events[2].Status = "2029-01-01", "", graph.Planned
	got, err := queries.NewestDay(m)
	check(t, err)
	if got != "2024-04-05" {
		t.Errorf("got %s", got)
	}
}
