package train

import (
	"cmp"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"os"
	"slices"

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
	Members  int     // models whose mean is taken; 0 is 5
	Features int     // kept in the model; 0 is 50,000
	Seed     uint64
	Log      io.Writer
}

func (o EventOptions) withDefaults() EventOptions {
	o.Epochs = cmp.Or(o.Epochs, 12)
	o.Rate = cmp.Or(o.Rate, 0.2)
	o.Members = cmp.Or(o.Members, 5)
	o.Features = cmp.Or(o.Features, 50000)
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
	cases, err := ownCases()
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

// ownCases reads our own labelled sentences.
func ownCases() ([]corpus.Case, error) { return corpus.ReadFS(corpusdata.Files) }

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
	m.Trained = fmt.Sprintf("%d examples, sentences %08x, epochs %d, rate %g, models %d, features %d, seed %d",
		len(examples), sentencesSum(examples), o.Epochs, o.Rate, o.Members, o.Features, o.Seed)
	return m
}

// sentencesSum tells sets of labelled sentences apart.
func sentencesSum(examples []Example) uint32 {
	h := crc32.NewIEEE()
	for _, e := range examples {
		fmt.Fprintln(h, e.Case.Text, e.Case.Marks, e.Event)
	}
	return h.Sum32()
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
	f := newFitter(acts.features, m.ActColumns())
	for member := range o.Members {
		f.restart(o.Seed, member)
		f.run(acts, o)
	}
	f.keep(o.Features)
	m.Acts = f.table()

	modes := r.modeSamples(examples, m)
	g := newFitter(modes.features, most+1)
	g.restart(o.Seed, 0)
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

// temperatures returns those, of categories and of statuses, at which examples
// set aside are likeliest.
func (r *EventReader) temperatures(m *classify.Model, aside []Example) (categories, statuses float64) {
	c := classify.New(m, r.reader)
	loss := func(value func(*Example, relation.Verdict) float64) float64 {
		total := 0.0
		for i := range aside {
			total -= math.Log(max(value(&aside[i], c.Classify(aside[i].Query)), 1e-9))
		}
		return total
	}
	best := func(temperature *float64, value func(*Example, relation.Verdict) float64) {
		at, least := 1.0, math.Inf(1)
		for t := coolest; t < hottest; t *= warmer {
			*temperature = t
			if l := loss(value); l < least {
				at, least = t, l
			}
		}
		*temperature = math.Round(at*1000) / 1000
	}
	best(&m.Temperature, func(e *Example, v relation.Verdict) float64 { return v.Categories[e.Event.Category] })
	best(&m.StatusTemperature, func(e *Example, v relation.Verdict) float64 { return v.Statuses[graph.Status(e.Event.Status)] })
	return m.Temperature, m.StatusTemperature
}

// Temperatures that are tried.
const (
	coolest = 0.6
	hottest = 3.5
	warmer  = 1.15
)
