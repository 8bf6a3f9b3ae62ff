package train

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"entente/extract/nlp/lemma"
	"entente/internal/conllu"
)

// leastGain is the number of forms that a suffix rule has to set right, beyond
// those that it sets wrong, to be kept.
const leastGain = 2

// doubtful is how many times more often than the lemma of its other spellings a
// form has to have one of its own for that to count.
const doubtful = 4

// WriteLemmas learns from the *-train.conllu[.gz] of a directory and writes
// the file of extract/nlp/lemma.
func WriteLemmas(dir, path string, foreign bool, log io.Writer) error {
	l, err := LearnLemmas(dir, foreign)
	if err != nil {
		return err
	}
	var file bytes.Buffer
	if err := lemma.Encode(&file, l, lemmaRemark); err != nil {
		return err
	}
	if err := os.WriteFile(path, file.Bytes(), 0o644); err != nil {
		return err
	}
	fmt.Fprintf(log, "%s: %d lines, %d bytes\n", path, bytes.Count(file.Bytes(), []byte{'\n'}), file.Len())
	return nil
}

// lemmaRemark stands at the head of the file.
const lemmaRemark = `Lemmas: suffix rules and the words that they get wrong.
Made by entente-train -lemmas; not to be edited. docs/models.md tells how, and
what the licences are: CC BY-SA 4.0, as derived from the treebanks.`

// LearnLemmas learns from the *-train.conllu[.gz] of a directory.
//
// For each Penn tag it learns suffix rules by the vote of the forms, and then a
// table of the forms that the rules get wrong. What both parts of speech
// together ask for otherwise ("'s" is "be" as AUX and "have" as another) is
// learnt over that. Forms that English is known to have are added unless the
// language is foreign.
func LearnLemmas(dir string, foreign bool) (*lemma.Lemmatiser, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.conllu*"))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", dir, err)
	}
	slices.Sort(files)
	seen, sources := observed{}, []string(nil)
	for _, path := range files {
		if _, kind, ok := splitName(path); !ok || kind != "train" {
			continue
		}
		sentences, err := conllu.ReadFile(path)
		if err != nil {
			return nil, err
		}
		sources = append(sources, filepath.Base(path))
		for i := range sentences {
			seen.addSentence(&sentences[i])
		}
	}
	if len(sources) == 0 {
		return nil, fmt.Errorf("%s: no file *-train.conllu or *-train.conllu.gz to learn from", dir)
	}
	if !foreign {
		seen.complete()
	}
	l := seen.learn()
	l.Trained = strings.Join(sources, ", ")
	return l, nil
}

// observed counts lemmas by tag and form.
type observed map[lemma.Tag]forms

// forms counts lemmas by form.
type forms map[string]map[string]int

func (o observed) addSentence(s *conllu.Sentence) {
	for _, w := range s.Words {
		if fits(w.Form) && fits(w.Lemma) && (w.Lemma != "_" || w.Form == "_") {
			o.add(lemma.Tag{UPOS: w.UPOS, XPOS: w.XPOS}, w.Form, w.Lemma, 1)
		}
	}
}

// fits reports whether a form or lemma is one to learn: the file can hold it,
// and it is not the address of a person.
func fits(s string) bool {
	return s != "" && !lemma.IsAddress(s) && len(s) <= lemma.MaxForm && utf8.ValidString(s) && !strings.ContainsFunc(s, unicode.IsControl)
}

func (o observed) add(t lemma.Tag, form, lemma string, n int) {
	if o[t] == nil {
		o[t] = forms{}
	}
	o[t].add(form, lemma, n)
}

func (f forms) add(form, lemma string, n int) {
	if f[form] == nil {
		f[form] = map[string]int{}
	}
	f[form][lemma] += n
}

// learn returns what o teaches.
func (o observed) learn() *lemma.Lemmatiser {
	l := lemma.New()
	general := o.general()
	for t, all := range general {
		all.learn(l, t)
	}
	for t, all := range o { // which looks at what the general tags teach
		if t.UPOS != lemma.Any && t.XPOS != lemma.Any {
			all.learn(l, t)
		}
	}
	return l
}

// general returns o by the universal part of speech alone and by the Penn tag
// alone.
func (o observed) general() observed {
	general := observed{}
	for t, all := range o {
		for form, lemmas := range all {
			for lemma, n := range lemmas {
				general.addWide(t, form, lemma, n)
			}
		}
	}
	return general
}

func (o observed) addWide(t lemma.Tag, form, lem string, n int) {
	if t.UPOS != lemma.Any {
		o.add(lemma.Tag{UPOS: t.UPOS, XPOS: lemma.Any}, form, lem, n)
	}
	if t.XPOS != lemma.Any {
		o.add(lemma.Tag{UPOS: lemma.Any, XPOS: t.XPOS}, form, lem, n)
	}
}

// learn adds to l the suffix rules of a tag, and the words that they get
// wrong. A tag of both parts of speech defers to the Penn tag where that is
// right already. Forms in lower case come first: the others may follow them.
func (f forms) learn(l *lemma.Lemmatiser, t lemma.Tag) {
	isLower := func(form string) bool { return form == lowered(form) }
	f.rules(l, t, isLower)
	f.table(l, t, isLower)
	f.rules(l, t, func(form string) bool { return !isLower(form) })
	f.capitalise()
	f.table(l, t, func(string) bool { return true })
}

