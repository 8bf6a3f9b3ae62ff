// Package importer turns dictionaries of actors that others have made into the
// text of our own, which actor.LoadWith reads.
//
// What is certain is taken over; the rest is left out and told, a Problem each.
// An actor whom the dictionary knows by the same name keeps its id, so that the
// import adds to it. Inputs are read as streams: what is held in memory are
// hashes of the names seen and, of FollowTheMoney, the links between entities.
package importer

import (
	"bufio"
	"fmt"
	"io"

	"entente/extract/actor"
)

// Format is a kind of input.
type Format string

// The formats.
const (
	Petrarch Format = "petrarch" // actor dictionaries of PETRARCH (openeventdata)
	FTM      Format = "ftm"      // FollowTheMoney entities, a JSON object a line
	CSV      Format = "csv"      // the columns of Columns
)

// Formats lists the formats.
var Formats = []Format{Petrarch, FTM, CSV}

// Input is a file. It is opened as often as it has to be read through: three times
// for FTM, else once.
type Input struct {
	Name string // in problems
	Open func() (io.ReadCloser, error)
}

// Problem is something that was left out, or a line that cannot be read.
type Problem struct {
	File string
	Line int
	What What
	Text string
}

// String returns "file:line: what".
func (p Problem) String() string { return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Text) }

// What is the thing that was left out.
type What string

// What is left out.
const (
	Record What = "record"
	Name   What = "name"
	Role   What = "role"
)

// Summary counts what an import did.
type Summary struct {
	Actors   int            // records written
	Extended int            // of them, those of actors that the dictionary knows
	Names    int            // written, canonical ones included
	Roles    int            // written
	Problems map[What]int   // left out with a Problem
	Passed   map[string]int // left out without one, by the reason
}

// Options say what to read and how.
type Options struct {
	Format     Format
	Dictionary *actor.Dictionary // the actors that are known
	Warn       func(Problem)     // called for what is left out; may be nil
}

// Import reads the inputs in their order and writes one dictionary file to w. The
// error is one of reading or writing as such; what stands in the inputs
// gives Problems.
func Import(w io.Writer, inputs []Input, o Options) (Summary, error) {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "# Actors imported from %s files:", o.Format)
	for _, in := range inputs {
		fmt.Fprintf(out, " %s", in.Name)
	}
	fmt.Fprintf(out, "\n")
	s := &sink{
		Options: o, w: out, guard: actor.NewGuard(), owners: map[uint64]owner{}, ids: map[uint64]int32{},
		sum: Summary{Problems: map[What]int{}, Passed: map[string]int{}},
	}
	read, err := s.reader()
	if err != nil {
		return s.sum, err
	}
	if err := read(inputs); err != nil {
		return s.sum, err
	}
	return s.sum, out.Flush()
}

// reader returns the reader of the format.
func (s *sink) reader() (func([]Input) error, error) {
	switch s.Format {
	case Petrarch:
		return eachInput(s.readPetrarch), nil
	case CSV:
		return eachInput(s.readCSV), nil
	case FTM:
		return (&ftmReader{sink: s}).read, nil
	}
	return nil, fmt.Errorf("format %q is not one of %v", s.Format, Formats)
}

// eachInput reads one input after the other.
func eachInput(read func(name string, r io.Reader) error) func([]Input) error {
	return func(inputs []Input) error {
		for _, in := range inputs {
			if err := in.with(read); err != nil {
				return err
			}
		}
		return nil
	}
}

// with opens the input for read.
func (in Input) with(read func(name string, r io.Reader) error) error {
	r, err := in.Open()
	if err != nil {
		return fmt.Errorf("%s: %w", in.Name, err)
	}
	defer r.Close()
	if err := read(in.Name, r); err != nil {
		return fmt.Errorf("%s: %w", in.Name, err)
	}
	return nil
}
