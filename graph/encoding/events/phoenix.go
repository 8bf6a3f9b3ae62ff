package events

import (
	"io"
	"strconv"
	"strings"

	"entente/graph"
	"entente/graph/encoding"
)

// WritePhoenix writes the 26 columns of the Phoenix data, without a header, in
// the order of phoenix_pipeline's postprocess.py: event id, date, year, month,
// day; source and target, each in full, as root, agent and others; code, root
// code, quad class, Goldstein, issues; latitude, longitude, place, state,
// country; ids, URLs, sources.
//
// Dates are YYYYMMDD, and of a vague one the year and month that it has. The
// root of an actor is its CAMEO country, the agent its type. Quad classes are 1
// to 4, by the CAMEO root. The ids are that of the article, with the
// number of its sentence from 0, and those of its copies.
func WritePhoenix(w io.Writer, g *encoding.Graph) error {
	return write(w, g, nil, hasCAMEO, phoenixCells)
}

func phoenixCells(x encoding.Fact) []string {
	e := &x.Event
	year, month, day := parts(e.Date)
	cells := []string{x.ID, compact(e.Date), year, month, day}
	for _, a := range []graph.ActorRef{e.Source, e.Target} {
		cells = append(cells, code(a), country(a.Country), types[a.Type], "")
	}
	cells = append(cells, e.CAMEO, e.CAMEO[:2], strconv.Itoa(quad(e.CAMEO)), float(e.Goldstein), "", "", "")
	if e.Place != nil {
		cells = append(cells, e.Place.Name, "", country(e.Place.Country))
	} else {
		cells = append(cells, "", "", "")
	}
	ids := []string{e.Article + "_" + strconv.Itoa(e.Sentence)}
	for _, c := range e.Copies {
		ids = append(ids, c.Article)
	}
	return append(cells, list(ids), x.Article.URL, list(sources(e)))
}

// list joins values by semicolons, which are commas in them.
func list(values []string) string {
	parts := make([]string, len(values))
	for i, v := range values {
		parts[i] = strings.ReplaceAll(v, ";", ",")
	}
	return strings.Join(parts, ";")
}
