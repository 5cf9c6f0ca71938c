#!/usr/bin/env bash
# Builds the product's documentation from what was built last, warnings as errors. Build anew before:
# beside modules older than the sources, parameters seem to lack what is said of them.
#   Tests/documentation.sh [SCRATCH [OUTPUT]]   SCRATCH is .build, OUTPUT a folder for the pages
# To read it: python3 -m http.server --directory OUTPUT, and then /documentation/satchel.
set -euo pipefail
cd "$(dirname "$0")/.."
scratch=${1:-.build}
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
output=${2:-$work/pages}

manifest=$(ls -t "$scratch"/{debug,release}.yaml 2>/dev/null | head -1 || true)
if [ -z "$manifest" ]; then
  echo "Nothing was built in $scratch yet." >&2
  exit 1
fi
modules=${manifest%.yaml}/Modules
# How the modules below, in C, were found when they were compiled.
maps=$(grep -o 'fmodule-map-file=[^"]*' "$manifest" | sort -u | sed 's/^/-Xcc -/')
target=$(swiftc -print-target-info | sed -n 's/^ *"triple": "\(.*\)",$/\1/p' | head -1)
mkdir "$work/graphs"
# What the layers below make public is the product's.
layers=Replication,Articles,Documents,Coding,Files,LibraryStore,Sealing,SyncSession,Transports,Formats
# shellcheck disable=SC2086 # One word each.
swift symbolgraph-extract -module-name Satchel -I "$modules" $maps \
  -I "$scratch/checkouts/swift-system/Sources/CSystem/include" \
  -experimental-allowed-reexported-modules="$layers" \
  -target "$target" -minimum-access-level public -skip-inherited-docs -output-dir "$work/graphs"

docc convert Sources/Satchel/Satchel.docc --additional-symbol-graph-dir "$work/graphs" \
  --fallback-display-name Satchel --fallback-bundle-identifier Satchel \
  --warnings-as-errors --output-path "$output"
