package community

import (
	"math"
	"math/rand/v2"
	"slices"

	"entente/graph"
)

// randomness is the θ of Traag et al., in units of weight: how readily the
// refinement takes a merger that is not the best.
const randomness = 0.01

// Leiden returns communities of high modularity of the undirected network, by
// the algorithm of Traag, Waltman and van Eck (2019): nodes move to the
// neighbouring community that gains most, communities are split into parts that
// hold together, the parts become nodes, and so on until none moves. Every
// community is connected. A node without edges is one of its own.
//
// The greatest modularity is hard to find and this need not be it. The same
// seed gives the same answer. An iteration costs about m times a small factor.
func Leiden(g *graph.Network, opts Options) Partition {
	opts = opts.withDefaults()
	l := base(g, opts.Weighted)
	rng := rand.New(rand.NewPCG(opts.Seed, 0x1e1de))
	of := singletons(l.len())
	quality := l.modularity(of, opts.Resolution)
	for range opts.Iterations {
		next := iterate(l, of, opts.Resolution, rng)
		q := l.modularity(next, opts.Resolution)
		if q <= quality {
			break
		}
		of, quality = next, q
	}
	var p Partition
	p.Of, p.Count = bySize(connected(l, of))
	p.Modularity = l.modularity(p.Of, opts.Resolution)
	return p
}

func singletons(n int) []uint32 {
	of := make([]uint32, n)
	for u := range of {
		of[u] = uint32(u)
	}
	return of
}

