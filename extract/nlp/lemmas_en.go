package nlp

import (
	_ "embed" // for the list of verbs
	"maps"
	"slices"
	"strings"

	"entente/extract/nlp/lemma"
)

//go:embed verbs_en.txt
var verbList string

// LoadLemmas returns the lemmatiser that is part of the program, told the forms of the
// verbs that news is made of: treebanks are small, and their rules guess "fre" for
// "freed" and leave "froze" as it is. It costs some 15 ms.
func LoadLemmas() (*lemma.Lemmatiser, error) {
	l, err := lemma.Load()
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for _, v := range IrregularVerbs() {
		known[v] = true
	}
	for line := range strings.Lines(verbList) {
		if v := strings.TrimSpace(line); v != "" && v[0] != '#' {
			known[v] = true
		}
	}
	for _, v := range slices.Sorted(maps.Keys(known)) {
		for _, form := range VerbForms(v)[1:] {
			for _, tag := range tagsOf(form) {
				if !known[l.Lemma(form, "VERB", tag)] {
					l.AddWord(lemma.Tag{UPOS: "VERB", XPOS: tag}, form, v)
				}
			}
		}
	}
	return l, nil
}

// tagsOf returns the Penn tags that a verb's inflected form may have.
func tagsOf(form string) []string {
	switch {
	case strings.HasSuffix(form, "ing"):
		return []string{"VBG"}
	case strings.HasSuffix(form, "s"):
		return []string{"VBZ"}
	}
	return []string{"VBD", "VBN"}
}
