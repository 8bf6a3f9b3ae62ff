package train

import (
	"bytes"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"entente/extract/relation/classify"
	"entente/internal/corpus"
	"entente/internal/eval"
)

var eventReader = sync.OnceValues(NewEventReader)

// toyCorpus has two acts in a few guises each.
const toyCorpus = `ASSAULT:aerial:asserted:bomb:1>2 ;; {state|Peru} bombed {state|Bolivia}.
ASSAULT:aerial:asserted:bomb:1>2 ;; {state|Chile} bombed two towns of {state|Peru} at dawn.
ASSAULT:aerial:negated:bomb:1>2 ;; {state|Chad} did not bomb {state|Niger}.
CONSULT:visit:asserted:visit:1>2 ;; {person|Ada Lima} visited {state|Peru} on Monday.
CONSULT:visit:asserted:visit:1>2 ;; The envoy of {state|Chile} visited {state|Bolivia}.
CONSULT:visit:asserted:visit:1>2 ;; {state|Niger}'s president visited {state|Chad}.
NONE ;; {state|Norway} beat {state|Sweden} by a goal in the final.
NONE ;; {state|Kenya} drew with {state|Ghana} in the cup.
`

func toyExamples(t *testing.T) (*EventReader, []Example) {
	t.Helper()
	r, err := eventReader()
	if err != nil {
		t.Fatal(err)
	}
	cases, err := corpus.Read(strings.NewReader(toyCorpus), "toy.txt")
	if err != nil {
		t.Fatal(err)
	}
	for i := range cases {
		cases[i].Block = i // some go into the part that calibrates
	}
	return r, r.Examples(cases)
}

// TestLearnEvents: what is learnt is learnt again, to the byte, and tells the
// toy's acts apart.
func TestLearnEvents(t *testing.T) {
	r, examples := toyExamples(t)
	o := EventOptions{Epochs: 8, Members: 2, Seed: 1}
	var first, second, other bytes.Buffer
	m := r.LearnEvents(examples, o)
	for _, x := range []struct {
		to *bytes.Buffer
		m  *classify.Model
	}{{&first, m}, {&second, r.LearnEvents(examples, o)}, {&other, r.LearnEvents(examples, EventOptions{Epochs: 8, Members: 2, Seed: 2})}} {
		if err := classify.Encode(x.to, x.m); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("the same examples and options give another model")
	}
	if bytes.Equal(first.Bytes(), other.Bytes()) {
		t.Error("another seed gives the same model")
	}
	c, err := r.Classifier(m)
	if err != nil {
		t.Fatal(err)
	}
	measure := r.MeasureEvents(c, examples)
	if measure.Event.Right != len(examples) || len(measure.Wrong) > 0 {
		t.Errorf("of the examples learnt from, %d of %d are told from no event, and these are wrong: %v", measure.Event.Right, len(examples), measure.Wrong)
	}
	if small := r.LearnEvents(examples, EventOptions{Epochs: 2, Members: 1, Features: 30}); len(small.Acts.Keys) != 30 {
		t.Errorf("%d features are kept, want 30", len(small.Acts.Keys))
	}
}

// TestEventGradients: the gradients are the differences of the loss.
func TestEventGradients(t *testing.T) {
	features := &eventFeatures{keys: make([]uint32, 12), words: make([]bool, 12)}
	f := newFitter(features, len(corpus.Categories())+1+len(corpus.Statuses()))
	f.restart(1, 0)
	chance := rand.New(rand.NewPCG(1, 1))
	for i := range f.weights {
		f.weights[i] = chance.NormFloat64()
	}
	for _, s := range []sample{
		{common: []int32{0, 1}, candidates: [][]int32{{2, 3}, {4, 5}, {6}}, gold: []bool{false, true, true}, known: true, category: 3, status: 1},
		{common: []int32{0}, candidates: [][]int32{{2, 7}, {8, 9, 10}}, gold: []bool{false, false}, category: 16, status: 0},
	} {
		gradients, _ := f.gradients(s, s.candidates)
		for i, list := range s.candidates {
			feature := int(list[0]) // of this candidate alone
			for k := range f.columns {
				at := feature*f.columns + k
				const h = 1e-5
				was := f.weights[at]
				f.weights[at] = was + h
				_, up := f.gradients(s, s.candidates)
				f.weights[at] = was - h
				_, down := f.gradients(s, s.candidates)
				f.weights[at] = was
				want := (up - down) / (2 * h)
				// The status is learnt given the candidate: its loss does not move the
				// categories, so that only what each part moves is compared.
				if got := gradients[i][k] * classify.Share(len(list)); k > len(corpus.Categories()) && math.Abs(got-want) > 1e-6 {
					t.Errorf("candidate %d, column %d: %g, and by differences %g", i, k, got, want)
				}
			}
		}
		checkCategoryGradients(t, f, s, gradients)
	}
}

