package ingest

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"entente/graph"
)

// tableReader reads a table with a header, an article a row (and without one
// where Options.Map gives the columns by number): fields separated
// by commas, tabs, semicolons or bars, in double quotation marks where they
// hold a separator, a mark (doubled) or a line end (RFC 4180).
type tableReader struct {
	fields map[string]string // Options.Map, by which an input may be known
}

func (tableReader) Extensions() []string { return []string{".csv", ".tsv", ".tab"} }

// Match takes files named as tables whose first line has a separator, and
// whatever begins with a line that names a column of texts and another one that
// articles have. The tables of GDELT have no header.
func (t tableReader) Match(head []byte, ext string) bool {
	if comma, _ := separatorLine(head); comma != 0 || eventTable(head) {
		return true
	}
	comma := separator(head, ext)
	if comma == 0 {
		return false
	}
	if slices.Contains(t.Extensions(), ext) {
		return true
	}
	names, err := parseRow(firstLine(head), comma)
	if err != nil {
		return false
	}
	c := findColumns(names, Options{Map: t.fields})
	if columnNumber(t.fields["text"]) > 0 && ext != "" {
		c = findColumns(names, Options{}) // any text with commas has a column of that number
	}
	return c["text"] != nil && (len(c) > 1 || t.fields["text"] != "")
}

// separatorLine returns the character that a first line "sep=;" names, as Excel
// writes it, and the length of that line; or 0.
func separatorLine(head []byte) (comma rune, length int) {
	line := firstLine(head)
	name, ok := bytes.CutPrefix(bytes.ToLower(bytes.Trim(line, `"`)), []byte("sep="))
	if !ok || len(name) != 1 || !bytes.Contains([]byte(",\t;|"), name) {
		return 0, 0
	}
	end := bytes.IndexByte(head, '\n') + 1
	if end == 0 {
		end = len(head)
	}
	return rune(name[0]), end
}

// separator returns the character that separates the fields of the first line,
// or 0.
func separator(head []byte, ext string) rune {
	line, best, most := firstLine(head), rune(0), 0
	if ext != ".csv" && ext != "" && bytes.IndexByte(line, '\t') >= 0 {
		return '\t'
	}
	for _, comma := range ",\t;|" {
		if n := bytes.Count(line, []byte(string(comma))); n > most {
			best, most = comma, n
		}
	}
	return best
}

func firstLine(head []byte) []byte {
	line, _, _ := bytes.Cut(head, []byte("\n"))
	return bytes.TrimRight(line, "\r")
}

var (
	errNoColumn = errors.New("no column holds a text")
	errEvents   = errors.New("a table of coded events (GDELT), without the text of articles")
	errOpenRow  = errors.New("a quotation mark opens a field here that nothing closes")
)

func (tableReader) Read(src Source, opts Options) iter.Seq2[graph.Article, error] {
	return func(yield func(graph.Article, error) bool) {
		in := buffered(src)
		head, _ := in.Peek(headLen)
		if eventTable(head) {
			src.leaveOut(opts, yield, src.fail(0, "fetch the pages that its last column names, and read those", errEvents))
			return
		}
		comma, named := separatorLine(head)
		if in.Discard(named); named == 0 { // what is in the buffer
			comma = separator(head, src.ext())
		}
		in = foresee(in, &opts, datesInTable(comma, opts))
		rows := newRows(src, in, comma, opts)
		if named > 0 {
			rows.nextLine++
		}
		first, err := rows.next()
		if err != nil {
			yield(graph.Article{}, rows.report(err))
			return
		}
		header, places, data := layout(first, opts)
		if places["text"] == nil {
			src.leaveOut(opts, yield, noTextColumn(src, rows.line, first, opts))
			return
		}
		if first = slices.Clone(first); !data { // whose place the next row takes
			first = nil
		}
		for n := 1; ; n++ {
			row, err := first, error(nil)
			if first = nil; row == nil {
				row, err = rows.next()
			}
			switch {
			case err == io.EOF && n == 1:
				yield(graph.Article{}, src.fail(0, "leave it out", errors.New("no row in it")))
				return
			case err == io.EOF:
				return
			case err != nil:
				if !yield(graph.Article{}, rows.report(err)) || rows.broken {
					return
				}
				continue
			}
			if !yield(rows.article(row, header, places, n, opts)) {
				return
			}
		}
	}
}

// noTextColumn says that no column of a table is known as that of the texts.
func noTextColumn(src Source, line int, first []string, opts Options) *Error {
	cause := fmt.Errorf("%w (columns found: %s)", errNoColumn, listNames(first))
	if n := columnNumber(opts.Map["text"]); n > 0 {
		return src.fail(line, "name one that is there", fmt.Errorf("%w: the table has %d columns, and no column %d", errNoColumn, len(first), n))
	}
	if columns := noHeader(first); columns != "" && len(findColumns(first, Options{})) == 0 {
		return src.fail(line, fmt.Sprintf("name the columns by their numbers (%s), or write a line with their names on top", columns),
			fmt.Errorf("%w: the table seems to have no header line, but begins with data", errNoColumn))
	}
	return src.fail(line, textHint(opts), cause)
}

