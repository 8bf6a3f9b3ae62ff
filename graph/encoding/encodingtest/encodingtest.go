// Package encodingtest has what every format is put to: a small graph of hostile
// names, and the contract that a writer keeps whatever its format.
package encodingtest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"testing"

	"entente/graph"
	"entente/graph/encoding"
)

// Edge is what a reader makes of one relation, or of one fact.
type Edge struct {
	Source, Target graph.ActorID
	Predicate      string
	Events         int // distinct events; 1 for a fact
}

// Parsed is a graph as it is read back. Names are those of the file.
type Parsed struct {
	Names map[graph.ActorID]string
	Edges []Edge
}

// Format is a writer, and a reader of what it wrote that shares no code with it.
type Format struct {
	Write func(io.Writer, *encoding.Graph) error
	Read  func([]byte) (Parsed, error)
	// Facts are the edges of the format, rather than relations.
	Facts bool
	// Name is what the format makes of a name; nil means encoding.Text.
	Name func(string) string
}

// Run checks the contract: what is read back has the graph's actors, names and
// edges; the same graph gives the same bytes; an empty graph can be read; the
// first error of the graph or of the disk is returned.
func Run(t *testing.T, f Format) {
	t.Helper()
	if f.Name == nil {
		f.Name = encoding.Text
	}
	for name, g := range map[string]*encoding.Graph{"sample": Sample(), "empty": Of(nil, nil)} {
		t.Run(name, func(t *testing.T) { f.roundTrip(t, g) })
	}
	t.Run("full disk", f.fullDisk)
	t.Run("broken store", f.brokenStore)
}

func (f Format) roundTrip(t *testing.T, g *encoding.Graph) {
	var b, again bytes.Buffer
	if err := errors.Join(f.Write(&b, g), f.Write(&again, g)); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(b.Bytes(), again.Bytes()) {
		t.Error("written twice, the bytes differ")
	}
	got, err := f.Read(b.Bytes())
	if err != nil {
		t.Fatalf("what was written cannot be read: %v\n%s", err, b.Bytes())
	}
	n := 0
	for a, err := range g.Actors {
		if err != nil {
			t.Fatal(err)
		}
		n++
		name, ok := got.Names[a.ID]
		if !ok {
			t.Errorf("actor %q is missing", a.ID)
		} else if want := f.Name(a.Name); name != want {
			t.Errorf("actor %q is named %q, want %q", a.ID, name, want)
		}
	}
	if len(got.Names) != n {
		t.Errorf("%d actors are read back, want %d", len(got.Names), n)
	}
	want, err := f.edges(g)
	if err != nil {
		t.Fatal(err)
	}
	if missing, extra := difference(want, got.Edges); len(missing)+len(extra) > 0 {
		t.Errorf("edges missing: %v\nedges that should not be: %v", missing, extra)
	}
}

func (f Format) edges(g *encoding.Graph) (edges []Edge, err error) {
	if !f.Facts {
		for _, r := range g.Relations {
			edges = append(edges, Edge{r.Source, r.Target, r.Predicate, r.Events})
		}
		return edges, nil
	}
	for x, err := range g.Facts {
		if err != nil {
			return nil, err
		}
		edges = append(edges, Edge{x.Event.Source.ID, x.Event.Target.ID, x.Event.Predicate, 1})
	}
	return edges, nil
}

// difference returns what a has more of than b, and b more than a.
func difference(a, b []Edge) (missing, extra []Edge) {
	n := map[Edge]int{}
	for _, e := range b {
		n[e]++
	}
	for _, e := range a {
		if n[e]--; n[e] < 0 {
			missing = append(missing, e)
		}
	}
	for _, e := range b {
		if n[e] > 0 {
			extra = append(extra, e)
			n[e]--
		}
	}
	return missing, extra
}

var errDisk = errors.New("no space left on device")

// disk takes so many bytes.
type disk int

