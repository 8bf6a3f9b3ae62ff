package store

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"entente/graph"
)

// Lines are an archive that other programs can use: it has a line for each fact, as
// it is judged, and beside them what a store needs that has to be made again.
// docs/format.md describes it. Lines of facts begin with factStart; their form is
// that of whoever calls, the others' is ours.

const linesVersion = 1

const factStart = `{"article":`

// What the lines hold that are no facts, in their order. A linesHead is the first
// line, a linesDocument comes before the facts of its article, copies follow all
// of them, and then come the rows that are alone and an archiveEnd.
type (
	linesHead struct {
		Export int             `json:"export"` // linesVersion
		Format int             `json:"format"` // of the store
		Totals json.RawMessage `json:"totals"` // the store's row, as it is
	}
	linesDocument struct {
		Document json.RawMessage `json:"document"`          // the article's row
		CopyOf   string          `json:"copy_of,omitempty"` // key of its original
		Told     *linesTold      `json:"told,omitempty"`
	}
	// linesTold is the rows of an article whose facts follow in another form: as
	// they are judged.
	linesTold struct {
		Actors       []json.RawMessage `json:"actors"`
		Events       []json.RawMessage `json:"events"`
		Affiliations []json.RawMessage `json:"affiliations"`
	}
	linesRow struct {
		Row archiveRow `json:"row"`
	}
)

// ExportLines writes the store as lines, of which ImportLines makes it again. facts
// returns the lines of what an article yields, as Records has it: of events,
// actors by id and affiliations, each with all its fields. It fails as Export
// does.
func (s *Store) ExportLines(w io.Writer, facts func(graph.Record) ([]byte, error)) error {
	if err := s.exportable(); err != nil {
		return err
	}
	a := &linesWriter{archiveWriter: newArchiveWriter(w), facts: facts}
	err := s.look(func(r reader, l *lens) (err error) {
		a.lens = l
		if a.copies, err = s.copyReader(r); err != nil {
			return err
		}
		return s.export(r, a)
	})
	if err != nil {
		return err
	}
	return a.w.Flush()
}

type linesWriter struct {
	*archiveWriter
	lens   *lens
	copies *copyReader
	facts  func(graph.Record) ([]byte, error)
}

func (a *linesWriter) head(format int, totals json.RawMessage) error {
	return a.line(linesHead{linesVersion, format, totals})
}

func (a *linesWriter) article(p *primary, one *stored) error {
	line, record := linesDocument{Document: p.article}, one.record
	if a.lens.changes(&record) {
		line.Told = &linesTold{values(p.actors), values(p.events), values(p.affiliations)}
		if err := a.lens.record(&record); err != nil {
			return err
		}
	}
	for i := range record.Events {
		e := &record.Events[i]
		var err error
		if e.Copies, err = a.copies.of(p.key, e.Span); err != nil {
			return err
		}
	}
	lines, err := a.facts(record)
	if err != nil {
		return err
	}
	return errors.Join(a.line(line), a.write(lines))
}

func (a *linesWriter) copy(c *stored) error {
	row, err := encode(c.row)
	return errors.Join(err, a.line(linesDocument{Document: row, CopyOf: c.original.String()}))
}

func (a *linesWriter) alone(rows []row) error {
	for _, r := range rows {
		if err := a.line(linesRow{rowLine(r)}); err != nil {
			return err
		}
	}
	return nil
}

// changes reports whether an article's facts may look other than it tells them:
// where it names an actor that is judged. An actor without mentions counts too,
// since lines do not tell none from null.
func (l *lens) changes(r *graph.Record) bool {
	judged := func(ids ...graph.ActorID) bool {
		for _, id := range ids {
			if l.of(id) != nil {
				return true
			}
		}
		return false
	}
	for i := range r.Actors {
		if len(r.Actors[i].Mentions) == 0 || judged(r.Actors[i].ID) {
			return true
		}
	}
	for i := range r.Events {
		e := &r.Events[i]
		if judged(e.Source.ID, e.Target.ID) || e.AttributedTo != nil && judged(e.AttributedTo.ID) {
			return true
		}
	}
	for i := range r.Affiliations {
		if judged(r.Affiliations[i].Person.ID, r.Affiliations[i].Org.ID) {
			return true
		}
	}
	return false
}

