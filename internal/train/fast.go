package train

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"time"

	"entente/extract/nlp/fast"
	"entente/extract/nlp/neural"
)

// FastOptions say how to train the fast model. The zero value of a field
// stands for its default.
type FastOptions struct {
	Epochs int       // times all sentences are seen; 14
	Seed   uint64    // of all chance; 1
	Rate   float64   // the highest rate of learning; 0.003
	Batch  int       // words in a step, about; 300
	Hidden int       // units each way of a layer; 112
	Layers int       // that read the sentence; 2
	Choice           // of data
	Log    io.Writer // where progress is written; nil for nowhere
}

func (o FastOptions) withDefaults() FastOptions {
	o.Epochs = cmp.Or(o.Epochs, 14)
	o.Seed = cmp.Or(o.Seed, 1)
	o.Rate = cmp.Or(o.Rate, 0.003)
	o.Batch = cmp.Or(o.Batch, 300)
	o.Hidden = cmp.Or(o.Hidden, 112)
	o.Layers = cmp.Or(o.Layers, 2)
	if o.Log == nil {
		o.Log = io.Discard
	}
	return o
}

// RunFast trains the fast model on the files of a directory, writes the model
// file after each epoch, and measures the last on the directory's test sets.
func RunFast(dir, out string, o FastOptions) error {
	data, err := Load(dir, o.Choice)
	if err != nil {
		return err
	}
	var file bytes.Buffer
	save := func(w *fast.Weights) error {
		file.Reset()
		if err := fast.Encode(&file, w); err != nil {
			return err
		}
		return os.WriteFile(out, file.Bytes(), 0o644)
	}
	if _, err := TrainFast(data, o, save); err != nil {
		return err
	}
	return measureAll(&file, data, o.withDefaults().Log)
}

// TrainFast returns the fast model's weights learnt from the data, in one
// goroutine. The development sets only show the progress. After each epoch,
// save is called with the weights so far.
func TrainFast(data *Data, o FastOptions, save func(*fast.Weights) error) (*fast.Weights, error) {
	o = o.withDefaults()
	rng := rand.New(rand.NewPCG(o.Seed, 0))
	spec := fastSpec(data, o)
	w, err := fast.NewWeights(spec)
	if err != nil {
		return nil, err
	}
	initialiseFast(w, rng)
	k, err := newFastWorker(w, wordCounts(spec.Words, data.Train))
	if err != nil {
		return nil, err
	}
	examples := encode(neural.NewIndex(&spec.Forms, spec.Buckets), &spec.Labels, data.Train)
	steps := len(fastBatches(examples, o.Batch, rng))
	fmt.Fprintf(o.Log, "%d sentences, %d words known, %d tags, %d features, %d relations, %v, %d steps an epoch\n",
		len(examples), len(spec.Words), len(spec.Tags), len(spec.Feats), len(spec.Relations), spec.Entities, steps)
	opt := newAdam(w.Tensors())
	start := time.Now()
	for epoch := range o.Epochs {
		if epoch > 0 {
			k.explore = explore
		}
		loss, words := 0.0, 0
		list := fastBatches(examples, o.Batch, rng)
		for _, batch := range list {
			n := lengths(batch)
			k.rng = rand.New(rand.NewPCG(o.Seed, uint64(opt.step)+1))
			k.run(batch, 1/float32(n))
			loss, words = loss+k.loss, words+n
			grad := k.grad.Tensors()
			opt.update(grad, touchedSlices(grad, k.touched[:]), o.Rate*rateAt(opt.step, steps*o.Epochs))
		}
		fmt.Fprintf(o.Log, "epoch %d: loss %.4f, %d words, %s", epoch+1, loss/float64(len(list)), words, time.Since(start).Round(time.Second))
		if err := progress(o.Log, fast.NewModel(w), data.Dev); err != nil {
			return nil, err
		}
		if err := save(w); err != nil {
			return nil, err
		}
	}
	return w, nil
}

// explore is the share of moves that the parser takes by its own choice while
// learning, so that it knows what to do after a mistake.
const explore = 0.9

// progress writes how a model does on sets.
func progress(log io.Writer, model analyser, sets []Set) error {
	for _, set := range sets {
		m, err := Measure(model, set)
		if err != nil {
			return err
		}
		fmt.Fprintf(log, "; %v", m)
	}
	fmt.Fprintln(log)
	return nil
}

func fastSpec(data *Data, o FastOptions) *fast.Spec {
	spec := &fast.Spec{
		Trained: fmt.Sprintf("%s; %d epochs, seed %d, rate %g, batch %d words", data.Sources(), o.Epochs, o.Seed, o.Rate, o.Batch),
		Widths:  wordWidths, Layers: o.Layers, Hidden: o.Hidden, Morph: 96, Syntax: 96, State: 96,
	}
	spec.Forms, spec.Labels = vocabulary(data.Train)
	spec.Bundles = bundles(&spec.Labels, data.Train)
	return spec
}

// bundles returns the numbers of the features seen with each tag, in order.
func bundles(labels *neural.Labels, sentences []sentence) [][]int {
	tags, feats := numbers(labels.Tags), numbers(labels.Feats)
	lists := make([][]int, len(labels.Tags))
	for _, s := range sentences {
		for _, w := range s.tree {
			tag, f := tags.of(w.UPOS+" "+w.XPOS), feats.of(w.Feats)
			if tag >= 0 && f >= 0 && !slices.Contains(lists[tag], f) {
				lists[tag] = append(lists[tag], f)
			}
		}
	}
	for i := range lists {
		slices.Sort(lists[i])
		if len(lists[i]) == 0 {
			lists[i] = []int{max(0, feats.of("_"))}
		}
	}
	return lists
}

// fastBatches cuts the examples into batches of about the given number of
// words, in an order by chance.
func fastBatches(examples []*example, words int, rng *rand.Rand) [][]*example {
	order := slices.DeleteFunc(slices.Clone(examples), func(e *example) bool { return len(e.cells) == 0 || len(e.cells) > maxWords })
	rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	var list [][]*example
	for len(order) > 0 {
		n, size := 1, len(order[0].cells)
		for n < len(order) && size+len(order[n].cells) <= words {
			size += len(order[n].cells)
			n++
		}
		list = append(list, order[:n])
		order = order[n:]
	}
	return list
}

func lengths(batch []*example) int {
	n := 0
	for _, e := range batch {
		n += len(e.cells)
	}
	return n
}

// initialiseFast sets the weights by chance.
func initialiseFast(w *fast.Weights, rng *rand.Rand) {
	for _, t := range w.Tensors() {
		limit := math.Sqrt(6 / float64(t.Rows+t.Cols)) // Glorot and Bengio 2010
		if t.Name == "first" || t.Name == "places" {
			limit = math.Sqrt(6 / float64(t.Rows+t.Rows)) // they are many matrices side by side
		}
		for i := range t.Data {
			switch t.Kind {
			case neural.KindTable:
				t.Data[i] = float32(rng.NormFloat64()) * 0.1
			case neural.KindMatrix:
				t.Data[i] = float32((2*rng.Float64() - 1) * limit)
			}
		}
	}
}
