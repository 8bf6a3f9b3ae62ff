package ingest

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"github.com/klauspost/compress/zstd"

	"entente/graph"
)

// Open yields the articles of paths, in their order. A path is a file, a
// folder, a pattern of path/filepath.Match that names no file itself, or "-"
// for Options.Stdin.
//
// A folder is read with all folders in it, in the lexical order of names.
// Hidden files (".x") are skipped; a folder reached again over a symbolic link
// is read once. In a folder, what is no article by content (binary data), and
// text under an unknown extension, is skipped with a Warning (see OtherKind),
// since nobody named it; a file that is named is read whatever its extension. "-" may stand
// once.
//
// What cannot be read is yielded as an *Error beside a zero Article, and the
// rest goes on. Breaking off the iteration closes the open file.
func Open(paths []string, opts Options) iter.Seq2[graph.Article, error] {
	opts = opts.withDefaults()
	return func(yield func(graph.Article, error) bool) {
		o := opener{opts: opts, yield: yield}
		for _, path := range paths {
			if !o.path(path) {
				return
			}
		}
	}
}

// opener is the state of one Open. Its methods return false once the consumer
// wants no more.
type opener struct {
	opts      Options
	yield     func(graph.Article, error) bool
	stdinRead bool
	// For the folder being walked: the real paths of folders seen, and whether
	// anything came out of it.
	seen     map[string]bool
	articles int
	failures int
}

func (o *opener) emit(a graph.Article, err error) bool {
	if err != nil {
		o.failures++
	} else {
		o.articles++
	}
	return o.yield(a, err)
}

func (o *opener) fail(path, hint string, cause error) bool {
	return o.emit(graph.Article{}, &Error{Path: path, Cause: cause, Hint: hint})
}

// path reads one path as the person gave it.
func (o *opener) path(path string) bool {
	if path == "-" {
		return o.stdin()
	}
	info, err := os.Stat(path)
	switch {
	case err == nil && o.opts.skips(path, info):
		o.opts.warn(&Warning{Path: path, Cause: errors.New("skipped: this program wrote it"), Hint: "name the articles it was made from"})
		return true
	case err == nil && info.IsDir():
		return o.folder(path)
	case err == nil:
		// That its name is included takes all that is in a named archive; where no
		// pattern fits the name, what is in it must fit.
		return o.file(path, true, o.opts.Include == nil || o.opts.Include(path))
	case errors.Is(err, fs.ErrNotExist) && strings.ContainsAny(path, "*?["):
		return o.pattern(path)
	}
	return o.fail(path, openHint(err), err)
}

func (o *opener) stdin() bool {
	if o.opts.Stdin == nil {
		return o.fail("stdin", "name a file or a folder", errors.New("there is no standard input"))
	}
	if o.stdinRead {
		return o.fail("stdin", `give "-" once`, errors.New("standard input can be read only once"))
	}
	o.stdinRead = true
	for a, err := range Read(Source{Path: "stdin", R: o.opts.counted(o.opts.Stdin), disk: diskFile(o.opts.Stdin)}, o.opts) {
		if !o.emit(a, err) {
			return false
		}
	}
	return true
}

// pattern reads what a glob pattern matches, as a shell would: hidden names
// only if the pattern's last element asks for them.
func (o *opener) pattern(pattern string) bool {
	matches, err := filepath.Glob(pattern)
	if err != nil {
		return o.fail(pattern, "close its brackets, or quote the name", err)
	}
	found := false
	for _, path := range matches { // Glob sorts them
		if hidden(filepath.Base(path)) && !hidden(filepath.Base(pattern)) {
			continue
		}
		found = true
		if info, err := os.Stat(path); err == nil && !info.IsDir() {
			if !o.matched(path, info) {
				return false
			}
			continue
		}
		if !o.path(path) {
			return false
		}
	}
	if !found {
		return o.fail(pattern, "check the pattern, or name a folder to read all of it",
			errors.New("no file matches"))
	}
	return true
}

