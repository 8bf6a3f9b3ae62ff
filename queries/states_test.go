package queries_test

import (
	"errors"
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
	var notState *queries.NotStatesError
	if _, err := queries.BetweenStates(m, "person:abiy", "state:ERI", queries.Options{}); !errors.As(err, &notState) {
		t.Errorf("a person stands for a country: %v", err)
	}
	if _, err := queries.BetweenStates(m, "state:XXX", "state:ERI", queries.Options{}); !errors.Is(err, graph.ErrNotFound) {
		t.Errorf("an unknown state: %v", err)
	}
}
