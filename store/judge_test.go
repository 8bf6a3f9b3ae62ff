package store

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"entente/graph"
)

func judgement(kind graph.JudgementKind, names ...string) graph.Judgement {
	j := graph.Judgement{Kind: kind, Who: "ana", When: "2024-04-04T12:00:00Z"}
	for _, n := range names {
		j.Actors = append(j.Actors, stateID(n))
	}
	return j
}

func aliasOf(name, alias string) graph.Judgement {
	j := judgement(graph.JudgeAlias, name)
	j.Name = alias
	return j
}

func retypeOf(name string, t graph.ActorType, country string) graph.Judgement {
	j := judgement(graph.JudgeRetype, name)
	j.Type, j.Country = t, country
	return j
}

func undoOf(seq int) graph.Judgement {
	j := judgement(graph.JudgeUndo)
	j.Undoes = seq
	return j
}

func mustJudge(t testing.TB, s *Store, judgements ...graph.Judgement) {
	t.Helper()
	for _, j := range judgements {
		if _, err := s.Judge(j); err != nil {
			t.Fatalf("Judge(%+v): %v", j, err)
		}
	}
}

// rawly runs f while the store shows what the articles say.
func rawly(s *Store, f func()) {
	defer func(raw bool) { s.raw = raw }(s.raw)
	s.raw = true
	f()
}

// judgedModel is what the reads of a judged store should give, made from raw records
// without any index.
type judgedModel struct {
	judged  *graph.Judged
	records []graph.Record // as judged
	actors  []graph.Actor  // by id, as judged
	names   []nameRow      // in order
}

type nameRow struct {
	group string
	graph.NameEntry
}

func modelOf(t *testing.T, s *Store) *judgedModel {
	t.Helper()
	m := &judgedModel{judged: graph.NewJudged(collect(t, s.Judgements()))}
	raw := map[graph.ActorID]graph.Actor{}
	rawly(s, func() {
		for _, a := range collect(t, s.Actors()) {
			raw[a.ID] = a
		}
		m.records = collect(t, s.Records())
	})
	known := map[graph.ActorID]graph.Actor{}
	for id := range raw {
		known[m.judged.Canonical(id)] = m.join(raw, m.judged.Canonical(id))
	}
	for _, a := range known {
		m.actors = append(m.actors, a)
	}
	slices.SortFunc(m.actors, func(a, b graph.Actor) int { return cmp.Compare(a.ID, b.ID) })
	m.addNames(raw)

	show := func(r graph.ActorRef) graph.ActorRef {
		a := known[m.judged.Canonical(r.ID)]
		return graph.ActorRef{ID: a.ID, Name: a.Name, Mention: r.Mention, Type: a.Type, Country: a.Country}
	}
	for i := range m.records {
		r := &m.records[i]
		mentions := map[graph.ActorID][]string{}
		for _, a := range r.Actors {
			id := m.judged.Canonical(a.ID)
			mentions[id] = union(mentions[id], a.Mentions)
		}
		r.Actors = nil
		for _, a := range m.actors {
			if said, ok := mentions[a.ID]; ok {
				a.Mentions = said
				r.Actors = append(r.Actors, a)
			}
		}
		for i := range r.Events {
			r.Events[i].Source, r.Events[i].Target = show(r.Events[i].Source), show(r.Events[i].Target)
			if by := r.Events[i].AttributedTo; by != nil {
				shown := show(*by)
				r.Events[i].AttributedTo = &shown
			}
		}
		for i := range r.Affiliations {
			for _, ref := range []*graph.NameRef{&r.Affiliations[i].Person, &r.Affiliations[i].Org} {
				a := known[m.judged.Canonical(ref.ID)]
				ref.ID, ref.Name = a.ID, a.Name
			}
		}
	}
	return m
}

// join is the actor of a canonical id.
func (m *judgedModel) join(raw map[graph.ActorID]graph.Actor, id graph.ActorID) graph.Actor {
	j := m.judged.Of(id)
	if j == nil {
		return raw[id]
	}
	a := graph.Actor{ID: id, Type: j.Type, Country: j.Country}
	for _, member := range j.Members {
		b := raw[member]
		a.Name, a.Type, a.Country = cmp.Or(a.Name, b.Name), cmp.Or(a.Type, b.Type), cmp.Or(a.Country, b.Country)
		a.Mentions = union(a.Mentions, b.Mentions)
	}
	return a
}

