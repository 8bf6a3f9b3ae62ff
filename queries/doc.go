// Package queries answers what analysts ask of a graph: who somebody is, what
// two actors did to each other, how they are connected, who matters most, and
// which sentences say so.
//
// An answer is a plain struct. Its JSON keys are documented here and are a
// contract; its lists are in a fixed order and never null, so that the same
// graph gives the same bytes. Nothing here prints.
//
// Unless asked otherwise, numbers count asserted events alone: what a text
// denies, plans or holds possible is no tie between actors. Answers that leave
// such events out say how many there are.
//
// What is computed on the network itself, without a store, is in the packages
// below: centrality, paths, community and structure. docs/algorithms.md is about
// them.
package queries
