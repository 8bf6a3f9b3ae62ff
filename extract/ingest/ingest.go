// Package ingest turns bytes into articles: files, folders, archives and
// standard input of plain text, Markdown (as text), JSON, JSON Lines, HTML,
// tables, feeds, web archives, mail and the exports of press databases, packed or
// not.
//
// Open walks the paths a person names and yields one graph.Article after the
// other; Read does the same for one input that is already open. A format is a
// Reader; Readers lists them. To add one, write a Reader, put it into formats
// before the plain text (or into packings, if it holds other inputs), and add
// samples to testdata: the contract test then holds it to what every reader
// promises.
//
// What every reader promises about an article: ID is not empty; Body is not
// empty and valid UTF-8, its paragraphs are separated by exactly "\n\n",
// within a paragraph the only white space is the single space, and there are
// no control characters; the same bytes under the same path and Options give
// the same articles in the same order.
//
// Archives are read where they lie: nothing is unpacked to a name that they
// give, and a file a.txt in news.zip has the path "news.zip!/a.txt".
package ingest

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"entente/graph"
)

// Defaults of Options: bytes, but for DefaultMaxRatio and DefaultMaxMembers.
const (
	DefaultMaxArticle  = 16 << 20
	DefaultMaxLine     = 32 << 20
	DefaultMaxUnpacked = 64 << 30
	DefaultMaxSpool    = 1 << 30
	DefaultMaxRatio    = 500
	DefaultMaxMembers  = 200_000
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
	// MaxLine is the longest line of JSON Lines, the longest object of a JSON
	// file, the longest row of a table, and the longest message of a mailbox
	// or record of a web archive, in bytes. A longer one is an error and the
	// rest is read. Default: 32 MiB.
	MaxLine int
	// MaxUnpacked is the most that one compressed file, or one member of an
	// archive, may unpack to, in bytes. What goes on longer is an error there.
	// Default: 64 GiB.
	MaxUnpacked int64
	// MaxRatio is how many times its compressed size a file or member may
	// unpack to, once that is more than 16 MiB; and a whole input, once that is
	// more than 1 GiB. More is taken for a bomb, an error. News packs 3 to 20
	// times, a thousand copies of one page some hundred. Default: 500.
	MaxRatio int64
	// MaxMembers is the most files that an archive may hold. More are an error:
	// a ZIP is not read then, of a tar the first ones are. Default: 200,000.
	MaxMembers int
	// MaxSpool is the largest ZIP, in bytes, that comes through a stream
	// (standard input, another archive): since a ZIP is read from its end, it
	// is kept in a temporary file meanwhile. Default: 1 GiB.
	MaxSpool int64
	// Map names the fields of JSON objects and the columns of tables in which
	// an article's id, title, text, published, url and publisher stand, by
	// these words. A dot leads into an inner object ("text": "story.body") or
	// the list of articles in an object; a column may be given by its number.
	// What is not named is looked for under the usual names.
	Map map[string]string
	// DateOrder is how days in figures are meant that may mean two ("04/05/2024").
	// Default: as the other days of the same column or field of the input, where
	// one of them can mean one day only; else the date is malformed.
	DateOrder DateOrder
	// AnyLanguage reads articles of every language. Default: one that is surely
	// not English is an Error with the cause ErrLanguage.
	AnyLanguage bool
	// Strict leaves out an article whose date is malformed, with an Error.
	// Default: the article is read without a date, with a Warning.
	Strict bool
	// Include says which files are read that were found in folders, by patterns and
	// in archives; Exclude, which of them are not. A file in an archive is asked for
	// by its path within it, and included too by its whole path or if the archive
	// itself is. An archive (ArchiveName) is opened unless it is excluded, for what
	// is in it. Default: all are.
	Include, Exclude func(path string) bool
	// Skip says which files and folders are passed over, whatever else is chosen:
	// what the program itself has written. One that was named is passed over with
	// a Warning, since a shell's "*" may have named it. Default: none.
	Skip func(path string, info fs.FileInfo) bool
	// Consumed is called, from the goroutine that iterates, with the number of
	// bytes that were taken from a file or standard input since the last call.
	// Over a file they add up to its size, read or not. Default: nobody counts.
	Consumed func(bytes int64)
	// Warn is called, from the goroutine that iterates, with a *Warning for
	// what was read or skipped with reservations. Default: warnings are dropped.
	Warn func(error)

	doubts     *int       // inputs whose character set was in doubt
	orders     dateOrders // what the days in figures of this input show; nil where it has one date
	unselected *int       // files left out by Include and Exclude
}

