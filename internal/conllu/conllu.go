// Package conllu reads and writes CoNLL-U, the format of the treebanks of
// Universal Dependencies (https://universaldependencies.org/format.html).
package conllu

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"iter"
	"os"
	"strconv"
	"strings"
)

// Sentence is a tree with its comments. Word i has the number i+1. Empty nodes
// (8.1) are not kept.
type Sentence struct {
	Comments []string // without the leading "# "
	Words    []Word
	Ranges   []Range // tokens of more than one word, in order
}

// Word is one line. An underscore stands for nothing, as in the file.
type Word struct {
	Form, Lemma, UPOS, XPOS, Feats string
	Head                           int // number of the head, 0 for the root
	Deprel, Deps, Misc             string
}

// Range is a token that is written as one and analysed as the words First to
// Last, both included.
type Range struct {
	First, Last int
	Form, Misc  string
}

// Comment returns the value of the comment "name = value", and whether there
// is one.
func (s *Sentence) Comment(name string) (string, bool) {
	for _, c := range s.Comments {
		if key, value, ok := strings.Cut(c, "="); ok && strings.TrimSpace(key) == name {
			return strings.TrimSpace(value), true
		}
	}
	return "", false
}

// Attribute returns the value of name in a list "a=b|c=d" such as MISC or
// FEATS, or "".
func Attribute(list, name string) string {
	for item := range strings.SplitSeq(list, "|") {
		if key, value, ok := strings.Cut(item, "="); ok && key == name {
			return value
		}
	}
	return ""
}

// ReadFile reads a file, which may be packed with gzip.
func ReadFile(path string) ([]Sentence, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r, err := Unpack(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	var all []Sentence
	for s, err := range Read(r, path) {
		if err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, nil
}

// Unpack returns what r holds, unpacked if that is packed with gzip.
func Unpack(r io.Reader) (io.Reader, error) {
	b := bufio.NewReader(r)
	if head, _ := b.Peek(2); string(head) != "\x1F\x8B" { // Read reports what was amiss
		return b, nil
	}
	return gzip.NewReader(b)
}

// Read yields the sentences of r. It ends with the first error, which names
// the file and the line.
func Read(r io.Reader, name string) iter.Seq2[Sentence, error] {
	return func(yield func(Sentence, error) bool) {
		lines := bufio.NewScanner(r)
		lines.Buffer(nil, 1<<22)
		var s Sentence
		number := 0
		// finish yields what was gathered.
		finish := func() bool {
			if len(s.Words) == 0 && len(s.Ranges) == 0 {
				s = Sentence{}
				return true
			}
			done := s
			s = Sentence{}
			if err := done.check(); err != nil {
				yield(Sentence{}, fmt.Errorf("%s:%d: the sentence that ends here: %w", name, number, err))
				return false
			}
			return yield(done, nil)
		}
		for lines.Scan() {
			number++
			line := strings.TrimSuffix(lines.Text(), "\r")
			if number == 1 {
				line = strings.TrimPrefix(line, "\uFEFF") // a byte order mark
			}
			switch {
			case line == "":
				if !finish() {
					return
				}
			case line[0] == '#':
				s.Comments = append(s.Comments, strings.TrimPrefix(line[1:], " "))
			default:
				if err := s.addLine(line); err != nil {
					yield(Sentence{}, fmt.Errorf("%s:%d: %w", name, number, err))
					return
				}
			}
		}
		if err := lines.Err(); err != nil {
			yield(Sentence{}, fmt.Errorf("%s:%d: %w", name, number+1, err))
			return
		}
		finish()
	}
}

func (s *Sentence) addLine(line string) error {
	f := strings.Split(line, "\t")
	if len(f) != 10 {
		return fmt.Errorf("%d columns, want 10 with tabs between", len(f))
	}
	if strings.Contains(f[0], ".") {
		return nil
	}
	if first, last, ok := strings.Cut(f[0], "-"); ok {
		a, errA := strconv.Atoi(first)
		b, errB := strconv.Atoi(last)
		if errA != nil || errB != nil || a != len(s.Words)+1 || b < a {
			return fmt.Errorf("%q is no range of words that begins with %d", f[0], len(s.Words)+1)
		}
		if n := len(s.Ranges); n > 0 && s.Ranges[n-1].Last >= a {
			return fmt.Errorf("range %q overlaps the one before", f[0])
		}
		s.Ranges = append(s.Ranges, Range{a, b, f[1], f[9]})
		return nil
	}
	if f[0] != strconv.Itoa(len(s.Words)+1) {
		return fmt.Errorf("word number %q, want %d", f[0], len(s.Words)+1)
	}
	head := 0
	if f[6] != "_" {
		var err error
		if head, err = strconv.Atoi(f[6]); err != nil || head < 0 {
			return fmt.Errorf("head %q is not a word's number", f[6])
		}
	}
	s.Words = append(s.Words, Word{f[1], f[2], f[3], f[4], f[5], head, f[7], f[8], f[9]})
	return nil
}

func (s *Sentence) check() error {
	for i, w := range s.Words {
		if w.Head > len(s.Words) {
			return fmt.Errorf("word %d has head %d of %d words", i+1, w.Head, len(s.Words))
		}
	}
	for _, r := range s.Ranges {
		if r.Last > len(s.Words) {
			return fmt.Errorf("range %d-%d goes beyond %d words", r.First, r.Last, len(s.Words))
		}
	}
	return nil
}

// Write writes sentences so that Read gives them back.
func Write(w io.Writer, sentences []Sentence) error {
	b := bufio.NewWriter(w)
	for _, s := range sentences {
		for _, c := range s.Comments {
			fmt.Fprintf(b, "# %s\n", c)
		}
		ranges := s.Ranges
		for i, x := range s.Words {
			if len(ranges) > 0 && ranges[0].First == i+1 {
				r := ranges[0]
				ranges = ranges[1:]
				fmt.Fprintf(b, "%d-%d\t%s\t_\t_\t_\t_\t_\t_\t_\t%s\n", r.First, r.Last, r.Form, r.Misc)
			}
			fmt.Fprintf(b, "%d\t%s\t%s\t%s\t%s\t%s\t%d\t%s\t%s\t%s\n",
				i+1, x.Form, x.Lemma, x.UPOS, x.XPOS, x.Feats, x.Head, x.Deprel, x.Deps, x.Misc)
		}
		b.WriteByte('\n')
	}
	if err := b.Flush(); err != nil {
		return fmt.Errorf("CoNLL-U: %w", err)
	}
	return nil
}
