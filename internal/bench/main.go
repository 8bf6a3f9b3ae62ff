// Bench measures the graph algorithms on generated networks, and writes those as
// lists of edges, so that compare.py beside it can measure igraph and networkx on
// the same. It is for developers and no part of the product.
//
//	go run ./internal/bench -edges 1000000 -write edges.txt
//	go run ./internal/bench -edges 100000 -exact
//	go run ./internal/bench -edges 10000000 -only pagerank,core
package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"

	"entente/graph"
	"entente/internal/netgen"
	"entente/queries/centrality"
	"entente/queries/community"
	"entente/queries/paths"
)

// options say what to measure.
type options struct {
	edges, nodes int
	seed         uint64
	write, only  string
	exact        bool
}

func main() {
	var o options
	flag.IntVar(&o.edges, "edges", 100_000, "ties drawn; some fall on one pair")
	flag.IntVar(&o.nodes, "nodes", 0, "actors; 0 is a tenth of the ties")
	flag.Uint64Var(&o.seed, "seed", 1, "of the network")
	flag.StringVar(&o.write, "write", "", "write the edges, \"source target\" a line, to this `FILE`")
	flag.StringVar(&o.only, "only", "", "measure these alone, by the names in the output, divided by commas")
	flag.BoolVar(&o.exact, "exact", false, "measure exact betweenness and closeness too, which takes nodes times edges")
	flag.Parse()
	if err := run(o, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// measured is a line of the output.
type measured struct {
	What    string  `json:"what"`
	Seconds float64 `json:"seconds"` // the best of its runs
	CPU     float64 `json:"cpu"`     // seconds of all processors together, the best of its runs
	// Result is what other programs should find too: a greatest score, a number
	// of hops, a modularity, bytes a pair.
	Result float64 `json:"result"`
}

func run(o options, w io.Writer) error {
	if o.nodes == 0 {
		o.nodes = max(o.edges/10, 1)
	}
	ties := sorted(netgen.ScaleFree(o.nodes, o.edges, o.seed))
	g, built, err := build(o.nodes, ties)
	if err != nil {
		return err
	}
	if o.write != "" {
		if err := writeEdges(o.write, g); err != nil {
			return err
		}
	}
	enc := json.NewEncoder(w)
	fmt.Fprintf(os.Stderr, "%d nodes, %d pairs, %d processors\n", g.Len(), g.Pairs(), runtime.GOMAXPROCS(0))
	if err := enc.Encode(built); err != nil {
		return err
	}
	for _, m := range measures(g, o.exact) {
		if o.only != "" && !slices.Contains(strings.Split(o.only, ","), m.what) {
			continue
		}
		if err := enc.Encode(measure(m)); err != nil {
			return err
		}
	}
	return nil
}

// sorted sorts ties as a store yields them.
func sorted(ties []graph.Link) []graph.Link {
	slices.SortFunc(ties, func(a, b graph.Link) int {
		return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.Target, b.Target))
	})
	return ties
}

// build measures how long a network takes to be made, and bytes a pair.
func build(n int, ties []graph.Link) (*graph.Network, measured, error) {
	ids := netgen.IDs(n)
	before := heap()
	start, cpu := time.Now(), cpuTime()
	g, err := graph.BuildNetwork(ids, netgen.Seq(ties), graph.NetworkOptions{})
	if err != nil {
		return nil, measured{}, err
	}
	g.In()
	seconds, used := time.Since(start).Seconds(), (cpuTime() - cpu).Seconds()
	bytes := (float64(heap()) - float64(before)) / float64(max(g.Pairs(), 1))
	runtime.KeepAlive(ties)
	return g, measured{"build", seconds, used, bytes}, nil
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// task is something to measure; it returns a Result.
type task struct {
	what string
	runs int
	do   func() float64
}

func measures(g *graph.Network, exact bool) []task {
	list := []task{
		{"pagerank", 5, func() float64 { return slices.Max(centrality.PageRank(g, centrality.DefaultPageRank)) }},
		{"pagerank to 1e-12", 5, func() float64 {
			opts := centrality.DefaultPageRank
			opts.Tolerance = 1e-12
			return slices.Max(centrality.PageRank(g, opts))
		}},
		{"harmonic of 512 pivots", 1, func() float64 {
			return slices.Max(centrality.Harmonic(g, centrality.ClosenessOptions{Pivots: 512, Direction: graph.Incoming}))
		}},
		{"core", 3, func() float64 { return float64(slices.Max(centrality.Core(g))) }},
		{"leiden", 1, func() float64 { return community.Leiden(g, community.Options{}).Modularity }},
	}
	f := paths.NewFinder(g, true)
	best := func(cost paths.Cost) func() float64 {
		return func() float64 { return walk(g, 10, func(a, b uint32) int { return len(f.Best(a, b, 5, cost)) }) }
	}
	list = append(list,
		task{"1000 paths", 3, func() float64 { return walk(g, 1000, func(a, b uint32) int { return len(f.Shortest(a, b)) }) }},
		task{"10 × 5 best paths by hops", 1, best(paths.Hops)},
		task{"10 × 5 best paths by chance", 1, best(paths.Chance)})
	if exact {
		list = append(list, task{"betweenness", 1, func() float64 {
			return slices.Max(centrality.Betweenness(g, centrality.BetweennessOptions{Directed: true}))
		}}, task{"harmonic", 1, func() float64 {
			return slices.Max(centrality.Harmonic(g, centrality.ClosenessOptions{Direction: graph.Incoming}))
		}})
	} else {
		list = append(list, task{"betweenness of 500 pivots", 1, func() float64 {
			return slices.Max(centrality.Betweenness(g, centrality.BetweennessOptions{Directed: true, Pivots: 500}))
		}})
	}
	return list
}

// walk adds up what is found between so many pairs of nodes; compare.py takes
// the same ones.
func walk(g *graph.Network, pairs int, find func(a, b uint32) int) float64 {
	sum, n := 0, uint64(g.Len())
	for i := range uint64(pairs) {
		sum += find(uint32(i*7919%n), uint32((i*104729+1)%n))
	}
	return float64(sum)
}

func measure(t task) measured {
	m := measured{What: t.what}
	for i := range t.runs {
		start, cpu := time.Now(), cpuTime()
		m.Result = t.do()
		seconds, used := time.Since(start).Seconds(), (cpuTime() - cpu).Seconds()
		if i == 0 {
			m.Seconds, m.CPU = seconds, used
		}
		m.Seconds, m.CPU = min(m.Seconds, seconds), min(m.CPU, used)
	}
	return m
}

func writeEdges(name string, g *graph.Network) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	for u := range uint32(g.Len()) {
		for _, v := range g.Out().Row(u) {
			fmt.Fprintln(w, u, v)
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}
