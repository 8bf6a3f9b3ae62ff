package nlp

import (
	"strings"
	"unicode"

	"entente/extract/nlp/gazetteer"
	"entente/extract/nlp/lemma"
	"entente/extract/nlp/neural"
	"entente/graph"
)

// Neural is the Engine that takes tags, names and trees from a built-in
// model, over our own tokens and sentences. It is safe for concurrent use.
type Neural struct {
	model  model
	hints  *Hinter
	lemmas *lemma.Lemmatiser
}

// model is what reads the sentences of a document: the network, or the fast
// model.
type model interface {
	Analyse(document []neural.Sentence) []neural.Analysis
}

// NewNeural loads the network and the lemmas.
func NewNeural() (*Neural, error) {
	model, err := neural.Load()
	if err != nil {
		return nil, err
	}
	return newNeural(model)
}

func newNeural(m model) (*Neural, error) {
	hints, err := NewHinter()
	if err != nil {
		return nil, err
	}
	lemmas, err := LoadLemmas()
	if err != nil {
		return nil, err
	}
	return &Neural{m, hints, lemmas}, nil
}

// Hinter tells the network which words are in lists of names.
type Hinter struct{ lists *gazetteer.Gazetteer }

// NewHinter loads the lists.
func NewHinter() (*Hinter, error) {
	lists, err := gazetteer.Load(func(name string) []string {
		var words []string
		for _, s := range Tokenise(name, graph.Span{End: len(name)}) {
			words = append(words, name[s.Start:s.End])
		}
		return words
	}, neural.AppendKey)
	if err != nil {
		return nil, err
	}
	return &Hinter{lists}, nil
}

// Hints returns the hints on the words of a sentence.
func (h *Hinter) Hints(words []string) []uint32 { return h.lists.Mark(words) }

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
	sentences := make([][]Token, len(doc.Sentences))
	for i := range doc.Sentences {
		sentences[i] = doc.Sentences[i].Tokens
	}
	e.annotate(sentences)
	return doc
}

// ParseWords analyses the sentences of a document that are given as their
// words, in the conventions of the treebanks ("do n't", "Russia 's"). The
// tokens, one a word, have no Span.
func (e *Neural) ParseWords(document [][]string) [][]Token {
	sentences := make([][]Token, len(document))
	for i, words := range document {
		sentences[i] = make([]Token, len(words))
		for j, w := range words {
			sentences[i][j].Text = w
		}
	}
	e.annotate(sentences)
	return sentences
}

// annotate fills in what the network and the lemmas say of the sentences of a
// document.
func (e *Neural) annotate(sentences [][]Token) {
	for i, analysis := range e.analyse(sentences) {
		for j, a := range analysis {
			t := &sentences[i][j]
			t.Tag, t.UPOS, t.Feats, t.Head, t.Deprel, t.Entity = a.XPOS, a.UPOS, a.Feats, a.Head, a.Deprel, a.Entity
			t.Lemma = e.lemmas.Lemma(t.Text, t.UPOS, t.Tag)
		}
	}
}

// addTrees fills in universal parts of speech, features and trees of a document
// that another engine cut into words. Tags, names and lemmas stay.
func (e *Neural) addTrees(doc *Document) {
	sentences := make([][]Token, len(doc.Sentences))
	for i := range doc.Sentences {
		sentences[i] = doc.Sentences[i].Tokens
	}
	for i, analysis := range e.analyse(sentences) {
		for j, a := range analysis {
			t := &sentences[i][j]
			t.UPOS, t.Feats, t.Head, t.Deprel = a.UPOS, a.Feats, a.Head, a.Deprel
		}
	}
}

// analyse runs the network over the words of a document.
func (e *Neural) analyse(sentences [][]Token) []neural.Analysis {
	document := make([]neural.Sentence, len(sentences))
	for i, tokens := range sentences {
		words := make([]string, len(tokens))
		for j, t := range tokens {
			words[j] = t.Text
		}
		document[i] = neural.Sentence{Words: words, Hints: e.hints.Hints(words)}
	}
	return e.model.Analyse(document)
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
			if t.UPOS != "" {
				t.UPOS, t.Feats = "ADJ", "Degree=Pos"
			}
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
