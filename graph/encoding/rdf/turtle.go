package rdf

import (
	"bufio"
	"fmt"
	"io"

	"entente/graph/encoding"
)

// WriteTurtle writes g as Turtle. The triple of a fact is described as an
// rdf:Statement, and nowhere asserted. RDF-star is not used: few programs read it.
func WriteTurtle(w io.Writer, g *encoding.Graph) error {
	if _, err := io.WriteString(w, prefixes()); err != nil {
		return err
	}
	return write(w, g, describeTurtle, func(b *bufio.Writer, x encoding.Fact) { describeTurtle(b, reified(x)) })
}

func prefixes() string {
	text := ""
	for _, n := range namespaces {
		text += fmt.Sprintf("@prefix %s: <%s> .\n", n[0], n[1])
	}
	return text
}

func describeTurtle(b *bufio.Writer, n node) {
	fmt.Fprintf(b, "\n<%s>", n.iri)
	before := ""
	for _, p := range n.props {
		switch before {
		case p.name:
			b.WriteString(", ")
		case "":
			fmt.Fprintf(b, " %s ", p.name)
		default:
			fmt.Fprintf(b, " ;\n\t%s ", p.name)
		}
		b.WriteString(object(p, func(name string) string { return name }))
		before = p.name
	}
	b.WriteString(" .\n")
}
