package graph_test

import (
	"errors"
	"fmt"
	"iter"
	"math"
	"math/rand"
	"reflect"
	"slices"
	"testing"

	"entente/graph"
)

// events yields list and then, if there is one, the error.
func events(list []graph.Event, err error) iter.Seq2[graph.Event, error] {
	return func(yield func(graph.Event, error) bool) {
		for _, e := range list {
			if !yield(e, nil) {
				return
			}
		}
		if err != nil {
			yield(graph.Event{}, err)
		}
	}
}

// randomEvents makes n events among few actors, so that many fall together.
func randomEvents(rng *rand.Rand, n, actors int) []graph.Event {
	pick := func(list ...string) string { return list[rng.Intn(len(list))] }
	who := func() graph.ActorRef {
		id := graph.ActorID(fmt.Sprintf("state:%03d", rng.Intn(actors)))
		return graph.ActorRef{ID: id, Name: string(id)}
	}
	list := make([]graph.Event, n)
	for i := range list {
		predicate := pick("condemn", "meet", "attack")
		list[i] = graph.Event{
			Article: pick("a1", "a2", "a3"), Source: who(), Target: who(), Predicate: predicate,
			Symmetric: predicate == "meet",
			Category:  map[string]string{"condemn": "ACCUSE", "meet": "CONSULT", "attack": "ASSAULT"}[predicate],
			Quad:      map[string]int{"condemn": 3, "meet": 1, "attack": 4}[predicate],
			Goldstein: float64(rng.Intn(200)-100) / 10,
			Status:    graph.Status(pick("asserted", "asserted", "negated", "planned")),
			Date:      graph.Date(pick("", "2024", "2024-04", "2024-04-04", "2024-04-05")),
			Publisher: pick("", "A", "B", "C"),
			Provenance: graph.Provenance{Sentence: rng.Intn(5), Quote: fmt.Sprint("quote ", i),
				Confidence: float64(rng.Intn(4)) / 4},
		}
	}
	return list
}

func TestRelationsAgainstSets(t *testing.T) {
	for seed := range int64(20) {
		rng := rand.New(rand.NewSource(seed))
		list := randomEvents(rng, 200, 4)
		statuses := []graph.Status{graph.Asserted, graph.Planned}
		got, err := graph.Relations(events(list, nil), graph.RelationOptions{Statuses: statuses})
		if err != nil {
			t.Fatal(err)
		}
		type key struct {
			d    graph.Dyad
			c, p string
		}
		ids := map[key]map[graph.Identity]bool{}
		mentions := map[key]int{}
		publishers := map[key]map[string]bool{}
		for _, e := range list {
			if !slices.Contains(statuses, e.Status) {
				continue
			}
			id := e.Identity()
			k := key{id.Dyad, id.Category, id.Predicate}
			if ids[k] == nil {
				ids[k], publishers[k] = map[graph.Identity]bool{}, map[string]bool{}
			}
			ids[k][id] = true
			mentions[k]++
			if e.Publisher != "" {
				publishers[k][e.Publisher] = true
			}
		}
		if len(got) != len(ids) {
			t.Fatalf("seed %d: %d relations, want %d", seed, len(got), len(ids))
		}
		for _, r := range got {
			k := key{graph.Dyad{Source: r.Source, Target: r.Target}, r.Category, r.Predicate}
			var first, last graph.Date
			for id := range ids[k] {
				if id.Date != "" && (first == "" || id.Date < first) {
					first = id.Date
				}
				last = max(last, id.Date)
			}
			if r.Events != len(ids[k]) || r.Mentions != mentions[k] || r.Publishers != len(publishers[k]) ||
				r.First != first || r.Last != last || r.Symmetric != (r.Predicate == "meet") {
				t.Errorf("seed %d: %+v: want %d events, %d mentions, %d publishers, %q to %q",
					seed, r, len(ids[k]), mentions[k], len(publishers[k]), first, last)
			}
			if r.Symmetric && r.Target < r.Source {
				t.Errorf("seed %d: symmetric %s before %s", seed, r.Source, r.Target)
			}
		}
	}
}

func TestRelationsIgnoreOrder(t *testing.T) {
	rng := rand.New(rand.NewSource(1))
	list := randomEvents(rng, 300, 4)
	opts := graph.RelationOptions{Evidence: true}
	want, err := graph.Relations(events(list, nil), opts)
	if err != nil {
		t.Fatal(err)
	}
	for range 10 {
		rng.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		got, err := graph.Relations(events(list, nil), opts)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("order of the events shows:\n%+v\n%+v", got, want)
		}
	}
}

func TestRelationsDefaults(t *testing.T) {
	ref := func(id graph.ActorID) graph.ActorRef { return graph.ActorRef{ID: id} }
	event := func(status graph.Status, goldstein, confidence float64) graph.Event {
		return graph.Event{Source: ref("state:FRA"), Target: ref("state:RUS"), Category: "ACCUSE",
			Predicate: "condemn", Quad: 3, Status: status, Goldstein: goldstein,
			Provenance: graph.Provenance{Confidence: confidence}}
	}
	list := []graph.Event{
		event(graph.Negated, -2, 1), event(graph.Possible, -2, 1),
		// One act reported thrice: the surest record gives the value, the lower
		// of two equally sure ones.
		event(graph.Asserted, -1, 0.5), event(graph.Asserted, -2, 0.9), event(graph.Asserted, -3, 0.9),
	}
	got, err := graph.Relations(events(list, nil), graph.RelationOptions{Evidence: true})
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 1 || got[0].Events != 1 || got[0].Mentions != 3 || got[0].Goldstein != -3 || got[0].Publishers != 0 {
		t.Errorf("got %+v, want one event of three mentions, Goldstein -3, no publisher", got)
	}
	if got[0].Evidence == nil || got[0].Evidence.Confidence != 0.9 {
		t.Errorf("evidence is %+v, want the surest record", got[0].Evidence)
	}
}

func TestRelationsError(t *testing.T) {
	broken := errors.New("broken")
	got, err := graph.Relations(events(randomEvents(rand.New(rand.NewSource(1)), 3, 3), broken), graph.RelationOptions{})
	if !errors.Is(err, broken) || got != nil {
		t.Errorf("got %v, %v; want no relations and the error", got, err)
	}
}

func TestTallyQuads(t *testing.T) {
	var tally graph.Tally
	if c := tally.Counts(); c != (graph.Counts{}) {
		t.Errorf("empty tally counts %+v", c)
	}
	rng := rand.New(rand.NewSource(3))
	for _, e := range randomEvents(rng, 100, 3) {
		tally.Add(&e)
	}
	tally.Add(&graph.Event{Category: graph.NoCategory, Predicate: "ally_of"})
	tally.Add(&graph.Event{Category: "ODD", Quad: 9})
	sum := 0
	for _, n := range tally.Quads() {
		sum += n
	}
	if c := tally.Counts(); sum != c.Events || tally.Quads()[0] != 2 {
		t.Errorf("quads %v add up to %d, want %d events, two without a class", tally.Quads(), sum, c.Events)
	}
}

func TestGoldsteinIsRounded(t *testing.T) {
	var tally graph.Tally
	for i := range 10 {
		tally.Add(&graph.Event{Predicate: fmt.Sprint(i), Goldstein: 0.1})
	}
	if got := tally.Counts().Goldstein; got != 1 {
		t.Errorf("ten times 0.1 is %v (%v off)", got, math.Abs(got-1))
	}
}
