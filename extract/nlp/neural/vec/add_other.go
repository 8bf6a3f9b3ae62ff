//go:build !amd64

package vec

// Add adds x to y, which is at least as long.
func Add(x, y []float32) { addGo(x, y) }

// Leak multiplies the negative elements of x by slope, which is from 0 to 1.
func Leak(slope float32, x []float32) { leakGo(slope, x) }
