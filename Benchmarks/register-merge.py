#!/usr/bin/env python3
"""A million register writes of three replicas, merged into an empty one: Satchel beside SQLite's
session extension, and beside Loro where it is installed (pip install apsw loro).

    Benchmarks/register-merge.py [--writes 1000000] [--entities 100000] [--satchel TOOL]
                                 [--rounds 5] [--json]

Each replica writes a third, on registers and with stamps drawn at random; later stamps win. Satchel
gets the writes as bundles, written here from the specification alone, and merges them durably; the
session extension gets three changesets and a conflict handler that compares stamps, in one durable
transaction each. Contenders take turns; medians, spreads and ratios are printed. Python 3.9+ with
`cryptography` for the bundles' signatures.
"""

import argparse
import hashlib
import hmac
import json
import os
import pathlib
import random
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile
import time
import zlib

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ROOT = pathlib.Path(__file__).resolve().parent.parent
FIELDS = [f"field{number}".encode() for number in range(10)]
FRAME = 1 << 16
# Of a kind that no version shows, so that registers alone are measured and no projection of them.
KIND = b"\x40"


# --- The writes -------------------------------------------------------------------------------


class Replica:
    """One replica's writes, in its order: (entity, field, stamp, value)."""

    def __init__(self, number, count, entities, generator):
        self.id = bytes([number]) * 16
        stamps = sorted(generator.getrandbits(32) << 20 for _ in range(count))
        if number != 3:
            # Two with clocks that go astray, so that an order of arrival is no order of stamps.
            generator.shuffle(stamps)
        self.writes = [
            (generator.randrange(entities), generator.randrange(len(FIELDS)), stamp,
             generator.randrange(1000))
            for stamp in stamps
        ]


def entity_key(number):
    return hashlib.sha256(b"entity %d" % number).digest()[:16]


# --- A bundle, by chapters 2 to 4 of the specification ----------------------------------------


def number(value):
    data = bytearray()
    while value >= 0x80:
        data.append(value & 0x7F | 0x80)
        value >>= 7
    data.append(value)
    return bytes(data)


def zigzag(value):
    return value << 1 if value >= 0 else (-value << 1) - 1


def operations(replica, first, writes):
    entities, fields, dictionary, names = {}, {}, bytearray(), bytearray()
    entity_column, field_column, stamps = bytearray(), bytearray(), bytearray()
    lengths, values = bytearray(), bytearray()
    current, previous = None, 0
    for entity, field, stamp, value in writes:
        if entity not in entities:
            entities[entity] = len(entities)
            dictionary += KIND + entity_key(entity)
            entity_column.append(1)
        elif entity == current:
            entity_column.append(0)
        else:
            entity_column += number(entities[entity] + 2)
        current = entity
        if field not in fields:
            fields[field] = len(fields)
            names += number(len(FIELDS[field])) + FIELDS[field]
        field_column += number(fields[field])
        stamps += number(zigzag(stamp - previous))
        previous = stamp
        encoded = b"\x03" + number(zigzag(value))
        lengths.append(len(encoded))
        values += encoded
    return b"".join(
        [replica, number(first), number(len(writes) - 1), number(len(writes)),
         number(len(entities)), dictionary, number(len(fields)), names, entity_column,
         field_column, stamps, number(0), lengths, values])


def frame(kind, payload):
    deflated = zlib.compress(payload, 6) if len(payload) >= 64 else payload
    flags = 1 if len(deflated) < len(payload) else 0
    stored = deflated if flags else payload
    head = struct.pack(">BBHII", kind, flags, 0, len(stored), len(payload))
    return head + struct.pack(">I", zlib.crc32(stored, zlib.crc32(head))) + stored


def knowledge(known):
    return number(len(known)) + b"".join(
        replica + number(1) + number(1) + number(count - 1)
        for replica, count in sorted(known.items()))


