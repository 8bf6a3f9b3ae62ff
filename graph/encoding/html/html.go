// Package html writes a picture as a page to explore in a browser: one file that
// asks nothing of any network.
package html

import (
	"bufio"
	"crypto/sha256"
	_ "embed" // the page's style and script
	"encoding/base64"
	"fmt"
	"html"
	"io"
	"iter"
	"strings"

	"entente/graph/encoding"
	"entente/graph/encoding/svg"
	"entente/graph/picture"
)

//go:embed page.css
var style string

//go:embed page.js
var script string

// Options say how the page looks.
type Options struct {
	// Theme is light or dark; "" is what the browser prefers. Readers can switch
	// either.
	Theme string
}

// Write draws p as l lays it out, with the facts of its edges to read: pan,
// zoom, search, a period, quotes. Facts of what is not drawn are left out, and
// of each edge all but the newest 200 records.
//
// The page's policy (Content-Security-Policy) forbids it to load anything and
// to run any script but its own, which it names by hash. All text of the
// articles stands in JSON, or escaped; links lead to http and https alone.
func Write(w io.Writer, p *picture.Picture, l *picture.Layout, facts iter.Seq2[encoding.Fact, error], o Options) error {
	d, err := dataOf(p, facts)
	if err != nil {
		return err
	}
	embedded, err := d.json()
	if err != nil {
		return err
	}
	css := themes() + svg.Style + style
	b := bufio.NewWriter(w)
	theme := ""
	if o.Theme != "" {
		theme = fmt.Sprintf(` data-theme="%s"`, html.EscapeString(o.Theme))
	}
	title := html.EscapeString(encoding.Line(p.Name))
	shown := title
	if title == "" {
		title, shown = "entente", "Who did what to whom"
	}
	fmt.Fprintf(b, `<!DOCTYPE html>
<html lang="en"%s>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '%s'; script-src '%s'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>%s</title>
<style>%s</style>
</head>
<body>
<header>
<h1 id="title">%s</h1>
<div class="search"><input id="search" type="search" placeholder="Find an actor" aria-label="Find an actor" autocomplete="off"><ul id="results" hidden></ul></div>
<button id="theme" type="button" aria-label="Light or dark" title="Light or dark">◐</button>
</header>
<main>
`, theme, hash(css), hash(script), title, css, shown)
	if err := svg.Inline(b, p, l, `id="graph" role="group" aria-label="The graph"`); err != nil {
		return err
	}
	b.WriteString(`<div id="zoom"><button id="zoom-in" type="button" aria-label="Nearer">+</button><button id="zoom-out" type="button" aria-label="Farther">−</button><button id="zoom-all" type="button" aria-label="All">⤢</button></div>
<aside id="panel" aria-label="Events" tabindex="-1" hidden><button id="close" type="button" aria-label="Close">✕</button><div id="told"></div></aside>
</main>
<footer>
<fieldset id="period" hidden>
<label><span>from</span> <input id="since" type="range" min="0" max="0" value="0"><output id="since-day" for="since"></output></label>
<label><span>to</span> <input id="until" type="range" min="0" max="0" value="0"><output id="until-day" for="until"></output></label>
</fieldset>
<span id="count" aria-live="polite"></span>
<ul id="legend">
`)
	for _, k := range l.Keys {
		if k.Edge {
			fmt.Fprintf(b, "<li><i class=\"line q%d\"></i>%s</li>\n", k.Quad, html.EscapeString(k.Text))
		} else {
			fmt.Fprintf(b, "<li><i class=\"disc t-%s\"></i>%s</li>\n", html.EscapeString(string(k.Type)), html.EscapeString(k.Text))
		}
	}
	fmt.Fprintf(b, `</ul>
</footer>
<div id="tip" role="tooltip" hidden></div>
<noscript>Without scripts this page shows the picture alone.</noscript>
<script type="application/json" id="data">%s</script>
<script>%s</script>
</body>
</html>
`, embedded, script)
	return b.Flush() // a bufio.Writer keeps its first error
}

// hash returns a text as a policy names it.
func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// themes returns the colours of both themes.
func themes() string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n:root { %s }\n", svg.Variables(picture.Light))
	fmt.Fprintf(&b, "@media (prefers-color-scheme: dark) { :root:not([data-theme=light]) { %s } }\n", svg.Variables(picture.Dark))
	fmt.Fprintf(&b, ":root[data-theme=dark] { %s }\n", svg.Variables(picture.Dark))
	b.WriteString(":root[data-theme=light] { color-scheme: light; }\n:root[data-theme=dark] { color-scheme: dark; }\n")
	return b.String()
}
