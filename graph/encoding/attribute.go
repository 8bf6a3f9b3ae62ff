package encoding

import (
	"fmt"
	"strings"

	"entente/graph"
)

// Attribute is a value of a node or an edge, by a name that is the same in all
// formats: a string in Text, an int, a float64 or a bool.
type Attribute struct {
	Name  string
	Value any
}

// Part is what the relations say of one of their actors.
type Part struct {
	Events      int // distinct events that it takes part in
	First, Last graph.Date
}

// Parts returns what relations say of each of their actors.
func Parts(relations []graph.Relation) map[graph.ActorID]Part {
	parts := map[graph.ActorID]Part{}
	for _, r := range relations {
		ends := []graph.ActorID{r.Source, r.Target}
		if r.Source == r.Target {
			ends = ends[:1]
		}
		for _, id := range ends {
			p := parts[id]
			p.Events += r.Events
			if r.First != "" && (p.First == "" || r.First < p.First) {
				p.First = r.First
			}
			p.Last = max(p.Last, r.Last)
			parts[id] = p
		}
	}
	return parts
}

// ActorAttributes returns the attributes of a node. The first is its label. All
// actors have the same attributes in the same order.
func ActorAttributes(a graph.Actor, p Part) []Attribute {
	return []Attribute{
		{"label", Text(a.Name)}, {"type", Text(string(a.Type))}, {"country", Text(a.Country)}, {"events", p.Events},
		{"first", string(p.First)}, {"last", string(p.Last)},
	}
}

// RelationAttributes returns the attributes of an edge. The first is its label.
// All relations have the same attributes in the same order; those of the evidence
// are "" where there is none.
func RelationAttributes(r graph.Relation) []Attribute {
	best := graph.Event{}
	if r.Evidence != nil {
		best = *r.Evidence
	}
	return []Attribute{
		{"label", Text(strings.ReplaceAll(r.Predicate, "_", " "))}, {"predicate", Text(r.Predicate)}, {"category", Text(r.Category)},
		{"quad", r.Quad}, {"symmetric", r.Symmetric}, {"weight", float64(r.Events)},
		{"events", r.Events}, {"mentions", r.Mentions}, {"publishers", r.Publishers}, {"goldstein", r.Goldstein},
		{"first", string(r.First)}, {"last", string(r.Last)},
		{"quote", Text(best.Quote)}, {"article", Text(best.Article)}, {"publisher", Text(best.Publisher)}, {"published", string(best.Published)},
	}
}

// EdgeID is the id of the i-th of Graph.Relations.
func EdgeID(i int) string { return fmt.Sprintf("e%d", i) }

// Map returns attributes in the form that encoding/json sorts by name.
func Map(attributes []Attribute) map[string]any {
	m := make(map[string]any, len(attributes))
	for _, a := range attributes {
		m[a.Name] = a.Value
	}
	return m
}
