package queries_test

import (
	"slices"
	"testing"

	"entente/graph"
	"entente/queries"
)

func TestEventList(t *testing.T) {
	m := world()
	for _, c := range []struct {
		name   string
		filter queries.Filter
		want   int
	}{
		{"all, of any status", queries.Filter{}, len(m.events)},
		{"actor", queries.Filter{Actor: "state:UKR"}, 7},
		{"other alone", queries.Filter{Other: "state:UKR"}, 7},
		{"dyad", queries.Filter{Actor: "state:RUS", Other: "state:UKR"}, 3},
		{"dyad turned round", queries.Filter{Actor: "state:UKR", Other: "state:RUS"}, 3},
		{"category", queries.Filter{Category: "assault"}, 3},
		{"predicate", queries.Filter{Predicate: "Ally of"}, 1},
		{"status", queries.Filter{Status: graph.Negated}, 1},
		{"since", queries.Filter{Since: "2024-04-04"}, 2},
		{"until", queries.Filter{Until: "2024-04-01", Actor: "state:UKR"}, 3},
		{"from month to month", queries.Filter{Since: "2024-04", Until: "2024-04"}, len(m.events) - 1},
		{"year", queries.Filter{Since: "2025"}, 0},
		{"text", queries.Filter{Text: "ATTACK State"}, 3},
		{"limit", queries.Filter{Limit: 4}, 4},
		{"nothing", queries.Filter{Actor: "state:none"}, 0},
	} {
		got, err := queries.EventList(m, c.filter)
		check(t, err)
		if len(got) != c.want || got == nil {
			t.Errorf("%s: %d events, want %d", c.name, len(got), c.want)
		}
		if !slices.IsSortedFunc(got, graph.CompareEvents) {
			t.Errorf("%s: not in order", c.name)
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
		got, err := queries.EventList(m, queries.Filter{Since: c.since, Until: c.until})
		check(t, err)
		if (len(got) == 1) != c.want {
			t.Errorf("%q since %q until %q: %v, want %v", c.date, c.since, c.until, len(got) == 1, c.want)
		}
	}
}