// withDefaults returns o with its zero sizes replaced.
func (o Options) withDefaults() Options {
	if o.MaxArticle <= 0 {
		o.MaxArticle = DefaultMaxArticle
	}
	if o.MaxLine <= 0 {
		o.MaxLine = DefaultMaxLine
	}
	if o.MaxUnpacked <= 0 {
		o.MaxUnpacked = DefaultMaxUnpacked
	}
	if o.MaxRatio <= 0 {
		o.MaxRatio = DefaultMaxRatio
	}
	if o.MaxMembers <= 0 {
		o.MaxMembers = DefaultMaxMembers
	}
	if o.MaxSpool <= 0 {
		o.MaxSpool = DefaultMaxSpool
	}
	if o.doubts == nil {
		o.doubts = new(int)
	}
	if o.unselected == nil {
		o.unselected = new(int)
	}
	return o
}

// skips reports whether the file or folder at path is passed over.
func (o Options) skips(path string, info fs.FileInfo) bool {
	return o.Skip != nil && o.Skip(path, info)
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

	// file names the content where Path does not: "a.jsonl" in "a.jsonl.gz".
	file  string
	found bool // in a folder or archive; a person did not name it
	// inside is the path within the outermost archive, "" outside; included tells
	// that Options.Include takes all that is in here.
	inside   string
	included bool
	depth    int    // of packings around it
	meter    *meter // of the outermost input; nil outside all packings
	// resync, if it is not nil, passes over damage after a failed read of R:
	// what R gives then is the beginning of a later piece.
	resync func() error
	raw    io.Reader // R before anything was read ahead of it, for resync
	disk   *os.File  // the file that R reads, if it is one; see random
}

// name returns the name that article ids are made from: the file name without
// its known extensions.
func (s Source) name() string {
	name := filepath.Base(filepath.ToSlash(s.fileName()))
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

// fileName is the name, perhaps with a path, that the content goes by.
func (s Source) fileName() string {
	if s.file != "" {
		return s.file
	}
	return s.Path
}

// ext returns the lower-case extension of the name, with its dot.
func (s Source) ext() string { return strings.ToLower(filepath.Ext(s.fileName())) }

// leaveOut reports that src is no article: as an error if a person named it, as
// a warning if it only stood in a folder or archive. A table without a column of
// texts is an error there too: its articles would be missing in silence, where
// --map would find them. It returns what the consumer does.
func (s Source) leaveOut(opts Options, yield func(graph.Article, error) bool, err *Error) bool {
	if !s.found || errors.Is(err, errNoColumn) {
		return yield(graph.Article{}, err)
	}
	opts.warn(&Warning{Path: err.Path, Line: err.Line, Cause: fmt.Errorf("skipped: %w", err.Cause), Hint: err.Hint})
	return true
}

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

// Readers returns the formats in the order in which they are tried: packings
// first, which are told by their first bytes, and plain text last, since it
// takes what is left.
func Readers() []Reader { return append(packings(), formats(Options{})...) }

// packings are the readers of what holds other inputs.
func packings() []Reader { return []Reader{gzipped, zstandard, bzipped, zipReader{}, tarReader{}} }

// formats are the readers of what holds articles.
func formats(opts Options) []Reader {
	return append(marked(), htmlReader{}, linesReader{}, jsonReader{}, pressReader{}, tableReader{opts.Map}, textReader{})
}

// marked are those whose inputs begin with a mark of their own, which other
// bytes than those of text may follow.
func marked() []Reader { return []Reader{warcReader{}, mboxReader{}, mailReader{}, feedReader{}} }

// knownExtensions are those of all readers.
var knownExtensions = sync.OnceValue(func() map[string]bool {
	known := map[string]bool{}
	for _, r := range Readers() {
		for _, ext := range r.Extensions() {
			known[ext] = true
		}
	}
	return known
})

func knownExtension(ext string) bool { return knownExtensions()[ext] }

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
		src.raw = src.R
		if src.disk == nil {
			src.disk = diskFile(src.R)
		}
		r, src, err := choose(src, opts)
		var e *Error
		switch {
		case (errors.Is(err, errBinary) || errors.Is(err, errUnknownText)) && errors.As(err, &e):
			src.leaveOut(opts, yield, e)
		case err != nil:
			yield(graph.Article{}, err)
		default:
			r.Read(src, opts)(yield)
		}
	}
}

// choose finds the reader for src.
func choose(src Source, opts Options) (Reader, Source, error) {
	in := buffered(src)
	src.R = in
	// Where reading fails later than at the first byte, the reader will find the
	// failure again, behind what is sound.
	head, err := in.Peek(headLen)
	if err != nil && err != io.EOF && len(head) == 0 {
		return nil, src, readError(src, 0, err)
	}
	for _, r := range packings() {
		if r.Match(head, src.ext()) {
			return r, src, nil
		}
	}
	src, head, err = prepare(src)
	if err != nil {
		return nil, src, err
	}
	r, err := recognise(src, head, opts)
	return r, src, err
}

// readAll reads the whole of src into memory if it has at most max bytes, and
// checks that it is UTF-8.
func readAll(src Source, max int) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(src.R, int64(max)+1))
	if err != nil {
		return nil, readError(src, 0, err)
	}
	if len(data) > max {
		return nil, src.fail(0, "split it into files of one article each, or leave it out",
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
