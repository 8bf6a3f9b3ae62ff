package train

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"os"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"entente/extract/nlp/neural"
	"entente/internal/conllu"
)

// Types of names.
const (
	person       = "PER"
	organisation = "ORG"
	location     = "LOC"
	people       = "NORP" // nationalities, religious and ethnic groups
)

// mark labels the words from start to end as one name.
func mark(names []string, start, end int, kind string) {
	for i := start; i < end; i++ {
		names[i] = "I-" + kind
	}
	if start < end {
		names[start] = "B-" + kind
	}
}

func outside(n int) []string { return slices.Repeat([]string{"O"}, n) }

func isCapital(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r) || unicode.IsTitle(r)
}

// usage tells how treebanks tag a word: by its key, the part of speech it has
// most often.
type usage map[string]string

func newUsage(sentences []sentence) usage {
	counts := map[string]counter{}
	for _, s := range sentences {
		for _, w := range s.tree {
			key := neural.Key(w.Form)
			if counts[key] == nil {
				counts[key] = counter{}
			}
			counts[key][w.UPOS]++
		}
	}
	u := usage{}
	for key, c := range counts {
		u[key] = c.list(1)[0]
	}
	return u
}

// addLabels sets the names of the sentences of a treebank from the labels that
// belong to it. Capitalised adjectives in sentences without a label are left
// unknown. file names the labels in errors.
func addLabels(file, text string, ids []string, sentences []sentence) error {
	at := map[string]int{}
	for i, id := range ids {
		at[id] = i
		s := &sentences[i]
		s.names = outside(len(s.words))
		for k, w := range s.tree {
			if k > 0 && w.UPOS == "ADJ" && isCapital(w.Form) {
				s.names[k] = ""
			}
		}
	}
	number := 0
	for line := range strings.Lines(text) {
		number++
		if line[0] == '#' {
			continue
		}
		fields := strings.Split(strings.TrimRight(line, "\n"), "\t")
		i, ok := at[fields[0]]
		if !ok {
			return fmt.Errorf("%s:%d: the treebank has no sentence %q that has not been labelled yet", file, number, fields[0])
		}
		delete(at, fields[0])
		names := outside(len(sentences[i].words))
		free := 1
		for _, f := range fields[1:] {
			var kind string
			var first, last int
			if _, err := fmt.Sscanf(f, "%s %d-%d", &kind, &first, &last); err != nil ||
				first < free || last < first || last > len(names) || !slices.Contains([]string{person, organisation, location, people}, kind) {
				return fmt.Errorf("%s:%d: %q: want type, first and last word after the names before, within %d words", file, number, f, len(names))
			}
			mark(names, first-1, last, kind)
			free = last + 1
		}
		sentences[i].names = names
	}
	return nil
}

// readMarked reads sentences with names in IOB2: number, word and tag in
// columns. Types other than ours are no names. Capitalised adjectives, which
// these data do not mark, are left unknown.
func readMarked(path string, u usage) ([]sentence, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	var all []sentence
	var s sentence
	number := 0
	for lines := bufio.NewScanner(z); ; {
		more := lines.Scan()
		number++
		line := lines.Text()
		if (!more || line == "") && len(s.words) > 0 {
			all = append(all, s)
			s = sentence{}
		}
		if !more {
			if err := lines.Err(); err != nil {
				return nil, fmt.Errorf("%s:%d: %w", path, number, err)
			}
			return all, nil
		}
		if strings.HasPrefix(line, "# newdoc") {
			s.opens = true
		}
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) < 3 {
			return nil, fmt.Errorf("%s:%d: %d columns, want number, word and tag", path, number, len(f))
		}
		word, tag := f[1], f[2]
		if len(tag) < 2 || !slices.Contains([]string{person, organisation, location}, tag[2:]) {
			tag = "O"
		}
		if tag == "O" && isCapital(word) && u[neural.Key(word)] == "ADJ" {
			tag = ""
		}
		s.words, s.names = append(s.words, word), append(s.names, tag)
	}
}

