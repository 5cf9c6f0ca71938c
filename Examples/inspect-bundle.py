#!/usr/bin/env python3
"""Shows what is in an open bundle, and checks all of it.

Written from the specification in Protocol/ alone, with nothing but Python's standard library
(3.9 or later), and with merge-rules.py, which lies beside it and is written so too. Sealed bundles
are opened with age first:

    age -d -i identity.txt bundle.satchel > open.satchel
    inspect-bundle.py open.satchel

Exit codes: 0 all is well; 12 the signature or the library is refused; 13 damaged; 14 made for a
newer reader; 64 wrong usage. With --vectors DIR it tries the vectors of the specification.
"""

import argparse
import contextlib
import datetime
import hashlib
import importlib
import io
import json
import pathlib
import sys
import zlib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
rules = importlib.import_module("merge-rules")

# Limits (Protocol/limits.md).
FRAME = 8 << 20
FRAME_OPERATIONS = 1 << 17
FRAME_BODIES = 16384
VALUE = 4 << 20
FIELD = 1024
BODY = 16 << 20
CHARACTERS = 65_281
NAME = 64
WANTED = 1_024
DAMAGED = 1024
REPLICAS = 16384
RANGES = 65536
GREATEST = (1 << 63) - 1

MAGIC = bytes.fromhex("895341540d0a1a0a")
VERSION = 1
HEADER, OPERATIONS, BODIES, TRAILER = 1, 2, 3, 4
EXITS = {"signature": 12, "foreign": 12, "sealed": 12, "version": 14}


class Refusal(Exception):
    """What a reader refuses: the specification's word for it (2.9, 3.12), and a line for people."""

    def __init__(self, word, message):
        super().__init__(message)
        self.word = word
        self.exit = EXITS.get(word, 13)


# --- Numbers and their like (chapter 2) -------------------------------------------------------


class Bytes:
    """Reads a payload from front to back; every read checks the length first."""

    def __init__(self, data):
        self.data, self.offset = data, 0

    def refuse(self, word, message):
        raise Refusal(word, f"{message}, at byte {self.offset} of its payload")

    def remaining(self):
        return len(self.data) - self.offset

    def take(self, count):
        if count > self.remaining():
            self.refuse("ends early", "it ends too early")
        self.offset += count
        return self.data[self.offset - count : self.offset]

    def byte(self):
        return self.take(1)[0]

    def number(self):
        value = 0
        for shift in range(0, 70, 7):
            byte = self.byte()
            if shift == 63 and byte > 1:
                self.refuse("number", "a number is longer than 64 bits")
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                if byte == 0 and shift > 0:
                    self.refuse("number", "a number is not in its shortest form")
                return value

    def count(self, size, what):
        count = self.number()
        if count > self.remaining() // size:
            self.refuse("too large", f"there cannot be {count} {what}")
        return count

    def finish(self):
        if self.remaining():
            self.refuse("trailing bytes", f"{self.remaining()} bytes are left over")


def zigzag(number):
    return (number >> 1) ^ -(number & 1)


def read_ranges(reader):
    """Sorted ranges of sequences, at least one, none touching another (2.6)."""
    ranges, end = [], 0
    for index in range(reader.count(2, "ranges")):
        gap, length = reader.number(), reader.number()
        if gap < (2 if index else 1):
            reader.refuse("order", "ranges touch or overlap")
        end += gap
        ranges.append([end, end + length])
        end += length
        if end > GREATEST:
            reader.refuse("too large", "a sequence is too great")
    if not ranges:
        reader.refuse("order", "a replica has no ranges")
    return ranges


def read_knowledge(reader, limit=RANGES):
    knowledge, previous, total = {}, b"", 0
    count = reader.count(19, "replicas")
    if count > REPLICAS:
        reader.refuse("too large", f"{count} replicas are too many")
    for _ in range(count):
        replica = reader.take(16)
        if knowledge and replica <= previous:
            reader.refuse("order", "replicas do not ascend")
        knowledge[replica.hex()] = read_ranges(reader)
        total += len(knowledge[replica.hex()])
        if total > limit:
            reader.refuse("too large", "there are too many ranges")
        previous = replica
    return knowledge


def read_statement(reader):
    return {
        "basis": read_knowledge(reader),
        "carried": read_knowledge(reader, sys.maxsize),
        "known": read_knowledge(reader),
    }


