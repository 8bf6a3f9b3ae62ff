package train

import (
	"math/rand/v2"

	"entente/extract/nlp/fast"
	"entente/extract/nlp/neural"
	"entente/extract/nlp/neural/vec"
)

// fastDropout is the share of the fast model's states, of the layer on top and
// of the parser's states that is set to zero while learning. A third, as for
// the network, is too much for a model of this size.
const fastDropout = 0.2

// fastWorker computes the gradient of a batch for the fast model. Rows of its
// memory are the words of the batch, sentence by sentence.
type fastWorker struct {
	w       *fast.Weights
	counts  []int // how often each word of the vocabulary was seen
	grad    *fast.Weights
	touched [6]rowSet // of the tables, in the order of Tensors

	rng     *rand.Rand // nil: no dropout
	explore float64    // share of moves that are the model's own
	loss    float64

	cells                       []neural.Cell
	input, inputMask, dInput    []float32
	products, dProducts         []float32
	views                       [][]float32
	layers                      []fastLayer
	dOutput                     []float32 // of a layer's output
	carry                       []float32
	dense, denseMask, dDense    []float32
	logits                      []float32
	hints                       []int32 // rows of hints, word by word
	hintEnds                    []int   // where those of each word end
	turned                      vec.Matrix
	places, dPlaces             []float32
	parser                      fast.State
	oracle                      oracle
	seen                        [][fast.Positions]int32 // by state: rows of places
	hidden, hiddenMask, dHidden []float32               // the states of the parser
	moves                       []float32               // scores, then their gradient
	arcs                        [2]fastArcs
}

// fastLayer is what the gradient of a layer needs. Its output is the sum of
// its states, after dropout, and of the output of the layer below.
type fastLayer struct{ gates, dGates, states, output, mask []float32 }

// fastArcs are the relations to learn of one direction: the states they are
// told from, and their numbers.
type fastArcs struct{ states, relations []int }

func newFastWorker(w *fast.Weights, counts []int) (*fastWorker, error) {
	grad, err := fast.NewWeights(w.Spec)
	if err != nil {
		return nil, err
	}
	k := &fastWorker{w: w, counts: counts, grad: grad, layers: make([]fastLayer, w.Spec.Layers)}
	for i := range k.touched {
		k.touched[i].has = make([]bool, w.Tensors()[i].Rows)
	}
	return k, nil
}

// run adds to k.grad the gradient of the loss over a batch, times scale, and
// sets k.loss to the loss times scale.
func (k *fastWorker) run(batch []*example, scale float32) {
	k.loss = 0
	k.forward(batch)
	k.answers(batch, scale)
	k.backward(batch)
}

func (k *fastWorker) forward(batch []*example) {
	w, spec := k.w, k.w.Spec
	gates, width := 4*spec.Hidden, 2*spec.Hidden
	k.embed(batch)
	rows := len(k.cells)
	k.products = zeros(k.products, rows*w.First.Out)
	w.First.MulAdd(rows, k.input, spec.In(), k.products, w.First.Out)
	for l := range k.layers {
		m := &k.layers[l]
		m.gates, m.states = zeros(m.gates, rows*gates), zeros(m.states, rows*width)
		if l > 0 {
			w.Upper[l-1].Apply(rows, k.layers[l-1].output, width, m.gates)
		}
		k.eachSentence(batch, func(start, n int) {
			if l == 0 {
				w.Window(k.viewed(start, n), m.gates[start*gates:])
			}
			fast.Scan(n, spec.Hidden, m.gates[start*gates:], m.states[start*width:])
		})
		m.output = append(m.output[:0], m.states...)
		m.mask = zeros(m.mask, len(m.output))
		k.drop(m.output, m.mask, fastDropout)
		if l > 0 {
			vec.Add(k.layers[l-1].output, m.output)
		}
	}
	k.dense = zeros(k.dense, rows*spec.Dense())
	w.Dense.Apply(rows, k.layers[len(k.layers)-1].output, width, k.dense)
	k.denseMask = zeros(k.denseMask, len(k.dense))
	k.leaky(k.dense, k.denseMask, fastDropout)
}

// viewed returns the products of the first layer by word.
func (k *fastWorker) viewed(start, n int) [][]float32 {
	out := k.w.First.Out
	k.views = k.views[:0]
	for i := range n {
		k.views = append(k.views, k.products[(start+i)*out:][:out])
	}
	return k.views
}

// embed sets k.cells and k.input; rare words are hidden by chance.
func (k *fastWorker) embed(batch []*example) {
	width := k.w.Spec.In()
	k.cells = k.cells[:0]
	shapes := shapesOf(batch, k.rng)
	for s, e := range batch {
		for t, c := range e.cells {
			if shapes[s] != nil {
				c.Shape = shapes[s][t]
			}
			if k.rng != nil && k.rng.Float64()*(wordDropout+float64(k.counts[c.Word])) < wordDropout {
				c.Word = 0
			}
			k.cells = append(k.cells, c)
		}
	}
	k.input = zeros(k.input, len(k.cells)*width)
	for r, c := range k.cells {
		k.w.Embed(c, k.input[r*width:][:width])
	}
	k.inputMask = zeros(k.inputMask, len(k.input))
	k.drop(k.input, k.inputMask, inputDropout)
}

