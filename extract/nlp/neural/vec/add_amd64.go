package vec

// Add adds x to y, which is at least as long.
func Add(x, y []float32) {
	if n := len(x); fast && n > 0 && n%8 == 0 {
		_ = y[n-1]
		addAVX2(n, &x[0], &y[0])
		return
	}
	addGo(x, y)
}

// Leak multiplies the negative elements of x by slope, which is from 0 to 1.
func Leak(slope float32, x []float32) {
	if n := len(x); fast && n > 0 && n%8 == 0 {
		leakAVX2(n, slope, &x[0])
		return
	}
	leakGo(slope, x)
}

// addAVX2 needs n to be a multiple of 8, above 0.
//
//go:noescape
func addAVX2(n int, x, y *float32)

// leakAVX2 needs n to be a multiple of 8, above 0.
//
//go:noescape
func leakAVX2(n int, slope float32, x *float32)
