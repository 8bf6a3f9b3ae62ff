package gexf_test

import (
	"bytes"
	"encoding/xml"
	"io"
	"strconv"
	"strings"
	"testing"

	"gonum.org/v1/gonum/graph/formats/gexf12"

	"entente/graph"
	"entente/graph/encoding"
	"entente/graph/encoding/encodingtest"
	"entente/graph/encoding/gexf"
)

// Both versions are read by the types of gonum, whose namespace is that of 1.2.
func read(b []byte) (p encodingtest.Parsed, err error) {
	b = bytes.Replace(b, []byte(`xmlns="http://gexf.net/1.3"`), []byte(`xmlns="http://www.gexf.net/1.2draft"`), 1)
	var doc gexf12.Content
	if err = xml.Unmarshal(b, &doc); err != nil {
		return p, err
	}
	p.Names = map[graph.ActorID]string{}
	for _, n := range doc.Graph.Nodes.Nodes {
		p.Names[graph.ActorID(n.ID)] = n.Label
	}
	for _, e := range doc.Graph.Edges.Edges {
		edge := encodingtest.Edge{Source: graph.ActorID(e.Source), Target: graph.ActorID(e.Target)}
		for _, v := range e.AttValues.AttValues {
			switch v.For {
			case "predicate":
				edge.Predicate = v.Value
			case "events":
				if edge.Events, err = strconv.Atoi(v.Value); err != nil {
					return p, err
				}
			}
		}
		p.Edges = append(p.Edges, edge)
	}
	return p, nil
}

func TestContract(t *testing.T) {
	for _, version := range gexf.Versions {
		t.Run(version, func(t *testing.T) {
			encodingtest.Run(t, encodingtest.Format{Read: read, Write: func(w io.Writer, g *encoding.Graph) error {
				return gexf.Write(w, g, gexf.Options{Version: version})
			}})
		})
	}
	if err := gexf.Write(io.Discard, encodingtest.Sample(), gexf.Options{Version: "2"}); err == nil {
		t.Error("version 2 is written")
	}
}

func TestPeriods(t *testing.T) {
	var b strings.Builder
	if err := gexf.Write(&b, encodingtest.Sample(), gexf.Options{}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`label="condemn" weight="2" start="2023-12-31" end="2024-04-04"`,
		`label="attack" weight="1" start="2023-01-01" end="2023-12-31"`, // it is dated 2023
		`<node id="state:CHE" label="Switzerland">`,                     // who has no event is always there
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("lacks %s", want)
		}
	}
}
