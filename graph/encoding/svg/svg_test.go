package svg_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"strings"
	"testing"

	"entente/graph/encoding/encodingtest"
	"entente/graph/encoding/svg"
	"entente/graph/picture"
)

var update = flag.Bool("update", false, "write the golden files anew")

func draw(t *testing.T, o svg.Options) (*picture.Picture, []byte) {
	t.Helper()
	p, err := picture.Choose(encodingtest.Sample(), picture.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := svg.Write(&b, p, p.Layout(), o); err != nil {
		t.Fatal(err)
	}
	return p, b.Bytes()
}

// element is what the tests look at of one element.
type element struct {
	name       string
	attributes map[string]string
	title      string // text of its title
}

// read returns the elements of a drawing, and fails unless it is well-formed.
func read(t *testing.T, b []byte) (list []*element) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(b))
	var open []*element
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return list
		}
		if err != nil {
			t.Fatalf("not well-formed: %v", err)
		}
		switch x := token.(type) {
		case xml.StartElement:
			e := &element{name: x.Name.Local, attributes: map[string]string{}}
			for _, a := range x.Attr {
				e.attributes[a.Name.Local] = a.Value
			}
			list, open = append(list, e), append(open, e)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if n := len(open); n > 1 && open[n-1].name == "title" {
				open[n-2].title += string(x)
			}
		}
	}
}

func TestWhatIsDrawn(t *testing.T) {
	p, b := draw(t, svg.Options{})
	nodes, edges := map[string]string{}, 0
	for _, e := range read(t, b) {
		switch e.name {
		case "svg", "g", "path", "polygon", "circle", "text", "title", "rect":
		default:
			t.Errorf("element %s: a name became markup", e.name)
		}
		class := strings.Fields(e.attributes["class"] + " ")
		switch {
		case len(class) == 0:
		case class[0] == "node":
			nodes[e.attributes["data-id"]] = e.title
		case class[0] == "edge":
			edges++
			if e.attributes["data-plover"] == "ACCUSE" && !strings.Contains(e.title, "Emmanuel Macron → Russia\nACCUSE: condemn ×2\n2 events, 2023-12-31 to 2024-04-04\n“") {
				t.Errorf("the tooltip is %q", e.title)
			}
		}
	}
	if len(nodes) != len(p.Nodes) || edges != len(p.Edges) {
		t.Errorf("%d nodes and %d edges are drawn, want %d and %d", len(nodes), edges, len(p.Nodes), len(p.Edges))
	}
	for i := range p.Nodes {
		n := &p.Nodes[i]
		if want := n.Tip(); nodes[string(n.ID)] != want {
			t.Errorf("%s has the tooltip %q, want %q", n.ID, nodes[string(n.ID)], want)
		}
	}
}

func TestGolden(t *testing.T) {
	_, b := draw(t, svg.Options{Dark: true})
	encodingtest.GoldenFile(t, *update, "sample.svg", b)
}

var errDisk = errors.New("no space left on device")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errDisk }

func TestFullDisk(t *testing.T) {
	p := &picture.Picture{}
	if err := svg.Write(full{}, p, p.Layout(), svg.Options{}); !errors.Is(err, errDisk) {
		t.Errorf("error %v, want %v", err, errDisk)
	}
}