// matched reads a file that a pattern names, if it is selected.
func (o *opener) matched(path string, info fs.FileInfo) bool {
	ok, included := o.opts.selects(Source{Path: path})
	switch {
	case o.opts.skips(path, info):
		return o.path(path) // which warns
	case !ok:
		*o.opts.unselected++
		return true
	}
	return o.file(path, true, included)
}

func hidden(name string) bool { return strings.HasPrefix(name, ".") }

// folder walks a folder that was named.
func (o *opener) folder(path string) bool {
	o.seen = map[string]bool{}
	o.articles, o.failures = 0, 0
	unselected := *o.opts.unselected
	if !o.walk(path) {
		return false
	}
	if n := *o.opts.unselected - unselected; o.articles == 0 && o.failures == 0 && n > 0 {
		return o.fail(path, patternsHint, fmt.Errorf("no article in this folder among the files that were chosen; the patterns left out %d", n))
	}
	if o.articles == 0 && o.failures == 0 {
		return o.fail(path, "name a folder with articles, or the files themselves",
			errors.New("no article in this folder"))
	}
	return true
}

// patternsHint is the way out where Include and Exclude leave nothing.
const patternsHint = "check those of --include and --exclude"

// walk reads the files and folders of a folder. It recurses once a folder, so
// its depth is that of the file system.
func (o *opener) walk(dir string) bool {
	real, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return o.fail(dir, openHint(err), err)
	}
	if o.seen[real] {
		return true
	}
	o.seen[real] = true
	entries, err := os.ReadDir(dir) // sorted by name
	if err != nil {
		return o.fail(dir, openHint(err), err)
	}
	for _, entry := range entries {
		if hidden(entry.Name()) {
			continue
		}
		if !o.entry(filepath.Join(dir, entry.Name())) {
			return false
		}
	}
	return true
}

// entry reads one file or folder found in a folder.
func (o *opener) entry(path string) bool {
	info, err := os.Stat(path) // follows a link
	switch {
	case err != nil:
		return o.fail(path, openHint(err), err)
	case o.opts.skips(path, info):
		return true
	case info.IsDir():
		return o.walk(path)
	}
	ok, included := o.opts.selects(Source{Path: path})
	switch {
	case !ok:
		*o.opts.unselected++
		return true
	case !info.Mode().IsRegular(): // opening a pipe would wait for ever
		o.opts.warn(&Warning{Path: path, Cause: errors.New("skipped: not a regular file"), Hint: "name it to read it"})
		return true
	}
	return o.file(path, false, included)
}

// file reads one file. named tells whether the person named it, or it was
// found in a folder; included is that of Source.
func (o *opener) file(path string, named, included bool) bool {
	f, err := os.Open(path)
	if err != nil {
		return o.fail(path, openHint(err), err)
	}
	defer f.Close()
	in := o.opts.counted(f)
	defer in.rest(f)
	for a, err := range Read(Source{Path: path, R: in, disk: f, found: !named, included: included}, o.opts) {
		if !o.emit(a, err) {
			return false
		}
	}
	return true
}

// openHint says what to do about an input that cannot be opened or read.
func openHint(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "check the path"
	case errors.Is(err, fs.ErrPermission):
		return "give yourself permission to read it (chmod u+r), or leave it out"
	case errors.Is(err, errBomb):
		return "leave it out; if it is sound, unpack it and read that"
	case errors.Is(err, zip.ErrAlgorithm), errors.Is(err, zstd.ErrWindowSizeExceeded), errors.Is(err, zstd.ErrDecoderSizeExceeded):
		return "unpack it first, and read that"
	case errors.Is(err, errDamaged):
		return "fetch it again, or leave it out"
	case errors.Is(err, io.ErrUnexpectedEOF):
		return "the input ends too early: fetch it again"
	}
	return "check the file and the disk, or leave it out"
}
