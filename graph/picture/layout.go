package picture

import (
	"cmp"
	"math"
	"slices"

	"entente/graph/encoding"
)

// Layout is where everything of a picture stands, in pixels from the upper left
// corner. Nodes and Edges are those of the picture, place by place.
type Layout struct {
	Width, Height float64
	Title         *Label // nil where the picture has no name
	Nodes         []Circle
	Edges         []Curve
	Groups        []Group
	Keys          []Key
}

// Point is a place of the drawing.
type Point struct{ X, Y float64 }

// Circle is a node as it is drawn.
type Circle struct {
	Point
	R     float64
	Label *Label // nil where it would cover another label or node
}

// Label is lines of text, centred at At.X; At.Y is the baseline of the first.
type Label struct {
	At    Point
	Size  float64 // of the letters
	Lines []string
}

// Curve is an edge as it is drawn: a cubic Bézier curve, which ends where the
// arrowhead begins.
type Curve struct {
	From, Control1, Control2, To Point
	Width                        float64
	Arrow                        []Point // the corners of the arrowhead; none where the edge is symmetric
}

// Group is the actors of one cluster: a convex outline about them.
type Group struct {
	Name    string
	Outline []Point
	Label   Label
}

// Leading is the height of a line by the size of its letters.
const Leading = 1.15

const (
	margin    = 28.0
	titleSize = 34.0
	aspect    = 1.5
	// spacious is the area that a node and the edges around it want.
	spacious = 27000.0
)

// Layout places p. The work grows with the square of the number of nodes: some
// seconds for a thousand. The same picture has the same layout on one
// processor architecture.
func (p *Picture) Layout() *Layout {
	l := &Layout{Nodes: p.circles(), Edges: make([]Curve, len(p.Edges))}
	boxes := p.boxes(l.Nodes)
	for _, members := range p.components() {
		p.place(members, l.Nodes, boxes)
	}
	l.pack(p.components(), boxes)
	l.group(p)
	l.frame(p)
	l.bend(p)
	l.label(p)
	l.round()
	return l
}

// circles returns the nodes' sizes: the area follows the score.
func (p *Picture) circles() []Circle {
	most := 0.0
	for _, n := range p.Nodes {
		most = max(most, n.Score)
	}
	circles := make([]Circle, len(p.Nodes))
	for i, n := range p.Nodes {
		circles[i].R = 11
		if most > 0 && n.Score > 0 {
			circles[i].R += 31 * math.Sqrt(n.Score/most)
		}
	}
	return circles
}

// letters is the size of a node's name.
func letters(c Circle) float64 { return math.Round(14 + c.R*0.36) }

// caption is the name of a node as it is drawn.
func caption(n *Node) string { return shorten(n.Caption(), 40) }

// shorten cuts s to so many characters.
func shorten(s string, most int) string {
	r := []rune(s)
	if len(r) <= most {
		return s
	}
	return string(r[:most-1]) + "…"
}

// box is the room that a node wants around its centre: itself and a name below
// or above.
type box struct{ w, h float64 }

func (p *Picture) boxes(circles []Circle) []box {
	boxes := make([]box, len(circles))
	for i := range p.Nodes {
		size := letters(circles[i])
		lines := wrap(caption(&p.Nodes[i]), size)
		w, h := extent(lines, size)
		boxes[i] = box{max(2*circles[i].R, w) + 14, 2*circles[i].R + 2*h + 14}
	}
	return boxes
}

// components returns the places of the nodes that hang together, the largest
// component first.
func (p *Picture) components() [][]int {
	next := p.adjacent()
	seen := make([]bool, len(p.Nodes))
	var list [][]int
	for i := range p.Nodes {
		if seen[i] {
			continue
		}
		members := []int{i}
		seen[i] = true
		for at := 0; at < len(members); at++ {
			for _, j := range next[members[at]] {
				if !seen[j] {
					seen[j] = true
					members = append(members, j)
				}
			}
		}
		slices.Sort(members)
		list = append(list, members)
	}
	slices.SortStableFunc(list, func(a, b []int) int { return cmp.Compare(len(b), len(a)) })
	return list
}

