package picture

import "math"

// bend draws the edges. Those of one pair are curved apart; one alone is
// straight unless it would run through nodes.
func (l *Layout) bend(p *Picture) {
	type pair struct{ a, b int }
	pairs := map[pair][]int{}
	for i, e := range p.Edges {
		k := pair{min(e.Source, e.Target), max(e.Source, e.Target)}
		pairs[k] = append(pairs[k], i)
	}
	for k, edges := range pairs {
		if k.a == k.b {
			for n, i := range edges {
				l.loop(p, i, n)
			}
			continue
		}
		about := l.clear(k.a, k.b)
		a, b := l.Nodes[k.a], l.Nodes[k.b]
		far := math.Hypot(b.X-a.X, b.Y-a.Y)
		step := min(26, 1.4*(a.R+b.R)/float64(len(edges)), 0.25*far)
		for n, i := range edges {
			l.Edges[i] = l.curve(p, i, about*far+(float64(n)-float64(len(edges)-1)/2)*step)
		}
	}
}

// clear returns by which part of their distance the edges of two nodes are best
// curved, from the straight line, to run through the fewest other nodes.
func (l *Layout) clear(a, b int) float64 {
	best, least := 0.0, math.Inf(1)
	for _, by := range []float64{0, 0.09, -0.09, 0.18, -0.18, 0.28, -0.28} {
		cost := math.Abs(by) * 3
		c := arc(l.Nodes[a].Point, l.Nodes[b].Point, by)
		for i, n := range l.Nodes {
			if i != a && i != b && c.near(n.Point, n.R+6) {
				cost++
			}
		}
		if cost < least {
			best, least = by, cost
		}
	}
	return best
}

// arc returns the curve from a to b whose middle is off the straight line by
// that part of its length, to the left as seen on the page.
func arc(a, b Point, by float64) Curve {
	mx, my := (a.X+b.X)/2, (a.Y+b.Y)/2
	c := Point{mx + (b.Y-a.Y)*by*2, my - (b.X-a.X)*by*2}
	return Curve{From: a, Control1: between(a, c, 2.0/3), Control2: between(b, c, 2.0/3), To: b}
}

func between(a, b Point, t float64) Point { return Point{a.X + (b.X-a.X)*t, a.Y + (b.Y-a.Y)*t} }

// At returns the point of the curve at t, from 0 to 1.
func (c *Curve) At(t float64) Point {
	p, q, r := between(c.From, c.Control1, t), between(c.Control1, c.Control2, t), between(c.Control2, c.To, t)
	return between(between(p, q, t), between(q, r, t), t)
}

func (c *Curve) near(p Point, r float64) bool {
	if p.X+r < min(c.From.X, c.Control1.X, c.Control2.X, c.To.X) || p.X-r > max(c.From.X, c.Control1.X, c.Control2.X, c.To.X) ||
		p.Y+r < min(c.From.Y, c.Control1.Y, c.Control2.Y, c.To.Y) || p.Y-r > max(c.From.Y, c.Control1.Y, c.Control2.Y, c.To.Y) {
		return false // the curve stays within its four points
	}
	const steps = 40
	for i := range steps + 1 {
		q := c.At(float64(i) / steps)
		if math.Hypot(q.X-p.X, q.Y-p.Y) < r {
			return true
		}
	}
	return false
}

// part returns the curve between two of its points.
func (c *Curve) part(from, to float64) Curve {
	cut := func(c Curve, t float64) (Curve, Curve) {
		p, q, r := between(c.From, c.Control1, t), between(c.Control1, c.Control2, t), between(c.Control2, c.To, t)
		pq, qr := between(p, q, t), between(q, r, t)
		m := between(pq, qr, t)
		return Curve{From: c.From, Control1: p, Control2: pq, To: m}, Curve{From: m, Control1: qr, Control2: r, To: c.To}
	}
	head, _ := cut(*c, to)
	_, middle := cut(head, from/to)
	return middle
}

// curve draws edge i with its middle so many pixels off the straight line from
// the lesser to the greater node.
func (l *Layout) curve(p *Picture, i int, off float64) Curve {
	e := &p.Edges[i]
	a, b := l.Nodes[e.Source], l.Nodes[e.Target]
	if e.Source > e.Target {
		off = -off
	}
	by := off / max(1, math.Hypot(b.X-a.X, b.Y-a.Y))
	whole := arc(a.Point, b.Point, by)
	return finish(&whole, e, a, b)
}

// finish ends a curve between centres at the borders of its nodes, with an
// arrowhead unless the edge is symmetric.
func finish(whole *Curve, e *Edge, a, b Circle) Curve {
	width := min(9, 1.3+1.15*math.Log2(float64(max(e.Events(), 1))))
	from := whole.crossing(a.Point, a.R+1, 0)
	tip := whole.crossing(b.Point, b.R+1, 1)
	if e.Symmetric {
		c := whole.part(from, max(tip, from+1e-3))
		c.Width = width
		return c
	}
	length := 8 + 1.9*width
	base := whole.crossing(b.Point, b.R+1+length, 1)
	c := whole.part(min(from, base-1e-3), base)
	c.Width = width
	head, foot := whole.At(tip), whole.At(base)
	dx, dy := head.X-foot.X, head.Y-foot.Y
	half := (4 + 1.05*width) / max(1e-6, math.Hypot(dx, dy))
	c.Arrow = []Point{head, {foot.X - dy*half, foot.Y + dx*half}, {foot.X + dy*half, foot.Y - dx*half}}
	return c
}

// crossing returns where the curve leaves the circle about p that its end (0
// or 1) lies in.
func (c *Curve) crossing(p Point, r, end float64) float64 {
	in, out := end, 0.5
	for range 30 {
		t := (in + out) / 2
		if q := c.At(t); math.Hypot(q.X-p.X, q.Y-p.Y) < r {
			in = t
		} else {
			out = t
		}
	}
	return out
}

// loop draws an edge from a node to itself, the nth of them, above the node.
func (l *Layout) loop(p *Picture, i, n int) {
	e := &p.Edges[i]
	c := l.Nodes[e.Source]
	wide, high := c.R+12+8*float64(n), 2.2*c.R+34+16*float64(n)
	whole := Curve{From: c.Point, Control1: Point{c.X - wide, c.Y - high}, Control2: Point{c.X + wide, c.Y - high}, To: c.Point}
	l.Edges[i] = finish(&whole, e, c, c)
}
