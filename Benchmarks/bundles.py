"""Bundles written from chapters 2 to 4 of the specification alone, so that a replica can be given
any operations, and a library of any size, without importing anything."""

import hashlib
import hmac
import itertools
import struct
import zlib

import ed25519


def write(path, secret, replica, operations, count, per_frame=16_384):
    """An open bundle of one replica's operations 1 to `count`, each (entity with its kind, field,
    stamp, value), in its order."""
    write_frames(path, secret, lambda seed: frames(
        seed, replica, iter(operations), count, per_frame))


def write_members(path, secret, names):
    """An open bundle in which each of many replicas has written its own name, at one stamp."""
    members = [hashlib.sha256(name.encode()).digest()[:16] for name in names]

    def parts(seed):
        yield frame(1, header(ed25519.public_key(seed), members[0], len(names), len(names),
                              {member: 1 for member in members}))
        for member, name in zip(members, names):
            yield frame(2, columns(member, 1, [(b"\x03" + member, b"name", 1 << 16, text(name))]))

    write_frames(path, secret, parts)


def write_frames(path, secret, parts):
    extracted = hmac.new(bytes(32), secret, hashlib.sha256).digest()
    seed = hmac.new(extracted, b"satchel v1 signing key\x01", hashlib.sha256).digest()
    table, digest = [], hashlib.sha256()
    with open(path, "wb") as file:

        def put(data):
            digest.update(data)
            file.write(data)

        put(b"\x89SAT\r\n\x1a\n\0\1\0\1")
        for part in parts(seed):
            table.append(part[:1] + number(len(part) - 16))
            put(part)
        listed = number(len(table)) + b"".join(table)
        digest.update(listed)
        signature = ed25519.sign(seed, b"satchel v1 signature\x06bundle" + digest.digest())
        file.write(frame(4, listed + digest.digest() + signature))


def frames(seed, replica, operations, count, per_frame):
    yield frame(1, header(ed25519.public_key(seed), replica, count, -(-count // per_frame),
                          {replica: count}))
    for start in range(0, count, per_frame):
        batch = list(itertools.islice(operations, min(per_frame, count - start)))
        yield frame(2, columns(replica, start + 1, batch))


def header(library, replica, operations, frames, counts):
    known = number(len(counts)) + b"".join(
        writer + number(1) + number(1) + number(count - 1)
        for writer, count in sorted(counts.items()))
    fields = {
        1: library, 2: replica, 3: b"", 4: number(0), 5: number(0),
        6: number(0) + known * 2, 7: bytes(16), 10: b"\0",
        11: number(operations) + number(0) + number(frames), 12: number(1) + number(1)}
    return b"".join(number(tag) + number(len(data)) + data for tag, data in fields.items())


def columns(replica, first, operations):
    """The payload of a frame of operations (2.5)."""
    entities, fields, current, previous = {}, {}, None, 0
    entity_column, field_column, stamps, lengths = (bytearray() for _ in range(4))
    for entity, field, stamp, value in operations:
        if entity == current:
            entity_column.append(0)
        elif entity in entities:
            entity_column += number(entities[entity] + 2)
        else:
            entities[entity] = len(entities)
            entity_column.append(1)
        current = entity
        field_column += number(fields.setdefault(field, len(fields)))
        stamps += number(zigzag(stamp - previous))
        previous = stamp
        lengths += number(len(value))
    return b"".join([
        replica, number(first), number(len(operations) - 1), number(len(operations)),
        number(len(entities)), *entities,
        number(len(fields)), *(number(len(field)) + field for field in fields),
        entity_column, field_column, stamps, number(0), lengths,
        *(value for _, _, _, value in operations)])


def frame(kind, payload):
    deflated = zlib.compress(payload, 6)
    flags = 1 if len(deflated) < len(payload) else 0
    stored = deflated if flags else payload
    head = struct.pack(">BBHII", kind, flags, 0, len(stored), len(payload))
    return head + struct.pack(">I", zlib.crc32(stored, zlib.crc32(head))) + stored


def number(value):
    data = bytearray()
    while value >= 0x80:
        data.append(value & 0x7F | 0x80)
        value >>= 7
    data.append(value)
    return bytes(data)


def zigzag(value):
    return value << 1 if value >= 0 else (-value << 1) - 1


# Values (2.4)


def integer(value):
    return b"\x03" + number(zigzag(value))


def text(value):
    return b"\x04" + value.encode()


NOTHING, YES = b"\x00", b"\x02"
