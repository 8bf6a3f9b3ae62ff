// Package gexf writes graphs in GEXF (https://gexf.net), Gephi's format.
package gexf

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"

	"entente/graph"
	"entente/graph/encoding"
)

// Versions are those that Options knows: Gephi reads both from 0.9.3 on, networkx
// and gonum 1.2 alone.
var Versions = []string{"1.3", "1.2"}

// Options say how a graph is written.
type Options struct {
	Version string // one of Versions; "" is the first
}

// namespaces are those of Versions. What 1.2 is called in is its draft.
var namespaces = map[string]string{"1.3": "http://gexf.net/1.3", "1.2": "http://www.gexf.net/1.2draft"}

// Write writes a dynamic directed graph with the attributes of
// encoding.ActorAttributes and encoding.RelationAttributes. Nodes and edges last from
// the first day of their events to the last, both included; of a month or a year,
// the first day and the last. Those of which no date is known are always there. In
// 1.3 the kind of an edge is its category, which allows parallel edges; 1.2 has none.
// An unknown version is an error.
func Write(w io.Writer, g *encoding.Graph, o Options) error {
	version := o.Version
	if version == "" {
		version = Versions[0]
	}
	if namespaces[version] == "" {
		return fmt.Errorf("GEXF %s is not one of %s", version, strings.Join(Versions, ", "))
	}
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "%s<gexf xmlns=\"%s\" version=\"%s\">\n<meta><creator>entente</creator><description>%s</description></meta>\n",
		xml.Header, namespaces[version], version, encoding.XML(encoding.Line(g.Name)))
	represented := ""
	if version == "1.3" {
		represented = ` timerepresentation="interval"`
	}
	fmt.Fprintf(b, "<graph mode=\"dynamic\" defaultedgetype=\"directed\" timeformat=\"date\"%s>\n", represented)
	declare(b, "node", encoding.ActorAttributes(graph.Actor{}, encoding.Part{}))
	declare(b, "edge", encoding.RelationAttributes(graph.Relation{}))
	b.WriteString("<nodes>\n")
	parts := encoding.Parts(g.Relations)
	for a, err := range g.Actors {
		if err != nil {
			return err
		}
		p := parts[a.ID]
		fmt.Fprintf(b, `<node id="%s" label="%s"%s>`, encoding.XML(encoding.Text(string(a.ID))), encoding.XML(encoding.Text(a.Name)), period(p.First, p.Last))
		values(b, encoding.ActorAttributes(a, p))
		b.WriteString("</node>\n")
	}
	b.WriteString("</nodes>\n<edges>\n")
	for i, r := range g.Relations {
		kind, attributes := "", encoding.RelationAttributes(r)
		if version == "1.3" {
			kind = ` kind="` + encoding.XML(encoding.Text(r.Category+" "+r.Predicate)) + `"`
		}
		fmt.Fprintf(b, `<edge id="%s" source="%s" target="%s"%s label="%s" weight="%d"%s>`, encoding.EdgeID(i), encoding.XML(encoding.Text(string(r.Source))),
			encoding.XML(encoding.Text(string(r.Target))), kind, encoding.XML(fmt.Sprint(attributes[0].Value)), r.Events, period(r.First, r.Last))
		values(b, attributes)
		b.WriteString("</edge>\n")
	}
	b.WriteString("</edges>\n</graph>\n</gexf>\n")
	return b.Flush()
}

func declare(b *bufio.Writer, class string, attributes []encoding.Attribute) {
	fmt.Fprintf(b, "<attributes class=\"%s\" mode=\"static\">\n", class)
	for _, a := range attributes[1:] { // the label is an attribute of XML
		fmt.Fprintf(b, "<attribute id=\"%s\" title=\"%[1]s\" type=\"%s\"/>\n", a.Name, typeOf(a.Value))
	}
	b.WriteString("</attributes>\n")
}

func typeOf(v any) string {
	switch v.(type) {
	case int:
		return "integer"
	case float64:
		return "double"
	case bool:
		return "boolean"
	}
	return "string"
}

func values(b *bufio.Writer, attributes []encoding.Attribute) {
	b.WriteString("<attvalues>")
	for _, a := range attributes[1:] {
		if a.Value != "" {
			fmt.Fprintf(b, `<attvalue for="%s" value="%s"/>`, a.Name, encoding.XML(fmt.Sprint(a.Value)))
		}
	}
	b.WriteString("</attvalues>")
}

// period returns the attributes of what lasts from one date to another.
func period(first, last graph.Date) string {
	begin, ok := first.Time()
	end, known := last.Time()
	if !ok || !known {
		return ""
	}
	switch strings.Count(string(last), "-") {
	case 0:
		end = end.AddDate(1, 0, -1)
	case 1:
		end = end.AddDate(0, 1, -1)
	}
	if end.Before(begin) {
		end = begin
	}
	return fmt.Sprintf(` start="%s" end="%s"`, begin.Format(time.DateOnly), end.Format(time.DateOnly))
}
