package events

import (
	"io"
	"strings"

	"entente/graph"
	"entente/graph/encoding"
)

var polecatHeader = []string{"Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
	"Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw", "Wikipedia Actor ID",
	"Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID",
	"Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type",
	"Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version"}

// quadCodes are PLOVER's quad classes as POLECAT spells them.
var quadCodes = [...]string{"", "VERBAL COOPERATION", "MATERIAL COOPERATION", "VERBAL CONFLICT", "MATERIAL CONFLICT"}

// sectors are PLOVER's sectors. Actors without one that their type tells (a
// person, a bloc) have none; a state is its government.
var sectors = map[graph.ActorType]string{
	graph.State: "GOV", graph.Government: "GOV", graph.Military: "MIL", graph.IGO: "IGO", graph.Party: "PTY", graph.ArmedGroup: "UAF",
	graph.NGO: "NGO", graph.Company: "BUS", graph.Media: "MED", graph.People: "CVL",
}

// WritePolecat writes the 40 columns of the POLECAT data with their header.
// Event types and modes are PLOVER's, quad codes its classes. Intensity is the
// Goldstein value of the CAMEO code, not PLOVER's own scale. Countries are ISO
// 3166-1 alpha-3; a vague date is empty. The raw names are the words of the
// text.
func WritePolecat(w io.Writer, g *encoding.Graph) error {
	return write(w, g, polecatHeader, hasCategory, polecatCells)
}

func polecatCells(x encoding.Fact) []string {
	e := &x.Event
	cells := []string{x.ID, wholeDay(e.Date), e.Category, e.Mode, float(e.Goldstein), quadCode(e.Quad), ""}
	for _, a := range []graph.ActorRef{e.Source, e.Target} {
		cells = append(cells, a.Name, a.Country, "", sectors[a.Type], sectors[a.Type], "", a.Mention, "")
	}
	place := make([]string, 10) // from Placename to Feature Type
	if e.Place != nil {
		place[0], place[4], place[8] = e.Place.Name, e.Place.Country, e.Place.Name
	}
	cells = append(cells, place...)
	return append(cells, strings.Join(sources(e), ";"), wholeDay(e.Published), "", "", "", "", e.Coder)
}

func quadCode(q int) string {
	if q < 0 || q >= len(quadCodes) {
		return ""
	}
	return quadCodes[q]
}

// wholeDay returns d where it is a day, or "".
func wholeDay(d graph.Date) string {
	if compact(d) == "" {
		return ""
	}
	return string(d)
}
