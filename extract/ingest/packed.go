package ingest

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/bzip2"
	"errors"
	"fmt"
	"io"
	"iter"
	"path"
	"slices"
	"strings"

	"github.com/klauspost/compress/zstd"

	"entente/graph"
)

// maxDepth bounds the packings around an input: a feed in a .gz in a .tar.zst
// in a .zip has four.
const maxDepth = 5

var (
	errBomb    = errors.New("unpacks to suspiciously much")
	errDamaged = errors.New("damaged")
	errDeep    = fmt.Errorf("packed more than %d times", maxDepth)
)

// packing reads one compressed stream, whatever it holds.
type packing struct {
	extensions []string
	magic      string
	// open returns the unpacked stream and, where the form allows to go on
	// after damage, a function that does so.
	open func(in *bufio.Reader) (out io.ReadCloser, resync func() error, err error)
}

var (
	gzipped   = packing{[]string{".gz", ".tgz"}, gzipMagic, openGzip}
	zstandard = packing{[]string{".zst", ".tzst"}, "\x28\xB5\x2F\xFD", openZstd}
	bzipped   = packing{[]string{".bz2", ".tbz2"}, "BZh", openBzip2}
)

func (p packing) Extensions() []string { return p.extensions }

func (p packing) Match(head []byte, _ string) bool {
	// "BZh" alone might begin a text; its fourth byte and a block's mark do not.
	return bytes.HasPrefix(head, []byte(p.magic)) && (p.magic != "BZh" || len(head) >= 10 && head[4] == 0x31 && head[5] == 0x41)
}

// metered returns s with a meter over what it reads, unless one is there: that of
// the outermost packing counts for all within.
func (s Source) metered() Source {
	if s.meter == nil {
		s.meter = &meter{}
		s.R = &counter{r: s.R, n: &s.meter.in}
	}
	return s
}

func (p packing) Read(src Source, opts Options) iter.Seq2[graph.Article, error] {
	return func(yield func(graph.Article, error) bool) {
		if src.depth >= maxDepth {
			yield(graph.Article{}, src.fail(0, "unpack it first", errDeep))
			return
		}
		src = src.metered()
		in := &counter{r: src.R, n: new(int64)}
		z, resync, err := p.open(bufio.NewReaderSize(in, headLen))
		if err != nil {
			yield(graph.Article{}, readError(src, 0, damage(err)))
			return
		}
		defer z.Close()
		Read(Source{
			Path: src.Path, file: p.inner(src.fileName()), found: src.found, inside: src.inside, included: src.included, depth: src.depth + 1, meter: src.meter, resync: resync,
			R: &unpacked{r: z, in: in.n, meter: src.meter, opts: opts},
		}, opts)(yield)
	}
}

// inner names what is in a packed file: "a.jsonl" in "a.jsonl.gz", "a.tar" in
// "a.tgz".
func (p packing) inner(name string) string {
	ext := strings.ToLower(path.Ext(name))
	if !slices.Contains(p.extensions, ext) {
		return name
	}
	name = name[:len(name)-len(ext)]
	if strings.HasPrefix(ext, ".t") {
		name += ".tar"
	}
	return name
}

// maxWindow bounds how far a zstd stream may look back, which the decoder keeps
// in memory; zstd itself refuses more unless it is told to take it.
const maxWindow = 128 << 20

func openZstd(in *bufio.Reader) (io.ReadCloser, func() error, error) {
	z, err := zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow))
	if err != nil {
		return nil, nil, err
	}
	return z.IOReadCloser(), nil, nil
}

func openBzip2(in *bufio.Reader) (io.ReadCloser, func() error, error) {
	return io.NopCloser(bzip2.NewReader(in)), nil, nil
}

// meter counts over all packings of one input, for their sum may be a bomb
// where each of them is not.
type meter struct {
	in  int64 // bytes of the input
	out int64 // bytes unpacked from it, at every depth
}

// counter counts the bytes that are read through it.
type counter struct {
	r io.Reader
	n *int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	*c.n += int64(n)
	return n, err
}

// What may be unpacked before the ratio is looked at: of one file or member,
// and of a whole input.
const (
	graceMember = 16 << 20
	graceInput  = 1 << 30
)

// unpacked is what comes out of a packing, watched for bombs. Errors of its
// packing but the end are marked as damage.
type unpacked struct {
	r     io.Reader
	in    *int64 // packed bytes read so far
	out   int64  // bytes unpacked
	meter *meter
	opts  Options
}

func (u *unpacked) Read(p []byte) (int, error) {
	if err := u.bomb(); err != nil {
		return 0, err
	}
	n, err := u.r.Read(p[:min(int64(len(p)), u.opts.MaxUnpacked-u.out+1)])
	u.out += int64(n)
	u.meter.out += int64(n)
	if err != nil && err != io.EOF {
		err = damage(err)
	}
	return n, err
}

func (u *unpacked) bomb() error {
	switch {
	case u.out > u.opts.MaxUnpacked:
		return fmt.Errorf("%w: more than %d bytes", errBomb, u.opts.MaxUnpacked)
	case u.out > graceMember && u.out/u.opts.MaxRatio > *u.in:
		return fmt.Errorf("%w: more than %d times its size", errBomb, u.opts.MaxRatio)
	}
	return u.meter.bomb(u.opts)
}

// damage marks an error of a packing as one, unless it says something else.
func damage(err error) error {
	for _, other := range []error{errBomb, errDamaged, zip.ErrAlgorithm, zstd.ErrWindowSizeExceeded, zstd.ErrDecoderSizeExceeded} {
		if errors.Is(err, other) {
			return err
		}
	}
	return fmt.Errorf("%w: %w", errDamaged, err)
}

// bomb returns an error if all that was unpacked from the input is too much.
func (m *meter) bomb(opts Options) error {
	if m.out > graceInput && m.out/opts.MaxRatio > m.in {
		return fmt.Errorf("%w: all in all more than %d times the input", errBomb, opts.MaxRatio)
	}
	return nil
}
