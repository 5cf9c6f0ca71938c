#!/usr/bin/env bash
# All checks: format, warnings, layering, tests, examples. Installs what they need.
set -euo pipefail
cd "$(dirname "$0")/.."
. Examples/set-up.sh

require_swift
# age is an independent implementation of our seal; python3 reads the vectors; sqlite3 the schema.
install_libraries age python3 sqlite3
# Two machines and a line between them, sticks that are FAT, logins, a pager, distant stores, a
# validator of books, what runs a page's script, and a browser: tests that need what is not here skip.
install_if_possible iproute2 dosfstools fusefat fuse python3-venv openssh-server openssh-client less \
  rclone git curl zsh epubcheck nodejs chromium chromium-driver

# An independent implementation of Noise, with which sessions are held, and a server that answers as
# S3 does; they stay out of the system. They are fetched while the build runs, and waited for before
# the tests.
python=$PWD/$scratch/python
mkdir -p "$scratch"
{
  [ -x "$python/bin/python3" ] || python3 -m venv "$python"
  "$python/bin/python3" -m pip install -q noiseprotocol cryptography 'moto[server,s3]'
} >"$scratch/python.log" 2>&1 &
installing=$!
documenting=
trap 'kill $installing $documenting 2>/dev/null || true' EXIT

step() { printf '\n== %s\n' "$*"; }

step "Format"
swift format lint --strict --parallel --recursive Sources Tests Package.swift

step "Planted bugs: each can still be planted"
Tests/planted-bugs.py --check

step "Build: warnings are errors, and imports follow the layers"
build_checks

# It has one thread, and so has each example: they go on beside it.
Tests/documentation.sh "$scratch" >"$scratch/documentation.log" 2>&1 &
documenting=$!

step "Example: two laptops and a stick"
Examples/two-laptops.sh

step "Example: three machines and a shared folder"
Examples/exchange-folder.sh

if command -v rclone >/dev/null 2>&1; then
  step "Example: two machines and a store on the net"
  Examples/cloud.sh
fi

step "Example: over TCP and through ssh"
Examples/tcp-sync.sh

if command -v curl >/dev/null 2>&1; then
  step "Example: the reader's page"
  page=$(mktemp)
  # It runs until it is told to end; where it does not begin, it is ended in time.
  timeout 120 Examples/reader-page.sh --json >"$page" &
  serving=$!
  for _ in $(seq 600); do
    ! grep -q '"link"' "$page" || break
    sleep 0.2
  done
  link=$(sed -n 's/.*"link":"\([^"]*\)".*/\1/p' "$page" | sed 's,\\/,/,g')
  curl -fsS --noproxy '*' "$link" | grep -q 'http-equiv="refresh"'
  kill "$serving"
  wait "$serving" || true
  rm "$page"
fi

step "Example: installing"
prefix=$(mktemp -d)
Examples/install.sh "$prefix"
rm -r "$prefix"

step "Example: a program that embeds the library"
"$products/Embed"

step "Documentation: warnings are errors"
if ! wait "$documenting"; then
  cat "$scratch/documentation.log" >&2
  exit 1
fi

step "Python packages for the tests"
if ! wait "$installing"; then
  cat "$scratch/python.log" >&2
  echo "These Python packages could not be installed, and without them tests would be skipped." >&2
  exit 1
fi
PATH=$python/bin:$PATH

step "Tests"
export SWIFT_BACKTRACE=enable=no
stores='TransportsTests\.(Rclone|StorageConformance|ProgramRun)'
run_checks --skip "ToolTests|DeadlineTests|WebReaderTests\.Server|$stores"

# Apart, since they mostly wait for rclone, and rclone for them.
step "Tests of distant stores"
run_checks --filter "$stores"

# One after another: hundreds of sessions at once on two cores wait for each other past their limits.
step "Tests in which time counts"
run_checks --no-parallel --filter "DeadlineTests|WebReaderTests\.Server"

# After the others, since they start programs that have deadlines of their own.
step "Stories with the built tool"
run_checks --filter ToolTests