// checkCategoryGradients compares the gradients of categories and places with
// differences of the loss of the categories alone.
func checkCategoryGradients(t *testing.T, f *fitter, s sample, gradients [][]float64) {
	t.Helper()
	loss := func() float64 {
		scores := make([][]float64, len(s.candidates))
		for i, list := range s.candidates {
			scores[i] = make([]float64, f.columns)
			f.sum(s.common, scores[i])
			f.sum(list, scores[i])
		}
		right := 0.0
		for i, row := range jointly(scores, len(corpus.Categories())) {
			if !s.known || s.gold[i] {
				right += row[s.category]
			}
		}
		return -math.Log(right)
	}
	for i, list := range s.candidates {
		for k := range len(corpus.Categories()) + 1 {
			at := int(list[0])*f.columns + k
			const h = 1e-5
			was := f.weights[at]
			f.weights[at] = was + h
			up := loss()
			f.weights[at] = was - h
			down := loss()
			f.weights[at] = was
			if got, want := gradients[i][k]*classify.Share(len(list)), (up-down)/(2*h); math.Abs(got-want) > 1e-6 {
				t.Errorf("candidate %d, column %d: %g, and by differences %g", i, k, got, want)
			}
		}
	}
}

// TestShippedClassifier: the classifier in the program is as good as
// docs/evaluation.md says, with some points to spare, on sentences that it was not
// trained on.
func TestShippedClassifier(t *testing.T) {
	if testing.Short() {
		t.Skip("parses some thousands of sentences")
	}
	r, err := eventReader()
	if err != nil {
		t.Fatal(err)
	}
	c, err := r.Classifier(nil)
	if err != nil {
		t.Fatal(err)
	}
	cases, err := ownCases()
	if err != nil {
		t.Fatal(err)
	}
	held := r.Examples(slices.DeleteFunc(cases, func(c corpus.Case) bool { return !corpus.HeldOut(c) }))
	m := r.MeasureEvents(c, held)
	for _, x := range []struct {
		name       string
		got, least float64
	}{
		{"macro F1", MacroF1(m.Confusion), 0.74},
		{"macro F1 with the predicate given", MacroF1(m.Given), 0.80},
		{"status", m.Status.Rate(), 0.87},
		{"event or none", m.Event.Rate(), 0.92},
		{"over the lexicon alone", MacroF1(m.Confusion) - MacroF1(m.Frames), 0.10},
	} {
		if x.got < x.least {
			t.Errorf("%s: %.3f, want at least %.3f", x.name, x.got, x.least)
		}
	}
	for _, bin := range m.Bins {
		if mean := bin.Sum / float64(max(1, bin.All)); bin.All >= 50 && math.Abs(mean-bin.Rate()) > 0.15 {
			t.Errorf("of %d answers given %.2f on the average, %.2f are right", bin.All, mean, bin.Rate())
		}
	}
}

func TestEventMeasure(t *testing.T) {
	// Of two ASSAULT one is named COERCE; of one COERCE, one.
	table := make([][]int, len(corpus.Categories())-1)
	for i := range table {
		table[i] = make([]int, len(table))
	}
	assault, coerce := slices.Index(corpus.Categories(), "ASSAULT"), slices.Index(corpus.Categories(), "COERCE")
	table[assault][assault], table[assault][coerce], table[coerce][coerce] = 1, 1, 1
	got := ByCategory(table)[assault]
	if want := (Class{"ASSAULT", 2, 1, 1, 0.5, 2. / 3}); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got, want := MacroF1(table), (2./3+2./3)/16; math.Abs(got-want) > 1e-12 {
		t.Errorf("macro F1 %g, want %g", got, want)
	}
	if got := Accuracy(table); math.Abs(got-2./3) > 1e-12 {
		t.Errorf("accuracy %g", got)
	}
}

