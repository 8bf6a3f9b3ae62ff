package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"entente/graph"
)

// record makes the record of one article: event i has the dyad i as source and
// target, and dyads are written "FRA>RUS".
func record(id, body string, dyads ...string) graph.Record {
	r := graph.Record{Article: graph.Article{ID: id, Published: "2024-04-04", Publisher: "Wire", Title: "On " + body[:min(len(body), 10)], Body: body}, Sentences: len(dyads) + 1}
	actors := map[string]bool{}
	for i, d := range dyads {
		source, target, _ := strings.Cut(d, ">")
		actors[source], actors[target] = true, true
		r.Events = append(r.Events, graph.Event{
			Article: id, Source: ref(source), Predicate: "condemn", Target: ref(target),
			Category: "ACCUSE", Mode: "disapprove", CAMEO: "111", Quad: 3, Goldstein: -2, Status: graph.Asserted,
			Date: "2024-04", DateBasis: graph.DateFromText, Published: "2024-04-04", Publisher: "Wire",
			Place:      &graph.Place{Name: "Kyiv", Country: "UKR"},
			Provenance: graph.Provenance{Sentence: i, Span: graph.Span{Start: i, End: i + 7}, Quote: "France <condemned> Russia & more.", Rule: "nsubj-obj", Confidence: 0.93, Coder: "1"},
		})
	}
	for name := range actors {
		r.Actors = append(r.Actors, graph.Actor{ID: stateID(name), Name: name + "land", Type: graph.State, Country: name, Mentions: []string{name, name + " of " + body[:min(len(body), 10)]}})
	}
	slices.SortFunc(r.Actors, func(a, b graph.Actor) int { return strings.Compare(string(a.ID), string(b.ID)) })
	if len(dyads) > 0 {
		e := r.Events[0]
		r.Affiliations = []graph.Affiliation{{Article: id, Published: "2024-04-04", Person: graph.NameRef{ID: e.Source.ID, Name: e.Source.Name},
			Role: "minister", Org: graph.NameRef{ID: e.Target.ID, Name: e.Target.Name}, Former: true, Sentence: 1, Span: graph.Span{Start: 2, End: 5}, Quote: "q"}}
	}
	return r
}

func stateID(name string) graph.ActorID { return graph.ActorID("state:" + name) }

func ref(name string) graph.ActorRef {
	return graph.ActorRef{ID: stateID(name), Name: name + "land", Mention: name, Type: graph.State, Country: name}
}

