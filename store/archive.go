package store

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
)

// An archive is a store as text, from which all of it can be made again: JSON
// Lines with the primary rows and nothing that follows from them. docs/format.md
// describes it. The same articles give the same bytes.

const archiveVersion = 1

// What the lines of an archive hold, in their order.
type (
	archiveHead struct {
		Archive int             `json:"archive"` // archiveVersion
		Format  int             `json:"format"`  // of the store
		Totals  json.RawMessage `json:"totals"`  // the store's row, as it is
	}
	archiveArticle struct {
		Article      string            `json:"article"` // key
		Row          json.RawMessage   `json:"row"`
		Actors       []json.RawMessage `json:"actors"`
		Events       []json.RawMessage `json:"events"`
		Affiliations []json.RawMessage `json:"affiliations"`
	}
	archiveCopy struct {
		Copy     string          `json:"copy"` // key
		Original string          `json:"original"`
		Row      json.RawMessage `json:"row"`
	}
	archiveRow struct {
		Type  string          `json:"type"`
		Key   string          `json:"key"`   // what follows the type byte, in hexadecimal
		Value json.RawMessage `json:"value"` // an object as it is, other bytes as hexadecimal text
	}
	archiveEnd struct {
		Lines  int    `json:"lines"`  // before this one
		SHA256 string `json:"sha256"` // of all bytes before this line
	}
)

// Export writes the archive of the store: a line about it, then the articles that
// are no copies, the copies, and the rows that are alone, each by key, and a line
// with a count and a checksum. It fails with ErrDamaged where rows are missing.
// Memory is bounded by the largest article.
func (s *Store) Export(w io.Writer) error {
	if err := s.exportable(); err != nil {
		return err
	}
	a := newArchiveWriter(w)
	if err := s.view(func(r reader) error { return s.export(r, a) }); err != nil {
		return err
	}
	return a.w.Flush()
}

func (s *Store) exportable() error {
	if s.folder.format != Format {
		return fmt.Errorf("store %s: %w: format %d; bring it to format %d first (entente db migrate)", s.folder.dir, ErrOldFormat, s.folder.format, Format)
	}
	return nil
}

// archiver writes the parts of a store, in this order.
type archiver interface {
	head(format int, totals json.RawMessage) error
	article(*primary, *stored) error // that is no copy
	copy(*stored) error
	alone([]row) error
	end() error
}

func (s *Store) export(r reader, a archiver) error {
	var sums totals
	var value json.RawMessage
	if err := s.must(r, keyTotals, func(b []byte) error {
		value = bytes.Clone(b)
		return json.Unmarshal(b, &sums)
	}); err != nil {
		return err
	}
	if err := a.head(s.folder.format, value); err != nil {
		return err
	}
	articles, copies := 0, 0
	err := readPrimary(r, func(p *primary) error {
		one, err := p.decodeKeyed()
		if err != nil {
			return s.folder.damaged("article %s: %v", p.key, err)
		}
		if articles++; p.original != nil {
			return nil
		}
		return a.article(p, one)
	})
	if err != nil {
		return err
	}
	if err := readCopies(r, func(c *stored) error {
		copies++
		return a.copy(c)
	}); err != nil {
		return err
	}
	if err := errors.Join(s.count(articles, sums.of(rowArticle), "articles"), s.count(copies, sums.of(rowOriginal), "copies")); err != nil {
		return err
	}
	var unwritten error
	err = readAlone(r, refuse, func(rows []row) error {
		unwritten = a.alone(rows)
		return unwritten
	})
	switch {
	case unwritten != nil:
		return unwritten
	case err != nil:
		return s.folder.damaged("%v", err)
	}
	return a.end()
}

func values(rows []row) []json.RawMessage {
	all := make([]json.RawMessage, len(rows))
	for i := range rows {
		all[i] = rows[i].value
	}
	return all
}

// archiveWriter writes lines, and remembers what they were.
type archiveWriter struct {
	w     *bufio.Writer
	sum   hash.Hash
	lines int
}

func newArchiveWriter(w io.Writer) *archiveWriter {
	return &archiveWriter{w: bufio.NewWriterSize(w, 1<<16), sum: sha256.New()}
}

func (a *archiveWriter) line(v any) error {
	b, err := encode(v)
	if err != nil {
		return err
	}
	return a.write(append(b, '\n'))
}

// write writes whole lines.
func (a *archiveWriter) write(b []byte) error {
	a.sum.Write(b)
	a.lines += bytes.Count(b, []byte("\n"))
	_, err := a.w.Write(b)
	return err
}

func (a *archiveWriter) head(format int, totals json.RawMessage) error {
	return a.line(archiveHead{Archive: archiveVersion, Format: format, Totals: totals})
}

