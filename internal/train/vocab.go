package train

import (
	"cmp"
	"slices"
	"strings"

	"entente/extract/nlp/gazetteer"
	"entente/extract/nlp/neural"
	"entente/internal/conllu"
)

// sentence is what one learns from: words, perhaps with a tree, perhaps with
// names.
type sentence struct {
	words []string
	tree  []conllu.Word // nil if there is none
	names []string      // "O", "B-T", "I-T", or "" where it is not known; nil if none are marked
	opens bool          // it is the first of a document
	hints []uint32
}

// counter counts strings.
type counter map[string]int

// list returns what was counted at least so often, the most frequent first.
func (c counter) list(least int) []string {
	var out []string
	for s, n := range c {
		if n >= least && s != "" {
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(a, b string) int { return cmp.Or(cmp.Compare(c[b], c[a]), cmp.Compare(a, b)) })
	return out
}

// vocabulary returns what is known of words and which labels there are in the
// sentences.
func vocabulary(sentences []sentence) (forms neural.Forms, labels neural.Labels) {
	words, suffixes, prefixes, shapes := counter{}, counter{}, counter{}, counter{}
	tags, feats, relations, types := counter{}, counter{}, counter{}, counter{}
	for _, s := range sentences {
		for _, w := range s.words {
			key := neural.Key(w)
			prefix, suffix := neural.Affixes(key)
			words[key]++
			suffixes[suffix]++
			prefixes[prefix]++
			shapes[neural.Shape(w)]++
		}
		for _, w := range s.tree {
			tags[w.UPOS+" "+w.XPOS]++
			feats[w.Feats]++
			if w.Deprel != "root" {
				relations[w.Deprel]++
			}
		}
		for _, name := range s.names {
			if len(name) > 2 && name[:2] == "B-" {
				types[name[2:]]++
			}
		}
	}
	list := func(c counter, least int) []string { return append([]string{""}, c.list(least)...) }
	forms = neural.Forms{Words: list(words, 2), Suffixes: list(suffixes, 2), Prefixes: list(prefixes, 2), Shapes: list(shapes, 3)}
	labels = neural.Labels{
		Tags: tags.list(2), Feats: feats.list(2), Relations: append([]string{"root"}, relations.list(2)...), Hints: gazetteer.Hints,
	}
	if len(types) > 0 {
		labels.Entities = []string{"O"}
		names := types.list(1)
		slices.Sort(names)
		for _, t := range names {
			labels.Entities = append(labels.Entities, "B-"+t, "I-"+t)
		}
	}
	return forms, labels
}

// wordCounts returns how often each of the words is in the sentences.
func wordCounts(words []string, sentences []sentence) []int {
	counts := make([]int, len(words))
	known := numbers(words)
	for _, s := range sentences {
		for _, w := range s.words {
			if i := known.of(neural.Key(w)); i >= 0 {
				counts[i]++
			}
		}
	}
	return counts
}

// encode turns sentences into numbers. A label that is not listed is not learnt
// from.
func encode(index *neural.Index, labels *neural.Labels, sentences []sentence) []*example {
	tags, feats, relations, entities := numbers(labels.Tags), numbers(labels.Feats), numbers(labels.Relations), numbers(labels.Entities)
	var out []*example
	earlier := map[string]uint32{}
	for _, s := range sentences {
		if s.opens {
			clear(earlier)
		}
		e := &example{hints: s.hints}
		for _, w := range s.words {
			e.cells = append(e.cells, index.Cell(w, nil))
			e.lower = append(e.lower, index.Cell(strings.ToLower(w), nil).Shape)
			e.upper = append(e.upper, index.Cell(strings.ToUpper(w), nil).Shape)
		}
		for _, w := range s.tree {
			e.tags = append(e.tags, tags.of(w.UPOS+" "+w.XPOS))
			e.feats = append(e.feats, feats.of(w.Feats))
			e.rels = append(e.rels, relations.of(w.Deprel))
			e.heads = append(e.heads, w.Head)
		}
		for _, name := range s.names {
			e.names = append(e.names, entities.of(name))
		}
		e.earlier = make([]uint32, len(s.words))
		for i, w := range s.words {
			e.earlier[i] = earlier[neural.NameKey(w)]
		}
		for i, n := range e.names {
			if key := neural.NameKey(s.words[i]); n > 0 && key != "" {
				earlier[key] = 1 << ((n - 1) / 2)
			}
		}
		out = append(out, e)
	}
	return out
}

type numbering map[string]int

func numbers(list []string) numbering {
	m := numbering{}
	for i, s := range list {
		m[s] = i
	}
	return m
}

// of returns the number of s, or -1.
func (n numbering) of(s string) int {
	if i, ok := n[s]; ok {
		return i
	}
	return -1
}
