"""The other replica of a session over TCP, written from Protocol/2-encoding.md, 4-sealing.md and
8-session.md alone: it takes everything a library gives, acknowledges it, and gives nothing. Noise
and cryptography are `noiseprotocol` and `cryptography` from PyPI.

    session-peer.py initiator SECRET-FILE PORT      connects to satchel serve on the loopback
    session-peer.py responder SECRET-FILE           prints its port, and is synchronized with once

Prints as JSON what it took. Anything else than the specification says ends it with a traceback.
"""

import faulthandler
import hashlib
import json
import os
import socket
import sys
import zlib

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from noise.connection import NoiseConnection

OPERATIONS, BODIES = 2, 3
REPORT, DELTA, RECEIVED, WANT, DONE, AGREED, PULSE, REFUSAL = 17, 18, 19, 20, 21, 22, 23, 24
LIMIT = 8 << 20
# The longest frame this side wants (8.3), short enough that what the samples lie in is cut.
LONGEST = 8 << 10


# 4.5: an invitation is Bech32m of a version, the secret and a label.
def secret_of(text):
    text = "".join(text.split()).replace("-", "").lower()
    prefix, _, data = text.rpartition("1")
    assert prefix == "satchel"
    values = ["qpzry9x8gf2tvdw0s3jn54khce6mua7l".index(letter) for letter in data]
    expanded = [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]
    assert checksum(expanded + values) == 0x2BC830A3
    bits = "".join(f"{value:05b}" for value in values[:-6])
    payload = bytes(int(bits[at : at + 8], 2) for at in range(0, len(bits) - 7, 8))
    assert payload[0] == 1
    return payload[1:33]


def checksum(values):
    generator = [0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3]
    state = 1
    for value in values:
        top = state >> 25
        state = (state & 0x1FFFFFF) << 5 ^ value
        for bit in range(5):
            state ^= generator[bit] if top >> bit & 1 else 0
    return state


# 4.2
def derived(secret, label):
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=b"", info=label).derive(secret)


# 2.2
def number(value):
    spelt = bytearray()
    while value > 127:
        spelt.append(value & 127 | 128)
        value >>= 7
    return bytes(spelt) + bytes([value])


class Reader:
    """Reads a payload from front to back and to its end."""

    def __init__(self, payload):
        self.payload, self.at = payload, 0

    def take(self, count):
        assert self.at + count <= len(self.payload), "ends early"
        self.at += count
        return self.payload[self.at - count : self.at]

    def number(self):
        value = shift = 0
        while True:
            byte = self.take(1)[0]
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                assert (byte or shift == 7) and value < 1 << 64
                return value

    # 2.6, as a dictionary of lists of ranges.
    def knowledge(self):
        known = {}
        for _ in range(self.number()):
            replica, end, known_ranges = self.take(16), 0, []
            for position in range(self.number()):
                gap = self.number()
                assert gap >= (2 if position else 1), "order"
                start = end + gap
                end = start + self.number()
                known_ranges.append((start, end))
            assert known_ranges and all(other < replica for other in known), "order"
            known[replica] = known_ranges
        return known

    def end(self):
        assert self.at == len(self.payload), "trailing bytes"


