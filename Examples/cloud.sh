#!/usr/bin/env bash
# Two machines that never meet, and a store on the net that both reach through rclone. The store is a
# WebDAV server that rclone starts on this machine's loopback; everything happens in a temporary folder
# that is removed afterwards. SATCHEL names a tool that is built already.
set -euo pipefail
cd "$(dirname "$0")/.."
. Examples/set-up.sh
command -v rclone >/dev/null 2>&1 || install_if_possible rclone
command -v rclone >/dev/null 2>&1 ||
  fail "There is no rclone here. Install it (rclone.org/install) and run this again."
build_tool

here=$(mktemp -d)
server=
end() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  rm -rf "$here"
}
trap end EXIT
# Not the reader's own configuration.
export RCLONE_CONFIG="$here/rclone.conf"

# on NAME COMMAND ...: runs satchel as on that machine.
on() {
  local name=$1
  shift
  echo "$name\$ satchel $*"
  XDG_STATE_HOME="$here/$name-state" "$SATCHEL" -L "$here/$name" "$@"
}
step() { printf '\n== %s\n' "$*"; }

step "A store on the net, with a password; rclone knows it as cloud, and satchel learns neither."
mkdir "$here/store"
touch "$RCLONE_CONFIG"
rclone serve webdav --addr 127.0.0.1:0 --user reader --pass secret "$here/store" 2>"$here/served" &
server=$!
for _ in $(seq 300); do
  port=$(sed -n 's,.*on http://127\.0\.0\.1:\([0-9]*\)/.*,\1,p' "$here/served")
  [ -z "$port" ] || break
  sleep 0.1
done
[ -n "$port" ] || fail "The server did not start: $(cat "$here/served")"
rclone config create cloud webdav url="http://127.0.0.1:$port" vendor=other user=reader \
  pass=secret --obscure >/dev/null
rclone listremotes

step "The study has a library and leaves it there."
on study init --name study
on study import mirror Examples/sample-library
on study remote add cloud rclone:cloud:books
on study sync
on study invite --file "$here/invitation"

step "The kitchen joins, reads everything from there, and writes its own."
on kitchen join "$here/invitation" --name kitchen
on kitchen remote add cloud rclone:cloud:books
on kitchen sync
on kitchen mark read https://news.example.org/2026/03/13/n260313.html
on kitchen sync

step "The study hears of it, and then nothing is new."
on study sync
on study sync

step "What the store sees: sealed files, their lengths, and when they came."
rclone lsl cloud:

step "A wrong name is told with those that there are."
on study sync rclone:clodu:books || echo "(It ended with $?.)"

step "Both are equal."
fingerprints=$(for name in study kitchen; do
  on "$name" status --json | tail -n 1 | grep -o '"fingerprint":"[^"]*"'
done | sort -u)
[ "$(printf '%s\n' "$fingerprints" | wc -l)" -eq 1 ] || fail "The fingerprints differ: $fingerprints"
printf '\nThe two libraries are equal: %s\n' "$fingerprints"
