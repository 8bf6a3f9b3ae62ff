package ingest

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// headLen is how much of an input the formats see before they are chosen.
const headLen = 64 << 10

// prepare takes a byte order mark off src, decodes UTF-16, with a mark or
// without, and returns the beginning of what follows. The head stays in src.R.
func prepare(src Source) (Source, []byte, error) {
	in := buffered(src)
	mark, _ := in.Peek(3)
	switch {
	case bytes.HasPrefix(mark, []byte("\xEF\xBB\xBF")):
		in.Discard(3) // which are in the buffer
	case bytes.HasPrefix(mark, []byte("\xFF\xFE")), bytes.HasPrefix(mark, []byte("\xFE\xFF")):
		utf16 := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM)
		in = bufio.NewReaderSize(transform.NewReader(in, utf16.NewDecoder()), headLen)
	}
	head, err := in.Peek(headLen)
	if order, ok := bareUTF16(head); ok { // decoded without its mark
		in = bufio.NewReaderSize(transform.NewReader(in, unicode.UTF16(order, unicode.IgnoreBOM).NewDecoder()), headLen)
		head, err = in.Peek(headLen)
	}
	if err != nil && err != io.EOF && len(head) == 0 {
		return src, nil, readError(src, 0, err)
	}
	src.R = in
	return src, head, nil
}

// recognise returns the reader for src, or an *Error that says why there is
// none.
func recognise(src Source, head []byte, opts Options) (Reader, error) {
	if len(bytes.TrimSpace(head)) == 0 && len(head) < headLen {
		return nil, src.fail(0, "leave it out", errEmpty)
	}
	ext := src.ext()
	for _, r := range marked() {
		if r.Match(head, ext) {
			return r, nil
		}
	}
	if hint, cause := foreign(head); cause != nil {
		return nil, src.fail(0, hint, cause)
	}
	for _, r := range formats(opts) {
		if !r.Match(head, ext) {
			continue
		}
		if _, text := r.(textReader); text && src.found && ext != "" && !knownExtension(ext) {
			return nil, src.fail(0, "name the file to read it as an article", fmt.Errorf("%w (%s)", errUnknownText, ext))
		}
		return r, nil
	}
	return nil, src.fail(0, "save it as text, JSON or HTML", errBinary)
}

var (
	errEmpty  = errors.New("empty")
	errBinary = errors.New("not a format that is read here")
	// errUnknownText is why text is not read that nobody named.
	errUnknownText = errors.New("text of an unknown kind")
)

// OtherKind reports whether err says of a file that it is no kind of article at
// all: binary data, text under an unknown extension, a table of coded events.
func OtherKind(err error) bool {
	return errors.Is(err, errBinary) || errors.Is(err, errUnknownText) || errors.Is(err, errEvents)
}

// foreign recognises what is no text at all, or text of a format that would
// make nonsense as prose. It returns the way out and the cause, or no cause.
func foreign(head []byte) (hint string, cause error) {
	for _, f := range []struct{ magic, what, hint string }{
		{"%PDF-", "a PDF file", "turn it into text first (pdftotext)"},
		{"PK\x03\x04", "an office document or an e-book", "save it as text or HTML"},
		{"\xFD7zXZ\x00", "xz-compressed", "unpack it first (xz -d)"},
		{"7z\xBC\xAF\x27\x1C", "a 7-Zip archive", "unpack it first (7z x)"},
		{"Rar!", "a RAR archive", "unpack it first (unrar x)"},
		{"\xD0\xCF\x11\xE0", "an old office document", "save it as text"},
		{`{\rtf`, "an RTF document", "save it as text"},
		{"\x89PNG", "a picture", "leave it out"},
		{"\xFF\xD8\xFF", "a picture", "leave it out"},
		{"GIF8", "a picture", "leave it out"},
	} {
		if bytes.HasPrefix(head, []byte(f.magic)) {
			return f.hint, fmt.Errorf("%w: %s", errBinary, f.what)
		}
	}
	// A stray control character is damage that is mended; many are another
	// kind of file.
	controls := 0
	for _, b := range head {
		if b < 0x20 && !bytes.ContainsRune([]byte("\t\n\v\f\r\x1b"), rune(b)) {
			controls++
		}
	}
	if controls*100 > len(head) {
		return "save it as text, JSON or HTML, or leave it out", fmt.Errorf("%w: unknown binary data", errBinary)
	}
	start := bytes.TrimSpace(head)
	for _, mark := range []string{"<?xml", "<rss", "<feed", "<rdf:RDF", "<nitf", "<newsML"} {
		if bytes.HasPrefix(start, []byte(mark)) && !bytes.Contains(head, []byte("<html")) {
			return "save its articles as text, JSON or HTML", fmt.Errorf("%w: XML", errBinary)
		}
	}
	return "", nil
}
