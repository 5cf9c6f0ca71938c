"""Register writes merged by libraries that have no tool:

    register_peers.py make PEER FOLDER REPLICAS WRITES ENTITIES SEED    each replica's update
    register_peers.py merge PEER FOLDER       all updates into an empty replica, and its own update
    register_peers.py both-ways PEER FOLDER   the first two replicas, each way

Updates are deflated, like ours. The session extension decides conflicts by stamp, in a handler; the
others by their own rules, which know no stamps.
"""

import pathlib
import sys
import zlib

import worker
import writes


class Session:
    SCHEMA = """CREATE TABLE register(entity BLOB NOT NULL, field INTEGER NOT NULL,
        stamp INTEGER NOT NULL, replica INTEGER NOT NULL, value INTEGER NOT NULL,
        PRIMARY KEY(entity, field)) WITHOUT ROWID"""

    def __init__(self, path=":memory:"):
        import apsw

        self.apsw = apsw
        pathlib.Path(path).unlink(missing_ok=True)
        self.connection = apsw.Connection(str(path))
        self.connection.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
        self.connection.execute(self.SCHEMA)

    def write(self, replica):
        with self.connection:
            self.connection.executemany(
                """INSERT INTO register VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
                stamp = excluded.stamp, value = excluded.value WHERE excluded.stamp > stamp""",
                ((writes.entity_key(entity), field, stamp, replica.number, value)
                 for entity, field, stamp, value in replica.writes))

    def update(self):
        self.connection.execute("ATTACH ':memory:' AS empty")
        self.connection.execute(self.SCHEMA.replace("register(", "empty.register("))
        session = self.apsw.Session(self.connection, "main")
        session.attach("register")
        session.diff("empty", "register")
        return session.changeset()

    def apply(self, update):
        self.apsw.Changeset.apply(update, self.connection, conflict=self.decide)

    def decide(self, reason, change):
        later = (reason == self.apsw.SQLITE_CHANGESET_CONFLICT
                 and change.new[2:4] > change.conflict[2:4])
        return self.apsw.SQLITE_CHANGESET_REPLACE if later else self.apsw.SQLITE_CHANGESET_OMIT

    def close(self):
        self.connection.close()


class Loro:
    def __init__(self, _=None):
        import loro

        self.loro, self.document = loro, loro.LoroDoc()

    def write(self, replica):
        self.document.peer_id = replica.number
        registers = self.document.get_map("registers")
        for entity, field, _, value in replica.writes:
            registers.insert(f"{writes.entity_key(entity).hex()}/{field}", value)
        self.document.commit()

    def update(self):
        return self.document.export(self.loro.ExportMode.Updates(self.loro.VersionVector()))

    def apply(self, update):
        self.document.import_(update)

    def close(self):
        pass


class Pycrdt:
    def __init__(self, _=None):
        import pycrdt

        self.pycrdt, self.document = pycrdt, pycrdt.Doc()

    def write(self, replica):
        self.document = self.pycrdt.Doc(client_id=replica.number)
        registers = self.document.get("registers", type=self.pycrdt.Map)
        with self.document.transaction():
            for entity, field, _, value in replica.writes:
                registers[f"{writes.entity_key(entity).hex()}/{field}"] = value

    def update(self):
        return self.document.get_update()

    def apply(self, update):
        self.document.apply_update(update)

    def close(self):
        pass


def make(peer, folder, *numbers):
    for replica in writes.replicas(*map(int, numbers)):
        document = peer()
        document.write(replica)
        (folder / f"update{replica.number}").write_bytes(zlib.compress(document.update(), 6))


def merge(peer, folder):
    updates = [path.read_bytes() for path in sorted(folder.glob("update?"))]
    document = peer(folder / "merged")
    with worker.timed():
        for update in updates:
            document.apply(zlib.decompress(update))
        document.close()


def send_on(peer, folder):
    """What a replica that has merged everything sends to an empty one."""
    document = peer()
    for path in sorted(folder.glob("update?")):
        document.apply(zlib.decompress(path.read_bytes()))
    (folder / "sent-on").write_bytes(zlib.compress(document.update(), 6))


def both_ways(peer, folder):
    sides = []
    for number in (1, 2):
        side = peer(folder / f"side{number}")
        side.apply(zlib.decompress((folder / f"update{number}").read_bytes()))
        sides.append(side)
    with worker.timed():
        updates = [zlib.compress(side.update(), 6) for side in sides]
        for side, update in zip(sides, reversed(updates)):
            side.apply(zlib.decompress(update))
            side.close()


COMMANDS = {"make": make, "merge": merge, "send-on": send_on, "both-ways": both_ways}
PEERS = {"session": Session, "loro": Loro, "pycrdt": Pycrdt}
COMMANDS[sys.argv[1]](PEERS[sys.argv[2]], pathlib.Path(sys.argv[3]), *sys.argv[4:])
