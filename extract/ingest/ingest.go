// Package ingest turns bytes into articles: files, folders and standard input
// of plain text, Markdown (as text), JSON, JSON Lines and HTML.
//
// Open walks the paths a person names and yields one graph.Article after the
// other; Read does the same for one input that is already open. A format is a
// Reader; Readers lists them. To add one (a feed, an archive, a mailbox), write
// a Reader, put it into Readers before the plain text, and add samples to
// testdata: the contract test then holds it to what every reader promises.
//
// What every reader promises about an article: ID is not empty; Body is not
// empty and valid UTF-8, its paragraphs are separated by exactly "\n\n",
// within a paragraph the only white space is the single space, and there are
// no control characters; the same bytes under the same path and Options give
// the same articles in the same order.
package ingest

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"path/filepath"
	"slices"
	"strings"

	"entente/graph"
)

// Defaults of Options, in bytes.
const (
	DefaultMaxArticle = 16 << 20
	DefaultMaxLine    = 64 << 20
)

// Options says how inputs are read. The zero value is ready for use.
type Options struct {
	// Published is given to articles whose input names no date. Default: they
	// stay without one. An input with a malformed date does not get it.
	Published graph.Date
	// Stdin is read for the path "-". Default: "-" is an error.
	Stdin io.Reader
	// MaxArticle is the largest text or HTML file, and the longest text of a
	// JSON article, in bytes. A larger one is an error. Default: 16 MiB.
	MaxArticle int
	// MaxLine is the longest line of JSON Lines, and the longest object of a
	// JSON file, in bytes. A longer one is an error and the rest is read.
	// Default: 64 MiB.
	MaxLine int
	// Strict leaves out an article whose date is malformed, with an Error.
	// Default: the article is read without a date, with a Warning.
	Strict bool
	// Select says which of the files that are found in folders and by patterns are
	// read. Default: all.
	Select func(path string) bool
	// Consumed is called, from the goroutine that iterates, with the number of
	// bytes that were taken from a file or standard input since the last call.
	// Over a file they add up to its size, read or not. Default: nobody counts.
	Consumed func(bytes int64)
	// Warn is called, from the goroutine that iterates, with a *Warning for
	// what was read or skipped with reservations. Default: warnings are dropped.
	Warn func(error)
}

// withDefaults returns o with its zero sizes replaced.
func (o Options) withDefaults() Options {
	if o.MaxArticle <= 0 {
		o.MaxArticle = DefaultMaxArticle
	}
	if o.MaxLine <= 0 {
		o.MaxLine = DefaultMaxLine
	}
	return o
}

func (o Options) warn(w *Warning) {
	if o.Warn != nil {
		o.Warn(w)
	}
}

// Source is one input, open for reading.
type Source struct {
	// Path names the input in errors and origins, as a person would type it.
	Path string
	// R gives the bytes.
	R io.Reader

	skipped int64 // bytes of a byte order mark already taken from R
}

// name returns the name that article ids are made from: the file name without
// its known extensions.
func (s Source) name() string {
	name := filepath.Base(filepath.ToSlash(s.Path))
	for {
		ext := filepath.Ext(name)
		if ext == name || !knownExtension(strings.ToLower(ext)) {
			break
		}
		name = strings.TrimSuffix(name, ext)
	}
	if name = oneLine(strings.ToValidUTF8(name, "\uFFFD")); name == "" {
		return "unnamed"
	}
	return name
}

// ext returns the lower-case extension of the path, with its dot.
func (s Source) ext() string { return strings.ToLower(filepath.Ext(s.Path)) }

func (s Source) fail(line int, hint string, cause error) *Error {
	return &Error{Path: s.Path, Line: line, Cause: cause, Hint: hint}
}

// Reader reads one format.
type Reader interface {
	// Extensions lists the usual extensions of file names: lower case, with
	// the dot.
	Extensions() []string
	// Match reports whether an input is of this format. head is its beginning,
	// at most 64 KiB, in UTF-8 and without byte order mark if it is text; ext
	// is the lower-case extension of its name, a hint that may be wrong or "".
	Match(head []byte, ext string) bool
	// Read yields the articles of src. What cannot be read is yielded as an
	// *Error beside a zero Article, and the rest goes on. Memory is bounded by
	// the sizes in opts, not by the length of src.
	Read(src Source, opts Options) iter.Seq2[graph.Article, error]
}

// Readers returns the formats in the order in which they are tried. Plain text
// is last: it takes what is left.
func Readers() []Reader {
	return []Reader{htmlReader{}, linesReader{}, jsonReader{}, textReader{}}
}

func knownExtension(ext string) bool {
	for _, r := range Readers() {
		if slices.Contains(r.Extensions(), ext) {
			return true
		}
	}
	return false
}

// Error says why an input, or a part of it, was not read.
type Error struct {
	Path  string // as the person typed it
	Line  int    // from 1; 0 where no line is to blame
	Cause error
	Hint  string // what to do about it, or ""
}

// Error returns "path:line: cause; hint".
func (e *Error) Error() string { return place(e.Path, e.Line, e.Cause, e.Hint) }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

// Warning says what was read, or skipped, with reservations. Its fields are
// those of Error.
type Warning struct {
	Path  string
	Line  int
	Cause error
	Hint  string
}

// Error returns "path:line: cause; hint".
func (w *Warning) Error() string { return place(w.Path, w.Line, w.Cause, w.Hint) }

// Unwrap returns the cause.
func (w *Warning) Unwrap() error { return w.Cause }

func place(path string, line int, cause error, hint string) string {
	// The operating system's errors name the path again; once is enough.
	var pathErr *fs.PathError
	if errors.As(cause, &pathErr) {
		cause = pathErr.Err
	}
	where := path
	if line > 0 {
		where = fmt.Sprintf("%s:%d", path, line)
	}
	if hint == "" {
		return fmt.Sprintf("%s: %v", where, cause)
	}
	return fmt.Sprintf("%s: %v; %s", where, cause, hint)
}

// Read recognises the format of src and yields its articles. Errors are
// *Error; one that ends the input comes last.
func Read(src Source, opts Options) iter.Seq2[graph.Article, error] {
	opts = opts.withDefaults()
	return func(yield func(graph.Article, error) bool) {
		src, head, err := prepare(src)
		if err != nil {
			yield(graph.Article{}, err)
			return
		}
		r, err := recognise(src, head)
		if err != nil {
			yield(graph.Article{}, err)
			return
		}
		r.Read(src, opts)(yield)
	}
}

// readAll reads the whole of src into memory if it has at most max bytes, and
// checks that it is UTF-8.
func readAll(src Source, max int) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(src.R, int64(max)+1))
	if err != nil {
		return nil, readError(src, 0, err)
	}
	if len(data) > max {
		return nil, src.fail(0, "split the file or raise the limit",
			fmt.Errorf("longer than %d bytes, too long for one article", max))
	}
	return data, nil
}

// readError reports that reading src failed at a line.
func readError(src Source, line int, err error) *Error {
	return src.fail(line, openHint(err), fmt.Errorf("cannot be read: %w", err))
}

// buffered returns src.R with room to peek at a head.
func buffered(src Source) *bufio.Reader { return bufio.NewReaderSize(src.R, headLen) }