def bundle(path, secret, replica):
    extracted = hmac.new(bytes(32), secret, hashlib.sha256).digest()
    seed = hmac.new(extracted, b"satchel v1 signing key\x01", hashlib.sha256).digest()
    key = Ed25519PrivateKey.from_private_bytes(seed)
    frames = [
        frame(2, operations(replica.id, start + 1, replica.writes[start:start + FRAME]))
        for start in range(0, len(replica.writes), FRAME)
    ]
    count = len(replica.writes)
    known = knowledge({replica.id: count})
    fields = {
        1: key.public_key().public_bytes_raw(), 2: replica.id, 3: b"", 4: number(0),
        5: number(0), 6: knowledge({}) + known + known, 7: bytes(16), 10: b"\0",
        11: number(count) + number(0) + number(len(frames)), 12: number(1) + number(1),
    }
    header = b"".join(number(tag) + number(len(data)) + data for tag, data in fields.items())
    frames.insert(0, frame(1, header))
    table = number(len(frames)) + b"".join(f[:1] + number(len(f) - 16) for f in frames)
    body = b"\x89SAT\r\n\x1a\n\0\1\0\1" + b"".join(frames)
    digest = hashlib.sha256(body + table).digest()
    signature = key.sign(b"satchel v1 signature\x06bundle" + digest)
    path.write_bytes(body + frame(4, table + digest + signature))


def library_secret(folder):
    """The secret in an invitation's text (4.5)."""
    alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
    text = (folder / "secret").read_text().strip().lower()
    bits = "".join(f"{alphabet.index(c):05b}" for c in text[len("satchel1"):-6])
    data = bytes(int(bits[at:at + 8], 2) for at in range(0, len(bits) - 7, 8))
    return data[1:33]


# --- Contenders -------------------------------------------------------------------------------


