// Package train makes the models of extract/nlp/neural and extract/nlp/fast from treebanks in
// CoNLL-U and sentences with marked names. Nothing in it but names_en.go is
// particular to a language.
//
// Equal data, options and kind of processor give equal bytes: all chance comes
// from the seed, and sums are taken in a fixed order.
package train

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"entente/extract/nlp/neural"
)

// goroutines is the number of batches in a step, each with a goroutine of its
// own. It is part of the result, so it does not follow the machine.
const goroutines = 2

// Options say how to train. The zero value of a field stands for its default.
type Options struct {
	Epochs int     // times all sentences are seen; 20
	Seed   uint64  // of all chance; 1
	Rate   float64 // the highest rate of learning; 0.002
	Batch  int     // words in one of the two batches of a step; 200
	Hidden int     // units each way of the encoder; 256
	Layers int     // of the encoder; 2
	Choice         // of data
	// From are weights to go on from, with their sizes and vocabularies; nil to
	// begin anew. Hidden and Layers are not looked at then.
	From *neural.Weights
	Log  io.Writer // where progress is written; nil for nowhere
}

func (o Options) withDefaults() Options {
	o.Epochs = cmp.Or(o.Epochs, 20)
	o.Seed = cmp.Or(o.Seed, 1)
	o.Rate = cmp.Or(o.Rate, 0.002)
	o.Batch = cmp.Or(o.Batch, 200)
	o.Hidden = cmp.Or(o.Hidden, 256)
	o.Layers = cmp.Or(o.Layers, 2)
	if o.Log == nil {
		o.Log = io.Discard
	}
	return o
}

// Train returns the weights learnt from the data. The development sets only
// show the progress: the weights are those after the last epoch. After each
// epoch, save is called with the weights so far.
func Train(data *Data, o Options, save func(*neural.Weights) error) (*neural.Weights, error) {
	o = o.withDefaults()
	rng := rand.New(rand.NewPCG(o.Seed, 0))
	w, err := begin(data, o, rng)
	if err != nil {
		return nil, err
	}
	spec := w.Spec
	counts := wordCounts(spec.Words, data.Train)
	turned := newTurned(w)
	workers := make([]*worker, goroutines)
	for i := range workers {
		if workers[i], err = newWorker(w, turned, counts); err != nil {
			return nil, err
		}
	}
	examples := encode(neural.NewIndex(&spec.Forms, spec.Buckets), &spec.Labels, data.Train)
	steps := (len(batches(examples, o.Batch, rng)) + goroutines - 1) / goroutines
	fmt.Fprintf(o.Log, "%d sentences, %d words known, %d tags, %d features, %d relations, %v, %d steps an epoch\n",
		len(examples), len(spec.Words), len(spec.Tags), len(spec.Feats), len(spec.Relations), spec.Entities, steps)
	opt := newAdam(w.Tensors())
	start := time.Now()
	for epoch := range o.Epochs {
		loss, words := 0.0, 0
		list := batches(examples, o.Batch, rng)
		for i := 0; i < len(list); i += goroutines {
			now := list[i:min(i+goroutines, len(list))]
			loss += step(workers, now, turned, rand.NewPCG(o.Seed, uint64(opt.step)+1))
			words += size(now)
			parts := touched(workers)
			gather(workers, parts)
			opt.update(workers[0].grad.Tensors(), parts, o.Rate*rateAt(opt.step, steps*o.Epochs))
		}
		fmt.Fprintf(o.Log, "epoch %d: loss %.4f, %d words, %s", epoch+1, loss/float64(len(list)/goroutines), words, time.Since(start).Round(time.Second))
		if err := progress(o.Log, neural.NewModel(w), data.Dev); err != nil {
			return nil, err
		}
		if err := save(w); err != nil {
			return nil, err
		}
	}
	return w, nil
}

// wordWidths are those of the parts of a word's vector in both models.
var wordWidths = neural.Widths{Word: 96, Suffix: 32, Prefix: 16, Shape: 16, Gram: 64, Buckets: 8192}

