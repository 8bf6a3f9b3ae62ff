package picture

import (
	"cmp"
	"fmt"
	"strings"

	"entente/graph"
	"entente/graph/encoding"
)

// quoteLen is the length to which a tip cuts a quote, in characters.
const quoteLen = 240

// maxPredicates is how many predicates a tip names.
const maxPredicates = 3

// Caption returns the name of a node in one line, its id where it has none.
func (n *Node) Caption() string { return encoding.Line(cmp.Or(n.Name, string(n.ID))) }

// Tip tells about a node in lines of text.
func (n *Node) Tip() string {
	about := encoding.Line(string(n.Type))
	if n.Country != "" {
		about += ", " + encoding.Line(n.Country)
	}
	return fmt.Sprintf("%s\n%s\n%s", n.Caption(), about, count(n.Events, "event"))
}

// Tip tells about edge i in lines of text: who did what to whom, when, and the
// best quote with where it stands.
func (p *Picture) Tip(i int) string {
	e := &p.Edges[i]
	arrow := " → "
	if e.Symmetric {
		arrow = " ↔ "
	}
	lines := []string{p.Nodes[e.Source].Caption() + arrow + p.Nodes[e.Target].Caption(),
		encoding.Line(e.Category) + ": " + e.predicates(), count(e.Events(), "event") + e.when()}
	if ev := e.Evidence(); ev != nil {
		lines = append(lines, "“"+shorten(encoding.Line(ev.Quote), quoteLen)+"”", stands(ev))
	}
	return strings.Join(lines, "\n")
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// predicates names the strongest predicates ("condemn ×3, accuse").
func (e *Edge) predicates() string {
	var list []string
	for _, r := range e.Relations[:min(len(e.Relations), maxPredicates)] {
		name := strings.ReplaceAll(encoding.Line(r.Predicate), "_", " ")
		if r.Events > 1 {
			name += fmt.Sprintf(" ×%d", r.Events)
		}
		list = append(list, name)
	}
	if more := len(e.Relations) - maxPredicates; more > 0 {
		list = append(list, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(list, ", ")
}

func (e *Edge) when() string {
	first, last := e.Period()
	switch {
	case first == "":
		return ""
	case first == last:
		return ", " + string(first)
	}
	return fmt.Sprintf(", %s to %s", first, last)
}

// stands says where a piece of evidence stands.
func stands(e *graph.Event) string {
	var parts []string
	for _, s := range []string{e.Publisher, e.Article, string(e.Published)} {
		if s = encoding.Line(s); s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, ", ")
}