// iterate improves a partition until no node or community moves any more.
func iterate(l *level, of []uint32, resolution float64, rng *rand.Rand) []uint32 {
	node := singletons(l.len()) // at the present level, of each node at the lowest
	for {
		m := newMover(l, of, resolution, rng)
		m.move()
		of = m.of
		parts, count := m.refine()
		if count == l.len() {
			parts, count = dense(of)
		}
		if count == l.len() {
			break // every community is a node
		}
		above := make([]uint32, count)
		for u, p := range parts {
			above[p] = of[u]
		}
		for u := range node {
			node[u] = parts[node[u]]
		}
		l = l.aggregate(parts, count)
		of, _ = dense(above)
	}
	for u := range node {
		node[u] = of[node[u]]
	}
	return node
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

// mover moves the nodes of a level between communities.
type mover struct {
	*level
	resolution float64 // by the total weight
	rng        *rand.Rand
	of         []uint32
	strength   []float64 // of a community
	to         tallies
}

// tallies are the weights between one node and the communities around it.
type tallies struct {
	weight []float64 // by community; above 0 for those around
	around []uint32
}

func newTallies(n int) tallies {
	return tallies{weight: make([]float64, n), around: make([]uint32, 0, n+1)}
}

// add adds the edges of u by the communities that they lead to. It writes each community behind those around,
// and counts it in if it is new: there is no branch to guess wrong.
func (t *tallies) add(l *level, u uint32, of []uint32) {
	to := l.to[l.off[u]:l.off[u+1]]
	n := len(t.around)
	around := t.around[:cap(t.around)]
	if l.weight == nil {
		for _, v := range to {
			c := of[v]
			w := t.weight[c]
			around[n] = c
			if w == 0 {
				n++
			}
			t.weight[c] = w + 1
		}
	} else {
		weight := l.weight[l.off[u]:l.off[u+1]]
		for i, v := range to {
			c := of[v]
			w := t.weight[c]
			around[n] = c
			if w == 0 {
				n++
			}
			t.weight[c] = w + weight[i]
		}
	}
	t.around = around[:n]
}

func (t *tallies) clear() {
	for _, c := range t.around {
		t.weight[c] = 0
	}
	t.around = t.around[:0]
}

func newMover(l *level, of []uint32, resolution float64, rng *rand.Rand) *mover {
	m := &mover{level: l, rng: rng, of: append([]uint32(nil), of...), strength: make([]float64, l.len()), to: newTallies(l.len())}
	if l.total > 0 {
		m.resolution = resolution / l.total
	}
	for u, c := range of {
		m.strength[c] += l.strength[u]
	}
	return m
}

// shuffled returns the nodes in an order by chance.
func (m *mover) shuffled() []uint32 {
	order := singletons(m.len())
	m.rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	return order
}

// move moves nodes to where modularity gains most, as long as any gains: at
// first each node once, then those next to nodes that moved.
func (m *mover) move() {
	n := m.len()
	size := make([]uint32, n)
	for _, c := range m.of {
		size[c]++
	}
	var free []uint32 // communities without nodes, the least last
	for c := n - 1; c >= 0; c-- {
		if size[c] == 0 {
			free = append(free, uint32(c))
		}
	}
	queue, waiting := m.shuffled(), make([]bool, n)
	for u := range waiting {
		waiting[u] = true
	}
	for head, left := 0, n; left > 0; left-- {
		u := queue[head]
		if head++; head == n {
			head = 0
		}
		waiting[u] = false
		from := m.of[u]
		m.strength[from] -= m.level.strength[u]
		size[from]--
		to := m.bestFor(u)
		if size[from] > 0 && m.gain(u, to) < 0 {
			to = free[len(free)-1]
		}
		m.to.clear()
		if to != from && size[to] == 0 {
			free = free[:len(free)-1]
		}
		if to != from && size[from] == 0 {
			free = append(free, from)
		}
		m.of[u] = to
		m.strength[to] += m.level.strength[u]
		size[to]++
		if to == from {
			continue
		}
		for _, v := range m.level.to[m.off[u]:m.off[u+1]] {
			if !waiting[v] && m.of[v] != to {
				waiting[v] = true
				tail := head + left - 1 // behind those that wait
				if tail >= n {
					tail -= n
				}
				queue[tail] = v
				left++
			}
		}
	}
}

// bestFor returns the community in which u, taken out of its own, gains most:
// its own where that is as good.
func (m *mover) bestFor(u uint32) uint32 {
	m.to.add(m.level, u, m.of)
	best := m.of[u]
	most := m.gain(u, best)
	for _, c := range m.to.around {
		if g := m.gain(u, c); g > most {
			best, most = c, g
		}
	}
	return best
}

// gain returns what modularity gains, in units of half the total weight, where u
// joins the community c that it is not in.
func (m *mover) gain(u, c uint32) float64 {
	return m.to.weight[c] - m.resolution*m.level.strength[u]*m.strength[c]
}

// refine returns communities that are parts of those at hand and hold together,
// numbered from 0, and their number. Each node that is still alone joins a part
// of its community, if both are well connected with the rest of it.
func (m *mover) refine() (parts []uint32, count int) {
	n := m.len()
	whole := m.strength // of the communities at hand
	part := singletons(n)
	strength := append([]float64(nil), m.level.strength...) // of the parts
	size, outward := make([]uint32, n), make([]float64, n)  // weight to the rest of the community
	for u := range part {
		size[u] = 1
		for k := m.off[u]; k < m.off[u+1]; k++ {
			if m.of[m.level.to[k]] == m.of[u] {
				outward[u] += m.weightAt(k)
			}
		}
	}
	wellConnected := func(p, community uint32) bool {
		return outward[p] >= m.resolution*strength[p]*(whole[community]-strength[p])
	}
	var choice chooser
	for _, u := range m.shuffled() {
		own := part[u]
		if size[own] != 1 || !wellConnected(own, m.of[u]) {
			continue
		}
		m.to.add(m.level, u, part)
		choice.reset()
		for _, p := range m.to.around {
			gain := m.to.weight[p] - m.resolution*m.level.strength[u]*strength[p]
			// A part bears the name of one of its nodes.
			if gain >= 0 && m.of[p] == m.of[u] && wellConnected(p, m.of[u]) {
				choice.offer(p, gain)
			}
		}
		if p, ok := choice.draw(m.rng); ok {
			part[u] = p
			outward[p] += outward[own] - 2*m.to.weight[p]
			strength[p] += strength[own]
			size[p]++
			size[own] = 0
		}
		m.to.clear()
	}
	return dense(part)
}

// chooser draws one of some parts, the more likely the more it gains.
type chooser struct {
	parts []uint32
	gains []float64
}

func (c *chooser) reset() { c.parts, c.gains = c.parts[:0], c.gains[:0] }

func (c *chooser) offer(p uint32, gain float64) {
	c.parts, c.gains = append(c.parts, p), append(c.gains, gain)
}

func (c *chooser) draw(rng *rand.Rand) (p uint32, ok bool) {
	if len(c.parts) == 0 {
		return 0, false
	}
	most := 0.0
	for _, g := range c.gains {
		most = max(most, g)
	}
	sum := 0.0
	for i, g := range c.gains {
		if worse := (g - most) / randomness; worse > -40 { // else it would not show beside 1
			sum += math.Exp(worse)
		}
		c.gains[i] = sum
	}
	x := rng.Float64() * sum
	for i, s := range c.gains {
		if x < s {
			return c.parts[i], true
		}
	}
	return c.parts[len(c.parts)-1], true
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