// adjacent returns the neighbours of each node, ascending.
func (p *Picture) adjacent() [][]int {
	next := make([][]int, len(p.Nodes))
	for _, e := range p.Edges {
		if e.Source != e.Target {
			next[e.Source] = append(next[e.Source], e.Target)
			next[e.Target] = append(next[e.Target], e.Source)
		}
	}
	for i := range next {
		slices.Sort(next[i])
		next[i] = slices.Compact(next[i])
	}
	return next
}

// frame moves the drawing between the title and the keys, and makes room for
// all of them.
func (l *Layout) frame(p *Picture) {
	lo, hi := l.bounds()
	keys := p.keys()
	widest := 0.0
	for _, k := range keys {
		widest = max(widest, k.width())
	}
	width := max(hi.X-lo.X, widest, 480)
	top := margin
	if name := encoding.Line(p.Name); name != "" {
		name = shorten(name, 120)
		size := min(titleSize, titleSize*width/max(1, Width(name, titleSize)))
		l.Title = &Label{Point{margin + width/2, margin + size}, size, []string{name}}
		top += size * 1.9
	}
	l.Width = width + 2*margin
	l.move(margin+(width-(hi.X-lo.X))/2-lo.X, top-lo.Y)
	l.Height = l.arrange(keys, top+hi.Y-lo.Y+margin/2) + margin
}

// bounds returns the corners of what the nodes, names and groups take.
func (l *Layout) bounds() (lo, hi Point) {
	if len(l.Nodes) == 0 {
		return lo, hi
	}
	lo, hi = Point{math.Inf(1), math.Inf(1)}, Point{math.Inf(-1), math.Inf(-1)}
	add := func(x, y, w, h float64) {
		lo, hi = Point{min(lo.X, x-w), min(lo.Y, y-h)}, Point{max(hi.X, x+w), max(hi.Y, y+h)}
	}
	for _, c := range l.Nodes {
		add(c.X, c.Y, c.R+70, c.R+30)
	}
	for _, g := range l.Groups {
		add(g.Label.At.X, g.Label.At.Y, Width(g.Label.Lines[0], g.Label.Size)/2, g.Label.Size)
		for _, o := range g.Outline {
			add(o.X, o.Y, 0, 0)
		}
	}
	return lo, hi
}

func (l *Layout) move(dx, dy float64) {
	for i := range l.Nodes {
		l.Nodes[i].X += dx
		l.Nodes[i].Y += dy
	}
	for i := range l.Groups {
		g := &l.Groups[i]
		g.Label.At = Point{g.Label.At.X + dx, g.Label.At.Y + dy}
		for k, o := range g.Outline {
			g.Outline[k] = Point{o.X + dx, o.Y + dy}
		}
	}
}

// round cuts all numbers to tenths of a pixel: what is written is what is
// drawn.
func (l *Layout) round() {
	l.Width, l.Height = math.Ceil(l.Width), math.Ceil(l.Height)
	points := []*Point{}
	if l.Title != nil {
		points = append(points, &l.Title.At)
	}
	for i := range l.Nodes {
		c := &l.Nodes[i]
		c.R = tenths(c.R)
		points = append(points, &c.Point)
		if c.Label != nil {
			points = append(points, &c.Label.At)
		}
	}
	for i := range l.Edges {
		e := &l.Edges[i]
		e.Width = tenths(e.Width)
		points = append(points, &e.From, &e.Control1, &e.Control2, &e.To)
		for k := range e.Arrow {
			points = append(points, &e.Arrow[k])
		}
	}
	for i := range l.Groups {
		g := &l.Groups[i]
		points = append(points, &g.Label.At)
		for k := range g.Outline {
			points = append(points, &g.Outline[k])
		}
	}
	for i := range l.Keys {
		points = append(points, &l.Keys[i].At)
	}
	for _, p := range points {
		p.X, p.Y = tenths(p.X), tenths(p.Y)
	}
}

func tenths(x float64) float64 { return math.Round(x*10) / 10 }
