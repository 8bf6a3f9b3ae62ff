package encoding

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
)

// WriteElements writes a JSON document of nodes and edges one at a time: head with
// the graph's name, a string, for its %s, the values of node for each actor and, after
// between, those of edge for each relation, and tail. Values are put apart by commas and stand in lines of their own.
func WriteElements(w io.Writer, g *Graph, head, between, tail string, node func(id string, a []Attribute) any, edge func(i int, source, target string, a []Attribute) any) error {
	name, err := json.Marshal(Text(g.Name))
	if err != nil {
		return err
	}
	e := elements{w: bufio.NewWriter(w)}
	fmt.Fprintf(e.w, head, name)
	parts := Parts(g.Relations)
	for a, err := range g.Actors {
		if err != nil {
			return err
		}
		e.add(node(string(a.ID), ActorAttributes(a, parts[a.ID])))
	}
	e.some = false
	e.w.WriteString(between)
	for i, r := range g.Relations {
		e.add(edge(i, string(r.Source), string(r.Target), RelationAttributes(r)))
	}
	e.w.WriteString(tail)
	if e.err != nil {
		return e.err
	}
	return e.w.Flush()
}

type elements struct {
	w    *bufio.Writer
	some bool // one has been written
	err  error
}

func (e *elements) add(v any) {
	b, err := json.Marshal(v)
	if e.err == nil {
		e.err = err
	}
	if e.some {
		e.w.WriteByte(',')
	}
	e.some = true
	e.w.WriteByte('\n')
	e.w.Write(b)
}
