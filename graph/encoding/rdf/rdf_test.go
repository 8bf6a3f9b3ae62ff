package rdf_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	format "gonum.org/v1/gonum/graph/formats/rdf"

	"entente/graph"
	"entente/graph/encoding"
	"entente/graph/encoding/encodingtest"
	"entente/graph/encoding/rdf"
)

var update = flag.Bool("update", false, "write the golden files anew")

// quad is a statement as a reader has it: IRIs in angle brackets, literals without
// quotes but with their datatype, if not string.
type quad struct{ subject, predicate, object, graph string }

type serialization struct {
	file  string
	write func(io.Writer, *encoding.Graph) error
	read  func([]byte) ([]quad, error)
}

var serializations = []serialization{
	{"sample.nq", rdf.WriteNQuads, readNQuads},
	{"sample.ttl", rdf.WriteTurtle, readTurtle},
	{"sample.jsonld", rdf.WriteJSONLD, readJSONLD},
}

func TestContract(t *testing.T) {
	for _, s := range serializations {
		t.Run(s.file, func(t *testing.T) {
			encodingtest.Run(t, encodingtest.Format{Write: s.write, Facts: true, Read: func(b []byte) (encodingtest.Parsed, error) {
				quads, err := s.read(b)
				if err != nil {
					return encodingtest.Parsed{}, err
				}
				return parsed(quads)
			}})
		})
	}
}

func TestGolden(t *testing.T) {
	for _, s := range serializations {
		encodingtest.GoldenFile(t, *update, s.file, written(t, s, encodingtest.Sample()))
	}
}

func TestTurtleAndJSONLDSayTheSame(t *testing.T) {
	turtle, ld := quadsOf(t, serializations[1]), quadsOf(t, serializations[2])
	if !slices.Equal(turtle, ld) {
		t.Errorf("Turtle has %d statements and JSON-LD %d, or others", len(turtle), len(ld))
	}
}

func TestNoFactIsAssertedByItself(t *testing.T) {
	for _, s := range serializations {
		for _, q := range quadsOf(t, s) {
			if strings.HasPrefix(q.predicate, "<urn:entente:rel:") && !strings.HasPrefix(q.graph, "<urn:entente:fact:") {
				t.Errorf("%s asserts %v", s.file, q)
			}
			if strings.HasPrefix(q.subject, "_:") || strings.HasPrefix(q.object, "_:") {
				t.Errorf("%s has a blank node: %v", s.file, q)
			}
		}
	}
}

func TestDatesHaveTheTypeOfTheirPrecision(t *testing.T) {
	for date, want := range map[graph.Date]string{
		"2024-04-04": "2024-04-04^^<http://www.w3.org/2001/XMLSchema#date>", "2024-04": "2024-04^^<http://www.w3.org/2001/XMLSchema#gYearMonth>",
		"2024": "2024^^<http://www.w3.org/2001/XMLSchema#gYear>", "": "", "soon": "",
	} {
		if got := objectOf(t, fact(graph.Event{Date: date}, ""), "urn:entente:term:date"); got != want {
			t.Errorf("date %q: %q, want %q", date, got, want)
		}
	}
}

func TestArticles(t *testing.T) {
	for address, want := range map[string]string{
		"https://example.org/a?x=1&y=2#top":    "<https://example.org/a?x=1&y=2#top>",
		"https://example.org/a b/\"ü\"?p=5%&q": "<https://example.org/a%20b/%22%C3%BC%22?p=5%25&q>",
		"https://example.org/a%20b?%%41":       "<https://example.org/a%20b?%25%41>",
		"https://example.org/":                 "<urn:entente:article:k>", // the front page of all articles
		"example.org/a":                        "<urn:entente:article:k>",
		"https://[::":                          "<urn:entente:article:k>",
		"":                                     "<urn:entente:article:k>",
	} {
		if got := objectOf(t, fact(graph.Event{}, address), "http://www.w3.org/ns/prov#wasDerivedFrom"); got != want {
			t.Errorf("article at %q is %s, want %s", address, got, want)
		}
	}
}