func (m *judgedModel) addNames(raw map[graph.ActorID]graph.Actor) {
	add := func(key []byte, id graph.ActorID, names ...string) {
		_, kind, _, _ := parseNameKey(key)
		for _, n := range names {
			m.names = append(m.names, nameRow{nameGroup(key, id), graph.NameEntry{Name: n, ID: m.judged.Canonical(id), Word: kind == wordName}})
		}
	}
	for id, a := range raw {
		for key, names := range nameRows(a) {
			add([]byte(key), id, names...)
		}
	}
	for _, j := range m.judged.All() {
		for _, name := range j.Aliases {
			for key := range nameRows(graph.Actor{ID: j.ID, Name: name}) {
				add([]byte(key), j.ID, name)
			}
		}
	}
	slices.SortFunc(m.names, func(a, b nameRow) int {
		return cmp.Or(cmp.Compare(a.group, b.group), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Name, b.Name))
	})
	m.names = slices.Compact(m.names)
}

// check compares all reads of the store with the model.
func (m *judgedModel) check(t *testing.T, s *Store, ids []graph.ActorID) {
	audit(t, s) // of the ties
	t.Helper()
	same(t, "Records", collect(t, s.Records()), m.records)
	same(t, "Actors", collect(t, s.Actors()), m.actors)
	stats, err := s.Stats()
	if err != nil || stats.Actors != len(m.actors) {
		t.Fatalf("Stats has %d actors, %v; want %d", stats.Actors, err, len(m.actors))
	}
	var appearances []graph.Appearance
	for _, r := range m.records {
		for _, a := range r.Actors {
			appearances = append(appearances, graph.Appearance{Article: r.Article.Key(), Actor: a.ID})
		}
	}
	same(t, "Appearances", collect(t, s.Appearances()), appearances)
	same(t, "Events", collect(t, s.Events()), m.events(func(e *graph.Event) bool { return true }))
	for _, prefix := range []string{"", "fra", "r", "x", "land of"} {
		var want []graph.NameEntry
		for _, n := range m.names {
			if strings.HasPrefix(n.group, string(namePrefix(prefix))) {
				want = append(want, n.NameEntry)
			}
		}
		same(t, "NamesWithPrefix "+prefix, collect(t, s.NamesWithPrefix(prefix)), want)
	}
	for _, x := range ids {
		m.checkActor(t, s, x)
		for _, y := range ids {
			a, b := m.judged.Canonical(x), m.judged.Canonical(y)
			same(t, fmt.Sprintf("EventsBetween %s %s", x, y), collect(t, s.EventsBetween(x, y)), m.events(func(e *graph.Event) bool {
				return e.Source.ID == a && e.Target.ID == b || e.Source.ID == b && e.Target.ID == a
			}))
		}
	}
}

func (m *judgedModel) checkActor(t *testing.T, s *Store, id graph.ActorID) {
	t.Helper()
	canonical := m.judged.Canonical(id)
	got, err := s.Actor(id)
	i := slices.IndexFunc(m.actors, func(a graph.Actor) bool { return a.ID == canonical })
	switch {
	case i < 0 && !errors.Is(err, ErrNotFound):
		t.Fatalf("Actor(%s) = %+v, %v; no article names it", id, got, err)
	case i >= 0 && (err != nil || !reflect.DeepEqual(got, m.actors[i])):
		t.Fatalf("Actor(%s) = %+v, %v; want %+v", id, got, err, m.actors[i])
	}
	same(t, "EventsOf "+string(id), collect(t, s.EventsOf(id)), m.events(func(e *graph.Event) bool {
		return e.Source.ID == canonical || e.Target.ID == canonical
	}))
	var want []graph.Affiliation
	for _, r := range m.records {
		for _, f := range r.Affiliations {
			if f.Person.ID == canonical || f.Org.ID == canonical {
				want = append(want, f)
			}
		}
	}
	same(t, "AffiliationsOf "+string(id), collect(t, s.AffiliationsOf(id)), want)
}

