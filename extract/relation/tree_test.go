package relation

import (
	"testing"

	"entente/extract/actor"
	"entente/extract/nlp"
)

// sentenceOf makes a sentence of tokens.
func sentenceOf(rows ...nlp.Token) nlp.Sentence { return nlp.Sentence{Tokens: rows} }

func TestTreeHasNoCycles(t *testing.T) {
	lex, err := Load(loadOntology(t))
	if err != nil {
		t.Fatal(err)
	}
	tok := func(text, tag, rel string, head int) nlp.Token {
		return nlp.Token{Text: text, Tag: tag, Deprel: rel, Head: head}
	}
	for name, c := range map[string]struct {
		s        nlp.Sentence
		mentions []actor.Mention
	}{
		"given as a cycle": {s: sentenceOf(tok("a", "NN", "nmod", 2), tok("b", "NN", "nmod", 3), tok("c", "NN", "nmod", 1))},
		"its own head":     {s: sentenceOf(tok("a", "NN", "nmod", 1))},
		"out of range":     {s: sentenceOf(tok("a", "NN", "nmod", 7), tok("b", "NN", "nmod", -3))},
		"a verb that a name hangs on": {
			s: sentenceOf(tok("Peskov", "NNP", "compound", 2), tok("attacks", "NNS", "flat", 3), tok("Putin", "NNP", "root", 0)),
			mentions: []actor.Mention{
				{First: 0, Last: 1, Actor: "person:peskov", Form: actor.FormName}, {First: 2, Last: 3, Lead: 2, Actor: "person:putin", Form: actor.FormName},
			},
		},
		"an apposition above its noun": {
			s: sentenceOf(tok("counterpart", "NN", "nmod", 3), tok(",", ",", "punct", 1), tok("Shoigu", "NNP", "dep", 4), tok("met", "VBD", "root", 0)),
			mentions: []actor.Mention{
				{First: 2, Last: 3, Lead: 2, Actor: "person:shoigu", Form: actor.FormName},
			},
		},
	} {
		tr := newTree(c.s, c.mentions, lex)
		for i := range tr.heads {
			for n, k := 0, i; k >= 0; n, k = n+1, tr.heads[k] {
				if n > len(tr.heads) {
					t.Fatalf("%s: the heads above token %d never end: %v", name, i, tr.heads)
				}
			}
		}
	}
}
