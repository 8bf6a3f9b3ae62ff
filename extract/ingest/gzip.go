package ingest

import (
	"bufio"
	"bytes"
	"io"

	"github.com/klauspost/compress/gzip"
)

// gzipMagic begins a member: two bytes of mark, and the only method there is.
const gzipMagic = "\x1F\x8B\x08"

// gzipStream unpacks gzip members one after the other, as gzip.Reader does, but
// can go on after a damaged one: web archives have a member for each record.
type gzipStream struct {
	in  *bufio.Reader
	z   *gzip.Reader
	err error // of the member, or io.EOF after the last; kept until resync
}

func openGzip(in *bufio.Reader) (io.ReadCloser, func() error, error) {
	z, err := gzip.NewReader(in)
	if err != nil {
		return nil, nil, err
	}
	z.Multistream(false)
	g := &gzipStream{in: in, z: z}
	return g, g.resync, nil
}

func (g *gzipStream) Close() error { return g.z.Close() }

func (g *gzipStream) Read(p []byte) (int, error) {
	for g.err == nil {
		n, err := g.z.Read(p)
		if err == io.EOF {
			err = g.nextMember()
		}
		g.err = err
		if n > 0 {
			return n, nil
		}
	}
	return 0, g.err
}

// nextMember goes to the member that follows. Zero bytes, with which tapes are
// filled up, end the stream as its end does.
func (g *gzipStream) nextMember() error {
	for {
		head, err := g.in.Peek(1)
		if err != nil {
			return err
		}
		if head[0] != 0 {
			break
		}
		g.in.Discard(1)
	}
	return g.reset()
}

func (g *gzipStream) reset() error {
	err := g.z.Reset(g.in)
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	g.z.Multistream(false)
	return err
}

// resync looks for the next member. It returns io.EOF where there is none.
func (g *gzipStream) resync() error {
	for magic := []byte(gzipMagic); ; {
		if _, err := g.in.Peek(len(magic)); err != nil {
			g.err = io.EOF
			return io.EOF
		}
		ahead, _ := g.in.Peek(g.in.Buffered())
		i := bytes.Index(ahead, magic)
		if i < 0 {
			g.in.Discard(len(ahead) - len(magic) + 1)
			continue
		}
		g.in.Discard(i)
		if g.err = g.reset(); g.err == nil {
			return nil
		}
	}
}
