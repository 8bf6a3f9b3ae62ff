package ingest

import (
	"archive/tar"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"iter"
	"path"
	"strings"

	"entente/graph"
)

// archive is an archive under reading. Nothing of it is ever written under a
// name that it gives; names serve messages, origins and ids only.
type archive struct {
	src      Source
	opts     Options
	yield    func(graph.Article, error) bool
	members  int
	articles int
	failures int
	// unselected is Options.unselected when the archive was begun.
	unselected int
}

// newArchive begins the archive src.
func newArchive(src Source, opts Options, yield func(graph.Article, error) bool) archive {
	return archive{src: src, opts: opts, yield: yield, unselected: *opts.unselected}
}

// ArchiveName reports whether a file is an archive of others by its name.
func ArchiveName(path string) bool {
	path = strings.ToLower(path)
	for _, p := range []packing{gzipped, zstandard, bzipped} {
		path = p.inner(path)
	}
	return strings.HasSuffix(path, ".zip") || strings.HasSuffix(path, ".tar")
}

// selects reports whether src, a file that was found, is read, and whether all
// that may be in it is included.
func (o Options) selects(src Source) (ok, included bool) {
	inside := cmp.Or(src.inside, src.Path)
	included = src.included || o.Include == nil || o.Include(inside) || o.Include(src.Path)
	return (included || ArchiveName(inside)) && (o.Exclude == nil || !o.Exclude(inside)), included
}

var (
	errOutside    = errors.New("its name leads out of the archive")
	errNotRegular = errors.New("a link or device")
)

func (a *archive) emit(article graph.Article, err error) bool {
	if err != nil {
		a.failures++
	} else {
		a.articles++
	}
	return a.yield(article, err)
}

func (a *archive) fail(member, hint string, cause error) bool {
	return a.emit(graph.Article{}, a.src.member(member).fail(0, hint, cause))
}

// member is the source of a file in the archive src, without its bytes. Its
// path is that of the archive, "!/", and its name there.
func (s Source) member(name string) Source {
	if !outside(name) {
		name = path.Clean(name)
	}
	name = oneLine(strings.ToValidUTF8(name, "\uFFFD"))
	inside := strings.TrimLeft(name, "/")
	if s.inside != "" {
		inside = s.inside + "!/" + inside
	}
	return Source{Path: s.Path + "!/" + strings.TrimLeft(name, "/"), file: name, found: true, inside: inside, included: s.included,
		depth: s.depth + 1, meter: s.meter}
}

// take reads one file of the archive. It returns false once the consumer wants
// no more. A file that a folder would hide is passed over, and one that is not
// selected.
func (a *archive) take(name string, regular bool, open func() (io.Reader, error)) bool {
	member := a.src.member(name)
	ok, included := a.opts.selects(member)
	member.included = included
	switch {
	case outside(name):
		return a.fail(name, "nothing is read from there; leave it out", errOutside)
	case hiddenMember(name):
		return true
	case !ok:
		*a.opts.unselected++
		return true
	case !regular:
		a.opts.warn(&Warning{Path: member.Path, Cause: fmt.Errorf("skipped: %w", errNotRegular), Hint: "what it points to is not read"})
		return true
	}
	r, err := open()
	if err != nil {
		return a.emit(graph.Article{}, readError(member, 0, err))
	}
	member.R = r
	for article, err := range Read(member, a.opts) {
		if !a.emit(article, err) {
			return false
		}
	}
	return true
}

// full reports, once, that the archive has too many members.
func (a *archive) full() bool {
	if a.members++; a.members <= a.opts.MaxMembers {
		return false
	}
	a.emit(graph.Article{}, a.src.tooMany(a.opts))
	return true
}

func (s Source) tooMany(opts Options) *Error {
	return s.fail(0, "unpack it and name the folder", fmt.Errorf("more than %d files in one archive", opts.MaxMembers))
}

// end reports an archive in which there was nothing. That the patterns have left
// nothing is worth a word only where the archive was named.
func (a *archive) end() {
	if n := *a.opts.unselected - a.unselected; n > 0 {
		if a.articles == 0 && a.failures == 0 && !a.src.found {
			a.yield(graph.Article{}, a.src.fail(0, patternsHint, fmt.Errorf("no article in this archive among the files that were chosen; the patterns left out %d", n)))
		}
		return
	}
	if a.articles == 0 && a.failures == 0 {
		a.yield(graph.Article{}, a.src.fail(0, "leave it out", errors.New("no article in this archive")))
	}
}

// outside reports whether a name would lead out of a folder into which the
// archive were unpacked, on any system.
func outside(name string) bool {
	name = strings.ReplaceAll(name, `\`, "/")
	if name == "" || name[0] == '/' || len(name) > 1 && name[1] == ':' || strings.ContainsRune(name, 0) {
		return true
	}
	for element := range strings.SplitSeq(name, "/") {
		if element == ".." {
			return true
		}
	}
	return false
}

// hiddenMember reports whether a folder would hide a name, or it is of those
// that macOS adds to its archives.
func hiddenMember(name string) bool {
	for element := range strings.SplitSeq(path.Clean(name), "/") {
		if hidden(element) || element == "__MACOSX" {
			return element != "."
		}
	}
	return false
}

// tarReader reads the files in a tar archive, in their order.
type tarReader struct{}

func (tarReader) Extensions() []string { return []string{".tar"} }

// Match takes what has the mark of POSIX and GNU, or a first header that is
// sound in the old form.
func (tarReader) Match(head []byte, _ string) bool {
	const block = 512
	if len(head) < block || bytes.IndexByte(head[:block], 0) < 0 {
		return false
	}
	if string(head[257:262]) == "ustar" {
		return true
	}
	header, err := tar.NewReader(bytes.NewReader(head)).Next()
	return err == nil && header.Name != ""
}

func (tarReader) Read(src Source, opts Options) iter.Seq2[graph.Article, error] {
	return func(yield func(graph.Article, error) bool) {
		if src.depth >= maxDepth {
			yield(graph.Article{}, src.fail(0, "unpack it first", errDeep))
			return
		}
		src = src.metered()
		a := newArchive(src, opts, yield)
		if a.tar(tar.NewReader(src.R)) {
			a.end()
		}
	}
}

// tar reads the archive; false once it must not be gone on.
func (a *archive) tar(in *tar.Reader) bool {
	for {
		header, err := in.Next()
		if err == io.EOF {
			return true
		}
		if err != nil {
			return a.emit(graph.Article{}, readError(a.src, 0, damage(err)))
		}
		if header.Typeflag == tar.TypeDir || header.Typeflag == tar.TypeXGlobalHeader {
			continue
		}
		if a.full() {
			return false
		}
		regular := header.Typeflag == tar.TypeReg || header.Typeflag == tar.TypeGNUSparse
		// A sparse file has more bytes than the archive holds of it, so that
		// its bytes count as unpacked ones.
		open := func() (io.Reader, error) {
			return &unpacked{r: in, in: &header.Size, meter: a.src.meter, opts: a.opts}, nil
		}
		if !a.take(header.Name, regular, open) {
			return false
		}
	}
}
