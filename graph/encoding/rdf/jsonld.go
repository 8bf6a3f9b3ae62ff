package rdf

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"

	"entente/graph/encoding"
)

// WriteJSONLD writes g as JSON-LD 1.1, the statements that WriteTurtle writes: an
// object with its own @context, so that nothing has to be fetched, and a @graph
// of actors, articles and facts, one a line.
func WriteJSONLD(w io.Writer, g *encoding.Graph) error {
	if _, err := io.WriteString(w, context()); err != nil {
		return err
	}
	separator := "\n"
	describe := func(b *bufio.Writer, n node) {
		b.WriteString(separator)
		separator = ",\n"
		describeJSON(b, n)
	}
	err := write(w, g, describe, func(b *bufio.Writer, x encoding.Fact) { describe(b, reified(x)) })
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, "\n]}\n")
	return err
}

func context() string {
	text := `{"@context":{`
	for i, n := range namespaces {
		if i > 0 {
			text += ","
		}
		text += quotedJSON(n[0]) + ":" + quotedJSON(n[1])
	}
	return text + `},"@graph":[`
}

func describeJSON(b *bufio.Writer, n node) {
	b.WriteString(`{"@id":` + quotedJSON(n.iri))
	for i := 0; i < len(n.props); {
		end := i + 1
		for end < len(n.props) && n.props[end].name == n.props[i].name {
			end++
		}
		writeValues(b, n.props[i:end])
		i = end
	}
	b.WriteString("}")
}

// writeValues writes the member of properties that have one name.
func writeValues(b *bufio.Writer, props []property) {
	name := props[0].name
	if name == "rdf:type" {
		name = "@type"
	}
	b.WriteString("," + quotedJSON(name) + ":")
	if len(props) > 1 {
		b.WriteString("[")
	}
	for i, p := range props {
		if i > 0 {
			b.WriteString(",")
		}
		b.WriteString(valueJSON(p))
	}
	if len(props) > 1 {
		b.WriteString("]")
	}
}

func valueJSON(p property) string {
	switch {
	case p.iri != "":
		return `{"@id":` + quotedJSON(p.iri) + "}"
	case p.class != "":
		return quotedJSON(p.class)
	case p.datatype != "":
		return `{"@type":` + quotedJSON(p.datatype) + `,"@value":` + quotedJSON(p.literal) + "}"
	}
	return quotedJSON(p.literal)
}

// quotedJSON returns s as a JSON string without the escapes for HTML.
func quotedJSON(s string) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil { // a string always has a JSON form
		panic(err)
	}
	return string(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
}
