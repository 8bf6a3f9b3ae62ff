package events

import (
	"io"
	"strconv"
	"strings"

	"entente/graph"
	"entente/graph/encoding"
)

// WriteGDELT writes the 61 columns of a GDELT 2.0 event table, without a header
// (GDELT Event Database Codebook V2.0, 2015).
//
// GLOBALEVENTID is a number made of the fact's id. Dates that are vague leave
// SQLDATE and FractionDate empty. Actor countries are CAMEO's; geography has
// the name of the place alone, with type and FIPS country left empty.
// IsRootEvent is 1 in the first sentence of an article. NumMentions and
// NumArticles count the article and its copies, NumSources its publishers, at
// least one. DATEADDED is midnight of the day of publication. QuadClass is that
// of the CAMEO root.
func WriteGDELT(w io.Writer, g *encoding.Graph) error {
	return write(w, g, nil, hasCAMEO, gdeltCells)
}

func gdeltCells(x encoding.Fact) []string {
	e := &x.Event
	year, month, _ := parts(e.Date)
	monthYear := ""
	if month != "" {
		monthYear = year + month
	}
	reports := strconv.Itoa(1 + len(e.Copies))
	cells := []string{number(x.ID), compact(e.Date), monthYear, year, fractionDate(e.Date)}
	cells = append(cells, gdeltActor(e.Source)...)
	cells = append(cells, gdeltActor(e.Target)...)
	cells = append(cells, bit(e.Sentence == 0), e.CAMEO, e.CAMEO[:min(3, len(e.CAMEO))], e.CAMEO[:2], strconv.Itoa(quad(e.CAMEO)), float(e.Goldstein),
		reports, strconv.Itoa(max(1, len(sources(e)))), reports, "")
	cells = append(cells, make([]string, 16)...) // the geography of the actors
	action := make([]string, 8)
	if e.Place != nil {
		action[1] = e.Place.Name
	}
	cells = append(cells, action...)
	added := compact(e.Published)
	if added != "" {
		added += "000000"
	}
	return append(cells, added, x.Article.URL)
}

// gdeltActor returns the ten columns of an actor: code, name, country, known
// group, ethnic, two of religion and three types.
func gdeltActor(a graph.ActorRef) []string {
	return []string{code(a), strings.ToUpper(a.Name), country(a.Country), "", "", "", "", types[a.Type], "", ""}
}

// fractionDate returns the year and the part of it that has passed, by GDELT's
// approximation of months of 30 days and a year of 365. The codebook prints
// (month*30+day)/365, which is past the year's end in December, and says that
// the fraction stays below 1: whole months that have passed are meant.
func fractionDate(d graph.Date) string {
	if compact(d) == "" {
		return ""
	}
	t, _ := d.Time()
	return strconv.FormatFloat(float64(t.Year())+float64((int(t.Month())-1)*30+t.Day())/365, 'f', 4, 64)
}

func bit(b bool) string {
	if b {
		return "1"
	}
	return "0"
}
