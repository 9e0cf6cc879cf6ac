#!/usr/bin/env bash
# Makes tiaoli.tar.gz: Node and the program with its packs, as one archive that Spark unpacks on every executor.
# Usage: deploy/spark/archive.sh OUT.tar.gz
set -eu
cd "$(dirname "$0")/../.."
out=$(realpath -m "$1")
[ -f dist/cli/main.js ] || npm run --silent build:cli
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$(node -p process.execPath)" "$work/node"
mkdir -p "$work/program"
# What only other commands need stays behind: `judge` is one bundle.
cp -r bin dist rules package.json "$work/program/"
rm -rf "$work/program/dist/site"
printf '#!/bin/sh\nhere=$(dirname "$(readlink -f "$0")")\nexec "$here/node" "$here/program/bin/tiaoli.js" "$@"\n' >"$work/tiaoli"
chmod +x "$work/tiaoli"
tar -czf "$out" -C "$work" .
echo "$out"
