package train

import (
	"math"
	"slices"

	"entente/extract/nlp/fast"
	"entente/extract/nlp/neural/vec"
)

// parse lets the parser work through the trees of a batch and learns the moves
// and relations in the states it comes by.
func (k *fastWorker) parse(batch []*example, scale float32) {
	w, spec := k.w, k.w.Spec
	dense, width := spec.Dense(), fast.Positions*spec.State
	// Each sentence has two rows of places more, for root and nowhere.
	k.places = zeros(k.places, (len(k.cells)+2*len(batch))*width)
	k.dPlaces = zeros(k.dPlaces, len(k.places))
	k.seen, k.hidden, k.hiddenMask, k.moves = k.seen[:0], k.hidden[:0], k.hiddenMask[:0], k.moves[:0]
	for i := range k.arcs {
		k.arcs[i].states, k.arcs[i].relations = k.arcs[i].states[:0], k.arcs[i].relations[:0]
	}
	k.eachTree(batch, func(e *example, row, block int) {
		n := len(e.cells)
		w.Places.Apply(n, k.dense[row*dense+spec.Morph:], dense, k.places[block*width:])
		copy(k.places[(block+n)*width:], w.Nowhere.Data)
		k.follow(e, block, scale)
	})
	k.statesBack(scale)
	k.eachTree(batch, func(e *example, row, block int) {
		n, d := len(e.cells), k.dPlaces[block*width:]
		k.grad.Places.Matrix.AddOuter(n, k.dense[row*dense+spec.Morph:], dense, d, width)
		addRows(n, d, k.grad.Places.Bias)
		vec.Add(d[n*width:][:2*width], k.grad.Nowhere.Data)
	})
	turned := k.turn(w.Places.Matrix)
	k.eachTree(batch, func(e *example, row, block int) {
		turned.MulAdd(len(e.cells), k.dPlaces[block*width:], width, k.dDense[row*dense+spec.Morph:], dense)
	})
}

// eachTree calls f with each sentence that has a tree, its first row and the
// first row of its places.
func (k *fastWorker) eachTree(batch []*example, f func(e *example, row, block int)) {
	row := 0
	for i, e := range batch {
		if e.hasTree() {
			f(e, row, row+2*i)
		}
		row += len(e.cells)
	}
}

// follow parses one sentence whose places begin at row block, and notes what
// is to be learnt in each state.
func (k *fastWorker) follow(e *example, block int, scale float32) {
	w, spec := k.w, k.w.Spec
	width := fast.Positions * spec.State
	k.oracle.reset(e.heads)
	p := &k.parser
	for p.Reset(len(e.cells)); !p.Done(); {
		at := p.Look()
		row := len(k.seen)
		h := extend(&k.hidden, spec.State)
		w.Sum(k.places[block*width:], at, h)
		k.leaky(h, extend(&k.hiddenMask, spec.State), fastDropout)
		for i := range at {
			at[i] += int32(block)
		}
		k.seen = append(k.seen, at)
		scores := extend(&k.moves, vec.Panel)
		copy(scores, w.Moves.Bias)
		w.Moves.Matrix.MulAdd(1, h, spec.State, scores, vec.Panel)
		good := k.oracle.best(p)
		move := k.pick(p, scores, good)
		k.loss += moveLoss(p, scores, good, scale)
		k.note(e, row, good)
		p.Do(move)
	}
}

// extend appends n zeros and returns them.
func extend(s *[]float32, n int) []float32 {
	old := len(*s)
	*s = slices.Grow(*s, n)[:old+n]
	clear((*s)[old:])
	return (*s)[old:]
}

// pick returns the move to go on with: that of the highest score, among all or
// among the good ones.
func (k *fastWorker) pick(p *fast.State, scores []float32, good [fast.Moves]bool) fast.Move {
	own := k.rng != nil && k.rng.Float64() < k.explore
	best := fast.Move(-1)
	for m := fast.Shift; m < fast.Moves; m++ {
		if !p.Can(m) || !own && !good[m] {
			continue
		}
		if best < 0 || own && scores[m] > scores[best] {
			best = m
		}
	}
	return best
}

