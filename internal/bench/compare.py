#!/usr/bin/env python3
"""Compares entente's graph algorithms with igraph and networkx on one network.

    sh internal/bench/compare.sh [EDGES…]

does all of it. By itself:

    compare.py EDGES.txt OURS.jsonl [--exact]

EDGES.txt is what `go run ./internal/bench -write` writes, OURS.jsonl what it
prints. Needs python3-igraph, and python3-networkx for the paths. Both run on one
thread. The ratios are of wall time and of CPU time, ours of all threads together.
It is no part of the product.
"""
import json
import sys
import time

import igraph


def best(runs, do):
    seconds = []
    for _ in range(runs):
        start = time.process_time()
        result = do()
        seconds.append(time.process_time() - start)
    return min(seconds), result


def main():
    exact = "--exact" in sys.argv
    edges_file, ours_file = [a for a in sys.argv[1:] if not a.startswith("--")]
    ours = {m["what"]: m for m in map(json.loads, open(ours_file))}
    edges = [tuple(map(int, line.split())) for line in open(edges_file)]
    n = 1 + max(max(e) for e in edges)
    g = igraph.Graph(n, edges, directed=True)
    undirected = g.as_undirected(mode="collapse")
    pairs = [(i * 7919 % n, (i * 104729 + 1) % n) for i in range(1000)]

    rows = []

    def row(name, what, seconds, result):
        o = ours[what]
        rows.append((what, name, o["seconds"], o["cpu"], seconds, o["result"], result))

    # igraph's tolerance is fixed at 1e-10; its error is that of ours at 1e-12.
    ranked = best(5, lambda: max(g.pagerank(damping=0.85)))
    row("igraph PRPACK, 1e-10", "pagerank", *ranked)
    row("igraph PRPACK, 1e-10", "pagerank to 1e-12", *ranked)
    igraph.set_random_number_generator(__import__("random").Random(1))
    for name, do in [
        ("igraph Leiden, 2 iterations", lambda: undirected.community_leiden(objective_function="modularity")),
        ("igraph Leiden, until stable", lambda: undirected.community_leiden(objective_function="modularity", n_iterations=-1)),
        ("igraph Louvain", lambda: undirected.community_multilevel()),
    ][: None if exact else 2]:  # Louvain takes a minute of 1,000,000 edges
        seconds, clusters = best(1, do)
        row(name, "leiden", seconds, undirected.modularity(clusters.membership))
    row("igraph", "core", *best(1, lambda: max(undirected.coreness())))
    if exact:
        row("igraph", "betweenness", *best(1, lambda: max(g.betweenness(directed=True))))
        row("igraph", "harmonic", *best(1, lambda: max(g.harmonic_centrality(mode="in"))))

    try:
        import networkx
    except ImportError:
        networkx = None
        print("no networkx: paths are not compared", file=sys.stderr)
    if networkx:
        x = networkx.DiGraph(edges)

        def length(a, b):
            try:
                return len(networkx.bidirectional_shortest_path(x, a, b))
            except (networkx.NetworkXNoPath, networkx.NodeNotFound):
                return 0

        row("networkx bidirectional", "1000 paths", *best(3, lambda: sum(length(a, b) for a, b in pairs)))

    print(f"{n} nodes, {len(edges)} pairs; seconds")
    form = "{:<17} {:<27} {:>9} {:>9} {:>10} {:>6} {:>6}  {:>12} {:>12}"
    print(form.format("what", "against", "ours", "ours, CPU", "theirs, CPU", "wall", "CPU", "our result", "their result"))
    for what, name, wall, mine, theirs, a, b in rows:
        print(form.format(what, name, f"{wall:.4f}", f"{mine:.4f}", f"{theirs:.4f}", f"{wall / theirs:.3f}", f"{mine / theirs:.3f}", f"{a:.6g}", f"{b:.6g}"))


main()