class Satchel:
    name = "satchel"

    def __init__(self, folder, tool, replicas):
        self.folder, self.tool = folder, tool
        self.environment = dict(os.environ, XDG_STATE_HOME=str(folder / "state"))
        self.call("init", "source", "--name", "source")
        secret = library_secret(folder / "source")
        self.bundles = []
        for place, replica in enumerate(replicas):
            self.bundles.append(folder / f"writes{place}.satchel")
            bundle(self.bundles[-1], secret, replica)
        shutil.copy(folder / "source/secret", folder / "code")
        self.call("join", "code", "empty", "--name", "empty")

    def call(self, *arguments):
        subprocess.run(
            [self.tool, *map(str, arguments)], cwd=self.folder, env=self.environment,
            check=True, stdout=subprocess.DEVNULL)

    def round(self):
        target = self.folder / "target"
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(self.folder / "empty", target)
        start = time.monotonic()
        process = subprocess.Popen(
            [self.tool, "-L", target, "merge", *self.bundles], env=self.environment,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - start
        if os.waitstatus_to_exitcode(status) != 0:
            sys.exit("satchel merge failed")
        self.memory = usage.ru_maxrss / 1024
        return seconds

    def size(self):
        """What the replica that merged them sends on."""
        path = self.folder / "whole.satchel"
        path.unlink(missing_ok=True)
        self.call("-L", "target", "bundle", "create", path)
        return path.stat().st_size


class Session:
    name = "sqlite session"
    SCHEMA = """CREATE TABLE register(entity BLOB NOT NULL, field INTEGER NOT NULL,
        stamp INTEGER NOT NULL, replica INTEGER NOT NULL, value INTEGER NOT NULL,
        PRIMARY KEY(entity, field)) WITHOUT ROWID"""

    def __init__(self, folder, apsw, replicas):
        self.folder, self.apsw = folder, apsw
        self.changesets = [self.changeset(replica) for replica in replicas]
        self.memory = 0

    def changeset(self, replica):
        connection = self.apsw.Connection(":memory:")
        connection.execute(self.SCHEMA)
        session = self.apsw.Session(connection, "main")
        session.attach()
        connection.execute("BEGIN")
        connection.executemany(
            """INSERT INTO register VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
            stamp = excluded.stamp, value = excluded.value WHERE excluded.stamp > stamp""",
            ((entity_key(e), f, s, replica.id[0], v) for e, f, s, v in replica.writes))
        connection.execute("COMMIT")
        return session.changeset()

    def round(self):
        path = self.folder / "session.sqlite"
        for ending in ["", "-wal", "-shm"]:
            pathlib.Path(f"{path}{ending}").unlink(missing_ok=True)
        connection = self.apsw.Connection(str(path))
        connection.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
        connection.execute(self.SCHEMA)

        def conflict(reason, change):
            if reason != self.apsw.SQLITE_CHANGESET_CONFLICT:
                return self.apsw.SQLITE_CHANGESET_OMIT
            theirs, ours = change.new[2:4], change.conflict[2:4]
            wins = theirs > ours
            return (self.apsw.SQLITE_CHANGESET_REPLACE if wins
                    else self.apsw.SQLITE_CHANGESET_OMIT)

        start = time.monotonic()
        for changeset in self.changesets:
            self.apsw.Changeset.apply(changeset, connection, conflict=conflict)
        connection.close()
        return time.monotonic() - start

    def size(self):
        return sum(len(zlib.compress(changeset, 6)) for changeset in self.changesets)


class Loro:
    name = "loro"

    def __init__(self, folder, loro, replicas):
        self.loro, self.memory = loro, 0
        self.updates = []
        for replica in replicas:
            document = loro.LoroDoc()
            document.peer_id = replica.id[0]
            registers = document.get_map("registers")
            for entity, field, _, value in replica.writes:
                registers.insert(f"{entity_key(entity).hex()}/{field}", value)
            document.commit()
            self.updates.append(document.export(loro.ExportMode.Updates(loro.VersionVector())))

    def round(self):
        document = self.loro.LoroDoc()
        start = time.monotonic()
        for update in self.updates:
            document.import_(update)
        return time.monotonic() - start

    def size(self):
        return sum(len(zlib.compress(update, 6)) for update in self.updates)


def contenders(folder, options, replicas):
    yield Satchel(folder, options.satchel, replicas)
    try:
        import apsw
        yield Session(folder, apsw, replicas)
    except ImportError:
        print("apsw is not installed: no session extension", file=sys.stderr)
    try:
        import loro
        yield Loro(folder, loro, replicas)
    except ImportError:
        print("loro is not installed", file=sys.stderr)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--writes", type=int, default=1_000_000)
    parser.add_argument("--entities", type=int, default=100_000)
    parser.add_argument("--satchel", default=str(ROOT / ".build-release/release/satchel"))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    generator = random.Random(options.seed)
    share = options.writes // 3
    replicas = [
        Replica(n, share, options.entities, generator) for n in (1, 2, 3)]
    with tempfile.TemporaryDirectory() as folder:
        running = list(contenders(pathlib.Path(folder), options, replicas))
        seconds = {contender.name: [] for contender in running}
        for _ in range(options.rounds):
            for contender in running:
                seconds[contender.name].append(contender.round())
        rows = []
        for contender in running:
            times = sorted(seconds[contender.name])
            rows.append({
                "name": contender.name, "seconds": statistics.median(times),
                "least": times[0], "most": times[-1],
                "writes_per_second": 3 * share / statistics.median(times),
                "bytes": contender.size(), "peak_mebibytes": round(contender.memory),
            })
    if options.json:
        return print(json.dumps({"writes": 3 * share, "rows": rows}, indent=2))
    print(f"{3 * share:,} writes, {options.entities:,} entities x {len(FIELDS)} fields, 3 replicas")
    base = next((row for row in rows if row["name"] == Session.name), rows[0])
    for row in rows:
        print(f"{row['name']:16} {row['seconds']:6.2f} s ({row['least']:.2f}-{row['most']:.2f})  "
              f"{row['writes_per_second'] / 1e6:5.2f} M/s  "
              f"{base['seconds'] / row['seconds']:5.2f}x {base['name']}  "
              f"{row['bytes'] / 1e6:6.2f} MB  {row['peak_mebibytes']} MiB")


main()
