#!/usr/bin/env python3
"""Prints Sources/Documents/HTML/HTMLNamedReferences+Table.swift: the HTML standard's named
character references, from the list that Python's library carries.

    Tests/Tables/named-references.py > Sources/Documents/HTML/HTMLNamedReferences+Table.swift
"""
from html.entities import html5

HEAD = '''// Written by Tests/Tables/named-references.py: do not edit.

extension HTMLNamedReferences {
  /// Each name and the hexadecimal numbers of the one or two characters it stands for, sorted by the
  /// name's bytes. Behind a name, `:` says that it needs its semicolon and `!` that it does not.
  static let table = """
'''


def entries():
    for name in sorted(name[:-1] for name in html5 if name.endswith(';')):
        mark = '!' if name in html5 else ':'
        yield name + mark + '+'.join(f'{ord(c):X}' for c in html5[name + ';'])


def lines():
    line = ''
    for entry in entries():
        if line and len(line) + 1 + len(entry) > 94:
            yield line
            line = ''
        line += (' ' if line else '') + entry
    yield line


print(HEAD + '\n'.join(f'    {line} \\' for line in lines())[:-2] + '\n    """\n}')
