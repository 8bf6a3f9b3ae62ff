package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"
	"io"
	"net/url"
	"strings"

	"entente/graph"
	"entente/graph/encoding"
	"entente/graph/encoding/svg"
	"entente/graph/picture"
	"entente/queries"
)

var (
	//go:embed report.html
	pageText string
	//go:embed report.css
	pageRules string
)

// pageStyle has the colours of the pictures, in both schemes; paper is light.
var pageStyle = ":root { " + svg.Variables(picture.Light) + " }\n" +
	"@media screen and (prefers-color-scheme: dark) { :root { " + svg.Variables(picture.Dark) + " } }\n" + svg.Style + pageRules

var pageTemplate = template.Must(template.New("report").Funcs(template.FuncMap{
	"line": encoding.Line, "spaced": spaced, "plural": plural, "nameOr": nameOr, "period": period,
	"quads": quads, "kind": kind, "alsoIn": alsoIn,
	"fill": picture.Fill,
}).Parse(pageText))

// page is a report. What is not asked for, or not there, has no section. Its texts
// are of any source: the template escapes them.
type page struct {
	Title, Filter, Version string
	States                 bool // they stand for others
	graph.Counts
	Quads         queries.Quads
	Cards         []queries.Card
	Directions    []queries.Direction // between two actors
	Categories    []*categoryCount
	Figures       []pageFigure
	Strongest     []told
	News          *news
	Disputed      []dispute
	DisputedTotal int
}

// categoryCount is a category and the length of its bar, in percent of the longest.
type categoryCount struct {
	Category     string
	Quad, Events int
	Part         float64
}

type pageFigure struct {
	Title string
	SVG   template.HTML
	Keys  []picture.Key // the legend
	Note  string
}

// told is an event with what is known of its article.
type told struct {
	*graph.Event
	Times    int    // distinct events of the same relation; 0 is not told
	Voices   string // who says so, of a dispute
	Headline string
	URL      string // http or https, or ""
}

type news struct {
	Since  graph.Date
	Total  int
	Events []told
}

type dispute struct {
	Kind, A, B string
	Sides      []told
}

// figure adds a picture that draw writes: one <svg> element, whose texts are
// escaped, which needs neither scripts nor style attributes.
func (p *page) figure(title string, draw func(io.Writer) error) error {
	var b bytes.Buffer
	if err := draw(&b); err != nil {
		return err
	}
	p.Figures = append(p.Figures, pageFigure{Title: title, SVG: template.HTML(b.String())})
	return nil
}

// Style is the style sheet of the page.
func (p *page) Style() template.CSS { return template.CSS(pageStyle) }

// Policy is the Content Security Policy of the page: it loads nothing, runs
// nothing, and has this one style sheet.
func (p *page) Policy() string {
	sum := sha256.Sum256([]byte(pageStyle))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'"
}

func (p *page) write(w io.Writer) error {
	b := bufio.NewWriter(w)
	if err := pageTemplate.Execute(b, p); err != nil {
		return err
	}
	return b.Flush()
}

// webAddress returns address if it is one of the web, else "".
func webAddress(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return u.String()
}
