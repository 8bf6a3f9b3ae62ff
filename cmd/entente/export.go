package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/urfave/cli/v2"

	"entente/graph"
	"entente/graph/encoding"
	"entente/graph/encoding/csv"
	"entente/graph/encoding/cytoscape"
	"entente/graph/encoding/dot"
	"entente/graph/encoding/events"
	"entente/graph/encoding/ftm"
	"entente/graph/encoding/gexf"
	"entente/graph/encoding/graphml"
	"entente/graph/encoding/graphology"
	"entente/graph/encoding/jsonl"
	"entente/graph/encoding/neo4j"
	"entente/graph/encoding/nodelink"
	"entente/graph/encoding/parquet"
	"entente/graph/encoding/rdf"
	"entente/queries"
	"entente/store"
)

// exportFormat is a format that everything a filter lets through is written in: as
// one file, or as several.
type exportFormat struct {
	name   string
	facts  bool // it reads no relations
	file   func(io.Writer, *encoding.Graph, exportOptions) error
	folder func(create func(name string) (io.WriteCloser, error), g *encoding.Graph) error
}

// simple makes a writer without options one of exportFormat.
func simple(write func(io.Writer, *encoding.Graph) error) func(io.Writer, *encoding.Graph, exportOptions) error {
	return func(w io.Writer, g *encoding.Graph, _ exportOptions) error { return write(w, g) }
}

// dotFormat is the format of a picture: of it alone, drawingFlags choose what is drawn.
const dotFormat = "dot"

// jsonLines is the format that has everything, whatever the filter, and of which
// entente db import makes the store again.
const jsonLines = "jsonl"

// exportFormats are all but dotFormat and jsonLines.
var exportFormats = []exportFormat{
	{name: "graphml", file: simple(graphml.Write)},
	{name: "gexf", file: func(w io.Writer, g *encoding.Graph, o exportOptions) error {
		return gexf.Write(w, g, gexf.Options{Version: o.GEXF})
	}},
	{name: "cytoscape", file: simple(cytoscape.Write)},
	{name: "graphology", file: simple(graphology.Write)},
	{name: "node-link", file: simple(nodelink.Write)},
	{name: "csv", folder: csv.Write},
	{name: "neo4j", facts: true, folder: neo4j.Write},
	{name: "parquet", facts: true, folder: parquet.Write},
	{name: "nquads", facts: true, file: simple(rdf.WriteNQuads)},
	{name: "turtle", facts: true, file: simple(rdf.WriteTurtle)},
	{name: "jsonld", facts: true, file: simple(rdf.WriteJSONLD)},
	{name: "ftm", facts: true, file: simple(ftm.Write)},
	{name: "gdelt", facts: true, file: simple(events.WriteGDELT)},
	{name: "phoenix", facts: true, file: simple(events.WritePhoenix)},
	{name: "polecat", facts: true, file: simple(events.WritePolecat)},
}

func exportNames() []string {
	names := []string{dotFormat}
	for _, f := range exportFormats {
		names = append(names, f.name)
	}
	return append(names, jsonLines)
}

func formatNamed(name string) (exportFormat, bool) {
	i := slices.IndexFunc(exportFormats, func(f exportFormat) bool { return f.name == name })
	if i < 0 {
		return exportFormat{}, false
	}
	return exportFormats[i], true
}

// exportOptions say what to write where.
type exportOptions struct {
	DB        string
	Format    string // one of exportNames
	File      string // "" or "-" is stdout; of a format of several files a folder
	Layout    string // of dotFormat, one of dot.Layouts, or ""
	drawing          // of dotFormat
	GEXF      string // its version
	Raw       bool   // the graph before judgements
	States    bool   // states stand for the actors of their countries
	filtering        // of all but jsonLines
}

func exportCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "export",
		Usage: "write the graph for other programs: Graphviz, Gephi, Cytoscape, networkx, Neo4j, R, RDF, spreadsheets",
		Description: `entente export --format dot | dot -Tsvg > graph.svg
entente export --format dot --ego macron --hops 2 --cluster country --theme dark -o graph.dot
entente export --format dot --top 100 --size pagerank --layout sfdp | dot -Tpdf > graph.pdf
entente export --format gexf --quad conflict --since 2024 -o graph.gexf
entente export --format csv -o tables
entente export --format jsonl -o events.jsonl

All formats but jsonl have the asserted events, or those that the filters let through: dot the 40 actors with the most of
them, unless asked for others, and like graphml, gexf, cytoscape, graphology, node-link and csv folded by actors, category
and predicate; the others have them one by one. JSON Lines has everything: facts in the form that entente extract prints, by
the hash of the article, and lines about articles and the store, of which entente db import makes it again. docs/exports.md tells what is in each, and which programs read it.`,
		ArgsUsage: "--format FORMAT [OPTIONS]",
		Flags: slices.Concat([]cli.Flag{
			&cli.StringFlag{Name: "format", Aliases: []string{"f"}, Usage: "`FORMAT`: " + join(exportNames())},
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "`FILE` to write, whole or not at all; default stdout. csv, neo4j, parquet: a folder"},
		}, dotFlags(), []cli.Flag{
			&cli.StringFlag{Name: "gexf-version", Value: gexf.Versions[0], Usage: "gexf: " + join(gexf.Versions) + ", which networkx reads"},
			statesFlag(),
			rawFlag(),
			dbFlag(),
		}, filterFlags()),
		Action: func(c *cli.Context) error {
			o, err := exportOptionsOf(c)
			if err != nil {
				return err
			}
			return runExport(c.Context, o, e)
		},
	}
}

// dotFlags are those of dotFormat alone.
func dotFlags() []cli.Flag {
	return append(drawingFlags("dot: "), &cli.StringFlag{Name: "layout", Usage: "dot: `ENGINE` of Graphviz, written in the file, " + join(dot.Layouts)})
}

func exportOptionsOf(c *cli.Context) (o exportOptions, err error) {
	if err := arguments(c, 0, 0, "no arguments: the file is named by -o FILE"); err != nil {
		return o, err
	}
	o = exportOptions{Format: c.String("format"), File: c.String("output"), GEXF: c.String("gexf-version"), Raw: c.Bool("raw"), States: c.Bool("states")}
	if o.Format == "" {
		return o, usagef("say which --format: %s", join(exportNames()))
	}
	if err := oneOf("format", o.Format, exportNames()...); err != nil {
		return o, err
	}
	if err := oneOf("gexf-version", o.GEXF, gexf.Versions...); err != nil {
		return o, err
	}
	if c.IsSet("gexf-version") && o.Format != "gexf" {
		return o, usagef("--gexf-version goes with --format gexf")
	}
	if o.DB, err = dbOf(c); err != nil {
		return o, err
	}
	if err := o.readDrawing(c); err != nil {
		return o, err
	}
	if f, _ := formatNamed(o.Format); f.folder != nil && (o.File == "" || o.File == "-") {
		return o, usagef("--format %s is several files: name a folder for them with -o FOLDER", o.Format)
	}
	if o.filtering, err = filterOf(c); err != nil {
		return o, err
	}
	for _, f := range append(filterFlags(), statesFlag()) {
		if name := f.Names()[0]; c.IsSet(name) && o.Format == jsonLines {
			return o, usagef("--%s does not go with --format jsonl: JSON Lines has everything (for a part: entente events --format jsonl)", name)
		}
	}
	return o, nil
}

// readDrawing reads dotFlags.
func (o *exportOptions) readDrawing(c *cli.Context) (err error) {
	for _, f := range dotFlags() {
		if name := f.Names()[0]; c.IsSet(name) && o.Format != dotFormat {
			return usagef("--%s goes with --format dot: the others have all that the filters let through", name)
		}
	}
	if o.drawing, err = drawingOf(c); err != nil {
		return err
	}
	o.Layout = c.String("layout")
	if err := oneOf("layout", o.Layout, dot.Layouts...); err != nil {
		return err
	}
	if o.Cluster != "none" && !dot.Groups(o.Layout) {
		return usagef("--cluster %s does not go with --layout %s, which does not keep groups together: take dot or fdp", o.Cluster, o.Layout)
	}
	return nil
}

