package ingest

import (
	"bufio"
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"net/http/httputil"
	"net/textproto"
	"strings"
	"unicode/utf8"

	"github.com/andybalholm/brotli"
)

// response takes the HTTP response in data apart: the media type, and the body
// without chunks and compression, of max bytes and one more at the most. The
// media type of a response without success is "". Its length is not looked at:
// crawlers that unpack a body often leave the old one.
func response(data []byte, max int, meter *meter) (media string, content []byte, err error) {
	in := bufio.NewReader(bytes.NewReader(data))
	lines := textproto.NewReader(in)
	status, err := lines.ReadLine()
	if err != nil || !strings.HasPrefix(status, "HTTP/") {
		return "", nil, fmt.Errorf("%w: no HTTP response", errDamaged)
	}
	header, err := lines.ReadMIMEHeader()
	if err != nil && len(header) == 0 {
		return "", nil, fmt.Errorf("%w: HTTP: %w", errDamaged, err)
	}
	if code := strings.Fields(status + " 0")[1]; code != "200" && code != "203" {
		return "", nil, nil
	}
	raw, _ := io.ReadAll(in)
	content = raw
	if strings.EqualFold(header.Get("Transfer-Encoding"), "chunked") {
		content, err = io.ReadAll(httputil.NewChunkedReader(bytes.NewReader(raw)))
		if err != nil && len(content) == 0 {
			content = raw // joined by the crawler
		} else if err != nil {
			return "", nil, fmt.Errorf("%w: HTTP: %w", errDamaged, noEOF(err))
		}
	}
	content, err = decompress(content, strings.ToLower(header.Get("Content-Encoding")), max, meter)
	return header.Get("Content-Type"), content, err
}

// decompress unpacks a body of HTTP. What does not look packed, whatever its
// header says, was unpacked by the crawler.
func decompress(data []byte, coding string, max int, meter *meter) ([]byte, error) {
	var z io.ReadCloser
	var err error
	in := bufio.NewReader(bytes.NewReader(data))
	switch {
	case bytes.HasPrefix(data, []byte(gzipMagic)):
		z, _, err = openGzip(in)
	case zstandard.Match(data, ""):
		z, _, err = openZstd(in)
	case coding == "deflate" && len(data) > 0 && data[0] == 0x78:
		z, err = zlib.NewReader(in)
	case coding == "br" && !utf8.Valid(data):
		z = io.NopCloser(brotli.NewReader(in))
	default:
		return data, nil
	}
	if err == nil {
		defer z.Close()
		data, err = io.ReadAll(io.LimitReader(z, int64(max)+1))
		meter.out += int64(len(data))
	}
	if err != nil {
		return nil, fmt.Errorf("%w: HTTP: %w", errDamaged, err)
	}
	return data, nil
}
