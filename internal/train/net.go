package train

import (
	"math"
	"math/rand/v2"

	"entente/extract/nlp/neural"
	"entente/extract/nlp/neural/vec"
)

// Shares of what is set to zero while learning, so that nothing is relied on.
const (
	inputDropout   = 0.2  // of the words' vectors
	stateDropout   = 0.33 // of the states of the encoder, and of the layer on top
	wordDropout    = 0.5  // a word seen n times is unknown at 0.5/(0.5+n)
	hintDropout    = 0.2  // of all hints of a sentence, and of what its words were before
	lowerShare     = 0.06 // of the sentences, seen as if written without capitals
	upperShare     = 0.03 // of the sentences, seen as if written in capitals
	featuresWeight = 0.5  // of the loss on features; that on all else counts 1
)

// example is a sentence in numbers. tags, feats, heads and rels are nil if it
// has no tree, names if no names are marked. A name of -1 is not known.
type example struct {
	cells                           []neural.Cell
	tags, feats, heads, rels, names []int
	hints                           []uint32
	earlier                         []uint32 // types of names each word was part of before, as bits
	lower, upper                    []int32  // shapes of the words in small letters and in capitals
}

func (e *example) hasTree() bool { return e.heads != nil }

// worker computes the gradient of one batch: its own memory, shared weights.
type worker struct {
	w       *neural.Weights
	turned  *turned
	counts  []int // how often each word of the vocabulary was seen
	grad    *neural.Weights
	touched [6]rowSet // of the tables, in the order of Tensors

	rng  *rand.Rand // nil: no dropout
	loss float64

	cells          []neural.Cell
	input, dInput  []float32
	inputMask      []float32
	layers         []layerMemory
	dense, dDense  []float32
	hints          []int32 // rows of hints, word by word
	hintEnds       []int   // where those of each word end
	denseMask      []float32
	logits         []float32
	wanted         []float32
	dWanted        []float32
	scores         []float32
	pairs, dPairs  []float32
	pairMask       []float32
	dGates, dCells []float32
}

// layerMemory is what the gradient of a layer needs.
type layerMemory struct {
	traces  [2]neural.Trace
	states  []float32
	mask    []float32 // one row for each sentence of the batch
	dropped []float32 // the states after it
	dStates []float32
}

// turned holds transposed copies of the matrices, for the way back.
type turned struct {
	layers                                     [][2]struct{ input, recurrent vec.Matrix }
	dense, tags, feats, names, arcs, relations vec.Matrix
}

func newTurned(w *neural.Weights) *turned {
	flip := func(m vec.Matrix) vec.Matrix { return vec.NewMatrix(m.Out, m.In) }
	t := &turned{
		layers: make([][2]struct{ input, recurrent vec.Matrix }, len(w.Layers)),
		dense:  flip(w.Dense.Matrix), tags: flip(w.Tags.Matrix), feats: flip(w.Feats.Matrix),
		names: flip(w.Names.Matrix), arcs: flip(w.Arcs.Matrix), relations: flip(w.Relations.Matrix),
	}
	for l, layer := range w.Layers {
		for d := range layer {
			t.layers[l][d].input = flip(layer[d].Input.Matrix)
			t.layers[l][d].recurrent = flip(layer[d].Recurrent)
		}
	}
	return t
}

func (t *turned) update(w *neural.Weights) {
	for l, layer := range w.Layers {
		for d := range layer {
			layer[d].Input.Matrix.Transpose(t.layers[l][d].input)
			layer[d].Recurrent.Transpose(t.layers[l][d].recurrent)
		}
	}
	w.Dense.Matrix.Transpose(t.dense)
	w.Tags.Matrix.Transpose(t.tags)
	w.Feats.Matrix.Transpose(t.feats)
	w.Names.Matrix.Transpose(t.names)
	w.Arcs.Matrix.Transpose(t.arcs)
	w.Relations.Matrix.Transpose(t.relations)
}

