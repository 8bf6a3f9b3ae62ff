package structure

import (
	"cmp"
	"math"
	"slices"

	"entente/graph"
)

// Parts is which node is in which part of a network.
type Parts struct {
	// Of is the part of each node, 0 to Count-1: the largest is 0, of equally
	// large ones that with the least node comes first.
	Of    []uint32
	Count int
	Sizes []int // nodes of each part
}

// partsOf numbers parts as Parts does. Names are below the number of nodes.
func partsOf(names []uint32) Parts {
	type part struct{ name, size, least uint32 }
	all := make([]part, len(names))
	for u, c := range names {
		if all[c].size == 0 {
			all[c] = part{c, 0, uint32(u)}
		}
		all[c].size++
	}
	all = slices.DeleteFunc(all, func(p part) bool { return p.size == 0 })
	slices.SortFunc(all, func(a, b part) int { return cmp.Or(cmp.Compare(b.size, a.size), cmp.Compare(a.least, b.least)) })
	p := Parts{Of: make([]uint32, len(names)), Count: len(all), Sizes: make([]int, len(all))}
	number := make([]uint32, len(names))
	for i, c := range all {
		number[c.name] = uint32(i)
		p.Sizes[i] = int(c.size)
	}
	for u, c := range names {
		p.Of[u] = number[c]
	}
	return p
}

const none = math.MaxUint32

// Components returns the weakly connected components: the parts that hang
// together by edges of any direction. A node without edges is one of its own. It
// costs n + m.
func Components(g *graph.Network) Parts { return partsOf(componentsWithout(g, nil)) }

// componentsWithout names the component of each node by its least node. Gone
// nodes connect nothing and are components of their own.
func componentsWithout(g *graph.Network, gone []bool) []uint32 {
	both := g.Both()
	name := make([]uint32, g.Len())
	for u := range name {
		name[u] = none
	}
	var stack []uint32
	for u := range name {
		if name[u] != none {
			continue
		}
		name[u] = uint32(u)
		if gone != nil && gone[u] {
			continue
		}
		stack = append(stack[:0], uint32(u))
		for len(stack) > 0 {
			v := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			for _, w := range both.Row(v) {
				if name[w] == none && (gone == nil || !gone[w]) {
					name[w] = uint32(u)
					stack = append(stack, w)
				}
			}
		}
	}
	return name
}

// Strong returns the strongly connected components: the greatest parts in which
// every node has a directed path to every other (Tarjan 1972). It costs n + m.
func Strong(g *graph.Network) Parts {
	out, n := g.Out(), g.Len()
	index, low, name := make([]uint32, n), make([]uint32, n), make([]uint32, n)
	next := slices.Clone(out.Off[:n]) // the edge of each node to look at next
	for u := range name {
		name[u] = none
	}
	count := uint32(0) // nodes met; an index of 0 is not met
	var open, walk []uint32
	visit := func(u uint32) {
		count++
		index[u], low[u] = count, count
		open, walk = append(open, u), append(walk, u)
	}
	for root := range uint32(n) {
		if index[root] != 0 {
			continue
		}
		visit(root)
		for len(walk) > 0 {
			u := walk[len(walk)-1]
			if next[u] < out.Off[u+1] {
				v := out.To[next[u]]
				next[u]++
				if index[v] == 0 {
					visit(v)
				} else if name[v] == none {
					low[u] = min(low[u], index[v])
				}
				continue
			}
			walk = walk[:len(walk)-1]
			if len(walk) > 0 {
				above := walk[len(walk)-1]
				low[above] = min(low[above], low[u])
			}
			if low[u] != index[u] {
				continue
			}
			for name[u] == none {
				name[open[len(open)-1]] = u
				open = open[:len(open)-1]
			}
		}
	}
	return partsOf(name)
}

// Cuts are the weak places of a network taken as undirected.
type Cuts struct {
	// Bridges are the pairs without whose edges their component falls in two, in
	// ascending order.
	Bridges []Bridge
	// Points are the nodes without which their component falls apart, ascending
	// (articulation points).
	Points []Point
}

// Bridge is a pair of nodes, the lesser first.
type Bridge struct {
	U, V uint32
	Side int // nodes of the smaller of the two parts that it joins
}

// Point is a node that joins parts.
type Point struct {
	Node   uint32
	CutOff int // nodes that are not in the largest part without it, itself left out
}

