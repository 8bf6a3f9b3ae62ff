package train

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"entente/extract/actor"
	"entente/extract/relation"
	"entente/extract/relation/classify"
	"entente/graph"
	"entente/internal/corpus"
	"entente/internal/eval"
	"entente/internal/train/articles"
)

// The detector of pairs is the classifier learnt on all pairs of actors of a
// sentence, of which most have nothing to do with one another.

const (
	// maxMarks bounds the actors of a labelled sentence that are paired.
	maxMarks = 7
	// Pairs are many and differ little, so that fewer rounds are enough.
	pairEpochs   = 8
	pairMembers  = 2
	pairFeatures = 60000
)

// RunPairs trains the detector on our own sentences and articles but for the fifth
// of the sentences that is set aside, writes it and reports how it does on that.
func RunPairs(path string, o EventOptions) error {
	if o.Epochs == 0 {
		o.Epochs = pairEpochs
	}
	o.Members, o.Features = pairMembers, pairFeatures
	r, err := NewEventReader()
	if err != nil {
		return err
	}
	training, held, err := r.OwnPairs()
	if err != nil {
		return err
	}
	m := r.LearnEvents(training, o)
	r.learnGate(m, training, o.withDefaults())
	if err := writeModel(path, m); err != nil {
		return err
	}
	return MeasurePairs(classify.NewPairs(m, r.reader), held).Write(o.Log)
}

// MeasurePairFile reports how a model file, or that of the program for "-", tells
// the pairs of the sentences set aside.
func MeasurePairFile(path string, w io.Writer) error {
	r, err := NewEventReader()
	if err != nil {
		return err
	}
	c, err := r.pairClassifier(path)
	if err != nil {
		return err
	}
	_, held, err := r.OwnPairs()
	if err != nil {
		return err
	}
	return MeasurePairs(c, held).Write(w)
}

func (r *EventReader) pairClassifier(path string) (*classify.Classifier, error) {
	if path == "-" {
		return classify.LoadPairs(r.lexicon, r.ontology)
	}
	m, err := readModel(path)
	if err != nil {
		return nil, err
	}
	return classify.NewPairs(m, r.reader), nil
}

// OwnPairs reads the pairs of our own sentences and articles: those to train on,
// and those of the sentences set aside.
func (r *EventReader) OwnPairs() (training, held []Example, err error) {
	cases, err := ownCases()
	if err != nil {
		return nil, nil, err
	}
	golds, err := eval.ReadGoldFS(articles.Files)
	if err != nil {
		return nil, nil, err
	}
	cases = slices.DeleteFunc(cases, func(c corpus.Case) bool {
		return strings.HasPrefix(c.File, "names") // their events are not labelled
	})
	for _, e := range r.Pairs(cases) {
		if corpus.HeldOut(e.Case) {
			held = append(held, e)
		} else {
			training = append(training, e)
		}
	}
	return append(training, r.articlePairs(golds)...), held, nil
}

// Pairs reads cases for the detector: every ordered pair of actors of a sentence
// is an example, of category NONE where no event stands between the two.
func (r *EventReader) Pairs(cases []corpus.Case) []Example {
	var out []Example
	for _, c := range cases {
		doc := r.engine.Analyse(c.Text)
		res := r.resolver.Resolve(doc, "")
		marks := actorMarks(c)
		for _, s := range marks {
			for _, t := range marks {
				events := between(c, s, t)
				if s == t || len(events) == 0 && mutual(between(c, t, s)) {
					continue // of mutual acts either order would be right
				}
				e := noEvent(c, r.reader.Ask(doc, &res, markSpan(c, s), markSpan(c, t)))
				e.Query.Candidates = relation.PairCandidates
				if len(events) > 0 {
					e.Event, e.Also = events[0], events[1:]
				}
				out = append(out, e)
			}
		}
	}
	return out
}

func noEvent(c corpus.Case, q relation.Query) Example {
	return Example{Case: c, Query: q, Event: corpus.Event{Category: graph.NoCategory, Status: string(graph.Asserted)}}
}

// actorMarks returns the numbers of the first marks that are no places.
func actorMarks(c corpus.Case) []int {
	var marks []int
	for i, m := range c.Marks {
		if m.Type != "place" && len(marks) < maxMarks {
			marks = append(marks, i+1)
		}
	}
	return marks
}

// between returns the events from one mark to another; bonds are none.
func between(c corpus.Case, s, t int) []corpus.Event {
	var out []corpus.Event
	for _, e := range c.Events {
		if e.Category != graph.NoCategory && slices.Contains(e.Sources, s) && slices.Contains(e.Targets, t) {
			out = append(out, e)
		}
	}
	return out
}

// mutual reports whether an event holds in both directions.
func mutual(events []corpus.Event) bool {
	return slices.ContainsFunc(events, func(e corpus.Event) bool {
		return e.Category == "CONSULT" || e.Category == "AGREE" || e.Category == "COOPERATE"
	})
}