// rowSet lists rows of a table, each once.
type rowSet struct {
	has  []bool
	rows []int32
}

func (s *rowSet) add(r int32) {
	if !s.has[r] {
		s.has[r] = true
		s.rows = append(s.rows, r)
	}
}

func newWorker(w *neural.Weights, t *turned, counts []int) (*worker, error) {
	grad, err := neural.NewWeights(w.Spec)
	if err != nil {
		return nil, err
	}
	k := &worker{w: w, turned: t, counts: counts, grad: grad, layers: make([]layerMemory, len(w.Layers))}
	for i := range k.touched {
		k.touched[i].has = make([]bool, w.Tensors()[i].Rows)
	}
	return k, nil
}

// run adds to k.grad the gradient of the loss over a batch of sentences of
// equal length, times scale, and sets k.loss to the loss times scale. Row
// t*len(batch)+s of all its memory is word t of sentence s.
func (k *worker) run(batch []*example, scale float32) {
	k.loss = 0
	if len(batch) == 0 {
		return
	}
	k.forward(batch)
	k.answers(batch, scale)
	k.backward(batch)
}

func (k *worker) forward(batch []*example) {
	w, spec := k.w, k.w.Spec
	size, steps := len(batch), len(batch[0].cells)
	rows, width := size*steps, spec.In()

	k.cells = k.cells[:0]
	k.input = zeros(k.input, rows*width)
	shapes := shapesOf(batch, k.rng)
	for t := range steps {
		for s, e := range batch {
			c := e.cells[t]
			if shapes[s] != nil {
				c.Shape = shapes[s][t]
			}
			if k.rng != nil && k.rng.Float64()*(wordDropout+float64(k.counts[c.Word])) < wordDropout {
				c.Word = 0
			}
			w.Embed(c, k.input[len(k.cells)*width:][:width])
			k.cells = append(k.cells, c)
		}
	}
	k.inputMask = k.mask(k.inputMask, rows*width, inputDropout)
	multiply(k.inputMask, k.input)

	in := k.input
	for l, layer := range w.Layers {
		m := &k.layers[l]
		m.states = zeros(m.states, rows*2*spec.Hidden)
		for d, lstm := range layer {
			lstm.Run(neural.Uniform(steps, size), d == 1, in, width, m.states[d*spec.Hidden:], 2*spec.Hidden, &m.traces[d])
		}
		width = 2 * spec.Hidden
		m.mask = k.mask(m.mask, size*width, stateDropout)
		m.dropped = append(m.dropped[:0], m.states...)
		for t := range steps {
			multiply(m.mask, m.dropped[t*size*width:][:size*width])
		}
		in = m.dropped
	}
	k.dense = zeros(k.dense, rows*spec.Dense())
	w.Dense.Apply(rows, in, width, k.dense)
	k.hint(batch)
	// The parts for relations are added in pairs first.
	active := spec.Parts().HeadRel
	k.denseMask = k.mask(k.denseMask, rows*active, stateDropout)
	for r := range rows {
		row := k.dense[r*spec.Dense():][:active]
		mask := k.denseMask[r*active:][:active]
		// The mask takes up the slope, so that the way back needs it only.
		for i, v := range row {
			if v < 0 {
				mask[i] *= neural.Slope
			}
			row[i] = v * mask[i]
		}
	}
}

// shapesOf returns the shapes of the words of each sentence that is seen in other
// letters than it is written in, nil for the others. So names are learnt
// that carelessly written text and headlines do not show by capitals.
func shapesOf(batch []*example, rng *rand.Rand) [][]int32 {
	out := make([][]int32, len(batch))
	if rng == nil {
		return out
	}
	for s, e := range batch {
		switch chance := rng.Float64(); {
		case chance < lowerShare:
			out[s] = e.lower
		case chance < lowerShare+upperShare:
			out[s] = e.upper
		}
	}
	return out
}

