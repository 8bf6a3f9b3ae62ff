package train

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"entente/extract/nlp"
	"entente/extract/nlp/lemma"
	"entente/extract/nlp/neural"
	"entente/internal/conllu"
	"entente/internal/eval"
)

// Measures are a model's scores on a treebank, with the words as given there.
type Measures struct {
	Name string
	eval.ParseScore
	GivenLemmas float64 // share of lemmas that are right with the tags given there too
}

// String gives the measures in per cent.
func (m Measures) String() string {
	p := func(r eval.PRF) float64 { return 100 * float64(r.F1) }
	return fmt.Sprintf("%s: UPOS %.2f XPOS %.2f Feats %.2f Lemmas %.2f (%.2f with the tags given) UAS %.2f LAS %.2f (%.2f with subtypes)",
		m.Name, p(m.UPOS), p(m.XPOS), p(m.Feats), p(m.Lemmas), 100*m.GivenLemmas, p(m.UAS), p(m.LAS), p(m.LASFull))
}

// analyser is a model of either kind.
type analyser interface {
	Analyse(document []neural.Sentence) []neural.Analysis
}

// Measure analyses a set, with the lemmas that are part of the program. It uses
// two goroutines.
func Measure(model analyser, set Set) (Measures, error) {
	lemmas, err := nlp.LoadLemmas()
	if err != nil {
		return Measures{}, err
	}
	system := make([]conllu.Sentence, len(set.Sentences))
	var wg sync.WaitGroup
	half := (len(system) + goroutines - 1) / goroutines
	for start := 0; start < len(system); start += half {
		end := min(start+half, len(system))
		wg.Go(func() { analyse(model, lemmas, set.Sentences[start:end], system[start:end]) })
	}
	wg.Wait()
	score, err := eval.Parse(set.Sentences, system)
	if err != nil {
		return Measures{}, fmt.Errorf("%s: %w", set.Name, err)
	}
	return Measures{set.Name, score, givenLemmas(lemmas, set.Sentences)}, nil
}

// givenLemmas returns the share of lemmas that are right with the treebank's
// own tags. A word without a lemma there counts as right, as in eval.Parse.
func givenLemmas(lemmas *lemma.Lemmatiser, sentences []conllu.Sentence) float64 {
	right, all := 0, 0
	for _, s := range sentences {
		for _, w := range s.Words {
			all++
			if w.Lemma == "_" || lemmas.Lemma(w.Form, w.UPOS, w.XPOS) == w.Lemma {
				right++
			}
		}
	}
	return float64(right) / float64(max(1, all))
}

// analyse writes the sentences as the model sees them.
func analyse(model analyser, lemmas *lemma.Lemmatiser, gold, system []conllu.Sentence) {
	document := make([]neural.Sentence, len(gold))
	for i, s := range gold {
		for _, w := range s.Words {
			document[i].Words = append(document[i].Words, w.Form)
		}
	}
	for i, analysis := range model.Analyse(document) {
		system[i] = gold[i]
		system[i].Words = slices.Clone(gold[i].Words)
		for k, t := range analysis {
			w := &system[i].Words[k]
			w.Lemma = lemmas.Lemma(w.Form, t.UPOS, t.XPOS)
			w.UPOS, w.XPOS, w.Feats, w.Head, w.Deprel = t.UPOS, t.XPOS, t.Feats, t.Head, t.Deprel
		}
	}
}

// NameMeasures count the names found, exact in span and type. A name that
// touches a word of which it is not known whether it is one is not counted.
type NameMeasures struct {
	Name   string
	Counts map[string]*NameCount // by type
}

// NameCount are the names of one type.
type NameCount struct{ Right, Found, Gold int }

// F1 is the harmonic mean of precision and recall.
func (c NameCount) F1() float64 { return 2 * float64(c.Right) / float64(max(1, c.Found+c.Gold)) }

// All counts the names of all types together.
func (m NameMeasures) All() NameCount {
	var all NameCount
	for _, c := range m.Counts {
		all.Right, all.Found, all.Gold = all.Right+c.Right, all.Found+c.Found, all.Gold+c.Gold
	}
	return all
}

// String gives F1 in per cent, over all and by type.
func (m NameMeasures) String() string {
	all := m.All()
	var b strings.Builder
	for _, kind := range slices.Sorted(maps.Keys(m.Counts)) {
		c := m.Counts[kind]
		fmt.Fprintf(&b, " %s %.1f (%d/%d/%d)", kind, 100*c.F1(), c.Right, c.Found, c.Gold)
	}
	return fmt.Sprintf("%s: F1 %.1f (right/found/gold %d/%d/%d);%s", m.Name, 100*all.F1(), all.Right, all.Found, all.Gold, b.String())
}

// MeasureNames looks for the names of a set. Types that the set does not mark
// are left out.
func MeasureNames(model analyser, set NameSet) NameMeasures {
	counts := map[string]*NameCount{}
	for _, s := range set.sentences {
		for _, n := range spans(s.names) {
			if counts[n.kind] == nil {
				counts[n.kind] = &NameCount{}
			}
			counts[n.kind].Gold++
		}
	}
	var document []neural.Sentence
	var answers []neural.Analysis
	for i, s := range set.sentences {
		document = append(document, neural.Sentence{Words: s.words, Hints: s.hints})
		if i+1 == len(set.sentences) || set.sentences[i+1].opens {
			answers = append(answers, model.Analyse(document)...)
			document = document[:0]
		}
	}
	for i, s := range set.sentences {
		found := make([]string, len(s.words))
		for k, t := range answers[i] {
			found[k] = t.Entity
		}
		gold := spans(s.names)
		for _, n := range spans(found) {
			c := counts[n.kind]
			if c == nil || slices.Contains(s.names[n.start:n.end], "") {
				continue
			}
			c.Found++
			if slices.Contains(gold, n) {
				c.Right++
			}
		}
	}
	return NameMeasures{set.Name, counts}
}

// spans returns the names among labels.
func spans(names []string) []mention {
	var all []mention
	for i, n := range names {
		switch {
		case strings.HasPrefix(n, "B-"):
			all = append(all, mention{i, i + 1, n[2:]})
		case strings.HasPrefix(n, "I-") && len(all) > 0 && all[len(all)-1].end == i:
			all[len(all)-1].end++
		}
	}
	return all
}
