package picture_test

import (
	"reflect"
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
		{"only", picture.Options{Only: map[graph.ActorID]bool{"state:FRA": true, "state:UKR": true, "state:CHE": true}}, []graph.ActorID{"state:FRA", "state:UKR"}, 1},
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
