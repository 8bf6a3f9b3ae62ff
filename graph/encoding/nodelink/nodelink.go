// Package nodelink writes graphs as networkx reads them (json_graph.node_link_graph),
// and D3.
package nodelink

import (
	"io"

	"entente/graph/encoding"
)

// Write writes a directed multigraph with the attributes of encoding.ActorAttributes
// and encoding.RelationAttributes. Edges stand under "links", the name that all
// versions of networkx read.
func Write(w io.Writer, g *encoding.Graph) error {
	return encoding.WriteElements(w, g, `{"directed":true,"multigraph":true,"graph":{"name":%s},"nodes":[`, "\n],\"links\":[", "\n]}\n",
		func(id string, a []encoding.Attribute) any {
			m := encoding.Map(a)
			m["id"] = id
			return m
		},
		func(i int, source, target string, a []encoding.Attribute) any {
			m := encoding.Map(a)
			m["key"], m["source"], m["target"] = encoding.EdgeID(i), source, target
			return m
		})
}
