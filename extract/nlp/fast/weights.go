package fast

import (
	"fmt"

	"entente/extract/nlp/neural"
	"entente/extract/nlp/neural/vec"
)

// Offsets are the places, counted from a word, of those that the gates of the
// first layer see.
var Offsets = [...]int{-1, 0, 1}

// Positions are the words that a state of the parser is seen through; see
// State.Look.
const Positions = 8

// Weights are the numbers of a model. Labels are padded to a multiple of
// vec.Panel; the padding is never answered.
type Weights struct {
	Spec *Spec

	neural.Embedding

	// First takes a word to what it gives to the gates of each word that sees
	// it: for each of Offsets, 4*Hidden numbers.
	First     vec.Matrix
	FirstBias []float32
	Upper     []neural.Affine // layers after it: their input to their gates
	Dense     neural.Affine   // encoder to Morph and Syntax

	Tags, Feats, Names neural.Affine
	Hints              neural.Table // added to the scores of names

	// Places takes a word to what it adds to a state, for each of Positions;
	// Nowhere holds the same for the root and for where no word is.
	Places    neural.Affine
	Nowhere   neural.Table
	Moves     neural.Affine // state to Shift, Left, Right
	Relations neural.Affine // state to the relations of an arc to the left, then to the right

	tensors neural.List
}

// NewWeights returns a model of zeros.
func NewWeights(s *Spec) (*Weights, error) {
	if err := s.check(); err != nil {
		return nil, fmt.Errorf("fast model: %w", err)
	}
	gates := 4 * s.Hidden
	w := &Weights{
		Spec:      s,
		Embedding: neural.NewEmbedding(&s.Widths, &s.Forms),
		First:     vec.NewMatrix(s.In(), len(Offsets)*gates),
		FirstBias: make([]float32, gates),
		Dense:     neural.NewAffine(2*s.Hidden, s.Dense()),
		Tags:      neural.NewAffine(s.Morph, len(s.Tags)),
		Feats:     neural.NewAffine(s.Morph, len(s.Feats)),
		Names:     neural.NewAffine(s.Morph, max(1, len(s.Entities))),
		Hints:     neural.NewTable(neural.HintRows(len(s.Hints), len(s.Entities)/2), vec.RoundUp(max(1, len(s.Entities)))),
		Places:    neural.NewAffine(s.Syntax, Positions*s.State),
		Nowhere:   neural.NewTable(2, Positions*s.State),
		Moves:     neural.NewAffine(s.State, Moves),
		Relations: neural.NewAffine(s.State, 2*s.RelationWidth()),
	}
	for range s.Layers - 1 {
		w.Upper = append(w.Upper, neural.NewAffine(2*s.Hidden, gates))
	}
	w.list()
	return w, nil
}

// RelationWidth is the width of the relations of one direction, with padding.
func (s *Spec) RelationWidth() int { return vec.RoundUp(len(s.Relations)) }

func (w *Weights) list() {
	l := &w.tensors
	l.Embedding(&w.Embedding)
	l.Table("hints", w.Hints)
	l.Matrix("first", w.First)
	l.Bias("first.bias", w.FirstBias)
	for i, a := range w.Upper {
		l.Affine(fmt.Sprintf("upper%d", i+1), a)
	}
	l.Affine("dense", w.Dense)
	l.Affine("tags", w.Tags)
	l.Affine("feats", w.Feats)
	l.Affine("names", w.Names)
	l.Affine("places", w.Places)
	l.Table("nowhere", w.Nowhere)
	l.Affine("moves", w.Moves)
	l.Affine("relations", w.Relations)
}

// Tensors lists all parts, always in the same order, and the tables of words
// and of hints first. They share their data with w.
func (w *Weights) Tensors() []neural.Tensor { return w.tensors }