// mention is a run of words that refers to something: words start to end.
type mention struct {
	start, end int
	kind       string
}

// mentions reads the coreference annotation of GUM (Entity= in MISC): marks
// such as "(7-person-new" where a mention begins and "7)" where it ends.
func mentions(tree []conllu.Word) []mention {
	var all []mention
	open := map[string][]mention{}
	for i, w := range tree {
		rest := conllu.Attribute(w.Misc, "Entity")
		for rest != "" {
			opens := rest[0] == '('
			body := strings.TrimPrefix(rest, "(")
			n := strings.IndexAny(body, "()")
			if n < 0 {
				n = len(body)
			}
			closes := n < len(body) && body[n] == ')'
			rest = strings.TrimPrefix(body[n:], ")")
			fields := strings.SplitN(body[:n], "-", 3)
			id, _, _ := strings.Cut(fields[0], "[")
			if opens && len(fields) > 1 {
				open[id] = append(open[id], mention{start: i, kind: fields[1]})
			}
			if stack := open[id]; closes && len(stack) > 0 {
				m := stack[len(stack)-1]
				open[id] = stack[:len(stack)-1]
				m.end = i + 1
				all = append(all, m)
			}
		}
	}
	return all
}

// namesOfMentions derives names from a tree with mentions: those of a person,
// an organisation or a place whose head is a proper noun, cut to its
// capitalised run and without titles. The longest of overlapping ones counts.
// It returns nil for a tree without mentions.
func namesOfMentions(tree []conllu.Word) []string {
	names := outside(len(tree))
	var runs []mention
	for _, m := range mentions(tree) {
		kind, ok := map[string]string{"person": person, "organization": organisation, "place": location}[m.kind]
		head := headOf(tree, m)
		if !ok || tree[head].UPOS != "PROPN" {
			continue
		}
		if kind == person && tree[head].XPOS == "NNPS" {
			kind = people
		}
		runs = append(runs, run(tree, m, head, kind))
	}
	slices.SortStableFunc(runs, func(a, b mention) int { return (b.end - b.start) - (a.end - a.start) })
	for _, r := range runs {
		free := true
		for _, n := range names[r.start:r.end] {
			free = free && n == "O"
		}
		if free {
			mark(names, r.start, r.end, r.kind)
		}
	}
	for i, w := range tree {
		if names[i] == "O" && w.UPOS == "ADJ" && isCapital(w.Form) {
			names[i] = "" // "Afghan": mentions do not show whether it is a name
		}
	}
	return names
}

// headOf returns the first word of a mention whose head lies outside it.
func headOf(tree []conllu.Word, m mention) int {
	for i := m.start; i < m.end; i++ {
		if h := tree[i].Head - 1; h < m.start || h >= m.end {
			return i
		}
	}
	return m.start
}

// run cuts a mention to the capitalised words around its head. Small words
// between capitalised ones belong to it.
func run(tree []conllu.Word, m mention, head int, kind string) mention {
	named := func(i int) bool {
		w := tree[i]
		return isCapital(w.Form) && w.UPOS != "DET" && w.UPOS != "PRON" && w.Deprel != "nmod:desc" || w.UPOS == "NUM" && i > m.start
	}
	r := mention{head, head + 1, kind}
	for i := head + 1; i < m.end; i++ {
		if named(i) {
			r.end = i + 1
		} else if !linking[tree[i].Form] {
			break
		}
	}
	for i := head - 1; i >= m.start; i-- {
		if named(i) {
			r.start = i
		} else if !linking[tree[i].Form] {
			break
		}
	}
	if kind == person {
		words := make([]string, 0, r.end-r.start)
		for _, w := range tree[r.start:r.end] {
			words = append(words, w.Form)
		}
		if n := titleLength(words); n < len(words) {
			r.start += n
		}
	}
	return r
}
