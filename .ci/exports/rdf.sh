#!/usr/bin/env bash
# Reads the RDF and FollowTheMoney exports of a store with rapper and rdflib, and
# compares their actors and facts with the store's:
#
#   .ci/exports/rdf.sh STORE BIN TMPDIR
#
# Installs raptor2-utils and python3-rdflib with apt-get where they are missing.
set -euo pipefail
store=$1 bin=$2 tmp=$3/rdf
mkdir -p "$tmp"
fail() { printf 'rdf: %s\n' "$*" >&2; exit 1; }

python=/usr/bin/python3 # the one that Debian's packages are for
if ! command -v rapper >/dev/null || ! "$python" -c "import rdflib" 2>/dev/null; then
  command -v apt-get >/dev/null || fail "rapper or rdflib is missing and there is no apt-get to install them"
  sudo=
  [ "$(id -u)" -eq 0 ] || sudo=sudo
  { $sudo apt-get update -q && $sudo apt-get install -q -y --no-install-recommends raptor2-utils python3-rdflib; } >"$tmp/apt" 2>&1 ||
    { tail -n 5 "$tmp/apt" >&2; fail "rapper or rdflib is missing and apt-get could not install them"; }
fi

for format in nquads turtle jsonld ftm; do
  "$bin/entente" export --db "$store" --format $format --status all -o "$tmp/all.$format"
done
"$bin/entente" export --db "$store" --format nquads -o "$tmp/asserted.nquads"
"$bin/entente" export --db "$store" --format jsonl -o "$tmp/all.jsonl"
"$bin/entente" stats --db "$store" --format json >"$tmp/stats.json"

# rapper turns both into N-Triples, of which the lines are counted.
for format in nquads turtle; do
  rapper -q -i $format -o ntriples "$tmp/all.$format" >"$tmp/$format.nt" 2>"$tmp/$format.err" || { cat "$tmp/$format.err" >&2; fail "rapper cannot read the $format"; }
  if [ -s "$tmp/$format.err" ]; then
    cat "$tmp/$format.err" >&2
    fail "rapper warns about the $format"
  fi
done

"$python" - "$tmp" "$(rapper --version)" <<'PYTHON'
import json, re, sys
import rdflib
from rdflib.namespace import PROV, RDF, RDFS

tmp, rapper = sys.argv[1:]
OWN = "urn:entente:"
FACT, ASSERTED = rdflib.URIRef(OWN + "term:Fact"), rdflib.Literal("asserted")
STATUS = rdflib.URIRef(OWN + "term:status")

def equal(what, got, want):
    if got != want:
        sys.exit(f"rdf: {what}: {got}, want {want}")

stats = json.load(open(f"{tmp}/stats.json"))
events = [e for e in map(json.loads, open(f"{tmp}/all.jsonl", encoding="utf-8")) if "predicate" in e]
asserted = sum(e["status"] == "asserted" for e in events)
equal("events of the JSON Lines", len(events), stats["events"])
# A filter, --status too, leaves out actors that take part in nothing.
involved = len({e[end]["id"] for e in events for end in ("source", "target")})
iri = lambda kind, text: OWN + kind + ":" + re.sub(rb"[^A-Za-z0-9._~:-]", lambda m: b"%%%02X" % m[0][0], text.encode()).decode()
edges = sorted((iri("actor", e["source"]["id"]), iri("rel", e["predicate"]), iri("actor", e["target"]["id"])) for e in events)

for name in "nquads", "turtle":
    lines = open(f"{tmp}/{name}.nt", encoding="utf-8").read().splitlines()
    count = lambda object: sum(l.endswith(f"ns#type> <{object}> .") for l in lines)
    equal(f"rapper, {name}: actors", count(PROV.Agent), involved)
    equal(f"rapper, {name}: facts", count(FACT), stats["events"])
print(f"rapper {rapper} reads N-Quads and Turtle: {involved} actors, {stats['events']} facts")

def check(what, g):
    equal(f"{what}: actors", len(set(g.subjects(RDF.type, PROV.Agent))), involved)
    equal(f"{what}: names", len(set(g.subjects(RDFS.label))), involved)
    facts = set(g.subjects(RDF.type, FACT))
    equal(f"{what}: facts", len(facts), stats["events"])
    equal(f"{what}: asserted facts", len(set(g.subjects(STATUS, ASSERTED))), asserted)
    if any(isinstance(t, rdflib.BNode) for s in g for t in s[::2]):
        sys.exit(f"rdf: {what} has blank nodes")
    return facts

