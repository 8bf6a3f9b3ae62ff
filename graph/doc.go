// Package graph holds the vocabulary that every other package speaks (Article,
// Actor, Event and what belongs to them) and the in-memory graph that algorithms
// run on, ours and gonum's.
//
// The JSON form of the types here is the project's line format: one object a
// line, as `entente extract` prints it and the store keeps it. The package
// imports gonum, x/text and the standard library only.
package graph
