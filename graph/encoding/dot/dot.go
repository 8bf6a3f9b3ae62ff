// Package dot writes graphs in the DOT language of Graphviz.
package dot

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"entente/graph"
)

// Options says what is drawn. The zero value draws every relation.
type Options struct {
	// Name is the name of the graph; "" means "entente".
	Name string
	// TopN keeps the actors with the most distinct events, so many of them, and
	// the relations among those; 0 keeps all.
	TopN int
	// Isolated also draws the given actors that have no relation drawn.
	Isolated bool
}

// quoteLen is the length to which a tooltip cuts a quote, in characters.
const quoteLen = 240

// maxPredicates is how many predicates the label of an edge names.
const maxPredicates = 3

// node is an actor to be drawn.
type node struct {
	graph.Actor
	events int // distinct events of the relations drawn from
	degree int // edges drawn
}

// edge is what is drawn between two actors: the relations of one direction and
// category folded.
type edge struct {
	source, target graph.ActorID
	category       string
	symmetric      bool
	relations      []graph.Relation // the strongest first
}

func (e *edge) events() int {
	n := 0
	for _, r := range e.relations {
		n += r.Events
	}
	return n
}

// Write writes the relations as a directed graph. Edges fold the relations of
// one dyad and category: the label names the predicates and counts their
// distinct events ("condemn ×3"), the colour tells the quad class, the width
// the number of events, the tooltip the evidence if the relations carry any.
// An edge without arrows is symmetric. Of nodes, shape and colour tell the type
// of the actor and the size of the letters its number of edges. Actors give
// names and types; whoever only relations name is drawn with its id.
//
// The ids of nodes are those of the actors, with what DOT readers disagree
// about written as in URLs (%5C). All strings are quoted: no text can become
// markup, and invisible or ill-formed characters are made harmless. The same
// graph gives the same bytes, in whatever order it comes.
func Write(w io.Writer, relations []graph.Relation, actors []graph.Actor, opts Options) error {
	nodes, edges := choose(relations, actors, opts)
	b := bufio.NewWriter(w)
	name := cmp.Or(opts.Name, "entente")
	fmt.Fprintf(b, "digraph %s {\n", quote(name))
	b.WriteString(`  graph [charset="UTF-8", rankdir="LR", overlap="false", fontname="Helvetica"];
  node [fontname="Helvetica", style="filled", fillcolor="#eeeeee", color="#555555", shape="box"];
  edge [fontname="Helvetica", fontsize="9", color="#888888", arrowsize="0.7"];
`)
	for _, n := range nodes {
		writeNode(b, n)
	}
	for _, e := range edges {
		writeEdge(b, e)
	}
	b.WriteString("}\n")
	return b.Flush() // a bufio.Writer keeps its first error
}

// choose returns what is to be drawn, sorted.
func choose(relations []graph.Relation, actors []graph.Actor, opts Options) ([]*node, []*edge) {
	nodes := map[graph.ActorID]*node{}
	for _, a := range actors {
		if nodes[a.ID] == nil {
			nodes[a.ID] = &node{Actor: a}
		}
	}
	for _, r := range relations {
		for _, id := range []graph.ActorID{r.Source, r.Target} {
			if nodes[id] == nil {
				nodes[id] = &node{Actor: graph.Actor{ID: id, Name: string(id)}}
			}
		}
		nodes[r.Source].events += r.Events
		if r.Target != r.Source {
			nodes[r.Target].events += r.Events
		}
	}
	kept := make([]*node, 0, len(nodes))
	for _, n := range nodes {
		kept = append(kept, n)
	}
	slices.SortFunc(kept, func(a, b *node) int {
		return cmp.Or(cmp.Compare(b.events, a.events), cmp.Compare(a.ID, b.ID))
	})
	if opts.TopN > 0 && len(kept) > opts.TopN {
		for _, n := range kept[opts.TopN:] {
			delete(nodes, n.ID)
		}
		kept = kept[:opts.TopN]
	}
	edges := fold(relations, nodes)
	if !opts.Isolated {
		kept = slices.DeleteFunc(kept, func(n *node) bool { return n.degree == 0 })
	}
	slices.SortFunc(kept, func(a, b *node) int { return cmp.Compare(a.ID, b.ID) })
	return kept, edges
}