func (a *archiveWriter) article(p *primary, _ *stored) error {
	return a.line(archiveArticle{p.key.String(), p.article, values(p.actors), values(p.events), values(p.affiliations)})
}

func (a *archiveWriter) copy(c *stored) error {
	row, err := encode(c.row)
	return errors.Join(err, a.line(archiveCopy{c.key.String(), c.original.String(), row}))
}

func (a *archiveWriter) alone(rows []row) error {
	for _, r := range rows {
		if err := a.line(rowLine(r)); err != nil {
			return err
		}
	}
	return nil
}

func rowLine(r row) archiveRow {
	line := archiveRow{Type: string(r.key[:1]), Key: hex.EncodeToString(r.key[1:]), Value: r.value}
	if !isObject(r.value) {
		line.Value = fmt.Appendf(nil, "%q", hex.EncodeToString(r.value))
	}
	return line
}

func isObject(b []byte) bool { return bytes.HasPrefix(b, []byte("{")) && json.Valid(b) }

func (a *archiveWriter) end() error {
	return a.line(archiveEnd{a.lines, hex.EncodeToString(a.sum.Sum(nil))})
}

// ErrArchive: an archive or a backup that is not whole, or is none.
var ErrArchive = errors.New("not a whole archive")

// Import makes a store in dir, which must be missing or empty, of an archive that
// Export wrote. Messages call what r reads name. The error wraps ErrArchive for
// an archive that was cut short, changed or is none, ErrFormat for one of a newer
// store, and ErrNotVacant; then nothing is left in dir.
func Import(ctx context.Context, r io.Reader, name, dir string) error {
	return imported(r, name, dir, func(a *archiveReader, s *Store) error { return a.load(ctx, s) })
}

func imported(r io.Reader, name, dir string, load func(*archiveReader, *Store) error) error {
	return build(dir, func(s *Store) error {
		a := &archiveReader{r: bufio.NewReaderSize(r, 1<<16), name: name, sum: sha256.New()}
		if err := load(a, s); err != nil {
			return fmt.Errorf("%s:%d: %w", name, a.lines+1, err)
		}
		return nil
	})
}

// archiveReader reads lines, of which the last that was taken is held back from
// the checksum.
type archiveReader struct {
	r     *bufio.Reader
	name  string
	sum   hash.Hash
	lines int // before this one
}

// maxLine bounds a line: an article as large as a store takes one, all escaped.
const maxLine = 256 << 20

var errCut = fmt.Errorf("%w: it is cut short: its last line is missing; export again", ErrArchive)

// next returns the next line.
func (a *archiveReader) next() ([]byte, error) {
	var line []byte
	for {
		part, err := a.r.ReadSlice('\n')
		line = append(line, part...)
		switch {
		case err == nil:
			return line, nil
		case errors.Is(err, io.EOF):
			return nil, errCut
		case !errors.Is(err, bufio.ErrBufferFull):
			return nil, err
		case len(line) > maxLine:
			return nil, fmt.Errorf("%w: a line of more than %d MB", ErrArchive, maxLine>>20)
		}
	}
}

// took says that a line was one of the archive.
func (a *archiveReader) took(line []byte) {
	a.sum.Write(line)
	a.lines++
}

func (a *archiveReader) load(ctx context.Context, s *Store) error {
	line, err := a.next()
	if err != nil {
		return err
	}
	var head archiveHead
	if err := strictly(line, &head); err != nil || head.Archive == 0 || head.Format == 0 {
		return fmt.Errorf("%w: its first line is not that of an archive; name a file that entente db export, or entente export --format jsonl, wrote", ErrArchive)
	}
	if err := known("archive", head.Archive, archiveVersion, head.Format); err != nil {
		return err
	}
	a.took(line)
	return a.loadAfter(ctx, s, head.Totals, func(line []byte) (bool, error) { return a.take(s, line) })
}

// known returns an error unless this program imports an archive of that version, of
// a store of that format.
func known(what string, version, most, format int) error {
	if format < Format {
		return fmt.Errorf("%w: format %d, and this program imports %d; import it with the version that wrote it, and migrate the store", ErrOldFormat, format, Format)
	}
	if version > most || format > Format {
		return fmt.Errorf("%w: %s %d of format %d, and this program knows up to %d of %d; use a newer version of the program", ErrFormat, what, version, format, most, Format)
	}
	return nil
}

