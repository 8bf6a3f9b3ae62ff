package train

import (
	"math"
	"slices"

	"entente/extract/relation/classify"
	"entente/graph"
)

// The gate of a detector is learnt from the detector: which pairs it gives a chance.

const (
	gateEpochs = 6
	// chance is the probability of an act from which the gate should let a pair through.
	chance = 0.4
	// gateLoss is the share of these that it may stop.
	gateLoss = 0.12
)

// learnGate adds a gate to a model that was learnt from the examples.
func (r *EventReader) learnGate(m *classify.Model, examples []Example, o EventOptions) {
	c := classify.New(m, r.reader)
	groups := make([][][]rawFeature, len(examples))
	passes := make([]bool, len(examples))
	for i := range examples {
		groups[i] = [][]rawFeature{features(r.reader.Read(examples[i].Query).Gate)}
		v := c.Classify(examples[i].Query)
		passes[i] = 1-v.Categories[graph.NoCategory] >= chance
	}
	n := count(groups)
	f := newFitter(n, 1)
	f.restart(o.Seed, 0)
	for epoch := range gateEpochs {
		rate := o.Rate * (1 - float64(epoch)/gateEpochs)
		for _, i := range f.chance.Perm(len(groups)) {
			list := n.of(groups[i][0])
			score := []float64{0}
			f.sum(list, score)
			gradient := 1 / (1 + math.Exp(-score[0]))
			if passes[i] {
				gradient--
			}
			f.step(list, []float64{gradient}, rate)
		}
	}
	m.Gate = f.table()
	m.GateAt = r.gateAt(m, examples, passes)
}

// gateAt returns the sum below which gateLoss of the pairs with a chance lie.
func (r *EventReader) gateAt(m *classify.Model, examples []Example, passes []bool) float64 {
	c := classify.New(m, r.reader)
	var sums []float64
	for i := range examples {
		if passes[i] {
			sums = append(sums, c.GateSum(examples[i].Query))
		}
	}
	slices.Sort(sums)
	if len(sums) == 0 {
		return 0
	}
	return sums[int(gateLoss*float64(len(sums)))]
}