// rules adds to l the suffix rules of the chosen forms.
func (f forms) rules(l *lemma.Lemmatiser, t lemma.Tag, chosen func(string) bool) {
	var all [lemma.Classes]votes
	for _, form := range slices.Sorted(maps.Keys(f)) {
		if !chosen(form) {
			continue
		}
		want := mostFrequent(f[form])
		e, ok := lemma.Between(form, want)
		switch low := lowered(form); {
		case t.UPOS != lemma.Any && t.XPOS != lemma.Any && l.Lemma(form, t.UPOS, t.XPOS) == want:
			e, ok = lemma.Edit{Way: lemma.Defer}, true
		case low != form && l.Lemma(low, t.UPOS, t.XPOS) == want:
			e, ok = lemma.Edit{Way: lemma.AsLower}, true
		}
		if ok && !strings.ContainsFunc(e.Add, unicode.IsDigit) { // a number is no ending
			c := lemma.ClassOf(form)
			all[c] = all[c].add(form, e)
		}
	}
	for c, v := range all {
		for suffix, e := range v.rules() {
			l.AddRule(t, lemma.Class(c), suffix, e)
		}
	}
}

// votes counts, for each suffix, the edits that its forms ask for.
type votes map[string]map[lemma.Edit]int

func (v votes) add(form string, e lemma.Edit) votes {
	if v == nil {
		v = votes{}
	}
	for _, s := range lemma.Suffixes(form) {
		if v[s] == nil {
			v[s] = map[lemma.Edit]int{}
		}
		v[s][e]++
	}
	return v
}

// rules returns the edits that win, but those that a shorter suffix gives
// already.
func (v votes) rules() map[string]lemma.Edit {
	rules := map[string]lemma.Edit{}
	byLength := func(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), strings.Compare(a, b)) }
	for _, suffix := range slices.SortedFunc(maps.Keys(v), byLength) {
		before := ruleFor(rules, suffix)
		best, ok := v.winner(suffix)
		if ok && best != before && v[suffix][best]-v[suffix][before] >= leastGain {
			rules[suffix] = best
		}
	}
	return rules
}

// winner returns the edit with the most votes of those that a rule for the
// suffix may be.
func (v votes) winner(suffix string) (best lemma.Edit, ok bool) {
	for e, n := range v[suffix] {
		m := v[suffix][best]
		if e.Fits(suffix) && (!ok || n > m || n == m && e.String() < best.String()) {
			best, ok = e, true
		}
	}
	return best, ok
}

// ruleFor returns the edit of the longest suffix with a rule; deferring where
// there is none.
func ruleFor(rules map[string]lemma.Edit, suffix string) lemma.Edit {
	for s := suffix; ; {
		if e, ok := rules[s]; ok {
			return e
		}
		if s == "" {
			return lemma.Edit{Way: lemma.Defer}
		}
		_, size := utf8.DecodeRuneInString(s)
		s = s[size:]
	}
}

// table adds to l the chosen forms of which it does not know the lemma. A form in
// lower case stands for its other spellings, but those that differ.
func (f forms) table(l *lemma.Lemmatiser, t lemma.Tag, chosen func(string) bool) {
	spellings := map[string][]string{}
	for _, form := range slices.Sorted(maps.Keys(f)) {
		if chosen(form) {
			spellings[lowered(form)] = append(spellings[lowered(form)], form)
		}
	}
	for low, all := range spellings {
		f.tableOf(l, t, low, all)
	}
}

// tableOf adds to l what it does not know of the spellings of a form.
func (f forms) tableOf(l *lemma.Lemmatiser, t lemma.Tag, low string, all []string) {
	right := func(form string) bool { return l.Lemma(form, t.UPOS, t.XPOS) == mostFrequent(f[form]) }
	wrong := func(form string) bool { return !right(form) }
	if !slices.ContainsFunc(all, wrong) {
		return
	}
	if len(low) <= lemma.MaxForm {
		total := f[low]
		if total == nil {
			total = map[string]int{}
			for _, form := range all {
				for lemma, n := range f[form] {
					total[lemma] += n
				}
			}
		}
		l.AddWord(t, low, mostFrequent(total))
	}
	for _, form := range all {
		want := mostFrequent(f[form])
		// Spellings that are not sure of their own lemma share one, so that "People"
		// is not another word than "people".
		shared := f[form][l.Lemma(form, t.UPOS, t.XPOS)]
		if wrong(form) && doubtful*shared < f[form][want] {
			l.AddWord(t, form, want)
		}
	}
}

func lowered(s string) string { return strings.Map(unicode.ToLower, s) }

// mostFrequent returns the lemma with the highest count, of several the first
// in the order of bytes.
func mostFrequent(lemmas map[string]int) string {
	best := ""
	for lemma, n := range lemmas {
		if best == "" || n > lemmas[best] || n == lemmas[best] && lemma < best {
			best = lemma
		}
	}
	return best
}

// capitalise adds the spelling with a capital letter of forms seen in lower
// case only, as they stand at the beginning of a sentence ("Glad"), unless the
// tag is one of names.
func (f forms) capitalise() {
	balance := 0 // of lower case over capitals
	for form, lemmas := range f {
		for _, n := range lemmas {
			switch low := lowered(form); form {
			case low:
				balance += n
			case capital(low):
				balance -= n
			}
		}
	}
	if balance < 0 {
		return
	}
	for _, form := range slices.Sorted(maps.Keys(f)) {
		if c := capital(form); form == lowered(form) && f[c] == nil {
			f.add(c, mostFrequent(f[form]), 0)
		}
	}
}

// capital returns a form with its first letter in upper case.
func capital(form string) string {
	first, size := utf8.DecodeRuneInString(form)
	return string(unicode.ToUpper(first)) + form[size:]
}
