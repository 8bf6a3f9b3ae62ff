// Package ftm writes the graph as entities of FollowTheMoney, one JSON object a
// line: what Aleph, OpenAleph and the tools of OpenSanctions read.
//
// Actors are a Person, PublicBody, Organization or Company, and a LegalEntity where
// the type fits none of them. FollowTheMoney has no schema of states that all its
// versions know; they are a PublicBody with a country. Facts are an UnknownLink,
// articles an Article, which a fact names as its proof.
//
// An UnknownLink has no negation. The role of a fact that is not asserted says so
// ("attack (negated)"), and its status is one of the four of graph.Status, so that
// nobody takes it for true who reads one of the two.
//
// FollowTheMoney drops ids with marks other than "-" and ".", and Aleph puts its
// signature after a ".". An id is therefore made of the actor's, with "-" for the
// colon ("person-emmanuel-macron"), or is a hash of it where it has other marks
// or another kind than a type;
// the actor's own id stands in notes.
package ftm

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"strings"

	"entente/graph"
	"entente/graph/encoding"
)

// Write writes g to w: the actors, then the facts, each article before its first.
// The speaker of a fact is in its description, as he need not be an actor of g.
func Write(w io.Writer, g *encoding.Graph) error {
	b := bufio.NewWriter(w)
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	for a, err := range g.Actors {
		if err != nil {
			return fmt.Errorf("actors: %w", err)
		}
		if err := enc.Encode(actor(a)); err != nil {
			return fmt.Errorf("actor %q: %w", a.ID, err)
		}
	}
	before := ""
	for x, err := range g.Facts {
		if err != nil {
			return fmt.Errorf("facts: %w", err)
		}
		if key := x.Key(); key != before {
			before = key
			if err := enc.Encode(article(x)); err != nil {
				return fmt.Errorf("article %s: %w", key, err)
			}
		}
		if err := enc.Encode(link(x)); err != nil {
			return fmt.Errorf("fact %s: %w", x.ID, err)
		}
	}
	return b.Flush()
}

// entity is an entity of FollowTheMoney. All values are lists of strings.
type entity struct {
	ID         string              `json:"id"`
	Schema     string              `json:"schema"`
	Properties map[string][]string `json:"properties"`
}

// add adds a value in one line, unless it is empty.
func (e entity) add(property, value string) {
	if value = encoding.Line(value); value != "" {
		e.Properties[property] = append(e.Properties[property], value)
	}
}

func newEntity(id, schema string) entity { return entity{id, schema, map[string][]string{}} }

var schemas = map[graph.ActorType]string{
	graph.Person:     "Person",
	graph.State:      "PublicBody",
	graph.Government: "PublicBody",
	graph.Military:   "PublicBody",
	graph.IGO:        "Organization",
	graph.Party:      "Organization",
	graph.ArmedGroup: "Organization",
	graph.NGO:        "Organization",
	graph.Media:      "Organization",
	graph.Company:    "Company",
}

func actor(a graph.Actor) entity {
	schema, ok := schemas[a.Type]
	if !ok {
		schema = "LegalEntity"
	}
	e := newEntity(actorID(a.ID), schema)
	name := encoding.Line(a.Name)
	if name == "" { // which the schemas require
		name = string(a.ID)
	}
	e.add("name", name)
	seen := map[string]bool{name: true}
	for _, m := range a.Mentions {
		if m = encoding.Line(m); !seen[m] {
			seen[m] = true
			e.add("weakAlias", m)
		}
	}
	e.add("country", alpha2(a.Country))
	e.add("notes", string(a.ID))
	return e
}

func article(x encoding.Fact) entity {
	a, key := x.Article, x.Key()
	e := newEntity(articleID(x), "Article")
	e.add("fileName", key) // which the schema requires
	e.add("title", a.Title)
	e.add("publisher", a.Publisher)
	e.add("publishedAt", date(a.Published))
	e.add("sourceUrl", address(a.URL))
	return e
}

func link(x encoding.Fact) entity {
	v := &x.Event
	e := newEntity("fact-"+x.ID, "UnknownLink")
	e.add("subject", actorID(v.Source.ID))
	e.add("object", actorID(v.Target.ID))
	role := v.Predicate
	if v.Status != graph.Asserted {
		role += " (" + string(v.Status) + ")"
	}
	e.add("role", role)
	e.add("status", string(v.Status))
	e.add("date", date(v.Date))
	e.add("summary", v.Quote)
	if v.AttributedTo != nil {
		e.add("description", "according to "+v.AttributedTo.Name)
	}
	e.add("publisher", x.Article.Publisher)
	e.add("sourceUrl", address(x.Article.URL))
	e.add("recordId", x.ID)
	e.add("proof", articleID(x))
	return e
}

// date returns d, or "" where FollowTheMoney would not read it.
func date(d graph.Date) string {
	if _, err := graph.ParseDate(string(d)); err != nil {
		return ""
	}
	return string(d)
}

// address returns a web address, escaped, or "" for what is none.
func address(raw string) string {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return strings.NewReplacer(`"`, "%22", "<", "%3C", ">", "%3E", " ", "%20").Replace(u.String())
}
