package paths

import (
	"cmp"
	"math"
	"slices"
)

// Cost says what makes a path good.
type Cost int

const (
	// Chance prefers the path that a walk by chance is most likely to take,
	// which at each node follows an edge in proportion to its events. A step from
	// u to v costs -ln(w(u,v)/Σw(u,·)): weak ties cost, and so do steps out of
	// hubs, over which everybody is connected and which explain nothing.
	Chance Cost = iota
	// Hops prefers the path of the fewest steps; each costs 1.
	Hops
)

// Ranked is one of the best paths.
type Ranked struct {
	Nodes []uint32
	// Cost is what the steps add up to, in millionths: whole, so that equal costs
	// are seen to be.
	Cost uint64
}

// million is the unit of a Ranked.Cost.
const million = 1_000_000

// Best returns the k best paths from one node to another that visit no node
// twice, the cheapest first, of equal cost those of fewer hops and then of
// lesser nodes first. Which of several of equal cost are the last ones is
// decided the same way each time. There are fewer if there are no more.
//
// It is the algorithm of Yen (1971) with what Lawler (1972) spares. The
// distances to the target, as far as the start is from it, come first and guide
// all further searches (A*, Hart, Nilsson and Raphael 1968). It costs one search
// by Dijkstra's algorithm, m·log n at most, and k times the hops of a path as
// much in the worst case; mostly little more than the first.
func (f *Finder) Best(from, to uint32, k int, cost Cost) []Ranked {
	f.prepare()
	s := &search{f, cost, to, 0}
	if from == to && k > 0 {
		return []Ranked{{Nodes: []uint32{from}}}
	}
	if k <= 0 || !s.measure(from) {
		return nil
	}
	first, ok := s.detour(nil, nil, from, math.MaxUint64)
	if !ok {
		return nil
	}
	best := []candidate{}
	waiting := []candidate{{first, 0}}
	for len(waiting) > 0 {
		best = append(best, waiting[0])
		if len(best) == k {
			break
		}
		waiting = s.branch(best, waiting[1:], k-len(best))
	}
	list := make([]Ranked, len(best))
	for i, c := range best {
		list[i] = c.Ranked
	}
	slices.SortFunc(list, compareRanked) // of equal cost a lesser one may come later
	return list
}

// candidate is a path that may be the next best.
type candidate struct {
	Ranked
	leaves int // at which of its nodes it leaves the path that it came of
}

func compareRanked(a, b Ranked) int {
	return cmp.Or(cmp.Compare(a.Cost, b.Cost), cmp.Compare(len(a.Nodes), len(b.Nodes)), slices.Compare(a.Nodes, b.Nodes))
}

// search is a search for the best paths to one target.
type search struct {
	*Finder
	cost   Cost
	to     uint32
	radius uint64 // how far the distances to the target are known
}

// prepare makes what Best alone needs.
func (f *Finder) prepare() {
	if f.best.logStrength != nil {
		return
	}
	n := f.forth.Len()
	f.best = bestSearch{logStrength: make([]uint64, n), toTarget: newDistances(n), spur: newDistances(n), banned: newStamps(n)}
	for u := range f.best.logStrength {
		strength := uint64(0)
		for _, w := range f.forthWeight[f.forth.Off[u]:f.forth.Off[u+1]] {
			strength += uint64(w)
		}
		f.best.logStrength[u] = logOf(strength)
	}
}

// logOf returns the natural logarithm in millionths.
func logOf(x uint64) uint64 {
	if x < uint64(len(logs)) {
		return logs[x]
	}
	return uint64(math.Round(million * math.Log(float64(x))))
}

var logs = func() (table [1024]uint64) {
	for x := 1; x < len(table); x++ {
		table[x] = uint64(math.Round(million * math.Log(float64(x))))
	}
	return table
}()

// step returns the cost of the step from u along an edge of the weight.
func (s *search) step(u, weight uint32) uint64 {
	if s.cost == Hops {
		return million
	}
	// Of 1 at least: a path costs more than a part of it.
	return max(1, s.best.logStrength[u]-min(logOf(uint64(weight)), s.best.logStrength[u]))
}

