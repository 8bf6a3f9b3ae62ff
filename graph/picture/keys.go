package picture

import (
	"slices"
	"strings"

	"entente/graph"
)

// Key is an entry of the legend: a line in the colour of a quad class, or a
// circle in that of a type of actors. At is the middle of the sign's left side.
type Key struct {
	At   Point
	Edge bool
	Quad int             // of edges
	Type graph.ActorType // of nodes
	Text string
}

// KeySize is the size of a key's letters, KeySign the width of its sign and the
// gap after it.
const (
	KeySize = 17.0
	KeySign = 34.0
)

// Theme is the colours of a drawing beside those of Fill and Colour, "#rrggbb".
type Theme struct {
	Name             string
	Back, Ink, Faint string
	GroupFill        string
	dark             bool
}

// Light and Dark are the themes.
var (
	Light = Theme{"light", "#ffffff", "#1b1f24", "#57606a", "#f3f4f6", false}
	Dark  = Theme{"dark", "#14171c", "#e8eaed", "#a3abb5", "#20252d", true}
)

// bright are Colour's colours for a dark ground.
var bright = []string{"#9aa0a6", "#6ba9ec", "#5cc07a", "#f5a04c", "#f2686f"}

// Colour returns the colour of an edge by its quad class, as picture.Colour
// does, to be seen on the theme's ground.
func (t Theme) Colour(quad int) string {
	if !t.dark {
		return Colour(quad)
	}
	if quad < 1 || quad >= len(bright) {
		quad = 0
	}
	return bright[quad]
}

// QuadName tells a quad class in words.
func QuadName(quad int) string {
	switch quad {
	case 1:
		return "verbal cooperation"
	case 2:
		return "material cooperation"
	case 3:
		return "verbal conflict"
	case 4:
		return "material conflict"
	}
	return "other ties"
}

// keys returns the legend of what is drawn: quad classes, then types in the
// order of graph.ActorTypes; types of one colour share a key.
func (p *Picture) keys() (keys []Key) {
	for _, quad := range []int{1, 2, 3, 4, 0} {
		if slices.ContainsFunc(p.Edges, func(e Edge) bool { return e.Quad() == quad }) {
			keys = append(keys, Key{Edge: true, Quad: quad, Text: QuadName(quad)})
		}
	}
	edges := len(keys)
	for _, t := range graph.ActorTypes {
		if !slices.ContainsFunc(p.Nodes, func(n Node) bool { return n.Type == t }) {
			continue
		}
		name := strings.ReplaceAll(string(t), "-", " ")
		if t == graph.IGO {
			name = "intergovernmental"
		}
		same := slices.IndexFunc(keys[edges:], func(k Key) bool { return Fill(k.Type) == Fill(t) })
		if same >= 0 {
			keys[edges+same].Text += ", " + name
			continue
		}
		keys = append(keys, Key{Type: t, Text: name})
	}
	return keys
}

func (k *Key) width() float64 { return KeySign + Width(k.Text, KeySize) + 22 }

func (k *Key) rect() rect {
	return rect{k.At.X, k.At.Y - KeySize*0.7, k.At.X + k.width(), k.At.Y + KeySize*0.7}
}

// arrange puts the keys in rows from that height down, edges and nodes apart,
// and returns where they end.
func (l *Layout) arrange(keys []Key, top float64) float64 {
	x, y := margin, top+KeySize
	for i, k := range keys {
		if w := k.width(); i > 0 && (x+w > l.Width-margin+22 || k.Edge != keys[i-1].Edge) {
			x, y = margin, y+KeySize*1.65
		}
		k.At = Point{x, y}
		l.Keys = append(l.Keys, k)
		x += k.width()
	}
	if len(keys) == 0 {
		return top
	}
	return y + KeySize/2
}
