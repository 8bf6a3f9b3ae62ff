package picture_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"entente/graph"
	"entente/graph/encoding/encodingtest"
	"entente/graph/picture"
)

func ids(p *picture.Picture) (list []graph.ActorID) {
	for _, n := range p.Nodes {
		list = append(list, n.ID)
	}
	return list
}

func TestChoose(t *testing.T) {
	for _, c := range []struct {
		name  string
		opts  picture.Options
		nodes []graph.ActorID
		edges int
	}{
		// Russia has one event with each hostile name and five others.
		{"top", picture.Options{Top: 2}, []graph.ActorID{"state:RUS", "state:UKR"}, 3},
		{"ego", picture.Options{Ego: []graph.ActorID{"igo:NATO"}, Hops: 1}, []graph.ActorID{"igo:NATO", "state:FRA"}, 1},
		{"two hops", picture.Options{Ego: []graph.ActorID{"igo:NATO"}, Hops: 2}, []graph.ActorID{"igo:NATO", "state:FRA", "state:UKR"}, 2},
		{"top of ego", picture.Options{Ego: []graph.ActorID{"igo:NATO"}, Hops: 2, Top: 2}, nil, 0},
		{"alone", picture.Options{Ego: []graph.ActorID{"state:CHE"}, Hops: 3, Isolated: true}, []graph.ActorID{"state:CHE"}, 0},
	} {
		p, err := picture.Choose(encodingtest.Sample(), c.opts)
		if err != nil {
			t.Fatal(err)
		}
		if got := ids(p); !reflect.DeepEqual(got, c.nodes) || len(p.Edges) != c.edges {
			t.Errorf("%s: %v and %d edges, want %v and %d", c.name, got, len(p.Edges), c.nodes, c.edges)
		}
	}
}

func TestStrongestTies(t *testing.T) {
	relation := func(source, target graph.ActorID, category string, events int) graph.Relation {
		return graph.Relation{Source: source, Target: target, Category: category, Counts: graph.Counts{Events: events}}
	}
	g := encodingtest.Of(nil, nil)
	g.Relations = []graph.Relation{relation("a", "b", "AID", 9), relation("a", "b", "ACCUSE", 5), relation("b", "a", "AID", 4), relation("c", "a", "AID", 1), relation("c", "b", "AID", 2)}
	for ties, want := range [][]string{
		0: {"a b ACCUSE", "a b AID", "b a AID", "c a AID", "c b AID"},
		1: {"a b AID", "c b AID"}, // nobody stands alone
		2: {"a b AID", "c b AID"},
		3: {"a b ACCUSE", "a b AID", "c b AID"},
		4: {"a b ACCUSE", "a b AID", "b a AID", "c b AID"},
	} {
		p, err := picture.Choose(g, picture.Options{Ties: ties})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		degree := make([]int, len(p.Nodes))
		for _, e := range p.Edges {
			got = append(got, fmt.Sprintf("%s %s %s", p.Nodes[e.Source].ID, p.Nodes[e.Target].ID, e.Category))
			degree[e.Source]++
			degree[e.Target]++
		}
		if !slices.Equal(got, want) {
			t.Errorf("%d ties: %q, want %q", ties, got, want)
		}
		for i, n := range p.Nodes {
			if n.Degree != degree[i] {
				t.Errorf("%d ties: %s has the degree %d, want %d", ties, n.ID, n.Degree, degree[i])
			}
		}
	}
}
