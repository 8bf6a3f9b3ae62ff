// Package neural tags and parses sentences: parts of speech, morphology,
// dependency trees and names from one network.
//
// A word's vector is put together from its form, its ends, its shape and its
// letters; two layers of LSTMs read the sentence both ways; small layers on
// top answer: a tag and a bundle of features per word, a score for each pair
// of head and dependent (biaffine attention, Dozat and Manning 2017), the
// relation of each pair, and the name a word is part of. The best tree is then
// found exactly. docs/models.md says how the weights were made.
package neural

import (
	"bytes"
	_ "embed" // for the model file
	"slices"
	"strings"
	"sync"

	"entente/extract/nlp/neural/vec"
)

//go:embed model.bin
var embedded []byte

// Load returns the model that is part of the program. It costs some 10 ms and
// 15 MB: load it once and share it.
func Load() (*Model, error) { return Decode(bytes.NewReader(embedded)) }

// Model is a network ready for use. It is safe for concurrent use.
type Model struct {
	weights *Weights
	index   *Index
	upos    []string // by number of tag
	xpos    []string
	pool    sync.Pool // of *scratch

	// The large matrices in 8 bits. Those of the first layer's input are not
	// among them: their products are kept by word.
	layers [][2]reader
	dense  *vec.Bytes

	mu    sync.RWMutex
	forms map[string]*form
}

// formBytes is about the most memory in which what the first layer takes from
// words is kept: most words of a text are among the first that were met.
const formBytes = 16 << 20

// maxForms is the number of words that are kept.
func (m *Model) maxForms() int { return formBytes / (4 * 8 * m.weights.Spec.Hidden) }

// NewModel returns a model with the given weights, which must not change
// afterwards.
func NewModel(w *Weights) *Model {
	m := &Model{weights: w, index: NewIndex(&w.Spec.Forms, w.Spec.Buckets), forms: map[string]*form{}}
	m.upos, m.xpos = w.Spec.TagPairs()
	m.dense = vec.NewBytes(w.Dense.Matrix)
	for l, layer := range w.Layers {
		m.layers = append(m.layers, [2]reader{newReader(layer[0], l == 0), newReader(layer[1], l == 0)})
	}
	m.pool.New = func() any { return new(scratch) }
	return m
}

// Spec returns what the model knows. It must not be changed.
func (m *Model) Spec() *Spec { return m.weights.Spec }

// Analysis is what was found out about the words of a sentence, in their
// order.
type Analysis []Token

// Token is what was found out about a word.
type Token struct {
	UPOS  string // universal part of speech: "VERB"
	XPOS  string // Penn Treebank tag: "VBD"
	Feats string // universal features as in CoNLL-U, "_" if none: "Tense=Past|VerbForm=Fin"
	// Head is the number, from 1, of the word it depends on; 0 for the root.
	Head   int
	Deprel string // universal relation with subtype: "nsubj:pass"
	Entity string // "O", "B-PER", "I-PER", …; "" if the model does not know names
}

// Sentence is what is analysed.
type Sentence struct {
	// Words are in the conventions of the English treebanks of Universal
	// Dependencies ("do n't", "Russia 's").
	Words []string
	// Hints are, for each word, bits as Spec.Hints names them; none if nil.
	Hints []uint32
}

const (
	// Window is the most words that are looked at together: the cost of arcs is
	// quadratic.
	Window = 256
	// Sentences are read side by side, so many at a time, those of similar
	// length together out of so many that follow each other. Two products of
	// a vector and a matrix cost more than one of two vectors and a matrix.
	batch, lookAhead = 8, 32
	// maxWords bounds the memory of what is read together: no further sentence
	// is taken when there are so many words.
	maxWords = 1024
)

// piece is what is looked at together: a sentence, or part of a long one.
type piece struct {
	words []string
	hints []uint32
	out   []Token
}