// FindCuts returns the bridges and the articulation points of g (Hopcroft and
// Tarjan 1973). It costs n + m.
func FindCuts(g *graph.Network) Cuts {
	both, n := g.Both(), g.Len()
	index, low, parent := make([]uint32, n), make([]uint32, n), make([]uint32, n)
	next := slices.Clone(both.Off[:n])
	cuts := Cuts{Bridges: []Bridge{}, Points: []Point{}}
	size := make([]int, n)    // of the part of the search tree below a node, itself included
	apart := make([]int, n)   // nodes below that hang on a node alone
	largest := make([]int, n) // of the parts they fall into
	isPoint := make([]bool, n)
	var order, walk []uint32 // nodes as they are met; those on the way to here
	visit := func(u, from uint32) {
		order, walk = append(order, u), append(walk, u)
		index[u], low[u], parent[u], size[u] = uint32(len(order)), uint32(len(order)), from, 1
	}
	for root := range uint32(n) {
		if index[root] != 0 {
			continue
		}
		met, bridges, branches := len(order), len(cuts.Bridges), 0
		visit(root, none)
		for len(walk) > 0 {
			u := walk[len(walk)-1]
			if next[u] < both.Off[u+1] {
				v := both.To[next[u]]
				next[u]++
				if index[v] == 0 {
					visit(v, u)
				} else if v != parent[u] {
					low[u] = min(low[u], index[v])
				}
				continue
			}
			walk = walk[:len(walk)-1]
			p := parent[u]
			if p == none {
				continue
			}
			low[p], size[p] = min(low[p], low[u]), size[p]+size[u]
			if low[u] > index[p] {
				cuts.Bridges = append(cuts.Bridges, Bridge{min(u, p), max(u, p), size[u]})
			}
			if low[u] >= index[p] { // so it is for all below the root
				apart[p], largest[p] = apart[p]+size[u], max(largest[p], size[u])
				isPoint[p] = true
			}
			if p == root {
				branches++
			}
		}
		isPoint[root] = branches > 1
		for i := range cuts.Bridges[bridges:] {
			b := &cuts.Bridges[bridges+i]
			b.Side = min(b.Side, size[root]-b.Side)
		}
		for _, u := range order[met:] {
			if others := size[root] - 1; isPoint[u] {
				cuts.Points = append(cuts.Points, Point{u, others - max(largest[u], others-apart[u])})
			}
		}
	}
	slices.SortFunc(cuts.Bridges, func(a, b Bridge) int { return cmp.Or(cmp.Compare(a.U, b.U), cmp.Compare(a.V, b.V)) })
	slices.SortFunc(cuts.Points, func(a, b Point) int { return cmp.Compare(a.Node, b.Node) })
	return cuts
}

// Loss is what a network loses with some of its nodes.
type Loss struct {
	// Before and After are the numbers of components, without the removed nodes
	// themselves.
	Before, After int
	// LargestBefore and LargestAfter are the nodes of the largest component.
	LargestBefore, LargestAfter int
	// CutOff are the nodes that were connected with a removed one and are no
	// longer with the largest rest of their component, ascending. Of equally large
	// rests that with the least node counts as the largest.
	CutOff []uint32
}

// Without returns what g, taken as undirected, loses when the nodes and their
// edges are removed. It costs n + m.
func Without(g *graph.Network, nodes []uint32) Loss {
	gone := make([]bool, g.Len())
	for _, u := range nodes {
		gone[u] = true
	}
	before, after := componentsWithout(g, nil), componentsWithout(g, gone)
	var loss Loss
	size, rest := make([]int, g.Len()), make([]int, g.Len()) // of components, by name
	hit := make([]bool, g.Len())                             // components that lose a node
	kept := make([]int, g.Len())
	for u := range before {
		size[before[u]]++
		if gone[u] {
			hit[before[u]] = true
			continue
		}
		kept[before[u]]++
		rest[after[u]]++
	}
	largest := make([]uint32, g.Len()) // the largest rest of each component
	for u := range largest {
		largest[u] = none
	}
	for c := range size {
		if size[c] > 0 && kept[c] > 0 {
			loss.Before++
		}
		loss.LargestBefore = max(loss.LargestBefore, size[c])
		if rest[c] == 0 {
			continue
		}
		loss.After++
		loss.LargestAfter = max(loss.LargestAfter, rest[c])
		whole := before[c] // c is the least node of the rest
		if largest[whole] == none || rest[c] > rest[largest[whole]] {
			largest[whole] = uint32(c)
		}
	}
	loss.CutOff = []uint32{}
	for u := range before {
		if !gone[u] && hit[before[u]] && after[u] != largest[before[u]] {
			loss.CutOff = append(loss.CutOff, uint32(u))
		}
	}
	return loss
}
