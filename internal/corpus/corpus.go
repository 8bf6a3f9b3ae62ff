// Package corpus reads and checks labelled sentences: news prose in which each
// actor and place is marked and the events between them are written out.
//
// A line is a case, EVENTS ;; TEXT. In TEXT a mark is {type|surface}. EVENTS
// is NONE, or events joined by " + ", each
//
//	CATEGORY:mode:status:lemma:S>T[:A]
//
// where S and T are numbers of marks joined by commas (T may be empty) and A is
// the mark of the one who says so:
//
//	ACCUSE:disapprove:asserted:condemn:1>2 ;; {state|Peru} condemned {state|Bolivia}'s decision.
//
// Lines that begin with # are comments. Comments and blank lines part blocks:
// sentences that contrast with one another stand in one block.
package corpus

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Case is one labelled sentence.
type Case struct {
	Text   string // the sentence, its marks taken out
	Marks  []Mark // in the order of the text, none within another
	Events []Event
	File   string // the name given to Read
	Line   int    // 1-based
	Block  int    // of the file, 0-based
}

// Mark is a named or described actor, or a place.
type Mark struct {
	Type string // one of Types
	Span Span
}

// Span is a half-open range of bytes in Case.Text.
type Span struct{ Start, End int }

// Event is one coded claim. Marks are given by their number, from 1.
type Event struct {
	Category   string // one of Categories
	Mode       string // "" where none is set
	Status     string // one of Statuses
	Lemma      string // the predicate, which may have several words
	Sources    []int  // one or more
	Targets    []int  // none where the act has no marked target
	Attributed int    // who says so; 0 where the text itself does
}

// Types returns what a mark may be.
func Types() []string {
	return []string{"state", "person", "government", "military", "igo", "party", "armed-group", "ngo", "company",
		"media", "people", "bloc", "other", "place"}
}

// Categories returns the PLOVER categories, and NONE for a bond outside them
// ("ally of").
func Categories() []string {
	return []string{"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT", "REQUEST", "ACCUSE",
		"REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "NONE"}
}

// Statuses returns what the text may say of an event's reality.
func Statuses() []string { return []string{"asserted", "negated", "planned", "possible"} }

// heldOutEvery is the share kept aside: one block in so many.
const heldOutEvery = 5

// HeldOut tells whether the case belongs to the fifth that is kept for testing
// and never trained on: every fifth block of each file.
func HeldOut(c Case) bool { return c.Block%heldOutEvery == heldOutEvery-1 }

// ReadFS reads the *.txt files at the top of fsys, in the order of their names.
// Beside what Read refuses, it refuses a text that stands in two files. It
// returns all cases that have no fault, and all faults joined.
func ReadFS(fsys fs.FS) ([]Case, error) {
	names, err := fs.Glob(fsys, "*.txt")
	if err != nil {
		return nil, err
	}
	var cases []Case
	var faults []error
	seen := map[string]Case{}
	for _, name := range names {
		inFile, err := readFile(fsys, name)
		faults = append(faults, err)
		for _, c := range inFile {
			if first, ok := seen[c.Text]; ok {
				faults = append(faults, repeated(c, first))
				continue
			}
			seen[c.Text] = c
			cases = append(cases, c)
		}
	}
	return cases, errors.Join(faults...)
}

func readFile(fsys fs.FS, name string) ([]Case, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return Read(f, path.Base(name))
}

// Read reads the cases of one file. It goes on after a faulty line, so that one
// run shows every fault: it returns the cases that have none, and the faults
// joined, each as name:line: what is wrong.
func Read(r io.Reader, name string) ([]Case, error) {
	var cases []Case
	var faults []error
	seen := map[string]Case{}
	block, open := 0, false // open: the block has lines
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	number := 0
	for lines.Scan() {
		number++
		line := lines.Text()
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			if open {
				block, open = block+1, false
			}
			continue
		}
		open = true
		c, err := parse(line)
		if err != nil {
			faults = append(faults, fmt.Errorf("%s:%d: %w", name, number, err))
			continue
		}
		c.File, c.Line, c.Block = name, number, block
		if first, ok := seen[c.Text]; ok {
			faults = append(faults, repeated(c, first))
			continue
		}
		seen[c.Text] = c
		cases = append(cases, c)
	}
	if err := lines.Err(); err != nil {
		faults = append(faults, fmt.Errorf("%s:%d: %w", name, number+1, err))
	}
	return cases, errors.Join(faults...)
}

