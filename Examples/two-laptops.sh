#!/usr/bin/env bash
# Two laptops and a stick: one library, marked on both, identical in the end. Everything happens in
# a temporary folder that is removed afterwards. SATCHEL names a tool that is built already.
set -euo pipefail
cd "$(dirname "$0")/.."
. Examples/set-up.sh

build_tool

here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
mkdir "$here/laptop-a" "$here/laptop-b" "$here/stick"

# Each laptop keeps its own state, as two machines do.
a() { echo "laptop-a$ satchel $*"; XDG_STATE_HOME="$here/laptop-a/state" "$SATCHEL" -L "$here/laptop-a/library" "$@"; }
b() { echo "laptop-b$ satchel $*"; XDG_STATE_HOME="$here/laptop-b/state" "$SATCHEL" -L "$here/laptop-b/library" "$@"; }
quietly() { "$@" | tail -n +2; }
step() { printf '\n== %s\n' "$*"; }

step "Laptop A makes a library and imports a dozen mirrored news pages."
a init --name laptop-a
a import mirror Examples/sample-library

step "A invites B; the code travels once, in private, and never on the stick."
a invite --file "$here/invitation"
b join "$here/invitation" --name laptop-b

step "A carries everything over on a stick, and B merges it."
a bundle create "$here/stick/1-everything.satchel"
b merge "$here/stick"
b list --limit 3

step "Both read on, apart from one another. Both write a note on the same article."
article=$(quietly a list --json | grep -o '"id":"[^"]*"' | head -n 1 | cut -d '"' -f 4)
a mark read "$article"
a tag add "$article" weekend
a note "$article" -m "Read this aloud on Sunday."
b mark starred "$article"
b tag add "$article" 家人
b note "$article" -m "Send it to grandmother."

step "Bundles go both ways and hold only what the other has not acknowledged."
b bundle create "$here/stick/2-from-b.satchel" --for laptop-a
a merge "$here/stick/2-from-b.satchel"
a bundle create "$here/stick/3-from-a.satchel" --for laptop-b
b merge "$here/stick/3-from-a.satchel"

step "Merging again, in any order, does no harm."
b merge "$here/stick/3-from-a.satchel" "$here/stick/1-everything.satchel"
a merge "$here/stick"

step "Neither note was lost. One is shown, the other is a conflict, the same on both."
a conflicts
b conflicts >/dev/null

step "A resolves it; B learns of it."
a note "$article" -m "Read this aloud on Sunday, and send it to grandmother."
a bundle create "$here/stick/4-resolved.satchel" --for laptop-b
b merge "$here/stick/4-resolved.satchel"
b conflicts
b bundle create "$here/stick/5-acknowledged.satchel" --for laptop-a
a merge "$here/stick/5-acknowledged.satchel"

step "Both libraries are identical, and say so."
a status
b status
fingerprint() { quietly "$1" status --json | grep -o '"fingerprint":"[^"]*"'; }
[ "$(fingerprint a)" = "$(fingerprint b)" ] || fail "The fingerprints differ."
[ "$(quietly a list --json --all)" = "$(quietly b list --json --all)" ] || fail "The lists differ."
printf '\nThe two libraries are equal: %s\n' "$(fingerprint a)"
