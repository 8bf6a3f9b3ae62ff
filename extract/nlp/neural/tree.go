package neural

import "math"

// Tree sets heads to the best tree over n words: scores[d*(n+1)+h] is the
// score of word h (from 1; 0 is the root) as head of word d+1, and heads[d]
// the chosen one. Exactly one word hangs from the root, and there is no cycle.
//
// Each word takes its best head; where that gives no tree, cycles are
// contracted (Chu and Liu 1965, Edmonds 1967), with so much taken off the
// score of each arc from the root that any tree with one such arc beats any
// with two (Stanojević and Cohen 2021). The first costs n², the second up to
// n³.
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
	w := make([][]float64, n+1) // by head, then dependent
	for h := range w {
		w[h] = make([]float64, n+1)
		for d := 1; d <= n; d++ {
			w[h][d] = float64(scores[(d-1)*(n+1)+h])
			if h == 0 {
				w[h][d] -= penalty
			}
		}
	}
	for d, h := range arborescence(w)[1:] {
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

// arborescence returns the head of each node in the heaviest tree from node 0;
// w[h][d] weighs the arc from h to d.
func arborescence(w [][]float64) []int {
	n := len(w)
	heads := make([]int, n)
	for d := 1; d < n; d++ {
		best := 0
		for h := 1; h < n; h++ {
			if h != d && w[h][d] > w[best][d] {
				best = h
			}
		}
		heads[d] = best
	}
	nodes := cycle(heads)
	if nodes == nil {
		return heads
	}
	// The cycle becomes the last node of a smaller graph.
	inside := make([]bool, n)
	for _, v := range nodes {
		inside[v] = true
	}
	var outside []int // node of the smaller graph to node here
	for v := range n {
		if !inside[v] {
			outside = append(outside, v)
		}
	}
	m := len(outside)
	small := make([][]float64, m+1)
	for i := range small {
		small[i] = make([]float64, m+1)
	}
	enter, leave := make([]int, m), make([]int, m)
	for i, u := range outside {
		for j, v := range outside {
			small[i][j] = w[u][v]
		}
		enter[i], leave[i] = nodes[0], nodes[0]
		gain := func(v int) float64 { return w[u][v] - w[heads[v]][v] }
		for _, v := range nodes[1:] {
			if gain(v) > gain(enter[i]) {
				enter[i] = v
			}
			if w[v][u] > w[leave[i]][u] {
				leave[i] = v
			}
		}
		small[i][m] = gain(enter[i])
		small[m][i] = w[leave[i]][u]
	}
	for j, i := range arborescence(small) {
		switch {
		case j == 0:
		case j == m:
			heads[enter[i]] = outside[i]
		case i == m:
			heads[outside[j]] = leave[j]
		default:
			heads[outside[j]] = outside[i]
		}
	}
	return heads
}
