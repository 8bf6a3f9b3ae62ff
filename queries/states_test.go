package queries_test

import (
	"errors"
	"fmt"
	"math/rand"
	"reflect"
	"slices"
	"testing"

	"entente/graph"
	"entente/queries"
)

// States stand for all actors of their countries; the evidence has the actors.
func TestBetweenStates(t *testing.T) {
	m := &memory{}
	for _, a := range []graph.Actor{
		{ID: "military:ETH", Name: "Ethiopian army", Type: graph.Military, Country: "ETH"},
		{ID: "person:abiy", Name: "Abiy Ahmed", Type: graph.Person, Country: "ETH"},
		{ID: "state:ERI", Name: "Eritrea", Type: graph.State, Country: "ERI"},
		{ID: "state:ETH", Name: "Ethiopia", Type: graph.State, Country: "ETH"},
		{ID: "igo:AU", Name: "African Union", Type: graph.IGO},
	} {
		m.addActor(a)
	}
	m.act(2, "person:abiy", "condemn", "state:ERI")
	m.act(1, "military:ETH", "condemn", "state:ERI") // on the first of these days: the same act of the state
	m.act(1, "state:ERI", "attack", "military:ETH")
	m.act(1, "state:ERI", "meet", "person:abiy")
	m.act(4, "person:abiy", "meet", "military:ETH") // within one state
	m.act(4, "igo:AU", "meet", "state:ERI")         // with others

	none, err := queries.Between(m, "state:ETH", "state:ERI", queries.Options{})
	check(t, err)
	got, err := queries.BetweenStates(m, "state:ETH", "state:ERI", queries.Options{})
	check(t, err)
	if none.Events != 0 || got.Events != 4 || got.Mentions != 5 || !got.States || len(got.Evidence) != 5 {
		t.Fatalf("%d events between the two; with their actors %+v", none.Events, got)
	}
	r := got.Relations[0]
	if r.Source != "state:ETH" || r.Predicate != "condemn" || r.Target != "state:ERI" || r.Events != 2 {
		t.Errorf("strongest relation %+v", r)
	}
	if r.Evidence == nil || r.Evidence.Source.Name != "Ethiopian army" && r.Evidence.Source.Name != "Abiy Ahmed" {
		t.Errorf("its evidence: %+v", r.Evidence)
	}
	if len(got.Directions) != 3 || got.Directions[0].Events != 2 || got.Directions[1].Events != 1 || !got.Directions[2].Symmetric {
		t.Errorf("directions %+v", got.Directions)
	}
	minister, err := queries.BetweenStates(m, "person:abiy", "state:ERI", queries.Options{})
	if check(t, err); !reflect.DeepEqual(minister, got) {
		t.Errorf("between a minister and a state %+v", minister)
	}
	union, err := queries.BetweenStates(m, "igo:AU", "state:ERI", queries.Options{})
	if check(t, err); union.Events != 4 || union.A.Name != "African Union" {
		t.Errorf("between a union and a state %+v", union)
	}
	if _, err := queries.BetweenStates(m, "state:XXX", "state:ERI", queries.Options{}); !errors.Is(err, graph.ErrNotFound) {
		t.Errorf("an unknown state: %v", err)
	}
}

