package community

import (
	"math/rand/v2"

	"entente/graph"
)

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

// mover moves the nodes of a level between communities.
type mover struct {
	*level
	resolution float64 // by the total weight
	rng        *rand.Rand
	of         []uint32
	strength   []float64 // of a community
	to         tallies
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
		if size[from] > 0 && m.gain(u, to) < -m.slack(u) {
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
	most += m.slack(u)
	for _, c := range m.to.around {
		if g := m.gain(u, c); g > most {
			best, most = c, g
		}
	}
	return best
}

// slack is what rounding may make of a gain of nothing. A move gains more, so
// that nodes do not go to and fro for ever.
func (m *mover) slack(u uint32) float64 { return 1e-12 * m.level.strength[u] }

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
