package picture_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"entente/graph"
	"entente/graph/encoding/encodingtest"
	"entente/graph/picture"
)

// random returns a picture of n nodes, in parts that do not hang together.
func random(n, edges, parts int) *picture.Picture {
	r := rand.New(rand.NewPCG(7, uint64(n)))
	p := &picture.Picture{Name: "random"}
	for i := range n {
		name := fmt.Sprintf("The Republic of Number %d", i)
		p.Nodes = append(p.Nodes, picture.Node{Actor: graph.Actor{ID: graph.ActorID(fmt.Sprintf("other:%04d", i)), Name: name, Type: graph.State},
			Score: float64(r.IntN(100)), Cluster: []string{"", "a", "b"}[i%parts%3]})
	}
	for range edges {
		part := r.IntN(parts)
		pick := func() int { return part + parts*r.IntN(n/parts) }
		e := picture.Edge{Source: pick(), Target: pick(), Category: "AID", Symmetric: r.IntN(4) == 0}
		e.Relations = []graph.Relation{{Quad: r.IntN(5), Counts: graph.Counts{Events: 1 + r.IntN(30)}}}
		p.Edges = append(p.Edges, e)
	}
	return p
}

func pictures(t *testing.T) map[string]*picture.Picture {
	sample, err := picture.Choose(encodingtest.Sample(), picture.Options{Isolated: true})
	if err != nil {
		t.Fatal(err)
	}
	return map[string]*picture.Picture{
		"empty": {}, "one": random(1, 1, 1), "two": random(2, 3, 1), "sample": sample,
		"dense": random(40, 150, 1), "parts": random(48, 60, 6), "tree": random(120, 130, 1),
	}
}

// covers returns the rectangle of a label: left, top, right, bottom.
func covers(l *picture.Label) (r [4]float64) {
	w := 0.0
	for _, line := range l.Lines {
		w = max(w, picture.Width(line, l.Size))
	}
	return [4]float64{l.At.X - w/2, l.At.Y - 0.7*l.Size, l.At.X + w/2, l.At.Y + float64(len(l.Lines)-1)*l.Size*picture.Leading}
}

func TestNamesCoverNothing(t *testing.T) {
	for name, p := range pictures(t) {
		l := p.Layout()
		shown := 0
		for i, a := range l.Nodes {
			if a.X-a.R < 0 || a.Y-a.R < 0 || a.X+a.R > l.Width || a.Y+a.R > l.Height {
				t.Errorf("%s: node %d is outside the drawing", name, i)
			}
			for j, b := range l.Nodes[:i] {
				if math.Hypot(a.X-b.X, a.Y-b.Y) < a.R+b.R {
					t.Errorf("%s: nodes %d and %d overlap", name, i, j)
				}
			}
			if a.Label == nil {
				continue
			}
			shown++
			r := covers(a.Label)
			if r[0] < 0 || r[1] < 0 || r[2] > l.Width || r[3] > l.Height {
				t.Errorf("%s: name %d is outside the drawing", name, i)
			}
			for j, b := range l.Nodes {
				if math.Hypot(min(max(b.X, r[0]), r[2])-b.X, min(max(b.Y, r[1]), r[3])-b.Y) < b.R-0.1 {
					t.Errorf("%s: name %d covers node %d", name, i, j)
				}
				if j >= i || b.Label == nil {
					continue
				}
				if q := covers(b.Label); r[0] < q[2] && q[0] < r[2] && r[1] < q[3] && q[1] < r[3] {
					t.Errorf("%s: names %d and %d cover each other", name, i, j)
				}
			}
		}
		if shown < len(p.Nodes)*9/10 {
			t.Errorf("%s: %d of %d names are shown", name, shown, len(p.Nodes))
		}
	}
}

func TestSameLayout(t *testing.T) {
	for name, p := range pictures(t) {
		if a, b := p.Layout(), p.Layout(); !reflect.DeepEqual(a, b) {
			t.Errorf("%s: laid out twice, it differs", name)
		}
	}
}

func TestProportions(t *testing.T) {
	for name, p := range pictures(t) {
		l := p.Layout()
		if by := l.Width / l.Height; len(p.Nodes) >= 10 && (by < 1.05 || by > 2) {
			t.Errorf("%s: %g × %g is far from 3:2", name, l.Width, l.Height)
		}
	}
}

func TestEdgesEndAtTheirNodes(t *testing.T) {
	for name, p := range pictures(t) {
		l := p.Layout()
		for i, e := range p.Edges {
			a, b, c := l.Nodes[e.Source], l.Nodes[e.Target], l.Edges[i]
			tip := c.To
			if len(c.Arrow) > 0 {
				tip = c.Arrow[0]
			}
			if e.Symmetric != (len(c.Arrow) == 0) {
				t.Errorf("%s: edge %d, symmetric %v, has an arrowhead of %d corners", name, i, e.Symmetric, len(c.Arrow))
			}
			if from, to := math.Hypot(c.From.X-a.X, c.From.Y-a.Y)-a.R, math.Hypot(tip.X-b.X, tip.Y-b.Y)-b.R; math.Abs(from-1) > 0.5 || math.Abs(to-1) > 0.5 {
				t.Errorf("%s: edge %d begins %.1f and ends %.1f from its nodes, want 1", name, i, from, to)
			}
			for j := range l.Edges[:i] {
				if a, b := c.At(0.5), l.Edges[j].At(0.5); math.Hypot(a.X-b.X, a.Y-b.Y) < 0.2 && p.Edges[j].Source != p.Edges[i].Source {
					t.Errorf("%s: edges %d and %d meet in their middles", name, i, j)
				}
			}
		}
	}
}
