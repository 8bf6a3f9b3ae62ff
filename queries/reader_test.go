package queries_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"iter"
	"math/rand"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"entente/graph"
	"entente/queries"
)

var update = flag.Bool("update", false, "write the golden files anew")

// memory is a Reader of what lies in memory. If broken is set, iterators yield
// it at their end.
type memory struct {
	articles     []graph.Article
	actors       []graph.Actor // by id
	events       []graph.Event
	affiliations []graph.Affiliation
	originals    map[string]string // keys of articles, by those of their copies
	broken       error
}

var _ queries.Reader = (*memory)(nil)

func yieldAll[T any](m *memory, list []T, keep func(T) bool) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, v := range list {
			if keep(v) && !yield(v, nil) {
				return
			}
		}
		if m.broken != nil {
			var none T
			yield(none, m.broken)
		}
	}
}

func every[T any](T) bool { return true }

func (m *memory) Articles() iter.Seq2[graph.Article, error] { return yieldAll(m, m.articles, every) }
func (m *memory) Actors() iter.Seq2[graph.Actor, error]     { return yieldAll(m, m.actors, every) }
func (m *memory) Events() iter.Seq2[graph.Event, error]     { return yieldAll(m, m.events, every) }

func (m *memory) Article(key string) (graph.Article, error) {
	for _, a := range m.articles {
		if a.Key() == key {
			return a, nil
		}
	}
	return graph.Article{}, fmt.Errorf("article %s: %w", key, graph.ErrNotFound)
}

func (m *memory) Actor(id graph.ActorID) (graph.Actor, error) {
	for _, a := range m.actors {
		if a.ID == id {
			return a, nil
		}
	}
	return graph.Actor{}, fmt.Errorf("actor %s: %w", id, graph.ErrNotFound)
}

func (m *memory) EventsOf(id graph.ActorID) iter.Seq2[graph.Event, error] {
	return yieldAll(m, m.events, func(e graph.Event) bool { return e.Source.ID == id || e.Target.ID == id })
}

func (m *memory) EventsBetween(a, b graph.ActorID) iter.Seq2[graph.Event, error] {
	return yieldAll(m, m.events, func(e graph.Event) bool {
		return e.Source.ID == a && e.Target.ID == b || e.Source.ID == b && e.Target.ID == a
	})
}

func (m *memory) AffiliationsOf(id graph.ActorID) iter.Seq2[graph.Affiliation, error] {
	return yieldAll(m, m.affiliations, func(a graph.Affiliation) bool { return a.Person.ID == id || a.Org.ID == id })
}

func (m *memory) NamesWithPrefix(folded string) iter.Seq2[graph.NameEntry, error] {
	begins := func(s string) bool { return strings.HasPrefix(s, folded) }
	var entries []graph.NameEntry
	for _, a := range m.actors {
		for _, name := range append([]string{a.Name}, a.Mentions...) {
			if begins(graph.Fold(name)) {
				entries = append(entries, graph.NameEntry{Name: name, ID: a.ID})
			}
		}
		if words := strings.Fields(graph.Fold(a.Name)); len(words) > 1 && slices.ContainsFunc(words, begins) {
			entries = append(entries, graph.NameEntry{Name: a.Name, ID: a.ID, Word: true})
		}
	}
	return yieldAll(m, entries, every)
}

// add adds an event and whichever of its actors are new.
func (m *memory) add(e graph.Event) {
	for _, ref := range []graph.ActorRef{e.Source, e.Target} {
		if _, err := m.Actor(ref.ID); err != nil {
			m.addActor(graph.Actor{ID: ref.ID, Name: ref.Name, Type: ref.Type, Country: ref.Country, Mentions: []string{}})
		}
	}
	m.events = append(m.events, e)
}

func (m *memory) addActor(a graph.Actor) {
	m.actors = append(m.actors, a)
	slices.SortFunc(m.actors, func(a, b graph.Actor) int { return strings.Compare(string(a.ID), string(b.ID)) })
}

