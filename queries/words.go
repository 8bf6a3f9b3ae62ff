package queries

import (
	"slices"
	"strings"

	"entente/graph"
)

// phrases are runs of folded words that a text has to have, each by itself.
type phrases [][]string

// parseWords reads what a person looks for: single words, and phrases within
// double quotes, straight or curly. A quote that is not closed ends with the
// text.
func parseWords(typed string) phrases {
	var list phrases
	straight := strings.NewReplacer("“", `"`, "”", `"`).Replace(typed)
	for i, part := range strings.Split(straight, `"`) {
		words := wordsOf(graph.Fold(part))
		if i%2 == 1 && len(words) > 0 { // between two quotes
			list = append(list, words)
			continue
		}
		for _, w := range words {
			list = append(list, []string{w})
		}
	}
	return list
}

// in reports whether text has all the phrases.
func (p phrases) in(text string) bool {
	words := wordsOf(graph.Fold(text))
	return !slices.ContainsFunc(p, func(phrase []string) bool { return !hasRun(words, phrase) })
}

// hasRun reports whether run stands in words, its words one after the other.
func hasRun(words, run []string) bool {
	for i := 0; i+len(run) <= len(words); i++ {
		if slices.Equal(words[i:i+len(run)], run) {
			return true
		}
	}
	return false
}
