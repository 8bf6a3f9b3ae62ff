package main

import (
	"context"
	"io"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"entente/graph"
	"entente/graph/encoding"
	"entente/graph/encoding/html"
	"entente/graph/encoding/png"
	"entente/graph/encoding/svg"
	"entente/graph/picture"
	"entente/store"
)

// pictureFormats are what entente draw writes.
var pictureFormats = []string{"svg", "png", "html"}

// mostDrawn is how many actors a picture may show: placing more takes long, and
// nobody can read them.
const mostDrawn = 1000

// drawOptions say what to draw where.
type drawOptions struct {
	reading // of Format, that of the picture
	filtering
	File    string // "" or "-" is stdout
	Title   string
	Theme   string // light, dark, or "" where none is asked for
	Top     int    // so many actors; 0 is all
	Ego     []string
	Hops    int
	Cluster string // none, type or country
}

func drawCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "draw",
		Usage: "a picture of the graph: SVG, PNG, or a page to explore in a browser",
		Description: `entente draw -o graph.svg
entente draw --ego macron --hops 1 -o macron.png
entente draw --top 100 --since 2024 --quad conflict -o conflicts.html

Size tells how many events an actor takes part in, colour and width of an arrow how
cooperative and how many its events are. The page needs no network: it is one file
with all quotes in it.`,
		ArgsUsage: "-o FILE.svg|FILE.png|FILE.html [OPTIONS]",
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "`FILE` to write, whole or not at all; default stdout"},
			&cli.StringFlag{Name: "format", Aliases: []string{"f"}, Usage: "`FORMAT`: svg, png or html; default what the file's name ends in"},
			&cli.StringFlag{Name: "title", Usage: "`TEXT` above the picture"},
			&cli.StringFlag{Name: "theme", Usage: "`THEME`: light or dark; default light, and for html what the browser prefers"},
			&cli.IntFlag{Name: "top", Value: 40, Usage: "only the `N` actors with the most events; 0 is all"},
			&cli.StringSliceFlag{Name: "ego", Usage: "only the `ACTOR` and who is around; may be repeated"},
			&cli.IntFlag{Name: "hops", Value: 1, Usage: "with --ego: at most `N` hops around"},
			&cli.StringFlag{Name: "cluster", Value: "none", Usage: "outline the actors of one `GROUP`: country, type or none"},
			dictFlag(),
			rawFlag(),
			dbFlag(),
		}, filterFlags()...),
		Action: func(c *cli.Context) error {
			if err := arguments(c, 0, 0, "no arguments: the file is named by -o FILE"); err != nil {
				return err
			}
			o, err := drawOptionsOf(c)
			if err != nil {
				return err
			}
			return runDraw(c.Context, o, e)
		},
	}
}

func drawOptionsOf(c *cli.Context) (o drawOptions, err error) {
	o.File, o.Title, o.Ego, o.Hops, o.Cluster = c.String("output"), c.String("title"), c.StringSlice("ego"), c.Int("hops"), c.String("cluster")
	o.Dicts, o.Raw, o.Theme = c.StringSlice("dict"), c.Bool("raw"), c.String("theme")
	if o.Format, err = pictureFormat(c.String("format"), o.File); err != nil {
		return o, err
	}
	if err = oneOf("theme", o.Theme, "light", "dark"); err != nil {
		return o, err
	}
	if err = oneOf("cluster", o.Cluster, "none", "country", "type"); err != nil {
		return o, err
	}
	if o.Top, err = countOf(c, "top"); err != nil {
		return o, err
	}
	if o.Hops, err = countOf(c, "hops"); err != nil {
		return o, err
	}
	if c.IsSet("hops") && len(o.Ego) == 0 {
		return o, usagef("--hops goes with --ego ACTOR")
	}
	if o.DB, err = dbOf(c); err != nil {
		return o, err
	}
	o.filtering, err = filterOf(c)
	return o, err
}

// pictureFormat returns the format that is asked for, or what the file's name
// ends in.
func pictureFormat(format, file string) (string, error) {
	if format != "" {
		return format, oneOf("format", format, pictureFormats...)
	}
	switch end := strings.ToLower(filepath.Ext(file)); end {
	case ".svg", ".png", ".html":
		return end[1:], nil
	case ".htm":
		return "html", nil
	}
	return "", usagef("say in which --format, svg, png or html, or name a file that ends so: -o graph.svg")
}

func runDraw(_ context.Context, o drawOptions, e *env) error {
	return e.withStore(o.reading, func(st *store.Store) error {
		f, err := o.on(st)
		if err != nil {
			return err
		}
		g, err := exported(st, f)
		if err != nil {
			return err
		}
		p, err := e.chosenPicture(st, g, o)
		if err != nil {
			return err
		}
		if len(p.Edges) == 0 {
			if err := e.nothing(st, f); err != nil {
				return err
			}
		}
		write := func(w io.Writer) error { return o.write(w, p, g) }
		if o.File == "" || o.File == "-" {
			return write(e.stdout)
		}
		return writeFile(o.File, write)
	})
}

// chosenPicture returns what is drawn, and says on stderr what is left out.
func (e *env) chosenPicture(st *store.Store, g *encoding.Graph, o drawOptions) (*picture.Picture, error) {
	ego, err := e.idsOf(st, o.Dicts, o.Ego)
	if err != nil {
		return nil, err
	}
	g.Name = o.Title
	chosen := picture.Options{Ego: ego, Hops: o.Hops, Cluster: clusterBy(o.Cluster)}
	all, err := picture.Choose(g, chosen)
	if err != nil {
		return nil, err
	}
	if o.Top == 0 || len(all.Nodes) <= o.Top {
		if len(all.Nodes) > mostDrawn {
			return nil, usagef("%d actors are more than a picture shows: draw --top %d, or narrow them; entente export --format dot has all", len(all.Nodes), mostDrawn)
		}
		return all, nil
	}
	if o.Top > mostDrawn {
		return nil, usagef("--top %d is more than a picture shows, %d", o.Top, mostDrawn)
	}
	chosen.Top = o.Top
	p, err := picture.Choose(g, chosen)
	if err == nil {
		e.warnf("drawn are %d of %d actors, those with the most events (--top 0 draws all)", len(p.Nodes), len(all.Nodes))
	}
	return p, err
}

func clusterBy(what string) func(graph.Actor) string {
	switch what {
	case "country":
		return func(a graph.Actor) string { return a.Country }
	case "type":
		return func(a graph.Actor) string { return string(a.Type) }
	}
	return nil
}

func (o drawOptions) write(w io.Writer, p *picture.Picture, g *encoding.Graph) error {
	l := p.Layout()
	switch o.Format {
	case "svg":
		return svg.Write(w, p, l, svg.Options{Dark: o.Theme == "dark"})
	case "png":
		return png.Write(w, p, l, png.Options{Dark: o.Theme == "dark"})
	}
	return html.Write(w, p, l, g.Facts, html.Options{Theme: o.Theme})
}