// act makes n events of different days.
func (m *memory) act(n int, source graph.ActorID, predicate string, target graph.ActorID) {
	for i := range n {
		e := graph.Event{Article: fmt.Sprintf("a%d", i%3), Source: m.ref(source), Target: m.ref(target),
			Predicate: predicate, Status: graph.Asserted, Date: graph.Date(fmt.Sprintf("2024-04-%02d", i%28+1)),
			DateBasis: graph.DateFromPublication, Publisher: "Example Post",
			Published:  graph.Date(fmt.Sprintf("2024-04-%02d", i%28+1)),
			Provenance: graph.Provenance{Sentence: i, Span: graph.Span{Start: 0, End: 9}, Quote: fmt.Sprintf("%s %s %s.", source, predicate, target), Rule: "test", Confidence: 0.9, Coder: "0"}}
		switch predicate {
		case "condemn":
			e.Category, e.Quad, e.Goldstein, e.CAMEO = "ACCUSE", 3, -2, "111"
		case "meet":
			e.Category, e.Quad, e.Goldstein, e.Symmetric = "CONSULT", 1, 2.2, true
		case "attack":
			e.Category, e.Quad, e.Goldstein = "ASSAULT", 4, -9
		case "aid":
			e.Category, e.Quad, e.Goldstein = "AID", 2, 7
		default:
			e.Category = graph.NoCategory
		}
		m.add(e)
	}
}

func (m *memory) ref(id graph.ActorID) graph.ActorRef {
	a, err := m.Actor(id)
	if err != nil {
		a = graph.Actor{Name: string(id), Type: graph.State}
	}
	return graph.ActorRef{ID: id, Name: a.Name, Mention: a.Name, Type: a.Type, Country: a.Country}
}

// world is the graph of the golden files.
func world() *memory {
	m := &memory{}
	for _, a := range []graph.Actor{
		{ID: "person:emmanuel-macron", Name: "Emmanuel Macron", Type: graph.Person, Country: "FRA", Mentions: []string{"Emmanuel Macron", "the French President"}},
		{ID: "government:macron-government", Name: "Macron government", Type: graph.Government, Country: "FRA", Mentions: []string{"Macron government"}},
		{ID: "state:RUS", Name: "Russia", Type: graph.State, Country: "RUS", Mentions: []string{"Moscow", "Russia", "Russian"}},
		{ID: "government:rus-mod", Name: "Russian Ministry of Defence", Type: graph.Government, Country: "RUS", Mentions: []string{"Russian Ministry of Defence", "Moscow"}},
		{ID: "state:UKR", Name: "Ukraine", Type: graph.State, Country: "UKR", Mentions: []string{"Kyiv", "Ukraine"}},
		{ID: "state:GIN", Name: "Guinea", Type: graph.State, Country: "GIN", Mentions: []string{"Guinea"}},
		{ID: "state:GNQ", Name: "Equatorial Guinea", Type: graph.State, Country: "GNQ", Mentions: []string{"Equatorial Guinea"}},
		{ID: "state:PRK", Name: "North Korea", Type: graph.State, Country: "PRK", Mentions: []string{"Pyongyang"}},
		{ID: "state:KOR", Name: "South Korea", Type: graph.State, Country: "KOR", Mentions: []string{"Seoul"}},
		{ID: "person:sebastien-lecornu", Name: "Sébastien Lecornu", Type: graph.Person, Country: "FRA", Mentions: nil},
		{ID: "state:FRA", Name: "France", Type: graph.State, Country: "FRA", Mentions: []string{"France", "Paris"}},
		{ID: "igo:NATO", Name: "NATO", Type: graph.IGO, Mentions: []string{"the Alliance", "NATO"}},
	} {
		m.addActor(a)
	}
	m.act(5, "person:emmanuel-macron", "condemn", "state:RUS")
	m.act(2, "person:emmanuel-macron", "meet", "state:UKR")
	m.act(1, "government:macron-government", "condemn", "state:RUS")
	m.act(3, "state:RUS", "attack", "state:UKR")
	m.act(2, "state:FRA", "aid", "state:UKR")
	m.act(2, "person:sebastien-lecornu", "condemn", "government:rus-mod")
	m.act(3, "government:rus-mod", "condemn", "person:emmanuel-macron")
	m.act(1, "state:KOR", "condemn", "state:PRK")
	m.act(1, "state:FRA", "ally_of", "igo:NATO")
	again := m.events[0]
	again.Article, again.Publisher, again.Sentence = "b1", "Other Times", 7
	m.add(again)
	denied := m.events[0]
	denied.Status, denied.Predicate, denied.Date = graph.Negated, "call", ""
	m.add(denied)
	m.affiliations = []graph.Affiliation{
		{Article: "a0", Published: "2024-04-01", Person: name("person:sebastien-lecornu", "Sébastien Lecornu"), Role: "defence minister", Org: name("state:FRA", "France"), Quote: "Lecornu, the defence minister."},
		{Article: "a1", Published: "2024-04-03", Person: name("person:sebastien-lecornu", "Sébastien Lecornu"), Role: "defence minister", Org: name("state:FRA", "France"), Quote: "The defence minister, Lecornu."},
		{Article: "a1", Published: "2024-04-03", Person: name("person:emmanuel-macron", "Emmanuel Macron"), Role: "president", Org: name("state:FRA", "France"), Quote: "The French President."},
	}
	return m
}

