package graph

import "errors"

// ErrNotFound says that what was asked for by key or id is not there. Whoever
// looks things up wraps it with what was looked for.
var ErrNotFound = errors.New("not found")

// NameEntry is one line of an index of names: a name and the actor that bears
// it. Two actors may share a name.
type NameEntry struct {
	// Name is a canonical name or a mention, as it was before folding.
	Name string
	ID   ActorID
	// Word says that one word of Name was looked up, not Name as a whole.
	Word bool
}