class Connection:
    """Records (4.8) and frames (2.8)."""

    def __init__(self, stream, noise):
        self.stream, self.noise = stream, noise
        self.opened = b""
        self.longest = 0
        self.sealed_count = self.opened_count = 0

    def read(self, count):
        data = b""
        while len(data) < count:
            piece = self.stream.recv(count - len(data))
            if not piece:
                raise EOFError
            data += piece
        return data

    def read_message(self):
        return self.read(int.from_bytes(self.read(2), "big"))

    def write_message(self, message):
        self.stream.sendall(len(message).to_bytes(2, "big") + message)

    def open_record(self):
        self.opened += bytes(self.noise.decrypt(self.read_message()))
        self.opened_count += 1
        if self.opened_count % 1_024 == 0:
            self.noise.rekey_inbound_cipher()

    def bytes(self, count):
        while len(self.opened) < count:
            self.open_record()
        taken, self.opened = self.opened[:count], self.opened[count:]
        return taken

    def frame(self):
        header = self.bytes(16)
        kind, flags, zero = header[0], header[1], header[2:4]
        stored_length, length, check = (
            int.from_bytes(header[at : at + 4], "big") for at in (4, 8, 12)
        )
        assert flags in (0, 1) and zero == b"\0\0" and max(stored_length, length) <= LIMIT
        stored = self.bytes(stored_length)
        assert zlib.crc32(header[:12] + stored) == check, "checksum"
        self.longest = max(self.longest, stored_length if kind in (OPERATIONS, BODIES) else 0)
        payload = zlib.decompress(stored) if flags else stored
        assert len(payload) == length, "inflate"
        return kind, payload

    def say(self, kind, payload):
        deflated = zlib.compress(payload)
        shorter = len(deflated) < len(payload)
        stored = deflated if shorter else payload
        start = bytes([kind, shorter, 0, 0]) + b"".join(
            value.to_bytes(4, "big") for value in (len(stored), len(payload))
        )
        frame = start + zlib.crc32(start + stored).to_bytes(4, "big") + stored
        for at in range(0, len(frame), 32 << 10):
            self.write_message(self.noise.encrypt(frame[at : at + (32 << 10)]))
            self.sealed_count += 1
            if self.sealed_count % 1_024 == 0:
                self.noise.rekey_outbound_cipher()

    def hear(self):
        """The next message that is not a pulse or of a kind we do not know (2.8)."""
        while True:
            kind, payload = self.frame()
            if kind == REFUSAL:
                raise RuntimeError(f"refused, reason {payload[0]}: {payload[1:].decode()}")
            if kind in (OPERATIONS, BODIES, REPORT, DELTA, RECEIVED, WANT, DONE, AGREED):
                return kind, payload


