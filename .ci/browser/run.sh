#!/usr/bin/env bash
# Opens the pages that entente writes in a browser, as readers at a desk and on a phone would:
#
#	bash .ci/browser/run.sh STORE BIN TMPDIR
#
# Pictures of the pages are left in TMPDIR/browser.
set -euo pipefail
store=$1 bin=$2 tmp=$3/browser
here=$(dirname "$0")
chromium=/usr/bin/chromium
playwright=1.65.1
mkdir -p "$tmp"

for program in node npm; do
  command -v "$program" >/dev/null || { echo "the pages' tests need Node.js 18 or later: there is no $program" >&2; exit 1; }
done
if [ ! -x "$chromium" ]; then
  sudo=
  [ "$(id -u)" -eq 0 ] || sudo=sudo
  { $sudo apt-get update -q && $sudo apt-get install -q -y --no-install-recommends chromium; } >"$tmp/apt" 2>&1 ||
    { tail -n 5 "$tmp/apt" >&2; echo "Chromium is missing ($chromium) and apt-get could not install it" >&2; exit 1; }
fi
npm install --prefix "$tmp" --no-save --no-audit --no-fund "playwright-core@$playwright" >"$tmp/npm" 2>&1 ||
  { tail -n 5 "$tmp/npm" >&2; echo "npm could not install playwright-core $playwright" >&2; exit 1; }

# A store whose names, titles, publishers, addresses and quotes try to be markup.
cat >"$tmp/hostile.txt" <<'EOF'
person:broken-name  <script>window.broken=1</script> "Zorb" ]]> 'x' & <img src=x onerror=window.broken=2>
  country: FRA
  also: Zorblax Quent
EOF
cat >"$tmp/hostile.jsonl" <<'EOF'
{"id":"<script>window.broken=3</script>","published":"2024-04-01","title":"]]></script><script>window.broken=4</script>","publisher":"\"><img src=x onerror=\"window.broken=5\">","url":"javascript:window.broken=6","text":"Macron condemned Russia over \"</script><script>window.broken=7</script> ]]> <!-- -->\"."}
{"id":"two","published":"2024-05-01","url":"https://example.org/?a=1&b=\"><script>window.broken=8</script>","text":"Russia praised Macron's \"<img src=x onerror=window.broken=9>\" and 'quotes'. Peru condemned Chile."}
{"id":"three","published":"2024-06-01","text":"Zorblax Quent condemned Russia."}
EOF
hostile=$tmp/hostile.db
"$bin/entente" ingest "$tmp/hostile.jsonl" --dict "$tmp/hostile.txt" --db "$hostile" >/dev/null

"$bin/entente" draw --db "$store" -o "$tmp/graph.html"
"$bin/entente" draw --db "$hostile" -o "$tmp/hostile.html"
node "$here/page.mjs" "$tmp" "$chromium" "$tmp/graph.html" "$tmp/hostile.html"

report() { "$bin/entente" report --db "$store" --new-since 2024-01 -o "$tmp/report-$1.html" "${@:2}"; }
report all
report one macron
report two russia ukraine
node "$here/report.mjs" "$tmp" "$chromium" "$tmp"/report-{all,one,two}.html