func create(t testing.TB, dir string) *Store {
	t.Helper()
	s, err := Open(dir, Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func mustPut(t testing.TB, s *Store, want Outcome, records ...graph.Record) {
	t.Helper()
	for _, r := range records {
		if got, err := s.Put(r); err != nil || got != want {
			t.Fatalf("Put(%s) = %v, %v, want %v", r.Article.ID, got, err, want)
		}
	}
}

func closeStore(t testing.TB, s *Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

func collect[T any](t testing.TB, seq iter.Seq2[T, error]) []T {
	t.Helper()
	all, err := gather(seq)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func gather[T any](seq iter.Seq2[T, error]) ([]T, error) {
	var all []T
	for v, err := range seq {
		if err != nil {
			return all, err
		}
		all = append(all, v)
	}
	return all, nil
}

// dump is everything in a store, as text.
func dump(t testing.TB, s *Store) string {
	t.Helper()
	stats, err := s.Stats()
	if err != nil {
		t.Fatal(err)
	}
	stats.Bytes = 0
	b, err := json.MarshalIndent([]any{stats, collect(t, s.Records()), collect(t, s.Actors()), collect(t, s.NamesWithPrefix("")),
		collect(t, s.Articles()), collect(t, s.Events())}, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	var rows strings.Builder // of the indexes too
	err = s.view(func(r reader) error {
		c := r.scan(nil)
		defer c.close()
		for c.next() {
			if string(c.key()) == string(keySequence) {
				continue // it hangs on the number of changes
			}
			fmt.Fprintf(&rows, "%q ", c.key())
			if err := c.value(func(v []byte) error { fmt.Fprintf(&rows, "%q\n", v); return nil }); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return string(b) + rows.String()
}

func sample() []graph.Record {
	return []graph.Record{
		record("a1", "one", "FRA>RUS", "RUS>FRA", "FRA>FRA"),
		record("a2", "two", "USA>RUS"),
		record("a3", "three"),
		record("a4", "four", "RUS>UKR", "UKR>RUS", "FRA>RUS", "FRA>RUS"),
	}
}

func TestRoundTrip(t *testing.T) {
	dir := t.TempDir()
	s := create(t, dir)
	records := sample()
	mustPut(t, s, Added, records...)
	before := dump(t, s)
	closeStore(t, s)
	closeStore(t, s) // again does nothing

	s, err := Open(dir, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if after := dump(t, s); after != before {
		t.Errorf("after closing and opening:\n%s\nbefore:\n%s", after, before)
	}
	slices.SortFunc(records, func(a, b graph.Record) int { return strings.Compare(a.Article.Key(), b.Article.Key()) })
	if got := collect(t, s.Records()); !reflect.DeepEqual(got, records) {
		t.Errorf("Records:\n%+v\nwant\n%+v", got, records)
	}

	var events []graph.Event
	for _, r := range records {
		got, err := s.Article(r.Article.Key())
		if err != nil || got != r.Article {
			t.Errorf("Article(%s) = %+v, %v", r.Article.Key(), got, err)
		}
		events = append(events, r.Events...)
	}
	if got := collect(t, s.Events()); !reflect.DeepEqual(got, events) {
		t.Errorf("Events: %+v\nwant %+v", got, events)
	}

	actor, err := s.Actor("state:FRA")
	want := graph.Actor{ID: "state:FRA", Name: "FRAland", Type: graph.State, Country: "FRA", Mentions: []string{"FRA", "FRA of four", "FRA of one"}}
	if err != nil || !reflect.DeepEqual(actor, want) {
		t.Errorf("Actor = %+v, %v\nwant %+v", actor, err, want)
	}
	stats, err := s.Stats()
	if err != nil || stats.Bytes <= 0 {
		t.Errorf("Stats = %+v, %v", stats, err)
	}
	stats.Bytes = 0
	if want := (Stats{Articles: 4, Sentences: 12, Events: 8, Actors: 4, Affiliations: 3, Mentions: 7, Format: Format}); stats != want {
		t.Errorf("Stats = %+v, want %+v", stats, want)
	}
	var row actorRow
	if err := s.view(func(r reader) error { return r.get(actorKey("state:RUS"), decode(&row)) }); err != nil || row.Articles != 3 {
		t.Errorf("state:RUS is in %d articles, %v; want 3", row.Articles, err)
	}
}

func TestListsOfEvents(t *testing.T) {
	s := create(t, t.TempDir())
	records := sample()
	mustPut(t, s, Added, records...)
	slices.SortFunc(records, func(a, b graph.Record) int { return strings.Compare(a.Article.Key(), b.Article.Key()) })

	check := func(what string, got iter.Seq2[graph.Event, error], in func(source, target string) bool) {
		t.Helper()
		var want []graph.Event
		for _, r := range records {
			for _, e := range r.Events {
				if in(e.Source.Country, e.Target.Country) {
					want = append(want, e)
				}
			}
		}
		if got := collect(t, got); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %d events, want %d:\n%+v\n%+v", what, len(got), len(want), got, want)
		}
	}
	names := []string{"FRA", "RUS", "USA", "UKR", "NONE"}
	for _, a := range names {
		check("EventsOf "+a, s.EventsOf(stateID(a)), func(s, t string) bool { return s == a || t == a })
		for _, b := range names {
			check("EventsBetween "+a+" and "+b, s.EventsBetween(stateID(a), stateID(b)),
				func(s, t string) bool { return s == a && t == b || s == b && t == a })
		}
	}
	if got := collect(t, s.AffiliationsOf("state:FRA")); len(got) != 1 {
		t.Errorf("FRA has %d affiliations, want 1: %+v", len(got), got)
	}
	if got := collect(t, s.AffiliationsOf("state:RUS")); len(got) != 3 {
		t.Errorf("RUS has %d affiliations, want 3: %+v", len(got), got)
	}
	for range s.EventsOf("state:RUS") { // breaking off is fine
		break
	}
	for _, err := range s.Records() {
		if err != nil {
			t.Error(err)
		}
		break
	}
}

// named is graph.NameEntry, for tables.
type named struct {
	Name string
	ID   graph.ActorID
	Word bool
}

func names(t *testing.T, s *Store, prefix string) []named {
	t.Helper()
	var all []named
	for _, e := range collect(t, s.NamesWithPrefix(prefix)) {
		all = append(all, named(e))
	}
	return all
}

func TestNamesWithPrefix(t *testing.T) {
	s := create(t, t.TempDir())
	long := strings.Repeat("é", 150) // 300 bytes, cut in the key; folded to 150
	wide := strings.Repeat("中", 150) // 450 bytes folded too
	r := record("a", "names")
	r.Actors = []graph.Actor{
		{ID: "igo:UN", Name: "United Nations", Mentions: []string{"The UN", "UN's", "United Nations"}},
		{ID: "person:em", Name: "Emmanuel Macron", Mentions: []string{"Macron", "MACRON"}},
		{ID: "state:MLI", Name: "Mali", Mentions: []string{"Mali", "Bamako"}},
		{ID: "z", Name: wide + "a " + long, Mentions: []string{wide + "b"}},
	}
	mustPut(t, s, Added, r)
	for _, c := range []struct {
		prefix string
		want   []named
	}{
		{"un", []named{{"The UN", "igo:UN", false}, {"UN's", "igo:UN", false}, {"United Nations", "igo:UN", true}, {"United Nations", "igo:UN", false}}},
		{"united n", []named{{"United Nations", "igo:UN", false}}},
		{"ma", []named{{"MACRON", "person:em", false}, {"Macron", "person:em", false}, {"Emmanuel Macron", "person:em", true}, {"Mali", "state:MLI", false}}},
		{"mali", []named{{"Mali", "state:MLI", false}}},
		{"malia", nil},
		{wide + "a", []named{{wide + "a " + long, "z", false}, {wide + "a " + long, "z", true}}},
		{wide + "b", []named{{wide + "b", "z", false}}},
		{graph.Fold(long), []named{{wide + "a " + long, "z", true}}},
		{"\x00", nil},
	} {
		if got := names(t, s, c.prefix); !reflect.DeepEqual(got, c.want) {
			t.Errorf("NamesWithPrefix(%q) = %+v\nwant %+v", c.prefix, got, c.want)
		}
	}
	// A smaller canonical name takes the place of the old one in the index.
	r = record("b", "more names")
	r.Actors = []graph.Actor{{ID: "state:MLI", Name: "Bamako Republic"}}
	mustPut(t, s, Added, r)
	want := []named{{"Bamako", "state:MLI", false}, {"Bamako Republic", "state:MLI", true}, {"Bamako Republic", "state:MLI", false}}
	if got := names(t, s, "ba"); !reflect.DeepEqual(got, want) {
		t.Errorf("NamesWithPrefix(ba) = %+v\nwant %+v", got, want)
	}
	if got := collect(t, s.NamesWithPrefix("mali")); len(got) != 1 { // still a mention
		t.Errorf("NamesWithPrefix(mali) = %+v", got)
	}
}

func TestPutTwice(t *testing.T) {
	s := create(t, t.TempDir())
	mustPut(t, s, Added, sample()...)
	before := dump(t, s)
	mustPut(t, s, Duplicate, sample()...)
	again := sample()
	for i := range again { // a greater id
		again[i] = relabelRecord(again[i], "z")
	}
	mustPut(t, s, Duplicate, again...)
	if after := dump(t, s); after != before {
		t.Errorf("putting duplicates changed the store:\n%s\nbefore:\n%s", after, before)
	}
}

func relabelRecord(r graph.Record, id string) graph.Record {
	r.Article.ID = id
	r.Events, r.Affiliations = slices.Clone(r.Events), slices.Clone(r.Affiliations)
	for i := range r.Events {
		r.Events[i].Article = id
	}
	for i := range r.Affiliations {
		r.Affiliations[i].Article = id
	}
	return r
}

// Any order of the same articles, some of them twice under other ids and with
// actors that the articles disagree on, gives the same store to the byte.
func TestOrderDoesNotMatter(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	names := []string{"FRA", "RUS", "USA", "UKR", "CHN", "IND"}
	var records []graph.Record
	for i := range 40 {
		var dyads []string
		for range rng.IntN(5) {
			dyads = append(dyads, names[rng.IntN(len(names))]+">"+names[rng.IntN(len(names))])
		}
		r := record(fmt.Sprintf("n%d", i), fmt.Sprintf("body %d", i), dyads...)
		for j := range r.Actors {
			r.Actors[j].Name += []string{"", " Republic", " (state)"}[rng.IntN(3)]
			r.Actors[j].Type = []graph.ActorType{graph.State, graph.Government, ""}[rng.IntN(3)]
			r.Actors[j].Country = []string{"", "AAA", "BBB"}[rng.IntN(3)]
		}
		records = append(records, r)
		if i%3 == 0 {
			dated := r // elsewhere
			dated.Article.DateFrom = graph.FromURL
			records = append(records, relabelRecord(r, "copy"), relabelRecord(r, "zcopy"), dated, relabelRecord(dated, "copy"))
		}
	}
	var first string
	for round := range 4 {
		s := create(t, t.TempDir())
		for _, r := range records {
			if _, err := s.Put(r); err != nil {
				t.Fatal(err)
			}
		}
		got := dump(t, s)
		closeStore(t, s)
		if round == 0 {
			first = got
		} else if got != first {
			t.Fatalf("round %d differs from the first:\n%s\nfirst:\n%s", round, got, first)
		}
		rng.Shuffle(len(records), func(i, j int) { records[i], records[j] = records[j], records[i] })
	}
	if !strings.Contains(first, `"copy"`) || strings.Contains(first, "zcopy") {
		t.Error("the smallest id was not kept")
	}
}

func TestParallelPuts(t *testing.T) {
	s := create(t, t.TempDir())
	var wg sync.WaitGroup
	for w := range 4 {
		wg.Go(func() {
			for i := range 10 {
				if _, err := s.Put(record(fmt.Sprint(w, i), fmt.Sprint(w, i), "FRA>RUS")); err != nil {
					t.Error(err)
				}
				if _, err := gather(s.Records()); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if n := len(collect(t, s.EventsOf("state:FRA"))); n != 40 {
		t.Errorf("%d events, want 40", n)
	}
}

func TestNotFound(t *testing.T) {
	s := create(t, t.TempDir())
	_, noArticle := s.Article(strings.Repeat("0", 32))
	_, noKey := s.Article("a1")
	_, noActor := s.Actor("state:XXX")
	_, emptyActor := s.Actor("")
	for _, err := range []error{noArticle, noKey, noActor, emptyActor} {
		if !errors.Is(err, ErrNotFound) || !strings.Contains(err.Error(), s.folder.dir) {
			t.Errorf("got %v, want ErrNotFound and the folder", err)
		}
	}
}

func TestHostileTexts(t *testing.T) {
	dir := t.TempDir()
	s := create(t, dir)
	ids := []graph.ActorID{"\x00", "\x00\x01", "a", "a\x00", "a\x00\x00", "a/../b", "a:b:c", "\U0010FFFF", "<b>&\"", "!badger!x", "#totals",
		graph.ActorID(strings.Repeat("x", maxID)), graph.ActorID(strings.Repeat("x", maxID-1))}
	var records []graph.Record
	for i, id := range ids {
		other := ids[(i+1)%len(ids)]
		r := record(string(id), "body "+string(id))
		r.Article.Title = "\x00\x1b[31m\u202e"
		r.Actors = []graph.Actor{
			{ID: id, Name: string(id), Type: "no such type", Country: "\n", Mentions: []string{"\x00\xc3\xa9", strings.Repeat("long ", 50_000)}},
			{ID: other, Name: "x\x00y \x01 \u200b"},
		}
		slices.SortFunc(r.Actors, func(a, b graph.Actor) int { return strings.Compare(string(a.ID), string(b.ID)) })
		r.Events = []graph.Event{{Article: r.Article.ID, Source: graph.ActorRef{ID: id}, Target: graph.ActorRef{ID: other}, Goldstein: math.SmallestNonzeroFloat64}}
		r.Affiliations = []graph.Affiliation{{Article: r.Article.ID, Person: graph.NameRef{ID: id}, Org: graph.NameRef{ID: id}}}
		records = append(records, r)
	}
	mustPut(t, s, Added, records...)
	closeStore(t, s)
	s, err := Open(dir, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	slices.SortFunc(records, func(a, b graph.Record) int { return strings.Compare(a.Article.Key(), b.Article.Key()) })
	if got := collect(t, s.Records()); !reflect.DeepEqual(got, records) {
		t.Error("the records came back changed")
	}
	for i, id := range ids {
		if n := len(collect(t, s.EventsOf(id))); n != 2 {
			t.Errorf("id %.20q: %d events, want 2", id, n)
		}
		if n := len(collect(t, s.EventsBetween(ids[(i+1)%len(ids)], id))); n != 1 {
			t.Errorf("id %.20q: %d events with the next, want 1", id, n)
		}
		if n := len(collect(t, s.AffiliationsOf(id))); n != 1 {
			t.Errorf("id %.20q: %d affiliations, want 1", id, n)
		}
		if a, err := s.Actor(id); err != nil || a.ID != id {
			t.Errorf("Actor(%.20q) = %.20q, %v", id, a.ID, err)
		}
	}
	if got := collect(t, s.Actors()); !slices.IsSortedFunc(got, func(a, b graph.Actor) int { return strings.Compare(string(a.ID), string(b.ID)) }) || len(got) != len(ids) {
		t.Error("Actors are not sorted, or not all there")
	}
	if n := len(collect(t, s.NamesWithPrefix("long long"))); n != len(ids) {
		t.Errorf("%d actors have the long name, want %d", n, len(ids))
	}
}

func TestInvalidRecords(t *testing.T) {
	s := create(t, t.TempDir())
	before := dump(t, s)
	for name, spoil := range map[string]func(*graph.Record){
		`article: "\xff" is not UTF-8`:      func(r *graph.Record) { r.Article.Title = "\xff" },
		`actor 0: "a\xc3" is not UTF-8`:     func(r *graph.Record) { r.Actors[0].Mentions = []string{"a\xc3"} },
		"actor 1: id of 0 bytes":            func(r *graph.Record) { r.Actors[1].ID = "" },
		"id of 4097 bytes":                  func(r *graph.Record) { r.Events[0].Target.ID = graph.ActorID(strings.Repeat("x", maxID+1)) },
		`event 0: belongs to article "b"`:   func(r *graph.Record) { r.Events[0].Article = "b" },
		`"state:FRA" is there twice`:        func(r *graph.Record) { r.Actors[1] = r.Actors[0] },
		"attributed to: id of 0 bytes":      func(r *graph.Record) { r.Events[0].AttributedTo = &graph.ActorRef{} },
		"organisation: id of 0 bytes":       func(r *graph.Record) { r.Affiliations[0].Org.ID = "" },
		"unsupported value: NaN":            func(r *graph.Record) { r.Events[0].Confidence = math.NaN() },
		`affiliation 0: belongs to article`: func(r *graph.Record) { r.Affiliations[0].Article = "" },
	} {
		r := record("a", "x", "FRA>RUS")
		spoil(&r)
		if _, err := s.Put(r); !errors.Is(err, ErrInvalid) || errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: Put: %v", name, err)
		}
	}
	if after := dump(t, s); after != before {
		t.Error("an invalid record changed the store")
	}
}

// big makes a record with n events whose texts have the length of real ones.
func big(n int) graph.Record {
	dyads := make([]string, n)
	for i := range dyads {
		dyads[i] = fmt.Sprintf("S%d>T%d", i%700, i%900)
	}
	r := record("big", strings.Repeat("A sentence that says little. ", 5*n), dyads...)
	for i := range r.Events {
		e := &r.Events[i]
		e.Article = r.Article.ID
		e.Quote = fmt.Sprintf("%-200d", i)
		e.AttributedTo = &graph.ActorRef{ID: "state:S1", Name: "S1land", Mention: "S1", Type: graph.State, Country: "S1"}
		e.Coder = "entente-en 1.0"
	}
	return r
}

func countRows(t *testing.T, s *Store) (n int) {
	t.Helper()
	err := s.view(func(r reader) error {
		c := r.scan(nil)
		defer c.close()
		for c.next() {
			n++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestBigArticle(t *testing.T) {
	dir := t.TempDir()
	s := create(t, dir)
	r := big(5000)
	mustPut(t, s, Added, r)
	small := relabelRecord(r, "a smaller id")
	mustPut(t, s, Duplicate, small)
	before := countRows(t, s)

	r = big(14_000)
	_, err := s.Put(r)
	if !errors.Is(err, ErrTooBig) || errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), "14000 events") || !strings.Contains(err.Error(), "split the article") {
		t.Errorf("Put of 14,000 events: %v", err)
	}
	long := record("long", strings.Repeat("x", maxValue+1))
	if _, err := s.Put(long); !errors.Is(err, ErrTooBig) {
		t.Errorf("Put of a body of %d bytes: %v", len(long.Article.Body), err)
	}
	if after := countRows(t, s); after != before {
		t.Errorf("%d rows before an article that was too big, %d after it", before, after)
	}
	long.Article.Body = strings.Repeat("x", 2<<20) // goes to the value log
	mustPut(t, s, Added, long)
	closeStore(t, s)
	s, err = Open(dir, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if a, err := s.Article(long.Article.Key()); err != nil || a != long.Article {
		t.Errorf("the long article came back with %d bytes, %v", len(a.Body), err)
	}
	if got := collect(t, s.Events()); !reflect.DeepEqual(got, small.Events) {
		t.Error("the 5000 events came back changed")
	}
}

// A writer that was killed after articles that need a big table leaves a store
// that opens.
func TestKilledAfterBigArticles(t *testing.T) {
	dir := t.TempDir()
	s := create(t, dir)
	mustPut(t, s, Added, big(5000))
	s.views.RLock() // a reader keeps the engine from being opened anew
	again := big(5000)
	again.Article.Title = "again"
	mustPut(t, s, Added, again)
	s.views.RUnlock()
	killed := copyOpen(t, dir)
	left, err := Open(killed, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(collect(t, left.Events())); n != 10_000 {
		t.Errorf("%d events, want 10000", n)
	}
	closeStore(t, left)
}

// The engine is opened anew while others read, and nothing of it is seen.
func TestReopen(t *testing.T) {
	s := create(t, t.TempDir())
	var want []string
	done := make(chan struct{})
	var reading sync.WaitGroup
	reading.Go(func() {
		for {
			select {
			case <-done:
				return
			default:
			}
			for a, err := range s.Articles() {
				if err != nil || len(a.Body) < 1e6 {
					t.Errorf("article of %d bytes, %v", len(a.Body), err)
				}
				break
			}
		}
	})
	first := s.kv
	for i := range 3 * reopenAfter / 1_000_000 {
		r := record(fmt.Sprint(i), fmt.Sprint(i, strings.Repeat("x", 1e6)), "FRA>RUS")
		mustPut(t, s, Added, r)
		want = append(want, r.Article.Key())
	}
	close(done)
	reading.Wait()
	s.unopened = reopenAfter
	mustPut(t, s, Added, record("last", "last"))
	if s.kv == first {
		t.Error("never opened anew")
	}
	for _, k := range want {
		if _, err := s.Article(k); err != nil {
			t.Error(err)
		}
	}
}

func TestClosed(t *testing.T) {
	s := create(t, t.TempDir())
	closeStore(t, s)
	_, put := s.Put(record("a", "x"))
	_, scan := gather(s.Events())
	_, stats := s.Stats()
	for _, err := range []error{put, scan, stats, s.Sync()} {
		if !errors.Is(err, ErrClosed) {
			t.Errorf("after Close: %v", err)
		}
	}
}

func TestReadOnlyTakesNoPut(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "store")
	closeStore(t, create(t, dir))
	s, err := Open(dir, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Put(record("a", "x")); !errors.Is(err, ErrReadOnly) {
		t.Errorf("Put: %v", err)
	}
	if err := s.Sync(); err != nil {
		t.Errorf("Sync: %v", err)
	}
	closeStore(t, s)
}

func TestAppearances(t *testing.T) {
	s := create(t, t.TempDir())
	records := sample()
	mustPut(t, s, Added, records...)
	want := map[graph.Appearance]bool{}
	for _, r := range records {
		for _, a := range r.Actors {
			want[graph.Appearance{Article: r.Article.Key(), Actor: a.ID}] = true
		}
	}
	got := collect(t, s.Appearances())
	if len(got) != len(want) {
		t.Errorf("%d appearances, want %d", len(got), len(want))
	}
	for i, a := range got {
		if !want[a] {
			t.Errorf("%v is in no article", a)
		}
		if i > 0 && got[i-1].Article+string(got[i-1].Actor) >= a.Article+string(a.Actor) {
			t.Errorf("%v after %v", a, got[i-1])
		}
	}
}