func repeated(c, first Case) error {
	return fmt.Errorf("%s:%d: same text as %s:%d; remove one of them", c.File, c.Line, first.File, first.Line)
}

func parse(line string) (Case, error) {
	if !utf8.ValidString(line) {
		return Case{}, errors.New("not UTF-8")
	}
	head, marked, ok := strings.Cut(line, " ;; ")
	if !ok {
		return Case{}, errors.New(`no " ;; " between the events and the text`)
	}
	text, marks, err := parseText(marked)
	if err != nil {
		return Case{}, err
	}
	events, err := parseEvents(head, len(marks))
	return Case{Text: text, Marks: marks, Events: events}, err
}

var markForm = regexp.MustCompile(`\{([^|{}]*)\|([^{}]*)\}`)

// parseText takes the marks out of a text.
func parseText(marked string) (string, []Mark, error) {
	var text strings.Builder
	var marks []Mark
	last := 0
	for _, at := range markForm.FindAllStringSubmatchIndex(marked, -1) {
		text.WriteString(marked[last:at[0]])
		kind, surface := marked[at[2]:at[3]], marked[at[4]:at[5]]
		if !slices.Contains(Types(), kind) {
			return "", nil, fmt.Errorf("mark type %q is none of %v", kind, Types())
		}
		if strings.TrimSpace(surface) == "" {
			return "", nil, fmt.Errorf("mark %d, {%s|}, is empty", len(marks)+1, kind)
		}
		start := text.Len()
		text.WriteString(surface)
		marks = append(marks, Mark{Type: kind, Span: Span{start, text.Len()}})
		last = at[1]
	}
	text.WriteString(marked[last:])
	if i := strings.IndexAny(text.String(), "{}|"); i >= 0 {
		return "", nil, fmt.Errorf("stray %q; a mark is {type|surface}", text.String()[i:i+1])
	}
	return text.String(), marks, nil
}

// parseEvents reads what stands before " ;; ", of a text with so many marks.
func parseEvents(head string, marks int) ([]Event, error) {
	if strings.TrimSpace(head) == "NONE" {
		return nil, nil
	}
	var events []Event
	for form := range strings.SplitSeq(head, " + ") {
		e, err := parseEvent(strings.TrimSpace(form), marks)
		if err != nil {
			return nil, err
		}
		events = append(events, e)
	}
	return events, nil
}

var eventForm = regexp.MustCompile(`^([A-Z]+):([a-z-]+):([a-z]+):([^:>]+):(\d+(?:,\d+)*)>((?:\d+(?:,\d+)*)?)(?::(\d+))?$`)

func parseEvent(form string, marks int) (Event, error) {
	m := eventForm.FindStringSubmatch(form)
	if m == nil {
		return Event{}, fmt.Errorf("event %q has not the form CATEGORY:mode:status:lemma:S>T[:A]", form)
	}
	e := Event{Category: m[1], Mode: m[2], Status: m[3], Lemma: strings.TrimSpace(m[4])}
	if !slices.Contains(Categories(), e.Category) {
		return Event{}, fmt.Errorf("category %q is none of %v", e.Category, Categories())
	}
	if !slices.Contains(Statuses(), e.Status) {
		return Event{}, fmt.Errorf("status %q is none of %v", e.Status, Statuses())
	}
	if e.Lemma == "" {
		return Event{}, fmt.Errorf("event %q has no lemma", form)
	}
	if e.Mode == "-" {
		e.Mode = ""
	}
	var err error
	if e.Sources, err = markNumbers(m[5], marks); err != nil {
		return Event{}, err
	}
	if e.Targets, err = markNumbers(m[6], marks); err != nil {
		return Event{}, err
	}
	attributed, err := markNumbers(m[7], marks)
	if err != nil {
		return Event{}, err
	}
	if len(attributed) > 0 {
		e.Attributed = attributed[0]
	}
	for _, s := range e.Sources {
		if slices.Contains(e.Targets, s) {
			return Event{}, fmt.Errorf("mark %d is both source and target of %q", s, e.Lemma)
		}
	}
	return e, nil
}

// markNumbers reads numbers joined by commas, each the number of a mark.
func markNumbers(list string, marks int) ([]int, error) {
	if list == "" {
		return nil, nil
	}
	var numbers []int
	for digits := range strings.SplitSeq(list, ",") {
		n, err := strconv.Atoi(digits)
		if err != nil || n < 1 || n > marks {
			return nil, fmt.Errorf("there is no mark %s; the text has %d", digits, marks)
		}
		numbers = append(numbers, n)
	}
	return numbers, nil
}
