// Package fast tags and parses sentences in one pass from left to right: parts
// of speech, morphology, dependency trees and names, more than twice as fast
// as package neural and one to two and a half points less accurate.
//
// What a word gives to the first layer is kept by its form, so that a word
// costs additions there; the layers' gates do not look at their states, so
// that all else is a few products of matrices over the sentence; and a greedy
// parser chooses among three moves by the sum of vectors made beforehand.
// docs/models.md says how the weights were made.
package fast

import (
	"slices"
	"strings"
	"sync"

	"entente/extract/nlp/neural"
	"entente/extract/nlp/neural/vec"
)

// Model is a model ready for use. It is safe for concurrent use.
type Model struct {
	weights *Weights
	index   *neural.Index
	upos    []string // by number of tag
	xpos    []string
	feats   neural.Table // weights.Feats by rows: few of them are asked at a time
	pool    sync.Pool    // of *scratch

	mu    sync.RWMutex
	forms map[string][]float32 // what the first layer takes from a word
}

// maxForms is the number of words whose products are kept, some 5 kB each.
const maxForms = 4096

// NewModel returns a model with the given weights, which must not change
// afterwards.
func NewModel(w *Weights) *Model {
	m := &Model{weights: w, index: neural.NewIndex(&w.Spec.Forms, w.Spec.Buckets), forms: map[string][]float32{}}
	m.upos, m.xpos = w.Spec.TagPairs()
	m.feats = rows(w.Feats.Matrix)
	m.pool.New = func() any { return new(scratch) }
	return m
}

// rows returns a table of the columns of a matrix.
func rows(a vec.Matrix) neural.Table {
	t := neural.Table{Width: a.In, Data: make([]float32, len(a.Data))}
	for o := range a.Out {
		for i := range a.In {
			t.Data[o*a.In+i] = a.Data[a.At(i, o)]
		}
	}
	return t
}

// Spec returns what the model knows. It must not be changed.
func (m *Model) Spec() *Spec { return m.weights.Spec }

// Analyse analyses the sentences of a document as neural.Model does, with the
// same promises: it never fails, and the words of each are one tree with exactly
// one root. A sentence of more than 256 words is analysed in pieces of as many;
// the roots of later pieces hang from the first's by "parataxis".
func (m *Model) Analyse(document []neural.Sentence) []neural.Analysis {
	out := make([]neural.Analysis, len(document))
	s := m.pool.Get().(*scratch)
	defer m.pool.Put(s)
	s.namer.Reset()
	for i, sentence := range document {
		out[i] = make(neural.Analysis, len(sentence.Words))
		m.read(sentence, out[i], s)
	}
	return out
}

// read analyses one sentence.
func (m *Model) read(sentence neural.Sentence, out neural.Analysis, s *scratch) {
	n := len(sentence.Words)
	for start := 0; start < n; start += neural.Window {
		end := min(start+neural.Window, n)
		s.hints = nil
		if sentence.Hints != nil {
			s.hints = sentence.Hints[start:end]
		}
		m.analyse(sentence.Words[start:end], out[start:end], s)
	}
	neural.Join(out)
}

// scratch is the memory of one analysis.
type scratch struct {
	forms    [][]float32
	grams    []int32
	input    []float32
	products []float32
	gates    []float32
	states   []float32 // sum of those of all layers so far
	upper    []float32 // of a layer
	dense    []float32
	logits   []float32
	names    []float32
	places   []float32
	parser   State
	arcs     [2]arcs // to the left, to the right
	moves    [vec.Panel]float32
	punct    []bool
	heads    []int
	hints    []uint32 // of the words, or nil
	hintRows []int32
	namer    neural.Namer
}

// arcs are the arcs of one direction, with the states they were made in.
type arcs struct {
	states     []float32
	dependents []int32
}

