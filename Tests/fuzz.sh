#!/usr/bin/env bash
# Gives readers of outside bytes whatever libFuzzer thinks of, with the address sanitizer:
#
#   Tests/fuzz.sh [SECONDS [TARGET ...]]
#   Tests/fuzz.sh --list
#
# 60 seconds for each target if nothing else is said. What was learnt stays in .build-fuzz/learnt, so
# the next run goes on from there. Inputs that a reader fails on are kept in .build-fuzz/found and
# named at the end, which is then a failure; put one that is mended into Tests/FuzzTests/Found/TARGET.
# .build-fuzz/table.tsv has a line for each run: day, target, seconds, inputs, findings.
set -euo pipefail
cd "$(dirname "$0")/.."
. Examples/set-up.sh

seconds=${1:-60}
[[ $seconds =~ ^([0-9]+|--list)$ ]] || {
  echo "usage: Tests/fuzz.sh [SECONDS [TARGET ...]] or Tests/fuzz.sh --list" >&2
  exit 2
}
shift $(($# > 0 ? 1 : 0))

require_swift
install_libraries
scratch=.build-fuzz
export SWIFT_BACKTRACE=enable=no
SATCHEL_FUZZ=1 swift build -c release --product Fuzz --scratch-path "$scratch" --sanitize address \
  -Xswiftc -sanitize=fuzzer -Xswiftc -parse-as-library -Xswiftc -enable-testing -Xswiftc -gnone >&2
fuzz=$scratch/release/Fuzz

if [ "$seconds" = --list ]; then
  SATCHEL_FUZZ=list exec "$fuzz"
elif [ $# -gt 0 ]; then
  targets=("$@")
else
  mapfile -t targets < <(SATCHEL_FUZZ=list "$fuzz")
fi

mkdir -p "$scratch/found"
failed=0
for target in "${targets[@]}"; do
  name=${target// /-}
  learnt=$scratch/learnt/$name
  log=$scratch/$name.log
  mkdir -p "$learnt"
  before=$(find "$scratch/found" -name "$name-*" | wc -l)
  # Its own leaks are looked for by nobody: readers keep nothing, and tables of the system stay.
  ASAN_OPTIONS=detect_leaks=0 SATCHEL_FUZZ=$target SATCHEL_FUZZ_SAMPLES=$learnt \
    "$fuzz" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -max_len=65536 \
    -print_final_stats=1 -artifact_prefix="$scratch/found/$name-" "$learnt" >"$log" 2>&1 || true
  inputs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
  after=$(find "$scratch/found" -name "$name-*" | wc -l)
  findings=$((after - before))
  printf '%s\t%s\t%s\t%s\t%s\n' "$(date +%F)" "$target" "$seconds" "${inputs:-0}" "$findings" \
    | tee -a "$scratch/table.tsv"
  # A program that ended without a count did not run to its end, whatever it kept.
  if [ "$findings" -gt 0 ] || [ -z "$inputs" ]; then
    failed=1
    tail -n 5 "$log"
  fi
done
exit "$failed"
