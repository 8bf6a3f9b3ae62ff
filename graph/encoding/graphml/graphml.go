// Package graphml writes graphs in GraphML (http://graphml.graphdrawing.org), which
// networkx, igraph, Gephi, yEd and Cytoscape read.
package graphml

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"

	"entente/graph"
	"entente/graph/encoding"
)

// Write writes a directed graph whose edges have ids of their own, so that parallel
// ones stay apart, with the attributes of encoding.ActorAttributes and
// encoding.RelationAttributes. An attribute without a value is left out. Dates are
// strings: GraphML has no type for them.
func Write(w io.Writer, g *encoding.Graph) error {
	b := bufio.NewWriter(w)
	b.WriteString(xml.Header + `<graphml xmlns="http://graphml.graphdrawing.org/xmlns">` + "\n")
	keys(b, "node", encoding.ActorAttributes(graph.Actor{}, encoding.Part{}))
	keys(b, "edge", encoding.RelationAttributes(graph.Relation{}))
	fmt.Fprintf(b, "<graph id=\"%s\" edgedefault=\"directed\">\n", encoding.XML(encoding.Line(g.Name)))
	parts := encoding.Parts(g.Relations)
	for a, err := range g.Actors {
		if err != nil {
			return err
		}
		fmt.Fprintf(b, `<node id="%s">`, encoding.XML(encoding.Text(string(a.ID))))
		data(b, "node", encoding.ActorAttributes(a, parts[a.ID]))
		b.WriteString("</node>\n")
	}
	for i, r := range g.Relations {
		fmt.Fprintf(b, `<edge id="%s" source="%s" target="%s">`, encoding.EdgeID(i), encoding.XML(encoding.Text(string(r.Source))), encoding.XML(encoding.Text(string(r.Target))))
		data(b, "edge", encoding.RelationAttributes(r))
		b.WriteString("</edge>\n")
	}
	b.WriteString("</graph>\n</graphml>\n")
	return b.Flush()
}

func keys(b *bufio.Writer, of string, attributes []encoding.Attribute) {
	for _, a := range attributes {
		fmt.Fprintf(b, "<key id=\"%s-%s\" for=\"%[1]s\" attr.name=\"%[2]s\" attr.type=\"%s\"/>\n", of, a.Name, typeOf(a.Value))
	}
}

func typeOf(v any) string {
	switch v.(type) {
	case int:
		return "int"
	case float64:
		return "double"
	case bool:
		return "boolean"
	}
	return "string"
}

func data(b *bufio.Writer, of string, attributes []encoding.Attribute) {
	for _, a := range attributes {
		if a.Value != "" {
			fmt.Fprintf(b, `<data key="%s-%s">%s</data>`, of, a.Name, encoding.XML(fmt.Sprint(a.Value)))
		}
	}
}