// measure finds the distances to the target of all nodes that are no further
// from it than the start, and reports whether the start has one.
func (s *search) measure(from uint32) bool {
	d := &s.best.toTarget
	d.begin(s.to)
	d.queue.Push(0, s.to)
	for d.queue.Len() > 0 {
		v := d.queue.Pop().Node
		if d.done.has(v) {
			continue
		}
		d.done.add(v)
		s.radius = d.of[v]
		if v == from {
			return true
		}
		for i, u := range s.back.Row(v) {
			if d.done.has(u) {
				continue
			}
			if far := d.of[v] + s.step(u, s.weightBack(v, u, i)); d.offer(u, v, far) {
				d.queue.Push(far, u)
			}
		}
	}
	return false
}

// weightBack returns the weight of the edge from u to v, the i-th that reaches v.
func (f *Finder) weightBack(v, u uint32, i int) uint32 {
	if f.backWeight != nil {
		return f.backWeight[f.back.Off[v]+uint32(i)]
	}
	at, _ := f.forth.Find(u, v)
	return f.forthWeight[at]
}

// guess returns a distance to the target that is not above the true one, and
// that no step shortens by more than its cost.
func (s *search) guess(u uint32) uint64 {
	if s.best.toTarget.done.has(u) {
		return s.best.toTarget.of[u]
	}
	return s.radius
}

// branch adds to the waiting candidates those that leave the last of the best
// paths where none before does. So many are wanted.
func (s *search) branch(best, waiting []candidate, wanted int) []candidate {
	last := best[len(best)-1]
	for i := last.leaves; i+1 < len(last.Nodes); i++ {
		root := last.Nodes[:i]
		limit := uint64(math.MaxUint64)
		if len(waiting) >= wanted {
			limit = waiting[wanted-1].Cost
		}
		if found, ok := s.detour(root, best, last.Nodes[i], limit); ok {
			c := candidate{found, i}
			at, _ := slices.BinarySearchFunc(waiting, c, func(a, b candidate) int { return compareRanked(a.Ranked, b.Ranked) })
			waiting = slices.Insert(waiting, at, c)
			waiting = waiting[:min(len(waiting), wanted)]
		}
	}
	return waiting
}

// detour returns the best path that begins with root and the node at, and goes
// on as none of the best does that begin likewise; none that costs more than
// limit.
func (s *search) detour(root []uint32, best []candidate, at uint32, limit uint64) (Ranked, bool) {
	banned := &s.best.banned
	banned.empty()
	for _, c := range best {
		if i := len(root); len(c.Nodes) > i+1 && c.Nodes[i] == at && slices.Equal(c.Nodes[:i], root) {
			banned.add(c.Nodes[i+1])
		}
	}
	s.on.empty()
	spent := uint64(0)
	for i, u := range root {
		s.on.add(u)
		next := at
		if i+1 < len(root) {
			next = root[i+1]
		}
		k, _ := s.forth.Find(u, next)
		spent += s.step(u, s.forthWeight[k])
	}
	if !s.spur(at, spent, limit) {
		return Ranked{}, false
	}
	d := &s.best.spur
	tail := []uint32{s.to}
	for u := s.to; u != at; {
		u = d.parent[u]
		tail = append(tail, u)
	}
	slices.Reverse(tail)
	return Ranked{append(slices.Clone(root), tail...), spent + d.of[s.to]}, true
}

// spur searches from a node to the target, past the nodes that the path is on
// and not over the banned ones at first. It reports whether there is a way that,
// with what is spent, costs no more than the limit.
func (s *search) spur(at uint32, spent, limit uint64) bool {
	d := &s.best.spur
	d.begin(at)
	d.queue.Push(s.guess(at), at)
	for d.queue.Len() > 0 {
		top := d.queue.Pop()
		u := top.Node
		if top.Key > limit-min(spent, limit) {
			return false
		}
		if u == s.to {
			return true
		}
		if d.done.has(u) {
			continue
		}
		d.done.add(u)
		for i, v := range s.forth.Row(u) {
			if s.on.has(v) || d.done.has(v) || u == at && s.best.banned.has(v) {
				continue
			}
			far := d.of[u] + s.step(u, s.forthWeight[s.forth.Off[u]+uint32(i)])
			if d.offer(v, u, far) {
				d.queue.Push(far+s.guess(v), v)
			}
		}
	}
	return false
}
