package ingest

import (
	"io"
	"os"
)

// countedReader tells Options.Consumed what is read.
type countedReader struct {
	r        io.Reader
	n        int64
	consumed func(int64)
}

func (o Options) counted(r io.Reader) *countedReader {
	c := &countedReader{r: r, consumed: o.Consumed}
	if c.consumed == nil {
		c.consumed = func(int64) {}
	}
	return c
}

func (c *countedReader) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	c.consumed(int64(n))
	return n, err
}

// rest counts what was not read of a file as consumed, since nobody will.
func (c *countedReader) rest(f *os.File) {
	if info, err := f.Stat(); err == nil && info.Size() > c.n {
		c.consumed(info.Size() - c.n)
	}
}
