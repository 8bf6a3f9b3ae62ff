package neural

import (
	"errors"
	"fmt"

	"entente/extract/nlp/neural/vec"
)

// Spec says what a network reads and what it answers: sizes, vocabularies and
// labels. It is the head of a model file.
type Spec struct {
	// Trained names the data and settings the weights come from.
	Trained string `json:"trained"`

	Widths
	// Layers and Hidden are the number of BiLSTM layers and of units each way.
	Layers, Hidden int
	// Widths of the layer between encoder and answers: for tags and
	// features, for names, for arcs, for relations.
	Morph, Name, Arc, Relation int

	Forms
	Labels
}

// check returns what makes s no network.
func (s *Spec) check() error {
	if err := CheckWidths(s.Hidden, s.Morph, s.Name, s.Arc, s.Relation); err != nil {
		return err
	}
	if 2*s.Hidden > 1024 {
		return fmt.Errorf("%d units each way: at most 512", s.Hidden)
	}
	if s.Dense()%(2*vec.Panel) != 0 {
		return fmt.Errorf("a layer of %d between encoder and answers: must be a multiple of %d", s.Dense(), 2*vec.Panel)
	}
	if s.Layers < 1 || s.Layers > 8 {
		return fmt.Errorf("%d layers: out of range", s.Layers)
	}
	return errors.Join(s.Widths.Check(), s.Forms.Check(), s.Labels.Check())
}

// Dense is the width of the layer between encoder and answers, which Parts lays
// out.
func (s *Spec) Dense() int { return s.Morph + s.Name + 2*s.Arc + 2*s.Relation }
