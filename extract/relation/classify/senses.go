package classify

import (
	_ "embed" // for the senses
	"errors"
	"fmt"
	"slices"
	"strings"

	"entente/extract/ontology"
	"entente/graph"
)

//go:embed senses_en.txt
var embeddedSenses string

//go:embed kinds_en.txt
var embeddedKinds string

// sense is a turn of phrase that speaks for a category.
type sense struct {
	rest     []string // the words after the first
	category string
}

// senses are looked up by the first word, those of the most words first.
type senses map[string][]sense

// readSenses reads the form that senses_en.txt explains. The error joins all
// faults, a line "name:line: what" each.
func readSenses(text, name string, o *ontology.Ontology) (senses, error) {
	all := senses{}
	category := ""
	var faults []error
	fault := func(n int, format string, args ...any) {
		faults = append(faults, fmt.Errorf("%s:%d: %w", name, n+1, fmt.Errorf(format, args...)))
	}
	for n, line := range strings.Split(text, "\n") {
		line, _, _ = strings.Cut(line, "#")
		line = strings.TrimSpace(line)
		if after, ok := strings.CutPrefix(line, "@"); ok {
			category = after
			if _, ok := o.Categories[category]; !ok && category != graph.NoCategory {
				fault(n, "unknown category %q", category)
			}
			continue
		}
		for turn := range strings.SplitSeq(line, ",") {
			words := strings.Fields(turn)
			switch {
			case len(words) == 0:
			case category == "":
				fault(n, "%q stands before the first @CATEGORY", strings.TrimSpace(turn))
			case !all.add(words, category):
				fault(n, "%q stands twice under %s", strings.Join(words, " "), category)
			}
		}
	}
	for _, list := range all {
		slices.SortStableFunc(list, func(a, b sense) int { return len(b.rest) - len(a.rest) })
	}
	return all, errors.Join(faults...)
}

// add adds a turn unless its category has it.
func (s senses) add(words []string, category string) bool {
	for i := range words {
		words[i] = british(words[i])
	}
	first, rest := words[0], words[1:]
	for _, old := range s[first] {
		if old.category == category && slices.Equal(old.rest, rest) {
			return false
		}
	}
	s[first] = append(s[first], sense{rest, category})
	return true
}

// british spells a word in -ize with s.
func british(word string) string {
	for _, end := range []string{"ize", "ized", "izes", "izing", "ization"} {
		if stem, ok := strings.CutSuffix(word, end); ok && len(stem) > 3 {
			return stem + "is" + end[2:]
		}
	}
	return word
}

// reach is how many tokens there may be between two words of a turn.
const reach = 4

// sensesOf returns the categories that the turns which begin at token i speak
// for, each once: only the turns of the most words count.
func (r *Reading) sensesOf(i int) []string {
	t := &r.Tokens[i]
	if t.UPOS == "PROPN" || t.UPOS == "DET" {
		return nil
	}
	list := r.senses[r.keys[i].lemma]
	if list == nil {
		list = r.senses[r.keys[i].text]
	}
	var out []string
	longest := 0
	for _, s := range list {
		if len(s.rest) < longest {
			break
		}
		if r.goesOn(i, s.rest) {
			longest = len(s.rest)
			if !slices.Contains(out, s.category) {
				out = append(out, s.category)
			}
		}
	}
	return out
}

// goesOn reports whether the words follow token i in order.
func (r *Reading) goesOn(i int, words []string) bool {
	at := i + 1
	for _, w := range words {
		end := min(at+reach, len(r.keys))
		for at < end && r.keys[at].lemma != w && r.keys[at].text != w {
			at++
		}
		if at == end {
			return false
		}
		at++
	}
	return true
}

// key is a token as turns are written: its lemma and text in lower case and
// British spelling; and its lemma as it is.
type key struct{ lemma, text, lower string }

func (r *Reading) readKeys() {
	r.keys = make([]key, len(r.Tokens))
	for i := range r.Tokens {
		t := &r.Tokens[i]
		lower := strings.ToLower(t.Lemma)
		r.keys[i] = key{british(lower), british(strings.ToLower(t.Text)), lower}
	}
}

// kinds of nouns, by lemma.
type kinds map[string][]string

// readKinds reads the form that kinds_en.txt explains. The error joins all
// faults, a line "name:line: what" each.
func readKinds(text, name string) (kinds, error) {
	all := kinds{}
	kind := ""
	var faults []error
	for n, line := range strings.Split(text, "\n") {
		line, _, _ = strings.Cut(line, "#")
		if after, ok := strings.CutPrefix(line, "@"); ok {
			kind = strings.TrimSpace(after)
			continue
		}
		for noun := range strings.FieldsSeq(line) {
			noun = british(strings.ToLower(noun))
			switch {
			case kind == "":
				faults = append(faults, fmt.Errorf("%s:%d: %q stands before the first @kind", name, n+1, noun))
			case slices.Contains(all[noun], kind):
				faults = append(faults, fmt.Errorf("%s:%d: %q stands twice under @%s", name, n+1, noun, kind))
			default:
				all[noun] = append(all[noun], kind)
			}
		}
	}
	return all, errors.Join(faults...)
}

// kindsOf returns the kinds of a token.
func (r *Reading) kindsOf(i int) []string {
	if r.Tokens[i].UPOS == "PROPN" {
		return nil
	}
	return r.kinds[r.keys[i].lemma]
}
