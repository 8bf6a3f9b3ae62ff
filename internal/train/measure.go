package train

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"entente/extract/nlp/neural"
	"entente/internal/conllu"
	"entente/internal/eval"
)

// Measures are a model's scores on a treebank, with the words as given there.
type Measures struct {
	Name string
	eval.ParseScore
}

// String gives the measures in per cent.
func (m Measures) String() string {
	p := func(r eval.PRF) float64 { return 100 * float64(r.F1) }
	return fmt.Sprintf("%s: UPOS %.2f XPOS %.2f Feats %.2f UAS %.2f LAS %.2f (%.2f with subtypes)",
		m.Name, p(m.UPOS), p(m.XPOS), p(m.Feats), p(m.UAS), p(m.LAS), p(m.LASFull))
}

// analyser is a model of either kind.
type analyser interface {
	Analyse(words []string) neural.Analysis
}

// Measure analyses a set. It uses two goroutines.
func Measure(model analyser, set Set) (Measures, error) {
	system := make([]conllu.Sentence, len(set.Sentences))
	var wg sync.WaitGroup
	for g := range goroutines {
		wg.Go(func() {
			for i := g; i < len(system); i += goroutines {
				system[i] = analysed(model, &set.Sentences[i])
			}
		})
	}
	wg.Wait()
	score, err := eval.Parse(set.Sentences, system)
	if err != nil {
		return Measures{}, fmt.Errorf("%s: %w", set.Name, err)
	}
	return Measures{set.Name, score}, nil
}

// analysed returns s as the model sees it.
func analysed(model analyser, s *conllu.Sentence) conllu.Sentence {
	words := make([]string, len(s.Words))
	for i, w := range s.Words {
		words[i] = w.Form
	}
	out := *s
	out.Words = slices.Clone(s.Words)
	for i, t := range model.Analyse(words) {
		w := &out.Words[i]
		w.Lemma, w.UPOS, w.XPOS, w.Feats, w.Head, w.Deprel = "_", t.UPOS, t.XPOS, t.Feats, t.Head, t.Deprel
	}
	return out
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

// String gives F1 in per cent, over all and by type.
func (m NameMeasures) String() string {
	var all NameCount
	var b strings.Builder
	for _, kind := range slices.Sorted(maps.Keys(m.Counts)) {
		c := m.Counts[kind]
		all.Right, all.Found, all.Gold = all.Right+c.Right, all.Found+c.Found, all.Gold+c.Gold
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
	for _, s := range set.sentences {
		found := make([]string, len(s.words))
		for i, t := range model.Analyse(s.words) {
			found[i] = t.Entity
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
