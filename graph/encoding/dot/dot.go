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
	"entente/graph/encoding"
	"entente/graph/picture"
)

// Options says what is drawn. The zero value draws every relation.
type Options struct {
	picture.Options
	// Name is the name of the graph; "" means "entente".
	Name string
}

// quoteLen is the length to which a tooltip cuts a quote, in characters.
const quoteLen = 240

// maxPredicates is how many predicates the label of an edge names.
const maxPredicates = 3

// Write writes what the options choose of g as a directed graph. Edges fold the relations of
// one dyad and category: the label names the predicates and counts their
// distinct events ("condemn ×3"), the colour tells the quad class, the width
// the number of events, the tooltip the evidence if the relations carry any.
// An edge without arrows is symmetric. Of nodes, shape and colour tell the type
// of the actor and the size of the letters its number of edges. Actors of one
// cluster stand together. Whoever only relations name is drawn with its id.
//
// The ids of nodes are those of the actors, with what DOT readers disagree
// about written as in URLs (%5C). All strings are quoted: no text can become
// markup, and invisible or ill-formed characters are made harmless. The same
// graph gives the same bytes, in whatever order it comes.
func Write(w io.Writer, g *encoding.Graph, opts Options) error {
	p, err := picture.Choose(g, opts.Options)
	if err != nil {
		return err
	}
	b := bufio.NewWriter(w)
	name := cmp.Or(opts.Name, "entente")
	fmt.Fprintf(b, "digraph %s {\n", quote(name))
	b.WriteString(`  graph [charset="UTF-8", rankdir="LR", overlap="false", fontname="Helvetica"];
  node [fontname="Helvetica", style="filled", fillcolor="#eeeeee", color="#555555", shape="box"];
  edge [fontname="Helvetica", fontsize="9", color="#888888", arrowsize="0.7"];
`)
	clusters := map[string][]*picture.Node{}
	for i := range p.Nodes {
		n := &p.Nodes[i]
		clusters[n.Cluster] = append(clusters[n.Cluster], n)
	}
	for _, c := range slices.Sorted(maps.Keys(clusters)) {
		if c != "" {
			fmt.Fprintf(b, "  subgraph %s {\n  label=%s;\n", quote("cluster_"+c), quote(c))
		}
		for _, n := range clusters[c] {
			writeNode(b, n)
		}
		if c != "" {
			b.WriteString("  }\n")
		}
	}
	for i := range p.Edges {
		writeEdge(b, p, &p.Edges[i])
	}
	b.WriteString("}\n")
	return b.Flush() // a bufio.Writer keeps its first error
}

func writeNode(w *bufio.Writer, n *picture.Node) {
	about := []string{string(n.ID), string(n.Type), n.Country}
	about = slices.DeleteFunc(about, func(s string) bool { return s == "" })
	fmt.Fprintf(w, "  %s [label=%s, shape=%s, fillcolor=%s, fontsize=%s, tooltip=%s];\n",
		quoteID(n.ID), quote(cmp.Or(n.Name, string(n.ID))), quote(shape(n.Type)), quote(picture.Fill(n.Type)),
		quote(fmt.Sprintf("%.1f", 11+3*math.Log2(1+float64(n.Degree)))),
		quote(strings.Join(about, ", ")))
}

func writeEdge(w *bufio.Writer, p *picture.Picture, e *picture.Edge) {
	events, colour := e.Events(), quote(picture.Colour(e.Quad()))
	fmt.Fprintf(w, "  %s -> %s [label=%s, class=%s, color=%s, fontcolor=%s, weight=%s, penwidth=%s, ",
		quoteID(p.Nodes[e.Source].ID), quoteID(p.Nodes[e.Target].ID), quote(label(e)), quote(e.Category),
		colour, colour, quote(fmt.Sprint(events)),
		quote(fmt.Sprintf("%.1f", min(6, 1+math.Log2(float64(max(events, 1)))))))
	if e.Symmetric {
		w.WriteString(`dir="none", `)
	}
	fmt.Fprintf(w, "tooltip=%s];\n", quote(tooltip(e)))
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
