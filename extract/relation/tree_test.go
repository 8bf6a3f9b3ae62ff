package relation

import (
	"math/rand/v2"
	"strings"
	"testing"

	"entente/extract/actor"
	"entente/extract/nlp"
	"entente/graph"
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

// TestAnyTree codes sentences whose trees are nonsense: whatever an engine gives,
// the coder must come to an end.
func TestAnyTree(t *testing.T) {
	lex, err := Load(loadOntology(t))
	if err != nil {
		t.Fatal(err)
	}
	coder := NewCoder(lex, loadOntology(t), nil, nil)
	forms := strings.Fields("Russia said that Iran , which vowed to attack Israel and accused Syria of arming Hamas , had been urged by Oman to stop talks with Egypt")
	tags := strings.Fields("NNP VBD IN NNP , WDT VBD TO VB NNP CC VBD NNP IN VBG NNP , VBD VBN VBN IN NNP TO VB NNS IN NNP")
	rels := strings.Fields("nsubj obj iobj obl nmod appos conj cc mark case acl advcl acl:relcl ccomp xcomp parataxis cop aux aux:pass flat compound amod nmod:poss nsubj:pass obl:agent root")
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		s := nlp.Sentence{}
		var mentions []actor.Mention
		body := strings.Join(forms, " ")
		for i, form := range forms {
			start := len(strings.Join(forms[:i], " "))
			if i > 0 {
				start++
			}
			s.Tokens = append(s.Tokens, nlp.Token{
				Text: form, Tag: tags[i], Lemma: form, Head: rnd.IntN(len(forms) + 1), Deprel: rels[rnd.IntN(len(rels))],
				Span: graph.Span{Start: start, End: start + len(form)},
			})
			if tags[i] == "NNP" {
				mentions = append(mentions, actor.Mention{First: i, Last: i + 1, Lead: i, Text: form, Actor: graph.ActorID(form), Form: actor.FormName})
			}
		}
		s.Span = graph.Span{End: len(body)}
		res := actor.Resolution{Mentions: [][]actor.Mention{mentions}}
		coder.Code(&graph.Article{Body: body}, nlp.Document{Text: body, Sentences: []nlp.Sentence{s}}, &res)
	}
}
