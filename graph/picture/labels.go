package picture

import (
	"cmp"
	"slices"
)

// rect is an upright rectangle.
type rect struct{ x0, y0, x1, y1 float64 }

func (r rect) overlaps(o rect) bool {
	return r.x0 < o.x1 && o.x0 < r.x1 && r.y0 < o.y1 && o.y0 < r.y1
}

func (r rect) has(p Point) bool { return p.X > r.x0 && p.X < r.x1 && p.Y > r.y0 && p.Y < r.y1 }

// touches reports whether the circle reaches into r.
func (r rect) touches(c Circle) bool {
	x, y := min(max(c.X, r.x0), r.x1)-c.X, min(max(c.Y, r.y0), r.y1)-c.Y
	return x*x+y*y < c.R*c.R
}

// label puts the names beside their nodes, those of the largest first: where
// they cover no node and no other name, and as few edges as can be. A name that
// fits nowhere is left out.
func (l *Layout) label(p *Picture) {
	order := make([]int, len(l.Nodes))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(l.Nodes[b].R, l.Nodes[a].R) })
	var taken []rect
	for _, g := range l.Groups {
		taken = append(taken, g.Label.rect())
	}
	marks := l.marks()
	for _, i := range order {
		if best := l.bestLabel(i, caption(&p.Nodes[i]), taken, marks); best != nil {
			l.Nodes[i].Label = best
			taken = append(taken, best.rect())
		}
	}
}

// rect returns what a label covers.
func (t *Label) rect() rect {
	w, h := extent(t.Lines, t.Size)
	top := t.At.Y - t.Size*0.85
	return rect{t.At.X - w/2 - 2, top, t.At.X + w/2 + 2, top + h}
}

// marks returns points along all edges, from left to right.
func (l *Layout) marks() []Point {
	var marks []Point
	for i := range l.Edges {
		const steps = 24
		for t := range steps + 1 {
			marks = append(marks, l.Edges[i].At(float64(t)/steps))
		}
		marks = append(marks, l.Edges[i].Arrow...)
	}
	slices.SortFunc(marks, func(a, b Point) int { return cmp.Compare(a.X, b.X) })
	return marks
}

func (l *Layout) bestLabel(i int, name string, taken []rect, marks []Point) *Label {
	var best *Label
	least := 0
	for n, t := range candidates(l.Nodes[i], name) {
		r := t.rect()
		if r.x0 < 2 || r.x1 > l.Width-2 || r.y0 < 2 || r.y1 > l.Height-2 || slices.ContainsFunc(taken, r.overlaps) ||
			slices.ContainsFunc(l.Nodes, r.touches) || slices.ContainsFunc(l.Keys, func(k Key) bool { return r.overlaps(k.rect()) }) ||
			l.Title != nil && r.overlaps(l.Title.rect()) {
			continue
		}
		cost := 3 * n
		from, _ := slices.BinarySearchFunc(marks, r.x0, func(m Point, x float64) int { return cmp.Compare(m.X, x) })
		for _, m := range marks[from:] {
			if m.X > r.x1 {
				break
			}
			if r.has(m) {
				cost += 3
			}
		}
		if best == nil || cost < least {
			best, least = &t, cost
		}
	}
	return best
}

// candidates returns where a name can stand about a node, the best places first.
func candidates(c Circle, name string) (list []Label) {
	size := letters(c)
	ways := [][]string{wrap(name, size)}
	if len(ways[0]) > 1 {
		ways = append(ways, []string{name})
	}
	for _, lines := range ways {
		w, h := extent(lines, size)
		gap, at := 4.0, func(x, y float64) { // x, y: the middle of the text
			list = append(list, Label{Point{c.X + x, c.Y + y - h/2 + size*0.85}, size, lines})
		}
		side, over := c.R+gap+w/2, c.R+gap+h/2
		at(0, over)
		at(0, -over)
		at(side, 0)
		at(-side, 0)
		for _, part := range []float64{0.3, 0.6} {
			for _, x := range []float64{1, -1} {
				at(x*part*w, over)
				at(x*part*w, -over)
				at(x*side, h*part)
				at(x*side, -h*part)
			}
		}
	}
	return list
}