func name(id graph.ActorID, n string) graph.NameRef { return graph.NameRef{ID: id, Name: n} }

// randomWorld makes a graph of about n actors and the given number of events.
func randomWorld(seed int64, n, events int) *memory {
	rng := rand.New(rand.NewSource(seed))
	m := &memory{}
	for range events {
		who := func() graph.ActorID { return graph.ActorID(fmt.Sprintf("state:%03d", rng.Intn(n))) }
		predicate := []string{"condemn", "meet", "attack", "aid"}[rng.Intn(4)]
		m.act(1+rng.Intn(3), who(), predicate, who())
	}
	m.addActor(graph.Actor{ID: "igo:ALONE", Name: "Alone"})
	return m
}

// mayBeNull are the keys whose values may be null.
var mayBeNull = []string{`"attributed_to"`, `"place"`, `"goldstein_mean"`, `"balance"`, `"ratio"`, `"speaker"`, `"about"`, `"original"`, `"q"`, `"with_a"`, `"with_b"`, `"tie"`}

// golden compares the JSON of got with testdata/name.json.
func golden(t *testing.T, name string, got any) {
	t.Helper()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(got); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join("testdata", name+".json")
	if *update {
		if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(b.Bytes(), want) {
		t.Errorf("%s differs; inspect the diff after go test -update\n%s", file, b.Bytes())
	}
	for line := range strings.Lines(b.String()) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		if strings.HasPrefix(value, "null") && !slices.Contains(mayBeNull, key) {
			t.Errorf("%s: %s is null", file, key)
		}
	}
}

func TestGolden(t *testing.T) {
	for range 10 { // the same bytes each time
		m := world()
		card, err := queries.ActorCard(m, "person:emmanuel-macron", queries.CardOptions{Latest: 2})
		check(t, err)
		golden(t, "card-macron", card)
		card, err = queries.ActorCard(m, "state:FRA", queries.CardOptions{Partners: 1, Latest: -1})
		check(t, err)
		golden(t, "card-france", card)
		card, err = queries.ActorCard(m, "state:GIN", queries.CardOptions{})
		check(t, err)
		golden(t, "card-empty", card)
		dyad, err := queries.Between(m, "person:emmanuel-macron", "state:RUS", queries.Options{})
		check(t, err)
		golden(t, "between", dyad)
		dyad, err = queries.Between(m, "state:GIN", "state:RUS", queries.Options{})
		check(t, err)
		golden(t, "between-empty", dyad)
		path, err := queries.ShortestPath(m, "person:sebastien-lecornu", "state:UKR", queries.Options{})
		check(t, err)
		golden(t, "path", path)
		path, err = queries.ShortestPath(m, "state:UKR", "igo:NATO", queries.Options{})
		check(t, err)
		golden(t, "path-undirected", path)
		for _, by := range queries.Measures {
			ranks, err := queries.Rank(m, by, queries.RankOptions{TopN: 4})
			check(t, err)
			golden(t, "rank-"+string(by), ranks.Ranking)
		}
		list, err := queries.EventList(m, queries.ListOptions{Filter: queries.Filter{Actor: "state:UKR", Categories: []string{"aid"}}})
		check(t, err)
		golden(t, "events", list)
		near, err := queries.Neighbors(m, "state:UKR", queries.NeighborOptions{Hops: 2})
		check(t, err)
		golden(t, "neighbors", near)
		line, err := queries.TimelineOf(m, []graph.ActorID{"state:RUS"}, queries.TimelineOptions{By: queries.ByDay})
		check(t, err)
		golden(t, "timeline", line)
		goldenNetwork(t, m)
		m = variedWorld(1, 4, 120)
		changes, err := queries.Compare(m, nil, queries.CompareOptions{Before: queries.Period{Since: "2023", Until: "2023"},
			After: queries.Period{Since: "2024", Until: "2024-06"}, Limit: 2})
		check(t, err)
		golden(t, "compare", changes)
		m.act(12, "state:000", "attack", "state:001") // twelve days one after the other
		bursts, err := queries.Bursts(m, nil, queries.BurstOptions{By: queries.ByWeek, Limit: 2})
		check(t, err)
		golden(t, "bursts", bursts)
		denial := m.events[len(m.events)-3]
		denial.Status, denial.AttributedTo = graph.Negated, &graph.ActorRef{ID: "state:001", Name: "Land 1"}
		m.add(denial)
		against, err := queries.Disagree(m, nil, queries.DisagreeOptions{Days: 1, Limit: 2})
		check(t, err)
		golden(t, "disagree", against)
		says, err := queries.Says(m, queries.SaysOptions{About: "state:001", Limit: 2})
		check(t, err)
		golden(t, "says", says)
		if t.Failed() {
			return
		}
	}
}

