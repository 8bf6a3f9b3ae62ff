package main

import (
	"context"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"entente/graph/encoding"
	"entente/graph/encoding/html"
	"entente/graph/encoding/png"
	"entente/graph/encoding/svg"
	"entente/graph/picture"
)

// pictureFormats are what entente draw writes.
var pictureFormats = []string{"svg", "png", "html"}

// mostDrawn is how many actors a picture may show: placing more takes long, and
// nobody can read them.
const mostDrawn = 1000

// drawOptions say what to draw where.
type drawOptions struct {
	reading // of Format, that of the picture
	drawing
	filtering
	File  string // "" or "-" is stdout
	Title string
}

func drawCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "draw",
		Usage: "a picture of the graph: SVG, PNG, or a page to explore in a browser",
		Description: `entente draw -o graph.svg
entente draw --ego macron --hops 1 -o macron.png
entente draw --top 100 --since 2024 --quad conflict -o conflicts.html

Size tells how many events an actor takes part in, or another --size, colour and width
of an arrow how cooperative and how many its events are. The page needs no network: it is one file
with all quotes in it.`,
		ArgsUsage: "-o FILE.svg|FILE.png|FILE.html [OPTIONS]",
		Flags: slices.Concat([]cli.Flag{
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "`FILE` to write, whole or not at all; default stdout"},
			&cli.StringFlag{Name: "format", Aliases: []string{"f"}, Usage: "`FORMAT`: svg, png or html; default what the file's name ends in"},
			&cli.StringFlag{Name: "title", Usage: "`TEXT` above the picture"},
		}, drawingFlags(""), []cli.Flag{statesFlag(), rawFlag(), dbFlag()}, filterFlags()),
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
	o.File, o.Title, o.Raw, o.States = c.String("output"), c.String("title"), c.Bool("raw"), c.Bool("states")
	if o.Format, err = pictureFormat(c.String("format"), o.File); err != nil {
		return o, err
	}
	if o.drawing, err = drawingOf(c); err != nil {
		return o, err
	}
	if o.Top > mostDrawn {
		return o, usagef("--top %d is more than a picture shows, %d; entente export --format dot takes more", o.Top, mostDrawn)
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
	return e.withGraph(o.reading, func(st graphReader) error {
		f, err := o.on(st)
		if err != nil {
			return err
		}
		g, err := exported(st, f)
		if err != nil {
			return err
		}
		g.Name = o.Title
		p, err := o.choose(e, st, f, g, mostDrawn)
		if err != nil {
			return err
		}
		return e.writeTo(o.File, func(w io.Writer) error { return o.write(w, p, g) })
	})
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
