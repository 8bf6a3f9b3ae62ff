package graphml_test

import (
	"encoding/xml"
	"strconv"
	"testing"

	"entente/graph"
	"entente/graph/encoding/encodingtest"
	"entente/graph/encoding/graphml"
)

type datum struct {
	Key   string `xml:"key,attr"`
	Value string `xml:",chardata"`
}

func TestContract(t *testing.T) {
	encodingtest.Run(t, encodingtest.Format{Write: graphml.Write, Read: func(b []byte) (p encodingtest.Parsed, err error) {
		var doc struct {
			XMLName xml.Name `xml:"http://graphml.graphdrawing.org/xmlns graphml"`
			Keys    []struct {
				ID string `xml:"id,attr"`
			} `xml:"key"`
			Graph struct {
				Nodes []struct {
					ID   string  `xml:"id,attr"`
					Data []datum `xml:"data"`
				} `xml:"node"`
				Edges []struct {
					ID     string  `xml:"id,attr"`
					Source string  `xml:"source,attr"`
					Target string  `xml:"target,attr"`
					Data   []datum `xml:"data"`
				} `xml:"edge"`
			} `xml:"graph"`
		}
		if err = xml.Unmarshal(b, &doc); err != nil {
			return p, err
		}
		known, ids := map[string]bool{}, map[string]bool{}
		for _, k := range doc.Keys {
			known[k.ID] = true
		}
		values := func(list []datum) map[string]string {
			m := map[string]string{}
			for _, d := range list {
				if !known[d.Key] {
					t.Errorf("no key %s", d.Key)
				}
				m[d.Key] = d.Value
			}
			return m
		}
		p.Names = map[graph.ActorID]string{}
		for _, n := range doc.Graph.Nodes {
			p.Names[graph.ActorID(n.ID)] = values(n.Data)["node-label"]
		}
		for _, e := range doc.Graph.Edges {
			if ids[e.ID] {
				t.Errorf("edge %s comes twice", e.ID)
			}
			ids[e.ID] = true
			v := values(e.Data)
			events, err := strconv.Atoi(v["edge-events"])
			if err != nil {
				return p, err
			}
			p.Edges = append(p.Edges, encodingtest.Edge{Source: graph.ActorID(e.Source), Target: graph.ActorID(e.Target), Predicate: v["edge-predicate"], Events: events})
		}
		return p, nil
	}})
}
