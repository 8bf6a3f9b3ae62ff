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

// sizeEvents is the --size by the number of distinct events, which needs no
// ranking.
const sizeEvents queries.Measure = "events"

// drawing says what of the graph is drawn, as far as the command line tells it
// without a store.
type drawing struct {
	Top     int  // so many actors; 0 is all
	asked   bool // Top was asked for
	Ego     []string
	Hops    int
	Cluster string          // country, community or none
	Size    queries.Measure // sizeEvents, or what queries.Rank takes
	Dicts   []string        // where Ego is looked up too
}

// drawingFlags are the flags of every command that draws, whatever the format.
// With them go dictFlag and filterFlags.
func drawingFlags() []cli.Flag {
	return []cli.Flag{
		&cli.IntFlag{Name: "top", Value: drawnActors, Usage: "draw only the `N` actors with the most events; 0 is all"},
		&cli.StringSliceFlag{Name: "ego", Usage: "draw only what is around the `ACTOR`; may be repeated"},
		&cli.IntFlag{Name: "hops", Value: 1, Usage: "how many steps around the --ego, `K`"},
		&cli.StringFlag{Name: "cluster", Value: "none", Usage: "`GROUPS` to draw together: country, community or none"},
		&cli.StringFlag{Name: "size", Value: string(sizeEvents), Usage: "`MEASURE` that actors are as large as: " + join(drawingSizes())},
	}
}

func drawingSizes() []queries.Measure {
	return []queries.Measure{sizeEvents, queries.ByDegree, queries.ByPageRank, queries.ByBetweenness}
}

// drawingOf reads the flags of drawingFlags and dictFlag.
func drawingOf(c *cli.Context) (d drawing, err error) {
	d.asked, d.Ego, d.Cluster = c.IsSet("top"), c.StringSlice("ego"), c.String("cluster")
	d.Size, d.Dicts = queries.Measure(c.String("size")), c.StringSlice("dict")
	if d.Top, err = countOf(c, "top"); err != nil {
		return d, err
	}
	if d.Hops, err = countOf(c, "hops"); err != nil {
		return d, err
	}
	if c.IsSet("hops") && len(d.Ego) == 0 {
		return d, usagef("--hops goes with --ego ACTOR: say around whom")
	}
	if err := oneOf("cluster", d.Cluster, "country", "community", "none"); err != nil {
		return d, err
	}
	return d, oneOf("size", d.Size, drawingSizes()...)
}

// options returns what is drawn of the events of a store that f lets through.
// Where scores are estimates, it says so on stderr.
func (d drawing) options(e *env, st queries.Reader, f queries.Filter) (o picture.Options, err error) {
	o = picture.Options{Top: d.Top, Hops: d.Hops}
	if o.Ego, err = e.idsOf(st, d.Dicts, d.Ego); err != nil {
		return o, err
	}
	if o.Cluster, err = d.clusters(st, f); err != nil {
		return o, err
	}
	o.Score, err = d.scores(e, st, f)
	return o, err
}

// clusters returns the function that groups actors, or nil for none.
func (d drawing) clusters(st queries.Reader, f queries.Filter) (func(graph.Actor) string, error) {
	switch d.Cluster {
	case "country":
		return func(a graph.Actor) string { return a.Country }, nil
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

// scores returns the function that tells sizes, or nil for the number of events.
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

// sayCut says on stderr how many actors of g the standard --top leaves out, and
// nothing where the number was asked for.
func (d drawing) sayCut(e *env, g *encoding.Graph, o picture.Options) error {
	if d.asked || o.Top == 0 {
		return nil
	}
	all, err := picture.Choose(g, picture.Options{Ego: o.Ego, Hops: o.Hops})
	if err == nil && len(all.Nodes) > o.Top {
		e.warnf("drawn are the %d actors with the most events of %d: --top 0 draws all", o.Top, len(all.Nodes))
	}
	return err
}
