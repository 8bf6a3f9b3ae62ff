package paths

import "slices"

// Shortest returns the path of the fewest hops; of several, the one with the
// most distinct events along it; of those, the one with the lesser node at the
// first place where they differ. It returns nil if there is none.
//
// It searches breadth-first from both ends, from the one with fewer edges to
// look at (Pohl 1971), level by level until they meet, and then compares the
// shortest paths among themselves. It costs the edges within about half the
// distance of either end.
func (f *Finder) Shortest(from, to uint32) []uint32 {
	meeting := f.meet(from, to)
	if meeting == nil {
		return nil
	}
	start, target := &f.ends[0], &f.ends[1]
	hops := start.depth + target.depth
	d := &f.dag
	d.begin(hops)
	for _, v := range meeting {
		d.add(v, start.depth)
	}
	for i := start.depth; i > 0; i-- {
		for _, v := range d.nodes[i] {
			for _, u := range f.back.Row(v) {
				if start.seen.has(u) && start.level[u] == i-1 {
					d.add(u, i-1)
				}
			}
		}
	}
	for i := start.depth; i < hops; i++ {
		for _, v := range d.nodes[i] {
			for _, w := range f.forth.Row(v) {
				if target.seen.has(w) && target.level[w] == hops-i-1 {
					d.add(w, i+1)
				}
			}
		}
	}
	f.choose()
	path := []uint32{from}
	for at := from; at != to; {
		at = d.next[at]
		path = append(path, at)
	}
	return path
}

// meet grows both ends until they meet, and returns the nodes in the middle of
// all shortest paths; nil if there is none. They are the last level of both.
func (f *Finder) meet(from, to uint32) []uint32 {
	start, target := &f.ends[0], &f.ends[1]
	start.begin(from)
	target.begin(to)
	if from == to {
		return []uint32{from}
	}
	for {
		grown, other, rows := start, target, f.forth
		if target.edges(f.back) < start.edges(f.forth) {
			grown, other, rows = target, start, f.back
		}
		grown.grow(rows)
		if grown.last == len(grown.order) {
			return nil
		}
		var meeting []uint32
		for _, v := range grown.order[grown.last:] {
			if other.seen.has(v) {
				meeting = append(meeting, v)
			}
		}
		if meeting != nil {
			return meeting
		}
	}
}

// layers are the nodes on shortest paths, by hops from the start.
type layers struct {
	in     stamps
	nodes  [][]uint32
	at     []uint32 // the layer of a node
	events []uint64 // the most events from a node to the target
	next   []uint32 // and the next node of that way
}

func (d *layers) begin(hops uint32) {
	d.in.empty()
	d.nodes = d.nodes[:cap(d.nodes)]
	for int(hops) >= len(d.nodes) {
		d.nodes = append(d.nodes, nil)
	}
	d.nodes = d.nodes[:hops+1]
	for i := range d.nodes {
		d.nodes[i] = d.nodes[i][:0]
	}
}

func (d *layers) add(v, layer uint32) {
	if d.in.has(v) {
		return
	}
	d.in.add(v)
	d.at[v] = layer
	d.nodes[layer] = append(d.nodes[layer], v)
}

// choose finds the next node of the best way from every node of the layers.
func (f *Finder) choose() {
	d := &f.dag
	for _, target := range d.nodes[len(d.nodes)-1] {
		d.events[target] = 0
	}
	for _, layer := range slices.Backward(d.nodes[:len(d.nodes)-1]) {
		for _, v := range layer {
			d.events[v] = 0
			lo := f.forth.Off[v]
			for i, w := range f.forth.Row(v) {
				if !d.in.has(w) || d.at[w] != d.at[v]+1 {
					continue
				}
				if events := uint64(f.forthWeight[lo+uint32(i)]) + d.events[w]; events > d.events[v] {
					d.events[v], d.next[v] = events, w
				}
			}
		}
	}
}
