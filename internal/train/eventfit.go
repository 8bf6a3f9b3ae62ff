package train

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"entente/extract/relation/classify"
	"entente/internal/corpus"
)

// fitter learns the weights of a linear model by stochastic gradient descent
// with a rate for each weight (AdaGrad; Duchi and others 2011). Models that have
// seen the examples in different orders differ in what little evidence says;
// their mean is better than each.
type fitter struct {
	features *eventFeatures
	dropped  []bool // by feature
	columns  int
	weights  []float64 // by feature and column, of the member in training
	squares  []float64 // of its gradients so far
	sums     []float64 // of the weights of the members before it
	members  int       // begun
	chance   *rand.Rand
}

func newFitter(n *eventFeatures, columns int) *fitter {
	size := len(n.keys) * columns
	return &fitter{
		features: n, dropped: make([]bool, len(n.keys)), columns: columns,
		weights: make([]float64, size), squares: make([]float64, size), sums: make([]float64, size),
	}
}

// restart begins another member.
func (f *fitter) restart(seed uint64, member int) {
	for i, w := range f.weights {
		f.sums[i] += w
	}
	clear(f.weights)
	clear(f.squares)
	f.chance = rand.New(rand.NewPCG(seed, uint64(member)))
	f.members++
}

// row returns the mean of the members' weights of a feature.
func (f *fitter) row(feature int) []float64 {
	row := slices.Clone(f.sums[feature*f.columns:][:f.columns])
	for k, w := range f.weights[feature*f.columns:][:f.columns] {
		row[k] = (row[k] + w) / float64(f.members)
	}
	return row
}

// sum adds the weights of features, divided by the root of their number.
func (f *fitter) sum(list []int32, to []float64) {
	share := classify.Share(len(list))
	for _, feature := range list {
		for k, w := range f.weights[int(feature)*f.columns:][:f.columns] {
			to[k] += w * share
		}
	}
}

// step moves the weights of features against the gradient of the sum.
func (f *fitter) step(list []int32, gradient []float64, rate float64) {
	share := classify.Share(len(list))
	for _, feature := range list {
		at := int(feature) * f.columns
		weights, squares := f.weights[at:][:f.columns], f.squares[at:][:f.columns]
		for k, g := range gradient {
			if g == 0 {
				continue
			}
			g *= share
			squares[k] += g * g
			weights[k] -= rate * g / (smooth + math.Sqrt(squares[k]))
		}
	}
}

// run trains categories, places and statuses.
func (f *fitter) run(s samples, o EventOptions) {
	order := make([]int, len(s.list))
	for i := range order {
		order[i] = i
	}
	for epoch := range o.Epochs {
		f.chance.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		loss := 0.0
		for _, i := range order {
			loss += f.learn(s.list[i], o.Rate*(1-float64(epoch)/float64(o.Epochs)))
		}
		if epoch == o.Epochs-1 {
			logf(o, "model %d of %d: loss %.4f", f.members, o.Members, loss/float64(max(1, len(order))))
		}
	}
}

// learn takes one step and returns the loss before it.
func (f *fitter) learn(s sample, rate float64) float64 {
	candidates := s.candidates
	if f.chance.Float64() < wordless {
		candidates = f.withoutWords(candidates)
	}
	gradients, loss := f.gradients(s, candidates)
	common := make([]float64, f.columns)
	for _, g := range gradients {
		for k := range common {
			common[k] += g[k]
		}
	}
	f.step(s.common, common, rate)
	for i, g := range gradients {
		if slices.ContainsFunc(g, func(x float64) bool { return math.Abs(x) > 1e-4 }) {
			f.step(candidates[i], g, rate)
		}
	}
	return loss
}

func (f *fitter) withoutWords(candidates [][]int32) [][]int32 {
	out := make([][]int32, len(candidates))
	for i, list := range candidates {
		for _, feature := range list {
			if !f.features.words[feature] {
				out[i] = append(out[i], feature)
			}
		}
	}
	return out
}

