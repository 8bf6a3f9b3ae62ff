//go:build race

package ingest

// raceDetector tells that the tests look for races, which makes them many times
// slower.
const raceDetector = true
