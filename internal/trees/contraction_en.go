package trees

import (
	"strings"

	"entente/internal/conllu"
)

// ranges returns the words that are written as one with a clitic ("don't",
// "Russia's"), which the English treebanks mark.
func ranges(words []conllu.Word) []conllu.Range {
	var out []conllu.Range
	for i := 0; i < len(words); i++ {
		last := i
		for last+1 < len(words) && strings.HasSuffix(words[last].Misc, "SpaceAfter=No") && isClitic(words[last+1].Form) {
			last++
		}
		if last == i {
			continue
		}
		r := conllu.Range{First: i + 1, Last: last + 1, Misc: "_"}
		if strings.HasSuffix(words[last].Misc, "SpaceAfter=No") {
			r.Misc = "SpaceAfter=No"
		}
		for k := i; k <= last; k++ {
			r.Form += words[k].Form
			words[k].Misc = orNone(strings.TrimSuffix(strings.TrimSuffix(words[k].Misc, "SpaceAfter=No"), "|"))
		}
		out = append(out, r)
		i = last
	}
	return out
}

// isClitic reports whether a word is one that is written on to another.
func isClitic(form string) bool {
	switch strings.ToLower(strings.ReplaceAll(form, "’", "'")) {
	case "n't", "'s", "'re", "'ve", "'ll", "'m", "'d", "'":
		return true
	}
	return false
}
