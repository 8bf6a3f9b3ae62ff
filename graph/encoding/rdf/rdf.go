// Package rdf writes the graph as RDF 1.1: N-Quads, Turtle and JSON-LD, with the
// provenance of each fact in the terms of PROV-O.
//
// Actors are prov:Agent, facts and articles prov:Entity. A fact has what the event
// record has: its actors and predicate, codes, status, date, place, the sentence
// (prov:value), the article (prov:wasDerivedFrom) and, where the text only reports
// it, who says so (prov:wasAttributedTo). Dates are xsd:date, xsd:gYearMonth or
// xsd:gYear, as far as they are known.
//
// No triple "subject predicate object" stands by itself: a fact may be denied,
// planned or merely possible, and an asserted one is still what an article says.
// N-Quads has the triple only in a named graph that is the fact's own; Turtle and
// JSON-LD have only a description of it, an rdf:Statement with rdf:subject,
// rdf:predicate and rdf:object, which asserts nothing. Whoever merges all named
// graphs into one must first leave out those whose entente:status is not
// "asserted".
//
// IRIs are stable, and no node is blank: urn:entente:actor:ID, urn:entente:fact:ID,
// urn:entente:rel:PREDICATE, and for an article its web address, or
// urn:entente:article:KEY where that is none of its own. The own terms are below
// urn:entente:term:. Bytes of an id other than ASCII letters, digits and "-._~:"
// are percent-encoded.
package rdf

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"entente/graph"
	"entente/graph/encoding"
)

// namespaces are the prefixes of names and what they stand for, in the order in
// which they are written.
var namespaces = [][2]string{
	{"dc", "http://purl.org/dc/elements/1.1/"},
	{"dcterms", "http://purl.org/dc/terms/"},
	{"entente", "urn:entente:term:"},
	{"prov", "http://www.w3.org/ns/prov#"},
	{"rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"},
	{"rdfs", "http://www.w3.org/2000/01/rdf-schema#"},
	{"skos", "http://www.w3.org/2004/02/skos/core#"},
	{"xsd", "http://www.w3.org/2001/XMLSchema#"},
}

// full returns the IRI of a prefixed name.
func full(name string) string {
	prefix, local, _ := strings.Cut(name, ":")
	for _, n := range namespaces {
		if n[0] == prefix {
			return n[1] + local
		}
	}
	return name
}

// node is a resource and all that is said of it. Properties of one name stand
// side by side.
type node struct {
	iri   string
	props []property
}

// property has a prefixed name and exactly one of an IRI, a prefixed name of a
// class, or a literal.
type property struct {
	name     string
	iri      string
	class    string
	literal  string
	datatype string // prefixed; "" is xsd:string
}

func (n *node) is(classes ...string) {
	for _, c := range classes {
		n.props = append(n.props, property{name: "rdf:type", class: c})
	}
}

func (n *node) link(name, iri string) { n.props = append(n.props, property{name: name, iri: iri}) }

// text adds a literal, unless it is empty.
func (n *node) text(name, s string) {
	if s = encoding.Text(s); s != "" {
		n.props = append(n.props, property{name: name, literal: s})
	}
}

func (n *node) typed(name, s, datatype string) {
	n.props = append(n.props, property{name: name, literal: s, datatype: datatype})
}

// decimal adds a number; xsd:decimal has none that is infinite or not a number.
func (n *node) decimal(name string, x float64) {
	if !math.IsInf(x, 0) && !math.IsNaN(x) {
		n.typed(name, strconv.FormatFloat(x, 'f', -1, 64), "xsd:decimal")
	}
}

// date adds a date in the type of its precision, unless it is unknown.
func (n *node) date(name string, d graph.Date) {
	if _, err := graph.ParseDate(string(d)); err != nil || d == "" {
		return
	}
	datatype := "xsd:date"
	switch len(d) {
	case len("2006"):
		datatype = "xsd:gYear"
	case len("2006-01"):
		datatype = "xsd:gYearMonth"
	}
	n.typed(name, string(d), datatype)
}

func actorNode(a graph.Actor) node {
	n := node{iri: actorIRI(a.ID)}
	n.is("prov:Agent")
	name := encoding.Text(a.Name)
	n.typed("rdfs:label", name, "")
	n.text("entente:id", string(a.ID))
	n.text("entente:type", string(a.Type))
	n.text("entente:country", a.Country)
	seen := map[string]bool{name: true}
	for _, m := range a.Mentions {
		if m = encoding.Text(m); !seen[m] {
			seen[m] = true
			n.text("skos:altLabel", m)
		}
	}
	return n
}

func articleNode(x encoding.Fact) node {
	n := node{iri: articleIRI(x)}
	n.is("prov:Entity", "entente:Article")
	n.text("entente:key", x.Key())
	n.text("dcterms:title", x.Article.Title)
	n.text("dc:publisher", x.Article.Publisher)
	n.date("dcterms:issued", x.Article.Published)
	return n
}

func factNode(x encoding.Fact) node {
	e := &x.Event
	n := node{iri: factIRI(x.ID)}
	n.is("prov:Entity", "entente:Fact")
	n.text("entente:category", e.Category)
	n.text("entente:mode", e.Mode)
	n.text("entente:cameo", e.CAMEO)
	n.typed("entente:quad", strconv.Itoa(e.Quad), "xsd:integer")
	n.decimal("entente:goldstein", e.Goldstein)
	n.text("entente:status", string(e.Status))
	n.typed("entente:symmetric", strconv.FormatBool(e.Symmetric), "xsd:boolean")
	n.date("entente:date", e.Date)
	n.text("entente:dateBasis", string(e.DateBasis))
	if e.Place != nil {
		n.text("entente:place", e.Place.Name)
		n.text("entente:placeCountry", e.Place.Country)
	}
	n.text("prov:value", e.Quote)
	n.decimal("entente:confidence", e.Confidence)
	n.text("entente:rule", e.Rule)
	n.text("entente:coder", e.Coder)
	if e.AttributedTo != nil {
		n.link("prov:wasAttributedTo", actorIRI(e.AttributedTo.ID))
		n.text("entente:speaker", e.AttributedTo.Name)
	}
	n.link("prov:wasDerivedFrom", articleIRI(x))
	return n
}

// reified returns the node of a fact as the description of its triple.
func reified(x encoding.Fact) node {
	n := node{iri: factIRI(x.ID)}
	n.is("rdf:Statement")
	n.props = append(n.props, factNode(x).props...)
	n.link("rdf:subject", actorIRI(x.Event.Source.ID))
	n.link("rdf:predicate", relationIRI(x.Event.Predicate))
	n.link("rdf:object", actorIRI(x.Event.Target.ID))
	return n
}

// write calls actor and fact for each of g, and describe with each article
// before its first fact. It buffers what they write to w.
func write(w io.Writer, g *encoding.Graph, describe func(*bufio.Writer, node), fact func(*bufio.Writer, encoding.Fact)) error {
	b := bufio.NewWriter(w)
	for a, err := range g.Actors {
		if err != nil {
			return fmt.Errorf("actors: %w", err)
		}
		describe(b, actorNode(a))
	}
	article := ""
	for x, err := range g.Facts {
		if err != nil {
			return fmt.Errorf("facts: %w", err)
		}
		if key := x.Key(); key != article {
			article = key
			describe(b, articleNode(x))
		}
		fact(b, x)
		if _, err := b.Write(nil); err != nil { // the writer keeps its first error
			return err
		}
	}
	return b.Flush()
}