// articlePairs reads annotated articles: every ordered pair of actors that a
// sentence names is an example, positive where the evidence of a relation between
// them stands in that sentence. Pairs with a relation elsewhere in the article are
// passed over, since an annotation gives one place of several.
func (r *EventReader) articlePairs(golds []*eval.Gold) []Example {
	var out []Example
	for n, g := range golds {
		doc := r.engine.Analyse(g.Article.Body)
		res := r.resolver.Resolve(doc, g.Article.Published)
		a := annotated{Gold: g, ids: annotatedActors(g, &res)}
		for i, s := range doc.Sentences {
			syntax := relation.NewSyntax(r.lexicon, s, res.Mentions[i])
			for _, p := range relation.Pairs(s, res.Mentions[i]) {
				events, ok := a.between(p, s.Span)
				if !ok {
					continue
				}
				e := noEvent(corpus.Case{File: g.Article.ID, Block: n, Text: g.Article.Body[s.Span.Start:s.Span.End]}, p.Query(syntax, &res))
				if len(events) > 0 {
					e.Event, e.Also = events[0], events[1:]
				}
				out = append(out, e)
			}
		}
	}
	return out
}

// annotated is an annotated article with the annotated actor of each resolved one.
type annotated struct {
	*eval.Gold
	ids map[graph.ActorID]string
}

// annotatedActors finds the annotated actors by their names.
func annotatedActors(g *eval.Gold, res *actor.Resolution) map[graph.ActorID]string {
	byName := map[string]string{}
	for _, a := range g.Actors {
		for _, n := range append([]string{a.Name}, a.Names...) {
			byName[plainName(n)] = a.ID
		}
	}
	out := map[graph.ActorID]string{}
	for _, a := range res.Actors() {
		for _, n := range append([]string{a.Name}, a.Mentions...) {
			if id := byName[plainName(n)]; id != "" && out[a.ID] == "" {
				out[a.ID] = id
			}
		}
	}
	return out
}

func plainName(s string) string {
	return strings.TrimSuffix(strings.TrimPrefix(graph.FoldWord(s), "the "), "'s")
}

// between returns the events that the sentence states from the pair's source to
// its target, each category that would be right; ok is false where the annotation
// does not say whether there is one.
func (a *annotated) between(p relation.Pair, sentence graph.Span) (events []corpus.Event, ok bool) {
	source, target := a.ids[p.Source.Actor], a.ids[p.Target.Actor]
	if source == target {
		return nil, false
	}
	elsewhere := false
	for _, rel := range a.Relations {
		forward := rel.Source == source && rel.Target == target
		if !forward && !(rel.Symmetric && rel.Source == target && rel.Target == source) {
			continue
		}
		at := strings.Index(a.Article.Body, rel.Evidence)
		if !forward || at < sentence.Start || at >= sentence.End || rel.Categories[0] == graph.NoCategory {
			elsewhere = true
			continue
		}
		for _, c := range rel.Categories {
			if c != graph.NoCategory {
				events = append(events, corpus.Event{Category: c, Status: string(rel.Status), Lemma: rel.Predicates[0]})
			}
		}
	}
	return events, len(events) > 0 || !elsewhere
}

// PairMeasure is how a detector tells pairs with an event from those without.
type PairMeasure struct {
	Pairs, Events int
	// Found counts, by the least probability in tenths, the pairs called events, those
	// that are, and those of them whose category is right.
	Found [10]struct{ Called, Right, Category int }
}

// MeasurePairs asks the detector about the examples.
func MeasurePairs(c *classify.Classifier, examples []Example) *PairMeasure {
	m := &PairMeasure{Pairs: len(examples)}
	for i := range examples {
		e := &examples[i]
		v := c.Classify(e.Query)
		category, _ := v.Best(false)
		event := e.Event.Category != graph.NoCategory
		right := event && e.accepts(func(x corpus.Event) bool { return x.Category == category })
		if event {
			m.Events++
		}
		for k := range m.Found {
			if 1-v.Categories[graph.NoCategory] < float64(k)/10 {
				break
			}
			f := &m.Found[k]
			f.Called++
			if event {
				f.Right++
			}
			if right {
				f.Category++
			}
		}
	}
	return m
}

// Write prints a line for each threshold.
func (m *PairMeasure) Write(w io.Writer) error {
	if w == nil {
		return nil
	}
	fmt.Fprintf(w, "%d pairs, %d with an event\nprobability  precision  recall  category right\n", m.Pairs, m.Events)
	for k := len(m.Found) - 1; k > 0; k-- {
		f := m.Found[k]
		if _, err := fmt.Fprintf(w, "at least 0.%d  %.3f      %.3f   %.3f\n", k, rate(f.Right, f.Called), rate(f.Right, m.Events), rate(f.Category, f.Right)); err != nil {
			return err
		}
	}
	return nil
}

func rate(part, all int) float64 { return float64(part) / float64(max(1, all)) }