// touched returns what has a gradient in any of the workers.
func touched(workers []*worker) []slice {
	var sets [][]rowSet
	for _, k := range workers {
		sets = append(sets, k.touched[:])
	}
	return touchedSlices(workers[0].grad.Tensors(), sets...)
}

// begin returns the weights to begin with.
func begin(data *Data, o Options, rng *rand.Rand) (*neural.Weights, error) {
	settings := fmt.Sprintf("%s; %d epochs, seed %d, rate %g, batch 2x%d words", data.Sources(), o.Epochs, o.Seed, o.Rate, o.Batch)
	if o.From != nil {
		o.From.Spec.Trained += "; then " + settings
		return o.From, nil
	}
	spec := &neural.Spec{
		Trained: settings, Widths: wordWidths, Layers: o.Layers, Hidden: o.Hidden, Morph: 128, Name: 96, Arc: 128, Relation: 160,
	}
	spec.Forms, spec.Labels = vocabulary(data.Train)
	w, err := neural.NewWeights(spec)
	if err != nil {
		return nil, err
	}
	initialise(w, rng)
	return w, nil
}

// rateAt returns the share of the highest rate that step is taken with: it
// rises over the first 200 steps, or tenth if that is less, and then falls to
// 0 by half a cosine wave.
func rateAt(step, steps int) float64 {
	warm := max(1, min(200, steps/10))
	progress := min(1, float64(step)/float64(steps))
	return min(1, float64(step+1)/float64(warm)) * (0.5 + 0.5*math.Cos(math.Pi*progress))
}

// step computes the gradients of up to one batch for each worker and returns
// the mean loss of a word.
func step(workers []*worker, list [][]*example, turned *turned, seed *rand.PCG) float64 {
	turned.update(workers[0].w)
	scale := 1 / float32(size(list))
	var wg sync.WaitGroup
	for i, k := range workers {
		var batch []*example
		if i < len(list) {
			batch = list[i]
		}
		k.rng = rand.New(rand.NewPCG(seed.Uint64(), seed.Uint64()))
		wg.Go(func() { k.run(batch, scale) })
	}
	wg.Wait()
	loss := 0.0
	for _, k := range workers {
		loss += k.loss
	}
	return loss
}

func size(list [][]*example) int {
	n := 0
	for _, b := range list {
		n += len(b) * len(b[0].cells)
	}
	return n
}

// maxWords is the length from which on a sentence is not learnt from.
const maxWords = 160

// batches cuts the examples into batches of sentences of one length and about
// the given number of words, in an order by chance.
func batches(examples []*example, words int, rng *rand.Rand) [][]*example {
	order := slices.Clone(examples)
	rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	slices.SortStableFunc(order, func(a, b *example) int { return cmp.Compare(len(a.cells), len(b.cells)) })
	var list [][]*example
	for len(order) > 0 {
		length := len(order[0].cells)
		n := 1
		for n < len(order) && len(order[n].cells) == length && (n+1)*length <= words {
			n++
		}
		if 0 < length && length <= maxWords {
			list = append(list, order[:n])
		}
		order = order[n:]
	}
	rng.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list
}

// initialise sets the weights by chance.
func initialise(w *neural.Weights, rng *rand.Rand) {
	for _, t := range w.Tensors() {
		switch t.Kind {
		case neural.KindTable:
			for i := range t.Data {
				t.Data[i] = float32(rng.NormFloat64()) * 0.1
			}
		case neural.KindMatrix:
			limit := math.Sqrt(6 / float64(t.Rows+t.Cols)) // Glorot and Bengio 2010
			for i := range t.Data {
				t.Data[i] = float32((2*rng.Float64() - 1) * limit)
			}
		}
	}
	for i := range w.RootArc {
		w.RootArc[i] = float32(rng.NormFloat64()) * 0.1
	}
	for _, layer := range w.Layers {
		for _, lstm := range layer {
			forget := lstm.Input.Bias[w.Spec.Hidden:][:w.Spec.Hidden]
			for i := range forget {
				forget[i] = 1 // remember at first
			}
		}
	}
}
