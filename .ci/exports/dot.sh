#!/usr/bin/env bash
# Has Graphviz read and draw the DOT:
#
#	bash .ci/exports/dot.sh STORE BIN TMPDIR
set -euo pipefail
store=$1 bin=$2 tmp=$3/dot
mkdir -p "$tmp"

if ! command -v gc >/dev/null || ! command -v sfdp >/dev/null; then
  sudo=
  [ "$(id -u)" -eq 0 ] || sudo=sudo
  { $sudo apt-get update -q && $sudo apt-get install -q -y --no-install-recommends graphviz; } >"$tmp/apt" 2>&1 ||
    { tail -n 5 "$tmp/apt" >&2; echo "apt-get could not install graphviz" >&2; exit 1; }
fi

export_as() { "$bin/entente" export --db "$store" --format "$@"; }
# drawn ENGINE FILE has an engine draw a file, which it must do without a word.
drawn() {
  "$1" -Tsvg -o "$2.$1.svg" "$2" 2>"$tmp/err" || { cat "$tmp/err" >&2; echo "$1 cannot read $2" >&2; exit 1; }
  if [ -s "$tmp/err" ]; then
    cat "$tmp/err" >&2
    echo "$1 warns about $2" >&2
    exit 1
  fi
}

export_as jsonl -o "$tmp/all.jsonl"
busiest=$(python3 - "$tmp/all.jsonl" <<'PY'
import collections, json, sys
events = collections.Counter()
for line in open(sys.argv[1], encoding="utf-8"):
    o = json.loads(line)
    if o.get("status") == "asserted":
        events.update({o["source"]["id"], o["target"]["id"]})
print(min(events, key=lambda a: (-events[a], a)))
PY
)

export_as dot --top 0 -o "$tmp/all.dot"
export_as dot -o "$tmp/top.dot" 2>"$tmp/said"
export_as dot --ego "$busiest" --theme dark -o "$tmp/ego.dot"
for cluster in country community type; do
  export_as dot --cluster $cluster --size pagerank --top 30 -o "$tmp/$cluster.dot"
done
export_as dot --top 0 --layout fdp --cluster country -o "$tmp/fdp.dot"
export_as dot --top 0 --layout sfdp -o "$tmp/sfdp.dot"
for file in all top ego country community type; do
  for engine in dot neato sfdp fdp circo twopi; do
    drawn $engine "$tmp/$file.dot"
  done
done
drawn dot "$tmp/fdp.dot"
drawn dot "$tmp/sfdp.dot" # by the engine that the file names
cmp <(dot -Tplain "$tmp/sfdp.dot") <(sfdp -Tplain "$tmp/all.dot") || { echo "dot does not lay out by the engine that the file names" >&2; exit 1; }
grep -q 'class="cluster"' "$tmp/country.dot.dot.svg" || { echo "there is no cluster" >&2; exit 1; }

gc -n -e "$tmp"/all.dot "$tmp"/top.dot "$tmp"/sfdp.dot "$tmp"/fdp.dot >"$tmp/counts"
python3 - "$tmp" <<'PY'
import collections, json, re, sys
tmp = sys.argv[1]
symmetric = {}
for line in open(tmp + "/all.jsonl", encoding="utf-8"):
    o = json.loads(line)
    if o.get("status") != "asserted":
        continue
    s, t, both = o["source"]["id"], o["target"]["id"], o.get("symmetric", False)
    if both and t < s:
        s, t = t, s
    key = s, t, o["plover"], o["predicate"]
    symmetric[key] = symmetric.get(key, False) or both
edges = {(s, t, plover, both) for (s, t, plover, _), both in symmetric.items()}
actors = {a for s, t, _, _ in edges for a in (s, t)}
for line in open(tmp + "/counts", encoding="utf-8"):
    counted = re.match(r" *(\d+) +(\d+) entente \(.*/(\w+\.dot)\)", line)
    if not counted:
        continue  # the total
    nodes, ties, name = int(counted[1]), int(counted[2]), counted[3]
    if name == "top.dot":
        said = re.search(r"drawn are (\d+) of (\d+) actors", open(tmp + "/said").read())
        if said and (int(said[1]), int(said[2])) != (nodes, len(actors)) or not said and nodes != len(actors):
            sys.exit(f"{name}: {nodes} nodes, the store has {len(actors)}, and it says {said and said[0]}")
        continue
    if (nodes, ties) != (len(actors), len(edges)):
        sys.exit(f"{name}: {nodes} nodes and {ties} edges, the store has {len(actors)} and {len(edges)}")
print(f"{len(actors)} nodes, {len(edges)} edges, as the store has")
PY
dot -V 2>&1 | sed 's/$/, draws pictures, groups and all of it by six engines without a warning/'
