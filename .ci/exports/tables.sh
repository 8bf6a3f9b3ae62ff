#!/usr/bin/env bash
# The tables of an export as other programs read them: sqlite3, Python's csv and,
# where pip can install it, pyarrow.
#
#   bash .ci/exports/tables.sh STORE BIN TMPDIR
set -euo pipefail
store=$1 bin=$2 tmp=$3/tables
fail() { printf 'ci: %s\n' "$*" >&2; exit 1; }
mkdir -p "$tmp"

missing=()
for program in sqlite3 python3; do
  command -v "$program" >/dev/null || missing+=("$program")
done
if [ "${#missing[@]}" -gt 0 ]; then
  command -v apt-get >/dev/null || fail "missing: ${missing[*]}, and there is no apt-get to install them"
  sudo=
  [ "$(id -u)" -eq 0 ] || sudo=sudo
  { $sudo apt-get update -q && $sudo apt-get install -q -y --no-install-recommends "${missing[@]}"; } >"$tmp/apt" 2>&1 ||
    { tail -n 5 "$tmp/apt" >&2; fail "apt-get could not install ${missing[*]}"; }
fi

for format in csv neo4j parquet; do
  "$bin/entente" export --db "$store" --format "$format" -o "$tmp/$format"
done
for format in gdelt phoenix polecat; do
  "$bin/entente" export --db "$store" --format "$format" -o "$tmp/$format.tsv"
done
"$bin/entente" export --db "$store" --format jsonl -o "$tmp/all.jsonl"
"$bin/entente" stats --db "$store" --format json >"$tmp/stats.json"

# What the tables should hold, counted from the store's own lines.
eval "$(python3 - "$tmp" <<'PY'
import json, sys
tmp = sys.argv[1]
asserted = [e for e in map(json.loads, open(tmp + "/all.jsonl", encoding="utf-8")) if "predicate" in e and e["status"] == "asserted"]
print("actors=%d" % json.load(open(tmp + "/stats.json"))["actors"])
print("facts=%d" % len(asserted))
print("mentions=%d" % sum(1 + len(e.get("copies", [])) for e in asserted))
print("cameo=%d" % sum(e["cameo"] != "" for e in asserted))
print("plover=%d" % sum(e["plover"] != "NONE" for e in asserted))
PY
)"
[ "$facts" -gt 0 ] || fail "the store has no asserted facts to check the tables with"

sql() { # FOLDER NODES EDGES QUERY
  sqlite3 -batch :memory: -cmd ".mode csv" -cmd ".import $1/$2.csv nodes" -cmd ".import $1/$3.csv edges" "$4" 2>"$tmp/sqlite.err" ||
    { cat "$tmp/sqlite.err" >&2; fail "sqlite3 cannot read $1"; }
  [ ! -s "$tmp/sqlite.err" ] || { cat "$tmp/sqlite.err" >&2; fail "sqlite3 complains about $1"; }
}
same() { # WHAT GOT WANT
  [ "$2" = "$3" ] || fail "$1: $2, want $3"
}
same "csv: actors, mentions, edges without an actor" \
  "$(sql "$tmp/csv" nodes edges "SELECT (SELECT count(DISTINCT Id) FROM nodes), (SELECT sum(Mentions) FROM edges),
    (SELECT count(*) FROM edges WHERE Source NOT IN (SELECT Id FROM nodes) OR Target NOT IN (SELECT Id FROM nodes));" | tr -d '\r')" "$actors,$mentions,0"
same "neo4j: actors, facts, facts without an actor" \
  "$(sql "$tmp/neo4j" nodes relationships 'SELECT (SELECT count(DISTINCT "id:ID(Actor)") FROM nodes), (SELECT count(DISTINCT id) FROM edges),
    (SELECT count(*) FROM edges WHERE ":START_ID(Actor)" NOT IN (SELECT "id:ID(Actor)" FROM nodes) OR ":END_ID(Actor)" NOT IN (SELECT "id:ID(Actor)" FROM nodes));' | tr -d '\r')" "$actors,$facts,0"
echo "sqlite3 $(sqlite3 --version | cut -d' ' -f1): $actors actors, $facts facts"

python3 - "$tmp" "$actors" "$facts" "$cameo" "$plover" <<'PY'
import csv, platform, sys
tmp, (actors, facts, cameo, plover) = sys.argv[1], map(int, sys.argv[2:])

def same(what, got, want):
    if got != want:
        sys.exit("ci: %s: %r, want %r" % (what, got, want))

