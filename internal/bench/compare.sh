#!/bin/sh
# Compares the graph algorithms with igraph and networkx on generated networks of
# so many edges each, by default 100,000:
#
#	sh internal/bench/compare.sh [EDGES…]
#
# It needs python3-igraph and python3-networkx, which Debian and Ubuntu have.
# GOMAXPROCS=1 measures ours on one thread; the others always run on one.
# Exact betweenness is left out above 200,000 edges. PYTHON names another python3.
set -eu
cd "$(dirname "$0")/../.."
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
go build -o "$dir/bench" ./internal/bench
for edges in "${@:-100000}"; do
	exact=
	[ "$edges" -gt 200000 ] || exact=exact
	"$dir/bench" -edges "$edges" ${exact:+-exact} -write "$dir/edges.txt" >"$dir/ours.jsonl"
	"${PYTHON:-python3}" internal/bench/compare.py "$dir/edges.txt" "$dir/ours.jsonl" ${exact:+--exact}
done
