package fast

import (
	"errors"
	"fmt"
	"slices"

	"entente/extract/nlp/neural"
)

// Spec says what a model reads and what it answers: sizes, vocabularies and
// labels. It is the head of a model file.
type Spec struct {
	// Trained names the data and settings the weights come from.
	Trained string `json:"trained"`

	neural.Widths
	// Layers and Hidden are the number of layers that read the sentence, and
	// of units each way.
	Layers, Hidden int
	// Widths of the dense layer's parts: for tags, features and names, and for
	// the parser; and of a state of the parser.
	Morph, Syntax, State int

	neural.Forms
	neural.Labels
	// Bundles are, for each tag, the numbers of the features seen with it.
	Bundles [][]int
}

// Dense is the width of the layer between encoder and answers: Morph, then
// Syntax.
func (s *Spec) Dense() int { return s.Morph + s.Syntax }

// check returns what makes s no model.
func (s *Spec) check() error {
	if err := neural.CheckWidths(s.Hidden, s.Morph, s.Syntax, s.State); err != nil {
		return err
	}
	if s.Layers < 1 || s.Layers > 8 {
		return fmt.Errorf("%d layers: out of range", s.Layers)
	}
	if err := errors.Join(s.Widths.Check(), s.Forms.Check(), s.Labels.Check()); err != nil {
		return err
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
