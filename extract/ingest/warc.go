package ingest

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"mime"
	"net/textproto"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"entente/graph"
)

// warcReader reads the pages and texts in a web archive (WARC 1.0 and 1.1, ISO
// 28500), an article each: successful responses, resources, and conversions to
// plain text. The origin of an article is "crawl.warc!/" and its address. The
// date of a record is that of the crawl and not taken for one of publication.
// Feeds, JSON and the like among the responses are counted in a warning; as
// resources, which somebody put into the archive, they are read.
//
// Damage costs the records it is in: the next one is found by its first line,
// even within what a wrong length claims, and in compressed archives by the gzip
// member that it begins.
type warcReader struct{}

func (warcReader) Extensions() []string { return []string{".warc", ".wet"} }

func (warcReader) Match(head []byte, _ string) bool {
	return bytes.HasPrefix(bytes.TrimLeft(head, "\r\n"), []byte("WARC/")) && bytes.Contains(head, []byte("\n"))
}

func (warcReader) Read(src Source, opts Options) iter.Seq2[graph.Article, error] {
	return func(yield func(graph.Article, error) bool) {
		if src.meter == nil {
			src = src.metered()
			src.raw = src.R
		}
		w := warc{archive: newArchive(src, opts, yield), rewind: rewinder{r: src.R}, passed: map[string]int{}}
		w.in = bufio.NewReaderSize(&w.rewind, headLen)
		for w.record() {
		}
		w.report()
	}
}

// warc is a web archive under reading.
type warc struct {
	archive
	in      *bufio.Reader // from rewind
	rewind  rewinder
	block   bytes.Buffer
	damaged bool           // and nothing sound was read since
	start   int64          // where the record begins
	jumped  bool           // over damage that hid how many bytes there were
	passed  map[string]int // kinds of document that were not read
}

// rewinder gives bytes again that were put back, then those of r.
type rewinder struct {
	r      io.Reader
	back   []byte
	offset int64 // of the next byte
	again  int64 // bytes that were put back, all in all
}

func (r *rewinder) Read(p []byte) (n int, err error) {
	if len(r.back) > 0 {
		n = copy(p, r.back)
		r.back = r.back[n:]
	} else {
		n, err = r.r.Read(p)
	}
	r.offset += int64(n)
	return n, err
}

var (
	errNoRecord  = errors.New("no record begins where one should")
	errBadHeader = errors.New("a record with a broken header")
)

// record reads the next record. It returns false at the end of the archive, and
// once the consumer wants no more.
func (w *warc) record() bool {
	header, length, err := w.header()
	if err == io.EOF {
		w.end()
		return false
	}
	wanted := err == nil && wantedRecord(header)
	w.block.Reset()
	if err == nil {
		err = w.body(wanted, length)
	}
	if err == nil || err == errTooLong {
		err = cmp.Or(w.sound(), err) // a length may be too long because it is wrong
	}
	switch {
	case err == errTooLong:
		w.damaged = false
		return w.fail(header.Get("Warc-Target-Uri"), "leave it out",
			fmt.Errorf("longer than %d bytes, too long for one record", w.opts.MaxLine))
	case err != nil:
		return w.recover(err)
	}
	w.damaged = false
	return !wanted || w.page(header)
}

// wantedRecord reports whether a record may hold an article.
func wantedRecord(header textproto.MIMEHeader) bool {
	kind := strings.ToLower(header.Get("Warc-Type"))
	media, _, _ := mime.ParseMediaType(header.Get("Content-Type"))
	switch kind {
	case "response":
		return media == "application/http" || header.Get("Content-Type") == ""
	case "resource", "conversion":
		return readMedia(media) || passedKind(media) != ""
	}
	return false
}

// passedKind says what a document of a media type is that is no page but might
// hold articles, in the plural, or returns "".
func passedKind(media string) string {
	switch {
	case media == "application/json", strings.HasSuffix(media, "+json"), media == "application/x-ndjson", media == "application/jsonl":
		return "JSON documents"
	case media == "application/xml", media == "text/xml", media == "application/rss+xml", media == "application/atom+xml", media == "application/rdf+xml":
		return "feeds or other XML"
	case media == "text/csv", media == "text/tab-separated-values":
		return "tables"
	case media == "message/rfc822", media == "application/mbox":
		return "mails"
	case media == "application/pdf":
		return "PDF files"
	}
	return ""
}

