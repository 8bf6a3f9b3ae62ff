package picture

import (
	"cmp"
	"math"
	"slices"

	"entente/graph/encoding"
)

// group draws an outline about the nodes of each cluster of several.
func (l *Layout) group(p *Picture) {
	members := map[string][]int{}
	for i, n := range p.Nodes {
		if n.Cluster != "" {
			members[n.Cluster] = append(members[n.Cluster], i)
		}
	}
	for name, nodes := range members {
		if len(nodes) > 1 {
			l.Groups = append(l.Groups, l.outline(name, nodes))
		}
	}
	slices.SortFunc(l.Groups, func(a, b Group) int { return cmp.Compare(a.Name, b.Name) })
}

func (l *Layout) outline(name string, nodes []int) Group {
	const corners, pad = 24, 34
	var points []Point
	for _, i := range nodes {
		c := l.Nodes[i]
		for k := range corners {
			sin, cos := math.Sincos(2 * math.Pi * float64(k) / corners)
			points = append(points, Point{c.X + (c.R+pad)*cos, c.Y + (c.R+pad)*sin})
		}
	}
	hull := convex(points)
	top := slices.MinFunc(hull, func(a, b Point) int { return cmp.Compare(a.Y, b.Y) })
	return Group{name, hull, Label{Point{top.X, top.Y - 4}, 18, []string{shorten(encoding.Line(name), 40)}}}
}

// convex returns the convex hull of points (Andrew's monotone chain).
func convex(points []Point) []Point {
	slices.SortFunc(points, func(a, b Point) int { return cmp.Or(cmp.Compare(a.X, b.X), cmp.Compare(a.Y, b.Y)) })
	var hull []Point
	for range 2 {
		base := len(hull)
		for _, p := range points {
			for len(hull) > base+1 && cross(hull[len(hull)-2], hull[len(hull)-1], p) <= 0 {
				hull = hull[:len(hull)-1]
			}
			hull = append(hull, p)
		}
		hull = hull[:len(hull)-1] // the other half begins with it
		slices.Reverse(points)
	}
	return hull
}

func cross(o, a, b Point) float64 { return (a.X-o.X)*(b.Y-o.Y) - (a.Y-o.Y)*(b.X-o.X) }
