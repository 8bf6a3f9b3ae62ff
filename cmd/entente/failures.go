package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"entente/extract/ingest"
)

// failure is a line of the file that --errors names.
type failure struct {
	Kind   string `json:"kind"` // skipped, warning or not English
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
	f   *os.File
	enc *json.Encoder
	err error // the first one
}

func newFailureFile(name string) (*failureFile, error) {
	if name == "" {
		return nil, nil
	}
	f, err := os.Create(name)
	if err != nil {
		return nil, fmt.Errorf("--errors: %w", err)
	}
	enc := json.NewEncoder(f)
	enc.SetEscapeHTML(false)
	return &failureFile{f: f, enc: enc}, nil
}

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
