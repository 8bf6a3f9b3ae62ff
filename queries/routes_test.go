package queries_test

import (
	"errors"
	"strings"
	"testing"

	"entente/graph"
	"entente/queries"
)

// hubWorld ties A and B over a hub that deals with everybody, over C and D, and
// over E by a single event.
func hubWorld() *memory {
	m := &memory{}
	for _, other := range []graph.ActorID{"state:B", "state:P", "state:Q", "state:R", "state:S", "state:T", "state:U", "state:V"} {
		m.act(2, "state:HUB", "aid", other)
	}
	m.act(4, "state:A", "aid", "state:HUB")
	m.act(9, "state:A", "aid", "state:C")
	m.act(9, "state:C", "aid", "state:D")
	m.act(9, "state:D", "aid", "state:B")
	m.act(1, "state:A", "aid", "state:E")
	m.act(1, "state:E", "aid", "state:B")
	return m
}

func way(r queries.Route) string {
	list := []string{string(r.Hops[0].From.ID)}
	for _, h := range r.Hops {
		list = append(list, string(h.To.ID))
	}
	return strings.ReplaceAll(strings.Join(list, " "), "state:", "")
}

func TestBestRoutes(t *testing.T) {
	got, err := queries.BestRoutes(hubWorld(), "state:A", "state:B", 2, queries.Filter{})
	check(t, err)
	if len(got.Routes) != 2 || way(got.Routes[0]) != "A C D B" || way(got.Routes[1]) != "A E B" || !got.Directed || got.Complete {
		t.Fatalf("%+v", got)
	}
	// 9 of the 14 events of A go to C, and then there is one way.
	if c := *got.Routes[0].Chance; c < 0.6428 || c > 0.6429 {
		t.Errorf("chance %v", c)
	}
	all, err := queries.BestRoutes(hubWorld(), "state:A", "state:B", 9, queries.Filter{})
	check(t, err)
	if all.Total != 3 || !all.Complete || way(all.Routes[2]) != "A HUB B" || all.Routes[2].Hops[0].Events != 4 {
		t.Errorf("%+v", all)
	}
}

func TestAllRoutes(t *testing.T) {
	got, err := queries.AllRoutes(hubWorld(), "state:A", "state:B", 2, 1, queries.Filter{})
	check(t, err)
	if got.Total != 2 || !got.Complete || len(got.Routes) != 1 || way(got.Routes[0]) != "A E B" || got.Routes[0].Chance != nil {
		t.Errorf("%+v", got)
	}
	back, err := queries.AllRoutes(hubWorld(), "state:B", "state:A", 2, 0, queries.Filter{})
	check(t, err)
	if back.Directed || back.Total != 2 || back.Routes[0].Hops[0].Relation.Evidence == nil {
		t.Errorf("%+v", back)
	}
	if _, err := queries.AllRoutes(hubWorld(), "state:A", "state:B", 1, 0, queries.Filter{}); !errors.Is(err, queries.ErrNoPath) {
		t.Errorf("%v", err)
	}
}

func TestPassage(t *testing.T) {
	m := &memory{}
	dated := func(day graph.Date, source, target graph.ActorID) {
		m.act(1, source, "aid", target)
		m.events[len(m.events)-1].Date = day
	}
	dated("2024-05-02", "state:A", "state:B")
	dated("2024-05-01", "state:B", "state:Z") // too early
	dated("2024-05-02", "state:B", "state:C")
	dated("2024-05-07", "state:B", "state:C")
	dated("2024-05", "state:A", "state:C") // vague
	dated("", "state:A", "state:C")
	got, err := queries.FindPassage(m, "state:A", "state:C", false, queries.Filter{})
	check(t, err)
	if !got.Directed || got.Vague != 2 || len(got.Hops) != 2 || got.Hops[1].Date != "2024-05-07" || got.Hops[1].Evidence.Date != "2024-05-07" || got.Hops[0].To.ID != "state:B" {
		t.Errorf("%+v", got)
	}
	same, err := queries.FindPassage(m, "state:A", "state:C", true, queries.Filter{})
	check(t, err)
	if same.Hops[1].Date != "2024-05-02" {
		t.Errorf("%+v", same)
	}
	back, err := queries.FindPassage(m, "state:Z", "state:C", false, queries.Filter{})
	check(t, err)
	if back.Directed || len(back.Hops) != 2 || back.Hops[0].Evidence.Source.ID != "state:B" || back.Hops[1].Date != "2024-05-02" {
		t.Errorf("%+v", back)
	}
	if _, err := queries.FindPassage(m, "state:Z", "state:A", false, queries.Filter{Since: "2024-05-02"}); !errors.Is(err, queries.ErrNoPath) {
		t.Errorf("%v", err)
	}
}
