#!/usr/bin/env bash
# Two laptops over TCP, and a third machine through ssh. Everything happens on this machine, on its
# loopback and in a temporary folder that is removed afterwards. SATCHEL names a tool that is built
# already. SATCHEL_SSH names a command to use in place of ssh; without one, a script stands in for it
# that runs the command here, in another home folder.
set -euo pipefail
cd "$(dirname "$0")/.."
. Examples/set-up.sh
build_tool
SATCHEL=$(realpath "$SATCHEL")

here=$(mktemp -d)
server=
end() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  rm -rf "$here"
}
trap end EXIT

# on NAME COMMAND ...: runs satchel as on that machine.
on() {
  local name=$1
  shift
  echo "$name\$ satchel $*"
  XDG_STATE_HOME="$here/$name/state" "$SATCHEL" -L "$here/$name/library" "$@"
}
step() { printf '\n== %s\n' "$*"; }

step "The study has a library, and answers on a free port of the loopback."
on study init --name study
on study import mirror Examples/sample-library
on study invite --file "$here/invitation"
echo 'study$ satchel serve --bind 127.0.0.1 --port 0 &'
# Not through on, whose shell would be what is ended.
XDG_STATE_HOME="$here/study/state" "$SATCHEL" -L "$here/study/library" \
  serve --bind 127.0.0.1 --port 0 >"$here/served" 2>&1 &
server=$!
for _ in $(seq 300); do
  port=$(sed -n 's/.*"port":\([0-9]*\).*/\1/p' "$here/served")
  [ -z "$port" ] || break
  sleep 0.1
done
[ -n "$port" ] || fail "The server did not start: $(cat "$here/served")"

step "The kitchen joins and takes everything in one session."
on kitchen join "$here/invitation" --name kitchen
on kitchen remote add study "127.0.0.1:$port"
on kitchen sync

step "Both read on; one session carries the marks both ways, and the next has nothing to say."
on kitchen mark read https://news.example.org/2026/03/13/n260313.html
on study note https://news.example.org/2026/03/13/n260313.html -m "Read this aloud on Sunday."
on kitchen sync
on kitchen sync --json | tail -n 1 | grep -o '"wire":{[^}]*}'

step "The attic is reached through ssh: satchel serve runs there for as long as it takes."
if [ -z "${SATCHEL_SSH:-}" ]; then
  echo "(A script stands in for ssh here.)"
  mkdir -p "$here/attic/bin"
  ln -s "$SATCHEL" "$here/attic/bin/satchel"
  cat >"$here/ssh" <<END
#!/bin/sh
# The last argument is the command; what is before it says where.
while [ \$# -gt 1 ]; do shift; done
cd '$here/attic'
export HOME='$here/attic' XDG_STATE_HOME='$here/attic/state' PATH='$here/attic/bin':/usr/bin:/bin
exec sh -c "\$1"
END
  chmod +x "$here/ssh"
  export SATCHEL_SSH="$here/ssh"
  on attic join "$here/invitation" --name attic
  on study sync "ssh://attic/~/library"
  machines="study kitchen attic"
else
  # Another machine's: it joined this library by itself.
  on study sync "${SATCHEL_EXAMPLE_TARGET:?names the library, as ssh://HOST/PATH}"
  machines="study kitchen"
fi
on kitchen sync study

step "The server is told to end. What it did:"
kill "$server"
wait "$server" || fail "The server ended with $?."
server=
cat "$here/served"

step "All are equal."
fingerprints=$(for name in $machines; do
  on "$name" status --json | tail -n 1 | grep -o '"fingerprint":"[^"]*"'
done | sort -u)
[ "$(printf '%s\n' "$fingerprints" | wc -l)" -eq 1 ] || fail "The fingerprints differ: $fingerprints"
printf '\nThe libraries are equal: %s\n' "$fingerprints"