def recoded(reader, length):
    """The pieces of a chunk whose text is recoded (2.7)."""
    scalar, table, pieces = 0, [], bytearray()
    for _ in range(reader.number()):
        step = reader.number()
        scalar += step >> 1 ^ -(step & 1)
        table.append(chr(scalar).encode())
    markup = reader.take(reader.number())
    singles = 256 - max(0, (len(table) - 2) // 255)
    for byte in markup:
        if byte < 128:
            pieces.append(byte)
            continue
        for _ in range(byte - 127):
            code = reader.take(1)[0]
            if code >= singles:
                code = singles + 256 * (code - singles) + reader.take(1)[0]
            pieces += table[code]
    assert len(pieces) == length
    return bytes(pieces)


class Peer:
    """One session as a side that lacks everything and has written nothing."""

    def __init__(self):
        self.replica = os.urandom(16)
        self.bodies = {}
        self.operations = self.frames = 0
        self.their_done = None

    # 8.3: speaks version 1, gives and takes. The digest is made up, so it differs.
    def hello(self):
        start = bytes([1, 1, 1 | 2]) + self.replica + (1).to_bytes(8, "big") + os.urandom(16)
        return start + LONGEST.to_bytes(4, "big")

    @staticmethod
    def check_hello(hello):
        assert 47 <= len(hello) <= 1_024 and hello[0] >= 1 and hello[1] == 1
        assert int.from_bytes(hello[19:27], "big") < 1 << 63
        return hello[3:19]

    # 8.4, kinds 17 and 21.
    def report(self, fingerprint=bytes(16), knowledge=b"\0"):
        return self.replica + number(1) + fingerprint + knowledge + number(0)

    @staticmethod
    def read_report(payload):
        reader = Reader(payload)
        report = {"replica": reader.take(16), "clock": reader.number()}
        report["fingerprint"] = reader.take(16)
        start = reader.at
        reader.knowledge()
        report["knowledge"] = payload[start : reader.at]
        report["lacking"] = [reader.take(32) for _ in range(reader.number())]
        reader.end()
        return report

    def converse(self, connection, their_replica):
        connection.say(REPORT, self.report())
        kind, payload = connection.hear()
        assert kind == REPORT
        report = self.read_report(payload)
        assert report["replica"] == their_replica
        # No operations, bodies, frames or bytes, and no claim.
        connection.say(DELTA, number(0) * 5)
        kind, payload = connection.hear()
        assert kind == DELTA
        announced = self.read_delta(payload, their_replica)
        self.take_content(connection, announced)
        # All of it is taken, so this side knows what they said they know.
        connection.say(DONE, self.report(report["fingerprint"], report["knowledge"]))
        if self.their_done is None:
            kind, self.their_done = connection.hear()
            assert kind == DONE
        assert self.read_report(self.their_done)["knowledge"] == report["knowledge"]

    @staticmethod
    def read_delta(payload, sender):
        reader = Reader(payload)
        operations, bodies, frames, _ = (reader.number() for _ in range(4))
        if reader.take(1)[0]:
            assert reader.take(16) == sender
            reader.number()
            reader.take(16)
            _, carried, known = (reader.knowledge() for _ in range(3))
            assert set(carried) <= set(known)
        reader.end()
        return operations, bodies, frames

    def take_content(self, connection, announced):
        operations, bodies, frames = announced
        while self.frames < frames:
            kind, payload = connection.hear()
            if kind == DONE and self.their_done is None:
                # 8.5: messages may stand between frames. They have taken our delta, which is empty.
                self.their_done = payload
                continue
            assert kind in (OPERATIONS, BODIES)
            if kind == OPERATIONS:
                self.take_operations(Reader(payload))
            else:
                self.take_bodies(Reader(payload))
            self.frames += 1
            # Once in the middle and once at the end.
            if self.frames in (frames // 2, frames):
                connection.say(RECEIVED, number(self.frames))
        assert self.operations == operations and len(self.bodies) == bodies
        # 8.3: as near to it as the sender can tell.
        assert connection.longest <= 2 * LONGEST, connection.longest

    # 2.5, as far as it says how many there are.
    def take_operations(self, reader):
        reader.take(16)
        first, more, count = (reader.number() for _ in range(3))
        assert first >= 1 and 1 <= count <= more + 1
        self.operations += count

    # 2.7
    def take_bodies(self, reader):
        heads = [
            (reader.take(32), reader.number(), reader.number(), reader.number())
            for _ in range(reader.number())
        ]
        form, length = reader.take(1)[0], sum(head[3] for head in heads)
        assert form in (0, 1), "reserved"
        pieces = recoded(reader, length) if form else reader.take(length)
        reader.end()
        at = 0
        for name, body_length, offset, count in heads:
            body = self.bodies.setdefault(name, bytearray(body_length))
            body[offset : offset + count] = pieces[at : at + count]
            at += count

    def result(self):
        whole = sum(hashlib.sha256(body).digest() == name for name, body in self.bodies.items())
        return {
            "operations": self.operations,
            "bodies": whole,
            "frames": self.frames,
            "replica": self.replica.hex(),
        }


def noise(secret):
    session = NoiseConnection.from_name(b"Noise_NNpsk0_25519_ChaChaPoly_SHA256")
    session.set_psks(derived(secret, b"satchel v1 noise psk"))
    session.set_prologue(b"satchel session 1")
    return session


def initiate(secret, port):
    peer, session = Peer(), noise(secret)
    session.set_as_initiator()
    session.start_handshake()
    with socket.create_connection(("127.0.0.1", port)) as stream:
        connection = Connection(stream, session)
        connection.write_message(session.write_message(peer.hello()))
        hello = bytes(session.read_message(connection.read_message()))
        peer.converse(connection, Peer.check_hello(hello))
    return peer


def respond(secret):
    peer, session = Peer(), noise(secret)
    session.set_as_responder()
    session.start_handshake()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        print(listener.getsockname()[1], flush=True)
        stream, _ = listener.accept()
    with stream:
        connection = Connection(stream, session)
        hello = bytes(session.read_message(connection.read_message()))
        their_replica = Peer.check_hello(hello)
        connection.write_message(session.write_message(peer.hello()))
        # 8.8: nothing is done for a hello but answer it until a record has opened.
        connection.open_record()
        peer.converse(connection, their_replica)
    return peer


# Whatever happens, the test that started this does not wait for ever.
faulthandler.dump_traceback_later(60, exit=True)
with open(sys.argv[2], encoding="utf-8") as file:
    SECRET = secret_of(file.read())
PEER = initiate(SECRET, int(sys.argv[3])) if sys.argv[1] == "initiator" else respond(SECRET)
print(json.dumps(PEER.result()))
