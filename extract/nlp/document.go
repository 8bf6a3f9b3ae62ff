// Package nlp turns the text of an article into sentences and tagged tokens.
//
// Everything particular to one language lies in files named for it (_en).
// Engine is the seam: the coder and the resolver read a Document and do not
// know what made it.
package nlp

import "entente/graph"

// Document is a text with its sentences, in the order of the text.
type Document struct {
	Text      string
	Sentences []Sentence
}

// Sentence is a run of tokens that lies within one paragraph.
type Sentence struct {
	Span      graph.Span // in Document.Text, without surrounding white space
	Paragraph int        // index of its paragraph, from 0
	Tokens    []Token
	// Quoted says that the sentence begins within a quotation that an earlier
	// sentence opened. Segment sets it.
	Quoted bool
}

// Token is one word or mark. Document.Text[Span.Start:Span.End] == Text.
type Token struct {
	Span graph.Span
	Text string
	// Tag is the Penn Treebank part of speech ("NNP", "VBD", …).
	Tag string
	// Lemma is the dictionary form ("be" for "was"); of a compound, its text with
	// the lemma of its last part.
	Lemma string
	// What follows is empty where the engine does not say it.
	UPOS   string // universal part of speech ("VERB")
	Feats  string // universal features as CoNLL-U writes them ("Tense=Past|…")
	Head   int    // number, from 1, of the token it depends on in the sentence; 0 is the root
	Deprel string // universal relation with subtype ("nsubj:pass")
	Entity string // "O", "B-PER", "I-PER", … for PER, ORG, LOC, NORP
}

// TagQuote is the tag of a double quotation mark of any form.
const TagQuote = "''"

// Engine analyses texts. Implementations are safe for concurrent use.
type Engine interface {
	// Analyse never fails: any bytes give a Document whose token spans are in
	// order, do not overlap and hold the tokens' text.
	Analyse(text string) Document
}
