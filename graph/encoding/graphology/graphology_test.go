package graphology_test

import (
	"encoding/json"
	"testing"

	"entente/graph"
	"entente/graph/encoding/encodingtest"
	"entente/graph/encoding/graphology"
)

func TestContract(t *testing.T) {
	encodingtest.Run(t, encodingtest.Format{Write: graphology.Write, Read: func(b []byte) (p encodingtest.Parsed, err error) {
		var doc struct {
			Nodes []struct {
				Key        string
				Attributes struct{ Label string }
			}
			Edges []struct {
				Key, Source, Target string
				Attributes          struct {
					Predicate string
					Events    int
				}
			}
		}
		err = json.Unmarshal(b, &doc)
		p.Names = map[graph.ActorID]string{}
		for _, n := range doc.Nodes {
			p.Names[graph.ActorID(n.Key)] = n.Attributes.Label
		}
		keys := map[string]bool{}
		for _, e := range doc.Edges {
			if keys[e.Key] {
				t.Errorf("edge %s comes twice", e.Key)
			}
			keys[e.Key] = true
			p.Edges = append(p.Edges, encodingtest.Edge{Source: graph.ActorID(e.Source), Target: graph.ActorID(e.Target), Predicate: e.Attributes.Predicate, Events: e.Attributes.Events})
		}
		return p, err
	}})
}
