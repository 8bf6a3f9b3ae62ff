package dot_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"math/rand"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	gdot "gonum.org/v1/gonum/graph/encoding/dot"
	format "gonum.org/v1/gonum/graph/formats/dot"
	"gonum.org/v1/gonum/graph/formats/dot/ast"
	"gonum.org/v1/gonum/graph/multi"

	"entente/graph"
	"entente/graph/encoding"
	"entente/graph/encoding/dot"
	"entente/graph/picture"
)

var update = flag.Bool("update", false, "write the golden files anew")

func relation(source graph.ActorID, category, predicate string, target graph.ActorID, quad, events int) graph.Relation {
	return graph.Relation{Source: source, Target: target, Category: category, Predicate: predicate, Quad: quad,
		Counts: graph.Counts{Events: events, Mentions: events}}
}

func sample() ([]graph.Relation, []graph.Actor) {
	relations := []graph.Relation{
		relation("person:emmanuel-macron", "ACCUSE", "condemn", "state:RUS", 3, 3),
		relation("person:emmanuel-macron", "ACCUSE", "accuse", "state:RUS", 3, 1),
		relation("state:RUS", "ASSAULT", "attack", "state:UKR", 4, 12),
		relation("state:FRA", "AID", "send_arms", "state:UKR", 2, 1),
		relation("person:emmanuel-macron", "CONSULT", "meet", "state:UKR", 1, 2),
		relation("igo:NATO", "NONE", "ally_of", "state:FRA", 0, 1),
	}
	relations[0].First, relations[0].Last = "2024-04-03", "2024-04-05"
	relations[0].Evidence = &graph.Event{Article: "a1", Publisher: "Example Post", Published: "2024-04-04",
		Provenance: graph.Provenance{Quote: "Macron condemned\nRussia's \"attack\"."}}
	relations[2].First, relations[2].Last = "2024", "2024"
	relations[4].Symmetric = true
	return relations, []graph.Actor{
		{ID: "person:emmanuel-macron", Name: "Emmanuel Macron", Type: graph.Person, Country: "FRA"},
		{ID: "state:RUS", Name: "Russia", Type: graph.State, Country: "RUS"},
		{ID: "state:UKR", Name: "Ukraine", Type: graph.State, Country: "UKR"},
		{ID: "state:FRA", Name: "France", Type: graph.State, Country: "FRA"},
		{ID: "igo:NATO", Name: "NATO", Type: graph.IGO},
		{ID: "state:CHE", Name: "Switzerland", Type: graph.State, Country: "CHE"},
	}
}

func graphOf(relations []graph.Relation, actors []graph.Actor) *encoding.Graph {
	return &encoding.Graph{Relations: relations, Actors: func(yield func(graph.Actor, error) bool) {
		for _, a := range actors {
			if !yield(a, nil) {
				return
			}
		}
	}}
}

func pictureOf(t *testing.T, relations []graph.Relation, actors []graph.Actor, o picture.Options) *picture.Picture {
	t.Helper()
	p, err := picture.Choose(graphOf(relations, actors), o)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func write(t *testing.T, relations []graph.Relation, actors []graph.Actor, o picture.Options) []byte {
	t.Helper()
	return writePicture(t, pictureOf(t, relations, actors, o), dot.Options{})
}

func writePicture(t *testing.T, p *picture.Picture, o dot.Options) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := dot.Write(&b, p, o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// golden compares with a file of testdata, or writes it.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; inspect the diff after go test -update\n%s", file, got)
	}
}

func TestGolden(t *testing.T) {
	relations, actors := sample()
	got := write(t, relations, actors, picture.Options{})
	golden(t, "sample.dot", got)
	clustered := pictureOf(t, relations, actors, picture.Options{Cluster: func(a graph.Actor) string { return a.Country }})
	golden(t, "dark.dot", writePicture(t, clustered, dot.Options{Dark: true, Layout: "fdp"}))
	rng := rand.New(rand.NewSource(1))
	for range 10 {
		rng.Shuffle(len(relations), func(i, j int) { relations[i], relations[j] = relations[j], relations[i] })
		rng.Shuffle(len(actors), func(i, j int) { actors[i], actors[j] = actors[j], actors[i] })
		if again := write(t, relations, actors, picture.Options{}); !bytes.Equal(again, got) {
			t.Fatalf("the order of the input shows:\n%s", again)
		}
	}
}