// Analyse analyses the sentences of one document in their order. It never
// fails. Words are one tree: exactly one has head 0, and there is no cycle. A
// sentence of more than 256 words is analysed in pieces of as many; the roots
// of later pieces hang from the first's by "parataxis".
//
// Tags and trees depend on the sentence alone, names also on the sentences
// before: what a capitalised word was part of counts when it comes again.
func (m *Model) Analyse(document []Sentence) []Analysis {
	out := make([]Analysis, len(document))
	var pieces []piece
	for i, s := range document {
		out[i] = make(Analysis, len(s.Words))
		for start := 0; start < len(s.Words); start += Window {
			end := min(start+Window, len(s.Words))
			p := piece{words: s.Words[start:end], out: out[i][start:end]}
			if s.Hints != nil {
				p.hints = s.Hints[start:end]
			}
			pieces = append(pieces, p)
		}
	}
	s := m.pool.Get().(*scratch)
	defer m.pool.Put(s)
	s.namer.Reset()
	for len(pieces) > 0 {
		n, words := 0, 0
		for n < len(pieces) && n < lookAhead && words < maxWords {
			words += len(pieces[n].words)
			n++
		}
		m.analyse(pieces[:n], s)
		pieces = pieces[n:]
	}
	for _, a := range out {
		Join(a)
	}
	return out
}

// Join makes one tree of the trees of the pieces of a sentence, of Window words
// each but the last.
func Join(a Analysis) {
	root := 0
	for i := range a {
		start := i / Window * Window
		switch {
		case a[i].Head > 0:
			a[i].Head += start
		case start == 0:
			root = i + 1
		default:
			a[i].Head, a[i].Deprel = root, "parataxis"
		}
	}
}

// scratch is the memory of one analysis.
type scratch struct {
	order     []int // of pieces, longest first
	lengths   []int
	rows      []int // where each piece begins among all
	layout    Layout
	forms     []*form  // of all words
	missing   []string // words whose form is not known yet, and where they stand
	missingAt []int
	grams     []int32
	input     []float32
	states    [2][]uint8 // of the layer below, of the layer
	encoded   []uint8    // states of the last layer, of all pieces, word by word
	trace     Trace
	dense     []float32
	logits    []float32
	feats     []float32
	names     []float32
	wanted    []float32
	scores    []float32
	pairs     []float32
	labels    []float32
	heads     []int
	punct     []bool
	hintRows  []int32
	namer     Namer
}

// analyse analyses some pieces that follow each other.
func (m *Model) analyse(pieces []piece, s *scratch) {
	w, spec := m.weights, m.weights.Spec
	s.order, s.rows = s.order[:0], s.rows[:0]
	n := 0
	for i, p := range pieces {
		s.order = append(s.order, i)
		s.rows = append(s.rows, n)
		n += len(p.words)
	}
	s.forms = vec.Grow(s.forms, n)
	m.lookUp(pieces, s)
	slices.SortStableFunc(s.order, func(a, b int) int { return len(pieces[b].words) - len(pieces[a].words) })
	width := 2 * spec.Hidden
	s.encoded = vec.Grow(s.encoded, n*width)
	for start := 0; start < len(s.order); start += batch {
		m.encode(pieces, s.order[start:min(start+batch, len(s.order))], s)
	}
	s.dense = vec.Grow(s.dense, n*spec.Dense())
	fill(s.dense, w.Dense.Bias)
	m.dense.MulAdd(n, s.encoded, width, s.dense, spec.Dense())
	part := spec.Parts()
	for i := range n {
		row := s.dense[i*spec.Dense():][:part.HeadRel]
		Leaky(row[:part.Name])
		Leaky(row[part.Name+spec.Name:])
	}
	s.logits = vec.Grow(s.logits, n*w.Tags.Matrix.Out)
	s.feats = vec.Grow(s.feats, n*w.Feats.Matrix.Out)
	w.Tags.Apply(n, s.dense, spec.Dense(), s.logits)
	w.Feats.Apply(n, s.dense, spec.Dense(), s.feats)
	s.wanted = vec.Grow(s.wanted, n*spec.Arc)
	w.Arcs.Apply(n, s.dense[part.DepArc:], spec.Dense(), s.wanted)
	for i, p := range pieces {
		m.tag(s.rows[i], p.out, s)
		m.parse(s.rows[i], p, s)
		m.name(s.rows[i], p, s)
	}
}