// report warns of the documents that were not read.
func (w *warc) report() {
	var counts []string
	for _, kind := range slices.Sorted(maps.Keys(w.passed)) {
		counts = append(counts, fmt.Sprintf("%s (%d)", kind, w.passed[kind]))
	}
	if len(counts) > 0 {
		w.opts.warn(&Warning{Path: w.src.Path, Cause: fmt.Errorf("not read among what the crawler met: %s", strings.Join(counts, ", ")),
			Hint: "their articles are mostly archived as pages too; save those you want as files"})
	}
}

// readMedia reports whether a media type is that of pages and texts. Feeds are
// left out: their items are the archived pages, in short.
func readMedia(media string) bool {
	return media == "text/html" || media == "application/xhtml+xml" || media == "text/plain"
}

// header reads the lines before a record's block. It returns io.EOF at the end
// of the archive.
func (w *warc) header() (textproto.MIMEHeader, int64, error) {
	err := w.pastEnd()
	w.start = w.offset()
	if err != nil {
		return nil, 0, err
	}
	first, err := w.line()
	switch {
	case err == io.EOF && len(first) == 0:
		return nil, 0, io.EOF
	case err != nil && err != bufio.ErrBufferFull:
		return nil, 0, err
	case !bytes.HasPrefix(first, []byte("WARC/")):
		return nil, 0, errNoRecord
	}
	const most = 1000 // lines
	header := textproto.MIMEHeader{}
	for range most {
		line, err := w.line()
		if err != nil {
			return nil, 0, noEOF(err)
		}
		if len(line) == 0 {
			length, err := strconv.ParseInt(header.Get("Content-Length"), 10, 64)
			if err != nil || length < 0 {
				return nil, 0, fmt.Errorf("%w: no length", errBadHeader)
			}
			return header, length, nil
		}
		if name, value, ok := strings.Cut(string(line), ":"); ok {
			header.Set(name, strings.TrimSpace(value))
		}
	}
	return nil, 0, errBadHeader
}

// line reads a line without its end; it stays good until the next read.
func (w *warc) line() ([]byte, error) {
	line, err := w.in.ReadSlice('\n')
	return bytes.TrimRight(line, "\r\n"), err
}

// pastEnd reads over the empty lines between two records.
func (w *warc) pastEnd() error {
	for {
		c, err := w.in.Peek(1)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if c[0] != '\r' && c[0] != '\n' {
			return nil
		}
		w.in.Discard(1)
	}
}

// sound checks what follows a block: a line end, without which it was not as
// long as it says, and the checksum of its gzip member.
func (w *warc) sound() error {
	if next, _ := w.in.Peek(1); len(next) > 0 && next[0] != '\r' && next[0] != '\n' {
		return fmt.Errorf("%w: it is not as long as it says", errNoRecord)
	}
	return w.pastEnd()
}

var errTooLong = errors.New("too long")

// errLength is that of a record whose length leads past the end.
var errLength = errors.New("a record that is longer than what is left")

// body reads a block of length bytes into w.block; of one that is too long the
// beginning. What need not be kept is, too: its length may be wrong.
func (w *warc) body(keep bool, length int64) error {
	most := int64(w.opts.MaxLine)
	_, err := io.CopyN(&w.block, w.in, min(length, most))
	if err == nil && length > most {
		if i := recordStart(w.block.Bytes()); i >= 0 {
			return errLength // another record begins in it
		}
		_, err = io.CopyN(io.Discard, w.in, length-most)
	}
	switch {
	case err == io.EOF:
		return fmt.Errorf("%w: %w", errLength, io.ErrUnexpectedEOF)
	case err == nil && keep && length > most:
		return errTooLong
	}
	return err
}

// recordStart returns where in a block a line begins another record, or -1.
func recordStart(block []byte) int {
	const mark = "\nWARC/1."
	for i := 0; ; {
		n := bytes.Index(block[i:], []byte(mark))
		if n < 0 {
			return -1
		}
		i += n + 1
		_, next, _ := bytes.Cut(block[i:min(len(block), i+64)], []byte("\n"))
		if next = bytes.ToUpper(next); bytes.HasPrefix(next, []byte("WARC-")) || bytes.HasPrefix(next, []byte("CONTENT-")) {
			return i
		}
	}
}

// offset is where the next byte stands in the unpacked archive.
func (w *warc) offset() int64 { return w.rewind.offset - int64(w.in.Buffered()) }

// mostAgain bounds what is read twice, since a file may be all wrong lengths.
const mostAgain = 1 << 30

