package neural

import (
	"fmt"

	"entente/extract/nlp/neural/vec"
)

// Table is a list of vectors.
type Table struct {
	Width int
	Data  []float32
}

// Row returns vector i.
func (t Table) Row(i int32) []float32 { return t.Data[int(i)*t.Width:][:t.Width] }

// Affine is a matrix and what is added to its product.
type Affine struct {
	Matrix vec.Matrix
	Bias   []float32
}

func newAffine(in, out int) Affine {
	m := vec.NewMatrix(in, out)
	return Affine{m, make([]float32, m.Out)}
}

// Apply sets y to n products of rows of x, xs apart, with the bias added.
func (a Affine) Apply(n int, x []float32, xs int, y []float32) {
	for r := range n {
		copy(y[r*a.Matrix.Out:][:a.Matrix.Out], a.Bias)
	}
	a.Matrix.MulAdd(n, x, xs, y, a.Matrix.Out)
}

// LSTM is one direction of one layer. Gates stand in the order input, forget,
// output, candidate.
type LSTM struct {
	Input     Affine
	Recurrent vec.Matrix
}

// Weights are the numbers of a network. Labels are padded to a multiple of
// vec.Panel; the padding is never answered.
type Weights struct {
	Spec *Spec

	Words, Suffixes, Prefixes, Shapes, Grams Table
	Hints                                    Table // added to the part for names

	Layers [][2]LSTM // forwards, backwards

	Dense              Affine // encoder to the parts Spec.Dense lists
	Tags, Feats, Names Affine
	Arcs               Affine // a dependent's vector to what its head should look like
	RootArc, RootRel   []float32
	Relations          Affine
	tensors            []Tensor
}

// Kind says how a tensor is laid out.
type Kind int

// Kinds of tensors.
const (
	KindTable  Kind = iota // rows of vectors
	KindMatrix             // packed as vec.Matrix
	KindBias               // one vector
)

// Tensor is a part of the weights with its name.
type Tensor struct {
	Name       string
	Kind       Kind
	Rows, Cols int // vectors and their width; In and Out of a matrix
	Data       []float32
}

// NewWeights returns a network of zeros.
func NewWeights(s *Spec) (*Weights, error) {
	if err := s.check(); err != nil {
		return nil, fmt.Errorf("network: %w", err)
	}
	table := func(rows, width int) Table { return Table{width, make([]float32, rows*width)} }
	w := &Weights{
		Spec:      s,
		Words:     table(len(s.Words), s.Word),
		Suffixes:  table(len(s.Suffixes), s.Suffix),
		Prefixes:  table(len(s.Prefixes), s.Prefix),
		Shapes:    table(len(s.Shapes), s.Shape),
		Grams:     table(s.Buckets, s.Gram),
		Hints:     table(HintRows(len(s.Hints), len(s.Entities)/2), s.Name),
		Dense:     newAffine(2*s.Hidden, s.Dense()),
		Tags:      newAffine(s.Morph, len(s.Tags)),
		Feats:     newAffine(s.Morph, len(s.Feats)),
		Names:     newAffine(s.Name, max(1, len(s.Entities))),
		Arcs:      newAffine(s.Arc, s.Arc),
		RootArc:   make([]float32, s.Arc),
		Relations: newAffine(2*s.Relation, len(s.Relations)),
	}
	in := s.In()
	for range s.Layers {
		var layer [2]LSTM
		for d := range layer {
			layer[d] = LSTM{newAffine(in, 4*s.Hidden), vec.NewMatrix(s.Hidden, 4*s.Hidden)}
		}
		w.Layers = append(w.Layers, layer)
		in = 2 * s.Hidden
	}
	w.list()
	return w, nil
}

func (w *Weights) list() {
	table := func(name string, t Table) {
		w.tensors = append(w.tensors, Tensor{name, KindTable, len(t.Data) / t.Width, t.Width, t.Data})
	}
	matrix := func(name string, m vec.Matrix) {
		w.tensors = append(w.tensors, Tensor{name, KindMatrix, m.In, m.Out, m.Data})
	}
	bias := func(name string, b []float32) {
		w.tensors = append(w.tensors, Tensor{name, KindBias, 1, len(b), b})
	}
	affine := func(name string, a Affine) {
		matrix(name, a.Matrix)
		bias(name+".bias", a.Bias)
	}
	table("words", w.Words)
	table("suffixes", w.Suffixes)
	table("prefixes", w.Prefixes)
	table("shapes", w.Shapes)
	table("grams", w.Grams)
	table("hints", w.Hints)
	for l, layer := range w.Layers {
		for d, direction := range []string{"forwards", "backwards"} {
			name := fmt.Sprintf("lstm%d.%s", l+1, direction)
			affine(name+".input", layer[d].Input)
			matrix(name+".recurrent", layer[d].Recurrent)
		}
	}
	affine("dense", w.Dense)
	affine("tags", w.Tags)
	affine("feats", w.Feats)
	affine("names", w.Names)
	affine("arcs", w.Arcs)
	bias("root.arc", w.RootArc)
	affine("relations", w.Relations)
}

// Tensors lists all parts, always in the same order. They share their data
// with w.
func (w *Weights) Tensors() []Tensor { return w.tensors }