func (m *judgedModel) events(keep func(*graph.Event) bool) (list []graph.Event) {
	for _, r := range m.records {
		for _, e := range r.Events {
			if keep(&e) {
				list = append(list, e)
			}
		}
	}
	return list
}

func same[T any](t *testing.T, what string, got, want []T) {
	t.Helper()
	if len(got)+len(want) > 0 && !reflect.DeepEqual(got, want) {
		t.Fatalf("%s:\n%+v\nwant\n%+v", what, got, want)
	}
}

// Whatever is judged, every read shows what a model without indexes shows; what the
// articles said stays as it was, and comes back when all is undone.
func TestJudgedReads(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	names := []string{"FRA", "RUS", "USA", "UKR", "MLI", "NER"}
	var ids []graph.ActorID
	for _, n := range append(names, "NONE") {
		ids = append(ids, stateID(n))
	}
	who := func() string { return names[rng.IntN(len(names))] }
	for range 12 {
		s := create(t, t.TempDir())
		put := func(i int) {
			var dyads []string
			for range rng.IntN(4) {
				dyads = append(dyads, who()+">"+who())
			}
			r := record(fmt.Sprint("a", i), fmt.Sprint("body ", i), dyads...)
			for j := range r.Actors {
				r.Actors[j].Mentions = append(r.Actors[j].Mentions, "the ally") // in common
			}
			for j := range r.Events {
				if by := ref(who()); rng.IntN(3) == 0 && slices.ContainsFunc(r.Actors, func(a graph.Actor) bool { return a.ID == by.ID }) {
					r.Events[j].AttributedTo = &by
				}
			}
			mustPut(t, s, Added, r)
		}
		put(0)
		put(1)
		rawly(s, func() { modelOf(t, s).check(t, s, ids) })
		judged := 0
		for i := range 12 {
			put(i + 2)
			before := rawDump(t, s)
			j := []graph.Judgement{
				judgement(graph.JudgeMerge, who(), who()), judgement(graph.JudgeMerge, who(), who(), who()), judgement(graph.JudgeSplit, who(), who()),
				aliasOf(who(), []string{"Xland", "fraxland", "FRA", "Land of X"}[rng.IntN(4)]),
				retypeOf(who(), []graph.ActorType{graph.Bloc, ""}[rng.IntN(2)], "XXX"), undoOf(1 + rng.IntN(judged+1)),
			}[rng.IntN(6)]
			got, err := s.Judge(j)
			if err != nil && !errors.Is(err, ErrInvalid) {
				t.Fatal(err)
			}
			if err == nil {
				if judged++; got.Seq != judged {
					t.Fatalf("judgement %d has number %d", judged, got.Seq)
				}
			}
			modelOf(t, s).check(t, s, ids)
			if after := rawDump(t, s); after != before {
				t.Fatalf("%+v changed what articles said:\n%s\nbefore\n%s", j, after, before)
			}
		}
		for j := judged; j > 0; j-- {
			if _, err := s.Judge(undoOf(j)); err != nil && !errors.Is(err, ErrInvalid) {
				t.Fatal(err)
			}
		}
		if left := graph.NewJudged(collect(t, s.Judgements())).All(); len(left) > 0 {
			t.Fatalf("all is undone, but %+v", left[0])
		}
		shown := dump(t, s)
		rawly(s, func() {
			if raw := dump(t, s); raw != shown {
				t.Fatalf("all is undone, but the store shows\n%s\nand raw\n%s", shown, raw)
			}
		})
	}
}

// rawDump is dump without the judgements.
func rawDump(t *testing.T, s *Store) (text string) {
	rawly(s, func() {
		for line := range strings.Lines(dump(t, s)) {
			if !strings.HasPrefix(line, `"j`) && !strings.HasPrefix(line, `"#totals"`) {
				text += line
			}
		}
	})
	return text
}

