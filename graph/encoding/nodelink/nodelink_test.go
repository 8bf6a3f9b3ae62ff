package nodelink_test

import (
	"encoding/json"
	"testing"

	"entente/graph"
	"entente/graph/encoding/encodingtest"
	"entente/graph/encoding/nodelink"
)

func TestContract(t *testing.T) {
	encodingtest.Run(t, encodingtest.Format{Write: nodelink.Write, Read: func(b []byte) (p encodingtest.Parsed, err error) {
		var doc struct {
			Nodes []struct{ ID, Label string }
			Links []struct {
				Key, Source, Target, Predicate string
				Events                         int
			}
		}
		err = json.Unmarshal(b, &doc)
		p.Names = map[graph.ActorID]string{}
		for _, n := range doc.Nodes {
			p.Names[graph.ActorID(n.ID)] = n.Label
		}
		keys := map[string]bool{}
		for _, e := range doc.Links {
			if keys[e.Key] {
				t.Errorf("edge %s comes twice", e.Key)
			}
			keys[e.Key] = true
			p.Edges = append(p.Edges, encodingtest.Edge{Source: graph.ActorID(e.Source), Target: graph.ActorID(e.Target), Predicate: e.Predicate, Events: e.Events})
		}
		return p, err
	}})
}
