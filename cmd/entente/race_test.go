//go:build race

package main

// raceDetector tells that the tests, and the programs they start, look for
// races, which makes them several times slower.
const raceDetector = true
