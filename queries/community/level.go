package community

import (
	"math"
	"slices"

	"entente/graph"
)

// level is a network whose nodes are nodes or communities of one below. Weights
// are whole numbers, and so exact.
type level struct {
	off, to  []uint32
	weight   []float64 // of an edge; nil if all are 1
	strength []float64 // of a node: all its edges, those inside it twice
	inside   []float64 // twice the weight of the edges inside a node; nil for none
	total    float64   // of the strengths
}

func (l *level) len() int { return len(l.off) - 1 }

func (l *level) weightAt(k uint32) float64 {
	if l.weight == nil {
		return 1
	}
	return l.weight[k]
}

// base returns the level of the network itself.
func base(g *graph.Network, weighted bool) *level {
	both := g.Both()
	l := &level{off: both.Off, to: both.To, strength: make([]float64, g.Len())}
	if weighted {
		l.weight = make([]float64, len(both.To))
		for k, w := range both.Weight {
			l.weight[k] = float64(w)
		}
	}
	for u := range l.strength {
		for k := l.off[u]; k < l.off[u+1]; k++ {
			l.strength[u] += l.weightAt(k)
		}
		l.total += l.strength[u]
	}
	return l
}

func (l *level) modularity(of []uint32, resolution float64) float64 {
	if l.total == 0 {
		return 0
	}
	inside, strength := make([]float64, l.len()), make([]float64, l.len())
	for u, c := range of {
		strength[c] += l.strength[u]
		if l.inside != nil {
			inside[c] += l.inside[u]
		}
		for k := l.off[u]; k < l.off[u+1]; k++ {
			if of[l.to[k]] == c {
				inside[c] += l.weightAt(k)
			}
		}
	}
	q := 0.0
	for c := range inside {
		part := strength[c] / l.total
		q += inside[c]/l.total - resolution*part*part
	}
	return q
}

func singletons(n int) []uint32 {
	of := make([]uint32, n)
	for u := range of {
		of[u] = uint32(u)
	}
	return of
}

// dense numbers communities from 0 in the order in which they appear.
func dense(of []uint32) (list []uint32, count int) {
	if len(of) == 0 {
		return nil, 0
	}
	number := make([]uint32, slices.Max(of)+1) // from 1
	list = make([]uint32, len(of))
	for u, c := range of {
		if number[c] == 0 {
			count++
			number[c] = uint32(count)
		}
		list[u] = number[c] - 1
	}
	return list, count
}

// aggregate returns the level whose nodes are the given parts.
func (l *level) aggregate(parts []uint32, count int) *level {
	a := &level{off: make([]uint32, count+1), strength: make([]float64, count), inside: make([]float64, count), total: l.total}
	a.to, a.weight = make([]uint32, 0, len(l.to)), make([]float64, 0, len(l.to))
	// Nodes by part.
	start := make([]uint32, count+1)
	for _, p := range parts {
		start[p+1]++
	}
	for p := range count {
		start[p+1] += start[p]
	}
	nodes, next := make([]uint32, len(parts)), append([]uint32(nil), start...)
	for u, p := range parts {
		nodes[next[p]] = uint32(u)
		next[p]++
	}
	t := newTallies(count)
	for p := range uint32(count) {
		for _, u := range nodes[start[p]:start[p+1]] {
			a.strength[p] += l.strength[u]
			if l.inside != nil {
				a.inside[p] += l.inside[u]
			}
			t.add(l, u, parts)
		}
		for _, q := range t.around {
			if q == p {
				a.inside[p] += t.weight[q]
				continue
			}
			a.to = append(a.to, q)
			a.weight = append(a.weight, t.weight[q])
		}
		t.clear()
		a.off[p+1] = uint32(len(a.to))
	}
	return a
}

// connected splits communities that do not hang together. That never costs
// modularity.
func connected(l *level, of []uint32) []uint32 {
	const none = math.MaxUint32
	part := make([]uint32, len(of))
	for u := range part {
		part[u] = none
	}
	var stack []uint32
	for u := range part {
		if part[u] != none {
			continue
		}
		part[u] = uint32(u)
		stack = append(stack[:0], uint32(u))
		for len(stack) > 0 {
			v := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			for _, w := range l.to[l.off[v]:l.off[v+1]] {
				if part[w] == none && of[w] == of[v] {
					part[w] = uint32(u)
					stack = append(stack, w)
				}
			}
		}
	}
	return part
}
