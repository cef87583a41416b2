#!/bin/sh
# Renews the chart libraries in govcrawl/site/static/vendor from the npm registry:
#     tools/vendor_charts.sh [PLOT_VERSION [D3_VERSION]]
# Without versions it fetches those that are there now, which must give the same bytes. Afterwards run
# tests/site/test_charts.py, which holds the files against the sums in VENDORED.
set -eu
plot=${1:-0.6.17}
d3=${2:-7.9.2}
here=$(cd "$(dirname "$0")/../govcrawl/site/static/vendor" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --ignore-scripts --no-audit --no-fund --loglevel=error "@observablehq/plot@$plot" "d3@$d3" >/dev/null
cp node_modules/@observablehq/plot/dist/plot.umd.min.js "$here/plot.umd.min.js"
cp node_modules/d3/dist/d3.min.js "$here/d3.min.js"
{
  for package in @observablehq/plot d3 interval-tree-1d binary-search-bounds isoformat; do
    version=$(node -p "require('./node_modules/$package/package.json').version")
    printf '==== %s %s ====\n\n' "$package" "$version"
    cat "node_modules/$package/LICENSE"
    printf '\n'
  done
} >"$here/LICENSES.txt"
{
  printf '# file version licence sha256; renewed by tools/vendor_charts.sh\n'
  printf 'plot.umd.min.js %s ISC %s\n' "$plot" "$(sha256sum "$here/plot.umd.min.js" | cut -d' ' -f1)"
  printf 'd3.min.js %s ISC %s\n' "$d3" "$(sha256sum "$here/d3.min.js" | cut -d' ' -f1)"
} >"$here/VENDORED"
