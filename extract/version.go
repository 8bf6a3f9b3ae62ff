package extract

import "entente/extract/relation"

// CoderVersion returns the version that events carry in their provenance. It
// changes with every change of the rules or the lexicon that can change an
// event.
func CoderVersion() string { return relation.Version }