func TestJudgementsAreKept(t *testing.T) {
	dir := t.TempDir()
	s := create(t, dir)
	mustPut(t, s, Added, sample()...)
	raw := rawDump(t, s)
	want := []graph.Judgement{judgement(graph.JudgeMerge, "FRA", "RUS"), aliasOf("RUS", "Gaul"), undoOf(2)}
	mustJudge(t, s, want...)
	shown := dump(t, s)
	closeStore(t, s)

	s, err := Open(dir, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	if got := dump(t, s); got != shown {
		t.Errorf("after opening again\n%s\nbefore\n%s", got, shown)
	}
	for i := range want {
		want[i].Seq = i + 1
	}
	same(t, "Judgements", collect(t, s.Judgements()), want)
	if checked, err := s.CheckJudgement(judgement(graph.JudgeMerge, "USA", "UKR")); err != nil || checked.Seq != 4 {
		t.Errorf("CheckJudgement: %+v, %v", checked, err)
	}
	if _, err := s.Judge(want[0]); !errors.Is(err, ErrReadOnly) {
		t.Errorf("a store opened for reading is judged: %v", err)
	}
	for range s.Judgements() { // breaking off is fine
		break
	}
	closeStore(t, s)
	if _, err := s.Judge(want[0]); err == nil {
		t.Error("a closed store is judged")
	}

	if s, err = Open(dir, Options{Raw: true}); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if got := rawDump(t, s); got != raw || strings.Contains(dump(t, s), "Gaul\",\"id") {
		t.Errorf("raw:\n%s\nbefore judging:\n%s", got, raw)
	}
	mustJudge(t, s, undoOf(1))
}

func TestJudgeRefuses(t *testing.T) {
	s := create(t, t.TempDir())
	mustPut(t, s, Added, sample()...)
	mustJudge(t, s, judgement(graph.JudgeMerge, "FRA", "RUS"), judgement(graph.JudgeSplit, "RUS", "USA"),
		aliasOf("FRA", "Gaul"), undoOf(3))
	before := dump(t, s)
	for _, c := range []struct {
		j    graph.Judgement
		want string
	}{
		{judgement(graph.JudgeMerge, "FRA", "NONE"), `actor "state:NONE": not found`},
		{aliasOf("NONE", "x"), `actor "state:NONE": not found`},
		{judgement(graph.JudgeMerge, "FRA", "USA"), `judgement 2 says that ["state:RUS" "state:USA"] are not one, and this merge would make them one; undo 2 first`},
		{judgement(graph.JudgeMerge, "FRA", "RUS"), "are one already"},
		{undoOf(3), "judgement 3 is undone already, by 4; undo 4 to bring it back"},
		{undoOf(5), "judgement 5: not found; there are 4"},
		{aliasOf("FRA", " "), "alias: no name"},
		{aliasOf("FRA", "a\nb"), "control characters"},
		{retypeOf("FRA", "planet", ""), "not a type of actor"},
		{retypeOf("FRA", "", "France"), "alpha-3"},
	} {
		for _, judge := range []func(graph.Judgement) (graph.Judgement, error){s.Judge, s.CheckJudgement} {
			if _, err := judge(c.j); !errors.Is(err, ErrInvalid) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%+v: %v, want …%s…", c.j, err, c.want)
			}
		}
	}
	if after := dump(t, s); after != before {
		t.Errorf("what was refused has changed the store:\n%s\nbefore\n%s", after, before)
	}
	// Another may be kept; a split may come at any time.
	mustJudge(t, s, judgement(graph.JudgeMerge, "RUS", "FRA"), judgement(graph.JudgeSplit, "FRA", "RUS"))
	if a, err := s.Actor("state:RUS"); err != nil || a.Name != "RUSland" {
		t.Errorf("Actor = %+v, %v", a, err)
	}
}