// goldenNetwork asks a world what the network answers.
func goldenNetwork(t *testing.T, m *memory) {
	t.Helper()
	none := queries.Filter{}
	communities, err := queries.FindCommunities(m, queries.CommunityOptions{Limit: 2})
	check(t, err)
	golden(t, "communities", communities)
	components, err := queries.FindComponents(m, queries.ComponentOptions{Limit: 2})
	check(t, err)
	golden(t, "components", components)
	balance, err := queries.FindBalance(m, queries.BalanceOptions{Limit: 2, Members: 3})
	check(t, err)
	golden(t, "balance", balance)
	brokers, err := queries.FindBrokers(m, queries.Bloc{Countries: []string{"FRA"}}, queries.Bloc{Actors: []graph.ActorID{"state:UKR"}}, none, 2)
	check(t, err)
	golden(t, "brokers", brokers)
	like, err := queries.FindSimilar(m, "state:RUS", queries.SimilarOptions{Limit: 2})
	check(t, err)
	golden(t, "similar", like)
	answered, err := queries.Reciprocity(m, nil, none, 2)
	check(t, err)
	golden(t, "reciprocity", answered)
	lost, err := queries.Without(m, []graph.ActorID{"state:RUS"}, none, 2)
	check(t, err)
	golden(t, "without", lost)
	routes, err := queries.BestRoutes(m, "person:sebastien-lecornu", "state:UKR", 2, none)
	check(t, err)
	golden(t, "routes", routes)
	passage, err := queries.FindPassage(m, "person:sebastien-lecornu", "state:UKR", true, none)
	check(t, err)
	golden(t, "passage", passage)
}