// hintsOf returns the hints on the sentences and what their words were before,
// but nothing of some by chance. There is no chance if rng is nil.
func hintsOf(batch []*example, rng *rand.Rand) (hints, earlier [][]uint32) {
	hints, earlier = make([][]uint32, len(batch)), make([][]uint32, len(batch))
	for s, e := range batch {
		if rng == nil || rng.Float64() >= hintDropout {
			hints[s] = e.hints
		}
		if rng == nil || rng.Float64() >= hintDropout {
			earlier[s] = e.earlier
		}
	}
	return hints, earlier
}

// hint adds the vectors of the words' hints to the part for names.
func (k *worker) hint(batch []*example) {
	spec := k.w.Spec
	hints, earlier := hintsOf(batch, k.rng)
	k.hints, k.hintEnds = k.hints[:0], k.hintEnds[:0]
	for r := range k.cells {
		s, t := r%len(batch), r/len(batch)
		before := len(k.hints)
		if batch[s].names != nil {
			var was uint32
			if earlier[s] != nil {
				was = earlier[s][t]
			}
			k.hints = neural.AppendHintRows(k.hints, len(spec.Hints), hints[s], was, t)
		}
		for _, row := range k.hints[before:] {
			vec.Add(k.w.Hints.Row(row), k.dense[r*spec.Dense()+spec.Parts().Name:][:spec.Name])
		}
		k.hintEnds = append(k.hintEnds, len(k.hints))
	}
}

// answers computes the losses and the gradient of k.dense.
func (k *worker) answers(batch []*example, scale float32) {
	w, spec, part := k.w, k.w.Spec, k.w.Spec.Parts()
	rows := len(k.cells)
	k.dDense = zeros(k.dDense, rows*spec.Dense())
	k.classify(w.Tags, k.grad.Tags, k.turned.tags, 0, len(spec.Tags), batch, func(e *example) []int { return e.tags }, scale)
	k.classify(w.Feats, k.grad.Feats, k.turned.feats, 0, len(spec.Feats), batch, func(e *example) []int { return e.feats }, scale*featuresWeight)
	if len(spec.Entities) > 0 {
		k.classify(w.Names, k.grad.Names, k.turned.names, part.Name, len(spec.Entities), batch, func(e *example) []int { return e.names }, scale)
	}
	k.arcs(batch, scale)
	k.relations(batch, scale)
}

// classify handles an answer per word from the part of k.dense at the given
// place.
func (k *worker) classify(a, grad neural.Affine, back vec.Matrix, at, labels int, batch []*example,
	gold func(*example) []int, scale float32) {
	rows, dense, out := len(k.cells), k.w.Spec.Dense(), a.Matrix.Out
	k.logits = zeros(k.logits, rows*out)
	a.Apply(rows, k.dense[at:], dense, k.logits)
	for r := range rows {
		want := -1
		if g := gold(batch[r%len(batch)]); g != nil {
			want = g[r/len(batch)]
		}
		row := k.logits[r*out:][:out]
		k.loss += crossEntropy(row[:labels], want, scale)
		clear(row[labels:])
	}
	grad.Matrix.AddOuter(rows, k.dense[at:], dense, k.logits, out)
	addRows(rows, k.logits, grad.Bias)
	back.MulAdd(rows, k.logits, out, k.dDense[at:], dense)
}

