package train

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"slices"

	"entente/extract/nlp"
	"entente/extract/relation"
	"entente/extract/relation/classify"
	"entente/graph"
	"entente/internal/corpus"
	corpusdata "entente/internal/train/corpus"
)

// EventOptions are the settings of the classifier's training. The zero value of
// each is the default.
type EventOptions struct {
	Epochs   int     // over all examples; 0 is 12
	Rate     float64 // of learning at first; 0 is 0.2
	Features int     // kept in the model; 0 is 60,000
	Seed     uint64
	Log      io.Writer
}

func (o EventOptions) withDefaults() EventOptions {
	o.Epochs = cmp.Or(o.Epochs, 12)
	o.Rate = cmp.Or(o.Rate, 0.2)
	o.Features = cmp.Or(o.Features, 60000)
	return o
}

const (
	// Features that fewer examples have are not learnt.
	leastSeen = 2
	// wordless is the share of examples in which a candidate's own word is not
	// seen, so that the lexicon is trusted for words never met.
	wordless = 0.5
	// smooth bounds the first steps of a weight.
	smooth = 1e-3
	// Every so manieth block of those trained on sets the temperatures, before the
	// model is learnt again with it.
	calibrationShare = 4
	// The modes keep one feature to so many of the categories'.
	modeShare = 6
	// trimEpochs is how long the model is trained on with the features kept.
	trimEpochs = 3
)

// RunEvents trains the classifier on our own sentences but for the fifth that is
// set aside, writes it and reports how it does on that.
func RunEvents(path string, o EventOptions) error {
	r, err := NewEventReader()
	if err != nil {
		return err
	}
	training, held, err := r.OwnExamples()
	if err != nil {
		return err
	}
	m := r.LearnEvents(training, o)
	if err := writeModel(path, m); err != nil {
		return err
	}
	c, err := r.Classifier(m)
	if err != nil {
		return err
	}
	return r.MeasureEvents(c, held).Write(o.Log)
}

// MeasureEventFile reports how a model file, or that of the program for "-",
// does on the sentences set aside; verbose lists what it names wrongly.
func MeasureEventFile(path string, verbose bool, w io.Writer) error {
	r, err := NewEventReader()
	if err != nil {
		return err
	}
	var m *classify.Model
	if path != "-" {
		if m, err = readModel(path); err != nil {
			return err
		}
	}
	c, err := r.Classifier(m)
	if err != nil {
		return err
	}
	_, held, err := r.OwnExamples()
	if err != nil {
		return err
	}
	measure := r.MeasureEvents(c, held)
	if verbose {
		for _, line := range measure.Wrong {
			fmt.Fprintln(w, line)
		}
	}
	return measure.Write(w)
}

func readModel(path string) (*classify.Model, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	m, err := classify.Decode(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return m, nil
}

func writeModel(path string, m *classify.Model) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := classify.Encode(f, m); err != nil {
		f.Close()
		return fmt.Errorf("%s: %w", path, err)
	}
	return f.Close()
}

// OwnExamples reads our own sentences: those to train on, and those set aside.
func (r *EventReader) OwnExamples() (training, held []Example, err error) {
	cases, err := corpus.ReadFS(corpusdata.Files)
	if err != nil {
		return nil, nil, err
	}
	for _, e := range r.Examples(cases) {
		if corpus.HeldOut(e.Case) {
			held = append(held, e)
		} else {
			training = append(training, e)
		}
	}
	return training, held, nil
}

// LearnEvents learns a model from examples. Equal examples and options give
// an equal model.
func (r *EventReader) LearnEvents(examples []Example, o EventOptions) *classify.Model {
	o = o.withDefaults()
	var rest, aside []Example
	for _, e := range examples {
		if e.Case.Block%(calibrationShare+1) == 0 {
			aside = append(aside, e)
		} else {
			rest = append(rest, e)
		}
	}
	m := r.fit(examples, o)
	m.Temperature, m.StatusTemperature = 1, 1
	if len(rest) > 0 && len(aside) > 0 {
		m.Temperature, m.StatusTemperature = r.temperatures(r.fit(rest, o), aside)
	}
	m.Trained = fmt.Sprintf("%d examples, epochs %d, rate %g, features %d, seed %d", len(examples), o.Epochs, o.Rate, o.Features, o.Seed)
	return m
}

