package fast

import (
	"fmt"
	"slices"
	"strings"

	"entente/extract/nlp/neural"
	"entente/extract/nlp/neural/vec"
)

// Spec says what a model reads and what it answers: sizes, vocabularies and
// labels. It is the head of a model file.
type Spec struct {
	// Trained names the data and settings the weights come from.
	Trained string `json:"trained"`

	// Widths of the parts of a word's vector; multiples of vec.Panel, as all
	// widths here.
	Word, Suffix, Prefix, Shape, Gram int
	// Buckets is the number of vectors that letter sequences are hashed to.
	Buckets int
	// Layers and Hidden are the number of layers that read the sentence, and
	// of units each way.
	Layers, Hidden int
	// Widths of the dense layer's parts: for tags, features and names, and for
	// the parser; and of a state of the parser.
	Morph, Syntax, State int

	// What the rows of the tables stand for. Row 0 is for the unknown.
	Words, Suffixes, Prefixes, Shapes []string
	// Labels, by number. Tags are "UPOS XPOS"; Relations[0] is "root".
	// Entities are "O", then "B-T" and "I-T" for each type T; none if the
	// model does not know names.
	Tags, Feats, Relations, Entities []string
	// Hints name what the caller may tell of a word, as in neural.Spec.
	Hints []string
	// Bundles are, for each tag, the numbers of the features seen with it.
	Bundles [][]int
}

// Vocabulary returns the part of s that the index of words is made from.
func (s *Spec) Vocabulary() *neural.Spec {
	return &neural.Spec{Words: s.Words, Suffixes: s.Suffixes, Prefixes: s.Prefixes, Shapes: s.Shapes, Buckets: s.Buckets}
}

// In is the width of a word's vector.
func (s *Spec) In() int { return s.Word + s.Suffix + s.Prefix + s.Shape + s.Gram }

// Dense is the width of the layer between encoder and answers: Morph, then
// Syntax.
func (s *Spec) Dense() int { return s.Morph + s.Syntax }

// check returns what makes s no model.
func (s *Spec) check() error {
	for _, w := range []int{s.Word, s.Suffix, s.Prefix, s.Shape, s.Gram, s.Hidden, s.Morph, s.Syntax, s.State} {
		if w <= 0 || w > 1024 || w%vec.Panel != 0 {
			return fmt.Errorf("a width of %d: must be a multiple of %d from %d to 1024", w, vec.Panel, vec.Panel)
		}
	}
	if s.Layers < 1 || s.Layers > 8 {
		return fmt.Errorf("%d layers: out of range", s.Layers)
	}
	if len(s.Hints) > 32 {
		return fmt.Errorf("%d hints: at most 32", len(s.Hints))
	}
	if s.Buckets < 1 || s.Buckets > 1<<16 {
		return fmt.Errorf("%d buckets: out of range", s.Buckets)
	}
	for _, list := range [][]string{s.Words, s.Suffixes, s.Prefixes, s.Shapes, s.Tags, s.Feats, s.Relations} {
		if len(list) == 0 {
			return fmt.Errorf("an empty list of words or labels")
		}
	}
	return s.checkLabels()
}

func (s *Spec) checkLabels() error {
	if s.Relations[0] != "root" || len(s.Relations) < 2 {
		return fmt.Errorf("relation 0 of %d is %q: want root and at least one more", len(s.Relations), s.Relations[0])
	}
	for _, tag := range s.Tags {
		if strings.Count(tag, " ") != 1 {
			return fmt.Errorf("tag %q: want UPOS and XPOS", tag)
		}
	}
	if len(s.Entities) > 255 {
		return fmt.Errorf("%d labels of names: want at most 255", len(s.Entities))
	}
	for i, e := range s.Entities {
		wrong := i == 0 && e != "O" || i%2 == 1 && !strings.HasPrefix(e, "B-") || i > 0 && i%2 == 0 && e != "I-"+s.Entities[i-1][2:]
		if wrong {
			return fmt.Errorf("entity label %d is %q: want O, B-T, I-T, …", i, e)
		}
	}
	if len(s.Bundles) != len(s.Tags) {
		return fmt.Errorf("features for %d tags of %d", len(s.Bundles), len(s.Tags))
	}
	for i, list := range s.Bundles {
		if len(list) == 0 || slices.Min(list) < 0 || slices.Max(list) >= len(s.Feats) {
			return fmt.Errorf("features of tag %q: want numbers below %d", s.Tags[i], len(s.Feats))
		}
	}
	return nil
}
