package nlp

import (
	"strings"
	"unicode"

	"entente/extract/nlp/neural"
	"entente/graph"
)

// Neural is the Engine that takes tags, names and trees from a built-in
// model, over our own tokens and sentences. It is safe for concurrent use.
type Neural struct {
	model model
}

// model is what reads sentences: the network, or the fast model.
type model interface {
	Analyse(words []string) neural.Analysis
}

// NewNeural loads the network.
func NewNeural() (*Neural, error) {
	model, err := neural.Load()
	if err != nil {
		return nil, err
	}
	return &Neural{model: model}, nil
}

// Analyse implements Engine. Hyphenated compounds are one token, as the
// dictionary and the frames are written; Parse keeps them as the treebanks do.
func (e *Neural) Analyse(text string) Document {
	doc := e.Parse(text)
	for i := range doc.Sentences {
		doc.Sentences[i].Tokens = joinCompounds(text, doc.Sentences[i].Tokens)
	}
	return doc
}

// Parse analyses text in the tokens of the treebanks.
func (e *Neural) Parse(text string) Document {
	doc := Document{Text: text, Sentences: Segment(text)}
	for i := range doc.Sentences {
		s := &doc.Sentences[i]
		words := make([]string, len(s.Tokens))
		for j, t := range s.Tokens {
			words[j] = t.Text
		}
		for j, a := range e.model.Analyse(words) {
			t := &s.Tokens[j]
			t.Tag, t.UPOS, t.Feats, t.Head, t.Deprel, t.Entity = a.XPOS, a.UPOS, a.Feats, a.Head, a.Deprel, a.Entity
			if isQuote(firstRune(t.Text)) || t.Text == "``" || t.Text == "''" {
				t.Tag = TagQuote
			}
		}
	}
	return doc
}

// joinCompounds makes one token of words joined by hyphens without white
// space ("US-led", "Guinea-Bissau"). The compound takes the tag of its last
// word and hangs where that of its words hangs that is nearest to the root:
// depths then fall along every chain of heads, so that the tree stays one.
func joinCompounds(text string, tokens []Token) []Token {
	first := make([]int, len(tokens)) // of the compound a token goes into
	joined := false
	for i := range tokens {
		first[i] = i
		if i >= 2 && tokens[i-1].Text == "-" && tokens[i-1].Span.Start == tokens[i-2].Span.End &&
			tokens[i].Span.Start == tokens[i-1].Span.End && wordlike(tokens[i-2].Text) && wordlike(tokens[i].Text) {
			first[i], first[i-1] = first[i-2], first[i-2]
			joined = true
		}
	}
	if !joined {
		return tokens
	}
	place := make([]int, len(tokens)) // new number of a token's compound, from 1
	n := 0
	for i := range tokens {
		if first[i] == i {
			n++
		}
		place[i] = n
	}
	out := make([]Token, 0, n)
	for i := 0; i < len(tokens); {
		j := i + 1
		for j < len(tokens) && first[j] == i {
			j++
		}
		t := tokens[j-1]
		t.Entity = tokens[i].Entity
		t.Span = graph.Span{Start: tokens[i].Span.Start, End: tokens[j-1].Span.End}
		t.Text = text[t.Span.Start:t.Span.End]
		if j-i > 1 && (strings.HasPrefix(t.Tag, "VB") || t.Tag == "RP" || t.Tag == "IN") {
			t.Tag = "JJ"
		}
		highest := i
		for k := i + 1; k < j; k++ {
			if depth(tokens, k) < depth(tokens, highest) {
				highest = k
			}
		}
		t.Head, t.Deprel = tokens[highest].Head, tokens[highest].Deprel
		if t.Head > 0 {
			t.Head = place[t.Head-1]
		}
		out = append(out, t)
		i = j
	}
	return out
}

// depth returns the number of heads between token i and the root.
func depth(tokens []Token, i int) int {
	n := 0
	for tokens[i].Head > 0 && n <= len(tokens) {
		i = tokens[i].Head - 1
		n++
	}
	return n
}

// wordlike reports whether a token may be a part of a compound.
func wordlike(s string) bool {
	r := firstRune(s)
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}
