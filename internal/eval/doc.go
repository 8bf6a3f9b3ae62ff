// Package eval scores extracted actors, relations and affiliations against
// articles annotated by hand. docs/evaluation.md says what is counted; the
// numbers are those of the reference scorer, score.py, digit for digit.
//
// ReadGold and ReadPredictions are strict: what they cannot read is an error
// that names file and line. Where score.py goes on with a guess (a prediction
// without an article, a relation without a target), they stop.
package eval