def read_context(reader):
    context, previous = {}, b""
    count = reader.count(17, "context entries")
    if count > REPLICAS:
        reader.refuse("too large", f"{count} context entries are too many")
    for _ in range(count):
        replica, sequence = reader.take(16), reader.number()
        if (context and replica <= previous) or not 1 <= sequence <= GREATEST:
            reader.refuse("order", "context entries do not ascend or have no sequence")
        context[replica] = sequence
        previous = replica
    return context


def check_value(value, refuse):
    """One tag byte and its content in its one spelling (2.4)."""
    if not 1 <= len(value) <= VALUE:
        refuse("operation", "a value is empty or too long")
    tag, content = value[0], value[1:]
    if tag <= 2 and content:
        refuse("operation", "a value has a tail")
    if tag == 3:
        reader = Bytes(content)
        try:
            reader.number()
            reader.finish()
        except Refusal:
            refuse("operation", "an integer is not in its one spelling")
    if tag == 4:
        try:
            content.decode("utf-8")
        except UnicodeDecodeError:
            refuse("operation", "a text is not UTF-8")


def readable(value):
    """A value as people read it."""
    tag, content = value[0], value[1:]
    if tag <= 2:
        return [None, False, True][tag]
    if tag == 3:
        return zigzag(Bytes(content).number())
    if tag == 4:
        return content.decode("utf-8")
    return {"hex" if tag == 5 else "unknown": (content if tag == 5 else value).hex()}


# --- Payloads (chapter 2) ---------------------------------------------------------------------


def operation_as_json(operation):
    kind, key, field = operation.register
    result = {
        "replica": operation.replica.hex(),
        "sequence": operation.sequence,
        "stamp": str(operation.stamp),
        "time": time_text(operation.stamp >> 16),
        "kind": kind,
        "entity": key.hex(),
        "field": field.decode("utf-8", "replace"),
        "value": readable(operation.value),
        "canonical": operation.value.hex(),
    }
    if operation.context is not None:
        result["context"] = {replica.hex(): seen for replica, seen in operation.context.items()}
    return result


def read_operations(payload):
    """The columns of an operations frame (2.5), checked as they are read."""
    reader = Bytes(payload)
    replica = reader.take(16)
    first, span = reader.number(), reader.number()
    if first < 1 or first + span > GREATEST:
        reader.refuse("too large", "the range of sequences is out of bounds")
    count = reader.count(4, "operations")
    if not 1 <= count <= FRAME_OPERATIONS:
        reader.refuse("too large", f"there cannot be {count} operations")
    sequences = read_sequences(reader, count, first, first + span)
    entities = [read_entity(reader) for _ in range(reader.count(17, "entities"))]
    fields = [read_field(reader) for _ in range(reader.count(2, "fields"))]
    entity_column = read_entity_column(reader, count, len(entities))
    field_column = read_field_column(reader, count, len(fields))
    stamps = read_stamps(reader, count)
    contexts = read_contexts(reader, replica, sequences)
    lengths = [reader.count(1, "value bytes") for _ in range(count)]
    operations = []
    for index, length in enumerate(lengths):
        value = reader.take(length)
        check_value(value, reader.refuse)
        operations.append(
            rules.Operation(
                replica, sequences[index], stamps[index],
                (*entities[entity_column[index]], fields[field_column[index]]), value,
                contexts.get(index)))
    reader.finish()
    return (replica, first, first + span), operations


def read_sequences(reader, count, first, last):
    if count == last - first + 1:
        return list(range(first, last + 1))
    sequences, following = [], first
    for _ in range(count):
        sequence = following + reader.number()
        if sequence > last:
            reader.refuse("order", "a sequence lies outside the range")
        sequences.append(sequence)
        following = sequence + 1
    return sequences


def read_entity(reader):
    kind = reader.number()
    if kind >= 1 << 32:
        reader.refuse("too large", "an entity's kind is too great")
    return kind, reader.take(16)


def read_field(reader):
    length = reader.count(1, "field bytes")
    if not 1 <= length <= FIELD:
        reader.refuse("operation", "a field's name is empty or too long")
    return reader.take(length)