// gradients returns, for each candidate, the gradient of the loss by its
// scores, and the loss: minus the logarithm of the probability that a gold
// candidate (any, if none is known) has the right category, and of the
// probability of the right status given these candidates.
func (f *fitter) gradients(s sample, candidates [][]int32) ([][]float64, float64) {
	classes := len(corpus.Categories())
	scores := make([][]float64, len(candidates))
	common := make([]float64, f.columns)
	f.sum(s.common, common)
	for i, list := range candidates {
		scores[i] = slices.Clone(common)
		f.sum(list, scores[i])
	}
	joint := jointly(scores, classes)
	right := 0.0
	for i := range joint {
		if !s.known || s.gold[i] {
			right += joint[i][s.category]
		}
	}
	right = max(right, 1e-12)
	loss := -math.Log(right)
	gradients := make([][]float64, len(candidates))
	for i, row := range joint {
		g := make([]float64, f.columns)
		copy(g, row)
		mine := 0.0 // the share of this candidate in what is right
		if !s.known || s.gold[i] {
			mine = row[s.category] / right
			g[s.category] -= mine
		}
		for k := range classes {
			g[classes] += g[k]
		}
		if mine > 0 {
			p := slices.Clone(scores[i][classes+1:])
			softmax(p)
			loss -= mine * math.Log(max(p[s.status], 1e-12))
			for k := range p {
				g[classes+1+k] = mine * p[k]
			}
			g[classes+1+s.status] -= mine
		}
		gradients[i] = g
	}
	return gradients, loss
}

// jointly returns the probabilities of candidates with categories.
func jointly(scores [][]float64, classes int) [][]float64 {
	var flat []float64
	for _, row := range scores {
		for k := range classes {
			flat = append(flat, row[k]+row[classes])
		}
	}
	softmax(flat)
	out := make([][]float64, len(scores))
	for i := range out {
		out[i] = flat[i*classes:][:classes]
	}
	return out
}

func softmax(x []float64) {
	if len(x) == 0 {
		return
	}
	most, sum := slices.Max(x), 0.0
	for i := range x {
		x[i] = math.Exp(x[i] - most)
		sum += x[i]
	}
	for i := range x {
		x[i] /= sum
	}
}

// runModes trains modes: one of the first so many columns.
func (f *fitter) runModes(s samples, o EventOptions) {
	for epoch := range o.Epochs {
		rate := o.Rate * (1 - float64(epoch)/float64(o.Epochs))
		for _, i := range f.chance.Perm(len(s.list)) {
			x := s.list[i]
			scores := make([]float64, f.columns)
			f.sum(x.common, scores)
			p := scores[:x.category]
			softmax(p)
			p[x.status]--
			f.step(x.common, p, rate)
		}
	}
}

// keep drops all features but the n with the largest weights.
func (f *fitter) keep(n int) {
	if len(f.features.keys) <= n {
		return
	}
	size := func(feature int) float64 {
		row := f.row(feature)
		return slices.Max(row) - slices.Min(row)
	}
	order := make([]int, len(f.features.keys))
	sizes := make([]float64, len(order))
	for i := range order {
		order[i], sizes[i] = i, size(i)
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(sizes[b], sizes[a]) })
	for _, feature := range order[n:] {
		f.dropped[feature] = true
	}
}

// table returns the weights in 8 bits.
func (f *fitter) table() classify.Table {
	t := classify.Table{Columns: f.columns, Scales: make([]float32, f.columns)}
	const most = math.MaxInt8
	var kept []int
	for i := range f.features.keys {
		if f.dropped[i] {
			continue
		}
		kept = append(kept, i)
		for k, w := range f.row(i) {
			t.Scales[k] = max(t.Scales[k], float32(math.Abs(w)/most))
		}
	}
	for _, i := range kept {
		t.Keys = append(t.Keys, f.features.keys[i])
		for k, w := range f.row(i) {
			t.Weights = append(t.Weights, int8(math.Round(w/max(float64(t.Scales[k]), 1e-30))))
		}
	}
	return t
}
