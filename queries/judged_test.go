package queries_test

import (
	"iter"
	"reflect"
	"strings"
	"testing"

	"entente/graph"
	"entente/queries"
)

// mergedWorld is a Reader in which Paris is judged to be France, and France to go by
// "Grande Nation" too.
type mergedWorld struct{ *memory }

const paris = "state:PARIS"

func keptFor(id graph.ActorID) graph.ActorID {
	if id == paris {
		return "state:FRA"
	}
	return id
}

func (j mergedWorld) Actor(id graph.ActorID) (graph.Actor, error) { return j.memory.Actor(keptFor(id)) }

func (j mergedWorld) EventsOf(id graph.ActorID) iter.Seq2[graph.Event, error] {
	return j.memory.EventsOf(keptFor(id))
}

func (j mergedWorld) EventsBetween(a, b graph.ActorID) iter.Seq2[graph.Event, error] {
	return j.memory.EventsBetween(keptFor(a), keptFor(b))
}

func (j mergedWorld) AffiliationsOf(id graph.ActorID) iter.Seq2[graph.Affiliation, error] {
	return j.memory.AffiliationsOf(keptFor(id))
}

func (j mergedWorld) NamesWithPrefix(folded string) iter.Seq2[graph.NameEntry, error] {
	return func(yield func(graph.NameEntry, error) bool) {
		for e, err := range j.memory.NamesWithPrefix(folded) {
			if !yield(e, err) {
				return
			}
		}
		if strings.HasPrefix("grande nation", folded) {
			yield(graph.NameEntry{Name: "Grande Nation", ID: "state:FRA"}, nil)
		}
	}
}

// Whoever asks by the id of an actor that is judged to be another one is answered
// about that one.
func TestMergedActors(t *testing.T) {
	r := mergedWorld{world()}
	ask := func(id graph.ActorID) []any {
		card, err := queries.ActorCard(r, id, queries.CardOptions{})
		check(t, err)
		dyad, err := queries.Between(r, id, "state:UKR", queries.Options{})
		check(t, err)
		path, err := queries.ShortestPath(r, id, "state:RUS", queries.Options{})
		check(t, err)
		events, err := queries.EventList(r, queries.ListOptions{Filter: queries.Filter{Actor: "state:UKR", Other: id}})
		check(t, err)
		if card.Events == 0 || dyad.Events == 0 || len(path.Hops) == 0 || events.Total == 0 {
			t.Errorf("%s: %d and %d events, %d hops, %d listed", id, card.Events, dyad.Events, len(path.Hops), events.Total)
		}
		near, err := queries.Neighbors(r, id, queries.NeighborOptions{Hops: 2})
		check(t, err)
		both := []graph.ActorID{"state:UKR", id}
		line, err := queries.TimelineOf(r, both, queries.TimelineOptions{})
		check(t, err)
		changes, err := queries.Compare(r, both, queries.CompareOptions{Before: queries.Period{Since: "2023", Until: "2023"}, After: queries.Period{Since: "2024", Until: "2024"}})
		check(t, err)
		bursts, err := queries.Bursts(r, both, queries.BurstOptions{})
		check(t, err)
		says, err := queries.Says(r, queries.SaysOptions{About: id})
		check(t, err)
		if len(near.Neighbors) == 0 || line.Events == 0 || len(changes.Ties) != 1 || bursts.Steps == 0 {
			t.Errorf("%s: %d neighbours, %d events, %d ties, %d steps", id, len(near.Neighbors), line.Events, len(changes.Ties), bursts.Steps)
		}
		return []any{card, dyad, path, events, near, line, changes, bursts, says}
	}
	if got, want := ask(paris), ask("state:FRA"); !reflect.DeepEqual(got, want) {
		t.Errorf("by the id of the other: %+v\nwant %+v", got, want)
	}
	for _, typed := range []string{"grande nation", "grande", "grande nat", paris} {
		got, err := queries.FindActor(r, typed)
		if err != nil || got.ID != "state:FRA" {
			t.Errorf("%q: got %q, %v", typed, got.ID, err)
		}
	}
}

// What is judged not to be one is not proposed again.
func TestCandidatesApart(t *testing.T) {
	m := suspects(graph.Person, "Batkhuyag Sukhbor", "Batkhuiag Sukhbor")
	place := func(string) string { return "" }
	list, err := queries.Candidates(m, queries.CandidateOptions{Place: place})
	check(t, err)
	if len(list) != 1 {
		t.Fatalf("%d candidates, want 1", len(list))
	}
	list, err = queries.Candidates(m, queries.CandidateOptions{Place: place, Apart: func(a, b graph.ActorID) bool {
		return a == "x:a" && b == "x:b" || a == "x:b" && b == "x:a"
	}})
	check(t, err)
	if len(list) != 0 {
		t.Errorf("%+v", list)
	}
}
