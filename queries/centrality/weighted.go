package centrality

import (
	"math"
	"slices"

	"entente/graph"
	"entente/internal/pq"
)

// lengthEdges are the edges of a network, forth and back, with their weights.
type lengthEdges struct {
	forth, back             *graph.Rows
	forthWeight, backWeight []uint32
}

func weightedEdges(g *graph.Network, directed bool) lengthEdges {
	if directed {
		return lengthEdges{g.Out(), g.In(), g.Out().Weight, g.InWeights()}
	}
	return lengthEdges{g.Both(), g.Both(), g.Both().Weight, g.Both().Weight}
}

// weightedBrandes is one search of Brandes' algorithm by Dijkstra's.
type weightedBrandes struct {
	lengthEdges
	target   []float64
	distance []uint64
	paths    []float64
	depends  []float64
	done     []bool
	order    []uint32 // nodes reached, by distance
	queue    pq.Queue
}

func newWeightedBrandes(e lengthEdges, target []float64) *weightedBrandes {
	n := e.forth.Len()
	b := &weightedBrandes{lengthEdges: e, target: target, distance: make([]uint64, n), paths: make([]float64, n),
		depends: make([]float64, n), done: make([]bool, n)}
	for i := range b.distance {
		b.distance[i] = math.MaxUint64
	}
	return b
}

func (b *weightedBrandes) from(source uint32, score []float64) {
	b.reach(source)
	for _, w := range slices.Backward(b.order) {
		reaches := 1.0
		if b.target != nil {
			reaches = b.target[w]
		}
		given := (reaches + b.depends[w]) / b.paths[w]
		for k := b.back.Off[w]; k < b.back.Off[w+1]; k++ {
			v := b.back.To[k]
			if b.done[v] && b.distance[v]+pq.Length(b.backWeight[k]) == b.distance[w] {
				b.depends[v] += b.paths[v] * given
			}
		}
		if w != source {
			score[w] += b.depends[w]
		}
	}
	for _, v := range b.order {
		b.distance[v], b.depends[v], b.done[v] = math.MaxUint64, 0, false
	}
}

// reach counts the shortest paths from the source to every node.
func (b *weightedBrandes) reach(source uint32) {
	b.order = b.order[:0]
	b.distance[source], b.paths[source] = 0, 1
	b.queue.Push(0, source)
	for b.queue.Len() > 0 {
		u := b.queue.Pop().Node
		if b.done[u] {
			continue
		}
		b.done[u] = true
		b.order = append(b.order, u)
		for k := b.forth.Off[u]; k < b.forth.Off[u+1]; k++ {
			v := b.forth.To[k]
			d := b.distance[u] + pq.Length(b.forthWeight[k])
			switch {
			case d < b.distance[v]:
				b.distance[v], b.paths[v] = d, b.paths[u]
				b.queue.Push(d, v)
			case d == b.distance[v]:
				b.paths[v] += b.paths[u]
			}
		}
	}
}
