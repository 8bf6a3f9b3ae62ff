package main

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"entente/graph"
	"entente/graph/encoding"
	"entente/graph/picture"
	"entente/queries"
)

// drawnActors is how many actors a picture has unless asked for more: about as
// many names as can be read on a screen.
const drawnActors = 40

// tiesEach is how many ties a picture has for each actor unless asked for more: what
// can still be told apart.
const tiesEach = 5

// sizeEvents is the --size by the number of distinct events, which needs no
// ranking.
const sizeEvents queries.Measure = "events"

// drawing says what of the graph is drawn, as far as the command line tells it
// without a store.
type drawing struct {
	Top     int  // so many actors; 0 is all
	asked   bool // Top was asked for
	Ties    int  // so many ties; 0 is all, and below 0 tiesEach for each of Top
	Ego     []string
	Hops    int
	Cluster string          // country, community, type or none
	Size    queries.Measure // sizeEvents, or what queries.Rank takes
	Theme   string          // light, dark, or "" where none is asked for
	Dicts   []string        // where Ego is looked up too
}

// drawingFlags are the flags of every command that draws, whatever the format.
// They mean the same everywhere; of is put before what help says. With them go
// filterFlags.
func drawingFlags(of string) []cli.Flag {
	return []cli.Flag{
		&cli.IntFlag{Name: "top", Value: drawnActors, Usage: of + "only the `N` actors with the most events; 0 is all"},
		&cli.IntFlag{Name: "ties", DefaultText: fmt.Sprintf("%d for each actor of --top", tiesEach), Usage: of + "only the `N` strongest ties, and each actor's strongest; 0 is all"},
		&cli.StringSliceFlag{Name: "ego", Usage: of + "only the `ACTOR` and who is around; may be repeated"},
		&cli.IntFlag{Name: "hops", Value: 1, Usage: of + "with --ego, at most `K` steps around"},
		&cli.StringFlag{Name: "cluster", Value: "none", Usage: of + "`GROUPS` to draw together, country, community, type or none"},
		&cli.StringFlag{Name: "size", Value: string(sizeEvents), Usage: of + "`MEASURE` that actors are as large as, " + join(drawingSizes())},
		&cli.StringFlag{Name: "theme", Usage: of + "`THEME`, light or dark; default light, and for html what the browser prefers"},
		dictFlag(),
	}
}

func drawingSizes() []queries.Measure {
	return []queries.Measure{sizeEvents, queries.ByDegree, queries.ByPageRank, queries.ByBetweenness}
}

// drawingOf reads the flags of drawingFlags.
func drawingOf(c *cli.Context) (d drawing, err error) {
	d.asked, d.Ego, d.Cluster, d.Theme = c.IsSet("top"), c.StringSlice("ego"), c.String("cluster"), c.String("theme")
	d.Size, d.Dicts = queries.Measure(c.String("size")), c.StringSlice("dict")
	if d.Top, err = countOf(c, "top"); err != nil {
		return d, err
	}
	if d.Hops, err = countOf(c, "hops"); err != nil {
		return d, err
	}
	if d.Ties, err = countOf(c, "ties"); err != nil {
		return d, err
	}
	if !c.IsSet("ties") {
		d.Ties = -1
	}
	if c.IsSet("hops") && len(d.Ego) == 0 {
		return d, usagef("--hops goes with --ego ACTOR: say around whom")
	}
	if err := oneOf("cluster", d.Cluster, "country", "community", "type", "none"); err != nil {
		return d, err
	}
	if err := oneOf("theme", d.Theme, "light", "dark"); err != nil {
		return d, err
	}
	return d, oneOf("size", d.Size, drawingSizes()...)
}

