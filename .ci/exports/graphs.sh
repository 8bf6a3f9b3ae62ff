#!/usr/bin/env bash
# Reads the graph formats with other people's programs:
#
#	bash .ci/exports/graphs.sh STORE BIN TMPDIR
set -euo pipefail
store=$1 bin=$2 tmp=$3/graphs
mkdir -p "$tmp"
python=/usr/bin/python3 # Debian's, which has its modules

missing=
command -v xmllint >/dev/null || missing="$missing libxml2-utils"
"$python" -c 'import networkx' 2>/dev/null || missing="$missing python3-networkx"
"$python" -c 'import igraph' 2>/dev/null || missing="$missing python3-igraph"
if [ -n "$missing" ]; then
  sudo=
  [ "$(id -u)" -eq 0 ] || sudo=sudo
  # shellcheck disable=SC2086
  { $sudo apt-get update -q && $sudo apt-get install -q -y --no-install-recommends $missing; } >"$tmp/apt" 2>&1 ||
    { tail -n 5 "$tmp/apt" >&2; echo "apt-get could not install$missing" >&2; exit 1; }
fi

export_as() { "$bin/entente" export --db "$store" --format "$@"; }
export_as graphml -o "$tmp/g.graphml"
export_as gexf -o "$tmp/g.gexf"
export_as gexf --gexf-version 1.2 -o "$tmp/g12.gexf"
export_as node-link -o "$tmp/g.json"
export_as cytoscape -o "$tmp/cy.json"
export_as graphology -o "$tmp/gr.json"
export_as jsonl -o "$tmp/all.jsonl"

xmllint --noout "$tmp/g.graphml" "$tmp/g.gexf" "$tmp/g12.gexf"
echo "graphml, gexf 1.3 and 1.2: xmllint $(xmllint --version 2>&1 | sed -n '1s/.*version //p') parses them"

"$python" - "$tmp" <<'PY'
import json, sys
import igraph, networkx as nx
from networkx.readwrite import json_graph
tmp = sys.argv[1]
actors, relations = set(), set()
for line in open(tmp + "/all.jsonl", encoding="utf-8"):
    o = json.loads(line)
    if "actor" in o:
        actors.add(o["actor"]["id"])
    if o.get("status") == "asserted":
        s, t = o["source"]["id"], o["target"]["id"]
        if o.get("symmetric") and t < s:
            s, t = t, s
        relations.add((s, t, o["plover"], o["predicate"]))
def check(what, nodes, edges):
    if (nodes, edges) != (len(actors), len(relations)):
        sys.exit(f"{what}: {nodes} nodes and {edges} edges, the store has {len(actors)} and {len(relations)}")
    print(f"{what}: {nodes} nodes, {edges} edges")
def nodes_edges(g):
    if set(g.nodes) != actors:
        sys.exit("the nodes are not the actors")
    return g.number_of_nodes(), g.number_of_edges()
x = "networkx " + nx.__version__
check(x + ", graphml", *nodes_edges(nx.read_graphml(tmp + "/g.graphml", force_multigraph=True)))
check(x + ", gexf 1.2", *nodes_edges(nx.read_gexf(tmp + "/g12.gexf")))
check(x + ", node-link", *nodes_edges(json_graph.node_link_graph(json.load(open(tmp + "/g.json")))))
g = igraph.Graph.Read_GraphML(tmp + "/g.graphml")
check("igraph " + igraph.__version__ + ", graphml", g.vcount(), g.ecount())
cy = json.load(open(tmp + "/cy.json"))["elements"]
check("json, cytoscape", len(cy["nodes"]), len(cy["edges"]))
gr = json.load(open(tmp + "/gr.json"))
check("json, graphology", len(gr["nodes"]), len(gr["edges"]))
PY