// encode runs the encoder over some pieces, longest first, and writes its
// states to s.encoded.
func (m *Model) encode(pieces []piece, order []int, s *scratch) {
	spec := m.weights.Spec
	s.lengths = s.lengths[:0]
	for _, i := range order {
		s.lengths = append(s.lengths, len(pieces[i].words))
	}
	s.layout.reset(s.lengths)
	n, width, gates := s.layout.Rows(), 2*spec.Hidden, 4*spec.Hidden
	var in []uint8
	s.trace.grow(n, spec.Hidden)
	for l := range m.layers {
		to := vec.Grow(s.states[l%2], n*width)
		s.states[l%2] = to
		for d := range m.layers[l] {
			lstm := &m.layers[l][d]
			if l > 0 {
				fill(s.trace.Gates, lstm.bias)
				lstm.input.MulAdd(n, in, width, s.trace.Gates, gates)
			} else {
				for k, i := range order {
					for t := range pieces[i].words {
						copy(s.trace.Gates[(s.layout.First[t]+k)*gates:], s.forms[s.rows[i]+t].gates[d*gates:][:gates])
					}
				}
			}
			lstm.recur(s.layout, d == 1, to[d*spec.Hidden:], width, &s.trace)
		}
		in = to
	}
	for k, i := range order {
		for t := range pieces[i].words {
			copy(s.encoded[(s.rows[i]+t)*width:][:width], in[(s.layout.First[t]+k)*width:])
		}
	}
}

// fill repeats row in all of to.
func fill(to, row []float32) {
	for len(to) > 0 {
		to = to[copy(to, row):]
	}
}

// form is what is kept of a word that was met.
type form struct {
	gates []float32 // what the first layer takes from it, both ways, as reader.recur wants it
	key   string    // by which it is known to have been part of a name; "" if it has no capital
}

// lookUp sets s.forms to those of the words of the pieces.
func (m *Model) lookUp(pieces []piece, s *scratch) {
	s.missing, s.missingAt = s.missing[:0], s.missingAt[:0]
	m.mu.RLock()
	at := 0
	for _, p := range pieces {
		for _, word := range p.words {
			if s.forms[at] = m.forms[word]; s.forms[at] == nil {
				s.missing = append(s.missing, word)
				s.missingAt = append(s.missingAt, at)
			}
			at++
		}
	}
	m.mu.RUnlock()
	if len(s.missing) == 0 {
		return
	}
	m.newForms(s)
	most := m.maxForms()
	m.mu.Lock()
	defer m.mu.Unlock()
	for i, word := range s.missing {
		if len(m.forms) < most && m.forms[word] == nil {
			m.forms[strings.Clone(word)] = s.forms[s.missingAt[i]] // not to keep the whole text
		}
	}
	clear(s.missing)
}

// newForms computes the forms of s.missing.
func (m *Model) newForms(s *scratch) {
	w, n, in, gates := m.weights, len(s.missing), m.weights.Spec.In(), 4*m.weights.Spec.Hidden
	s.input = vec.Grow(s.input, n*in)
	for i, word := range s.missing {
		c := m.index.Cell(word, s.grams[:0])
		s.grams = c.Grams
		w.Embed(c, s.input[i*in:][:in])
		s.forms[s.missingAt[i]] = &form{gates: make([]float32, 2*gates), key: NameKey(word)}
	}
	s.trace.Gates = vec.Grow(s.trace.Gates, n*gates)
	for d, lstm := range w.Layers[0] {
		lstm.Input.Apply(n, s.input, in, s.trace.Gates)
		for i, at := range s.missingAt {
			to := s.forms[at].gates[d*gates:][:gates]
			copy(to, s.trace.Gates[i*gates:])
			halve(to[:gates/4*3])
		}
	}
}

// release lets go of the float32 form of the matrices that are kept in 8 bits.
// Weights and model can then only be used to read.
func (m *Model) release() {
	w := m.weights
	w.tensors = nil
	w.Dense.Matrix.Data = nil
	for l := range w.Layers {
		for d := range w.Layers[l] {
			lstm := &w.Layers[l][d]
			lstm.Recurrent.Data = nil
			if l > 0 {
				lstm.Input.Matrix.Data = nil
			}
		}
	}
}

// tag fills in parts of speech and features; at is the row of the first word,
// here and below.
func (m *Model) tag(at int, out []Token, s *scratch) {
	w, spec := m.weights, m.weights.Spec
	for i := range out {
		tag := vec.Argmax(s.logits[(at+i)*w.Tags.Matrix.Out:][:len(spec.Tags)])
		out[i].UPOS, out[i].XPOS = m.upos[tag], m.xpos[tag]
		out[i].Feats = spec.Feats[vec.Argmax(s.feats[(at+i)*w.Feats.Matrix.Out:][:len(spec.Feats)])]
	}
}