// An actor lives on by what others say when no article names it by the kept id.
func TestKeptActorIsNamedNoMore(t *testing.T) {
	s := create(t, t.TempDir())
	first := record("a1", "one", "FRA>RUS")
	first.Article.URL = "https://example.org/1"
	mustPut(t, s, Added, first, record("a2", "two", "USA>RUS"))
	mustJudge(t, s, judgement(graph.JudgeMerge, "FRA", "USA"), aliasOf("FRA", "Gaul"))
	corrected := record("a1", "one, corrected", "UKR>RUS")
	corrected.Article.URL = first.Article.URL
	mustPut(t, s, Replaced, corrected)

	var ids []string
	for _, a := range collect(t, s.Actors()) {
		ids = append(ids, string(a.ID))
	}
	if want := []string{"state:FRA", "state:RUS", "state:UKR"}; !slices.Equal(ids, want) {
		t.Errorf("actors %q, want %q", ids, want)
	}
	for _, id := range []graph.ActorID{"state:FRA", "state:USA"} {
		if a, err := s.Actor(id); err != nil || a.ID != "state:FRA" || a.Name != "USAland" || a.Country != "USA" {
			t.Errorf("Actor(%s) = %+v, %v", id, a, err)
		}
		if got := collect(t, s.EventsOf(id)); len(got) != 1 || got[0].Source.ID != "state:FRA" || got[0].Source.Name != "USAland" {
			t.Errorf("EventsOf(%s) = %+v", id, got)
		}
	}
	if got := collect(t, s.NamesWithPrefix("gaul")); len(got) != 1 || got[0].ID != "state:FRA" {
		t.Errorf("NamesWithPrefix(gaul) = %+v", got)
	}
	mustJudge(t, s, retypeOf("FRA", graph.Bloc, ""))
}

func TestLostJudgements(t *testing.T) {
	dir := t.TempDir()
	s := create(t, dir)
	mustPut(t, s, Added, sample()...)
	mustJudge(t, s, judgement(graph.JudgeMerge, "FRA", "RUS"), aliasOf("FRA", "Gaul"), aliasOf("FRA", "Gallia"))
	for _, seq := range []int{2, 3} {
		var row []byte
		if err := s.view(func(r reader) error {
			return r.get(judgementKey(seq), func(b []byte) error { row = bytes.Clone(b); return nil })
		}); err != nil {
			t.Fatal(err)
		}
		if err := s.kv.update(func(b batch) error { return b.delete(judgementKey(seq)) }); err != nil {
			t.Fatal(err)
		}
		if _, err := gather(s.Judgements()); !errors.Is(err, ErrDamaged) {
			t.Errorf("judgement %d is lost: %v", seq, err)
		}
		if _, err := s.Judge(undoOf(1)); !errors.Is(err, ErrDamaged) {
			t.Errorf("judgement %d is lost, and another added: %v", seq, err)
		}
		closeStore(t, s)
		if s, err := Open(dir, Options{ReadOnly: true}); !errors.Is(err, ErrDamaged) {
			t.Errorf("judgement %d is lost, and the store opens: %v, %v", seq, s, err)
		}
		// Put it back, past Open, which is right to refuse.
		f, err := openFolder(dir, false, true, 0)
		if err != nil {
			t.Fatal(err)
		}
		kv, err := f.openChecked()
		if err != nil {
			t.Fatal(err)
		}
		if err := kv.update(func(b batch) error { return b.set(judgementKey(seq), row) }); err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(f.finish(kv), f.unlock()); err != nil {
			t.Fatal(err)
		}
		if s, err = Open(dir, Options{}); err != nil {
			t.Fatal(err)
		}
		defer s.Close()
	}
}

// A read that began before a judgement goes on as it began.
func TestJudgeWhileReading(t *testing.T) {
	s := create(t, t.TempDir())
	mustPut(t, s, Added, sample()...)
	var wait sync.WaitGroup
	for range 3 {
		wait.Go(func() {
			for range 40 {
				ids := map[graph.ActorID]bool{}
				for e, err := range s.EventsOf("state:FRA") {
					if err != nil {
						t.Error(err)
						return
					}
					ids[e.Source.ID], ids[e.Target.ID] = true, true
				}
				if one := !ids["state:RUS"]; one && len(ids) != 3 || !one && len(ids) != 2 {
					t.Errorf("events of France name %v", ids)
				}
			}
		})
	}
	for i := range 20 {
		mustJudge(t, s, judgement(graph.JudgeMerge, "FRA", "RUS"), undoOf(2*i+1))
	}
	wait.Wait()
}
