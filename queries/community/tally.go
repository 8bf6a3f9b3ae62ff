package community

import (
	"math"
	"math/rand/v2"
)

// tallies are the weights between one node and the communities around it.
type tallies struct {
	weight []float64 // by community; above 0 for those around
	around []uint32
}

func newTallies(n int) tallies {
	return tallies{weight: make([]float64, n), around: make([]uint32, 0, n+1)}
}

// add adds the edges of u by the communities that they lead to. It writes each community behind those around,
// and counts it in if it is new: there is no branch to guess wrong.
func (t *tallies) add(l *level, u uint32, of []uint32) {
	to := l.to[l.off[u]:l.off[u+1]]
	n := len(t.around)
	around := t.around[:cap(t.around)]
	if l.weight == nil {
		for _, v := range to {
			c := of[v]
			w := t.weight[c]
			around[n] = c
			if w == 0 {
				n++
			}
			t.weight[c] = w + 1
		}
	} else {
		weight := l.weight[l.off[u]:l.off[u+1]]
		for i, v := range to {
			c := of[v]
			w := t.weight[c]
			around[n] = c
			if w == 0 {
				n++
			}
			t.weight[c] = w + weight[i]
		}
	}
	t.around = around[:n]
}

func (t *tallies) clear() {
	for _, c := range t.around {
		t.weight[c] = 0
	}
	t.around = t.around[:0]
}

// randomness is the θ of Traag et al., in units of weight: how readily the
// refinement takes a merger that is not the best.
const randomness = 0.01

// chooser draws one of some parts, the more likely the more it gains.
type chooser struct {
	parts []uint32
	gains []float64
}

func (c *chooser) reset() { c.parts, c.gains = c.parts[:0], c.gains[:0] }

func (c *chooser) offer(p uint32, gain float64) {
	c.parts, c.gains = append(c.parts, p), append(c.gains, gain)
}

func (c *chooser) draw(rng *rand.Rand) (p uint32, ok bool) {
	if len(c.parts) == 0 {
		return 0, false
	}
	most := 0.0
	for _, g := range c.gains {
		most = max(most, g)
	}
	sum := 0.0
	for i, g := range c.gains {
		if worse := (g - most) / randomness; worse > -40 { // else it would not show beside 1
			sum += math.Exp(worse)
		}
		c.gains[i] = sum
	}
	x := rng.Float64() * sum
	for i, s := range c.gains {
		if x < s {
			return c.parts[i], true
		}
	}
	return c.parts[len(c.parts)-1], true
}
