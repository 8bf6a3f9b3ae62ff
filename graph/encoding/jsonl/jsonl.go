// Package jsonl writes and reads the project's line format: one JSON object a
// line, each an event, an actor or an affiliation of one article. Every other
// format can be made from it. The other lines of an export of a whole store
// (docs/format.md) have no "article".
package jsonl

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"

	"entente/graph"
)

// MaxLine is the length of the longest line that Decode reads, in bytes.
const MaxLine = 16 << 20

// Encoder writes records. It is not safe for concurrent use.
type Encoder struct {
	w   io.Writer
	buf bytes.Buffer
}

// NewEncoder returns an Encoder that writes to w, each record in one Write.
func NewEncoder(w io.Writer) *Encoder { return &Encoder{w: w} }

// actorLine and affiliationLine are the lines that are not events.
type actorLine struct {
	Article string      `json:"article"`
	Actor   graph.Actor `json:"actor"`
}

type affiliationLine struct {
	Article     string      `json:"article"`
	Affiliation affiliation `json:"affiliation"`
}

// affiliation is a graph.Affiliation without its article, which the line
// names already.
type affiliation struct {
	Person    graph.NameRef `json:"person"`
	Role      string        `json:"role"`
	Org       graph.NameRef `json:"org"`
	Former    bool          `json:"former"`
	Sentence  int           `json:"sentence"`
	Span      graph.Span    `json:"span"`
	Quote     string        `json:"quote"`
	Published graph.Date    `json:"published"`
}

// Encode writes the lines of one article: its events in their order, its
// actors by id, its affiliations in their order. A record without any writes
// nothing. If a value has no JSON form, such as a confidence that is no
// number, nothing of the record is written.
func (e *Encoder) Encode(r graph.Record) error {
	e.buf.Reset()
	enc := json.NewEncoder(&e.buf)
	enc.SetEscapeHTML(false) // quotes are to be found with grep as they stand
	for i := range r.Events {
		if err := enc.Encode(&r.Events[i]); err != nil {
			return fmt.Errorf("article %q: event %d: %w", r.Article.ID, i, err)
		}
	}
	actors := slices.Clone(r.Actors)
	slices.SortStableFunc(actors, func(a, b graph.Actor) int { return cmp.Compare(a.ID, b.ID) })
	for _, a := range actors {
		if a.Mentions == nil {
			a.Mentions = []string{}
		}
		if err := enc.Encode(actorLine{r.Article.ID, a}); err != nil {
			return fmt.Errorf("article %q: actor %s: %w", r.Article.ID, a.ID, err)
		}
	}
	for i, a := range r.Affiliations {
		line := affiliationLine{a.Article, affiliation{a.Person, a.Role, a.Org, a.Former,
			a.Sentence, a.Span, a.Quote, a.Published}}
		if err := enc.Encode(line); err != nil {
			return fmt.Errorf("article %q: affiliation %d: %w", r.Article.ID, i, err)
		}
	}
	if e.buf.Len() == 0 {
		return nil
	}
	_, err := e.w.Write(e.buf.Bytes())
	return err
}

// Line is one line of the format. Of Event, Actor and Affiliation, exactly one
// is not nil.
type Line struct {
	Article     string // Article.ID
	Event       *graph.Event
	Actor       *graph.Actor
	Affiliation *graph.Affiliation
}

// ErrNotALine says that a line holds JSON of another kind.
var ErrNotALine = errors.New("neither an event (source, predicate, target) nor an actor nor an affiliation")

// Decode yields the lines of r. Empty lines and those of an export that are no facts
// are skipped, and fields that the format does not have ignored. For a line it cannot read it yields an error
// that begins with the number of the line, from 1, and goes on with the next;
// if r itself fails, or a line is longer than MaxLine, it yields that error
// and ends.
func Decode(r io.Reader) iter.Seq2[Line, error] {
	return func(yield func(Line, error) bool) {
		lines := bufio.NewScanner(r)
		lines.Buffer(nil, MaxLine)
		n := 0
		for lines.Scan() {
			n++
			text := bytes.TrimSpace(lines.Bytes())
			if len(text) == 0 {
				continue
			}
			line, err := parse(text)
			if errors.Is(err, errOther) {
				continue
			}
			if err != nil {
				line, err = Line{}, fmt.Errorf("line %d: %w", n, err)
			}
			if !yield(line, err) {
				return
			}
		}
		err := lines.Err()
		switch {
		case errors.Is(err, bufio.ErrTooLong):
			yield(Line{}, fmt.Errorf("line %d: longer than %d bytes: %w", n+1, MaxLine, err))
		case err != nil:
			yield(Line{}, fmt.Errorf("line %d: %w", n+1, err))
		}
	}
}

// Add adds the fact that a line holds to a record, which is to be of its article.
func Add(line []byte, to *graph.Record) error {
	l, err := parse(bytes.TrimSpace(line))
	switch {
	case err != nil:
		return err
	case l.Event != nil:
		to.Events = append(to.Events, *l.Event)
	case l.Actor != nil:
		to.Actors = append(to.Actors, *l.Actor)
	default:
		to.Affiliations = append(to.Affiliations, *l.Affiliation)
	}
	return nil
}

// errOther is a line of an export that is no fact.
var errOther = errors.New("a line about a store, no fact")

// parse reads one line. The kind of a line is told by its keys; one that is
// null counts as absent.
func parse(text []byte) (Line, error) {
	var keys struct {
		Article     string `json:"article"`
		Actor       *json.RawMessage
		Affiliation *json.RawMessage
		Source      *json.RawMessage
		Predicate   *json.RawMessage
		Target      *json.RawMessage

		Export, Document, Row, SHA256 *json.RawMessage
	}
	if err := json.Unmarshal(text, &keys); err != nil {
		return Line{}, err
	}
	if keys.Article == "" && (keys.Export != nil || keys.Document != nil || keys.Row != nil || keys.SHA256 != nil) {
		return Line{}, errOther
	}
	event := keys.Source != nil && keys.Predicate != nil && keys.Target != nil
	line := Line{Article: keys.Article}
	switch {
	case event && keys.Actor == nil && keys.Affiliation == nil:
		line.Event = &graph.Event{}
		return line, json.Unmarshal(text, line.Event)
	case keys.Actor != nil && !event && keys.Affiliation == nil:
		line.Actor = &graph.Actor{}
		if err := json.Unmarshal(*keys.Actor, line.Actor); err != nil {
			return Line{}, fmt.Errorf("actor: %w", err)
		}
		return line, nil
	case keys.Affiliation != nil && !event && keys.Actor == nil:
		line.Affiliation = &graph.Affiliation{}
		if err := json.Unmarshal(*keys.Affiliation, line.Affiliation); err != nil {
			return Line{}, fmt.Errorf("affiliation: %w", err)
		}
		line.Affiliation.Article = keys.Article
		return line, nil
	}
	return Line{}, ErrNotALine
}
