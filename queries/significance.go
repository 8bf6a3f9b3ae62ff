package queries

import (
	"math"
	"slices"
)

// tieTolerance makes two probabilities count as equal in a two-sided test, as
// R's binom.test and fisher.test do.
const tieTolerance = 1e-7

// rateTest returns the p-value, two-sided and exact, of k events against m
// where chance alone would deal them in the proportion of the exposures a to b.
//
// It is the conditional test of two Poisson rates (Przyborowski and Wilenski
// 1940): given k+m, k is binomial with the chance a/(a+b), and p adds up what is
// no likelier than k. It costs k+m steps.
func rateTest(k, m int, a, b float64) float64 {
	if a+b <= 0 {
		return 1
	}
	n, p := k+m, a/(a+b)
	return noLikelier(k, 0, n, func(i int) float64 {
		return logChoose(n, i) + xlogy(i, p) + xlogy(n-i, 1-p)
	})
}

// leastRateTest returns the least p-value that rateTest can have of n events.
func leastRateTest(n int, a, b float64) float64 {
	return min(rateTest(0, n, a, b), rateTest(n, 0, a, b))
}

// mixTest returns the p-value, two-sided, of Fisher's exact test (1935): whether
// a of a+b and c of c+d are shares that chance alone would make as different.
func mixTest(a, b, c, d int) float64 {
	first, hits, n := a+b, a+c, a+b+c+d
	return noLikelier(a, max(0, hits-(c+d)), min(first, hits), func(i int) float64 {
		return logChoose(first, i) + logChoose(n-first, hits-i) - logChoose(n, hits)
	})
}

// noLikelier adds up the probabilities, of the outcomes from least to most, that
// are at most that of seen.
func noLikelier(seen, least, most int, logProbability func(int) float64) float64 {
	limit := logProbability(seen) + math.Log1p(tieTolerance)
	total := 0.0
	for i := least; i <= most; i++ {
		if l := logProbability(i); l <= limit {
			total += math.Exp(l)
		}
	}
	return min(total, 1)
}

// logChoose is the logarithm of the binomial coefficient of n over k.
func logChoose(n, k int) float64 {
	return logFactorial(n) - logFactorial(k) - logFactorial(n-k)
}

func logFactorial(n int) float64 {
	l, _ := math.Lgamma(float64(n) + 1)
	return l
}

// xlogy is n times the logarithm of p, and 0 for n = 0 whatever p is.
func xlogy(n int, p float64) float64 {
	if n == 0 {
		return 0
	}
	return float64(n) * math.Log(p)
}

// adjusted returns the p-values after Benjamini and Hochberg (1995), in their
// order: to call all those up to a level significant is wrong, on average, in
// that part of the cases.
func adjusted(p []float64) []float64 {
	order := make([]int, len(p))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		switch {
		case p[i] < p[j]:
			return -1
		case p[i] > p[j]:
			return 1
		}
		return 0
	})
	q, least := make([]float64, len(p)), 1.0
	for rank := len(p); rank > 0; rank-- {
		i := order[rank-1]
		least = min(least, p[i]*float64(len(p))/float64(rank))
		q[i] = least
	}
	return q
}