func (k *worker) arcs(batch []*example, scale float32) {
	w, spec, part := k.w, k.w.Spec, k.w.Spec.Parts()
	size, rows, dense, arc := len(batch), len(k.cells), spec.Dense(), spec.Arc
	n := rows / size
	k.wanted = zeros(k.wanted, rows*arc)
	w.Arcs.Apply(rows, k.dense[part.DepArc:], dense, k.wanted)
	k.dWanted = zeros(k.dWanted, rows*arc)
	k.scores = zeros(k.scores, n*(n+1))
	for s, e := range batch {
		if !e.hasTree() {
			continue
		}
		for d := range n {
			row := k.scores[d*(n+1):][:n+1]
			wanted := k.wanted[(d*size+s)*arc:][:arc]
			row[0] = vec.Dot(wanted, w.RootArc)
			for h := range n {
				row[h+1] = vec.Dot(wanted, k.dense[(h*size+s)*dense+part.HeadArc:][:arc])
			}
			row[d+1] = float32(math.Inf(-1)) // no word is its own head
			k.loss += crossEntropy(row, e.heads[d], scale)
			vec.Axpy(row[0], wanted, k.grad.RootArc)
			vec.Axpy(row[0], w.RootArc, k.dWanted[(d*size+s)*arc:][:arc])
		}
		vec.AddProduct(n, arc, n, k.scores[1:], n+1, 1, k.dense[s*dense+part.HeadArc:], size*dense, k.dWanted[s*arc:], size*arc)
		vec.AddProduct(n, arc, n, k.scores[1:], 1, n+1, k.wanted[s*arc:], size*arc, k.dDense[s*dense+part.HeadArc:], size*dense)
	}
	k.grad.Arcs.Matrix.AddOuter(rows, k.dense[part.DepArc:], dense, k.dWanted, arc)
	addRows(rows, k.dWanted, k.grad.Arcs.Bias)
	k.turned.arcs.MulAdd(rows, k.dWanted, arc, k.dDense[part.DepArc:], dense)
}

// relations learns the relation of each word to its true head. The root's is
// given by the tree.
func (k *worker) relations(batch []*example, scale float32) {
	w, spec, part := k.w, k.w.Spec, k.w.Spec.Parts()
	size, rows, dense, width := len(batch), len(k.cells), spec.Dense(), spec.Relation
	// Where the vectors of the word in row r and of its head are, if it has one.
	places := func(r int) (dependent, head int, ok bool) {
		e := batch[r%size]
		if !e.hasTree() || e.heads[r/size] == 0 {
			return 0, 0, false
		}
		return r*dense + part.DepRel, ((e.heads[r/size]-1)*size+r%size)*dense + part.HeadRel, true
	}
	k.pairs = zeros(k.pairs, rows*2*width)
	k.pairMask = k.mask(k.pairMask, rows*2*width, stateDropout)
	for r := range rows {
		if d, h, ok := places(r); ok {
			pair := k.pairs[r*2*width:][:2*width]
			neural.Pair(k.dense[d:][:width], k.dense[h:][:width], pair)
			multiply(k.pairMask[r*2*width:][:2*width], pair)
		}
	}
	out := w.Relations.Matrix.Out
	k.logits = zeros(k.logits, rows*out)
	w.Relations.Apply(rows, k.pairs, 2*width, k.logits)
	for r := range rows {
		want := -1
		if _, _, ok := places(r); ok {
			want = batch[r%size].rels[r/size]
		}
		row := k.logits[r*out:][:out]
		k.loss += crossEntropy(row[:len(spec.Relations)], want, scale)
		clear(row[len(spec.Relations):])
	}
	k.grad.Relations.Matrix.AddOuter(rows, k.pairs, 2*width, k.logits, out)
	addRows(rows, k.logits, k.grad.Relations.Bias)
	k.dPairs = zeros(k.dPairs, rows*2*width)
	k.turned.relations.MulAdd(rows, k.logits, out, k.dPairs, 2*width)
	multiply(k.pairMask, k.dPairs)
	for r := range rows {
		if d, h, ok := places(r); ok {
			pairBack(k.dPairs[r*2*width:][:2*width], k.dense[d:][:width], k.dense[h:][:width], k.dDense[d:][:width], k.dDense[h:][:width])
		}
	}
}

// pairBack is the way back of neural.Pair: it adds to the gradients of the
// dependent's and the head's vectors.
func pairBack(dPair, dependent, head, dDependent, dHead []float32) {
	n := len(dependent)
	dSum, dProduct := dPair[:n], dPair[n:][:n]
	head, dDependent, dHead = head[:n], dDependent[:n], dHead[:n]
	for i, d := range dependent {
		g := dSum[i]
		if d+head[i] < 0 {
			g *= neural.Slope
		}
		dDependent[i] += g + dProduct[i]*head[i]
		dHead[i] += g + dProduct[i]*d
	}
}