// parsed is a graph as gonum reads it: its own attributes, node ids with theirs,
// edges with theirs as "source -> target", and node ids by the labels of clusters.
type parsed struct {
	attributes map[string]string
	nodes      map[string]map[string]string
	edges      map[string][]map[string]string
	clusters   map[string][]string
}

func parse(t *testing.T, b []byte) parsed {
	t.Helper()
	file, err := format.ParseBytes(b)
	if err != nil {
		t.Fatalf("gonum cannot read it: %v\n%s", err, b)
	}
	if len(file.Graphs) != 1 || !file.Graphs[0].Directed || file.Graphs[0].Strict {
		t.Fatalf("not one directed graph:\n%s", b)
	}
	p := parsed{nodes: map[string]map[string]string{}, edges: map[string][]map[string]string{}, clusters: map[string][]string{}}
	p.take(t, file.Graphs[0].Stmts, "")
	return p
}

func (p *parsed) take(t *testing.T, statements []ast.Stmt, cluster string) {
	for _, s := range statements {
		switch s := s.(type) {
		case *ast.Subgraph:
			name := ""
			for _, inner := range s.Stmts {
				if a, ok := inner.(*ast.Attr); ok && a.Key == "label" {
					name = unquote(t, a.Val)
				}
			}
			if want := "cluster_" + name; unquote(t, s.ID) != want {
				t.Fatalf("cluster %s, want %s", s.ID, want)
			}
			p.take(t, s.Stmts, name)
		case *ast.NodeStmt:
			id := unquote(t, s.Node.ID)
			if p.nodes[id] != nil {
				t.Fatalf("node %s comes twice", id)
			}
			p.nodes[id] = attributes(t, s.Attrs)
			if cluster != "" {
				p.clusters[cluster] = append(p.clusters[cluster], id)
			}
		case *ast.EdgeStmt:
			to := s.To.Vertex.(*ast.Node)
			from := s.From.(*ast.Node)
			if s.To.To != nil || from.Port != nil || to.Port != nil {
				t.Fatalf("edge %s is more than one, or has ports", s)
			}
			key := unquote(t, from.ID) + " -> " + unquote(t, to.ID)
			p.edges[key] = append(p.edges[key], attributes(t, s.Attrs))
		case *ast.Attr:
			unquote(t, s.Val)
		case *ast.AttrStmt:
			if s.Kind == ast.GraphKind {
				p.attributes = attributes(t, s.Attrs)
			}
		default:
			t.Fatalf("unexpected %T", s)
		}
	}
}

func attributes(t *testing.T, list []*ast.Attr) map[string]string {
	m := map[string]string{}
	for _, a := range list {
		m[a.Key] = unquote(t, a.Val)
	}
	return m
}