// Answers by state are those of a world in which the articles named nobody but states.
func TestByStateAnswersAlike(t *testing.T) {
	rng := rand.New(rand.NewSource(5))
	found := 0
	for seed := range int64(60) {
		people, states := &memory{}, &memory{}
		countries := []string{"AAA", "BBB", "CCC", "DDD"}
		state := func(country string) graph.Actor {
			return graph.Actor{ID: graph.ActorID("state:" + country), Name: "Land " + country, Type: graph.State, Country: country, Mentions: []string{}}
		}
		raise := map[graph.ActorID]graph.Actor{}
		add := func(a graph.Actor, as graph.Actor) {
			a.Mentions = []string{}
			people.addActor(a)
			raise[a.ID] = as
		}
		rebels := graph.Actor{ID: "armed-group:rebels", Name: "Rebels", Type: graph.ArmedGroup, Country: "AAA", Mentions: []string{}}
		add(rebels, rebels)
		union := graph.Actor{ID: "igo:union", Name: "Union", Type: graph.IGO, Mentions: []string{}}
		add(union, union)
		secretary := graph.Actor{ID: "person:a-secretary", Name: "Secretary", Type: graph.Person, Country: "DDD", Mentions: []string{}}
		add(secretary, secretary)
		people.affiliations = []graph.Affiliation{
			{Person: graph.NameRef{ID: "person:a-secretary"}, Role: "secretary-general", Org: graph.NameRef{ID: "igo:union"}},
			{Person: graph.NameRef{ID: "person:ministerBBB"}, Role: "president", Org: graph.NameRef{ID: "igo:union"}},
			{Person: graph.NameRef{ID: "person:ministerBBB"}, Role: "minister", Org: graph.NameRef{ID: "state:BBB"}},
		}
		for _, c := range countries {
			for _, who := range []string{"army", "minister"} {
				add(graph.Actor{ID: graph.ActorID("person:" + who + c), Name: who + " of " + c, Type: graph.Person, Country: c}, state(c))
			}
			add(state(c), state(c))
		}
		states.addActor(rebels)
		states.addActor(union)
		states.addActor(secretary)
		for _, c := range countries {
			states.addActor(state(c))
		}
		for range 80 {
			who := func() graph.ActorID { return people.actors[rng.Intn(len(people.actors))].ID }
			people.act(1, who(), []string{"condemn", "meet", "attack", "aid"}[rng.Intn(4)], who())
			e := &people.events[len(people.events)-1]
			e.Date = graph.Date(fmt.Sprintf("2024-%02d-%02d", 1+rng.Intn(3), 1+rng.Intn(4)))
			e.Sentence = len(people.events)
			for _, a := range []*graph.ActorRef{&e.Source, &e.Target} {
				a.Name, a.Type, a.Country = "as told", "", ""
			}
			e.AttributedTo = &graph.ActorRef{ID: who(), Mention: "he"}
		}
		for _, e := range people.events {
			said := *e.AttributedTo
			e.AttributedTo = &said
			for _, a := range []*graph.ActorRef{&e.Source, &e.Target, e.AttributedTo} {
				if as := raise[a.ID]; as.Type == graph.State {
					a.ID, a.Name, a.Type, a.Country = as.ID, as.Name, as.Type, as.Country
				}
			}
			states.events = append(states.events, e)
		}
		view, err := queries.ByState(people)
		check(t, err)
		ask := func(r queries.Reader) map[string]any {
			answers := map[string]any{}
			add := func(name string, answer any, err error) {
				check(t, err)
				answers[name] = answer
			}
			a, b := graph.ActorID("state:AAA"), graph.ActorID("state:BBB")
			one, err := queries.TimelineOf(r, []graph.ActorID{a}, queries.TimelineOptions{})
			add("timeline of one", one, err)
			two, err := queries.TimelineOf(r, []graph.ActorID{a, b}, queries.TimelineOptions{Filter: queries.Filter{Statuses: graph.Statuses}})
			add("timeline of two", two, err)
			all, err := queries.EventList(r, queries.ListOptions{Filter: queries.Filter{Since: "2024-02", Country: "AAA"}})
			add("events", all, err)
			ranking, err := queries.Rank(r, queries.ByPageRank, queries.RankOptions{TopN: -1})
			add("rank", ranking, err)
			ties, err := queries.Compare(r, nil, queries.CompareOptions{Limit: -1, Before: queries.Period{Since: "2024-01", Until: "2024-01"}, After: queries.Period{Since: "2024-02", Until: "2024-03"}})
			add("compare", ties, err)
			near, err := queries.Neighbors(r, a, queries.NeighborOptions{Hops: 2})
			add("neighbors", near, err)
			said, err := queries.Says(r, queries.SaysOptions{})
			add("says", said, err)
			land, err := queries.FindActor(r, "Land BBB")
			add("name", land, err)
			found += all.Total
			return answers
		}
		got := ask(view)
		for name, want := range ask(states) {
			if !reflect.DeepEqual(got[name], want) {
				t.Fatalf("seed %d, %s:\nby state %+v\nof states %+v", seed, name, got[name], want)
			}
		}
		minister, err := queries.FindActor(view, "minister of BBB")
		if check(t, err); minister.ID != "state:BBB" {
			t.Errorf("a minister is %v", minister)
		}
	}
	if found < 1000 {
		t.Errorf("%d events in all: the test tests little", found)
	}
}

// A country that articles name by its people alone has a state all the same.
func TestByStateWithoutState(t *testing.T) {
	m := &memory{}
	m.addActor(graph.Actor{ID: "igo:union", Name: "Union", Type: graph.IGO})
	m.addActor(graph.Actor{ID: "person:tsai", Name: "Tsai", Type: graph.Person, Country: "TWN"})
	m.act(1, "person:tsai", "meet", "igo:union")
	view, err := queries.ByState(m)
	check(t, err)
	var names []string
	for a, err := range view.Actors() {
		check(t, err)
		names = append(names, string(a.ID)+" "+a.Name)
	}
	if want := []string{"igo:union Union", "state:TWN TWN"}; !slices.Equal(names, want) {
		t.Errorf("actors %q, want %q", names, want)
	}
	between, err := queries.Between(view, "state:TWN", "igo:union", queries.Options{})
	if check(t, err); between.Events != 1 || between.A.Name != "TWN" {
		t.Errorf("%+v", between)
	}
	m.broken = errors.New("broken")
	if _, err := queries.ByState(m); !errors.Is(err, m.broken) {
		t.Errorf("of a broken store: %v", err)
	}
}
