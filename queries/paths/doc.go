// Package paths says how two actors of a network are connected: the shortest
// path, the best few, all up to a length, and those that respect time.
//
// A path is a list of node ids from the start to the target, both included;
// from a node to itself it is that node alone. Answers are the same bytes from
// run to run. Costs are given in n nodes and m edges.
package paths

import (
	"entente/graph"
	"entente/internal/pq"
)

// Finder searches one network. It keeps its memory from one search to the next
// and clears only what the last one touched, so that a search costs what it
// looks at and nothing in n. It is for one goroutine at a time.
type Finder struct {
	forth, back             *graph.Rows
	forthWeight, backWeight []uint32

	ends [2]reach // from the start, and from the target
	dag  layers
	best bestSearch
	on   stamps // nodes of the path that a search is on
}

// NewFinder returns a Finder for paths that go the way of the edges, or, not
// directed, either way. It costs n.
func NewFinder(g *graph.Network, directed bool) *Finder {
	f := &Finder{forth: g.Both(), back: g.Both()}
	f.forthWeight, f.backWeight = f.forth.Weight, f.back.Weight
	if directed {
		f.forth, f.back = g.Out(), g.In()
		f.forthWeight, f.backWeight = f.forth.Weight, nil
	}
	n := g.Len()
	for i := range f.ends {
		f.ends[i] = reach{seen: newStamps(n), level: make([]uint32, n)}
	}
	f.dag = layers{in: newStamps(n), at: make([]uint32, n), events: make([]uint64, n), next: make([]uint32, n)}
	f.on = newStamps(n)
	return f
}

// stamps is a set of nodes that is emptied in no time: a node is in it if it
// bears the stamp of the day.
type stamps struct {
	of  []uint32
	now uint32
}

func newStamps(n int) stamps { return stamps{make([]uint32, n), 0} }

func (s *stamps) empty() {
	s.now++
	if s.now == 0 { // all stamps are used up
		clear(s.of)
		s.now = 1
	}
}

func (s *stamps) add(u uint32)      { s.of[u] = s.now }
func (s *stamps) remove(u uint32)   { s.of[u] = 0 }
func (s *stamps) has(u uint32) bool { return s.of[u] == s.now }

// reach is how far a search from one end has come.
type reach struct {
	seen  stamps
	level []uint32 // of those seen: hops from the end
	order []uint32 // those seen, by level
	last  int      // where in order the last level begins
	depth uint32   // that level
}

func (r *reach) begin(u uint32) {
	r.seen.empty()
	r.seen.add(u)
	r.level[u] = 0
	r.order = append(r.order[:0], u)
	r.last, r.depth = 0, 0
}

// edges returns the number of edges that the next level is found along.
func (r *reach) edges(rows *graph.Rows) int {
	edges := 0
	for _, u := range r.order[r.last:] {
		edges += len(rows.Row(u))
	}
	return edges
}

// grow finds the next level.
func (r *reach) grow(rows *graph.Rows) {
	begin := len(r.order)
	r.depth++
	for _, u := range r.order[r.last:begin] {
		for _, v := range rows.Row(u) {
			if !r.seen.has(v) {
				r.seen.add(v)
				r.level[v] = r.depth
				r.order = append(r.order, v)
			}
		}
	}
	r.last = begin
}

// bestSearch is what Best keeps.
type bestSearch struct {
	logStrength []uint64 // of each node; nil until asked for
	toTarget    distances
	spur        distances
	banned      stamps // next nodes that a spur must not take
}

// distances are tentative distances of a search by Dijkstra's algorithm.
type distances struct {
	known, done stamps
	of          []uint64
	parent      []uint32
	queue       pq.Queue
}

func newDistances(n int) distances {
	return distances{known: newStamps(n), done: newStamps(n), of: make([]uint64, n), parent: make([]uint32, n)}
}

func (d *distances) begin(u uint32) {
	d.known.empty()
	d.done.empty()
	d.queue.Reset()
	d.known.add(u)
	d.of[u] = 0
}

// offer notes a way to v over parent, unless one as short is known, and reports
// whether it did.
func (d *distances) offer(v, parent uint32, distance uint64) bool {
	if d.known.has(v) && d.of[v] <= distance {
		return false
	}
	d.known.add(v)
	d.of[v], d.parent[v] = distance, parent
	return true
}
