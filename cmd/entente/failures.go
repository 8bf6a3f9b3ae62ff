package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"entente/extract/ingest"
)

// failureKinds are those of failure.
var failureKinds = []string{"skipped", "warning", "not English"}

// failure is a line of the file that --errors names.
type failure struct {
	Kind   string `json:"kind"` // one of failureKinds
	Path   string `json:"path,omitempty"`
	Line   int    `json:"line,omitempty"`
	Reason string `json:"reason"`
	Hint   string `json:"hint,omitempty"`
}

// failureOf takes apart an error of the readers; another one is its text.
func failureOf(kind string, err error) failure {
	var e *ingest.Error
	var w *ingest.Warning
	switch {
	case errors.As(err, &e):
		return failure{kind, e.Path, e.Line, e.Cause.Error(), e.Hint}
	case errors.As(err, &w):
		return failure{kind, w.Path, w.Line, w.Cause.Error(), w.Hint}
	}
	return failure{Kind: kind, Reason: err.Error()}
}

// failureFile writes failures to a file, a JSON object a line. The nil file takes
// and forgets them.
type failureFile struct {
	f    *os.File
	info os.FileInfo
	enc  *json.Encoder
	err  error // the first one
}

// newFailureFile makes or empties the file called name. One that is an input, or
// that an ingest has not written, stays as it is: it may be an article, also one
// in a folder that is to be read.
func newFailureFile(name string, inputs []string) (*failureFile, error) {
	if name == "" {
		return nil, nil
	}
	if err := spare(name, inputs); err != nil {
		return nil, err
	}
	f, err := os.Create(name)
	if err != nil {
		return nil, fmt.Errorf("--errors: %w; make its folder, or name a file where you may write", err)
	}
	info, err := f.Stat()
	if err != nil {
		return nil, errors.Join(fmt.Errorf("--errors: %w", err), f.Close())
	}
	enc := json.NewEncoder(f)
	enc.SetEscapeHTML(false)
	return &failureFile{f: f, info: info, enc: enc}, nil
}

// spare returns a usage error if the file called name must not be overwritten.
func spare(name string, inputs []string) error {
	info, err := os.Stat(name)
	if err != nil || !info.Mode().IsRegular() { // a new file, or /dev/stderr
		return nil
	}
	for _, input := range inputs {
		matches := []string{input}
		if found, err := filepath.Glob(input); err == nil {
			matches = append(matches, found...)
		}
		for _, m := range matches {
			if other, err := os.Stat(m); err == nil && os.SameFile(info, other) {
				return usagef("--errors %s is the input %s, which it would overwrite; name another file", name, m)
			}
		}
	}
	if info.Size() > 0 && !listsFailures(name) {
		return usagef("--errors %s is there and is no earlier list of what was skipped; name another file, or remove it", name)
	}
	return nil
}

// listsFailures reports whether a file begins as a failureFile does.
func listsFailures(name string) bool {
	f, err := os.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	dec := json.NewDecoder(io.LimitReader(f, 1<<20))
	dec.DisallowUnknownFields()
	var first failure
	return dec.Decode(&first) == nil && slices.Contains(failureKinds, first.Kind) && first.Reason != ""
}

// is reports whether info is that of the file.
func (l *failureFile) is(info os.FileInfo) bool { return l != nil && os.SameFile(l.info, info) }

func (l *failureFile) write(kind string, err error) {
	if l != nil && l.err == nil {
		l.err = l.enc.Encode(failureOf(kind, err))
	}
}

// close returns the first error there was.
func (l *failureFile) close() error {
	if l == nil {
		return nil
	}
	if err := errors.Join(l.err, l.f.Close()); err != nil {
		return fmt.Errorf("--errors: %w", err)
	}
	return nil
}
