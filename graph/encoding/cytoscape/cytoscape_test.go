package cytoscape_test

import (
	"encoding/json"
	"testing"

	"entente/graph"
	"entente/graph/encoding/cytoscape"
	"entente/graph/encoding/encodingtest"
)

func TestContract(t *testing.T) {
	encodingtest.Run(t, encodingtest.Format{Write: cytoscape.Write, Read: func(b []byte) (p encodingtest.Parsed, err error) {
		var doc struct {
			Elements struct {
				Nodes []struct{ Data struct{ ID, Name string } }
				Edges []struct {
					Data struct {
						ID, Source, Target, Interaction string
						Events                          int
					}
				}
			}
		}
		err = json.Unmarshal(b, &doc)
		p.Names = map[graph.ActorID]string{}
		for _, n := range doc.Elements.Nodes {
			p.Names[graph.ActorID(n.Data.ID)] = n.Data.Name
		}
		ids := map[string]bool{}
		for _, e := range doc.Elements.Edges {
			if ids[e.Data.ID] {
				t.Errorf("edge %s comes twice", e.Data.ID)
			}
			ids[e.Data.ID] = true
			p.Edges = append(p.Edges, encodingtest.Edge{Source: graph.ActorID(e.Data.Source), Target: graph.ActorID(e.Data.Target), Predicate: e.Data.Interaction, Events: e.Data.Events})
		}
		return p, err
	}})
}