// backward takes the gradient from k.dDense to the tables.
func (k *worker) backward(batch []*example) {
	spec := k.w.Spec
	size, rows, dense := len(batch), len(k.cells), spec.Dense()
	active := spec.Parts().HeadRel
	begin := 0
	for r := range rows {
		multiply(k.denseMask[r*active:][:active], k.dDense[r*dense:][:active])
		for _, row := range k.hints[begin:k.hintEnds[r]] {
			vec.Add(k.dDense[r*dense+spec.Parts().Name:][:spec.Name], k.grad.Hints.Row(row))
			k.touched[5].add(row)
		}
		begin = k.hintEnds[r]
	}
	width := 2 * spec.Hidden
	top := &k.layers[len(k.layers)-1]
	top.dStates = zeros(top.dStates, rows*width)
	k.grad.Dense.Matrix.AddOuter(rows, top.dropped, width, k.dDense, dense)
	addRows(rows, k.dDense, k.grad.Dense.Bias)
	k.turned.dense.MulAdd(rows, k.dDense, dense, top.dStates, width)

	for l := len(k.layers) - 1; l >= 0; l-- {
		m := &k.layers[l]
		for t := 0; t < rows; t += size {
			multiply(m.mask, m.dStates[t*width:][:size*width])
		}
		in, ins := k.input, spec.In()
		var dIn []float32
		if l > 0 {
			below := &k.layers[l-1]
			in, ins = below.dropped, width
			below.dStates = zeros(below.dStates, rows*width)
			dIn = below.dStates
		} else {
			k.dInput = zeros(k.dInput, rows*ins)
			dIn = k.dInput
		}
		for d := range 2 {
			k.unroll(l, d, size, in, ins, dIn)
		}
	}
	multiply(k.inputMask, k.dInput)
	spread(&k.grad.Embedding, k.cells, k.dInput, k.touched[:])
}

// unroll takes the gradient of one direction of layer l from its states to its
// weights and its input.
func (k *worker) unroll(l, d, size int, in []float32, ins int, dIn []float32) {
	hidden := k.w.Spec.Hidden
	width := 2 * hidden
	m := &k.layers[l]
	tr := &m.traces[d]
	rows := len(k.cells)
	steps := rows / size
	grad, back := k.grad.Layers[l][d], k.turned.layers[l][d]
	states, dStates := m.states[d*hidden:], m.dStates[d*hidden:]
	k.dGates = zeros(k.dGates, rows*4*hidden)
	k.dCells = zeros(k.dCells, size*hidden)
	for i := steps - 1; i >= 0; i-- {
		t, before := i, i-1
		if d == 1 {
			t, before = steps-1-i, steps-i
		}
		for s := range size {
			r := t*size + s
			var last []float32
			if i > 0 {
				last = tr.Cells[(before*size+s)*hidden:][:hidden]
			}
			stepBack(tr.Gates[r*4*hidden:][:4*hidden], last, tr.Tanhs[r*hidden:][:hidden], dStates[r*width:][:hidden],
				k.dCells[s*hidden:][:hidden], k.dGates[r*4*hidden:][:4*hidden])
		}
		if i > 0 {
			back.recurrent.MulAdd(size, k.dGates[t*size*4*hidden:], 4*hidden, dStates[before*size*width:], width)
		}
	}
	// The states before each word are those of the rows one step off.
	if before := rows - size; before > 0 {
		x, y := states, k.dGates[size*4*hidden:]
		if d == 1 {
			x, y = states[size*width:], k.dGates
		}
		grad.Recurrent.AddOuter(before, x, width, y, 4*hidden)
	}
	grad.Input.Matrix.AddOuter(rows, in, ins, k.dGates, 4*hidden)
	addRows(rows, k.dGates, grad.Input.Bias)
	back.input.MulAdd(rows, k.dGates, 4*hidden, dIn, ins)
}

