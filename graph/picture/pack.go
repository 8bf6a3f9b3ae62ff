package picture

import (
	"math"
	"slices"
)

// pack puts the components side by side, in columns that together come nearest
// to the page's proportions.
func (l *Layout) pack(components [][]int, boxes []box) {
	type area struct{ lo, hi Point }
	areas := make([]area, len(components))
	sizes := make([]box, len(components))
	highest, sum := 0.0, 0.0
	for i, members := range components {
		a := area{Point{math.Inf(1), math.Inf(1)}, Point{math.Inf(-1), math.Inf(-1)}}
		for _, m := range members {
			c, b := l.Nodes[m], boxes[m]
			a.lo = Point{min(a.lo.X, c.X-b.w/2), min(a.lo.Y, c.Y-b.h/2)}
			a.hi = Point{max(a.hi.X, c.X+b.w/2), max(a.hi.Y, c.Y+b.h/2)}
		}
		areas[i], sizes[i] = a, box{a.hi.X - a.lo.X + 16, a.hi.Y - a.lo.Y + 16}
		highest = max(highest, sizes[i].h)
		sum += sizes[i].h
	}
	var best []Point
	least := math.Inf(1)
	for height := highest; height <= max(sum, highest); height *= 1.1 {
		at, w, h := columns(sizes, height)
		if off := math.Abs(math.Log(w / h / aspect)); off < least {
			best, least = at, off
		}
	}
	for i, members := range components {
		dx, dy := best[i].X-areas[i].lo.X, best[i].Y-areas[i].lo.Y
		for _, m := range members {
			l.Nodes[m].X += dx
			l.Nodes[m].Y += dy
		}
	}
}

// columns fills columns of that height from the left, each with what fits of
// the rest. It returns the upper left corners and the extent of all.
func columns(sizes []box, height float64) (at []Point, w, h float64) {
	at = make([]Point, len(sizes))
	rest := make([]int, len(sizes))
	for i := range rest {
		rest[i] = i
	}
	for len(rest) > 0 {
		var column []int
		y, wide := 0.0, 0.0
		rest = slices.DeleteFunc(rest, func(i int) bool {
			if y > 0 && (y+sizes[i].h > height || sizes[i].w > wide*1.3) {
				return false
			}
			at[i] = Point{w, y}
			column = append(column, i)
			y, wide = y+sizes[i].h, max(wide, sizes[i].w)
			return true
		})
		for _, i := range column {
			at[i].X += (wide - sizes[i].w) / 2
		}
		w, h = w+wide, max(h, y)
	}
	return at, w, h
}