func TestBrokenReader(t *testing.T) {
	m := world()
	m.broken = errors.New("broken")
	for what, ask := range map[string]func() error{
		"find": func() error { _, err := queries.FindActor(m, "nobody"); return err },
		"name": func() error { _, err := queries.FindActor(m, "macron"); return err },
		"card": func() error { _, err := queries.ActorCard(m, "state:RUS", queries.CardOptions{}); return err },
		"between": func() error {
			_, err := queries.Between(m, "state:RUS", "state:UKR", queries.Options{})
			return err
		},
		"path": func() error {
			_, err := queries.ShortestPath(m, "state:RUS", "state:UKR", queries.Options{})
			return err
		},
		"rank": func() error { _, err := queries.Rank(m, queries.ByDegree, queries.RankOptions{}); return err },
		"neighbors": func() error {
			_, err := queries.Neighbors(m, "state:RUS", queries.NeighborOptions{})
			return err
		},
		"timeline": func() error { _, err := queries.TimelineOf(m, nil, queries.TimelineOptions{}); return err },
		"compare": func() error {
			_, err := queries.Compare(m, []graph.ActorID{"state:RUS"}, queries.CompareOptions{Before: queries.Period{Since: "2023", Until: "2023"},
				After: queries.Period{Since: "2024", Until: "2024"}})
			return err
		},
		"best routes": func() error {
			_, err := queries.BestRoutes(m, "state:RUS", "state:UKR", 2, queries.Filter{})
			return err
		},
		"passage": func() error {
			_, err := queries.FindPassage(m, "state:RUS", "state:UKR", true, queries.Filter{})
			return err
		},
		"communities": func() error { _, err := queries.FindCommunities(m, queries.CommunityOptions{}); return err },
		"components":  func() error { _, err := queries.FindComponents(m, queries.ComponentOptions{}); return err },
		"balance":     func() error { _, err := queries.FindBalance(m, queries.BalanceOptions{}); return err },
		"similar":     func() error { _, err := queries.FindSimilar(m, "state:RUS", queries.SimilarOptions{}); return err },
		"reciprocity": func() error { _, err := queries.Reciprocity(m, nil, queries.Filter{}, 0); return err },
		"without":     func() error { _, err := queries.Without(m, nil, queries.Filter{}, 0); return err },
		"brokers": func() error {
			_, err := queries.FindBrokers(m, queries.Bloc{}, queries.Bloc{}, queries.Filter{}, 0)
			return err
		},
		"bursts":   func() error { _, err := queries.Bursts(m, nil, queries.BurstOptions{}); return err },
		"disagree": func() error { _, err := queries.Disagree(m, nil, queries.DisagreeOptions{}); return err },
		"says":     func() error { _, err := queries.Says(m, queries.SaysOptions{}); return err },
		"events":   func() error { _, err := queries.EventList(m, queries.ListOptions{}); return err },
	} {
		if err := ask(); !errors.Is(err, m.broken) {
			t.Errorf("%s: got %v, want the reader's error", what, err)
		}
	}
}

func TestUnknownActors(t *testing.T) {
	m := world()
	_, card := queries.ActorCard(m, "state:none", queries.CardOptions{})
	_, left := queries.Between(m, "state:none", "state:RUS", queries.Options{})
	_, right := queries.Between(m, "state:RUS", "state:none", queries.Options{})
	_, path := queries.ShortestPath(m, "state:RUS", "state:none", queries.Options{})
	none := []graph.ActorID{"state:none"}
	_, near := queries.Neighbors(m, none[0], queries.NeighborOptions{})
	_, line := queries.TimelineOf(m, none, queries.TimelineOptions{})
	_, changes := queries.Compare(m, none, queries.CompareOptions{Before: queries.Period{Since: "2023", Until: "2023"}, After: queries.Period{Since: "2024"}})
	_, bursts := queries.Bursts(m, none, queries.BurstOptions{})
	_, against := queries.Disagree(m, none, queries.DisagreeOptions{})
	_, says := queries.Says(m, queries.SaysOptions{Speaker: none[0]})
	_, like := queries.FindSimilar(m, none[0], queries.SimilarOptions{})
	_, answered := queries.Reciprocity(m, none, queries.Filter{}, 0)
	_, lost := queries.Without(m, none, queries.Filter{}, 0)
	_, brokers := queries.FindBrokers(m, queries.Bloc{Actors: none}, queries.Bloc{}, queries.Filter{}, 0)
	for _, err := range []error{card, left, right, path, near, line, changes, bursts, against, says, like, answered, lost, brokers} {
		if !errors.Is(err, graph.ErrNotFound) {
			t.Errorf("got %v, want graph.ErrNotFound", err)
		}
	}
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Records gives each article the events that bear its id; the key is that of an
// article without a text.
func (m *memory) Records() iter.Seq2[graph.Record, error] {
	var list []graph.Record
	for _, a := range m.articles {
		rec := graph.Record{Article: a, Sentences: 1, Original: m.originals[a.Key()]}
		for _, e := range m.events {
			if e.Article == a.ID && rec.Original == "" {
				rec.Events = append(rec.Events, e)
			}
		}
		list = append(list, rec)
	}
	return yieldAll(m, list, every)
}

func (m *memory) Appearances() iter.Seq2[graph.Appearance, error] {
	seen := map[graph.Appearance]bool{}
	var list []graph.Appearance
	for _, e := range m.events {
		for _, id := range []graph.ActorID{e.Source.ID, e.Target.ID} {
			a := graph.Appearance{Article: e.Article, Actor: id}
			if !seen[a] {
				seen[a] = true
				list = append(list, a)
			}
		}
	}
	return yieldAll(m, list, every)
}
