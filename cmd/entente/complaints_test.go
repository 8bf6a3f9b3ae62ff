package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"entente/extract/ingest"
)

// What is alike but for its place and figures is told a few times and counted.
func TestComplaints(t *testing.T) {
	var lines []string
	c := complaints{say: func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }}
	for i := range 60_000 {
		c.add("skipped", &ingest.Error{Path: fmt.Sprintf("z.zip!/%d.txt", i), Cause: errors.New("empty"), Hint: "leave it out"})
	}
	for i := range 21 {
		c.add("warning", &ingest.Warning{Path: "a.csv", Line: i, Cause: fmt.Errorf("%d fields, field %q", i, fmt.Sprint("f", i))})
	}
	c.add("skipped", errors.New("another"))
	c.end("; --errors FILE lists all")
	if len(lines) != 20+20+1+2 || lines[0] != "z.zip!/0.txt: empty; leave it out" || !strings.HasPrefix(lines[21], "warning: a.csv:1: ") {
		t.Errorf("%d lines: %q", len(lines), lines)
	}
	want := []string{"another", "… and 59980 more: empty; --errors FILE lists all", "… and 1 more: … fields, field …; --errors FILE lists all"}
	if got := lines[len(lines)-3:]; !slices.Equal(got, want) {
		t.Errorf("the end is %q, want %q", got, want)
	}
}

// An input whose every fault is another one fills neither the screen nor the memory.
func TestComplaintsOfManyKinds(t *testing.T) {
	n := 0
	c := complaints{say: func(string, ...any) { n++ }}
	for i := range 1000 {
		c.add("skipped", errors.New(strings.Repeat("x", i+1)))
	}
	c.end("")
	if n != maxReasons+maxAlike+1 || len(c.told) != maxReasons+1 {
		t.Errorf("%d lines, %d reasons", n, len(c.told))
	}
}
