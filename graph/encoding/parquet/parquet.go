// Package parquet writes Apache Parquet tables for data frames and SQL engines.
package parquet

import (
	"io"
	"time"

	"github.com/parquet-go/parquet-go"

	"entente/graph"
	"entente/graph/encoding"
)

// rowsPerGroup bounds what a table keeps in memory before it is written.
const rowsPerGroup = 50_000

// Actor is a row of actors.parquet.
type Actor struct {
	ID       string   `parquet:"id"`
	Name     string   `parquet:"name"`
	Type     string   `parquet:"type,dict"`
	Country  string   `parquet:"country,dict"` // ISO 3166-1 alpha-3, or ""
	Mentions []string `parquet:"mentions,list"`
}

// Event is a row of events.parquet: one fact.
type Event struct {
	ID           string  `parquet:"id"`
	Source       string  `parquet:"source,dict"` // Actor.ID
	Target       string  `parquet:"target,dict"`
	Predicate    string  `parquet:"predicate,dict"`
	Symmetric    bool    `parquet:"symmetric"`
	Category     string  `parquet:"plover,dict"`
	Mode         string  `parquet:"mode,dict"`
	CAMEO        string  `parquet:"cameo,dict"` // "010" is not 10
	Quad         int32   `parquet:"quad"`
	Goldstein    float64 `parquet:"goldstein"`
	Status       string  `parquet:"status,dict"`
	AttributedTo string  `parquet:"attributed_to,dict"` // Actor.ID of who says so, or ""
	Date         string  `parquet:"date,dict"`          // of the precision of the text: "2024-04-04", "2024-04", "2024", ""
	Day          *int32  `parquet:"day,optional,date"`  // Date where it is a day
	DateBasis    string  `parquet:"date_basis,dict"`
	Place        string  `parquet:"place,dict"`
	PlaceCountry string  `parquet:"place_country,dict"`
}

// Evidence is a row of evidence.parquet: the sentence that an event stands on.
type Evidence struct {
	Event      string  `parquet:"event"` // Event.ID
	Article    string  `parquet:"article,dict"`
	URL        string  `parquet:"url,dict"`
	Title      string  `parquet:"title,dict"`
	Publisher  string  `parquet:"publisher,dict"`
	Published  string  `parquet:"published,dict"`
	Sentence   int32   `parquet:"sentence"` // index in the article, from 0
	Start      int64   `parquet:"start"`    // bytes of the article's text, [start, end)
	End        int64   `parquet:"end"`
	Quote      string  `parquet:"quote"`
	SourceText string  `parquet:"source_mention"` // the words that name the actors
	TargetText string  `parquet:"target_mention"`
	Rule       string  `parquet:"rule,dict"`
	Confidence float64 `parquet:"confidence"`
	Coder      string  `parquet:"coder,dict"`
	Copies     int32   `parquet:"copies"` // articles that print it again
}

// Write writes actors.parquet, events.parquet and evidence.parquet, compressed
// with Zstandard. Every fact, of whatever status, has one row in each of the last
// two, in the same order; they join by the event's id. Text is encoding.Text.
func Write(create func(name string) (io.WriteCloser, error), g *encoding.Graph) error {
	if err := table(create, "actors.parquet", g.Actors, actorRow); err != nil {
		return err
	}
	if err := table(create, "events.parquet", g.Facts, eventRow); err != nil {
		return err
	}
	return table(create, "evidence.parquet", g.Facts, evidenceRow)
}

func table[T, R any](create func(name string) (io.WriteCloser, error), name string, seq func(yield func(T, error) bool), row func(T) R) error {
	return encoding.WriteFile(create, name, func(w io.Writer) error {
		pw := parquet.NewGenericWriter[R](w, parquet.Compression(&parquet.Zstd), parquet.MaxRowsPerRowGroup(rowsPerGroup),
			parquet.CreatedBy("entente", "1", "0"))
		rows := make([]R, 0, 1000)
		for v, err := range seq {
			if err != nil {
				return err
			}
			if rows = append(rows, row(v)); len(rows) < cap(rows) {
				continue
			}
			if _, err := pw.Write(rows); err != nil {
				return err
			}
			rows = rows[:0]
		}
		if _, err := pw.Write(rows); err != nil {
			return err
		}
		return pw.Close()
	})
}

func actorRow(a graph.Actor) Actor {
	mentions := make([]string, len(a.Mentions))
	for i, m := range a.Mentions {
		mentions[i] = encoding.Text(m)
	}
	return Actor{encoding.Text(string(a.ID)), encoding.Text(a.Name), encoding.Text(string(a.Type)), encoding.Text(a.Country), mentions}
}

func eventRow(x encoding.Fact) Event {
	e := &x.Event
	row := Event{
		ID: x.ID, Source: encoding.Text(string(e.Source.ID)), Target: encoding.Text(string(e.Target.ID)), Predicate: encoding.Text(e.Predicate),
		Symmetric: e.Symmetric, Category: encoding.Text(e.Category), Mode: encoding.Text(e.Mode), CAMEO: encoding.Text(e.CAMEO),
		Quad: int32(e.Quad), Goldstein: e.Goldstein, Status: encoding.Text(string(e.Status)),
		Date: encoding.Text(string(e.Date)), Day: day(e.Date), DateBasis: encoding.Text(string(e.DateBasis)),
	}
	if e.AttributedTo != nil {
		row.AttributedTo = encoding.Text(string(e.AttributedTo.ID))
	}
	if e.Place != nil {
		row.Place, row.PlaceCountry = encoding.Text(e.Place.Name), encoding.Text(e.Place.Country)
	}
	return row
}

func evidenceRow(x encoding.Fact) Evidence {
	e := &x.Event
	return Evidence{
		Event: x.ID, Article: encoding.Text(e.Article), URL: encoding.Text(x.Article.URL), Title: encoding.Text(x.Article.Title),
		Publisher: encoding.Text(e.Publisher), Published: encoding.Text(string(e.Published)), Sentence: int32(e.Sentence),
		Start: int64(e.Span.Start), End: int64(e.Span.End), Quote: encoding.Text(e.Quote),
		SourceText: encoding.Text(e.Source.Mention), TargetText: encoding.Text(e.Target.Mention),
		Rule: encoding.Text(e.Rule), Confidence: e.Confidence, Coder: encoding.Text(e.Coder), Copies: int32(len(e.Copies)),
	}
}

// day returns d as days since 1970-01-01, or nil where d is no day.
func day(d graph.Date) *int32 {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return nil
	}
	n := int32(t.Unix() / 86400)
	return &n
}
