package paths

import "slices"

// maxSteps is how many steps All takes before it gives up: about a second.
const maxSteps = 50_000_000

// All returns the paths of at most so many hops that visit no node twice, those
// of fewer hops first, then those of lesser nodes; at most limit of them. It
// reports whether that is all of them: false if the limit cut them off, or if
// the search did, which gives up after 50 million steps.
//
// It goes depth-first, once for each length, and takes no step from which the
// target is out of reach. Their number, and with it the cost, can grow with the
// mean degree to the power of the hops; memory with the hops alone.
func (f *Finder) All(from, to uint32, hops, limit int) (list [][]uint32, complete bool) {
	if from == to {
		if limit < 1 {
			return nil, false
		}
		return [][]uint32{{from}}, true
	}
	target := &f.ends[1]
	target.begin(to)
	for int(target.depth) < hops && target.last < len(target.order) {
		target.grow(f.back)
	}
	w := &walk{Finder: f, to: to, limit: limit, steps: maxSteps}
	w.on.empty()
	w.on.add(from)
	w.path = append(w.path, from)
	for length := 1; length <= min(hops, f.forth.Len()-1); length++ {
		if !w.extend(from, uint32(length)) {
			return w.found, false
		}
	}
	return w.found, true
}

// walk is a search for all paths of one length.
type walk struct {
	*Finder
	to    uint32
	limit int
	steps int // left
	path  []uint32
	found [][]uint32
}

// extend goes on from u, the end of the path, for exactly so many hops. It
// reports false if the search is to end.
func (w *walk) extend(u, hops uint32) bool {
	target := &w.ends[1]
	for _, v := range w.forth.Row(u) {
		if w.steps--; w.steps < 0 {
			return false
		}
		if w.on.has(v) || !target.seen.has(v) || target.level[v] > hops-1 || (v == w.to) != (hops == 1) {
			continue
		}
		w.path = append(w.path, v)
		if hops == 1 {
			if len(w.found) == w.limit {
				return false
			}
			w.found = append(w.found, slices.Clone(w.path))
		} else {
			w.on.add(v)
			more := w.extend(v, hops-1)
			w.on.remove(v)
			if !more {
				return false
			}
		}
		w.path = w.path[:len(w.path)-1]
	}
	return true
}
