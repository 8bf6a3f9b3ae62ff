package train

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"

	"entente/extract/relation"
	"entente/extract/relation/classify"
	"entente/graph"
	"entente/internal/eval"
	"entente/internal/train/articles"
)

// The model of openings learns from annotated articles who fills the acts of which a
// sentence names one party alone.

const (
	openingEpochs   = 12
	openingMembers  = 5
	openingRate     = 0.1
	openingShrink   = 1e-4 // of the weights, each step
	openingFeatures = 6000 // kept
	// Every so manieth article is set aside to measure on.
	openingHeld = 5
)

// OpeningExample is an act with one party, and who the annotation says the other is.
type OpeningExample struct {
	Article string
	Opening *relation.Opening
	Right   []int // candidates; nobody if empty
	Text    string
}

// RunOpenings trains the model of openings on our own articles, reports how one that
// has not seen every fifth of them does on those, and writes one that has seen all.
func RunOpenings(path string, o EventOptions) error {
	r, err := NewEventReader()
	if err != nil {
		return err
	}
	golds, err := eval.ReadGoldFS(articles.Files)
	if err != nil {
		return err
	}
	all, err := r.Openings(golds)
	if err != nil {
		return err
	}
	held := map[string]bool{}
	for i, g := range golds {
		held[g.Article.ID] = i%openingHeld == 0
	}
	var training, rest []OpeningExample
	for _, e := range all {
		if held[e.Article] {
			rest = append(rest, e)
		} else {
			training = append(training, e)
		}
	}
	if err := MeasureOpenings(LearnOpenings(training, o), rest).Write(o.Log); err != nil {
		return err
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	comment := fmt.Sprintf("# Who fills an act whose other party a sentence leaves open: weights by feature (extract/relation/opening.go).\n"+
		"# Written by entente-train -openings from %d examples in %d articles of our own; do not edit.\n", len(all), len(golds))
	if err := LearnOpenings(all, o).Write(f, comment); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

// Openings reads the openings of annotated articles. One is left out where the annotation
// has a relation for it with somebody who is no candidate.
func (r *EventReader) Openings(golds []*eval.Gold) ([]OpeningExample, error) {
	pairs, err := classify.LoadPairs(r.lexicon, r.ontology)
	if err != nil {
		return nil, err
	}
	var out []OpeningExample
	for _, g := range golds {
		doc := r.engine.Analyse(g.Article.Body)
		res := r.resolver.Resolve(doc, g.Article.Published)
		a := annotated{Gold: g, ids: annotatedActors(g, &res)}
		var found listener
		relation.NewCoder(r.lexicon, r.ontology, pairs, &found).Code(&g.Article, doc, &res)
		for _, o := range found {
			span := doc.Sentences[o.Sentence].Span
			if right, ok := a.fills(o, span); ok {
				out = append(out, OpeningExample{g.Article.ID, o, right, g.Article.Body[span.Start:span.End]})
			}
		}
	}
	return out, nil
}

// listener keeps the openings it is asked about and fills none.
type listener []*relation.Opening

// Choose implements relation.Chooser.
func (l *listener) Choose(o *relation.Opening) (int, float64) {
	*l = append(*l, o)
	return -1, 1
}

// fills returns the candidates that the annotation has for an opening; ok is false where
// it has somebody else, or says of a candidate only something of another word.
func (a *annotated) fills(o *relation.Opening, sentence graph.Span) (right []int, ok bool) {
	ok = true
	for _, rel := range a.Relations {
		at := strings.Index(a.Article.Body, rel.Evidence)
		if at < sentence.Start || at >= sentence.End {
			continue
		}
		fits := strings.Contains(rel.Evidence, o.Word) || slices.ContainsFunc(rel.Predicates, func(p string) bool { return firstWord(p) == firstWord(o.Predicate) })
		for _, ends := range [][2]string{{rel.Source, rel.Target}, {rel.Target, rel.Source}} {
			known, open := ends[0], ends[1]
			if o.Source {
				known, open = open, known
			}
			if ends[0] != rel.Source && !rel.Symmetric || !slices.ContainsFunc(o.Given, func(id graph.ActorID) bool { return a.ids[id] == known }) {
				continue
			}
			there := false
			for k, c := range o.Candidates {
				if a.ids[c.Actor] != open {
					continue
				}
				there = true
				if fits && !slices.Contains(right, k) {
					right = append(right, k)
				}
			}
			ok = ok && there == fits
		}
	}
	return right, ok || len(right) > 0
}

func firstWord(lemma string) string {
	first, _, _ := strings.Cut(strings.ReplaceAll(lemma, " ", "_"), "_")
	return first
}

// LearnOpenings fits the model by stochastic gradient descent with a rate for each
// weight, as the classifier's (fitter), and takes the mean of several. Seed 0 is as good
// as any.
func LearnOpenings(examples []OpeningExample, o EventOptions) *classify.Openings {
	sums := map[string]float64{}
	for member := range openingMembers {
		l := &openingLearner{map[string]float64{}, map[string]float64{}}
		chance := rand.New(rand.NewPCG(o.Seed, uint64(member)))
		for epoch := range openingEpochs {
			rate := openingRate * (1 - float64(epoch)/openingEpochs)
			for _, i := range chance.Perm(len(examples)) {
				l.learn(examples[i], rate)
			}
		}
		for f, w := range l.weights {
			sums[f] += w / openingMembers
		}
	}
	names := make([]string, 0, len(sums))
	for f := range sums {
		names = append(names, f)
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(math.Abs(sums[b]), math.Abs(sums[a])), cmp.Compare(a, b))
	})
	weights := map[string]float32{}
	for _, f := range names[:min(len(names), openingFeatures)] {
		if w := math.Round(sums[f]*1000) / 1000; w != 0 {
			weights[f] = float32(w)
		}
	}
	return classify.NewOpenings(weights)
}

