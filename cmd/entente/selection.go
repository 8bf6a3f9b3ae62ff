package main

import (
	"io/fs"
	"path"
	"path/filepath"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"entente/extract/ingest"
	"entente/graph"
)

// globs choose files by their paths. A pattern without a slash is that of a file
// name in any folder; one with a slash may begin in any folder ("2024/**" takes
// news/2024/04/a.txt). "**" stands for any number of folders.
type globs struct {
	Include []string // one of them must match; none is all
	Exclude []string // none of them may match
}

// check returns a usage error for a pattern that is none.
func (g globs) check() error {
	for flag, patterns := range map[string][]string{"include": g.Include, "exclude": g.Exclude} {
		for _, p := range patterns {
			if !doublestar.ValidatePattern(p) {
				return usagef("--%s %q is not a pattern: close its brackets and braces", flag, p)
			}
		}
	}
	return nil
}

// choose puts the patterns into the options of the readers.
func (g globs) choose(o *ingest.Options) {
	if len(g.Include) > 0 {
		o.Include = func(file string) bool { return anyMatches(g.Include, filepath.ToSlash(file)) }
	}
	if len(g.Exclude) > 0 {
		o.Exclude = func(file string) bool { return anyMatches(g.Exclude, filepath.ToSlash(file)) }
	}
}

// selects reports whether the file at path, found in a folder, is to be opened.
func (g globs) selects(file string) bool {
	file = filepath.ToSlash(file)
	return (len(g.Include) == 0 || anyMatches(g.Include, file) || ingest.ArchiveName(file)) && !anyMatches(g.Exclude, file)
}

func anyMatches(patterns []string, file string) bool {
	for _, p := range patterns {
		name := file
		switch {
		case !strings.Contains(p, "/"):
			name = path.Base(file)
		case !strings.HasPrefix(p, "/"):
			p = "**/" + p
		}
		if doublestar.MatchUnvalidated(p, name) {
			return true
		}
	}
	return false
}

// bytesOf returns how many bytes the selected files of paths have together,
// without what skip passes over, and false where that cannot be told: standard
// input.
func (g globs) bytesOf(paths []string, skip func(path string, info fs.FileInfo) bool) (total int64, known bool) {
	for _, p := range paths {
		if p == "-" {
			return 0, false
		}
		matches := []string{p}
		if found, err := filepath.Glob(p); err == nil && len(found) > 0 {
			matches = found
		}
		for _, m := range matches {
			// What cannot be walked is reported by whoever reads it.
			_ = filepath.WalkDir(m, func(file string, d fs.DirEntry, err error) error {
				if err != nil {
					return nil
				}
				info, err := d.Info()
				switch {
				case err != nil:
				case skip(file, info) && d.IsDir():
					return fs.SkipDir
				case !d.IsDir() && !skip(file, info) && (file == p || g.selects(file)):
					total += info.Size()
				}
				return nil
			})
		}
	}
	return total, true
}

// choice says which of the articles that were read are taken in.
type choice struct {
	Since, Until graph.Date // of their publication; without a day they pass neither
	Limit        int        // the first so many that pass; 0 is all
}