func (m *Model) analyse(tokens []string, out []neural.Token, s *scratch) {
	w, spec, n := m.weights, m.weights.Spec, len(tokens)
	m.lookUp(tokens, s)
	gates, width := 4*spec.Hidden, 2*spec.Hidden
	s.gates = vec.Grow(s.gates, n*gates)
	s.states, s.upper = vec.Grow(s.states, n*width), vec.Grow(s.upper, n*width)
	w.Window(s.forms, s.gates)
	clear(s.forms) // not to keep them from the collector
	Scan(n, spec.Hidden, s.gates, s.states)
	for _, layer := range w.Upper { // adds to the states below
		layer.Apply(n, s.states, width, s.gates)
		Scan(n, spec.Hidden, s.gates, s.upper)
		vec.Add(s.upper, s.states)
	}
	s.dense = vec.Grow(s.dense, n*spec.Dense())
	w.Dense.Apply(n, s.states, width, s.dense)
	vec.Leaky(neural.Slope, s.dense)
	m.tag(n, out, s)
	m.name(tokens, out, s)
	m.parse(tokens, out, s)
}

// lookUp sets s.forms to what the first layer takes from each word.
func (m *Model) lookUp(tokens []string, s *scratch) {
	if cap(s.forms) < len(tokens) {
		s.forms = make([][]float32, len(tokens), 2*len(tokens))
	}
	s.forms = s.forms[:len(tokens)]
	m.mu.RLock()
	missing := 0
	for i, word := range tokens {
		if s.forms[i] = m.forms[word]; s.forms[i] == nil {
			missing++
		}
	}
	full := len(m.forms) >= maxForms
	m.mu.RUnlock()
	if missing == 0 {
		return
	}
	m.compute(tokens, missing, s)
	if full {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for i, word := range tokens {
		if len(m.forms) < maxForms && m.forms[word] == nil {
			m.forms[strings.Clone(word)] = slices.Clone(s.forms[i]) // not to keep the whole text
		}
	}
}

// compute sets those of s.forms that are missing, all in one product, in the
// memory of s.
func (m *Model) compute(tokens []string, missing int, s *scratch) {
	w := m.weights
	in, width := w.Spec.In(), w.First.Out
	s.input, s.products = vec.Grow(s.input, missing*in), vec.Grow(s.products, missing*width)
	clear(s.products)
	n := 0
	for i, word := range tokens {
		if s.forms[i] == nil {
			c := m.index.Cell(word, s.grams[:0])
			s.grams = c.Grams
			w.Embed(c, s.input[n*in:][:in])
			s.forms[i] = s.products[n*width:][:width]
			n++
		}
	}
	w.First.MulAdd(missing, s.input, in, s.products, width)
}

// tag fills in parts of speech, and of the features seen with each the best.
func (m *Model) tag(n int, out []neural.Token, s *scratch) {
	w, spec := m.weights, m.weights.Spec
	width := w.Tags.Matrix.Out
	s.logits = vec.Grow(s.logits, n*width)
	w.Tags.Apply(n, s.dense, spec.Dense(), s.logits)
	for i := range n {
		tag := vec.Argmax(s.logits[i*width:][:len(spec.Tags)])
		out[i].UPOS, out[i].XPOS = m.upos[tag], m.xpos[tag]
		out[i].Feats = spec.Feats[m.bundle(spec.Bundles[tag], s.dense[i*spec.Dense():][:spec.Morph])]
	}
}

// bundle returns the best of a list of bundles of features.
func (m *Model) bundle(list []int, x []float32) int {
	if len(list) == 1 {
		return list[0]
	}
	best, top := 0, float32(0)
	for i, f := range list {
		if score := vec.Dot(x, m.feats.Row(int32(f))) + m.weights.Feats.Bias[f]; i == 0 || score > top {
			best, top = f, score
		}
	}
	return best
}

// parse fills in heads and relations.
func (m *Model) parse(tokens []string, out []neural.Token, s *scratch) {
	w, spec, n := m.weights, m.weights.Spec, len(tokens)
	width := Positions * spec.State
	s.places = vec.Grow(s.places, (n+2)*width)
	w.Places.Apply(n, s.dense[spec.Morph:], spec.Dense(), s.places)
	copy(s.places[n*width:], w.Nowhere.Data)
	for i := range s.arcs {
		a := &s.arcs[i]
		a.states, a.dependents = vec.Grow(a.states, (n+1)*spec.State), a.dependents[:0]
	}
	p := &s.parser
	spare := &s.arcs[0]
	for p.Reset(n); !p.Done(); {
		// The state is made where it stays if an arc to the left follows.
		h := spare.states[len(spare.dependents)*spec.State:][:spec.State]
		w.Sum(s.places, p.Look(), h)
		vec.Leaky(neural.Slope, h)
		move := m.choose(p, h, s)
		if move != Shift {
			_, dependent := p.Arc(move)
			a := &s.arcs[move-Left]
			if move == Right {
				copy(a.states[len(a.dependents)*spec.State:], h)
			}
			a.dependents = append(a.dependents, dependent)
		}
		p.Do(move)
	}
	for d, h := range p.Heads {
		out[d].Head = (int(h) + 1) % (n + 1)
	}
	for i := range s.arcs {
		m.relate(i, &s.arcs[i], out, s)
	}
	s.attachPunctuation(tokens, out)
}

// attachPunctuation gives marks their heads by rule.
func (s *scratch) attachPunctuation(tokens []string, out []neural.Token) {
	s.punct, s.heads = vec.Grow(s.punct, len(out)), vec.Grow(s.heads, len(out))
	for i, t := range out {
		s.punct[i], s.heads[i] = t.Deprel == "punct", t.Head
	}
	neural.AttachPunctuation(tokens, s.punct, s.heads)
	for i, h := range s.heads {
		out[i].Head = h
	}
}

// Sum writes the state of the parser, before its activation, that is seen
// through the words at the given rows of places.
func (w *Weights) Sum(places []float32, at [Positions]int32, h []float32) {
	width := Positions * len(h)
	copy(h, places[int(at[0])*width:])
	for p := 1; p < Positions; p++ {
		vec.Add(places[int(at[p])*width+p*len(h):][:len(h)], h)
	}
}

// choose returns the best possible move.
func (m *Model) choose(p *State, h []float32, s *scratch) Move {
	w := m.weights
	var can [Moves]bool
	possible, only := 0, Shift
	for move := Shift; move < Moves; move++ {
		if can[move] = p.Can(move); can[move] {
			possible, only = possible+1, move
		}
	}
	if possible == 1 {
		return only
	}
	copy(s.moves[:], w.Moves.Bias)
	w.Moves.Matrix.MulAdd(1, h, len(h), s.moves[:], vec.Panel)
	best := only
	for move := Shift; move < only; move++ {
		if can[move] && s.moves[move] > s.moves[best] {
			best = move
		}
	}
	return best
}

// relate fills in the relations of the arcs of one direction.
func (m *Model) relate(direction int, a *arcs, out []neural.Token, s *scratch) {
	w, spec := m.weights, m.weights.Spec
	width, n := spec.RelationWidth(), len(a.dependents)
	s.logits = vec.Grow(s.logits, n*width)
	first := direction * width
	for i := range n {
		copy(s.logits[i*width:], w.Relations.Bias[first:][:width])
	}
	w.Relations.Matrix.MulAddTo(first, first+width, n, a.states, spec.State, s.logits, width)
	for i, d := range a.dependents {
		if out[d].Head == 0 {
			out[d].Deprel = spec.Relations[0]
			continue
		}
		out[d].Deprel = spec.Relations[1+vec.Argmax(s.logits[i*width+1:][:len(spec.Relations)-1])]
	}
}

// name fills in names.
func (m *Model) name(tokens []string, out []neural.Token, s *scratch) {
	w, spec, n := m.weights, m.weights.Spec, len(tokens)
	if len(spec.Entities) == 0 {
		return
	}
	width := w.Names.Matrix.Out
	s.names = vec.Grow(s.names, n*width)
	w.Names.Apply(n, s.dense, spec.Dense(), s.names)
	for i, word := range tokens {
		s.hintRows = neural.AppendHintRows(s.hintRows[:0], len(spec.Hints), s.hints, s.namer.Earlier(neural.NameKey(word)), i)
		for _, r := range s.hintRows {
			vec.Add(w.Hints.Row(r), s.names[i*width:][:width])
		}
	}
	s.namer.Name(spec.Entities, s.names, width, func(i int) string { return neural.NameKey(tokens[i]) }, out)
}