for folder, nodes, edges, count in ("csv", "nodes", "edges", None), ("neo4j", "nodes", "relationships", facts):
    for name, want in (nodes, actors), (edges, count):
        rows = list(csv.reader(open("%s/%s/%s.csv" % (tmp, folder, name), encoding="utf-8", newline=""), strict=True))
        same("%s: widths of rows of %s" % (folder, name), {len(r) for r in rows}, {len(rows[0])})
        if want is not None:
            same("%s: rows of %s" % (folder, name), len(rows) - 1, want)
        if folder == "csv":
            number = {"Goldstein"}
            for r in rows[1:]:
                for column, cell in zip(rows[0], r):
                    if column not in number and cell[:1] in ("=", "+", "-", "@", "\t", "\r"):
                        sys.exit("ci: csv: a cell that a spreadsheet takes for a formula: %r" % cell)

# The script, one character at a time: strings end, brackets match, each statement is one of three.
text, stack, quoted, escaped, statements, bare = open(tmp + "/neo4j/import.cypher", encoding="utf-8").read(), [], False, False, [], ""
for c in text:
    if quoted:
        if escaped:
            escaped = False
        elif c == "\\":
            escaped = True
        elif c == "'":
            quoted = False
        continue
    if c == "'":
        quoted = True
    elif c in "([{":
        stack.append(c)
    elif c in ")]}":
        same("neo4j: bracket before %r" % c, stack.pop() if stack else "", {")": "(", "]": "[", "}": "{"}[c])
    if c == ";":
        same("neo4j: brackets open at the end of a statement", stack, [])
        statements.append(bare.strip())
        bare = ""
    else:
        bare += c
same("neo4j: open string or rest after the last statement", (quoted, bare.strip()), (False, ""))
for s in statements:
    if not s.startswith(("CREATE CONSTRAINT ", "UNWIND [")) or s.count("UNWIND") > 1 or '"' in s or "`" in s or "\\" in s:
        sys.exit("ci: neo4j: not a statement of the script: %s" % s[:200])
same("neo4j: actors and facts of the script", sum(s.count("{id: ',") for s in statements), actors + facts)
same("neo4j: facts of the script", sum(s.count("{s: ',") for s in statements), facts)

for name, columns, header, want in ("gdelt", 61, 0, cameo), ("phoenix", 26, 0, cameo), ("polecat", 40, 1, plover):
    rows = list(csv.reader(open("%s/%s.tsv" % (tmp, name), encoding="utf-8", newline=""), delimiter="\t", quoting=csv.QUOTE_NONE, strict=True))
    same(name + ": columns", {len(r) for r in rows}, {columns})
    same(name + ": rows", len(rows) - header, want)
    same(name + ": distinct ids", len({r[0] for r in rows[header:]}), want)
print("Python %s: csv, neo4j and its script; %d rows of GDELT and Phoenix, %d of POLECAT" % (platform.python_version(), cameo, plover))
PY

python3 -m venv "$tmp/venv" 2>/dev/null && "$tmp/venv/bin/pip" install -q pyarrow >"$tmp/pip" 2>&1 || { echo "pyarrow: SKIPPED, pip cannot install it; the Go tests read the Parquet files"; exit 0; }
"$tmp/venv/bin/python" - "$tmp/parquet" "$actors" "$facts" <<'PY'
import sys, pyarrow, pyarrow.parquet as pq
folder, (actors, facts) = sys.argv[1], map(int, sys.argv[2:])
tables = {name: pq.read_table("%s/%s.parquet" % (folder, name)) for name in ("actors", "events", "evidence")}
got = {name: t.num_rows for name, t in tables.items()}
if got != {"actors": actors, "events": facts, "evidence": facts}:
    sys.exit("ci: parquet: %r, want %d actors and %d facts" % (got, actors, facts))
ids = set(tables["actors"]["id"].to_pylist())
if not ids.issuperset(tables["events"]["source"].to_pylist() + tables["events"]["target"].to_pylist()):
    sys.exit("ci: parquet: an event whose actor is missing")
if tables["events"]["id"] != tables["evidence"]["event"]:
    sys.exit("ci: parquet: the evidence is not in the order of the events")
if str(tables["events"].schema.field("day").type) != "date32[day]" or "list" not in str(tables["actors"].schema.field("mentions").type):
    sys.exit("ci: parquet: types: %s" % tables["events"].schema)
print("pyarrow %s: %d actors, %d events" % (pyarrow.__version__, actors, facts))
PY