func runExport(_ context.Context, o exportOptions, e *env) error {
	from := reading{DB: o.DB, Raw: o.Raw, States: o.States}
	if o.Format == jsonLines {
		return e.withStore(from, func(st *store.Store) error {
			return e.writeTo(o.File, func(w io.Writer) error { return exportLines(w, st) })
		})
	}
	return e.withGraph(from, func(st graphReader) error {
		f, err := o.on(st)
		if err != nil {
			return err
		}
		if o.Format == dotFormat {
			return o.exportDOT(e, st, f)
		}
		format, _ := formatNamed(o.Format)
		g, none, err := format.read(st, f)
		if err != nil {
			return err
		}
		if none {
			if err := e.nothing(st, f); err != nil {
				return err
			}
		}
		if format.folder != nil {
			return writeFolder(o.File, func(create func(string) (io.WriteCloser, error)) error { return format.folder(create, g) })
		}
		return e.writeTo(o.File, func(w io.Writer) error { return format.file(w, g, o) })
	})
}

func (o exportOptions) exportDOT(e *env, st graphReader, f queries.Filter) error {
	g, err := exported(st, f)
	if err != nil {
		return err
	}
	p, err := o.choose(e, st, f, g, 0)
	if err != nil {
		return err
	}
	return e.writeTo(o.File, func(w io.Writer) error {
		return dot.Write(w, p, dot.Options{Dark: o.Theme == "dark", Layout: o.Layout})
	})
}

// read returns what the format is written of, and whether the filter lets nothing
// through.
func (x exportFormat) read(st graphReader, f queries.Filter) (g *encoding.Graph, none bool, err error) {
	if x.facts {
		return exportedFacts(st, f)
	}
	g, err = exported(st, f)
	return g, err == nil && len(g.Relations) == 0 && narrows(f), err
}

// writeTo writes a file, or stdout where there is none.
func (e *env) writeTo(file string, write func(io.Writer) error) error {
	if file == "" || file == "-" {
		return write(e.stdout)
	}
	return writeFile(file, write)
}

func exportLines(w io.Writer, st *store.Store) error {
	var lines bytes.Buffer
	enc := jsonl.NewEncoder(&lines)
	return st.ExportLines(w, func(r graph.Record) ([]byte, error) {
		lines.Reset()
		err := enc.Encode(r)
		return lines.Bytes(), err
	})
}

// writeFolder writes files into a folder, all or none: beside it first, and then in
// its place. A folder that has something in it stays as it is.
func writeFolder(name string, write func(create func(string) (io.WriteCloser, error)) error) (err error) {
	if entries, err := os.ReadDir(name); err == nil && len(entries) > 0 {
		return usagef("%s is not empty: name another folder, or remove what is in it", name)
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("cannot write the folder %s: %w", name, err)
	}
	beside := fmt.Sprintf("%s.%d.part", filepath.Clean(name), os.Getpid())
	if err := os.Mkdir(beside, 0o777); err != nil {
		return fmt.Errorf("cannot write the folder %s: %w", name, err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(beside))
		}
	}()
	err = write(func(file string) (io.WriteCloser, error) {
		f, err := os.OpenFile(filepath.Join(beside, file), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		return syncedFile{f}, err
	})
	if err != nil {
		return err
	}
	if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) { // it is empty
		return err
	}
	return os.Rename(beside, name)
}

// syncedFile is on the disk once it is closed.
type syncedFile struct{ *os.File }

func (f syncedFile) Close() error { return errors.Join(f.Sync(), f.File.Close()) }

// writeFile writes a file whole or not at all: beside it first, and then in its
// place. A file that is not a regular one (/dev/stdout) is written to as it is.
func writeFile(name string, write func(io.Writer) error) error {
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		f, err := os.OpenFile(name, os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		return errors.Join(write(f), f.Close())
	}
	// Not os.CreateTemp, which makes files that only their owner may read.
	beside := fmt.Sprintf("%s.%d.part", name, os.Getpid())
	f, err := os.OpenFile(beside, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", name, err)
	}
	if err := errors.Join(write(f), f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(beside))
	}
	return os.Rename(beside, name)
}