// article makes an article of the row under n.
func (r *rows) article(row, header []string, c columnPlaces, n int, opts Options) (graph.Article, error) {
	src := r.src
	if len(row) < len(header) || strings.Join(row[len(header):], "") != "" {
		return graph.Article{}, src.fail(r.line, "mend it or leave it out",
			fmt.Errorf("%d fields, where the header has %d", len(row), len(header)))
	}
	d := draft{number: n, line: r.line}
	d.id, _ = c.of("id", row)
	d.title, _ = c.of("title", row)
	d.url, _ = c.of("url", row)
	d.publisher, _ = c.of("publisher", row)
	d.language, _ = c.of("language", row)
	var at int
	if d.date, at = c.of("published", row); at >= 0 {
		d.dateField = header[at]
	}
	text, _ := c.of("text", row)
	d.paragraphs = textOrMarkup(text)
	return d.finish(src, opts)
}

// rows cuts a table into rows and parses each. Go's parser alone would take all
// that follows an open quotation mark into memory.
type rows struct {
	src      Source // for messages
	opts     Options
	in       *bufio.Reader
	comma    byte
	max      int
	raw      []byte // the row's bytes, without those past max
	line     int    // where the row begins, from 1
	nextLine int    // where the next one does
	offset   int64  // of raw in the input
	after    int64  // of the next row
	broken   bool   // the input itself failed
	// reopened counts the rows that were given up for the lines after them.
	reopened int
	parser   *csv.Reader
	row      bytes.Reader
}

func newRows(src Source, in *bufio.Reader, comma rune, opts Options) *rows {
	r := &rows{src: src, opts: opts, in: in, comma: byte(comma), max: opts.MaxLine, nextLine: 1}
	r.parser = csv.NewReader(&r.row)
	r.parser.Comma, r.parser.LazyQuotes, r.parser.FieldsPerRecord, r.parser.ReuseRecord = comma, true, -1, true
	return r
}

func parseRow(line []byte, comma rune) ([]string, error) {
	r := newRows(Source{}, bufio.NewReader(bytes.NewReader(bytes.ToValidUTF8(line, []byte("?")))), comma, Options{MaxLine: 2*len(line) + 1}.withDefaults())
	return r.next()
}

// next returns the next row that is not empty; its strings stay good, the slice
// does not. It returns io.EOF after the last row.
func (r *rows) next() ([]string, error) {
	for {
		long, open, err := r.cut()
		switch {
		case err != nil && err != io.EOF:
			r.broken = true
			return nil, err
		case len(bytes.TrimSpace(r.raw)) == 0 && !long:
			if err == io.EOF {
				return nil, io.EOF
			}
			continue
		case long:
			return nil, fmt.Errorf("longer than %d bytes, too long for one row", r.max)
		case open:
			r.reopen()
			return nil, errOpenRow
		}
		r.row.Reset(r.opts.toUTF8(r.raw, r.src, r.line))
		return r.parser.Read()
	}
}

// reopen goes back to the line after the one in which the row began, a few
// times in a table: once for each would read it over and over.
func (r *rows) reopen() {
	const most = 5
	_, rest, found := bytes.Cut(r.raw, []byte("\n"))
	if r.reopened++; !found || r.reopened > most {
		return
	}
	r.nextLine, r.after = r.line+1, r.offset+int64(len(r.raw)-len(rest))
	r.in = bufio.NewReader(bytes.NewReader(slices.Clone(rest)))
}

func (r *rows) report(err error) *Error {
	src := r.src
	var e *Error
	switch {
	case errors.As(err, &e):
		return e
	case err == io.EOF:
		return src.fail(0, "leave it out", errEmpty)
	case r.broken:
		return readError(src, r.line, err)
	case errors.Is(err, errOpenRow):
		return src.fail(r.line, "close it, or double it where it is part of the text", err)
	}
	return src.fail(r.line, "mend it or leave it out", err)
}

// cut reads one row into raw. A quotation mark opens a field only at its
// beginning, and closes it only before a separator or line end, as the parser
// sees it too. long tells that the row has more than max bytes, open that the
// input ends within a quoted field.
func (r *rows) cut() (long, open bool, err error) {
	r.raw, r.line, r.offset = r.raw[:0], r.nextLine, r.after
	start, quoted := true, false // of a field; within marks
	for {
		c, err := r.in.ReadByte()
		if err != nil {
			return long, quoted, err
		}
		r.after++
		if long = long || len(r.raw) >= r.max; !long {
			r.raw = append(r.raw, c)
		}
		switch {
		case c == '"' && quoted:
			quoted = !r.closes()
		case c == '"' && start:
			quoted, start = true, false
		case c == '\n':
			r.nextLine++
			if !quoted || long { // a mark that nothing closes shall not take all that follows
				return long, false, nil
			}
		case c == r.comma:
			start = !quoted
		default:
			start = false
		}
	}
}

// closes reports whether the mark just read ends its field. It takes the second
// one of two, which stand for one.
func (r *rows) closes() bool {
	next, err := r.in.Peek(1)
	if err != nil || next[0] == r.comma || next[0] == '\n' || next[0] == '\r' {
		return true
	}
	if next[0] == '"' {
		r.in.Discard(1)
		r.after++
		if len(r.raw) < r.max {
			r.raw = append(r.raw, '"')
		}
	}
	return false
}