// parse fills in heads and relations.
func (m *Model) parse(at int, p piece, s *scratch) {
	w, spec, out, n := m.weights, m.weights.Spec, p.out, len(p.out)
	dense, part := spec.Dense(), spec.Parts()
	rows := s.dense[at*dense:]
	s.scores = vec.Grow(s.scores, n*(n+1))
	for d := range n {
		row := s.scores[d*(n+1):][:n+1]
		wanted := s.wanted[(at+d)*spec.Arc:][:spec.Arc]
		row[0] = vec.Dot(wanted, w.RootArc)
		for h := range n {
			row[h+1] = vec.Dot(wanted, rows[h*dense+part.HeadArc:][:spec.Arc])
		}
	}
	s.heads = vec.Grow(s.heads, n)
	Tree(n, s.scores, s.heads)

	s.pairs = vec.Grow(s.pairs, n*2*spec.Relation)
	for d, h := range s.heads {
		if h > 0 {
			Pair(rows[d*dense+part.DepRel:][:spec.Relation], rows[(h-1)*dense+part.HeadRel:][:spec.Relation],
				s.pairs[d*2*spec.Relation:][:2*spec.Relation])
		}
	}
	labels := w.Relations.Matrix.Out
	s.labels = vec.Grow(s.labels, n*labels)
	w.Relations.Apply(n, s.pairs, 2*spec.Relation, s.labels)
	for d, h := range s.heads {
		out[d].Head = h
		if h == 0 {
			out[d].Deprel = spec.Relations[0]
			continue
		}
		out[d].Deprel = spec.Relations[1+vec.Argmax(s.labels[d*labels+1:][:len(spec.Relations)-1])]
	}
	s.punct = vec.Grow(s.punct, n)
	for i := range out {
		s.punct[i] = out[i].Deprel == "punct"
	}
	AttachPunctuation(p.words, s.punct, s.heads)
	for i, h := range s.heads {
		out[i].Head = h
	}
}

// name fills in names.
func (m *Model) name(at int, p piece, s *scratch) {
	w, spec, n := m.weights, m.weights.Spec, len(p.words)
	if len(spec.Entities) == 0 {
		return
	}
	for i := range n {
		row := s.dense[(at+i)*spec.Dense()+spec.Parts().Name:][:spec.Name]
		s.hintRows = AppendHintRows(s.hintRows[:0], len(spec.Hints), p.hints, s.namer.Earlier(s.forms[at+i].key), i)
		for _, r := range s.hintRows {
			vec.Add(w.Hints.Row(r), row)
		}
		Leaky(row)
	}
	width := w.Names.Matrix.Out
	s.names = vec.Grow(s.names, n*width)
	w.Names.Apply(n, s.dense[at*spec.Dense()+spec.Parts().Name:], spec.Dense(), s.names)
	s.namer.Name(spec.Entities, s.names, width, func(i int) string { return s.forms[at+i].key }, p.out)
}

// Parts are the places of its parts in the layer between encoder and answers;
// the one for tags and features is at 0.
type Parts struct{ Name, HeadArc, HeadRel, DepArc, DepRel int }

// Parts returns the layout of s's layer between encoder and answers.
func (s *Spec) Parts() Parts {
	var p Parts
	p.Name = s.Morph
	p.HeadArc = p.Name + s.Name
	p.DepArc = p.HeadArc + s.Arc
	p.HeadRel = p.DepArc + s.Arc
	p.DepRel = p.HeadRel + s.Relation
	return p
}

// Pair writes what tells the relation of a dependent to its head: the sum of
// their vectors after Leaky, then their product by elements, which stands for
// the diagonal of a bilinear form.
func Pair(dependent, head, to []float32) {
	n := len(dependent)
	head = head[:n]
	sum, product := to[:n], to[n:][:n]
	for i, d := range dependent {
		sum[i] = d + head[i]
		product[i] = d * head[i]
	}
	Leaky(sum)
}

// Slope is that of Leaky below zero.
const Slope = 0.1

// Leaky multiplies the negative elements of x by Slope.
func Leaky(x []float32) { vec.Leaky(Slope, x) }
