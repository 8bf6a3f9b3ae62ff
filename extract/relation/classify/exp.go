package classify

import "math"

// softmax makes probabilities of scores.
func softmax(scores []float64) {
	if len(scores) == 0 {
		return
	}
	most := scores[0]
	for _, s := range scores {
		most = max(most, s)
	}
	sum := 0.0
	for i, s := range scores {
		scores[i] = exp(s - most)
		sum += scores[i]
	}
	for i := range scores {
		scores[i] /= sum
	}
}

// exp returns e^x for x <= 0, to 12 digits. math.Exp is written in assembly on
// some machines and differs among them in the last bit; this is the same
// everywhere, since the conversions keep products and sums from being fused.
func exp(x float64) float64 {
	const lowest = -700 // below it the result is next to nothing
	if x < lowest {
		return 0
	}
	n := math.Floor(float64(x*math.Log2E) + 0.5)
	rest := x - float64(n*math.Ln2) // within ±0.35
	sum, term := 1.0, 1.0
	for k := 1; k <= 13; k++ {
		term = float64(term*rest) / float64(k)
		sum += term
	}
	return math.Ldexp(sum, int(n))
}
