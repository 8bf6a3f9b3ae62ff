package ingest

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"time"

	"entente/extract/dateline"
	"entente/graph"
)

// draft is what a reader found out about one article, before it is cleaned and
// checked.
type draft struct {
	id         string // the input's own id, or ""
	number     int    // place in the input, from 1; 0 if the input is one article
	line       int    // where it begins, from 1; 0 if the input is one article
	title      string
	date       string // as written
	dateField  string // the name date stood under
	dateFrom   graph.DateSource
	language   string // that the input declares, in any form ("en-GB", "English"), or ""
	publisher  string
	url        string
	paragraphs []string // clean
	index      bool     // a page of links to articles
}

// text returns the paragraphs that are news. A first line that repeats the title
// is taken off: what a headline says would be coded twice.
func (d draft) text() []string {
	paragraphs := withoutBoilerplate(d.paragraphs)
	if len(paragraphs) > 1 && titleLike(paragraphs[:1]) && strings.EqualFold(paragraphs[0], oneLine(d.title)) {
		return paragraphs[1:]
	}
	return paragraphs
}

// finish makes an article of d. It returns an *Error where d is no article.
func (d draft) finish(src Source, opts Options) (graph.Article, error) {
	a := graph.Article{
		ID:        oneLine(d.id),
		Title:     oneLine(d.title),
		Publisher: oneLine(d.publisher),
		URL:       oneLine(d.url),
		Body:      body(d.text()),
		Origin:    src.Path,
	}
	if d.line > 0 {
		a.Origin = fmt.Sprintf("%s:%d", src.Path, d.line)
	}
	if a.ID == "" {
		a.ID = src.name()
		if d.number > 0 {
			a.ID = fmt.Sprintf("%s-%d", a.ID, d.number)
		}
	}
	if a.Body == "" {
		return graph.Article{}, src.fail(d.line, "leave it out or add its text", errNoText)
	}
	if len(a.Body) > opts.MaxArticle {
		return graph.Article{}, src.fail(d.line, "split it into articles, or leave it out",
			fmt.Errorf("its text has %d bytes, more than the %d of one article", len(a.Body), opts.MaxArticle))
	}
	if err := d.checkLanguage(a.Body, src, opts); err != nil {
		return graph.Article{}, err
	}
	line, _ := dateline.Parse(a.Body)
	var err error
	if a.Published, a.DateFrom, err = d.published(a.URL, line, src, opts); err != nil {
		return graph.Article{}, err
	}
	near, _ := a.Published.Time()
	a.Dateline = graph.Dateline{Place: oneLine(line.Place), Agency: oneLine(line.Agency), Date: graph.Date(line.Date(near))}
	return a, nil
}

var errNoText = errors.New("no text")

// published finds the day of publication: the input's own date, else that in the
// address, of the dateline if it names a year, in the file's name, or of
// Options. A malformed one is a warning and no date, or with Options.Strict an
// error: nothing is put in its place.
func (d draft) published(url string, line dateline.Dateline, src Source, opts Options) (graph.Date, graph.DateSource, error) {
	if oneLine(d.date) == "" {
		date, from := d.guessed(url, line, src, opts)
		return date, from, nil
	}
	date, err := parseDate(d.date, opts.dateOrder(d.dateField))
	opts.orders.note(d.dateField, d.date)
	if err == nil {
		if day := dayWithin(date, line); day != "" {
			return day, graph.FromDateline, nil
		}
		return date, cmp.Or(d.dateFrom, graph.FromField), nil
	}
	cause := fmt.Errorf("%s: %w", d.dateField, err)
	form := "write it as 2024-04-04"
	if errors.Is(err, errTwoDays) {
		form = "say which with --date-order dmy or mdy, or write it as 2024-04-04"
	}
	if opts.Strict {
		return "", "", src.fail(d.line, form, cause)
	}
	opts.warn(&Warning{Path: src.Path, Line: d.line, Cause: fmt.Errorf("%w; read without a date", cause), Hint: form})
	return "", "", nil
}

// dayWithin returns the day of a dateline that lies in a year or month, or "".
func dayWithin(date graph.Date, line dateline.Dateline) graph.Date {
	t, ok := date.Time()
	if !ok || len(date) == len(time.DateOnly) {
		return ""
	}
	line.Year = cmp.Or(line.Year, t.Year())
	if day := line.Date(t); strings.HasPrefix(day, string(date)) {
		return graph.Date(day)
	}
	return ""
}

// guessed finds the date of an article whose input names none. The name of a
// file says something of a file that is one article.
func (d draft) guessed(url string, line dateline.Dateline, src Source, opts Options) (graph.Date, graph.DateSource) {
	if date := dateInURL(url); date != "" {
		return date, graph.FromURL
	}
	if date := line.Date(time.Time{}); date != "" {
		return graph.Date(date), graph.FromDateline
	}
	if d.number == 0 {
		if date := dateInPath(src.Path); date != "" {
			return date, graph.FromFileName
		}
	}
	if opts.Published != "" {
		return opts.Published, graph.FromOption
	}
	return "", ""
}
