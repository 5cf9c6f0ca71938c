#!/usr/bin/env bash
# Builds satchel as one file that needs no Swift where it runs, and installs it:
#   Examples/install.sh [PREFIX]        to PREFIX/bin; PREFIX is ~/.local unless it is named
# SATCHEL names a tool that is built already. Run it again to update.
set -euo pipefail
case ${1:-} in -*)
  sed -n '2,4s/^# //p' "$0"
  exit 2
  ;;
esac
cd "$(dirname "$0")/.."
. Examples/set-up.sh
build_tool

prefix=${1:-$HOME/.local}
mkdir -p "$prefix/bin"
# Under another name first, so that a running satchel keeps its file.
install -m 755 "$SATCHEL" "$prefix/bin/satchel.new"
mv "$prefix/bin/satchel.new" "$prefix/bin/satchel"
echo "Installed $("$prefix/bin/satchel" --version) in $prefix/bin."
case ":$PATH:" in
  *":$prefix/bin:"*) ;;
  *) echo "Add it to your search path: export PATH=\"$prefix/bin:\$PATH\"" ;;
esac
