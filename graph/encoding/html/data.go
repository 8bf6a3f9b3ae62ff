package html

import (
	"cmp"
	"encoding/json"
	"iter"
	"slices"
	"strings"

	"entente/graph"
	"entente/graph/encoding"
	"entente/graph/picture"
)

// mostRecords is how many records the page has of one edge, the newest ones.
const mostRecords = 200

// data is what the page's script reads.
type data struct {
	First string `json:"first"` // the first and the last day of any fact, "" if none is known
	Last  string `json:"last"`
	Nodes []node `json:"nodes"`
	Edges []edge `json:"edges"`
}

type node struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Type    string `json:"type"`
	Country string `json:"country"`
	Events  int    `json:"events"`
}

type edge struct {
	Source    int      `json:"source"` // places in nodes
	Target    int      `json:"target"`
	Category  string   `json:"category"`
	Quad      int      `json:"quad"`
	Symmetric bool     `json:"symmetric"`
	Events    int      `json:"events"`
	Records   int      `json:"records"` // all, of which facts are some
	Dates     []string `json:"dates"`   // distinct, of all records; "" is unknown
	Facts     []fact   `json:"facts"`   // the newest first
}

type fact struct {
	ID        string `json:"id"`
	Predicate string `json:"predicate"`
	Status    string `json:"status"`
	Date      string `json:"date"`
	Quote     string `json:"quote"`
	By        string `json:"by,omitempty"`
	Article   string `json:"article"`
	Title     string `json:"title,omitempty"`
	Publisher string `json:"publisher,omitempty"`
	Published string `json:"published,omitempty"`
	URL       string `json:"url,omitempty"`
}

// tie is what the facts of one relation have in common.
type tie struct {
	graph.Dyad
	category, predicate string
}

func dataOf(p *picture.Picture, facts iter.Seq2[encoding.Fact, error]) (*data, error) {
	d := &data{Nodes: []node{}, Edges: []edge{}}
	for i := range p.Nodes {
		n := &p.Nodes[i]
		d.Nodes = append(d.Nodes, node{encoding.Line(string(n.ID)), n.Caption(), encoding.Line(string(n.Type)), encoding.Line(n.Country), n.Events})
	}
	of := map[tie]int{}
	for i := range p.Edges {
		e := &p.Edges[i]
		d.Edges = append(d.Edges, edge{Source: e.Source, Target: e.Target, Category: encoding.Line(e.Category), Quad: e.Quad(),
			Symmetric: e.Symmetric, Events: e.Events(), Dates: []string{}, Facts: []fact{}})
		for _, r := range e.Relations {
			of[tie{graph.Dyad{Source: r.Source, Target: r.Target}, r.Category, r.Predicate}] = i
		}
	}
	for x, err := range facts {
		if err != nil {
			return nil, err
		}
		id := x.Event.Identity()
		if i, ok := of[tie{id.Dyad, id.Category, id.Predicate}]; ok {
			d.Edges[i].add(&x)
		}
	}
	for i := range d.Edges {
		d.Edges[i].cut()
	}
	d.period()
	return d, nil
}

func (e *edge) add(x *encoding.Fact) {
	ev, a := &x.Event, x.Article
	f := fact{ID: encoding.Line(x.ID), Predicate: strings.ReplaceAll(encoding.Line(ev.Predicate), "_", " "), Status: encoding.Line(string(ev.Status)),
		Date: encoding.Line(string(ev.Date)), Quote: encoding.Line(ev.Quote), Article: encoding.Line(a.ID), Title: encoding.Line(a.Title),
		Publisher: encoding.Line(a.Publisher), Published: encoding.Line(string(a.Published)), URL: encoding.Line(a.URL)}
	if ev.AttributedTo != nil {
		f.By = encoding.Line(ev.AttributedTo.Name)
	}
	e.Records++
	e.Dates = append(e.Dates, f.Date)
	if e.Facts = append(e.Facts, f); len(e.Facts) >= 2*mostRecords {
		e.cut()
	}
}

// cut sorts what an edge has and keeps the newest.
func (e *edge) cut() {
	slices.Sort(e.Dates)
	e.Dates = slices.Compact(e.Dates)
	slices.SortStableFunc(e.Facts, func(a, b fact) int { return cmp.Compare(b.Date, a.Date) })
	e.Facts = e.Facts[:min(len(e.Facts), mostRecords)]
}

// period finds the first and the last day: of a year or month, its first.
func (d *data) period() {
	for _, e := range d.Edges {
		for _, date := range e.Dates {
			t, ok := graph.Date(date).Time()
			if !ok {
				continue
			}
			day := string(graph.DateOf(t))
			if d.First == "" || day < d.First {
				d.First = day
			}
			d.Last = max(d.Last, day)
		}
	}
}

// json returns d as it can stand in a script element: <, >, & and the
// separators of Unicode are escaped, which encoding/json does.
func (d *data) json() (string, error) {
	b, err := json.Marshal(d)
	return string(b), err
}