// putBack goes back to the record that begins in w.block, if one does.
func (w *warc) putBack() bool {
	block := w.block.Bytes()
	i := recordStart(block)
	if i < 0 || w.rewind.again > mostAgain {
		return false
	}
	ahead, _ := w.in.Peek(w.in.Buffered())
	w.rewind.offset -= int64(len(block) - i + len(ahead))
	w.rewind.back = slices.Concat(block[i:], ahead, w.rewind.back)
	w.rewind.again += int64(len(w.rewind.back))
	w.in.Reset(&w.rewind)
	return true
}

func noEOF(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// recover reports damage, once for all that is found before the next sound
// record, and looks for that. It returns false where there is none.
func (w *warc) recover(cause error) bool {
	if !w.damaged {
		told := damage(cause)
		if !w.jumped && !errors.Is(cause, errBomb) {
			told = fmt.Errorf("record at byte %d: %w", w.start, told)
		}
		if !w.emit(graph.Article{}, readError(w.src, 0, told)) {
			return false
		}
	}
	w.damaged = true
	switch {
	case errors.Is(cause, errNoRecord), errors.Is(cause, errBadHeader):
		return w.putBack() || w.seek()
	case errors.Is(cause, errLength):
		return w.putBack()
	case w.src.resync == nil || errors.Is(cause, errBomb) || w.src.resync() != nil:
		return false
	}
	w.rewind.r, w.rewind.back, w.jumped = w.src.raw, nil, true
	w.in.Reset(&w.rewind)
	return true
}

// seek goes to the next line that begins a record.
func (w *warc) seek() bool {
	for start := true; ; {
		if start {
			if mark, _ := w.in.Peek(len("WARC/1.")); string(mark) == "WARC/1." {
				return true
			}
		}
		_, err := w.in.ReadSlice('\n')
		switch start = err == nil; {
		case err == io.EOF:
			return false
		case err != nil && err != bufio.ErrBufferFull:
			return w.recover(err)
		}
	}
}

// page reads the article in w.block.
func (w *warc) page(header textproto.MIMEHeader) bool {
	uri := strings.Trim(header.Get("Warc-Target-Uri"), "<>")
	media := header.Get("Content-Type")
	data := w.block.Bytes()
	if strings.EqualFold(header.Get("Warc-Type"), "response") {
		var err error
		if media, data, err = response(data, w.opts.MaxArticle, w.src.meter); err != nil {
			return w.emit(graph.Article{}, readError(w.address(uri, media), 0, err))
		}
	}
	kind, _, _ := mime.ParseMediaType(media)
	resource := !strings.EqualFold(header.Get("Warc-Type"), "response")
	switch other := passedKind(kind); {
	case forMachines(uri):
		return true
	case other != "" && !resource:
		w.passed[other]++
		return true
	case !readMedia(kind) && other == "":
		return true
	}
	member := w.address(uri, kind)
	if _, params, _ := mime.ParseMediaType(media); params["charset"] != "" {
		data, _ = toUTF8(data, media) // else the page may say
	}
	member.R = bytes.NewReader(data)
	for article, err := range Read(member, w.opts) {
		if err == nil && article.URL == "" {
			article.URL = oneLine(webAddress(valid(uri)))
			// What stands for a file's name here is the address.
			if article.DateFrom == graph.FromFileName && article.Published == dateInURL(article.URL) {
				article.DateFrom = graph.FromURL
			}
		}
		if !w.emit(article, err) {
			return false
		}
	}
	return true
}

// address is the source of what was archived from uri under a media type. It
// is named by the last part of the path, or else by the host.
func (w *warc) address(uri, media string) Source {
	s := w.src.member("x")
	s.found = false                                  // its media type tells what it is
	s.Path = w.src.Path + "!/" + oneLine(valid(uri)) // path.Clean would spoil "https://"
	s.file = "page"
	if u, err := url.Parse(uri); err == nil {
		s.file = firstOf(strings.Trim(path.Base(u.Path), "/."), u.Hostname(), s.file)
	}
	if strings.Contains(media, "html") && !slices.Contains(htmlReader{}.Extensions(), s.ext()) {
		s.file += ".html"
	}
	return s
}

// forMachines reports whether an address is one of the texts that sites keep
// for programs.
func forMachines(uri string) bool {
	u, err := url.Parse(uri)
	return err == nil && (slices.Contains([]string{"/robots.txt", "/ads.txt", "/app-ads.txt", "/humans.txt", "/llms.txt"}, u.Path) ||
		strings.HasPrefix(u.Path, "/.well-known/"))
}
