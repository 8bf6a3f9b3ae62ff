package ingest

import (
	"errors"
	"fmt"

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
}

// finish makes an article of d. It returns an *Error where d is no article.
func (d draft) finish(src Source, opts Options) (graph.Article, error) {
	a := graph.Article{
		ID:        oneLine(d.id),
		Title:     oneLine(d.title),
		Publisher: oneLine(d.publisher),
		URL:       oneLine(d.url),
		Body:      body(d.paragraphs),
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
		return graph.Article{}, src.fail(d.line, "split it or raise the limit",
			fmt.Errorf("its text has %d bytes, more than the %d of one article", len(a.Body), opts.MaxArticle))
	}
	var err error
	if a.Published, err = d.published(src, opts); err != nil {
		return graph.Article{}, err
	}
	return a, nil
}

var errNoText = errors.New("no text")

// published reads the date of d. A malformed one is a warning and no date, or
// with Options.Strict an error.
func (d draft) published(src Source, opts Options) (graph.Date, error) {
	if oneLine(d.date) == "" {
		return opts.Published, nil
	}
	date, err := parseDate(d.date)
	if err == nil {
		return date, nil
	}
	cause := fmt.Errorf("%s: %w", d.dateField, err)
	const form = "write it as 2024-04-04"
	if opts.Strict {
		return "", src.fail(d.line, form, cause)
	}
	opts.warn(&Warning{Path: src.Path, Line: d.line, Cause: fmt.Errorf("%w; read without a date", cause), Hint: form})
	return "", nil
}