quads = rdflib.ConjunctiveGraph()
quads.parse(f"{tmp}/all.nquads", format="nquads")
facts = check("rdflib, nquads", quads)
named = {c.identifier: list(c) for c in quads.contexts() if c.identifier in facts}
equal("rdflib, nquads: named graphs", len(named), len(facts))
equal("rdflib, nquads: triples of the named graphs", sorted(tuple(map(str, t)) for c in named.values() for t in c), edges)
some = rdflib.ConjunctiveGraph()
some.parse(f"{tmp}/asserted.nquads", format="nquads")
equal("rdflib, nquads: actors without --status", len(set(some.subjects(RDF.type, PROV.Agent))), stats["actors"])
equal("rdflib, nquads: facts without --status", len(set(some.subjects(RDF.type, FACT))), asserted)

def described(what, g):
    facts = check(what, g)
    triples = [tuple(str(g.value(f, p)) for p in (RDF.subject, RDF.predicate, RDF.object)) for f in facts]
    equal(f"{what}: statements", sorted(triples), edges)
    if any(p.startswith(OWN + "rel:") for p in set(g.predicates())):
        sys.exit(f"rdf: {what} asserts the triple of a fact")
    return set(g)

turtle = described("rdflib, turtle", rdflib.Graph().parse(f"{tmp}/all.turtle", format="turtle"))
read = "N-Quads and Turtle"
if tuple(map(int, rdflib.__version__.split(".")[:2])) >= (6, 0):
    ld = described("rdflib, jsonld", rdflib.Graph().parse(f"{tmp}/all.jsonld", format="json-ld"))
    equal("rdflib: statements that are in one of Turtle and JSON-LD alone", len(turtle ^ ld), 0)
    read = "N-Quads, Turtle and JSON-LD"
print(f"rdflib {rdflib.__version__} reads {read}: {involved} actors, {len(facts)} facts, {len(turtle)} statements")

# FollowTheMoney: the shape of its entities, and that no reference leads nowhere.
entities = {}
for n, line in enumerate(open(f"{tmp}/all.ftm", encoding="utf-8"), 1):
    e = json.loads(line)
    equal(f"ftm, line {n}: members", sorted(e), ["id", "properties", "schema"])
    if not re.fullmatch(r"[0-9A-Za-z]([0-9A-Za-z.-]*[0-9A-Za-z])?", e["id"]) or e["id"] in entities:
        sys.exit(f"rdf: ftm, line {n}: id {e['id']} is ill-formed or not the only one")
    if not all(isinstance(v, list) and v and all(isinstance(s, str) and s for s in v) for v in e["properties"].values()):
        sys.exit(f"rdf: ftm, line {n}: a property is no list of strings")
    entities[e["id"]] = e
links = [e["properties"] for e in entities.values() if e["schema"] == "UnknownLink"]
articles = {i for i, e in entities.items() if e["schema"] == "Article"}
actors = {i: e["properties"] for i, e in entities.items() if e["schema"] in ("Person", "PublicBody", "Organization", "Company", "LegalEntity")}
equal("ftm: entities of other schemas", len(entities) - len(links) - len(articles) - len(actors), 0)
equal("ftm: actors", len(actors), involved)
equal("ftm: actors without a name", sum("name" not in p for p in actors.values()), 0)
equal("ftm: articles without the file name that their schema requires", sum("fileName" not in entities[a]["properties"] for a in articles), 0)
equal("ftm: countries that are no alpha-2", [c for p in actors.values() for c in p.get("country", []) if not re.fullmatch("[a-z]{2}", c)], [])
equal("ftm: articles that prove nothing, or are missing", len(articles ^ {l["proof"][0] for l in links}), 0)
own = lambda l, end: actors[l[end][0]]["notes"][0]
role = lambda e: e["predicate"] if e["status"] == "asserted" else f"{e['predicate']} ({e['status']})"
equal("ftm: facts", sorted((own(l, "subject"), l["role"][0], own(l, "object")) for l in links),
      sorted((e["source"]["id"], role(e), e["target"]["id"]) for e in events))
print(f"FollowTheMoney: {len(actors)} actors, {len(articles)} articles and {len(links)} links have the form of its entities")
PYTHON
