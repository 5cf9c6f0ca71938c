"""Pages in an FTS5 table of Python's own SQLite, without their texts:

    fts_pages.py build DATABASE FOLDER TOKENIZER WORD   insert its pages durably, then ask
    fts_pages.py query DATABASE WORD                    how many hold the word, and the best of them
"""

import contextlib
import pathlib
import sqlite3
import sys

import worker


def build(path, folder, tokenizer, word):
    with worker.timed(), contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute(
            f"CREATE VIRTUAL TABLE page USING fts5(text, content='', tokenize='{tokenizer}')")
        with connection:
            connection.executemany("INSERT INTO page(rowid, text) VALUES (?, ?)", rows(folder))
        ask(connection, word)


def rows(folder):
    for number, file in enumerate(sorted(pathlib.Path(folder).rglob("*.md"))):
        yield number, file.read_bytes().decode(errors="replace")


def query(path, word):
    with contextlib.closing(sqlite3.connect(path)) as connection:
        with worker.timed():
            ask(connection, word)


def ask(connection, word):
    quoted = f'"{word}"'
    count, = connection.execute("SELECT count(*) FROM page WHERE page MATCH ?", [quoted]).fetchone()
    connection.execute(
        "SELECT rowid FROM page WHERE page MATCH ? ORDER BY rank LIMIT 20", [quoted]).fetchall()
    print(count)


def main(verb, *arguments):
    {"build": build, "query": query}[verb](*arguments)


main(*sys.argv[1:])
