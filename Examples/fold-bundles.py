#!/usr/bin/env python3
"""Makes of open bundles what a replica that merged them makes of them: what is known, which writes
are held, what conflicts, and the articles, highlights and views that their registers spell.

Written from chapters 1, 3 and 5 of the specification in Protocol/ alone, on top of the scripts beside
it: inspect-bundle.py reads a file, merge-rules.py has the rules. Sealed bundles are opened with age
first.

    fold-bundles.py BUNDLE...    folds these files, in whatever order
    fold-bundles.py FOLDER...    folds the .satchel files of each folder by itself

Prints one line of JSON a fold. Exit codes are those of inspect-bundle.py.
"""

import argparse
import base64
import hashlib
import importlib
import json
import pathlib
import sys
import unicodedata

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
reading = importlib.import_module("inspect-bundle")
rules = reading.rules

# What is known is held as plain sets here, which is for libraries that a person could have.
KNOWN = 5_000_000


# --- What bundles come to (chapters 1 and 3) --------------------------------------------------


class Fold:
    """What a replica holds that merged these bundles and wrote nothing."""

    def __init__(self, paths):
        self.library, self.known, operations, statements = None, {}, [], []
        for path in paths:
            with open(path, "rb") as stream:
                bundle = reading.inspect(stream, self.library)
            self.library = bundle.header["library"]
            operations += bundle.operations
            statements.append(
                {name: sequences(ranges) for name, ranges in bundle.header["statement"].items()})
        for operation in operations:
            self.known.setdefault(operation.replica.hex(), set()).add(operation.sequence)
        rules.conclude(self.known, statements)
        self.registers = rules.join(operations)

    def entities(self, kind):
        """The fields and the values shown of each entity of a kind, ascending."""
        found = {}
        for (number, key, field), register in self.registers.items():
            if number == kind:
                found.setdefault(key, {})[field] = register.winner.value
        return found.items()

    def as_json(self):
        held = self.registers.values()
        return {
            "library": self.library,
            "fingerprint": rules.fingerprint(self.registers),
            "known": rules.write_knowledge(self.known),
            "winners": sorted(dot(register.winner) for register in held),
            "siblings": sorted(dot(sibling) for register in held for sibling in register.siblings),
            "conflicts": [
                {"shown": dot(shown), "hidden": dot(hidden)}
                for shown, hidden in rules.conflicts(self.registers)],
            "articles": [article(key, values) for key, values in self.entities(1)],
            "highlights": [one for key, values in self.entities(2) if (one := highlight(key, values))],
            "replicas": [card(key, values) for key, values in self.entities(3)],
            "views": [one for key, values in self.entities(4) if (one := view(key, values))],
        }


def dot(operation):
    return f"{operation.replica.hex()}:{operation.sequence}"


def sequences(knowledge):
    """Knowledge as sets of sequences."""
    count = sum(last - first + 1 for ranges in knowledge.values() for first, last in ranges)
    if count > KNOWN:
        raise reading.Refusal("too large", f"{count} operations are too many for this program")
    return {
        replica: {sequence for first, last in ranges for sequence in range(first, last + 1)}
        for replica, ranges in knowledge.items()}


# --- What registers spell (chapter 5) ---------------------------------------------------------


def shown(values, field, tag):
    """A register's value if it is of a type, given by its tag; else None, as if it were missing."""
    value = values.get(field.encode(), b"\0")
    return reading.readable(value) if value[0] == tag else None


def text(values, field):
    return shown(values, field, 4)


def integer(values, field):
    return shown(values, field, 3) or 0


def flag(values, field):
    return values.get(field.encode()) == rules.YES


def data(values, field, length):
    """Bytes of this length, in hexadecimal."""
    value = values.get(field.encode(), b"")
    return value[1:].hex() if value[:1] == b"\5" and len(value) == 1 + length else None


def name_of(key):
    """An entity's identifier as people see it (5.3)."""
    return base64.b32encode(key).decode().rstrip("=").lower()


def article(key, values):
    """An article (5.2), deleted or not."""
    written = text(values, "format")
    known = written in (None, "markdown", "html", "text")
    return {
        "id": name_of(key),
        "title": text(values, "title") or "",
        **{name: text(values, name) for name in (
            "url", "author", "editor", "site", "published", "language", "summary", "note")},
        "format": (written or "markdown") if known else "text",
        "body": data(values, "body", 32),
        "added": integer(values, "added"),
        "progress": min(max(integer(values, "progress"), 0), 100),
        "rating": min(max(integer(values, "rating"), 0), 5),
        **{name: flag(values, name) for name in ("read", "starred", "archived", "deleted")},
        "tags": [
            field[4:].decode("utf-8", "replace") for field in sorted(values)
            if field.startswith(b"tag/") and len(field) > 4 and values[field] == rules.YES],
    }


def highlight(key, values):
    """A highlight (5.12); None where its registers make none."""
    owner, quote, color = data(values, "article", 16), text(values, "quote"), text(values, "color")
    if owner is None or not quote:
        return None
    return {
        "id": name_of(key),
        "article": name_of(bytes.fromhex(owner)),
        "quote": quote,
        "prefix": (text(values, "prefix") or "")[-32:],
        "suffix": (text(values, "suffix") or "")[:32],
        "start": integer(values, "start"),
        "end": integer(values, "end"),
        "version": integer(values, "version"),
        "body": data(values, "body", 32),
        "color": color if color is not None and is_color(color) else None,
        "note": text(values, "note"),
        "added": integer(values, "added"),
        "deleted": flag(values, "deleted"),
    }


def is_color(name):
    return 1 <= len(name) <= 32 and set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789#-")


def card(key, values):
    """A replica's card (5.2)."""
    return {
        "replica": key.hex(), "name": text(values, "name"), "retired": flag(values, "retired"),
        "keeps": text(values, "keeps")}


def view(key, values):
    """A view (10.5); None where there is none."""
    name, sort = text(values, "name") or "", text(values, "sort") or ""
    if flag(values, "deleted") or not is_view_name(name):
        return None
    if hashlib.sha256(b"satchel view\0" + name.encode()).digest()[:16] != key:
        return None
    column = sort.removeprefix("-")
    return {
        "name": name,
        "query": text(values, "query") or "",
        "sort": column if column in ("published", "added", "title", "site") else "published",
        "reversed": sort.startswith("-"),
    }


def is_view_name(name):
    return 1 <= len(name.encode()) <= 64 and not name.startswith("-") and not any(
        letter.isspace() or unicodedata.category(letter) == "Cc" or letter in "\"“”„＂「」『』()@:：*＊"
        for letter in name)


def main():
    parser = argparse.ArgumentParser(description="Tells what open Satchel bundles come to.")
    parser.add_argument("path", nargs="+", type=pathlib.Path)
    paths = parser.parse_args().path
    folds = [[path] for path in paths] if all(path.is_dir() for path in paths) else [paths]
    sys.stdout.reconfigure(errors="backslashreplace")
    for fold in folds:
        files = sorted(fold[0].glob("*.satchel")) if fold[0].is_dir() else fold
        try:
            print(json.dumps(Fold(files).as_json(), ensure_ascii=False))
        except reading.Refusal as refusal:
            print(f"fold-bundles: {reading.plain(fold[0])}: {reading.plain(refusal)}", file=sys.stderr)
            return refusal.exit
        except OSError as error:
            print(f"fold-bundles: {reading.plain(fold[0])}: {error.strerror}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
