package extract

import (
	"maps"
	"slices"

	"entente/extract/ontology"
	"entente/graph"
)

// Categories returns what an event's Category may be: PLOVER's sixteen, sorted,
// and graph.NoCategory.
func Categories() ([]string, error) {
	o, err := ontology.Load()
	if err != nil {
		return nil, err
	}
	return append(slices.Sorted(maps.Keys(o.Categories)), graph.NoCategory), nil
}
