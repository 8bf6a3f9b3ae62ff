// Package graphology writes graphs as graphology reads them, and so Gephi Lite and
// sigma.
package graphology

import (
	"io"

	"entente/graph/encoding"
)

type node struct {
	Key        string         `json:"key"`
	Attributes map[string]any `json:"attributes"`
}

type edge struct {
	Key        string         `json:"key"`
	Source     string         `json:"source"`
	Target     string         `json:"target"`
	Attributes map[string]any `json:"attributes"`
}

// Write writes a serialised directed multigraph with the attributes of
// encoding.ActorAttributes and encoding.RelationAttributes. The attribute "type",
// which sigma takes for the shape that it draws, is "actor_type" here.
func Write(w io.Writer, g *encoding.Graph) error {
	return encoding.WriteElements(w, g, `{"attributes":{"name":%s},"options":{"type":"directed","multi":true,"allowSelfLoops":true},"nodes":[`, "\n],\"edges\":[", "\n]}\n",
		func(id string, a []encoding.Attribute) any {
			m := encoding.Map(a)
			m["actor_type"] = m["type"]
			delete(m, "type")
			return node{id, m}
		},
		func(i int, source, target string, a []encoding.Attribute) any {
			return edge{encoding.EdgeID(i), source, target, encoding.Map(a)}
		})
}
