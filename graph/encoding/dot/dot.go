// Package dot writes graphs in the DOT language of Graphviz.
package dot

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strings"

	"entente/graph"
	"entente/graph/picture"
)

// Options say how a picture is drawn. The zero value is for a light ground and
// leaves the layout to whoever reads it.
type Options struct {
	Dark bool
	// Layout is written as the graph's attribute, one of Layouts; "" writes none.
	Layout string
}

// Layouts are the engines of Graphviz that place a graph like ours.
var Layouts = []string{"dot", "neato", "fdp", "sfdp", "circo", "twopi"}

// Groups reports whether an engine puts the actors of a cluster together; "" is
// dot.
func Groups(layout string) bool { return layout == "" || layout == "dot" || layout == "fdp" }

// quoteLen is the length to which a tooltip cuts a quote, in characters.
const quoteLen = 240

// maxPredicates is how many predicates the label of an edge names.
const maxPredicates = 3

// legend tells what the picture cannot tell by itself.
const legend = "Blue: cooperation in words; green: in deeds. Orange: conflict in words; red: in deeds. Width and ×N: events."

// Write writes a picture as a directed graph. Edges fold the relations of one
// dyad and category: the label names the predicates and counts their
// distinct events ("condemn ×3"), the colour tells the quad class, the width
// the number of events, the tooltip the evidence if the relations carry any.
// An edge without arrows is symmetric. Of nodes, shape and colour tell the type
// of the actor and the size of the letters its score. Actors of one cluster, if
// there are several, stand together.
//
// The ids of nodes are those of the actors, with what DOT readers disagree
// about written as in URLs (%5C). All strings are quoted: no text can become
// markup, and invisible or ill-formed characters are made harmless. The same
// picture gives the same bytes.
func Write(w io.Writer, p *picture.Picture, o Options) error {
	d := drawing{bufio.NewWriter(w), p, picture.Light, 0}
	if o.Dark {
		d.theme = picture.Dark
	}
	d.begin(o.Layout)
	clusters := map[string][]*picture.Node{}
	for i := range p.Nodes {
		n := &p.Nodes[i]
		d.most = max(d.most, n.Score)
		clusters[n.Cluster] = append(clusters[n.Cluster], n)
	}
	for _, c := range slices.Sorted(maps.Keys(clusters)) {
		d.cluster(c, clusters[c])
	}
	for i := range p.Edges {
		d.edge(&p.Edges[i])
	}
	d.WriteString("}\n")
	return d.Flush() // a bufio.Writer keeps its first error
}

type drawing struct {
	*bufio.Writer
	picture *picture.Picture
	theme   picture.Theme
	most    float64 // the highest score
}

func (d *drawing) begin(layout string) {
	fmt.Fprintf(d, "digraph %s {\n  graph [charset=\"UTF-8\", ", quote(cmp.Or(d.picture.Name, "entente")))
	if layout != "" {
		fmt.Fprintf(d, "layout=%s, ", quote(layout))
	}
	t := &d.theme
	fmt.Fprintf(d, `rankdir="LR", overlap="false", sep="+9", outputorder="edgesfirst", bgcolor=%s, fontname="Helvetica", fontcolor=%s, label=%s, labelloc="b"];
  node [fontname="Helvetica", fontcolor=%s, style="filled", fillcolor="#eeeeee", color="#555555", shape="box"];
  edge [fontname="Helvetica", fontsize="10", color="#888888", arrowsize="0.7"];
`, quote(t.Back), quote(t.Ink), quote(legend), quote(picture.Light.Ink)) // nodes are pale in either theme
}

func (d *drawing) cluster(name string, nodes []*picture.Node) {
	outlined := name != "" && len(nodes) > 1
	if outlined {
		fmt.Fprintf(d, "  subgraph %s {\n  label=%s; labelloc=\"t\"; style=\"rounded,filled\"; color=%s; fillcolor=%s;\n",
			quote("cluster_"+name), quote(name), quote(d.theme.Faint), quote(d.theme.GroupFill))
	}
	for _, n := range nodes {
		d.node(n)
	}
	if outlined {
		d.WriteString("  }\n")
	}
}

func (d *drawing) node(n *picture.Node) {
	about := []string{string(n.ID), string(n.Type), n.Country}
	about = slices.DeleteFunc(about, func(s string) bool { return s == "" })
	size := 12.0
	if n.Score > 0 {
		size += 18 * math.Sqrt(n.Score/d.most)
	}
	fmt.Fprintf(d, "  %s [label=%s, shape=%s, fillcolor=%s, fontsize=%s, tooltip=%s];\n",
		quoteID(n.ID), quote(cmp.Or(n.Name, string(n.ID))), quote(shape(n.Type)), quote(picture.Fill(n.Type)),
		quote(fmt.Sprintf("%.1f", size)), quote(strings.Join(about, ", ")))
}

func (d *drawing) edge(e *picture.Edge) {
	events, colour := e.Events(), quote(d.theme.Colour(e.Quad()))
	fmt.Fprintf(d, "  %s -> %s [label=%s, class=%s, color=%s, fontcolor=%s, weight=%s, penwidth=%s, ",
		quoteID(d.picture.Nodes[e.Source].ID), quoteID(d.picture.Nodes[e.Target].ID), quote(label(e)), quote(e.Category),
		colour, colour, quote(fmt.Sprint(events)),
		quote(fmt.Sprintf("%.1f", min(6, 1+math.Log2(float64(max(events, 1)))))))
	if e.Symmetric {
		d.WriteString(`dir="none", `)
	}
	tip := quote(tooltip(e)) // of the line, which is thin, and of the label
	fmt.Fprintf(d, "tooltip=%s, labeltooltip=%s];\n", tip, tip)
}

// label names the predicates of an edge and counts their distinct events.
func label(e *picture.Edge) string {
	var lines []string
	for _, r := range e.Relations[:min(len(e.Relations), maxPredicates)] {
		line := strings.ReplaceAll(r.Predicate, "_", " ")
		if r.Events > 1 {
			line += fmt.Sprintf(" ×%d", r.Events)
		}
		lines = append(lines, line)
	}
	if more := len(e.Relations) - maxPredicates; more > 0 {
		lines = append(lines, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(lines, "\n")
}

// tooltip tells the category, the dates and the best evidence of the strongest
// relation that carries any.
func tooltip(e *picture.Edge) string {
	about := e.Category
	first, last := e.Period()
	switch {
	case first == "":
	case first == last:
		about += ", " + string(first)
	default:
		about += fmt.Sprintf(", %s to %s", first, last)
	}
	best := e.Evidence()
	if best == nil {
		return about
	}
	q := []rune(best.Quote)
	if len(q) > quoteLen {
		q = append(q[:quoteLen:quoteLen], '…')
	}
	sentence := strings.Join(strings.Fields(string(q)), " ")
	return about + "\n“" + sentence + "”\n" + from(best)
}

// from says where a piece of evidence stands.
func from(e *graph.Event) string {
	place := e.Article
	if e.Publisher != "" {
		place = e.Publisher + ", " + place
	}
	if e.Published != "" {
		place += ", " + string(e.Published)
	}
	return place
}