// fit learns a model without its temperatures, which are 1.
func (r *EventReader) fit(examples []Example, o EventOptions) *classify.Model {
	m := &classify.Model{
		Categories: corpus.Categories(), Statuses: corpus.Statuses(), ModesOf: map[string][]string{},
		Temperature: 1, StatusTemperature: 1, Trained: "events",
	}
	most := 0
	for name, c := range r.ontology.Categories {
		if len(c.Modes) > 0 {
			m.ModesOf[name] = slices.Clone(c.Modes)
			most = max(most, len(c.Modes))
		}
	}
	logf(o, "reading %d examples", len(examples))
	acts := r.actSamples(examples)
	f := newFitter(acts.features, m.ActColumns(), o)
	f.run(acts, o, o.Epochs, o.Rate)
	f.keep(o.Features)
	f.trim(acts.list)
	f.run(acts, o, trimEpochs, o.Rate/4)
	m.Acts = f.table()

	modes := r.modeSamples(examples, m)
	g := newFitter(modes.features, most+1, o)
	g.runModes(modes, o)
	g.keep(o.Features / modeShare)
	m.Modes = g.table()
	return m
}

func logf(o EventOptions, format string, args ...any) {
	if o.Log != nil {
		fmt.Fprintf(o.Log, format+"\n", args...)
	}
}

// eventFeatures gives the features that enough examples have a number each.
type eventFeatures struct {
	number map[uint32]int32
	keys   []uint32
	words  []bool // by number: the feature names the candidate's own word
}

// sample is an example in numbers.
type sample struct {
	common     []int32
	candidates [][]int32
	gold       []bool // by candidate; all false where the label names none of them
	known      bool   // some candidate is gold
	category   int
	status     int
}

type samples struct {
	features *eventFeatures
	list     []sample
}

// rawFeature is a feature before it is counted.
type rawFeature struct {
	key  uint32
	word bool
}

// features collects what write emits, each once, in order of their keys.
func features(write func(classify.Emit)) []rawFeature {
	var out []rawFeature
	write(func(parts ...string) {
		named := len(parts[0]) >= 5 && parts[0][:5] == "lemma" || parts[0] == "at:lemma" || parts[0] == "outlook,lemma" || parts[0] == "above,lemma"
		out = append(out, rawFeature{classify.Key(parts...), named})
	})
	slices.SortFunc(out, func(a, b rawFeature) int { return cmp.Compare(a.key, b.key) })
	return slices.CompactFunc(out, func(a, b rawFeature) bool { return a.key == b.key })
}

// count numbers the features that at least leastSeen of the groups have.
func count(groups [][][]rawFeature) *eventFeatures {
	seen := map[uint32]int{}
	word := map[uint32]bool{}
	for _, lists := range groups {
		once := map[uint32]bool{}
		for _, list := range lists {
			for _, f := range list {
				if !once[f.key] {
					once[f.key] = true
					seen[f.key]++
					word[f.key] = f.word
				}
			}
		}
	}
	n := &eventFeatures{number: map[uint32]int32{}}
	for key, times := range seen {
		if times >= leastSeen {
			n.keys = append(n.keys, key)
		}
	}
	slices.Sort(n.keys)
	for i, key := range n.keys {
		n.number[key] = int32(i)
		n.words = append(n.words, word[key])
	}
	return n
}

// of returns the numbers of the features that have one.
func (n *eventFeatures) of(list []rawFeature) []int32 {
	var out []int32
	for _, f := range list {
		if i, ok := n.number[f.key]; ok {
			out = append(out, i)
		}
	}
	return out
}

// actSamples reads the examples for the categories and statuses.
func (r *EventReader) actSamples(examples []Example) samples {
	groups := make([][][]rawFeature, len(examples)) // of each: the common ones, then those of each candidate
	list := make([]sample, len(examples))
	for i := range examples {
		e, s := &examples[i], &list[i]
		reading := r.reader.Read(e.Query)
		groups[i] = [][]rawFeature{features(reading.Common)}
		for _, at := range reading.Candidates() {
			groups[i] = append(groups[i], features(func(emit classify.Emit) { reading.At(at, emit) }))
			gold := names(&e.Query.Tokens[at], e.Event.Lemma)
			s.gold = append(s.gold, gold)
			s.known = s.known || gold
		}
		s.category = slices.Index(corpus.Categories(), e.Event.Category)
		s.status = slices.Index(corpus.Statuses(), e.Event.Status)
	}
	n := count(groups)
	for i := range list {
		list[i].common = n.of(groups[i][0])
		for _, at := range groups[i][1:] {
			list[i].candidates = append(list[i].candidates, n.of(at))
		}
	}
	return samples{n, list}
}

