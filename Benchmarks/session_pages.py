"""Pages and marks in an SQLite database, carried with the session extension:

    session_pages.py store DATABASE FOLDER             insert its pages and marks, durably
    session_pages.py pack DATABASE CHANGESET           all of it as a compressed changeset
    session_pages.py change DATABASE PAGES MARKS OUT   insert more; those as a changeset
    session_pages.py merge CHANGESET DATABASE          apply one, durably
"""

import contextlib
import json
import pathlib
import sqlite3
import sys
import zlib

import worker

SCHEMA = """
CREATE TABLE IF NOT EXISTS {0}.page(path TEXT PRIMARY KEY NOT NULL, text TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS {0}.mark(path TEXT PRIMARY KEY NOT NULL, stamp INTEGER NOT NULL);
"""


def opened(path):
    import apsw

    connection = apsw.Connection(path)
    connection.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
    connection.execute(SCHEMA.format("main"))
    return connection


def store(path, folder):
    # With Python's own SQLite, so that importing is compared also where apsw is missing.
    with worker.timed(), contextlib.closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;" + SCHEMA.format("main"))
        with connection:
            connection.executemany("INSERT INTO page VALUES (?, ?)", rows(folder))
            connection.executemany("INSERT INTO mark VALUES (?, ?)", marked(folder))


def pack(path, target):
    import apsw

    connection = opened(path)
    with worker.timed():
        connection.execute("ATTACH ':memory:' AS empty")
        connection.execute(SCHEMA.format("empty"))
        session = apsw.Session(connection, "main")
        for table in ("page", "mark"):
            session.attach(table)
            session.diff("empty", table)
        pathlib.Path(target).write_bytes(zlib.compress(session.changeset(), 6))


def change(path, pages, marks, target):
    import apsw

    connection = opened(path)
    session = apsw.Session(connection, "main")
    session.attach()
    with connection:
        connection.executemany("INSERT INTO page VALUES (?, ?)", rows(pages))
        connection.executemany("INSERT INTO mark VALUES (?, ?)", marked(marks))
    with worker.timed():
        pathlib.Path(target).write_bytes(zlib.compress(session.changeset(), 6))


def merge(changeset, path):
    import apsw

    connection = opened(path)
    with worker.timed():
        data = zlib.decompress(pathlib.Path(changeset).read_bytes())
        apsw.Changeset.apply(data, connection)
        connection.close()


def rows(folder, pattern="*.md"):
    for file in sorted(pathlib.Path(folder).rglob(pattern)):
        yield str(file.relative_to(folder)), file.read_text(encoding="utf-8", errors="replace")


def marked(folder):
    for path, text in rows(folder, "*.json"):
        yield path, json.loads(text)["stamp"]


{"store": store, "pack": pack, "change": change, "merge": merge}[sys.argv[1]](*sys.argv[2:])