// unquote undoes the quotes, and refuses what has none.
func unquote(t *testing.T, s string) string {
	t.Helper()
	if len(s) < 2 || s[0] != '"' || s[len(s)-1] != '"' {
		t.Fatalf("%s is not quoted", s)
	}
	return strings.NewReplacer(`\\`, `\`, `\"`, `"`, `\n`, "\n").Replace(s[1 : len(s)-1])
}

func nodeIDs(t *testing.T, p parsed) []string {
	t.Helper()
	var ids []string
	for id := range p.nodes {
		plain, err := url.PathUnescape(id)
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, plain)
	}
	slices.Sort(ids)
	return ids
}

var hostile = []string{
	`<b>x</b>`, `<`, `>`, `<>`, "a\nb", "a\r\nb", `a"b`, `a\b`, `a\`, `\N \G \E`, `\"`, "a\x00b", "a\x1b[31mb", "\u202eabc", "a\u2066b\u200fc",
	"a\xffb", "\xff\xfe", "", `"];x -> y;`, "a -> b", "node", "digraph", "a:b:n", "&lt;b&gt;", "&amp;", "&#60;", "&l\u200bt;", "100%", "%41", "A",
	"/* x */", "// x", "# x", "émigré", "俄罗斯", "a\u2028b", "\ufffd", "'", "a;b", "{x|y}", "<f0> x", "123", "-.5", `+ "x"`, "a\tb", "\ufeff",
}

func TestHostileStrings(t *testing.T) {
	var relations []graph.Relation
	var actors []graph.Actor
	var want []string
	wantEdges := map[string]bool{}
	for i, h := range hostile {
		next := hostile[(i+1)%len(hostile)]
		actors = append(actors, graph.Actor{ID: graph.ActorID(h), Name: h, Type: graph.ActorType(h), Country: h})
		r := relation(graph.ActorID(h), h, h, graph.ActorID(next), 3, 2)
		r.Evidence = &graph.Event{Article: h, Publisher: h, Provenance: graph.Provenance{Quote: h}}
		relations = append(relations, r)
		want = append(want, h)
		wantEdges[h+" -> "+next] = true
	}
	slices.Sort(want)
	drawn := pictureOf(t, relations, actors, picture.Options{Cluster: func(a graph.Actor) string { return hostile[slices.Index(hostile, a.Name)/2] }})
	drawn.Name = `<b>"x"</b>`
	out := writePicture(t, drawn, dot.Options{})
	p := parse(t, out)
	if got := nodeIDs(t, p); !slices.Equal(got, want) {
		t.Errorf("nodes\n%q\nwant\n%q", got, want)
	}
	for key, edges := range p.edges {
		plain, err := url.PathUnescape(key)
		if err != nil || !wantEdges[plain] || len(edges) != 1 {
			t.Errorf("%d edges %q, %v", len(edges), plain, err)
		}
	}
	if len(p.edges) != len(wantEdges) {
		t.Errorf("%d edges, want %d", len(p.edges), len(wantEdges))
	}
	for r := range strings.SplitSeq(string(out), "") {
		if !utf8.ValidString(r) || strings.ContainsAny(r, "\x00\x1b\r\t\u202e\u2066\u200f\u200b\u2028\ufeff\ufffd") {
			t.Errorf("%q gets through", r)
		}
	}
	if strings.Contains(string(out), "=<") {
		t.Error("an HTML label gets through")
	}
	for raw, shown := range map[string]string{
		`<b>x</b>`: `<b>x</b>`, `a\b`: `a\b`, `\N \G \E`: `\N \G \E`, "a\nb": "a\nb", "a\r\nb": "a\nb", "a\xffb": "a?b",
		"&lt;b&gt;": "&amp;lt;b&amp;gt;", "&l\u200bt;": "&amp;lt;", "\u202eabc": "abc", `"];x -> y;`: `"];x -> y;`,
	} {
		for id, attrs := range p.nodes {
			if plain, _ := url.PathUnescape(id); plain == raw && attrs["label"] != shown {
				t.Errorf("label of %q is %q, want %q", raw, attrs["label"], shown)
			}
		}
	}
	// gonum's decoder builds the same graph.
	g := multi.NewDirectedGraph()
	if err := gdot.UnmarshalMulti(out, g); err != nil {
		t.Fatal(err)
	}
	if g.Nodes().Len() != len(want) {
		t.Errorf("gonum has %d nodes, want %d", g.Nodes().Len(), len(want))
	}
}

func TestRandomGraphs(t *testing.T) {
	for seed := range int64(10) {
		rng := rand.New(rand.NewSource(seed))
		var relations []graph.Relation
		type edge struct {
			key, category string
			symmetric     bool
		}
		want := map[edge]int{}
		strength := map[string]int{}
		for i := range 60 {
			s, o := fmt.Sprintf("state:%02d", rng.Intn(12)), fmt.Sprintf("state:%02d", rng.Intn(12))
			r := relation(graph.ActorID(s), []string{"ACCUSE", "AID"}[rng.Intn(2)], fmt.Sprint("p", i), graph.ActorID(o), 3, 1+rng.Intn(5))
			r.Symmetric = rng.Intn(4) == 0
			relations = append(relations, r)
			want[edge{s + " -> " + o, r.Category, r.Symmetric}] += r.Events
			strength[s] += r.Events
			if o != s {
				strength[o] += r.Events
			}
		}
		p := parse(t, write(t, relations, nil, picture.Options{}))
		n := 0
		for key, edges := range p.edges {
			for _, attrs := range edges {
				n++
				e := edge{key, attrs["class"], attrs["dir"] == "none"}
				if fmt.Sprint(want[e]) != attrs["weight"] {
					t.Fatalf("seed %d: %v has weight %s, want %d", seed, e, attrs["weight"], want[e])
				}
			}
		}
		if n != len(want) || len(p.nodes) != len(strength) {
			t.Fatalf("seed %d: %d edges and %d nodes, want %d and %d", seed, n, len(p.nodes), len(want), len(strength))
		}
		// No actor left out is stronger than one that stays.
		top := parse(t, write(t, relations, nil, picture.Options{Top: 4, Isolated: true}))
		if len(top.nodes) != 4 {
			t.Fatalf("seed %d: %d nodes, want 4", seed, len(top.nodes))
		}
		for kept := range top.nodes {
			for other := range strength {
				if top.nodes[other] == nil && strength[other] > strength[kept] {
					t.Fatalf("seed %d: %s is kept, the stronger %s is not", seed, kept, other)
				}
			}
		}
		for key := range top.edges {
			from, to, _ := strings.Cut(key, " -> ")
			if top.nodes[from] == nil || top.nodes[to] == nil {
				t.Fatalf("seed %d: edge %s has no node", seed, key)
			}
		}
	}
}

func TestIsolated(t *testing.T) {
	relations, actors := sample()
	for isolated, want := range map[bool]int{false: 5, true: 6} {
		p := parse(t, write(t, relations, actors, picture.Options{Isolated: isolated}))
		if len(p.nodes) != want {
			t.Errorf("isolated %v: %d nodes, want %d", isolated, len(p.nodes), want)
		}
	}
	if p := parse(t, write(t, nil, nil, picture.Options{})); len(p.nodes)+len(p.edges) != 0 {
		t.Errorf("an empty graph has %+v", p)
	}
}

func TestLabels(t *testing.T) {
	var relations []graph.Relation
	for i, predicate := range []string{"condemn", "blame", "accuse", "denounce", "send_arms"} {
		relations = append(relations, relation("a", "ACCUSE", predicate, "b", 3, i+1))
	}
	relations[4].Evidence = &graph.Event{Article: "a1", Provenance: graph.Provenance{Quote: strings.Repeat("é", 1000)}}
	attrs := parse(t, write(t, relations, nil, picture.Options{})).edges["a -> b"][0]
	if want := "send arms ×5\ndenounce ×4\naccuse ×3\nand 2 more"; attrs["label"] != want {
		t.Errorf("label %q, want %q", attrs["label"], want)
	}
	if want := "ACCUSE\n“" + strings.Repeat("é", 240) + "…”\na1"; attrs["tooltip"] != want {
		t.Errorf("tooltip %q, want %q", attrs["tooltip"], want)
	}
}

func TestWriteError(t *testing.T) {
	relations, actors := sample()
	broken := errors.New("broken")
	if err := dot.Write(failing{broken}, pictureOf(t, relations, actors, picture.Options{}), dot.Options{}); !errors.Is(err, broken) {
		t.Errorf("got %v, want the writer's error", err)
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

// TestGraphviz lets Graphviz itself read the sample with hostile names, clusters and
// relations, where it is installed. It must not complain, and must draw all.
func TestGraphviz(t *testing.T) {
	program, err := exec.LookPath("dot")
	if err != nil {
		t.Skip("Graphviz is not installed")
	}
	relations, actors := sample()
	for i, h := range hostile {
		actors = append(actors, graph.Actor{ID: graph.ActorID(h), Name: h, Country: hostile[i/2]})
		r := relation(graph.ActorID(h), h, h, "state:RUS", 1+i%4, 1)
		r.Evidence = &graph.Event{Article: h, Publisher: h, Provenance: graph.Provenance{Quote: h}}
		relations = append(relations, r)
	}
	p := pictureOf(t, relations, actors, picture.Options{Cluster: func(a graph.Actor) string { return a.Country }, Isolated: true})
	for _, o := range []dot.Options{{}, {Dark: true, Layout: "sfdp"}, {Layout: "fdp"}} {
		cmd := exec.Command(program, "-Tplain")
		cmd.Stdin = bytes.NewReader(writePicture(t, p, o))
		var complaints strings.Builder
		cmd.Stderr = &complaints
		out, err := cmd.Output()
		if err != nil || complaints.Len() > 0 {
			t.Fatalf("%+v: %v: %s", o, err, complaints.String())
		}
		if n, m := strings.Count(string(out), "\nnode "), strings.Count(string(out), "\nedge "); n != len(p.Nodes) || m != len(p.Edges) {
			t.Errorf("%+v: Graphviz draws %d nodes and %d edges, want %d and %d", o, n, m, len(p.Nodes), len(p.Edges))
		}
	}
}

func TestClusters(t *testing.T) {
	relations, actors := sample()
	p := parse(t, write(t, relations, actors, picture.Options{Cluster: func(a graph.Actor) string { return a.Country }}))
	if want := map[string][]string{"FRA": {"person:emmanuel-macron", "state:FRA"}}; !reflect.DeepEqual(p.clusters, want) {
		t.Errorf("clusters %v, want %v: of one actor none is drawn", p.clusters, want)
	}
	if len(p.nodes) != 5 {
		t.Errorf("%d nodes, want 5", len(p.nodes))
	}
}

// TestScore compares the letters of actors with their scores.
func TestScore(t *testing.T) {
	relations, actors := sample()
	for name, score := range map[string]func(graph.ActorID) float64{
		"events": nil,
		"none":   func(graph.ActorID) float64 { return 0 },
		"own": func(id graph.ActorID) float64 {
			return map[graph.ActorID]float64{"state:RUS": 1, "state:UKR": 0.25}[id]
		},
	} {
		p := parse(t, write(t, relations, actors, picture.Options{Score: score}))
		got := ""
		for _, id := range []string{"state:RUS", "state:UKR", "state:FRA"} {
			got += p.nodes[id]["fontsize"] + " "
		}
		// Russia has 16 events, Ukraine 15 and France 2.
		want := map[string]string{"events": "30.0 29.4 18.4 ", "none": "12.0 12.0 12.0 ", "own": "30.0 21.0 12.0 "}[name]
		if got != want {
			t.Errorf("%s: letters of %s, want %s", name, got, want)
		}
	}
}

func TestTheme(t *testing.T) {
	relations, actors := sample()
	drawn := pictureOf(t, relations, actors, picture.Options{})
	for _, o := range []dot.Options{{}, {Dark: true, Layout: "sfdp"}} {
		theme := picture.Light
		if o.Dark {
			theme = picture.Dark
		}
		p := parse(t, writePicture(t, drawn, o))
		if p.attributes["bgcolor"] != theme.Back || p.attributes["fontcolor"] != theme.Ink || p.attributes["layout"] != o.Layout {
			t.Errorf("%+v: %v", o, p.attributes)
		}
		if e := p.edges["state:RUS -> state:UKR"][0]; e["color"] != theme.Colour(4) || e["fontcolor"] != theme.Colour(4) {
			t.Errorf("%+v: an assault is %v", o, e)
		}
	}
}
