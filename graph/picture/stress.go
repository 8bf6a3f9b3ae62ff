package picture

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/graph/path"
	"gonum.org/v1/gonum/graph/simple"
)

// place gives the members of one component their places about the origin, by
// stress: how far two nodes are apart on the page is to be as far as they are
// apart in the graph (Gansner, Koren and North, Graph Drawing by Stress
// Majorization, 2004). Of several beginnings by chance, always the same ones,
// the best end is kept.
func (p *Picture) place(members []int, circles []Circle, boxes []box) {
	n := len(members)
	if n == 1 {
		circles[members[0]].Point = Point{}
		return
	}
	d := p.distances(members)
	var best []Point
	least := math.Inf(1)
	starts, sweeps := effort(n)
	for seed := range starts {
		at := begin(n, uint64(seed))
		for range sweeps {
			sweep(at, d)
		}
		if s := stress(at, d); s < least {
			best, least = at, s
		}
	}
	turn(best)
	stretch(best, members, boxes)
	spread(best, members, boxes)
	for i, m := range members {
		circles[m].Point = best[i]
	}
}

// effort returns how many beginnings of how many sweeps a component of n nodes
// is worth.
func effort(n int) (starts, sweeps int) {
	switch {
	case n <= 100:
		return 12, 200
	case n <= 500:
		return 2, 100
	}
	return 1, 50
}

// distances returns how far the members are to be apart, in steps. Steps
// between hubs are longer, for their neighbours to find room; those out of a
// cluster, too. All are multiples of an eighth, whose sums are exact: which of
// two ways of one length is found makes no difference.
func (p *Picture) distances(members []int) [][]float64 {
	next := p.adjacent()
	g := simple.NewWeightedUndirectedGraph(0, math.Inf(1))
	for _, i := range members {
		for _, j := range next[i] {
			if i > j {
				continue
			}
			hub := float64(min(len(next[i]), len(next[j])))
			length := 1 + math.Round(2*math.Log2(hub))/8
			if p.Nodes[i].Cluster != p.Nodes[j].Cluster {
				length *= 2
			}
			g.SetWeightedEdge(g.NewWeightedEdge(simple.Node(i), simple.Node(j), length))
		}
	}
	d := make([][]float64, len(members))
	for a, i := range members {
		d[a] = make([]float64, len(members))
		from := path.DijkstraFrom(simple.Node(i), g)
		for b, j := range members {
			d[a][b] = from.WeightTo(int64(j))
			if c := p.Nodes[i].Cluster; a != b && c != "" && c == p.Nodes[j].Cluster {
				d[a][b] = min(d[a][b], 1.5)
			}
		}
	}
	return d
}

func begin(n int, seed uint64) []Point {
	r := rand.New(rand.NewPCG(seed, 1))
	at := make([]Point, n)
	for i := range at {
		at[i] = Point{r.Float64() * 3, r.Float64() * 3}
	}
	return at
}

// sweep moves each node to where all others, by their weight, would have it.
func sweep(at []Point, d [][]float64) {
	for i := range at {
		var x, y, sum float64
		for j := range at {
			if i == j {
				continue
			}
			w := 1 / (d[i][j] * d[i][j])
			dx, dy := at[i].X-at[j].X, at[i].Y-at[j].Y
			far := max(math.Hypot(dx, dy), 1e-6)
			x += w * (at[j].X + d[i][j]*dx/far)
			y += w * (at[j].Y + d[i][j]*dy/far)
			sum += w
		}
		at[i] = Point{x / sum, y / sum}
	}
}

func stress(at []Point, d [][]float64) (sum float64) {
	for i := range at {
		for j := range i {
			off := math.Hypot(at[i].X-at[j].X, at[i].Y-at[j].Y)/d[i][j] - 1
			sum += off * off
		}
	}
	return sum
}

// turn lays the longest extent of a drawing flat, about its centre.
func turn(at []Point) {
	var c Point
	for _, p := range at {
		c.X += p.X / float64(len(at))
		c.Y += p.Y / float64(len(at))
	}
	var xx, yy, xy float64
	for _, p := range at {
		dx, dy := p.X-c.X, p.Y-c.Y
		xx, yy, xy = xx+dx*dx, yy+dy*dy, xy+dx*dy
	}
	sin, cos := math.Sincos(math.Atan2(2*xy, xx-yy) / 2)
	for i, p := range at {
		dx, dy := p.X-c.X, p.Y-c.Y
		at[i] = Point{dx*cos + dy*sin, dy*cos - dx*sin}
	}
}

// stretch brings a drawing to the size that its nodes want, and nearer to the
// page's proportions.
func stretch(at []Point, members []int, boxes []box) {
	lo, hi := at[0], at[0]
	area := 0.0
	for i, p := range at {
		lo, hi = Point{min(lo.X, p.X), min(lo.Y, p.Y)}, Point{max(hi.X, p.X), max(hi.Y, p.Y)}
		b := boxes[members[i]]
		area += max(spacious, 1.6*b.w*b.h)
	}
	w, h := max(hi.X-lo.X, 1e-3), max(hi.Y-lo.Y, 1e-3)
	if len(at) <= 3 { // a line has no proportions
		for i := range at {
			at[i] = Point{at[i].X * 240, at[i].Y * 240}
		}
		return
	}
	flat := min(max(aspect*h/w, 0.8), 1.7)
	scale := math.Sqrt(area / (w * flat * max(h, w/4)))
	for i := range at {
		at[i] = Point{at[i].X * scale * flat, at[i].Y * scale}
	}
}

// spread pushes nodes apart until the boxes of no two overlap, or it has
// tried for long.
func spread(at []Point, members []int, boxes []box) {
	order := make([]int, len(at))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(at[a].X, at[b].X) })
	for range 200 {
		moved := false
		for k, i := range order {
			for _, j := range order[k+1:] {
				moved = push(&at[i], &at[j], boxes[members[i]], boxes[members[j]]) || moved
			}
		}
		if !moved {
			return
		}
	}
}

// push moves two nodes apart the shorter way, if they overlap.
func push(a, b *Point, of, other box) bool {
	dx, dy := b.X-a.X, b.Y-a.Y
	x, y := (of.w+other.w)/2-math.Abs(dx), (of.h+other.h)/2-math.Abs(dy)
	if x <= 0.5 || y <= 0.5 {
		return false
	}
	if x < y {
		step := math.Copysign(x/2, dx)
		a.X, b.X = a.X-step, b.X+step
	} else {
		step := math.Copysign(y/2, dy)
		a.Y, b.Y = a.Y-step, b.Y+step
	}
	return true
}
