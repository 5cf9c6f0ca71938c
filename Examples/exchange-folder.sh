#!/usr/bin/env bash
# Three machines and one shared folder, a file server's or one that another program copies about.
# Everything happens in a temporary folder that is removed afterwards. SATCHEL names a tool that is
# built already.
set -euo pipefail
cd "$(dirname "$0")/.."
. Examples/set-up.sh
build_tool

here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
mkdir "$here/share"

# on NAME COMMAND ...: runs satchel as on that machine.
on() {
  local name=$1
  shift
  echo "$name\$ satchel $*"
  XDG_STATE_HOME="$here/$name-state" "$SATCHEL" -L "$here/$name" "$@"
}
step() { printf '\n== %s\n' "$*"; }

step "The study has a library and shares it through a folder."
on study init --name study
on study import mirror Examples/sample-library
on study remote add share "$here/share"
on study sync
on study invite --file "$here/invitation"

step "The kitchen joins, reads everything from there, and writes its own."
on kitchen join "$here/invitation" --name kitchen
on kitchen sync "$here/share"
on kitchen mark read https://news.example.org/2026/03/13/n260313.html
on kitchen sync "$here/share"

step "The study hears of it."
on study sync

step "A third machine appears much later and still finds everything."
on attic join "$here/invitation" --name attic
on attic sync "$here/share"
on study sync
on kitchen sync "$here/share"
on attic sync "$here/share"

step "All three are equal; the folder holds bundles and the mark of the library, and nothing else."
(cd "$here/share" && find . -type f | sort)
fingerprints=$(for name in study kitchen attic; do
  on "$name" status --json | tail -n 1 | grep -o '"fingerprint":"[^"]*"'
done | sort -u)
[ "$(printf '%s\n' "$fingerprints" | wc -l)" = 1 ] || fail "The fingerprints differ: $fingerprints"
printf '\nThe three libraries are equal: %s\n' "$fingerprints"
