#!/usr/bin/env bash
# Makes Tests/Fixtures/VERSION: what the built tool leaves on a disk, for later versions to open.
#
#     Tests/Fixtures/make.sh VERSION [TOOL]
#
# Ids, keys and times are those of the run; all else is the same each time. A fixture that is
# committed stays as it is: a later version has to open what the earlier one wrote.
set -euo pipefail
cd "$(dirname "$0")/../.."

version=${1:?which version of the formats}
tool=$(realpath "${2:-.build-checks/release/satchel}")
target=Tests/Fixtures/$version
[ ! -e "$target" ] || { echo "$target is there already" >&2; exit 1; }

# The database names the places that it read from and synchronized with: such as are nobody's.
work=/tmp/satchel-fixture
mkdir "$work"
trap 'rm -rf "$work"' EXIT
export TZ=UTC
as() { # as REPLICA COMMAND...: runs the tool as one machine
  local name=$1
  shift
  HOME=$work/$name XDG_STATE_HOME=$work/$name-state "$tool" -L "$work/$name" "$@" --quiet >/dev/null
}
tea=https://news.example.org/2026/01/18/n260118.html
birds=https://news.example.net/2026/04/19/e260419.html
tyres=https://news.example.org/2026/04/05/n260405.html

mkdir "$work/codes"
as library init --name study
cp -r Examples/sample-library "$work/pages"
as library import mirror "$work/pages" --tag sample
as library invite --file "$work/codes/code"
as kitchen join "$work/codes/code" --name kitchen
as library bundle create "$work/first.satchel"
as kitchen merge "$work/first.satchel"

as library mark starred "$tea" "$birds"
as library tag add "$tea" later
as library tag rm "$birds" sample
as library rate "$birds" 4
as library progress "$birds" 60
as library title "$birds" "Ten birds"
as library highlight add "$tea" --quote "三克茶叶就够了" --colour yellow -m "拇指和两个指头"
as library view add later "tag:later is:unread" --sort added
as library note "$tea" -m "from the study"
as library mark archived "$birds"
as library undo
as library rm "$tyres"

# Beside each other: a note in conflict, and a deleted article that is annotated.
as kitchen note "$tea" -m "from the kitchen"
as kitchen note "$tyres" -m "修车摊"
as kitchen tag add "$tyres" kept
as kitchen add https://example.org/no-text --title "An address and no more"
as kitchen bundle create "$work/second.satchel"
as library merge "$work/second.satchel"

mkdir "$work/exchange"
as kitchen sync "$work/exchange"
as library sync "$work/exchange"
as kitchen sync "$work/exchange"
as library sync "$work/exchange"
as library bundle create --full "$work/sealed.satchel"
as library bundle create --full --open "$work/open.satchel"
as library compact

# Without what names this machine: a test puts its own there.
sed 's/^machine .*/machine @/' "$work/library-state/satchel/"*.evidence >"$work/evidence"

mkdir -p "$target"
python3 Examples/fold-bundles.py "$work/open.satchel" >"$target/fold.json"
tar -C "$work" --sort=name --owner=0 --group=0 --numeric-owner --mtime=@0 -cf - \
  library evidence exchange sealed.satchel open.satchel | gzip -9n >"$target/disk.tar.gz"
ls -l "$target"
