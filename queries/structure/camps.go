package structure

import (
	"math/rand/v2"

	"entente/graph"
)

// CampOptions steer FindCamps. The zero value counts pairs alike.
type CampOptions struct {
	// Weighted counts a pair by the surplus of its cooperative events over its
	// conflictual ones, or the reverse, rather than as one.
	Weighted bool
	Restarts int // from how many beginnings; 0 is 20
	Seed     uint64
}

// Camps are two camps, and what does not fit.
type Camps struct {
	// Of is the camp of each node, 0 or 1. Of the nodes that hang together by
	// signed pairs the least is in camp 0: turning them all round changes nothing.
	Of []uint8
	// Frustrated is the number, or weight, of the pairs that do not fit: friends
	// in two camps, and enemies in one. Total is that of all pairs with a sign.
	Frustrated, Total uint64
}

// FindCamps divides the nodes of a signed network into two camps so that few
// pairs are frustrated: the frustration, or line index of balance (Harary 1959;
// Aref and Wilson 2019). Pairs have the signs of FindBalance.
//
// The least frustration is hard to find (NP-hard) and this is an upper bound of
// it, by local search: from each beginning nodes change camps one at a time as
// long as that helps. The first beginning fits a spanning tree, and so finds no
// frustration where there is none; the others are by chance, the seed's. It costs
// restarts times m times a small factor, and panics unless g is signed.
func FindCamps(g *graph.Network, opts CampOptions) Camps {
	if opts.Restarts == 0 {
		opts.Restarts = 20
	}
	f := newFrustration(g, opts.Weighted)
	rng := rand.New(rand.NewPCG(opts.Seed, 0xca395))
	tree := f.fitTree()
	best := Camps{Frustrated: ^uint64(0)}
	for i := range opts.Restarts {
		camp := append([]uint8(nil), tree...)
		if i > 0 {
			for u := range camp {
				camp[u] ^= uint8(rng.IntN(2))
			}
		}
		if bad := f.improve(camp); bad < best.Frustrated {
			best.Of, best.Frustrated = camp, bad
		}
	}
	best.Total = f.total
	f.turn(best.Of)
	return best
}

// frustration is a signed network for FindCamps.
type frustration struct {
	both  *graph.Rows
	value []int64 // of each edge: its weight, negative between enemies
	total uint64
}

func newFrustration(g *graph.Network, weighted bool) *frustration {
	s := signsOf(g)
	f := &frustration{both: g.Both(), value: make([]int64, len(s.sign))}
	for k, sign := range s.sign {
		f.value[k] = int64(sign)
		if weighted {
			f.value[k] *= int64(s.net[k])
		}
		f.total += uint64(max(f.value[k], -f.value[k]))
	}
	f.total /= 2
	return f
}

// fitTree returns camps that fit the edges of a spanning tree.
func (f *frustration) fitTree() []uint8 {
	camp, seen := make([]uint8, f.both.Len()), make([]bool, f.both.Len())
	f.walk(seen, func(u, v uint32, value int64) {
		camp[v] = camp[u]
		if value < 0 {
			camp[v] = 1 - camp[u]
		}
	}, func(uint32) {})
	return camp
}

// walk goes over the nodes breadth-first along edges with a sign, calling root
// for the least node of each part and step for every other.
func (f *frustration) walk(seen []bool, step func(u, v uint32, value int64), root func(u uint32)) {
	var queue []uint32
	for r := range seen {
		if seen[r] {
			continue
		}
		seen[r] = true
		root(uint32(r))
		queue = append(queue[:0], uint32(r))
		for i := 0; i < len(queue); i++ {
			u := queue[i]
			for k := f.both.Off[u]; k < f.both.Off[u+1]; k++ {
				if v := f.both.To[k]; f.value[k] != 0 && !seen[v] {
					seen[v] = true
					step(u, v, f.value[k])
					queue = append(queue, v)
				}
			}
		}
	}
}

// turn has the least node of each part in camp 0.
func (f *frustration) turn(camp []uint8) {
	flip := make([]uint8, len(camp))
	f.walk(make([]bool, len(camp)), func(u, v uint32, _ int64) { flip[v] = flip[u] }, func(u uint32) { flip[u] = camp[u] })
	for u := range camp {
		camp[u] ^= flip[u]
	}
}

// improve moves nodes between camps until none helps, and returns the
// frustration left.
func (f *frustration) improve(camp []uint8) uint64 {
	n := len(camp)
	fit := make([]int64, n) // what fits at each node less what does not
	queue, waiting := make([]uint32, 0, n), make([]bool, n)
	for u := range fit {
		for k := f.both.Off[u]; k < f.both.Off[u+1]; k++ {
			fit[u] += f.fits(camp, uint32(u), k)
		}
		queue, waiting[u] = append(queue, uint32(u)), true
	}
	for len(queue) > 0 {
		u := queue[0]
		queue = queue[1:]
		waiting[u] = false
		if fit[u] >= 0 {
			continue
		}
		camp[u] = 1 - camp[u]
		fit[u] = -fit[u]
		for k := f.both.Off[u]; k < f.both.Off[u+1]; k++ {
			v := f.both.To[k]
			fit[v] += 2 * f.fits(camp, u, k)
			if fit[v] < 0 && !waiting[v] {
				queue, waiting[v] = append(queue, v), true
			}
		}
	}
	sum := int64(0)
	for _, x := range fit {
		sum += x
	}
	// The sum is twice what fits less what does not, of all that there is.
	return uint64((int64(f.total) - sum/2) / 2)
}

// fits returns the weight of an edge of u, negative if it is frustrated.
func (f *frustration) fits(camp []uint8, u, k uint32) int64 {
	if camp[u] == camp[f.both.To[k]] {
		return f.value[k]
	}
	return -f.value[k]
}