func TestSpeaker(t *testing.T) {
	e := graph.Event{AttributedTo: &graph.ActorRef{ID: "person:é x", Name: "É X"}}
	if got, want := objectOf(t, fact(e, ""), "http://www.w3.org/ns/prov#wasAttributedTo"), "<urn:entente:actor:person:%C3%A9%20x>"; got != want {
		t.Errorf("speaker %s, want %s", got, want)
	}
}

// fact returns a graph of one fact of the article "k".
func fact(e graph.Event, address string) *encoding.Graph {
	g := encodingtest.Of(nil, nil)
	g.Facts = func(yield func(encoding.Fact, error) bool) {
		yield(encoding.Fact{ID: "k-0", Event: e, Article: &graph.Article{URL: address}}, nil)
	}
	return g
}

// objectOf returns the one object of a predicate, the same in all serializations.
func objectOf(t *testing.T, g *encoding.Graph, predicate string) string {
	t.Helper()
	found := map[string]bool{}
	for _, s := range serializations {
		quads, err := s.read(written(t, s, g))
		if err != nil {
			t.Fatal(err)
		}
		object := ""
		for _, q := range quads {
			if q.predicate == "<"+predicate+">" {
				object += q.object
			}
		}
		found[object] = true
	}
	if len(found) != 1 {
		t.Errorf("%s differs: %v", predicate, found)
	}
	for object := range found {
		return object
	}
	return ""
}

