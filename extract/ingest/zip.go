package ingest

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/zstd"

	"entente/graph"
)

// zipReader reads the files in a ZIP archive, in the order of its directory.
type zipReader struct{}

func (zipReader) Extensions() []string { return []string{".zip"} }

// Match leaves out office documents and e-books, which are ZIP archives of
// something else than articles.
func (zipReader) Match(head []byte, _ string) bool {
	if bytes.HasPrefix(head, []byte("PK\x05\x06")) { // an empty archive
		return true
	}
	if !bytes.HasPrefix(head, []byte("PK\x03\x04")) || len(head) < 30 {
		return false
	}
	first := head[30:]
	for _, name := range []string{"[Content_Types].xml", "_rels/", "mimetype", "docProps/", "word/", "xl/", "ppt/"} {
		if bytes.HasPrefix(first, []byte(name)) {
			return false
		}
	}
	return true
}

var errEncrypted = errors.New("encrypted")

func (zipReader) Read(src Source, opts Options) iter.Seq2[graph.Article, error] {
	return func(yield func(graph.Article, error) bool) {
		if src.depth >= maxDepth {
			yield(graph.Article{}, src.fail(0, "unpack it first", errDeep))
			return
		}
		file, size, release, err := src.random(opts.MaxSpool)
		if err != nil {
			yield(graph.Article{}, err)
			return
		}
		defer release()
		z, err := openZip(src, file, size, opts)
		if err != nil {
			yield(graph.Article{}, err)
			return
		}
		if src.meter == nil {
			src.meter = &meter{in: size}
		}
		a := newArchive(src, opts, yield)
		if a.zip(z, size) {
			a.end()
		}
	}
}

// openZip reads the directory of a ZIP archive, which costs some 300 bytes of
// memory a member. The archive's own count of them is not trusted.
func openZip(src Source, file io.ReaderAt, size int64, opts Options) (*zip.Reader, error) {
	const perMember = 128 // bytes of the directory, with an ordinary name
	limited := &limitedAt{r: file, left: int64(opts.MaxMembers)*perMember + 1<<17}
	z, err := zip.NewReader(limited, size)
	switch {
	case limited.left < 0, err == nil && len(z.File) > opts.MaxMembers:
		return nil, src.tooMany(opts)
	case err != nil && !errors.Is(err, zip.ErrInsecurePath):
		return nil, readError(src, 0, damage(err))
	}
	limited.off = true
	z.RegisterDecompressor(zip.Deflate, func(r io.Reader) io.ReadCloser { return flate.NewReader(r) })
	z.RegisterDecompressor(zstd.ZipMethodWinZip, zstd.ZipDecompressor(zstd.WithDecoderConcurrency(1),
		zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow)))
	return z, nil
}

// zip reads the archive of size bytes; false once it must not be gone on.
func (a *archive) zip(z *zip.Reader, size int64) bool {
	for _, f := range z.File {
		mode := f.Mode()
		if mode.IsDir() {
			continue
		}
		if err := a.src.meter.bomb(a.opts); err != nil {
			return a.emit(graph.Article{}, readError(a.src, 0, err))
		}
		if ok, _ := a.opts.selects(a.src.member(f.Name)); ok && f.Flags&1 != 0 {
			if !a.fail(f.Name, "unpack it with its password, and read that", errEncrypted) {
				return false
			}
			continue
		}
		var open io.ReadCloser
		packed := min(int64(min(f.CompressedSize64, 1<<62)), size)
		more := a.take(f.Name, mode.IsRegular(), func() (_ io.Reader, err error) {
			if open, err = f.Open(); err != nil {
				return nil, damage(err)
			}
			return &unpacked{r: open, in: &packed, meter: a.src.meter, opts: a.opts}, nil
		})
		if open != nil {
			open.Close()
		}
		if !more {
			return false
		}
	}
	return true
}

// limitedAt refuses to read more than left bytes, until it is off.
type limitedAt struct {
	r    io.ReaderAt
	left int64
	off  bool
}

func (l *limitedAt) ReadAt(p []byte, offset int64) (int, error) {
	if !l.off {
		if l.left -= int64(len(p)); l.left < 0 {
			return 0, errors.New("the directory is too long")
		}
	}
	return l.r.ReadAt(p, offset)
}

// random returns the bytes of src for reading at any place, and their number.
// What is no file of the system is copied to a temporary one, of max bytes at
// the most; release removes it.
func (s Source) random(max int64) (file io.ReaderAt, size int64, release func(), err error) {
	if s.disk != nil {
		if info, err := s.disk.Stat(); err == nil && info.Mode().IsRegular() {
			return s.disk, info.Size(), func() {}, nil
		}
	}
	const small = 1 << 20 // stays in memory
	var memory bytes.Buffer
	if _, err := io.CopyN(&memory, s.R, small); err == io.EOF {
		return bytes.NewReader(memory.Bytes()), int64(memory.Len()), func() {}, nil
	} else if err != nil {
		return nil, 0, nil, readError(s, 0, err)
	}
	temp, err := os.CreateTemp("", "entente-*.zip")
	if err != nil {
		return nil, 0, nil, s.spoolError(err)
	}
	release = func() {
		temp.Close()
		os.Remove(temp.Name())
	}
	if size, err = io.Copy(temp, io.LimitReader(io.MultiReader(&memory, s.R), max+1)); err != nil {
		release()
		return nil, 0, nil, s.spoolError(err)
	}
	if size > max {
		release()
		return nil, 0, nil, s.fail(0, "name the file itself, or unpack it and name the folder",
			fmt.Errorf("a ZIP of more than %d bytes out of a stream", max))
	}
	return temp, size, release, nil
}

// diskFile returns the file that r is, or nil.
func diskFile(r io.Reader) *os.File {
	f, _ := r.(*os.File)
	return f
}

// spoolError tells a full or missing temporary folder from an input that
// cannot be read.
func (s Source) spoolError(err error) *Error {
	var path *fs.PathError
	if errors.As(err, &path) && !errors.Is(err, errDamaged) {
		return s.fail(0, "make room there, or set TMPDIR to another folder", fmt.Errorf("cannot be kept in a temporary file: %w", err))
	}
	return readError(s, 0, err)
}
