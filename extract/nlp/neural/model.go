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

	mu    sync.RWMutex
	forms map[string][]float32 // what the first layer takes from a word, both ways
}

// maxForms is the number of words whose input to the first layer is kept: it
// is a fifth of all work, and some 4 kB each.
const maxForms = 4096

// NewModel returns a model with the given weights, which must not change
// afterwards.
func NewModel(w *Weights) *Model {
	m := &Model{weights: w, index: NewIndex(w.Spec), forms: map[string][]float32{}}
	for _, tag := range w.Spec.Tags {
		upos, xpos, _ := strings.Cut(tag, " ")
		m.upos, m.xpos = append(m.upos, upos), append(m.xpos, xpos)
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

// window is the most words that are looked at together: the cost of arcs is
// quadratic.
const window = 256

// Analyse analyses one sentence, given as its words in the conventions of the
// English treebanks of Universal Dependencies ("do n't", "Russia 's"). It
// never fails. Words are one tree: exactly one has head 0, and there is no
// cycle. A sentence of more than 256 words is analysed in pieces of as many;
// the roots of later pieces hang from the first's by "parataxis".
func (m *Model) Analyse(tokens []string) Analysis {
	out := make(Analysis, len(tokens))
	s := m.pool.Get().(*scratch)
	defer m.pool.Put(s)
	root := 0
	for start := 0; start < len(tokens); start += window {
		end := min(start+window, len(tokens))
		piece := out[start:end]
		m.analyse(tokens[start:end], piece, s)
		for i := range piece {
			switch {
			case piece[i].Head > 0:
				piece[i].Head += start
			case start == 0:
				root = i + 1
			default:
				piece[i].Head, piece[i].Deprel = root, "parataxis"
			}
		}
	}
	return out
}

// scratch is the memory of one analysis.
type scratch struct {
	forms         [][]float32
	grams         []int32
	input         []float32
	states        [2][]float32 // of the layer below, of the layer
	trace         Trace
	dense         []float32
	logits        []float32
	feats         []float32
	names         []float32
	wanted        []float32
	scores        []float32
	pairs         []float32
	labels        []float32
	heads         []int
	back          []int
	best, current []float32
}

func (m *Model) analyse(tokens []string, out []Token, s *scratch) {
	w, spec, n := m.weights, m.weights.Spec, len(tokens)
	m.lookUp(tokens, s)
	var in []float32
	width := 2 * spec.Hidden
	for l, layer := range w.Layers {
		to := grow(s.states[l%2], n*width)
		s.states[l%2] = to
		for d, lstm := range layer {
			if l > 0 {
				lstm.Run(n, 1, d == 1, in, width, to[d*spec.Hidden:], width, &s.trace)
				continue
			}
			s.trace.grow(n, spec.Hidden)
			for i, form := range s.forms {
				copy(s.trace.Gates[i*4*spec.Hidden:], form[d*4*spec.Hidden:][:4*spec.Hidden])
			}
			lstm.recur(n, 1, d == 1, to[d*spec.Hidden:], width, &s.trace)
		}
		in = to
	}
	s.dense = grow(s.dense, n*w.Dense.Matrix.Out)
	w.Dense.Apply(n, in, width, s.dense)
	part := spec.Parts()
	for i := range n {
		Leaky(s.dense[i*spec.Dense():][:part.HeadRel])
	}
	m.tag(n, out, s)
	m.parse(n, out, s)
	m.name(n, out, s)
}

// lookUp sets s.forms to what the first layer takes from each word.
func (m *Model) lookUp(tokens []string, s *scratch) {
	s.forms = append(s.forms[:0], make([][]float32, len(tokens))...)
	m.mu.RLock()
	missing := 0
	for i, word := range tokens {
		if s.forms[i] = m.forms[word]; s.forms[i] == nil {
			missing++
		}
	}
	m.mu.RUnlock()
	if missing == 0 {
		return
	}
	for i, word := range tokens {
		if s.forms[i] == nil {
			s.forms[i] = m.form(word, s)
		}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for i, word := range tokens {
		if len(m.forms) < maxForms && m.forms[word] == nil {
			m.forms[strings.Clone(word)] = s.forms[i] // not to keep the whole text
		}
	}
}

// form computes what the first layer takes from a word.
func (m *Model) form(word string, s *scratch) []float32 {
	w := m.weights
	c := m.index.Cell(word, s.grams[:0])
	s.grams = c.Grams
	s.input = grow(s.input, w.Spec.In())
	w.Embed(c, s.input)
	out := make([]float32, 8*w.Spec.Hidden)
	for d, lstm := range w.Layers[0] {
		lstm.Input.Apply(1, s.input, w.Spec.In(), out[d*4*w.Spec.Hidden:])
	}
	return out
}

// tag fills in parts of speech and features.
func (m *Model) tag(n int, out []Token, s *scratch) {
	w, spec := m.weights, m.weights.Spec
	s.logits = grow(s.logits, n*w.Tags.Matrix.Out)
	s.feats = grow(s.feats, n*w.Feats.Matrix.Out)
	w.Tags.Apply(n, s.dense, spec.Dense(), s.logits)
	w.Feats.Apply(n, s.dense, spec.Dense(), s.feats)
	for i := range n {
		tag := argmax(s.logits[i*w.Tags.Matrix.Out:][:len(spec.Tags)])
		out[i].UPOS, out[i].XPOS = m.upos[tag], m.xpos[tag]
		out[i].Feats = spec.Feats[argmax(s.feats[i*w.Feats.Matrix.Out:][:len(spec.Feats)])]
	}
}

// parse fills in heads and relations.
func (m *Model) parse(n int, out []Token, s *scratch) {
	w, spec := m.weights, m.weights.Spec
	dense, part := spec.Dense(), spec.Parts()
	s.wanted = grow(s.wanted, n*spec.Arc)
	w.Arcs.Apply(n, s.dense[part.DepArc:], dense, s.wanted)
	s.scores = grow(s.scores, n*(n+1))
	for d := range n {
		row := s.scores[d*(n+1):][:n+1]
		wanted := s.wanted[d*spec.Arc:][:spec.Arc]
		row[0] = vec.Dot(wanted, w.RootArc)
		for h := range n {
			row[h+1] = vec.Dot(wanted, s.dense[h*dense+part.HeadArc:][:spec.Arc])
		}
	}
	if cap(s.heads) < n {
		s.heads = make([]int, n, 2*n)
	}
	heads := s.heads[:n]
	Tree(n, s.scores, heads)

	s.pairs = grow(s.pairs, n*spec.Relation)
	for d, h := range heads {
		pair := s.pairs[d*spec.Relation:][:spec.Relation]
		copy(pair, s.dense[d*dense+part.DepRel:])
		if h > 0 {
			vec.Add(s.dense[(h-1)*dense+part.HeadRel:][:spec.Relation], pair)
		}
		Leaky(pair)
	}
	labels := w.Relations.Matrix.Out
	s.labels = grow(s.labels, n*labels)
	w.Relations.Apply(n, s.pairs, spec.Relation, s.labels)
	for d, h := range heads {
		out[d].Head = h
		if h == 0 {
			out[d].Deprel = spec.Relations[0]
			continue
		}
		out[d].Deprel = spec.Relations[1+argmax(s.labels[d*labels+1:][:len(spec.Relations)-1])]
	}
}

// name fills in the best sequence of names in which each I-T follows a B-T or
// I-T.
func (m *Model) name(n int, out []Token, s *scratch) {
	w, spec := m.weights, m.weights.Spec
	k := len(spec.Entities)
	if k == 0 {
		return
	}
	width := w.Names.Matrix.Out
	s.names = grow(s.names, n*width)
	w.Names.Apply(n, s.dense[spec.Parts().Name:], spec.Dense(), s.names)
	if cap(s.back) < n*k {
		s.back = make([]int, n*k, 2*n*k)
	}
	s.back = s.back[:n*k]
	s.best, s.current = grow(s.best, k), grow(s.current, k)
	for i := range n {
		row := s.names[i*width:][:k]
		free := 0 // the best label before, of any kind
		if i > 0 {
			free = argmax(s.best)
		}
		for e, score := range row {
			from := free
			inside := e > 0 && e%2 == 0
			if inside && i > 0 {
				from = e
				if s.best[e-1] > s.best[e] {
					from = e - 1
				}
			}
			s.back[i*k+e] = from
			switch {
			case i > 0:
				s.current[e] = s.best[from] + score
			case inside:
				s.current[e] = -1e9
			default:
				s.current[e] = score
			}
		}
		s.best, s.current = s.current, s.best
	}
	e := argmax(s.best)
	for i := n - 1; i >= 0; i-- {
		out[i].Entity = spec.Entities[e]
		e = s.back[i*k+e]
	}
}

// Embed writes the vector of a word: its parts side by side, the letter
// sequences as their mean.
func (w *Weights) Embed(c Cell, to []float32) {
	for _, part := range []struct {
		table Table
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

// Slope is that of Leaky below zero.
const Slope = 0.1

// Leaky multiplies the negative elements of x by Slope.
func Leaky(x []float32) {
	for i, v := range x {
		if v < 0 {
			x[i] = v * Slope
		}
	}
}

func argmax(x []float32) int {
	best := 0
	for i, v := range x {
		if v > x[best] {
			best = i
		}
	}
	return best
}
