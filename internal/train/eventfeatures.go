package train

import (
	"cmp"
	"slices"

	"entente/extract/nlp"
	"entente/extract/relation/classify"
	"entente/internal/corpus"
)

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
func features(write func(*classify.Emit)) []rawFeature {
	var out []rawFeature
	write(classify.Each(func(parts []string) {
		named := len(parts[0]) >= 5 && parts[0][:5] == "lemma" || parts[0] == "at:lemma" || parts[0] == "role:lemma" || parts[0] == "role:lemma,T" || parts[0] == "outlook,lemma" || parts[0] == "above,lemma"
		out = append(out, rawFeature{classify.Key(parts...), named})
	}))
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
			groups[i] = append(groups[i], features(func(emit *classify.Emit) { reading.At(at, emit) }))
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
		groups = append(groups, [][]rawFeature{features(func(emit *classify.Emit) { reading.Mode(at, e.Event.Category, emit) })})
		list = append(list, sample{status: slices.Index(modes, e.Event.Mode) + 1, category: len(modes) + 1})
	}
	n := count(groups)
	for i := range list {
		list[i].common = n.of(groups[i][0])
	}
	return samples{n, list}
}
