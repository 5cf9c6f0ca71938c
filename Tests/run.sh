#!/usr/bin/env bash
# All checks: format, warnings, layering, tests, examples. Installs what they need.
set -euo pipefail
cd "$(dirname "$0")/.."
. Examples/set-up.sh

require_swift
# age is an independent implementation of our seal; python3 reads the vectors; sqlite3 the schema.
install_libraries age python3 sqlite3

# The checks keep their own build folder, since warnings are errors in it.
export SATCHEL_STRICT=1
scratch=.build-checks

step() { printf '\n== %s\n' "$*"; }

step "Format"
swift format lint --strict --recursive Sources Tests Package.swift

step "Build: warnings are errors, and imports follow the layers"
swift build --build-tests --scratch-path "$scratch" --explicit-target-dependency-import-check error

step "Example: two laptops and a stick"
products=$(swift build --scratch-path "$scratch" --show-bin-path)
export SATCHEL="$products/satchel"
Examples/two-laptops.sh

step "Example: three machines and a shared folder"
Examples/exchange-folder.sh

step "Example: installing"
prefix=$(mktemp -d)
Examples/install.sh "$prefix"
rm -r "$prefix"

step "Example: a program that embeds the library"
"$products/Embed"

step "Tests"
SWIFT_BACKTRACE=enable=no swift test --skip-build --scratch-path "$scratch"
