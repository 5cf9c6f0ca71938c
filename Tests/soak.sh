#!/usr/bin/env bash
# Everything that can be tested for longer than Tests/run.sh has time for:
#
#   Tests/soak.sh HOURS [--seed N]
#
# First, once for each state of the sources: every schedule of four writes, the laws with all their
# seeds, ten thousand damages of each sample, a thousand histories folded in Python, power cuts and
# errors at every call, planted bugs. Then, until the time is up, in turns of ten minutes: simulated
# libraries, from seed N on or from where the last run ended, and libFuzzer. All of it is kept in
# .build-soak, so a run that was ended is gone on with; at the end a table says what was done since the
# sources changed, for README.md.
set -euo pipefail
cd "$(dirname "$0")/.."
. Examples/set-up.sh

usage() {
  echo "usage: Tests/soak.sh HOURS [--seed N]" >&2
  exit 2
}
[[ ${1:-} =~ ^[0-9]+(\.[0-9]+)?$ ]] || usage
end=$(($(date +%s) + $(awk "BEGIN { print int($1 * 3600) }")))
seed=
if [ $# -gt 1 ]; then
  [[ $2 == --seed && ${3:-} =~ ^[0-9]+$ && $# == 3 ]] || usage
  seed=$3
fi

require_swift
install_libraries python3 age sqlite3
install_if_possible dosfstools fusefat fuse iproute2
export SWIFT_BACKTRACE=enable=no
build_checks

state=$(cat Package.swift $(git ls-files Sources Tests Protocol) | sha256sum | cut -c1-16)
kept=.build-soak/$state
mkdir -p "$kept"
failures=0

# stage NAME WHAT COMMAND ...: once; its last words and its end are kept, whichever it is.
stage() {
  local name=$1 what=$2 began
  shift 2
  [ -e "$kept/$name.end" ] && return
  [ "$(date +%s)" -lt "$end" ] || return 0
  echo "== $what"
  began=$(date +%s)
  if "$@" >"$kept/$name.log" 2>&1; then
    echo "held" >"$kept/$name.end"
  else
    echo "FAILED" >"$kept/$name.end"
    grep -E '✘|error:' "$kept/$name.log" | head -20 || tail -20 "$kept/$name.log"
  fi
  echo "$(cat "$kept/$name.end") after $(($(date +%s) - began)) s"
}

# tests SECONDS FILTER [OPTION ...]: tests that take as long as there is time for.
tests() {
  local seconds=$1 filter=$2
  shift 2
  SATCHEL_SOAK=$seconds run_checks --filter "$filter" "$@"
}

stage schedules "every schedule of four writes" tests 1 'ReplicationTests\.ScheduleTests'
# Without those that have a stage of their own, or need the machine to themselves.
stage laws "all seeds of the laws, two readers of 120,000 payloads, bombs at the limits" tests 1 \
  '(Coding|Documents|LibraryStore|Replication|Satchel|SyncSession|Transports)Tests\.' \
  --skip 'ScheduleTests|FoldLaws|DeadlineTests|EnduranceTests|Rclone|StorageConformance|ProgramRun'
stage days "two days of synchronizing, and 2,880 sessions" tests 1 \
  'EnduranceTests|DescriptorTests' --no-parallel
stage damages "ten thousand damages of each sample" tests 1 'FuzzTests|ArchivesTests\.ZipArchiveTests'
stage histories "a thousand histories, folded in Python" tests 1 'SatchelTests\.FoldLaws'
stage power "power cuts and errors from below" tests 1 'FaultTests|ToolTests\.SystemErrorStories'
stage bugs "planted bugs" Tests/planted-bugs.py

targets=()
turn=0
while now=$(date +%s) && [ $((end - now)) -gt 60 ]; do
  seconds=$((end - now < 600 ? end - now : 600))
  if [ $((turn++ % 2)) -eq 0 ]; then
    seed=${seed:-$(cat .build-soak/next-seed 2>/dev/null || echo 1000)}
    log=$kept/simulation-$seed.log
    echo "== simulated libraries, from seed $seed on, for $seconds s"
    SATCHEL_SEED=$seed tests "$seconds" 'SimulationTests\.SimulationTests' >"$log" 2>&1 ||
      failures=$((failures + 1))
    grep -E '^up to seed|breaks' "$log" || tail -5 "$log"
    seed=$(sed -n 's/^up to seed \([0-9]*\):.*/\1/p' "$log" | tail -1)
    [ -n "$seed" ] || break
    echo "$seed" >.build-soak/next-seed
  else
    # As many targets as a minute each has room for, each turn others.
    if [ ${#targets[@]} -eq 0 ]; then mapfile -t targets < <(Tests/fuzz.sh --list); fi
    count=$((seconds / 60 < ${#targets[@]} ? seconds / 60 : ${#targets[@]}))
    first=$(cat .build-soak/next-target 2>/dev/null || echo 0)
    chosen=()
    for ((place = 0; place < count; place++)); do
      chosen+=("${targets[$(((first + place) % ${#targets[@]}))]}")
    done
    echo $(((first + count) % ${#targets[@]})) >.build-soak/next-target
    echo "== libFuzzer: ${chosen[*]}"
    Tests/fuzz.sh 60 "${chosen[@]}" | tee -a "$kept/fuzz.tsv" || failures=$((failures + 1))
  fi
done

echo
echo "| checked | how much | outcome | day |"
echo "| --- | --- | --- | --- |"
row() { printf '| %s | %s | %s | %s |\n' "$1" "$2" "$3" "$(date +%F)"; }
# How much: what the tests demand themselves, or what the log says.
while IFS='|' read -r name what much; do
  [ -e "$kept/$name.end" ] || continue
  case $much in
    /*) much=$(grep -hoE "${much#/}" "$kept/$name.log" | tail -1 || true) ;;
  esac
  row "$what" "$much" "$(cat "$kept/$name.end")"
done <<'ROWS'
schedules|orders in which four writes arrive|6,997,185
laws|laws with all their seeds, 120,000 payloads read by two readers, 43 bombs|/Test run with [0-9]+ tests
days|synchronizing every minute, in minutes|2,880
damages|damages of each sample of every reader|10,000
histories|histories folded from the specification alone|1,000
power|power cuts and failing calls|/^power cuts: .*
bugs|planted bugs|/[0-9]+ of [0-9]+ caught
ROWS
played=$(find "$kept" -name 'simulation-*.log' -exec cat {} + \
  | sed -n 's/^up to seed [0-9]*: \([0-9]*\) seeds.*/\1/p' | awk '{ sum += $1 } END { print sum + 0 }')
if [ "$played" -gt 0 ] || [ "$failures" -gt 0 ]; then
  row "simulated libraries" "$played seeds" "$([ "$failures" -eq 0 ] && echo held || echo "see the logs")"
fi
if [ -s "$kept/fuzz.tsv" ]; then
  row "inputs of libFuzzer" "$(awk -F'\t' 'NF == 5 { sum += $4 } END { print sum }' "$kept/fuzz.tsv")" \
    "$(awk -F'\t' 'NF == 5 { sum += $5 } END { print sum + 0 }' "$kept/fuzz.tsv") findings"
fi
! grep -qs FAILED "$kept"/*.end && [ "$failures" -eq 0 ]