def read_entity_column(reader, count, entities):
    column, fresh, current = [], 0, 0
    for _ in range(count):
        code = reader.number()
        if code == 0 and fresh > 0:
            pass
        elif code == 1 and fresh < entities:
            current, fresh = fresh, fresh + 1
        elif 2 <= code < fresh + 2 and code - 2 != current:
            current = code - 2
        else:
            reader.refuse("index", "an entity's index is not one a writer makes")
        column.append(current)
    if fresh != entities:
        reader.refuse("index", "an entity is not used")
    return column


def read_field_column(reader, count, fields):
    column, fresh = [], 0
    for _ in range(count):
        index = reader.number()
        if index >= fields or index > fresh:
            reader.refuse("index", "a field's index is not one a writer makes")
        fresh += index == fresh
        column.append(index)
    if fresh != fields:
        reader.refuse("index", "a field is not used")
    return column


def read_stamps(reader, count):
    stamps, stamp = [], 0
    for _ in range(count):
        stamp = (stamp + zigzag(reader.number())) % (1 << 64)
        if stamp > GREATEST:
            reader.refuse("too large", "a stamp is out of bounds")
        stamps.append(stamp)
    return stamps


def read_contexts(reader, replica, sequences):
    contexts, index = {}, -1
    for _ in range(reader.count(2, "contexts")):
        index += reader.number() + 1
        if index >= len(sequences):
            reader.refuse("index", "a context belongs to no operation")
        contexts[index] = read_context(reader)
        if contexts[index].get(replica, 0) >= sequences[index]:
            reader.refuse("operation", "a context covers its own operation")
    return contexts


def read_bodies(payload):
    """The pieces of a bodies frame (2.7): hash, body's length, offset in it, bytes."""
    reader = Bytes(payload)
    heads, total = [], 0
    count = reader.count(35, "bodies")
    if count > FRAME_BODIES:
        reader.refuse("too large", f"{count} bodies in a frame")
    for _ in range(count):
        head = reader.take(32), reader.number(), reader.number(), reader.number()
        if head[1] > BODY or head[2] + head[3] > head[1]:
            reader.refuse("too large", "a body is too long, or a piece lies outside it")
        total += head[3]
        if total > FRAME:
            reader.refuse("too large", "the pieces are too long together")
        heads.append(head)
    form = reader.byte()
    if form > 1:
        reader.refuse("reserved", f"form {form} is of a newer version")
    data = read_recoded(reader, total) if form else reader.take(total)
    reader.finish()
    pieces, start = [], 0
    for name, length, offset, count in heads:
        pieces.append((name, length, offset, data[start : start + count]))
        start += count
    return pieces


