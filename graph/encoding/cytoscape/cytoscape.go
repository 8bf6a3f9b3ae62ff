// Package cytoscape writes graphs as Cytoscape and Cytoscape.js read them.
package cytoscape

import (
	"io"

	"entente/graph/encoding"
)

// Write writes {"data":…,"elements":{"nodes":[…],"edges":[…]}}, whose data have the
// attributes of encoding.ActorAttributes and encoding.RelationAttributes and, as
// Cytoscape wants it, "id", "source" and "target"; "name" is the label again.
func Write(w io.Writer, g *encoding.Graph) error {
	return encoding.WriteElements(w, g, `{"data":{"name":%s},"elements":{"nodes":[`, "\n],\"edges\":[", "\n]}}\n",
		func(id string, a []encoding.Attribute) any {
			m := encoding.Map(a)
			m["id"], m["name"] = id, m["label"]
			return map[string]any{"data": m}
		},
		func(i int, source, target string, a []encoding.Attribute) any {
			m := encoding.Map(a)
			m["id"], m["source"], m["target"], m["interaction"] = encoding.EdgeID(i), source, target, m["predicate"]
			return map[string]any{"data": m}
		})
}
