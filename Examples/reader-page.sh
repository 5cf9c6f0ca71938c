#!/usr/bin/env bash
# The sample library in a browser: articles with marks, tags, notes, highlights and a conflict to
# settle. What follows the name goes to `satchel web`; without anything it opens a browser. Control-C
# ends it, and everything it made is removed. SATCHEL names a tool that is built already.
set -euo pipefail
cd "$(dirname "$0")/.."
. Examples/set-up.sh
build_tool

here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT

# on NAME COMMAND ...: runs satchel as on that machine.
on() {
  local name=$1
  shift
  XDG_STATE_HOME="$here/$name-state" "$SATCHEL" -q -L "$here/$name" "$@"
}

address=https://news.example.org/2026
tea=$address/01/18/n260118.html
books=$address/02/20/n260220.html
compost=$address/03/08/e260308.html
share=$here/share
mkdir "$share"

on study init --name study
on study import mirror Examples/sample-library
on study mark read "$tea" "$address/03/01/n260301.html"
on study mark starred "$compost" "$books"
on study tag add "$books" "$tea" evening
on study view add morning "is:unread lang:zh"
on study highlight add "$compost" --quote "There is no secret. There is a fork." --colour green
on study highlight add "$compost" --quote "one bucket of green, two buckets of brown" \
  -m "The whole art in eight words."
on study highlight add "$books" --quote "看完请关灯" --colour blue

# Another machine wrote a note of its own meanwhile: a conflict, which the page settles.
code=$(on study invite)
on study remote add share "$share"
on study sync
on kitchen join "$code" --name kitchen
on kitchen sync "$share"
on study note "$books" -m "Read this aloud on Sunday."
on kitchen note "$books" -m "Send it to grandmother."
on kitchen sync "$share"
on study sync

[ $# -gt 0 ] || set -- --open
XDG_STATE_HOME="$here/study-state" "$SATCHEL" -L "$here/study" web "$@"
