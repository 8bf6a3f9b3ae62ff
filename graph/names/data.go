package names

import (
	"bufio"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"entente/graph"
)

//go:embed data/*.txt
var files embed.FS

// data is what is known of names beforehand. Words are folded.
type data struct {
	spellings map[string]int   // the line of spellings.txt
	forms     map[string][]int // the lines of forms.txt
	shorts    map[string][]int // the lines of nicknames_en.txt
	full      map[string]bool  // full names of nicknames_en.txt
	frequent  map[string]int   // of 10,000 persons
	particles map[string]bool
	honorific map[string]bool
	suffixes  map[string]string // to the first of its line
	legal     map[string]bool
	small     map[string]bool
	synonyms  map[string]string // of organisations' words, to the first of the line
}

// load reads the files of fsys. The error has a line "file:line: what" for each
// fault.
func load(fsys fs.FS) (*data, error) {
	d := &data{spellings: map[string]int{}, forms: map[string][]int{}, shorts: map[string][]int{},
		full: map[string]bool{}, frequent: map[string]int{}, particles: map[string]bool{},
		honorific: map[string]bool{}, suffixes: map[string]string{}, legal: map[string]bool{},
		small: map[string]bool{}, synonyms: map[string]string{}}
	var faults []error
	for _, f := range []struct {
		name string
		add  func(line int, words []string) error
	}{
		{"spellings.txt", d.addSpellings},
		{"forms.txt", func(n int, words []string) error { return addLine(d.forms, n, words) }},
		{"nicknames_en.txt", d.addShorts},
		{"frequent.txt", d.addFrequent},
		{"particles.txt", func(_ int, words []string) error { return addAll(d.particles, words) }},
		{"honorifics_en.txt", func(_ int, words []string) error { return addAll(d.honorific, words) }},
		{"suffixes_en.txt", func(_ int, words []string) error { return addFirst(d.suffixes, words) }},
		{"organisations_en.txt", d.addOrganisations},
	} {
		faults = append(faults, readLines(fsys, "data/"+f.name, f.add))
	}
	if err := errors.Join(faults...); err != nil {
		return nil, fmt.Errorf("what is known of names:\n%w", err)
	}
	return d, nil
}

// readLines passes the words of each line to add, comments and empty lines
// aside. A word must be as it is looked up: folded.
func readLines(fsys fs.FS, name string, add func(line int, words []string) error) error {
	f, err := fsys.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	var faults []error
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		words := strings.Fields(lines.Text())
		if len(words) == 0 || strings.HasPrefix(words[0], "#") {
			continue
		}
		for _, w := range words {
			if graph.FoldWord(w) != w {
				faults = append(faults, fmt.Errorf("%s:%d: %q must be written %q", name, n, w, graph.FoldWord(w)))
			}
		}
		if err := add(n, words); err != nil {
			faults = append(faults, fmt.Errorf("%s:%d: %w", name, n, err))
		}
	}
	return errors.Join(append(faults, lines.Err())...)
}

func (d *data) addSpellings(n int, words []string) error {
	for _, w := range words {
		if old, ok := d.spellings[w]; ok {
			return fmt.Errorf("%q stands in line %d too: a word is a spelling of one name", w, old)
		}
		d.spellings[w] = n
	}
	return atLeast(2, words)
}

func (d *data) addShorts(n int, words []string) error {
	d.full[words[0]] = true
	return addLine(d.shorts, n, words)
}

func (d *data) addFrequent(_ int, words []string) error {
	if len(words) != 2 {
		return errors.New("want a name and a number")
	}
	n, err := strconv.Atoi(words[1])
	if err != nil || n <= 0 || n > 10_000 {
		return fmt.Errorf("%q is not a number of 10,000", words[1])
	}
	if _, twice := d.frequent[words[0]]; twice {
		return fmt.Errorf("%q stands here twice", words[0])
	}
	d.frequent[words[0]] = n
	return nil
}

func (d *data) addOrganisations(_ int, words []string) error {
	switch rest := words[1:]; words[0] {
	case "legal":
		return addAll(d.legal, rest)
	case "small":
		return addAll(d.small, rest)
	case "same":
		return addFirst(d.synonyms, rest)
	}
	return fmt.Errorf("%q is not one of: legal, small, same", words[0])
}

func addLine(m map[string][]int, n int, words []string) error {
	for _, w := range words {
		if old := m[w]; len(old) > 0 && old[len(old)-1] == n {
			return fmt.Errorf("%q stands here twice", w)
		}
		m[w] = append(m[w], n)
	}
	return atLeast(2, words)
}

func addAll(set map[string]bool, words []string) error {
	for _, w := range words {
		if set[w] {
			return fmt.Errorf("%q stands here twice", w)
		}
		set[w] = true
	}
	return nil
}

func addFirst(m map[string]string, words []string) error {
	for _, w := range words {
		if _, twice := m[w]; twice {
			return fmt.Errorf("%q stands here twice", w)
		}
		m[w] = words[0]
	}
	return nil
}

func atLeast(n int, words []string) error {
	if len(words) < n {
		return fmt.Errorf("want at least %d words", n)
	}
	return nil
}
