package nlp

import (
	"strings"
	"unicode"

	"entente/extract/nlp/lemma"
	"entente/extract/nlp/neural"
	"entente/graph"
)

// Neural is the Engine that takes tags, names and trees from the built-in
// network, over our own tokens and sentences. It is safe for concurrent use.
type Neural struct {
	model  *neural.Model
	lemmas *lemma.Lemmatiser
}

// NewNeural loads the network and the lemmas.
func NewNeural() (*Neural, error) {
	model, err := neural.Load()
	if err != nil {
		return nil, err
	}
	lemmas, err := lemma.Load()
	if err != nil {
		return nil, err
	}
	return &Neural{model: model, lemmas: lemmas}, nil
}

// Analyse implements Engine. Hyphenated compounds are one token, as the
// dictionary and the frames are written, and quotation marks have one tag;
// Parse keeps both as the treebanks do.
func (e *Neural) Analyse(text string) Document {
	doc := e.Parse(text)
	for i := range doc.Sentences {
		tokens := joinCompounds(text, doc.Sentences[i].Tokens)
		for j, t := range tokens {
			if isQuote(firstRune(t.Text)) || t.Text == "``" || t.Text == "''" {
				tokens[j].Tag = TagQuote
			}
		}
		doc.Sentences[i].Tokens = tokens
	}
	return doc
}

// Parse analyses text in the tokens and tags of the treebanks.
func (e *Neural) Parse(text string) Document {
	doc := Document{Text: text, Sentences: Segment(text)}
	for i := range doc.Sentences {
		e.annotate(doc.Sentences[i].Tokens)
	}
	return doc
}

// ParseWords analyses one sentence that is given as its words, in the
// conventions of the treebanks ("do n't", "Russia 's"). The tokens, one a word,
// have no Span.
func (e *Neural) ParseWords(words []string) []Token {
	tokens := make([]Token, len(words))
	for i, w := range words {
		tokens[i].Text = w
	}
	e.annotate(tokens)
	return tokens
}

// annotate fills in what the network and the lemmas say of a sentence.
func (e *Neural) annotate(tokens []Token) {
	words := make([]string, len(tokens))
	for i, t := range tokens {
		words[i] = t.Text
	}
	for i, a := range e.model.Analyse(words) {
		t := &tokens[i]
		t.Tag, t.UPOS, t.Feats, t.Head, t.Deprel, t.Entity = a.XPOS, a.UPOS, a.Feats, a.Head, a.Deprel, a.Entity
		t.Lemma = e.lemmas.Lemma(t.Text, t.UPOS, t.Tag)
	}
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
		t.Lemma = text[t.Span.Start:tokens[j-1].Span.Start] + t.Lemma
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
