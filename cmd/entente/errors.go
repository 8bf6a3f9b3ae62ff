package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"syscall"

	"github.com/urfave/cli/v2"

	"entente/graph"
	"entente/queries"
	"entente/store"
)

// Exit codes.
const (
	exitDone        = 0
	exitFailure     = 1
	exitUsage       = 2
	exitSkipped     = 3 // done, but some inputs were skipped
	exitNotFound    = 4 // an unknown or ambiguous actor, no path
	exitInterrupted = 130
)

// errUsage marks a command line that cannot be understood.
var errUsage = errors.New("usage")

// usage is an error of the command line.
type usage struct{ message string }

func (e *usage) Error() string        { return e.message }
func (e *usage) Is(target error) bool { return target == errUsage }

func usagef(format string, args ...any) error {
	return &usage{strings.TrimSpace(fmt.Sprintf(format, args...))}
}

// skipped says how many inputs were skipped. Each has had its own message.
type skipped int

func (n skipped) Error() string { return fmt.Sprintf("%d inputs skipped", int(n)) }

// interrupted says how to go on after Ctrl-C.
type interrupted struct{ message string }

func (e *interrupted) Error() string        { return e.message }
func (e *interrupted) Is(target error) bool { return target == context.Canceled }

// verdict is what an error means to whoever called the program.
type verdict struct {
	exit int
	code string // in the JSON form of the error
}

// judge maps errors to exit codes. The codes of the JSON form are usage,
// interrupted, skipped, ambiguous, no_path, not_found, no_store and failure.
func judge(err error) verdict {
	var (
		skips     skipped
		ambiguous *queries.AmbiguousError
		exit      cli.ExitCoder // cli's own complaint: a help topic that is none
	)
	switch {
	case err == nil, errors.Is(err, syscall.EPIPE): // the reader has seen enough
		return verdict{exitDone, ""}
	case errors.Is(err, errUsage), errors.As(err, &exit):
		return verdict{exitUsage, "usage"}
	case errors.Is(err, context.Canceled):
		return verdict{exitInterrupted, "interrupted"}
	case errors.As(err, &skips):
		return verdict{exitSkipped, "skipped"}
	case errors.As(err, &ambiguous):
		return verdict{exitNotFound, "ambiguous"}
	case errors.Is(err, queries.ErrNoPath):
		return verdict{exitNotFound, "no_path"}
	case errors.Is(err, graph.ErrNotFound):
		return verdict{exitNotFound, "not_found"}
	case errors.Is(err, store.ErrNotStore):
		return verdict{exitFailure, "no_store"}
	}
	return verdict{exitFailure, "failure"}
}

// report tells err, if there is anything to tell, and returns the exit code.
func report(w io.Writer, err error, asJSON bool) int {
	v := judge(err)
	switch {
	case v.exit == exitDone:
	case asJSON:
		reportJSON(w, err, v)
	case v.exit == exitSkipped:
	default:
		for line := range strings.Lines(errorText(err)) {
			fmt.Fprintf(w, "%s\n", clean(strings.TrimRight(line, "\n")))
		}
	}
	return v.exit
}

// errorText is the message of err: one line, and for an ambiguous name one
// more for each candidate.
func errorText(err error) string {
	var ambiguous *queries.AmbiguousError
	if !errors.As(err, &ambiguous) {
		return "entente: " + err.Error()
	}
	var b strings.Builder
	fmt.Fprintf(&b, "entente: %q may mean any of %d actors; name one by its id, as %s, or type more of its name:\n",
		ambiguous.Typed, len(ambiguous.Candidates), ambiguous.Candidates[0].ID)
	for _, a := range ambiguous.Candidates {
		fmt.Fprintf(&b, "  %s  %s (%s)\n", a.ID, oneLine(a.Name), kind(a))
	}
	return b.String()
}

// errorJSON is the JSON form of an error.
type errorJSON struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	// Candidates are the actors that may have been meant.
	Candidates []graph.Actor `json:"candidates,omitempty"`
}

func reportJSON(w io.Writer, err error, v verdict) {
	e := errorJSON{Code: v.code, Message: err.Error()}
	var ambiguous *queries.AmbiguousError
	var unknown *queries.UnknownError
	switch {
	case errors.As(err, &ambiguous):
		e.Candidates = ambiguous.Candidates
	case errors.As(err, &unknown):
		e.Candidates = unknown.Suggestions
	}
	if err := json.NewEncoder(w).Encode(map[string]errorJSON{"error": e}); err != nil {
		fmt.Fprintf(w, "entente: %v\n", err)
	}
}