// loadAfter reads the lines after the first one, until take reports that one is the
// last, and compares the totals of what has become of them.
func (a *archiveReader) loadAfter(ctx context.Context, s *Store, totals json.RawMessage, take func([]byte) (end bool, err error)) error {
	for {
		line, err := a.next()
		if err = cmp.Or(ctx.Err(), err); err != nil {
			return err
		}
		end, err := take(line)
		if err != nil {
			return err
		}
		if end {
			break
		}
		a.took(line)
	}
	if _, err := a.r.ReadByte(); !errors.Is(err, io.EOF) {
		return fmt.Errorf("%w: something follows its last line", ErrArchive)
	}
	return s.view(func(r reader) error {
		return s.must(r, keyTotals, func(b []byte) error {
			if !bytes.Equal(b, totals) {
				return fmt.Errorf("%w: its first line says %s, and it holds %s", ErrArchive, totals, b)
			}
			return nil
		})
	})
}

// take stores what a line holds, and reports whether it is the last one.
func (a *archiveReader) take(s *Store, line []byte) (end bool, err error) {
	var any struct {
		archiveArticle
		Copy     string `json:"copy"`
		Original string `json:"original"`
		archiveRow
		archiveEnd
	}
	if err := strictly(line, &any); err != nil {
		return false, err
	}
	switch {
	case any.SHA256 != "":
		return true, a.check(any.archiveEnd)
	case any.Article != "":
		return false, restoreLine(s, any.archiveArticle)
	case any.Copy != "":
		return false, restoreCopy(s, archiveCopy{any.Copy, any.Original, any.Row})
	case any.Type != "":
		return false, restoreRow(s, any.archiveRow)
	}
	return false, fmt.Errorf("%w: a line that is none of an archive", ErrArchive)
}

func (a *archiveReader) check(end archiveEnd) error {
	if end.Lines != a.lines {
		return fmt.Errorf("%w: %d lines before the last one, which says %d; export again", ErrArchive, a.lines, end.Lines)
	}
	if end.SHA256 != hex.EncodeToString(a.sum.Sum(nil)) {
		return fmt.Errorf("%w: it was changed: its checksum is wrong; export again", ErrArchive)
	}
	return nil
}

func restoreLine(s *Store, line archiveArticle) error {
	key, err := parseArticleKey(line.Article)
	if err != nil {
		return notWhole(err)
	}
	return restoreRows(s, key, line)
}

// restoreRows stores an article by its rows.
func restoreRows(s *Store, key articleKey, line archiveArticle) error {
	p := &primary{key: key, article: line.Row}
	for _, v := range line.Actors {
		var id struct{ ID string }
		if err := json.Unmarshal(v, &id); err != nil {
			return notWhole(err)
		}
		p.actors = append(p.actors, row{append(ofArticle(rowMention, p.key), id.ID...), v})
	}
	for i, v := range line.Events {
		p.events = append(p.events, row{placeOf(p.key, i).key(rowEvent), v})
	}
	for i, v := range line.Affiliations {
		p.affiliations = append(p.affiliations, row{placeOf(p.key, i).key(rowAffiliation), v})
	}
	stored, err := p.decodeKeyed()
	if err == nil {
		err = s.restore(stored)
	}
	return notWhole(err)
}

func restoreCopy(s *Store, line archiveCopy) error {
	p := &primary{article: line.Row, original: new(articleKey)}
	var err error
	if p.key, err = parseArticleKey(line.Copy); err != nil {
		return notWhole(err)
	}
	if *p.original, err = parseArticleKey(line.Original); err != nil {
		return notWhole(err)
	}
	stored, err := p.decodeKeyed()
	if err == nil {
		err = s.restore(stored)
	}
	return notWhole(err)
}

func restoreRow(s *Store, line archiveRow) error {
	key, err := hex.DecodeString(line.Key)
	r := row{append([]byte(line.Type), key...), line.Value}
	var text string
	if err == nil && json.Unmarshal(line.Value, &text) == nil {
		r.value, err = hex.DecodeString(text)
	}
	rt := rowTypeOf(r.key)
	if err == nil && (rt == nil || !rt.alone) {
		err = fmt.Errorf("rows of type %q follow from others", line.Type)
	}
	if err == nil {
		err = rt.check(r)
	}
	if err != nil {
		return notWhole(err)
	}
	return s.insertRows([]row{r})
}

// notWhole marks what is wrong in an archive, but for what is wrong with the disk.
func notWhole(err error) error {
	for _, of := range []error{ErrNoSpace, ErrTooBig, ErrDamaged} {
		if errors.Is(err, of) {
			return err
		}
	}
	if err != nil {
		return fmt.Errorf("%w: %w", ErrArchive, err)
	}
	return nil
}

// strictly reads one JSON value into v and refuses what v has no place for.
func strictly(line []byte, v any) error {
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.DisallowUnknownFields()
	if err := dec.Decode(v); err != nil {
		return fmt.Errorf("%w: %w", ErrArchive, err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return fmt.Errorf("%w: something follows the object", ErrArchive)
	}
	return nil
}