func (d *disk) Write(p []byte) (int, error) {
	if len(p) > int(*d) {
		n := int(*d)
		*d = 0
		return n, errDisk
	}
	*d -= disk(len(p))
	return len(p), nil
}

func (f Format) fullDisk(t *testing.T) {
	var whole bytes.Buffer
	if err := f.Write(&whole, Sample()); err != nil {
		t.Fatal(err)
	}
	for _, size := range []int{0, 1, whole.Len() / 2, whole.Len() - 1} {
		d := disk(size)
		if err := f.Write(&d, Sample()); !errors.Is(err, errDisk) {
			t.Errorf("a disk with room for %d of %d bytes: error %v, want %v", size, whole.Len(), err, errDisk)
		}
	}
}

func (f Format) brokenStore(t *testing.T) {
	broken := errors.New("damaged row")
	g := Sample()
	if f.Facts {
		g.Facts = breaking(g.Facts, broken)
	} else {
		g.Actors = breaking(g.Actors, broken)
	}
	if err := f.Write(io.Discard, g); !errors.Is(err, broken) {
		t.Errorf("the graph breaks off: error %v, want %v", err, broken)
	}
}

// breaking yields one element of seq and then the error.
func breaking[T any](seq iter.Seq2[T, error], broken error) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for v, err := range seq {
			if !yield(v, err) {
				return
			}
			break
		}
		var none T
		yield(none, broken)
	}
}

// Of returns the graph of the records: their events of whatever status, and the
// given actors. The actors must ascend by id.
func Of(actors []graph.Actor, records []graph.Record) *encoding.Graph {
	events := func(yield func(graph.Event, error) bool) {
		for _, r := range records {
			for _, e := range r.Events {
				if !yield(e, nil) {
					return
				}
			}
		}
	}
	relations, err := graph.Relations(events, graph.RelationOptions{Statuses: graph.Statuses, Evidence: true})
	if err != nil {
		panic(err) // events yields none
	}
	return &encoding.Graph{
		Name: "sample",
		Actors: func(yield func(graph.Actor, error) bool) {
			for _, a := range actors {
				if !yield(a, nil) {
					return
				}
			}
		},
		Relations: relations,
		Facts: func(yield func(encoding.Fact, error) bool) {
			for _, r := range records {
				article := r.Article
				key := article.Key()
				article.Body = ""
				for i, e := range r.Events {
					if !yield(encoding.Fact{ID: fmt.Sprintf("%s-%d", key, i), Event: e, Article: &article}, nil) {
						return
					}
				}
			}
		},
	}
}