// TestShippedPairs: the detector of the program tells most pairs of the sentences
// set aside.
func TestShippedPairs(t *testing.T) {
	r, err := eventReader()
	if err != nil {
		t.Fatal(err)
	}
	c, err := r.pairClassifier("-")
	if err != nil {
		t.Fatal(err)
	}
	cases, err := ownCases()
	if err != nil {
		t.Fatal(err)
	}
	cases = slices.DeleteFunc(cases, func(c corpus.Case) bool { return strings.HasPrefix(c.File, "names") || !corpus.HeldOut(c) })
	m := MeasurePairs(c, r.Pairs(cases))
	half := m.Found[5]
	if p, q := rate(half.Right, half.Called), rate(half.Right, m.Events); p < 0.70 || q < 0.62 {
		t.Errorf("precision %.3f, want 0.70; recall %.3f, want 0.62", p, q)
	}
	if m.Pairs < 5000 || m.Events < 1000 {
		t.Errorf("%d pairs, %d events: too few to say anything", m.Pairs, m.Events)
	}
}

// TestArticlePairs: a pair is positive where its evidence stands, passed over where
// the relation stands elsewhere, and negative where there is none.
func TestArticlePairs(t *testing.T) {
	r, err := eventReader()
	if err != nil {
		t.Fatal(err)
	}
	golds, err := eval.ReadGoldFS(fstest.MapFS{"a.json": {Data: []byte(`{"id":"a","published":"2024-04-04","title":"",
		"text":"Peru accused Chile of theft. Peru told Chile to pay, and Bolivia watched Peru.",
		"actors":[{"id":"p","name":"Peru","type":"state","country":"PER","names":["Peru"],"core":true},
			{"id":"c","name":"Chile","type":"state","country":"CHL","names":["Chile"],"core":true},
			{"id":"b","name":"Bolivia","type":"state","country":"BOL","names":["Bolivia"],"core":true}],
		"relations":[{"id":"r","source":"p","target":"c","predicates":["accuse"],"plover":["ACCUSE"],"status":"asserted",
			"attributed_to":null,"symmetric":false,"core":true,"evidence":"accused Chile of theft"}]}`)}})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]int{}
	for _, e := range r.articlePairs(golds) {
		got[words(e.Query, e.Query.Source)+">"+words(e.Query, e.Query.Target)+" "+e.Event.Category]++
	}
	want := map[string]int{"Peru>Chile ACCUSE": 1, "Chile>Peru NONE": 2, "Peru>Bolivia NONE": 1, "Bolivia>Peru NONE": 1, "Bolivia>Chile NONE": 1, "Chile>Bolivia NONE": 1}
	if !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// TestShippedGate: the gate of the program stops many pairs, and few of those that the
// detector would give a chance.
func TestShippedGate(t *testing.T) {
	r, err := eventReader()
	if err != nil {
		t.Fatal(err)
	}
	model, err := readModel("../../extract/relation/classify/pairs.bin")
	if err != nil {
		t.Fatal(err)
	}
	open := *model
	open.Gate, open.GateAt = classify.Table{}, 0
	gated, free := classify.NewPairs(model, r.reader), classify.NewPairs(&open, r.reader)
	cases, err := ownCases()
	if err != nil {
		t.Fatal(err)
	}
	cases = slices.DeleteFunc(cases, func(c corpus.Case) bool { return strings.HasPrefix(c.File, "names") || !corpus.HeldOut(c) })
	stopped, likely, lost := 0, 0, 0
	pairs := r.Pairs(cases[:min(len(cases), 400)])
	for _, e := range pairs {
		shut := gated.GateSum(e.Query) < model.GateAt
		if shut {
			stopped++
		}
		v := free.Classify(e.Query)
		if 1-v.Categories["NONE"] >= chance {
			if likely++; shut {
				lost++
			}
		}
		if w := gated.Classify(e.Query); shut && w.Predicate != -1 {
			t.Fatalf("a pair that the gate stops has predicate %d", w.Predicate)
		}
	}
	if rate(stopped, len(pairs)) < 0.4 || rate(lost, likely) > 0.15 {
		t.Errorf("%d of %d pairs stopped, want two fifths; %d of %d likely ones lost, want 15 %% at most", stopped, len(pairs), lost, likely)
	}
}