// moveLoss returns -log of the share of the good moves among the possible
// ones, and turns scores into the gradient, both times scale.
func moveLoss(p *fast.State, scores []float32, good [fast.Moves]bool, scale float32) float64 {
	top := float32(math.Inf(-1))
	for m := fast.Shift; m < fast.Moves; m++ {
		if p.Can(m) {
			top = max(top, scores[m])
		}
	}
	var e [fast.Moves]float64
	all, right := 0.0, 0.0
	for m := fast.Shift; m < fast.Moves; m++ {
		if !p.Can(m) {
			continue
		}
		e[m] = math.Exp(float64(scores[m] - top))
		all += e[m]
		if good[m] {
			right += e[m]
		}
	}
	right = max(right, 1e-30)
	clear(scores)
	for m, v := range e {
		d := v / all
		if good[m] {
			d -= v / right
		}
		scores[m] = scale * float32(d)
	}
	return float64(scale) * (math.Log(all) - math.Log(right))
}

// note lists the relations that can be learnt in a state: those of the arcs of
// the tree that good moves make.
func (k *fastWorker) note(e *example, row int, good [fast.Moves]bool) {
	for m := fast.Left; m <= fast.Right; m++ {
		if !good[m] {
			continue
		}
		head, d := k.parser.Arc(m)
		if int(head) == k.parser.N || k.oracle.heads[d] != head || e.rels[d] < 0 {
			continue
		}
		a := &k.arcs[m-fast.Left]
		a.states, a.relations = append(a.states, row), append(a.relations, e.rels[d])
	}
}

// statesBack learns from the states noted and takes the gradient to
// k.dPlaces.
func (k *fastWorker) statesBack(scale float32) {
	w, spec, rows := k.w, k.w.Spec, len(k.seen)
	if rows == 0 {
		return
	}
	k.dHidden = zeros(k.dHidden, rows*spec.State)
	k.grad.Moves.Matrix.AddOuter(rows, k.hidden, spec.State, k.moves, vec.Panel)
	addRows(rows, k.moves, k.grad.Moves.Bias)
	k.back(w.Moves.Matrix, rows, k.moves, vec.Panel, k.dHidden, spec.State)
	for i := range k.arcs {
		k.relations(i, scale)
	}
	multiply(k.hiddenMask, k.dHidden)
	width := fast.Positions * spec.State
	for r, at := range k.seen {
		d := k.dHidden[r*spec.State:][:spec.State]
		for p, row := range at {
			vec.Add(d, k.dPlaces[int(row)*width+p*spec.State:][:spec.State])
		}
	}
}

// relations learns the relations of one direction.
func (k *fastWorker) relations(direction int, scale float32) {
	w, spec, a := k.w, k.w.Spec, &k.arcs[direction]
	rows, width, state := len(a.states), spec.RelationWidth(), spec.State
	part := func(m vec.Matrix) vec.Matrix {
		return vec.Matrix{In: m.In, Out: width, Data: m.Data[direction*width*m.In:][:width*m.In]}
	}
	k.logits = zeros(k.logits, rows*width)
	x := make([]float32, 0, rows*state)
	for r, s := range a.states {
		x = append(x, k.hidden[s*state:][:state]...)
		copy(k.logits[r*width:], w.Relations.Bias[direction*width:][:width])
	}
	m := part(w.Relations.Matrix)
	m.MulAdd(rows, x, state, k.logits, width)
	for r, want := range a.relations {
		row := k.logits[r*width:][:width]
		k.loss += crossEntropy(row[:len(spec.Relations)], want, scale)
		clear(row[len(spec.Relations):])
	}
	part(k.grad.Relations.Matrix).AddOuter(rows, x, state, k.logits, width)
	addRows(rows, k.logits, k.grad.Relations.Bias[direction*width:][:width])
	clear(x)
	k.back(m, rows, k.logits, width, x[:rows*state], state)
	for r, s := range a.states {
		vec.Add(x[r*state:][:state], k.dHidden[s*state:][:state])
	}
}