// Hostile are names that formats trip over.
var Hostile = []string{
	`"double" and 'single' quotes`, "line\nfeed and\ttab", "]]> --> <!-- &amp; <b>bold</b>", "<b>markup</b>", `a -> b; c\N\l\`,
	"\x00control\x1b[31m\x07", "\u202Eright to left\u202C", "=HYPERLINK(1)", "+1", "-1", "@sum", "a;b,c|d", "ill\xff formed", "node", "Ünïcödé 中文 عربى 😀", "…",
	"{\"json\": [1]}", "$1 %s %25 `x`", "  spaces  ", "no\uFFFEcharacter", "",
}

// Sample returns a graph of three articles: real actors, hostile names, parallel
// and symmetric relations, a loop, all statuses, unknown and vague dates, copies,
// a speaker and a place.
func Sample() *encoding.Graph {
	ref := func(id graph.ActorID, name string, t graph.ActorType, country string) graph.ActorRef {
		return graph.ActorRef{ID: id, Name: name, Mention: name, Type: t, Country: country}
	}
	macron := ref("person:emmanuel-macron", "Emmanuel Macron", graph.Person, "FRA")
	france := ref("state:FRA", "France", graph.State, "FRA")
	russia := ref("state:RUS", "Russia", graph.State, "RUS")
	ukraine := ref("state:UKR", "Ukraine", graph.State, "UKR")
	nato := ref("igo:NATO", "NATO", graph.IGO, "")
	articles := []graph.Article{
		{ID: "a1", Published: "2024-04-04", Publisher: "Example Post", URL: "https://example.org/a1?x=1&y=\"2\"", Title: "Macron & <Russia>", Body: "Macron condemned Russia."},
		{ID: "a2", Published: "2023-12-31", Publisher: "Other; \"Paper\"", Title: "A year", Body: "Russia attacked."},
		{ID: "a 3/ü", Body: "Nothing is known of this one."},
	}
	event := func(article int, source graph.ActorRef, category, predicate, cameo string, target graph.ActorRef, quad int, goldstein float64) graph.Event {
		a := articles[article]
		return graph.Event{Article: a.ID, Source: source, Predicate: predicate, Target: target, Category: category, CAMEO: cameo, Quad: quad, Goldstein: goldstein,
			Status: graph.Asserted, Date: a.Published, DateBasis: graph.DateFromPublication, Published: a.Published, Publisher: a.Publisher,
			Provenance: graph.Provenance{Span: graph.Span{Start: 0, End: len(a.Body)}, Quote: a.Body, Rule: "r", Confidence: 0.9, Coder: "1"}}
	}
	condemn := event(0, macron, "ACCUSE", "condemn", "111", russia, 3, -2)
	condemn.Mode = "disapprove"
	condemn.Copies = []graph.Copy{{Article: "c1", Publisher: "Copy Times", Published: "2024-04-05"}}
	again := event(1, macron, "ACCUSE", "condemn", "111", russia, 3, -2)
	attack := event(1, russia, "ASSAULT", "attack", "190", ukraine, 4, -10)
	attack.Date, attack.DateBasis, attack.Place = "2023", graph.DateFromText, &graph.Place{Name: "Kyiv", Country: "UKR"}
	meet := event(0, macron, "CONSULT", "meet", "040", ukraine, 1, 1)
	meet.Symmetric = true
	arms := event(0, france, "AID", "send_arms", "072", ukraine, 2, 8.3)
	arms.Status, arms.AttributedTo = graph.Planned, &macron
	ally := event(0, nato, graph.NoCategory, "ally_of", "", france, 0, 0)
	self := event(1, russia, "PROTEST", "protest_against", "140", russia, 3, -6.5)
	self.Status = graph.Possible
	denied := event(2, ukraine, "ASSAULT", "attack", "190", russia, 4, -10)
	denied.Status, denied.DateBasis, denied.Date = graph.Negated, graph.DateUnknown, ""
	records := []graph.Record{
		{Article: articles[0], Events: []graph.Event{condemn, meet, arms, ally}},
		{Article: articles[1], Events: []graph.Event{attack, again, self}},
		{Article: articles[2], Events: []graph.Event{denied}},
	}
	actors := map[graph.ActorID]graph.Actor{"state:CHE": {ID: "state:CHE", Name: "Switzerland", Type: graph.State, Country: "CHE", Mentions: []string{"Switzerland", "Bern"}}}
	for i, name := range Hostile {
		r := ref(graph.ActorID(fmt.Sprintf("other:hostile-%02d", i)), name, graph.Other, "")
		e := event(2, r, "REJECT", "refuse", "120", russia, 3, -4)
		e.Quote = name + " refused Russia."
		records[2].Events = append(records[2].Events, e)
	}
	for _, r := range records {
		for _, e := range r.Events {
			for _, x := range []graph.ActorRef{e.Source, e.Target} {
				actors[x.ID] = graph.Actor{ID: x.ID, Name: x.Name, Type: x.Type, Country: x.Country, Mentions: []string{x.Name}}
			}
		}
	}
	var list []graph.Actor
	for _, a := range actors {
		list = append(list, a)
	}
	slices.SortFunc(list, func(a, b graph.Actor) int {
		if a.ID < b.ID {
			return -1
		}
		return 1
	})
	return Of(list, records)
}