// LinesStart is how what ExportLines writes begins.
const LinesStart = `{"export":`

// ImportLines is Import of what ExportLines wrote; fact adds what a line of a fact
// says to a record.
func ImportLines(ctx context.Context, r io.Reader, name, dir string, fact func(line []byte, to *graph.Record) error) error {
	return imported(r, name, dir, func(a *archiveReader, s *Store) error {
		return (&linesReader{archiveReader: a, store: s, fact: fact}).load(ctx)
	})
}

// linesReader puts documents and the facts that follow them together.
type linesReader struct {
	*archiveReader
	store    *Store
	fact     func(line []byte, to *graph.Record) error
	document linesDocument // whose facts are read, or none
	record   graph.Record  // its facts so far
}

func (a *linesReader) load(ctx context.Context) error {
	line, err := a.next()
	if err != nil {
		return err
	}
	var head linesHead
	if err := strictly(line, &head); err != nil {
		return err
	}
	if err := known("export", head.Export, linesVersion, head.Format); err != nil {
		return err
	}
	a.took(line)
	return a.loadAfter(ctx, a.store, head.Totals, a.take)
}

func (a *linesReader) take(line []byte) (end bool, err error) {
	if bytes.HasPrefix(line, []byte(factStart)) {
		switch {
		case a.document.Document == nil:
			return false, fmt.Errorf("%w: a fact without the document that it stands in", ErrArchive)
		case a.document.Told == nil:
			err = a.fact(line, &a.record)
		}
		return false, notWhole(err)
	}
	if err := a.restore(); err != nil {
		return false, err
	}
	var any struct {
		linesDocument
		linesRow
		archiveEnd
	}
	if err := strictly(line, &any); err != nil {
		return false, err
	}
	switch {
	case any.SHA256 != "":
		return true, a.check(any.archiveEnd)
	case any.CopyOf != "":
		key, err := keyOf(any.Document)
		if err != nil {
			return false, err
		}
		return false, restoreCopy(a.store, archiveCopy{key.String(), any.CopyOf, any.Document})
	case any.Document != nil:
		a.document = any.linesDocument
		return false, nil
	case any.Row.Type != "":
		return false, restoreRow(a.store, any.Row)
	}
	return false, fmt.Errorf("%w: a line that is none of an export", ErrArchive)
}

// keyOf returns the key of the article that has a row.
func keyOf(document []byte) (k articleKey, err error) {
	var a graph.Article
	if err = json.Unmarshal(document, &a); err == nil {
		k, err = parseArticleKey(a.Key())
	}
	return k, notWhole(err)
}

// restore stores the document whose facts are read, if there is one.
func (a *linesReader) restore() error {
	document, record := a.document, a.record
	a.document, a.record = linesDocument{}, graph.Record{}
	if document.Document == nil {
		return nil
	}
	if t := document.Told; t != nil {
		key, err := keyOf(document.Document)
		if err != nil {
			return err
		}
		return restoreRows(a.store, key, archiveArticle{Row: document.Document, Actors: t.Actors, Events: t.Events, Affiliations: t.Affiliations})
	}
	one := &stored{record: record}
	err := json.Unmarshal(document.Document, &one.row)
	if err == nil {
		one.key, err = parseArticleKey(one.row.Key())
	}
	for i := range record.Events {
		record.Events[i].Copies = nil // they follow
	}
	one.record.Article, one.record.Sentences = one.row.Article, one.row.Sentences
	if row := &one.row; err == nil && (row.Actors != len(record.Actors) || row.Events != len(record.Events) || row.Affiliations != len(record.Affiliations)) {
		err = fmt.Errorf("%w: those of article %s", errIncomplete, one.key)
	}
	if err == nil {
		err = a.store.restore(one)
	}
	return notWhole(err)
}