// modeSamples reads the examples whose category has modes; the features of each
// stand in common, its mode in status.
func (r *EventReader) modeSamples(examples []Example, m *classify.Model) samples {
	var groups [][][]rawFeature
	var list []sample
	for i := range examples {
		e := &examples[i]
		modes := m.ModesOf[e.Event.Category]
		at := slices.IndexFunc(e.Query.Tokens, func(t nlp.Token) bool { return names(&t, e.Event.Lemma) })
		if len(modes) == 0 || at < 0 {
			continue
		}
		reading := r.reader.Read(e.Query)
		groups = append(groups, [][]rawFeature{features(func(emit classify.Emit) { reading.Mode(at, e.Event.Category, emit) })})
		list = append(list, sample{status: slices.Index(modes, e.Event.Mode) + 1, category: len(modes) + 1})
	}
	n := count(groups)
	for i := range list {
		list[i].common = n.of(groups[i][0])
	}
	return samples{n, list}
}

// fitter learns the weights of a linear model by stochastic gradient descent
// with a rate for each weight (AdaGrad; Duchi and others 2011).
type fitter struct {
	features *eventFeatures
	dropped  []bool // by feature
	columns  int
	weights  []float64 // by feature and column
	squares  []float64 // of the gradients so far
	chance   *rand.Rand
}

func newFitter(n *eventFeatures, columns int, o EventOptions) *fitter {
	size := len(n.keys) * columns
	return &fitter{
		features: n, dropped: make([]bool, len(n.keys)), columns: columns,
		weights: make([]float64, size), squares: make([]float64, size), chance: rand.New(rand.NewPCG(o.Seed, 1)),
	}
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
func (f *fitter) run(s samples, o EventOptions, epochs int, rate float64) {
	order := make([]int, len(s.list))
	for i := range order {
		order[i] = i
	}
	for epoch := range epochs {
		f.chance.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		loss := 0.0
		for _, i := range order {
			loss += f.learn(s.list[i], rate*(1-float64(epoch)/float64(epochs)))
		}
		logf(o, "epoch %d of %d: loss %.4f", epoch+1, epochs, loss/float64(max(1, len(order))))
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
		row := f.weights[feature*f.columns:][:f.columns]
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

// trim takes the features that were dropped out of samples.
func (f *fitter) trim(list []sample) {
	isDropped := func(feature int32) bool { return f.dropped[feature] }
	for i := range list {
		list[i].common = slices.DeleteFunc(list[i].common, isDropped)
		for k := range list[i].candidates {
			list[i].candidates[k] = slices.DeleteFunc(list[i].candidates[k], isDropped)
		}
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
		for k, w := range f.weights[i*f.columns:][:f.columns] {
			t.Scales[k] = max(t.Scales[k], float32(math.Abs(w)/most))
		}
	}
	for _, i := range kept {
		t.Keys = append(t.Keys, f.features.keys[i])
		for k, w := range f.weights[i*f.columns:][:f.columns] {
			t.Weights = append(t.Weights, int8(math.Round(w/max(float64(t.Scales[k]), 1e-30))))
		}
	}
	return t
}

// temperatures returns those, of categories and of statuses, at which examples
// set aside are likeliest.
func (r *EventReader) temperatures(m *classify.Model, aside []Example) (categories, statuses float64) {
	loss := func(value func(e *Example, v relation.Verdict) float64) float64 {
		c := classify.New(m, r.reader)
		total := 0.0
		for i := range aside {
			total -= math.Log(max(value(&aside[i], c.Classify(aside[i].Query)), 1e-9))
		}
		return total
	}
	best := func(set func(float64), value func(*Example, relation.Verdict) float64) float64 {
		at, least := 1.0, math.Inf(1)
		for t := 0.6; t < 4; t *= 1.15 {
			set(t)
			if l := loss(value); l < least {
				at, least = t, l
			}
		}
		set(at)
		return math.Round(at*1000) / 1000
	}
	categories = best(func(t float64) { m.Temperature = t }, func(e *Example, v relation.Verdict) float64 { return v.Categories[e.Event.Category] })
	statuses = best(func(t float64) { m.StatusTemperature = t }, func(e *Example, v relation.Verdict) float64 { return v.Statuses[graph.Status(e.Event.Status)] })
	return categories, statuses
}
