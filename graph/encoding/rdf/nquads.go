package rdf

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"entente/graph/encoding"
)

// WriteNQuads writes g as N-Quads. The triple of a fact stands in a named graph
// whose name is the fact's IRI; what is said of actors, facts and articles stands
// in the default graph.
func WriteNQuads(w io.Writer, g *encoding.Graph) error {
	return write(w, g, describeQuads, func(b *bufio.Writer, x encoding.Fact) {
		fmt.Fprintf(b, "<%s> <%s> <%s> <%s> .\n",
			actorIRI(x.Event.Source.ID), relationIRI(x.Event.Predicate), actorIRI(x.Event.Target.ID), factIRI(x.ID))
		describeQuads(b, factNode(x))
	})
}

func describeQuads(b *bufio.Writer, n node) {
	for _, p := range n.props {
		fmt.Fprintf(b, "<%s> <%s> %s .\n", n.iri, full(p.name), object(p, func(name string) string { return "<" + full(name) + ">" }))
	}
}

// object returns what p says in the syntax that N-Quads and Turtle share. What a
// prefixed name looks like is the difference.
func object(p property, named func(string) string) string {
	switch {
	case p.iri != "":
		return "<" + p.iri + ">"
	case p.class != "":
		return named(p.class)
	case p.datatype != "":
		return quoted(p.literal) + "^^" + named(p.datatype)
	}
	return quoted(p.literal)
}

var escapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`, "\t", `\t`)

func quoted(s string) string { return `"` + escapes.Replace(s) + `"` }
