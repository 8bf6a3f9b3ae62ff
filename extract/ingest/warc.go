package ingest

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
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
//
// Damage costs the records it is in: the next one is found by its first line,
// and in compressed archives by the gzip member that it begins.
type warcReader struct{}

func (warcReader) Extensions() []string { return []string{".warc", ".wet"} }

func (warcReader) Match(head []byte, _ string) bool {
	return bytes.HasPrefix(bytes.TrimLeft(head, "\r\n"), []byte("WARC/")) && bytes.Contains(head, []byte("\n"))
}

func (warcReader) Read(src Source, opts Options) iter.Seq2[graph.Article, error] {
	return func(yield func(graph.Article, error) bool) {
		if src.meter == nil {
			src.meter = &meter{}
			src.R = &counter{r: src.R, n: &src.meter.in}
			src.raw = src.R
		}
		w := warc{archive: newArchive(src, opts, yield), in: buffered(src)}
		for w.record() {
		}
	}
}

// warc is a web archive under reading.
type warc struct {
	archive
	in      *bufio.Reader
	block   bytes.Buffer
	damaged bool // and nothing sound was read since
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
	if err == nil {
		w.block.Reset()
		err = w.body(wanted, length)
	}
	if err == nil {
		err = w.sound()
	}
	switch {
	case err == errTooLong:
		return w.fail(header.Get("Warc-Target-Uri"), "leave it out or raise the limit",
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
		return readMedia(media)
	}
	return false
}

// readMedia reports whether a media type is that of pages and texts. Feeds are
// left out: their items are the archived pages, in short.
func readMedia(media string) bool {
	return media == "text/html" || media == "application/xhtml+xml" || media == "text/plain"
}

// header reads the lines before a record's block. It returns io.EOF at the end
// of the archive.
func (w *warc) header() (textproto.MIMEHeader, int64, error) {
	if err := w.pastEnd(); err != nil {
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
		return errNoRecord
	}
	return w.pastEnd()
}

var errTooLong = errors.New("too long")

// body reads a block of length bytes: into w.block if keep is set and it is not
// too long, else past it.
func (w *warc) body(keep bool, length int64) error {
	var to io.Writer = io.Discard
	long := length > int64(w.opts.MaxLine)
	if keep && !long {
		to = &w.block
	}
	if _, err := io.CopyN(to, w.in, length); err != nil {
		return noEOF(err)
	}
	if keep && long {
		return errTooLong
	}
	return nil
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
		if !w.emit(graph.Article{}, readError(w.src, 0, damage(cause))) {
			return false
		}
	}
	w.damaged = true
	switch {
	case errors.Is(cause, errNoRecord), errors.Is(cause, errBadHeader):
		return w.seek()
	case w.src.resync == nil || errors.Is(cause, errBomb) || w.src.resync() != nil:
		return false
	}
	w.in.Reset(w.src.raw)
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
	if !readMedia(kind) || forMachines(uri) {
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
	if media != "text/plain" && !slices.Contains(htmlReader{}.Extensions(), s.ext()) {
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