type openingLearner struct {
	weights, squares map[string]float64
}

// learn takes a step against the gradient of minus the logarithm of the probability that
// somebody right is chosen.
func (l *openingLearner) learn(e OpeningExample, rate float64) {
	lists := make([][]string, 0, len(e.Opening.Candidates)+1)
	for _, c := range e.Opening.Candidates {
		lists = append(lists, c.Features)
	}
	lists = append(lists, e.Opening.Nobody)
	right := e.Right
	if len(right) == 0 {
		right = []int{len(lists) - 1}
	}
	p := make([]float64, len(lists))
	for i, list := range lists {
		for _, f := range list {
			p[i] += l.weights[f]
		}
		p[i] *= classify.Share(len(list))
	}
	softmax(p)
	sum := 1e-9
	for _, i := range right {
		sum += p[i]
	}
	for i, list := range lists {
		gradient := p[i]
		if slices.Contains(right, i) {
			gradient -= p[i] / sum
		}
		gradient *= classify.Share(len(list))
		for _, f := range list {
			g := gradient + openingShrink*l.weights[f]
			l.squares[f] += g * g
			l.weights[f] -= rate * g / (smooth + math.Sqrt(l.squares[f]))
		}
	}
}

// OpeningMeasure is how the model fills openings.
type OpeningMeasure struct {
	Openings, Filled int
	// Found counts, by the least probability in tenths, those it fills and those filled
	// rightly.
	Found [10]struct{ Called, Right int }
}

// MeasureOpenings asks the model about the examples.
func MeasureOpenings(m *classify.Openings, examples []OpeningExample) *OpeningMeasure {
	out := &OpeningMeasure{Openings: len(examples)}
	for _, e := range examples {
		if len(e.Right) > 0 {
			out.Filled++
		}
		k, p := m.Choose(e.Opening)
		for t := range out.Found {
			if k < 0 || p < float64(t)/10 {
				break
			}
			out.Found[t].Called++
			if slices.Contains(e.Right, k) {
				out.Found[t].Right++
			}
		}
	}
	return out
}

// Write prints a line for each threshold.
func (m *OpeningMeasure) Write(w io.Writer) error {
	if w == nil {
		return nil
	}
	fmt.Fprintf(w, "%d openings, %d with somebody to fill them\nprobability  filled  precision  recall\n", m.Openings, m.Filled)
	for t := len(m.Found) - 1; t > 0; t-- {
		f := m.Found[t]
		if _, err := fmt.Fprintf(w, "at least 0.%d  %5d  %.3f      %.3f\n", t, f.Called, rate(f.Right, f.Called), rate(f.Right, m.Filled)); err != nil {
			return err
		}
	}
	return nil
}
