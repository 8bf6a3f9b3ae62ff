package neural

import "math"

// Tree sets heads to the best tree over n words: scores[d*(n+1)+h] is the
// score of word h (from 1; 0 is the root) as head of word d+1, and heads[d]
// the chosen one. Exactly one word hangs from the root, and there is no cycle.
//
// Each word takes its best head; where that gives no tree, cycles are
// contracted (Chu and Liu 1965, Edmonds 1967), with so much taken off the
// score of each arc from the root that any tree with one such arc beats any
// with two (Stanojević and Cohen 2021). Both cost n².
func Tree(n int, scores []float32, heads []int) {
	for d := range n {
		row := scores[d*(n+1):][:n+1]
		best := -1
		for h, s := range row {
			if h != d+1 && (best < 0 || s > row[best]) {
				best = h
			}
		}
		heads[d] = best
	}
	if isTree(heads[:n]) {
		return
	}
	low, high := float32(math.Inf(1)), float32(math.Inf(-1))
	for _, s := range scores[:n*(n+1)] {
		low, high = min(low, s), max(high, s)
	}
	penalty := (float64(high) - float64(low) + 1) * float64(n+1)
	m := n + 1
	w := make([]float64, m*m) // by head, then dependent
	for h := range m {
		for d := 1; d <= n; d++ {
			w[h*m+d] = float64(scores[(d-1)*m+h])
			if h == 0 {
				w[h*m+d] -= penalty
			}
		}
	}
	for d, h := range arborescence(m, w)[1:] {
		heads[d] = h
	}
}

// isTree reports whether heads has one root and no cycle.
func isTree(heads []int) bool {
	roots := 0
	for _, h := range heads {
		if h == 0 {
			roots++
		}
	}
	return roots == 1 && cycle(append([]int{0}, heads...)) == nil
}

// cycle returns the nodes of a cycle among heads (heads[0] is not looked at),
// or nil.
func cycle(heads []int) []int {
	seen := make([]int, len(heads)) // 0: not yet; else the walk that came by
	for start := 1; start < len(heads); start++ {
		v := start
		for v != 0 && seen[v] == 0 {
			seen[v] = start
			v = heads[v]
		}
		if v == 0 || seen[v] != start {
			continue
		}
		nodes := []int{v}
		for u := heads[v]; u != v; u = heads[u] {
			nodes = append(nodes, u)
		}
		return nodes
	}
	return nil
}

// arc is one between two nodes of the graph as it was given.
type arc struct{ head, dependent int32 }

// contraction is the state of arborescence. Nodes are those of the graph, then
// the cycles that became nodes; a node that is not part of a cycle has a slot,
// a row and a column of the matrices.
type contraction struct {
	m      int
	w      []float64 // by slot of the head, then of the dependent
	arcs   []arc     // which arc that is
	node   []int     // in each slot, -1 if none
	slot   []int     // of each node that is in one, by node of the graph: where it is now
	parent []int     // cycle that a node is part of, -1 if none
	inner  [][]int   // nodes of a cycle, by its number less m
	into   []arc     // the arc chosen into each node
	cost   []float64 // and what it weighs
}

// arborescence returns the head of each of m nodes in the heaviest tree from
// node 0; w[h*m+d] weighs the arc from h to d, and is changed.
//
// It walks from each node along the heaviest arcs that come in. Where the walk
// meets itself, the cycle becomes one node: an arc that enters it counts with
// what it would gain over the arc it replaces. Every walk ends at node 0 or at
// a node that leads there; then the cycles are opened again, the outermost
// first (Tarjan 1977; Camerini, Fratta and Maffioli 1979). Time and memory are
// of the order of m².
func arborescence(m int, w []float64) []int {
	c := contraction{
		m: m, w: w, arcs: make([]arc, m*m), node: make([]int, m), slot: make([]int, m),
		parent: make([]int, m, 2*m), into: make([]arc, m, 2*m), cost: make([]float64, m, 2*m),
	}
	for h := range m {
		c.node[h], c.slot[h], c.parent[h] = h, h, -1
		for d := range m {
			c.arcs[h*m+d] = arc{int32(h), int32(d)}
		}
	}
	done := make([]bool, m) // by slot: it leads to node 0
	done[0] = true
	place := make([]int, m) // by slot: where on the walk, from 1
	var walk []int          // slots
	for start := 1; start < m; start++ {
		for v := c.slot[start]; !done[v]; {
			if place[v] > 0 {
				cycle := walk[place[v]-1:]
				walk = walk[:place[v]-1]
				for _, s := range cycle {
					place[s] = 0
				}
				v = c.contract(cycle)
				continue
			}
			walk = append(walk, v)
			place[v] = len(walk)
			v = c.choose(v)
		}
		for _, v := range walk {
			done[v], place[v] = true, 0
		}
		walk = walk[:0]
	}
	return c.open()
}

// choose takes the heaviest arc into a slot and returns the slot it comes
// from.
func (c *contraction) choose(v int) int {
	best := -1
	for h, n := range c.node {
		if n >= 0 && h != v && (best < 0 || c.w[h*c.m+v] > c.w[best*c.m+v]) {
			best = h
		}
	}
	n := c.node[v]
	c.into[n], c.cost[n] = c.arcs[best*c.m+v], c.w[best*c.m+v]
	return best
}

// contract makes one node of a cycle of slots and returns its slot.
func (c *contraction) contract(cycle []int) int {
	m, to, number := c.m, cycle[0], len(c.parent)
	var inner []int
	for _, s := range cycle {
		inner = append(inner, c.node[s])
		c.parent[c.node[s]] = number
		if s != to {
			c.node[s] = -1
		}
	}
	for u, n := range c.node {
		if n < 0 || u == to {
			continue
		}
		enter, leave := to, to
		gain := func(i int) float64 { return c.w[u*m+cycle[i]] - c.cost[inner[i]] }
		best := gain(0)
		for i, s := range cycle[1:] {
			if g := gain(i + 1); g > best {
				enter, best = s, g
			}
			if c.w[s*m+u] > c.w[leave*m+u] {
				leave = s
			}
		}
		c.w[u*m+to], c.arcs[u*m+to] = best, c.arcs[u*m+enter]
		c.w[to*m+u], c.arcs[to*m+u] = c.w[leave*m+u], c.arcs[leave*m+u]
	}
	for i := range c.slot {
		if n := c.node[c.slot[i]]; n == -1 {
			for _, s := range cycle {
				if c.slot[i] == s {
					c.slot[i] = to
				}
			}
		}
	}
	c.node[to] = number
	c.parent = append(c.parent, -1)
	c.inner = append(c.inner, inner)
	c.into, c.cost = append(c.into, arc{}), append(c.cost, 0)
	return to
}

// open returns the heads of the nodes of the graph.
func (c *contraction) open() []int {
	heads := make([]int, c.m)
	var rest []int
	for _, n := range c.node {
		if n > 0 {
			rest = append(rest, n)
		}
	}
	for len(rest) > 0 {
		n := rest[len(rest)-1]
		rest = rest[:len(rest)-1]
		if n < c.m {
			heads[n] = int(c.into[n].head)
			continue
		}
		// The arc into the cycle takes the place of the one into the node of it
		// that holds the dependent.
		entered := int(c.into[n].dependent)
		for c.parent[entered] != n {
			entered = c.parent[entered]
		}
		c.into[entered] = c.into[n]
		rest = append(rest, c.inner[n-c.m]...)
	}
	return heads
}
