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

// NewTable returns a table of zeros.
func NewTable(rows, width int) Table { return Table{width, make([]float32, rows*width)} }

// Row returns vector i.
func (t Table) Row(i int32) []float32 { return t.Data[int(i)*t.Width:][:t.Width] }

// Affine is a matrix and what is added to its product.
type Affine struct {
	Matrix vec.Matrix
	Bias   []float32
}

// NewAffine returns zeros; out is rounded up to a multiple of vec.Panel.
func NewAffine(in, out int) Affine {
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

	Embedding
	Hints Table // added to the part for names

	Layers [][2]LSTM // forwards, backwards

	Dense              Affine // encoder to the parts Spec.Dense lists
	Tags, Feats, Names Affine
	Arcs               Affine // a dependent's vector to what its head should look like
	RootArc, RootRel   []float32
	Relations          Affine
	tensors            List
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
	w := &Weights{
		Spec:      s,
		Embedding: NewEmbedding(&s.Widths, &s.Forms),
		Hints:     NewTable(HintRows(len(s.Hints), len(s.Entities)/2), s.Name),
		Dense:     NewAffine(2*s.Hidden, s.Dense()),
		Tags:      NewAffine(s.Morph, len(s.Tags)),
		Feats:     NewAffine(s.Morph, len(s.Feats)),
		Names:     NewAffine(s.Name, max(1, len(s.Entities))),
		Arcs:      NewAffine(s.Arc, s.Arc),
		RootArc:   make([]float32, s.Arc),
		Relations: NewAffine(2*s.Relation, len(s.Relations)),
	}
	in := s.In()
	for range s.Layers {
		var layer [2]LSTM
		for d := range layer {
			layer[d] = LSTM{NewAffine(in, 4*s.Hidden), vec.NewMatrix(s.Hidden, 4*s.Hidden)}
		}
		w.Layers = append(w.Layers, layer)
		in = 2 * s.Hidden
	}
	w.list()
	return w, nil
}

// List is a list of tensors.
type List []Tensor

// Table adds a table.
func (l *List) Table(name string, t Table) {
	*l = append(*l, Tensor{name, KindTable, len(t.Data) / t.Width, t.Width, t.Data})
}

// Matrix adds a matrix.
func (l *List) Matrix(name string, m vec.Matrix) {
	*l = append(*l, Tensor{name, KindMatrix, m.In, m.Out, m.Data})
}

// Bias adds one vector.
func (l *List) Bias(name string, b []float32) {
	*l = append(*l, Tensor{name, KindBias, 1, len(b), b})
}

// Affine adds a matrix and its bias.
func (l *List) Affine(name string, a Affine) {
	l.Matrix(name, a.Matrix)
	l.Bias(name+".bias", a.Bias)
}

// Embedding adds the tables of words.
func (l *List) Embedding(e *Embedding) {
	l.Table("words", e.Words)
	l.Table("suffixes", e.Suffixes)
	l.Table("prefixes", e.Prefixes)
	l.Table("shapes", e.Shapes)
	l.Table("grams", e.Grams)
}

func (w *Weights) list() {
	l := &w.tensors
	l.Embedding(&w.Embedding)
	l.Table("hints", w.Hints)
	for i, layer := range w.Layers {
		for d, direction := range []string{"forwards", "backwards"} {
			name := fmt.Sprintf("lstm%d.%s", i+1, direction)
			l.Affine(name+".input", layer[d].Input)
			l.Matrix(name+".recurrent", layer[d].Recurrent)
		}
	}
	l.Affine("dense", w.Dense)
	l.Affine("tags", w.Tags)
	l.Affine("feats", w.Feats)
	l.Affine("names", w.Names)
	l.Affine("arcs", w.Arcs)
	l.Bias("root.arc", w.RootArc)
	l.Affine("relations", w.Relations)
}

// Tensors lists all parts, always in the same order. They share their data
// with w.
func (w *Weights) Tensors() []Tensor { return w.tensors }