def read_recoded(reader, total):
    """The text of `total` bytes whose recoding takes the rest of the payload (2.7)."""
    table = read_characters(reader)
    markup = reader.take(reader.count(1, "bytes of markup"))
    text = reader.take(reader.remaining())
    if total > 4 * (len(markup) + len(text)):
        reader.refuse("too large", "so few bytes do not become so many")
    singles = 256 - max(0, (len(table) - 2) // 255)
    output, read = bytearray(), 0
    for byte in markup:
        for _ in range(max(1, byte - 127)):
            character = bytes([byte])
            if byte >= 0x80:
                rank, read = read_code(reader, text, read, singles)
                if rank >= len(table):
                    reader.refuse("index", "a code is past the table")
                character = table[rank]
            if len(output) + len(character) > total:
                reader.refuse("too large", "the text is longer than the pieces")
            output += character
    if read < len(text):
        reader.refuse("trailing bytes", f"{len(text) - read} bytes of the text are left over")
    if len(output) < total:
        reader.refuse("ends early", "the text is shorter than the pieces")
    return bytes(output)


def read_characters(reader):
    count = reader.count(1, "characters")
    if not 1 <= count <= CHARACTERS:
        reader.refuse("too large", f"a table cannot have {count} characters")
    table, scalar = [], 0
    for _ in range(count):
        scalar += zigzag(reader.number())
        if not 0 <= scalar <= 0x10FFFF or 0xD800 <= scalar <= 0xDFFF:
            reader.refuse("index", "a scalar is not one of Unicode's")
        table.append(chr(scalar).encode("utf-8"))
    return table


def read_code(reader, text, at, singles):
    """The rank of the next character, and where the code after it begins."""
    if at < len(text) and text[at] < singles:
        return text[at], at + 1
    if at + 2 > len(text):
        reader.refuse("ends early", "the text ends too early")
    return singles + 256 * (text[at] - singles) + text[at + 1], at + 2


# --- The file (chapter 3) ---------------------------------------------------------------------


@contextlib.contextmanager
def named(what, words={}, other="frame"):
    """Says where in the file chapter 2 refused something, in chapter 3's words."""
    try:
        yield
    except Refusal as refusal:
        raise Refusal(words.get(refusal.word, other), f"{what}: {refusal}") from None


class FrameHead:
    """A frame's first sixteen bytes (2.8), checked before its stored bytes are read."""

    def __init__(self, head):
        if len(head) < 16:
            raise Refusal("ends early", "it ends within its header")
        self.kind, self.deflated, self.checksum = head[0], head[1] == 1, head[12:]
        self.stored = int.from_bytes(head[4:8], "big")
        self.inflated = int.from_bytes(head[8:12], "big")
        self.seed = zlib.crc32(head[:12])
        if head[1] > 1 or head[2:4] != b"\0\0":
            raise Refusal("reserved", "it has flags of a newer version")
        if max(self.stored, self.inflated) > FRAME:
            raise Refusal("too large", "it is larger than any may be")

    def check(self, stored):
        if zlib.crc32(stored, self.seed).to_bytes(4, "big") != self.checksum:
            raise Refusal("checksum", "it is damaged: its checksum differs")
        if (self.stored >= self.inflated) if self.deflated else (self.stored != self.inflated):
            raise Refusal("inflate", "its lengths do not belong together")


class Frame:
    def __init__(self, head, stored, number=1, offset=0):
        head.check(stored)
        self.number, self.offset, self.kind, self.stored = number, offset, head.kind, stored
        self.deflated, self.inflated = head.deflated, head.inflated

    def payload(self):
        """The payload, never inflated past its declared length."""
        if not self.deflated:
            return self.stored
        inflater = zlib.decompressobj()
        try:
            payload = inflater.decompress(self.stored, self.inflated)
            beyond = inflater.decompress(inflater.unconsumed_tail, 1)
        except zlib.error:
            raise Refusal("inflate", "it does not inflate") from None
        if len(payload) != self.inflated or beyond or not inflater.eof or inflater.unused_data:
            raise Refusal("inflate", "it does not inflate to what its header says")
        return payload


class Bundle:
    """Reads a whole bundle, refusing the first thing that is wrong with it."""

    def __init__(self, stream, library=None):
        self.stream, self.hash, self.offset = stream, hashlib.sha256(), 0
        self.frames, self.operations, self.bodies = [], [], []
        self.read_first_bytes()
        first = self.read_frame()
        if first.kind != HEADER:
            raise Refusal("malformed", "the first frame is not a header")
        with named("the header"):
            payload = first.payload()
        with named("the header", other="malformed"):
            self.header = read_header(payload)
        self.frames.append(first)
        if library is not None and self.header["library"] != library:
            raise Refusal("foreign", f"the bundle is of library {self.header['library']}")
        self.read_to_trailer()

    def take(self, count):
        data = self.stream.read(count)
        if len(data) < count:
            raise Refusal("truncated", f"the file ends within frame {len(self.frames) + 1}")
        self.offset += count
        return data

    def read_first_bytes(self):
        magic = self.stream.read(len(MAGIC))
        if magic == b"age-encryption.org/v1\n"[: len(MAGIC)]:
            raise Refusal("sealed", "the bundle is sealed; open it with age -d first")
        if magic != MAGIC:
            raise Refusal("magic", "this is no bundle")
        self.offset = len(MAGIC)
        versions = self.take(4)
        self.version, self.minimum = versions[0] << 8 | versions[1], versions[2] << 8 | versions[3]
        if self.minimum > VERSION:
            raise Refusal("version", f"the bundle wants a reader of version {self.minimum}")
        self.hash.update(magic + versions)

    def read_frame(self):
        number, offset = len(self.frames) + 1, self.offset
        first = self.take(16)
        with named(f"frame {number}", {"checksum": "checksum"}, "frame"):
            head = FrameHead(first)
        stored = self.take(head.stored)
        with named(f"frame {number}", {"checksum": "checksum"}, "frame"):
            frame = Frame(head, stored, number, offset)
        if frame.kind != TRAILER:
            self.hash.update(first + stored)
        return frame

    def read_to_trailer(self):
        inner = self.header["counts"]["frames"]
        while True:
            frame = self.read_frame()
            if frame.kind == TRAILER:
                break
            if len(self.frames) > inner:
                raise Refusal("malformed", f"there are more frames than the header's {inner}")
            self.frames.append(frame)
        self.check_trailer(frame)
        self.frames.append(frame)

    def check_trailer(self, frame):
        with named("the trailer"):
            payload = frame.payload()
        with named("the trailer", other="malformed"):
            reader, table = Bytes(payload), []
            for _ in range(reader.count(2, "frames")):
                table.append((reader.byte(), reader.number()))
            self.hash.update(payload[: reader.offset])
            digest, signature = reader.take(32), reader.take(64)
            reader.finish()
        if len(self.frames) - 1 != self.header["counts"]["frames"]:
            raise Refusal("malformed", "there are fewer frames than the header counts")
        if table != [(f.kind, len(f.stored)) for f in self.frames] or digest != self.hash.digest():
            raise Refusal("malformed", "the trailer is not of this file's frames")
        if self.stream.read(1):
            raise Refusal("malformed", "bytes follow the trailer")
        message = b"satchel v1 signature" + bytes([6]) + b"bundle" + digest
        if not verify(bytes.fromhex(self.header["library"]), message, signature):
            raise Refusal("signature", "the signature is not the library's")
        self.digest = digest

    def decode(self):
        """Reads what the frames hold; only after the whole file was found right."""
        pieces = {}
        for frame in self.frames:
            with named(f"frame {frame.number}"):
                if frame.kind == OPERATIONS:
                    self.operations += read_operations(frame.payload())[1]
                elif frame.kind == BODIES:
                    for name, total, offset, data in read_bodies(frame.payload()):
                        pieces.setdefault((name, total), {})[offset] = data
        for (name, total), parts in pieces.items():
            self.bodies.append(self.check_body(name, total, parts))

    def check_body(self, name, total, parts):
        data = b""
        for offset in sorted(parts):
            if offset != len(data):
                break
            data += parts[offset]
        whole = len(data) == total
        if whole and hashlib.sha256(data).digest() != name:
            raise Refusal("frame", f"body {name.hex()} does not match its hash")
        return {"hash": name.hex(), "length": total, "whole": whole}

    def fingerprint(self):
        """What these operations make, where they are all there is; else None."""
        header = self.header
        if header["statement"]["basis"] or header["part"]["count"] != 1:
            return None
        return rules.fingerprint(rules.join(self.operations))


def read_header(payload):
    reader, fields, previous = Bytes(payload), {}, -1
    while reader.remaining():
        tag = reader.number()
        if tag <= previous:
            reader.refuse("order", "the header's fields do not ascend")
        fields[tag] = reader.take(reader.count(1, "bytes in a header field"))
        previous = tag
    missing = [tag for tag in (1, 2, 3, 4, 5, 6, 7, 10, 11, 12) if tag not in fields]
    if missing:
        reader.refuse("field", f"the header lacks field {missing[0]}")
    for tag, length in ((1, 32), (2, 16), (7, 16), (9, 16), (10, 1)):
        if len(fields.get(tag, bytes(length))) != length:
            reader.refuse("field", f"the header's field {tag} is not {length} bytes")

    def read(tag, body):
        field = Bytes(fields[tag])
        result = body(field)
        field.finish()
        return result

    def small(field):
        number = field.number()
        if number >= 1 << 31:
            field.refuse("field", "a count is out of bounds")
        return number

    clock = read(4, Bytes.number)
    counts = read(11, lambda field: [small(field), small(field), small(field)])
    part = read(12, lambda field: [small(field), small(field)])
    wanted = fields.get(8, b"")
    try:
        name = fields[3].decode("utf-8")
    except UnicodeDecodeError:
        reader.refuse("field", "the sender's name is not UTF-8")
    if clock > GREATEST or len(wanted) % 32 or len(wanted) > 32 * WANTED or len(fields[3]) > NAME or fields[10][0] > 1:
        reader.refuse("field", "a field of the header is out of bounds")
    if not 1 <= part[0] <= part[1]:
        reader.refuse("field", "the part number is out of bounds")
    damaged = [fields.get(13, b"")[at : at + 16] for at in range(0, len(fields.get(13, b"")), 16)]
    if len(fields.get(13, b"")) % 16 or len(damaged) > DAMAGED or any(
        left >= right for left, right in zip(damaged, damaged[1:])
    ):
        reader.refuse("field", "the names of damaged files do not read")
    # Without the field: complete if fewer bodies than the limit are wanted, and keeping every text.
    complete, ceased = int(len(wanted) < 32 * WANTED), 0
    if 14 in fields:
        complete, ceased = read(14, lambda field: (field.number(), field.number()))
        if complete > 1:
            reader.refuse("field", "what the sender keeps does not read")
    low, high = fields[7][:8], fields[7][8:]
    return {
        "library": fields[1].hex(),
        "sender": fields[2].hex(),
        "name": name,
        "clock": str(clock),
        "created": time_text(read(5, Bytes.number)),
        "statement": read(6, read_statement),
        "fingerprint": (high[::-1] + low[::-1]).hex(),
        "wanted": [wanted[at : at + 32].hex() for at in range(0, len(wanted), 32)],
        "receiver": fields[9].hex() if 9 in fields else None,
        "bodies": fields[10] == b"\1",
        "counts": dict(zip(("operations", "bodies", "frames"), counts)),
        "part": dict(zip(("number", "count"), part)),
        "damaged": [name.hex() for name in damaged],
        "keeping": {"complete": complete == 1, "ceased": ceased},
        "unknown": sorted(tag for tag in fields if tag > 14 or tag == 0),
    }


# --- Ed25519 (RFC 8032, 5.1), verification only -----------------------------------------------

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def recover_x(y, sign):
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    return P - x if x & 1 != sign else x


def point(encoded):
    number = int.from_bytes(encoded, "little")
    y = number & ((1 << 255) - 1)
    x = recover_x(y, number >> 255)
    return None if x is None else (x, y, 1, x * y % P)


def add(left, right):
    a = (left[1] - left[0]) * (right[1] - right[0]) % P
    b = (left[1] + left[0]) * (right[1] + right[0]) % P
    c = 2 * left[3] * right[3] * D % P
    d = 2 * left[2] * right[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def multiply(scalar, base):
    result = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = add(result, base)
        base = add(base, base)
        scalar >>= 1
    return result


def encode(value):
    inverse = pow(value[2], P - 2, P)
    x, y = value[0] * inverse % P, value[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE = (recover_x(BASE_Y, 0), BASE_Y, 1, recover_x(BASE_Y, 0) * BASE_Y % P)


def verify(key, message, signature):
    public = point(key)
    scalar = int.from_bytes(signature[32:], "little")
    if public is None or len(signature) != 64 or scalar >= ORDER:
        return False
    challenge = hashlib.sha512(signature[:32] + key + message).digest()
    challenge = int.from_bytes(challenge, "little") % ORDER
    negative = (P - public[0], public[1], public[2], P - public[3])
    found = add(multiply(scalar, BASE), multiply(challenge, negative))
    return encode(found) == signature[:32]


# --- For people -------------------------------------------------------------------------------


def time_text(milliseconds):
    """RFC 3339 in UTC; the number itself past the year 9999."""
    try:
        moment = datetime.datetime(1970, 1, 1) + datetime.timedelta(milliseconds=milliseconds)
    except OverflowError:
        return f"{milliseconds} ms"
    return moment.isoformat(timespec="milliseconds") + "Z"


def plain(text):
    """Text from elsewhere as a terminal may see it: control characters escaped."""
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode()
        for letter in str(text))


def shorten(value):
    text = json.dumps(value, ensure_ascii=False)
    return plain(text if len(text) <= 72 else text[:71] + "…")


def as_json(bundle):
    made = bundle.fingerprint()
    return {
        "version": bundle.version,
        "header": bundle.header,
        "frames": [
            {"kind": frame.kind, "offset": frame.offset, "deflated": frame.deflated,
             "stored": len(frame.stored), "inflated": frame.inflated}
            for frame in bundle.frames],
        "operations": [operation_as_json(operation) for operation in bundle.operations],
        "bodies": bundle.bodies,
        "digest": bundle.digest.hex(),
        "signature": "verified",
        "fingerprint": made,
    }


KINDS = {1: "header", 2: "operations", 3: "bodies", 4: "trailer"}
ENTITIES = {1: "article", 2: "highlight", 3: "replica", 4: "view"}


def print_bundle(bundle):
    header = bundle.header
    counts, part = header["counts"], header["part"]
    print(f"library      {header['library']}")
    print(f"sender       {header['sender']} {plain(header['name'])}")
    print(f"created      {header['created']}, part {part['number']} of {part['count']}")
    if header["receiver"]:
        print(f"receiver     {header['receiver']}")
    for name in ("basis", "carried", "known"):
        for replica, ranges in header["statement"][name].items() or [("nothing", [])]:
            print(f"{name:12} {replica} " + " ".join(f"{a}-{b}" for a, b in ranges))
    print(f"holds        {counts['operations']} operations, {counts['bodies']} bodies")
    for hash in header["wanted"]:
        print(f"wanted       {hash}")
    for frame in bundle.frames:
        size = f"{frame.inflated} bytes" + (f" in {len(frame.stored)}" if frame.deflated else "")
        print(f"frame {frame.number:<6} at {frame.offset}: {KINDS.get(frame.kind, frame.kind)}, {size}")
    for operation in bundle.operations:
        number, key, name = operation.register
        kind = ENTITIES.get(number, f"kind {number}")
        field = plain(name.decode("utf-8", "replace"))
        print(
            f"operation    {operation.replica.hex()[:8]}:{operation.sequence} "
            f"{time_text(operation.stamp >> 16)} {kind} {key.hex()[:8]} {field} = "
            f"{shorten(readable(operation.value))}" + (" (authored)" if operation.context is not None else ""))
    for body in bundle.bodies:
        state = "matches its hash" if body["whole"] else "in part"
        print(f"body         {body['hash']} {body['length']} bytes, {state}")
    made = bundle.fingerprint()
    if made is not None:
        agrees = "as its operations make it" if made == header["fingerprint"] else "NOT what its operations make"
        print(f"fingerprint  {header['fingerprint']}, {agrees}")
    print(f"signature    verified; digest {bundle.digest.hex()}")


def inspect(stream, library=None):
    bundle = Bundle(stream, library)
    bundle.decode()
    return bundle


# --- Vectors ----------------------------------------------------------------------------------


def try_bundle(case):
    data = bytes.fromhex(case["hex"])
    bundle = inspect(io.BytesIO(data), case.get("reader"))
    header = bundle.header
    return {
        "sender": header["sender"],
        "name": header["name"],
        "operations": len(bundle.operations),
        "bodies": [body["hash"] for body in bundle.bodies],
        "frames": len(bundle.frames) - 2,
        "fingerprint": header["fingerprint"],
        "digest": bundle.digest.hex(),
    }


def whole(case, read):
    """What `read` makes of all of a case's bytes."""
    reader = Bytes(bytes.fromhex(case["hex"]))
    result = read(reader)
    reader.finish()
    return result


def range_texts(ranges):
    return [f"{first}...{last}" for first, last in ranges]


def knowledge_lines(knowledge):
    return [f"{replica} {', '.join(range_texts(known))}" for replica, known in knowledge.items()]


def try_knowledge(case):
    return knowledge_lines(whole(case, read_knowledge))


def try_statement(case):
    statement = whole(case, read_statement)
    return [f"{name} {line}" for name in statement for line in knowledge_lines(statement[name])]


def value_text(value):
    known = readable(value)
    names = ["nothing", "no", "yes", f"integer {known}", f"text {known}", f"data {value[1:].hex()}"]
    return names[value[0]] if value[0] <= 5 else f"unknown {value.hex()}"


def operation_line(operation):
    kind, key, field = operation.register
    line = f"{operation.sequence} @{operation.stamp:016x} {kind}/{key.hex()} "
    line += f"{field.decode('utf-8', 'replace')} = {value_text(operation.value)}"
    if operation.context is None:
        return line
    seen = ", ".join(f"{replica.hex()}:{seen}" for replica, seen in operation.context.items())
    return f"{line} after {seen or 'nothing'}"


def try_operations(case):
    (replica, first, last), operations = read_operations(bytes.fromhex(case["hex"]))
    lines = [f"replica {replica.hex()}", f"range {first}...{last}"]
    return lines + [operation_line(operation) for operation in operations]


def try_bodies(case):
    return [
        f"{name.hex()} of {total} at {offset}: {data.hex()}"
        for name, total, offset, data in read_bodies(bytes.fromhex(case["hex"]))]


def try_frame(case):
    data = bytes.fromhex(case["hex"])
    head = FrameHead(data[:16])
    if len(data) - 16 < head.stored:
        raise Refusal("ends early", "it ends within its stored bytes")
    if len(data) - 16 > head.stored:
        raise Refusal("trailing bytes", "it goes on behind its stored bytes")
    frame = Frame(head, data[16:])
    how = "deflated" if frame.deflated else "as it is"
    return [f"kind {frame.kind}", how, f"payload {frame.payload().hex()}"]


def try_conversations(case):
    """What either side holds in the end, from what it held and the bytes it heard (8)."""
    for side in "ab":
        said = [message for message in case["messages"] if message["from"] == side]
        assert read_stream(case[side]["says"]) == [(one["kind"], one["payload"]) for one in said]
    found = {}
    for side, other in ("ab", "ba"):
        operations = [rules.Operation.given(given) for given in case[side]["operations"]]
        for kind, payload in read_stream(case[other]["says"]):
            payload = bytes.fromhex(payload)
            if kind == OPERATIONS:
                operations += read_operations(payload)[1]
            elif kind == BODIES:
                for name, total, offset, data in read_bodies(payload):
                    assert (offset, len(data)) == (0, total) and hashlib.sha256(data).digest() == name
        found[side] = {**case["value"][side], "fingerprint": rules.fingerprint(rules.join(operations))}
    return found


def read_stream(text):
    data, at, frames = bytes.fromhex(text), 0, []
    while at < len(data):
        head = FrameHead(data[at : at + 16])
        stored = data[at + 16 : at + 16 + head.stored]
        frames.append((head.kind, Frame(head, stored).payload().hex()))
        at += 16 + head.stored
    return frames


def try_signature(case):
    """A signature for the domain of bundles (4.3)."""
    message = b"satchel v1 signature" + bytes([6]) + b"bundle" + bytes.fromhex(case["digest"])
    if not verify(bytes.fromhex(case["libraryKey"]), message, bytes.fromhex(case["signature"])):
        raise Refusal("signature", "the signature is not the library's")
    return "valid"


TRIALS = {
    "bodies": try_bodies,
    "bundles": try_bundle,
    "conversations": try_conversations,
    "frames": try_frame,
    "knowledge": try_knowledge,
    "operations": try_operations,
    "sequences": lambda case: range_texts(whole(case, read_ranges)),
    "signature": try_signature,
    "statement": try_statement,
}


def run_vectors(folder):
    """Tries every case of the kinds known here; a case is right when it gives what is expected,
    or is refused with the word it should be."""
    passed, failed = 0, []
    for path in sorted(pathlib.Path(folder).glob("*.json")):
        for case in json.loads(path.read_text("utf-8"))["cases"]:
            trial = TRIALS.get(case.get("kind", path.stem))
            if trial is None:
                continue
            meaning = case.get("value", case.get("expect"))
            expected = {"refused": case["refused"]} if "refused" in case else meaning
            try:
                found = trial(case)
            except Refusal as refusal:
                found = {"refused": refusal.word}
            if found == expected:
                passed += 1
            else:
                failed.append(f"{path.name}: {case['name']}: expected {expected}, found {found}")
    for line in failed:
        print(line, file=sys.stderr)
    print(f"{passed} passed, {len(failed)} failed")
    return 1 if failed else 0


def main():
    parser = argparse.ArgumentParser(description="Shows and checks open Satchel bundles.")
    parser.add_argument("file", nargs="*")
    parser.add_argument("--json", action="store_true", help="one object a line, one line a file")
    parser.add_argument("--library", metavar="HEX", help="refuse bundles of other libraries")
    parser.add_argument("--vectors", metavar="DIR", help="try the specification's vectors")
    arguments = parser.parse_args()
    sys.stdout.reconfigure(errors="backslashreplace")
    if arguments.vectors:
        return run_vectors(arguments.vectors)
    if not arguments.file:
        parser.print_usage(sys.stderr)
        return 64
    for path in arguments.file:
        try:
            with open(path, "rb") as stream:
                bundle = inspect(stream, arguments.library)
        except Refusal as refusal:
            print(f"inspect-bundle: {plain(path)}: {plain(refusal)}", file=sys.stderr)
            return refusal.exit
        except OSError as error:
            print(f"inspect-bundle: {plain(path)}: {error.strerror}", file=sys.stderr)
            return 1
        if arguments.json:
            print(json.dumps(as_json(bundle), ensure_ascii=False))
        else:
            print_bundle(bundle)
    return 0


if __name__ == "__main__":
    sys.exit(main())
