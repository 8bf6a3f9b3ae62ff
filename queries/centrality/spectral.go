package centrality

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"entente/graph"
)

// ErrNoConvergence says that an iteration did not settle within its limit.
var ErrNoConvergence = errors.New("no convergence")

// IterationOptions steer the measures that iterate. Zeros are the defaults.
type IterationOptions struct {
	Weighted bool // edges count by their events rather than alike
	// Tolerance ends the iteration: when no score changes by more. 0 is 1e-10.
	Tolerance float64
	// MaxIterations is how many may pass before ErrNoConvergence. 0 is 10,000.
	MaxIterations int
}

func (o IterationOptions) withDefaults() IterationOptions {
	if o.Tolerance == 0 {
		o.Tolerance = 1e-10
	}
	if o.MaxIterations == 0 {
		o.MaxIterations = 10_000
	}
	return o
}

// matrix is an adjacency matrix by rows.
type matrix struct {
	rows   *graph.Rows
	weight []uint32 // nil if every entry is 1
}

func matrixOf(g *graph.Network, dir graph.Direction, weighted bool) matrix {
	if !weighted {
		return matrix{g.Rows(dir), nil}
	}
	return matrix{g.Rows(dir), g.RowWeights(dir)}
}

// times sets y to the matrix times x.
func (a matrix) times(x, y []float64) {
	for u := range y {
		lo, hi := a.rows.Off[u], a.rows.Off[u+1]
		if a.weight == nil {
			y[u] = gather(x, a.rows.To[lo:hi])
			continue
		}
		y[u] = 0
		for k := lo; k < hi; k++ {
			y[u] += x[a.rows.To[k]] * float64(a.weight[k])
		}
	}
}

// Eigenvector returns the eigenvector centrality of each node (Bonacich 1972):
// the score of a node is proportional to the sum of the scores of its
// neighbours, x = Ax/λ with the greatest λ. The network is taken as undirected.
// Scores are not negative and of Euclidean length 1, as in networkx; igraph has
// the greatest at 1. Without edges all scores are 0. In a network of several
// components those with the greatest λ alone score; where several tie, in
// proportion to the start, which is all alike.
//
// It is a power iteration on A + I, which unlike A does not swing to and fro
// on bipartite networks. An iteration costs n + m. The error wraps
// ErrNoConvergence.
func Eigenvector(g *graph.Network, opts IterationOptions) ([]float64, error) {
	opts = opts.withDefaults()
	x, y := make([]float64, g.Len()), make([]float64, g.Len())
	if g.Pairs() == 0 {
		return x, nil
	}
	a := matrixOf(g, graph.Either, opts.Weighted)
	for i := range x {
		x[i] = 1
	}
	scale(x)
	for range opts.MaxIterations {
		a.times(x, y)
		for i := range y {
			y[i] += x[i]
		}
		scale(y)
		x, y = y, x
		if apart(x, y) < opts.Tolerance {
			return x, nil
		}
	}
	return nil, fmt.Errorf("eigenvector centrality after %d iterations: %w", opts.MaxIterations, ErrNoConvergence)
}

// KatzOptions steer Katz. Zeros are the defaults.
type KatzOptions struct {
	IterationOptions
	Direction graph.Direction // of the walks that count: Incoming counts those that end at a node
	// Attenuation is what each step further away counts less. It must be below
	// 1/λ, the inverse of the greatest eigenvalue. 0 is 0.85 of an upper bound of
	// λ (Collatz and Wielandt).
	Attenuation float64
}

// Katz returns the Katz centrality of each node (Katz 1953): the number of walks
// to it, each of length k counted a^k, one of length 0 included:
//
//	x(v) = 1 + a·Σ over u→v of w(u,v)·x(u)
//
// It is not normalised. An iteration costs n + m, and each shrinks the change by
// about a·λ. The error wraps ErrNoConvergence: the attenuation is too great.
func Katz(g *graph.Network, opts KatzOptions) ([]float64, error) {
	o := opts.withDefaults()
	a := matrixOf(g, opts.Direction, opts.Weighted)
	alpha := opts.Attenuation
	if alpha == 0 {
		alpha = 0.85 / a.spectralBound(50)
	}
	x, y := make([]float64, g.Len()), make([]float64, g.Len())
	for range o.MaxIterations {
		a.times(x, y)
		for i := range y {
			y[i] = 1 + alpha*y[i]
		}
		x, y = y, x
		off := apart(x, y)
		if off < o.Tolerance {
			return x, nil
		}
		if math.IsInf(off, 0) || math.IsNaN(off) {
			break
		}
	}
	return nil, fmt.Errorf("katz centrality with attenuation %g: %w: choose a smaller one", alpha, ErrNoConvergence)
}

// spectralBound returns a number that is not below the greatest eigenvalue of
// the matrix, nor below 1: the greatest (Ax)(i)/x(i) of a positive x (Collatz
// 1942, Wielandt 1950), which some iterations of A + I bring close to it.
func (a matrix) spectralBound(iterations int) float64 {
	n := a.rows.Len()
	x, y := make([]float64, n), make([]float64, n)
	for i := range x {
		x[i] = 1
	}
	bound := math.Inf(1)
	for range iterations {
		a.times(x, y)
		most := 0.0
		for i := range y {
			most = max(most, y[i]/x[i])
			y[i] += x[i]
		}
		bound = min(bound, most)
		top := slices.Max(append(y, 1))
		for i := range y {
			y[i] = max(y[i]/top, 1e-200) // stays positive
		}
		x, y = y, x
	}
	return max(bound, 1)
}

// HITS returns how good a hub and how great an authority each node is
// (Kleinberg 1999): a good hub does something to great authorities, a great
// authority is what good hubs do something to:
//
//	h(u) = Σ over u→v of w·a(v),  a(v) = Σ over u→v of w·h(u)
//
// Both are of Euclidean length 1, as in gonum; networkx has them add up to 1.
// Without edges all are 0. An iteration costs n + m. The error wraps
// ErrNoConvergence.
func HITS(g *graph.Network, opts IterationOptions) (hub, authority []float64, err error) {
	opts = opts.withDefaults()
	n := g.Len()
	hub, authority = make([]float64, n), make([]float64, n)
	if g.Pairs() == 0 {
		return hub, authority, nil
	}
	out, in := matrixOf(g, graph.Outgoing, opts.Weighted), matrixOf(g, graph.Incoming, opts.Weighted)
	for i := range hub {
		hub[i] = 1
	}
	scale(hub)
	last := make([]float64, n)
	for range opts.MaxIterations {
		in.times(hub, authority)
		scale(authority)
		hub, last = last, hub
		out.times(authority, hub)
		scale(hub)
		if apart(hub, last) < opts.Tolerance {
			return hub, authority, nil
		}
	}
	return nil, nil, fmt.Errorf("hubs and authorities after %d iterations: %w", opts.MaxIterations, ErrNoConvergence)
}