// choose returns what is drawn of g, the graph of the events of a store that f
// lets through, and says on stderr what the standard numbers leave out, or that
// nothing is drawn. More than
// so many actors, unless most is 0, are an error.
func (d drawing) choose(e *env, st queries.Reader, f queries.Filter, g *encoding.Graph, most int) (*picture.Picture, error) {
	ego, err := e.idsOf(st, d.Dicts, d.Ego)
	if err != nil {
		return nil, err
	}
	o := picture.Options{Ego: ego, Hops: d.Hops}
	all, err := picture.Choose(g, o)
	if err != nil {
		return nil, err
	}
	if d.Top == 0 && most > 0 && len(all.Nodes) > most {
		return nil, usagef("%d actors are more than a picture shows: draw --top %d, or narrow them; entente export --format dot --top 0 has all", len(all.Nodes), most)
	}
	if o.Cluster, err = d.clusters(st, f, g); err != nil {
		return nil, err
	}
	if o.Score, err = d.scores(e, st, f); err != nil {
		return nil, err
	}
	o.Top = d.Top
	p, err := picture.Choose(g, o)
	if err == nil && len(all.Edges) == 0 {
		err = e.nothing(st, f)
	}
	if err != nil {
		return nil, err
	}
	if !d.asked && len(p.Nodes) < len(all.Nodes) {
		e.warnf("drawn are %d of %d actors, those with the most events (--top 0 draws all)", len(p.Nodes), len(all.Nodes))
	}
	return d.untangle(e, p, g, o)
}

// untangle returns the strongest ties of p, which is chosen of g by o, and says on
// stderr what the standard --ties leaves out.
func (d drawing) untangle(e *env, p *picture.Picture, g *encoding.Graph, o picture.Options) (*picture.Picture, error) {
	if o.Ties = d.Ties; d.Ties < 0 {
		o.Ties = tiesEach * d.Top
	}
	if o.Ties == 0 || len(p.Edges) <= o.Ties {
		return p, nil
	}
	less, err := picture.Choose(g, o)
	if err == nil && d.Ties < 0 {
		e.warnf("drawn are the %d strongest of %d ties among them (--ties 0 draws all)", len(less.Edges), len(p.Edges))
	}
	return less, err
}

// clusters returns the function that groups actors, or nil for none.
func (d drawing) clusters(st queries.Reader, f queries.Filter, g *encoding.Graph) (func(graph.Actor) string, error) {
	switch d.Cluster {
	case "type":
		return func(a graph.Actor) string { return string(a.Type) }, nil
	case "country":
		return countryNames(g)
	case "community":
		found, err := queries.FindCommunities(st, queries.CommunityOptions{Filter: f})
		if err != nil {
			return nil, err
		}
		of := map[graph.ActorID]string{}
		for _, c := range found.Communities {
			for _, m := range c.Members {
				of[m.Actor.ID] = fmt.Sprintf("community %d", c.Number)
			}
		}
		return func(a graph.Actor) string { return of[a.ID] }, nil
	}
	return nil, nil
}

// countryNames returns what names an actor's country: as the state is named in g,
// else by its code.
func countryNames(g *encoding.Graph) (func(graph.Actor) string, error) {
	names := map[string]string{}
	for a, err := range g.Actors {
		if err != nil {
			return nil, err
		}
		if a.Country != "" && a.ID == graph.ActorID("state:"+a.Country) {
			names[a.Country] = a.Name
		}
	}
	return func(a graph.Actor) string {
		if name := names[a.Country]; name != "" {
			return name
		}
		return a.Country
	}, nil
}

// scores returns the function that tells sizes, or nil for the number of events.
// Where scores are estimates, it says so on stderr.
func (d drawing) scores(e *env, st queries.Reader, f queries.Filter) (func(graph.ActorID) float64, error) {
	if d.Size == "" || d.Size == sizeEvents {
		return nil, nil
	}
	// With --type or --country a ranking lists those alone, so that whoever they
	// deal with is drawn small.
	found, err := queries.Rank(st, d.Size, queries.RankOptions{Options: f, TopN: -1})
	if err != nil {
		return nil, err
	}
	if note := samplingNote(found.Sampled); note != "" {
		e.warnf("--size %s is %s", d.Size, note)
	}
	of := map[graph.ActorID]float64{}
	for _, r := range found.Ranking {
		of[r.Actor.ID] = r.Score
	}
	return func(id graph.ActorID) float64 { return of[id] }, nil
}