// stepBack turns the gradient of a state and of the cells into that of the
// gates' sums; dCells becomes that of the cells before.
func stepBack(gates, last, tanhs, dState, dCells, dGates []float32) {
	hidden := len(tanhs)
	input, forget, output, candidate := gates[:hidden], gates[hidden:][:hidden], gates[2*hidden:][:hidden], gates[3*hidden:][:hidden]
	dInput, dForget, dOutput, dCandidate := dGates[:hidden], dGates[hidden:][:hidden], dGates[2*hidden:][:hidden], dGates[3*hidden:][:hidden]
	dState, dCells = dState[:hidden], dCells[:hidden]
	for i, t := range tanhs {
		o, dh := output[i], dState[i]
		dc := dCells[i] + dh*o*(1-t*t)
		in, g, f := input[i], candidate[i], forget[i]
		dOutput[i] = dh * t * o * (1 - o)
		dInput[i] = dc * g * in * (1 - in)
		dCandidate[i] = dc * in * (1 - g*g)
		if last != nil {
			dForget[i] = dc * last[i] * f * (1 - f)
		}
		dCells[i] = dc * f
	}
}

// spread adds the gradient of the words' vectors, row by row in d, to that of the
// tables, and notes the rows it touched, by table.
func spread(grad *neural.Embedding, cells []neural.Cell, d []float32, touched []rowSet) {
	for _, c := range cells {
		for i, part := range []struct {
			table neural.Table
			row   int32
		}{{grad.Words, c.Word}, {grad.Suffixes, c.Suffix}, {grad.Prefixes, c.Prefix}, {grad.Shapes, c.Shape}} {
			vec.Add(d[:part.table.Width], part.table.Row(part.row))
			touched[i].add(part.row)
			d = d[part.table.Width:]
		}
		share := 1 / float32(max(1, len(c.Grams)))
		for _, g := range c.Grams {
			vec.Axpy(share, d[:grad.Grams.Width], grad.Grams.Row(g))
			touched[4].add(g)
		}
		d = d[grad.Grams.Width:]
	}
}

// crossEntropy returns -log softmax(row)[want], and turns row into the
// gradient, both times scale. A want of -1 gives nothing.
func crossEntropy(row []float32, want int, scale float32) float64 {
	if want < 0 {
		clear(row)
		return 0
	}
	top := row[0]
	for _, v := range row {
		top = max(top, v)
	}
	sum := 0.0
	gold := float64(row[want] - top)
	for i, v := range row {
		e := math.Exp(float64(v - top))
		sum += e
		row[i] = float32(e)
	}
	norm := float32(1/sum) * scale
	for i := range row {
		row[i] *= norm
	}
	row[want] -= scale
	return float64(scale) * (math.Log(sum) - gold)
}

// mask returns n numbers that are 0 with the given probability, and else such
// that their mean is 1. Without dropout they all are 1.
func (k *worker) mask(m []float32, n int, probability float32) []float32 {
	m = zeros(m, n)
	if k.rng == nil {
		for i := range m {
			m[i] = 1
		}
		return m
	}
	keep := 1 / (1 - probability)
	limit := uint32(float64(probability) * (1 << 32))
	for i := 0; i < n; i += 2 {
		bits := k.rng.Uint64()
		if uint32(bits) >= limit {
			m[i] = keep
		}
		if i+1 < n && uint32(bits>>32) >= limit {
			m[i+1] = keep
		}
	}
	return m
}

// zeros returns s with n zeros.
func zeros(s []float32, n int) []float32 {
	if cap(s) < n {
		return make([]float32, n, n+n/4)
	}
	s = s[:n]
	clear(s)
	return s
}

func multiply(x, y []float32) {
	y = y[:len(x)]
	for i, v := range x {
		y[i] *= v
	}
}

// addRows adds n rows to sum.
func addRows(n int, rows, sum []float32) {
	for r := range n {
		vec.Add(rows[r*len(sum):][:len(sum)], sum)
	}
}