// eachSentence calls f with the first row and the length of each sentence.
func (k *fastWorker) eachSentence(batch []*example, f func(start, n int)) {
	start := 0
	for _, e := range batch {
		f(start, len(e.cells))
		start += len(e.cells)
	}
}

// drop sets elements of x to zero by chance and scales the rest, and sets mask,
// as long as x and zero, to the factors.
func (k *fastWorker) drop(x, mask []float32, probability float64) {
	if k.rng == nil {
		for i := range mask {
			mask[i] = 1
		}
		return
	}
	keep := float32(1 / (1 - probability))
	limit := uint64(probability * (1 << 16))
	for i := 0; i < len(x); i += 4 {
		bits := k.rng.Uint64()
		for j := i; j < min(i+4, len(x)); j++ {
			if bits&0xffff >= limit {
				mask[j] = keep
			}
			x[j] *= mask[j]
			bits >>= 16
		}
	}
}

// leaky is drop after the activation, whose slope goes into the factors.
func (k *fastWorker) leaky(x, mask []float32, probability float64) {
	k.drop(x, mask, probability)
	for i, v := range x {
		if v < 0 {
			x[i] = v * neural.Slope
			mask[i] *= neural.Slope
		}
	}
}

// answers computes the losses and the gradient of k.dense.
func (k *fastWorker) answers(batch []*example, scale float32) {
	w, spec := k.w, k.w.Spec
	k.dDense = zeros(k.dDense, len(k.dense))
	k.classify(w.Tags, k.grad.Tags, len(spec.Tags), batch, func(e *example) []int { return e.tags }, scale)
	k.classify(w.Feats, k.grad.Feats, len(spec.Feats), batch, func(e *example) []int { return e.feats }, scale*featuresWeight)
	if len(spec.Entities) > 0 {
		k.names(batch, scale)
	}
	k.parse(batch, scale)
}

// classify handles an answer per word from the first part of k.dense. Words
// without an answer cost nothing but the products.
func (k *fastWorker) classify(a, grad neural.Affine, labels int, batch []*example, gold func(*example) []int, scale float32) {
	k.scores(a)
	k.learn(a, grad, labels, batch, gold, scale)
}

// scores sets k.logits.
func (k *fastWorker) scores(a neural.Affine) {
	rows := len(k.cells)
	k.logits = zeros(k.logits, rows*a.Matrix.Out)
	a.Apply(rows, k.dense, k.w.Spec.Dense(), k.logits)
}

// learn turns k.logits into their gradient.
func (k *fastWorker) learn(a, grad neural.Affine, labels int, batch []*example, gold func(*example) []int, scale float32) {
	rows, dense, out := len(k.cells), k.w.Spec.Dense(), a.Matrix.Out
	r := 0
	for _, e := range batch {
		g := gold(e)
		for i := range e.cells {
			want := -1
			if g != nil {
				want = g[i]
			}
			row := k.logits[r*out:][:out]
			k.loss += crossEntropy(row[:labels], want, scale)
			clear(row[labels:])
			r++
		}
	}
	grad.Matrix.AddOuter(rows, k.dense, dense, k.logits, out)
	addRows(rows, k.logits, grad.Bias)
	k.back(a.Matrix, rows, k.logits, out, k.dDense, dense)
}

// names is classify for names, with hints.
func (k *fastWorker) names(batch []*example, scale float32) {
	w, spec := k.w, k.w.Spec
	out := w.Names.Matrix.Out
	k.scores(w.Names)
	hints, earlier := hintsOf(batch, k.rng)
	k.hints, k.hintEnds = k.hints[:0], k.hintEnds[:0]
	r := 0
	for s, e := range batch {
		for t := range e.cells {
			before := len(k.hints)
			if e.names != nil {
				var was uint32
				if earlier[s] != nil {
					was = earlier[s][t]
				}
				k.hints = neural.AppendHintRows(k.hints, len(spec.Hints), hints[s], was, t)
			}
			for _, row := range k.hints[before:] {
				vec.Add(w.Hints.Row(row), k.logits[r*out:][:out])
			}
			k.hintEnds = append(k.hintEnds, len(k.hints))
			r++
		}
	}
	k.learn(w.Names, k.grad.Names, len(spec.Entities), batch, func(e *example) []int { return e.names }, scale)
	begin := 0
	for r, end := range k.hintEnds {
		for _, row := range k.hints[begin:end] {
			vec.Add(k.logits[r*out:][:out], k.grad.Hints.Row(row))
			k.touched[5].add(row)
		}
		begin = end
	}
}