func written(t *testing.T, s serialization, g *encoding.Graph) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := s.write(&b, g); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// quadsOf returns the statements of the sample, sorted.
func quadsOf(t *testing.T, s serialization) []quad {
	t.Helper()
	quads, err := s.read(written(t, s, encodingtest.Sample()))
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(quads, func(a, b quad) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
	return quads
}

const (
	rdfNS = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	agent = "<http://www.w3.org/ns/prov#Agent>"
)

// parsed makes a graph of statements: of the named graphs, or of the
// descriptions of statements where there are none.
func parsed(quads []quad) (encodingtest.Parsed, error) {
	p := encodingtest.Parsed{Names: map[graph.ActorID]string{}}
	agents, described := map[string]bool{}, map[string]*encodingtest.Edge{}
	var err error
	id := func(iri, prefix string) string {
		s, found := strings.CutPrefix(strings.Trim(iri, "<>"), prefix)
		if !found {
			err = errors.Join(err, fmt.Errorf("%s does not begin with %s", iri, prefix))
		}
		s, bad := url.PathUnescape(s)
		err = errors.Join(err, bad)
		return s
	}
	actor := func(iri string) graph.ActorID { return graph.ActorID(id(iri, "urn:entente:actor:")) }
	relation := func(iri string) string { return id(iri, "urn:entente:rel:") }
	edge := func(fact string) *encodingtest.Edge {
		if described[fact] == nil {
			described[fact] = &encodingtest.Edge{Events: 1}
		}
		return described[fact]
	}
	for _, q := range quads {
		switch {
		case q.predicate == "<"+rdfNS+"type>" && q.object == agent:
			agents[q.subject] = true
		case q.predicate == "<http://www.w3.org/2000/01/rdf-schema#label>":
			p.Names[actor(q.subject)] = q.object
		case q.graph != "":
			p.Edges = append(p.Edges, encodingtest.Edge{Source: actor(q.subject), Target: actor(q.object), Predicate: relation(q.predicate), Events: 1})
		case q.predicate == "<"+rdfNS+"subject>":
			edge(q.subject).Source = actor(q.object)
		case q.predicate == "<"+rdfNS+"predicate>":
			edge(q.subject).Predicate = relation(q.object)
		case q.predicate == "<"+rdfNS+"object>":
			edge(q.subject).Target = actor(q.object)
		}
	}
	for _, e := range described {
		p.Edges = append(p.Edges, *e)
	}
	if len(agents) != len(p.Names) {
		err = errors.Join(err, fmt.Errorf("%d agents and %d labels", len(agents), len(p.Names)))
	}
	return p, err
}

func readNQuads(b []byte) (quads []quad, err error) {
	dec := format.NewDecoder(bytes.NewReader(b))
	for {
		s, err := dec.Unmarshal()
		if errors.Is(err, io.EOF) {
			return quads, nil
		}
		if err != nil {
			return nil, err
		}
		var parts [4]string
		for i, t := range []format.Term{s.Subject, s.Predicate, s.Object, s.Label} {
			if t.Value == "" {
				continue
			}
			text, datatype, kind, err := t.Parts()
			if err != nil {
				return nil, err
			}
			parts[i] = text
			if kind == format.IRI {
				parts[i] = "<" + text + ">"
			} else if datatype != "" {
				parts[i] += "^^<" + datatype + ">"
			}
		}
		quads = append(quads, quad{parts[0], parts[1], parts[2], parts[3]})
	}
}

var turtleToken = regexp.MustCompile(`^(?:@prefix|<[^\x00-\x20<>"{}|^` + "`" + `\\]*>|"(?:[^"\\\n\r]|\\[tbnrf"'\\])*"|\^\^|[a-z]+:[A-Za-z]*|[.;,])`)

// readTurtle reads the part of Turtle without blank nodes, lists, numbers and
// language tags.
func readTurtle(b []byte) (quads []quad, err error) {
	var tokens []string
	for rest := bytes.TrimSpace(b); len(rest) > 0; rest = bytes.TrimSpace(rest) {
		token := turtleToken.Find(rest)
		if token == nil {
			return nil, fmt.Errorf("no token: %.60q", rest)
		}
		tokens, rest = append(tokens, string(token)), rest[len(token):]
	}
	prefixes := map[string]string{}
	next := func() string {
		if len(tokens) == 0 {
			err = errors.New("the file breaks off")
			return "."
		}
		token := tokens[0]
		tokens = tokens[1:]
		return token
	}
	term := func() string {
		token := next()
		if token[0] == '<' {
			return token
		}
		if token[0] == '"' {
			text, bad := strconv.Unquote(token)
			err = errors.Join(err, bad)
			return text
		}
		prefix, local, _ := strings.Cut(token, ":")
		if prefixes[prefix] == "" {
			err = errors.Join(err, fmt.Errorf("%q is no term", token))
		}
		return "<" + prefixes[prefix] + local + ">"
	}
	for len(tokens) > 0 && err == nil {
		if tokens[0] == "@prefix" {
			next()
			name := strings.TrimSuffix(next(), ":")
			prefixes[name] = strings.Trim(next(), "<>")
			if next() != "." {
				return nil, fmt.Errorf("prefix %s does not end", name)
			}
			continue
		}
		q := quad{subject: term()}
		for mark := ";"; mark != "." && err == nil; {
			switch mark {
			case ";":
				q.predicate = term()
			case ",":
			default:
				return nil, fmt.Errorf("%q after %v", mark, q)
			}
			q.object = term()
			mark = next()
			if mark == "^^" {
				q.object += "^^" + term()
				mark = next()
			}
			quads = append(quads, q)
		}
	}
	return quads, err
}

// readJSONLD expands a document whose context has nothing but prefixes.
func readJSONLD(b []byte) (quads []quad, err error) {
	var doc struct {
		Context map[string]string `json:"@context"`
		Graph   []map[string]any  `json:"@graph"`
	}
	if err := json.Unmarshal(b, &doc); err != nil {
		return nil, err
	}
	expand := func(s string) string {
		prefix, local, _ := strings.Cut(s, ":")
		if ns := doc.Context[prefix]; ns != "" && !strings.HasPrefix(local, "//") {
			return "<" + ns + local + ">"
		}
		return "<" + s + ">"
	}
	for _, n := range doc.Graph {
		for name, values := range n {
			if name == "@id" {
				continue
			}
			list, ok := values.([]any)
			if !ok {
				list = []any{values}
			}
			for _, v := range list {
				q := quad{subject: expand(n["@id"].(string)), predicate: expand(name)}
				if name == "@type" {
					q.predicate = "<" + rdfNS + "type>"
				}
				switch v := v.(type) {
				case string:
					q.object = v
					if name == "@type" {
						q.object = expand(v)
					}
				case map[string]any:
					if id, ok := v["@id"].(string); ok {
						q.object = expand(id)
					} else {
						q.object = v["@value"].(string) + "^^" + expand(v["@type"].(string))
					}
				default:
					return nil, fmt.Errorf("%s: %v is no value", name, v)
				}
				quads = append(quads, q)
			}
		}
	}
	return quads, nil
}
