package lemma

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// The file is text in UTF-8, a fact a line, columns set apart by tabs:
//
//	# anything             a remark
//	trained  WHAT          what it was learnt from, the first line but remarks
//	tag  UPOS  XPOS        what follows is about this tag; _ is any
//	rule  CLASS  SUFFIX  EDIT
//	word  FORM  LEMMA
//
// An edit is "-3+y" (take three characters, add y), with a C before it if the
// lemma begins with a capital letter; or ~ (as in lower case); or ^ (defer to
// the rules of the Penn tag).
const (
	classNames  = "ltaum" // lower, title, acronym, upper, mixed
	capitalMark = "C"
	lowerMark   = "~"
	deferMark   = "^"
)

// Decode reads a file. The error names every faulty line, as name:line.
func Decode(r io.Reader, name string) (*Lemmatiser, error) {
	l := New()
	var faults []error
	var tag Tag
	lines := bufio.NewScanner(r)
	number := 0
	for lines.Scan() {
		number++
		line := lines.Text()
		if line == "" || line[0] == '#' {
			continue
		}
		if err := l.decode(strings.Split(line, "\t"), &tag); err != nil {
			faults = append(faults, fmt.Errorf("%s:%d: %w", name, number, err))
		}
	}
	if err := lines.Err(); err != nil {
		faults = append(faults, fmt.Errorf("%s:%d: %w", name, number+1, err))
	}
	if len(faults) == 0 && len(l.groups) == 0 {
		faults = append(faults, fmt.Errorf("%s: there is no tag in it", name))
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	return l, nil
}

// decode takes in a line. tag is the one that the lines before are about.
func (l *Lemmatiser) decode(f []string, tag *Tag) error {
	known := *tag != Tag{}
	switch {
	case f[0] == "trained" && len(f) == 2:
		l.Trained = f[1]
	case f[0] == "tag" && len(f) == 3:
		return l.decodeTag(Tag{f[1], f[2]}, tag)
	case !known:
		return fmt.Errorf("%q before any tag line", strings.Join(f, "\t"))
	case f[0] == "rule" && len(f) == 4:
		return l.decodeRule(*tag, f[1], f[2], f[3])
	case f[0] == "word" && len(f) == 3:
		return l.decodeWord(*tag, f[1], f[2])
	default:
		return fmt.Errorf("%q is no line of a tag, a rule or a word with its columns", strings.Join(f, "\t"))
	}
	return nil
}

func (l *Lemmatiser) decodeTag(t Tag, tag *Tag) error {
	if t.UPOS == "" || t.XPOS == "" || t == (Tag{Any, Any}) {
		return fmt.Errorf("tag %q %q: want a part of speech, a tag or both, and %q for any", t.UPOS, t.XPOS, Any)
	}
	if l.groups[t] != nil {
		return fmt.Errorf("tag %s %s stands here twice", t.UPOS, t.XPOS)
	}
	*tag = t
	l.group(t)
	return nil
}

func (l *Lemmatiser) decodeRule(t Tag, class, suffix, edit string) error {
	c := strings.Index(classNames, class)
	if c < 0 || len(class) != 1 {
		return fmt.Errorf("class %q is not one of %q", class, classNames)
	}
	e, err := parseEdit(edit)
	if err != nil {
		return err
	}
	if !e.Fits(suffix) {
		return fmt.Errorf("edit %q takes more than the suffix %q", edit, suffix)
	}
	if _, ok := l.group(t).rules[c][suffix]; ok {
		return fmt.Errorf("suffix %q of class %s has two rules", suffix, class)
	}
	l.AddRule(t, Class(c), suffix, e)
	return nil
}

func (l *Lemmatiser) decodeWord(t Tag, form, lemma string) error {
	if form == "" || lemma == "" {
		return fmt.Errorf("form %q with lemma %q: neither may be empty", form, lemma)
	}
	if _, ok := l.group(t).words[form]; ok {
		return fmt.Errorf("form %q has two lemmas", form)
	}
	l.AddWord(t, form, lemma)
	return nil
}

func parseEdit(text string) (Edit, error) {
	switch text {
	case lowerMark:
		return Edit{Way: AsLower}, nil
	case deferMark:
		return Edit{Way: Defer}, nil
	}
	var e Edit
	cut, isCapital := strings.CutPrefix(text, capitalMark)
	if isCapital {
		e.Way = Capital
	}
	strip, add, ok := strings.Cut(cut, "+")
	n, err := strconv.Atoi(strings.TrimPrefix(strip, "-"))
	if !ok || err != nil || !strings.HasPrefix(strip, "-") || n < 0 {
		return Edit{}, fmt.Errorf(`edit %q: want one like "-3+y" or "%s-3+y", %q or %q`, text, capitalMark, lowerMark, deferMark)
	}
	e.Strip, e.Add = n, add
	return e, nil
}

// String is the edit as the file has it.
func (e Edit) String() string {
	switch e.Way {
	case AsLower:
		return lowerMark
	case Defer:
		return deferMark
	case Capital:
		return fmt.Sprintf("%s-%d+%s", capitalMark, e.Strip, e.Add)
	}
	return fmt.Sprintf("-%d+%s", e.Strip, e.Add)
}

// Encode writes the file: equal contents give equal bytes. The remark is
// written at its head.
func Encode(w io.Writer, l *Lemmatiser, remark string) error {
	b := bufio.NewWriter(w)
	for line := range strings.Lines(remark) {
		fmt.Fprintf(b, "# %s\n", strings.TrimRight(line, "\n"))
	}
	fmt.Fprintf(b, "trained\t%s\n", l.Trained)
	byName := func(a, b Tag) int { return cmp.Or(cmp.Compare(a.XPOS, b.XPOS), cmp.Compare(a.UPOS, b.UPOS)) }
	for _, t := range slices.SortedFunc(maps.Keys(l.groups), byName) {
		g := l.groups[t]
		fmt.Fprintf(b, "tag\t%s\t%s\n", t.UPOS, t.XPOS)
		for c, rules := range g.rules {
			for _, suffix := range slices.Sorted(maps.Keys(rules)) {
				fmt.Fprintf(b, "rule\t%c\t%s\t%v\n", classNames[c], suffix, rules[suffix])
			}
		}
		for _, form := range slices.Sorted(maps.Keys(g.words)) {
			fmt.Fprintf(b, "word\t%s\t%s\n", form, g.words[form])
		}
	}
	if err := b.Flush(); err != nil {
		return fmt.Errorf("lemmas: %w", err)
	}
	return nil
}