// back adds to dx the gradient of x under y = x*m.
func (k *fastWorker) back(m vec.Matrix, rows int, dy []float32, dys int, dx []float32, dxs int) {
	k.turn(m).MulAdd(rows, dy, dys, dx, dxs)
}

// turn returns the transposed of m, until the next call.
func (k *fastWorker) turn(m vec.Matrix) vec.Matrix {
	k.turned = vec.Matrix{In: m.Out, Out: m.In, Data: zeros(k.turned.Data, len(m.Data))}
	m.Transpose(k.turned)
	return k.turned
}

// backward takes the gradient from k.dDense to the tables.
func (k *fastWorker) backward(batch []*example) {
	w, spec := k.w, k.w.Spec
	rows, gates, width, dense := len(k.cells), 4*spec.Hidden, 2*spec.Hidden, spec.Dense()
	multiply(k.denseMask, k.dDense)
	top := &k.layers[len(k.layers)-1]
	k.dOutput = zeros(k.dOutput, rows*width)
	k.grad.Dense.Matrix.AddOuter(rows, top.output, width, k.dDense, dense)
	addRows(rows, k.dDense, k.grad.Dense.Bias)
	k.back(w.Dense.Matrix, rows, k.dDense, dense, k.dOutput, width)
	for l := len(k.layers) - 1; l >= 0; l-- {
		m := &k.layers[l]
		multiply(k.dOutput, m.mask) // the mask is not needed any more
		m.dGates = zeros(m.dGates, rows*gates)
		k.eachSentence(batch, func(start, n int) {
			k.scanBack(n, m.gates[start*gates:], m.states[start*width:], m.mask[start*width:], m.dGates[start*gates:])
		})
		if l > 0 { // k.dOutput stays as the gradient of what is added
			upper := k.grad.Upper[l-1]
			upper.Matrix.AddOuter(rows, k.layers[l-1].output, width, m.dGates, gates)
			addRows(rows, m.dGates, upper.Bias)
			k.back(w.Upper[l-1].Matrix, rows, m.dGates, gates, k.dOutput, width)
		}
	}
	k.backWindow(batch)
	multiply(k.inputMask, k.dInput)
	spread(&k.grad.Embedding, k.cells, k.dInput, k.touched[:])
}

// backWindow takes the gradient of the first layer's gates to k.dInput.
func (k *fastWorker) backWindow(batch []*example) {
	w, spec := k.w, k.w.Spec
	rows, gates, dGates := len(k.cells), 4*spec.Hidden, k.layers[0].dGates
	k.dProducts = zeros(k.dProducts, rows*w.First.Out)
	k.eachSentence(batch, func(start, n int) {
		for i := range n {
			row := dGates[(start+i)*gates:][:gates]
			for o, offset := range fast.Offsets {
				if j := i + offset; 0 <= j && j < n {
					copy(k.dProducts[(start+j)*w.First.Out+o*gates:], row)
				}
			}
		}
	})
	addRows(rows, dGates, k.grad.FirstBias)
	k.grad.First.AddOuter(rows, k.input, spec.In(), k.dProducts, w.First.Out)
	k.dInput = zeros(k.dInput, len(k.input))
	k.back(w.First, rows, k.dProducts, w.First.Out, k.dInput, spec.In())
}

// scanBack turns the gradient of the states of a layer over a sentence into
// that of the gates' sums.
func (k *fastWorker) scanBack(n int, gates, states, dStates, dGates []float32) {
	hidden := k.w.Spec.Hidden
	for way := range 2 {
		k.carry = zeros(k.carry, hidden)
		for step := range n {
			i, before := n-1-step, n-2-step
			if way == 1 {
				i, before = step, step+1
			}
			at := i*4*hidden + way*2*hidden
			f, c := gates[at:][:hidden], gates[at+hidden:][:hidden]
			df, dc := dGates[at:][:hidden], dGates[at+hidden:][:hidden]
			d := dStates[i*2*hidden+way*hidden:][:hidden]
			var last []float32
			if 0 <= before && before < n {
				last = states[before*2*hidden+way*hidden:][:hidden]
			}
			mixBack(f, c, last, d, k.carry, df, dc)
		}
	}
}

// mixBack is one step of it; carry becomes the gradient of the state before.
func mixBack(f, c, last, d, carry, df, dc []float32) {
	c, d, carry, df, dc = c[:len(f)], d[:len(f)], carry[:len(f)], df[:len(f)], dc[:len(f)]
	for i, v := range f {
		g := d[i] + carry[i]
		old := float32(0)
		if last != nil {
			old = last[i]
		}
		df[i] = g * (old - c[i]) * v * (1 - v)
		dc[i] = g * (1 - v) * (1 - c[i]*c[i])
		carry[i] = g * v
	}
}
