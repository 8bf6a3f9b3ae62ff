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

	Words, Suffixes, Prefixes, Shapes, Grams neural.Table

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

	tensors []neural.Tensor
}

// NewWeights returns a model of zeros.
func NewWeights(s *Spec) (*Weights, error) {
	if err := s.check(); err != nil {
		return nil, fmt.Errorf("fast model: %w", err)
	}
	table := func(rows, width int) neural.Table {
		return neural.Table{Width: width, Data: make([]float32, rows*width)}
	}
	affine := func(in, out int) neural.Affine {
		m := vec.NewMatrix(in, out)
		return neural.Affine{Matrix: m, Bias: make([]float32, m.Out)}
	}
	gates := 4 * s.Hidden
	w := &Weights{
		Spec:      s,
		Words:     table(len(s.Words), s.Word),
		Suffixes:  table(len(s.Suffixes), s.Suffix),
		Prefixes:  table(len(s.Prefixes), s.Prefix),
		Shapes:    table(len(s.Shapes), s.Shape),
		Grams:     table(s.Buckets, s.Gram),
		First:     vec.NewMatrix(s.In(), len(Offsets)*gates),
		FirstBias: make([]float32, gates),
		Dense:     affine(2*s.Hidden, s.Dense()),
		Tags:      affine(s.Morph, len(s.Tags)),
		Feats:     affine(s.Morph, len(s.Feats)),
		Names:     affine(s.Morph, max(1, len(s.Entities))),
		Hints:     table(neural.HintRows(len(s.Hints), len(s.Entities)/2), vec.RoundUp(max(1, len(s.Entities)))),
		Places:    affine(s.Syntax, Positions*s.State),
		Nowhere:   table(2, Positions*s.State),
		Moves:     affine(s.State, Moves),
		Relations: affine(s.State, 2*s.RelationWidth()),
	}
	for range s.Layers - 1 {
		w.Upper = append(w.Upper, affine(2*s.Hidden, gates))
	}
	w.list()
	return w, nil
}

// RelationWidth is the width of the relations of one direction, with padding.
func (s *Spec) RelationWidth() int { return vec.RoundUp(len(s.Relations)) }

func (w *Weights) list() {
	table := func(name string, t neural.Table) {
		w.tensors = append(w.tensors, neural.Tensor{Name: name, Kind: neural.KindTable, Rows: len(t.Data) / t.Width, Cols: t.Width, Data: t.Data})
	}
	matrix := func(name string, m vec.Matrix) {
		w.tensors = append(w.tensors, neural.Tensor{Name: name, Kind: neural.KindMatrix, Rows: m.In, Cols: m.Out, Data: m.Data})
	}
	bias := func(name string, b []float32) {
		w.tensors = append(w.tensors, neural.Tensor{Name: name, Kind: neural.KindBias, Rows: 1, Cols: len(b), Data: b})
	}
	affine := func(name string, a neural.Affine) {
		matrix(name, a.Matrix)
		bias(name+".bias", a.Bias)
	}
	table("words", w.Words)
	table("suffixes", w.Suffixes)
	table("prefixes", w.Prefixes)
	table("shapes", w.Shapes)
	table("grams", w.Grams)
	table("hints", w.Hints)
	matrix("first", w.First)
	bias("first.bias", w.FirstBias)
	for i, a := range w.Upper {
		affine(fmt.Sprintf("upper%d", i+1), a)
	}
	affine("dense", w.Dense)
	affine("tags", w.Tags)
	affine("feats", w.Feats)
	affine("names", w.Names)
	affine("places", w.Places)
	table("nowhere", w.Nowhere)
	affine("moves", w.Moves)
	affine("relations", w.Relations)
}

// Tensors lists all parts, always in the same order, and the tables of words
// and of hints first. They share their data with w.
func (w *Weights) Tensors() []neural.Tensor { return w.tensors }

// Embed writes the vector of a word: its parts side by side, the letter
// sequences as their mean.
func (w *Weights) Embed(c neural.Cell, to []float32) {
	for _, part := range []struct {
		table neural.Table
		row   int32
	}{{w.Words, c.Word}, {w.Suffixes, c.Suffix}, {w.Prefixes, c.Prefix}, {w.Shapes, c.Shape}} {
		copy(to, part.table.Row(part.row))
		to = to[part.table.Width:]
	}
	clear(to)
	share := 1 / float32(max(1, len(c.Grams)))
	for _, g := range c.Grams {
		vec.Axpy(share, w.Grams.Row(g), to)
	}
}