// fold makes the edges among nodes and counts them in the nodes' degrees.
func fold(relations []graph.Relation, nodes map[graph.ActorID]*node) []*edge {
	type key struct {
		source, target graph.ActorID
		category       string
		symmetric      bool
	}
	folded := map[key]*edge{}
	var edges []*edge
	for _, r := range relations {
		if nodes[r.Source] == nil || nodes[r.Target] == nil {
			continue
		}
		k := key{r.Source, r.Target, r.Category, r.Symmetric}
		if folded[k] == nil {
			folded[k] = &edge{source: r.Source, target: r.Target, category: r.Category, symmetric: r.Symmetric}
			edges = append(edges, folded[k])
			nodes[r.Source].degree++
			nodes[r.Target].degree++
		}
		folded[k].relations = append(folded[k].relations, r)
	}
	for _, e := range edges {
		slices.SortFunc(e.relations, graph.CompareStrength)
	}
	slices.SortFunc(edges, func(a, b *edge) int {
		return cmp.Or(cmp.Compare(a.source, b.source), cmp.Compare(a.target, b.target),
			cmp.Compare(a.category, b.category), compareBools(a.symmetric, b.symmetric))
	})
	return edges
}

// compareBools orders false before true.
func compareBools(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

func writeNode(w *bufio.Writer, n *node) {
	shape, fill := style(n.Type)
	about := []string{string(n.ID), string(n.Type), n.Country}
	about = slices.DeleteFunc(about, func(s string) bool { return s == "" })
	fmt.Fprintf(w, "  %s [label=%s, shape=%s, fillcolor=%s, fontsize=%s, tooltip=%s];\n",
		quoteID(n.ID), quote(cmp.Or(n.Name, string(n.ID))), quote(shape), quote(fill),
		quote(fmt.Sprintf("%.1f", 11+3*math.Log2(1+float64(n.degree)))),
		quote(strings.Join(about, ", ")))
}

func writeEdge(w *bufio.Writer, e *edge) {
	events := e.events()
	fmt.Fprintf(w, "  %s -> %s [label=%s, class=%s, color=%s, fontcolor=%s, weight=%s, penwidth=%s, ",
		quoteID(e.source), quoteID(e.target), quote(label(e)), quote(e.category),
		quote(colour(e.relations)), quote(colour(e.relations)), quote(fmt.Sprint(events)),
		quote(fmt.Sprintf("%.1f", min(6, 1+math.Log2(float64(max(events, 1)))))))
	if e.symmetric {
		w.WriteString(`dir="none", `)
	}
	fmt.Fprintf(w, "tooltip=%s];\n", quote(tooltip(e)))
}

// label names the predicates of an edge and counts their distinct events.
func label(e *edge) string {
	var lines []string
	for _, r := range e.relations[:min(len(e.relations), maxPredicates)] {
		line := strings.ReplaceAll(r.Predicate, "_", " ")
		if r.Events > 1 {
			line += fmt.Sprintf(" ×%d", r.Events)
		}
		lines = append(lines, line)
	}
	if more := len(e.relations) - maxPredicates; more > 0 {
		lines = append(lines, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(lines, "\n")
}

// tooltip tells the category, the dates and the best evidence of the strongest
// relation that carries any.
func tooltip(e *edge) string {
	about := e.category
	first, last := period(e.relations)
	switch {
	case first == "":
	case first == last:
		about += ", " + string(first)
	default:
		about += fmt.Sprintf(", %s to %s", first, last)
	}
	for _, r := range e.relations {
		if r.Evidence == nil {
			continue
		}
		q := []rune(r.Evidence.Quote)
		if len(q) > quoteLen {
			q = append(q[:quoteLen:quoteLen], '…')
		}
		sentence := strings.Join(strings.Fields(string(q)), " ")
		return about + "\n“" + sentence + "”\n" + from(r.Evidence)
	}
	return about
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

// period returns the first and last known date of relations.
func period(relations []graph.Relation) (first, last graph.Date) {
	for _, r := range relations {
		if r.First != "" && (first == "" || r.First < first) {
			first = r.First
		}
		last = max(last, r.Last)
	}
	return first, last
}
