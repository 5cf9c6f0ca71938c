#!/usr/bin/env python3
"""Makes Protocol/vectors/bundles.json from sample.satchel, by taking it apart and putting it
together again in right and wrong ways. Standard library only; run it after the sample changed.
"""

import hashlib
import hmac
import importlib.util
import json
import pathlib
import zlib

here = pathlib.Path(__file__).resolve().parent
spec = importlib.util.spec_from_file_location("inspect_bundle", here.parent / "inspect-bundle.py")
reading = importlib.util.module_from_spec(spec)
spec.loader.exec_module(reading)

SECRET = hashlib.sha256(b"satchel sample library").digest()
STRANGER = hashlib.sha256(b"satchel another library").digest()


# --- Keys (4.2) and signing (RFC 8032, 5.1.6) -------------------------------------------------


def seed(secret):
    extracted = hmac.new(bytes(32), secret, hashlib.sha256).digest()
    return hmac.new(extracted, b"satchel v1 signing key\x01", hashlib.sha256).digest()


def expand(secret):
    digest = hashlib.sha512(seed(secret)).digest()
    scalar = int.from_bytes(digest[:32], "little") & ((1 << 254) - 8) | 1 << 254
    return scalar, digest[32:]


def public_key(secret):
    return reading.encode(reading.multiply(expand(secret)[0], reading.BASE))


def sign(secret, message):
    scalar, prefix = expand(secret)
    nonce = int.from_bytes(hashlib.sha512(prefix + message).digest(), "little") % reading.ORDER
    commitment = reading.encode(reading.multiply(nonce, reading.BASE))
    challenge = hashlib.sha512(commitment + public_key(secret) + message).digest()
    answer = (nonce + int.from_bytes(challenge, "little") * scalar) % reading.ORDER
    return commitment + answer.to_bytes(32, "little")


# --- Writing (chapters 2 and 3) ---------------------------------------------------------------


def number(value):
    data = b""
    while value >= 0x80:
        data += bytes([value & 0x7F | 0x80])
        value >>= 7
    return data + bytes([value])


def fields(pairs):
    return b"".join(number(tag) + number(len(data)) + data for tag, data in pairs)


def frame(kind, payload, flags=0, inflated=None, reserved=b"\0\0", stored=None):
    stored = payload if stored is None else stored
    head = bytes([kind, flags]) + reserved + len(stored).to_bytes(4, "big")
    head += (len(payload) if inflated is None else inflated).to_bytes(4, "big")
    return head + zlib.crc32(stored, zlib.crc32(head)).to_bytes(4, "big") + stored


def table_of(frames):
    return number(len(frames)) + b"".join(f[:1] + number(len(f) - 16) for f in frames)


def bundle(frames, first=reading.MAGIC + bytes([0, 1, 0, 1]), secret=SECRET, table=None,
           digest=None, domain=b"bundle", change=lambda payload: payload, end=b""):
    """The whole file: first bytes, frames and the trailer that belongs to them, or does not."""
    table = table_of(frames) if table is None else table
    data = first + b"".join(frames)
    digest = hashlib.sha256(data + table).digest() if digest is None else digest
    message = b"satchel v1 signature" + bytes([len(domain)]) + domain + digest
    trailer = change(table + digest + sign(secret, message))
    return data + frame(reading.TRAILER, trailer) + end


# --- The sample's parts -----------------------------------------------------------------------


sample = (here / "sample.satchel").read_bytes()
with open(here / "sample.satchel", "rb") as stream:
    parts = reading.inspect(stream).frames[:-1]
payloads = [part.payload() for part in parts]
header_fields = {}
reader = reading.Bytes(payloads[0])
while reader.remaining():
    tag = reader.number()
    header_fields[tag] = reader.take(reader.number())
operations = [frame(2, part.payload()) for part in parts if part.kind == 2]
bodies = [frame(3, part.payload()) for part in parts if part.kind == 3]
inner = operations + bodies


def header(changes={}, pairs=None):
    """The sample's header with other fields; None takes one away."""
    changed = {**header_fields, **changes}
    pairs = sorted((t, d) for t, d in changed.items() if d is not None) if pairs is None else pairs
    return frame(1, fields(pairs))


def flipped(data, at):
    at %= len(data)
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


stored = bundle([header()] + inner)
statement = header_fields[6]
known = reading.Bytes(statement)
reading.read_knowledge(known)
reading.read_knowledge(known)
known = statement[known.offset :]
stranger = {1: public_key(STRANGER)}
body_frame = payloads[-1]
text = b"Seven bridges"
# The head of the one body, without the form and the text behind it (2.7).
body_head = body_frame[: body_frame.index(text) - 1]
body = body_frame[len(body_head) + 1 :]
counts = {count: number(9) + number(1) + number(count) for count in (2, 4)}
extra = frame(9, b"of a later version")


def unreduced(payload):
    scalar = int.from_bytes(payload[-32:], "little") + reading.ORDER
    return payload[:-32] + scalar.to_bytes(32, "little")


accepted = {
    "the sample as its writer made it": sample,
    "the same with nothing deflated": stored,
    "bodies before operations": bundle([header()] + bodies + operations),
    "nothing but a header and a trailer": bundle(
        [header({6: known + b"\0" + known, 11: b"\0\0\0", 10: b"\0"})]),
    "the second part, with only bodies": bundle(
        [header({11: b"\0\1\1", 12: b"\2\2"})] + bodies),
    "with a receiver and wanted bodies": bundle(
        [header({8: bytes(32) + bytes([1] * 32), 9: bytes([0xAB] * 16)})] + inner),
    "an empty name": bundle([header({3: b""})] + inner),
    "the body recoded, all of it markup": bundle(
        [header()] + operations
        + [frame(3, body_head + b"\1" + b"\1\2" + number(len(body)) + body)]),
    "a header field of a later version": bundle([header({15: b"later", 300: b""})] + inner),
    "named files that are damaged, and what is kept": bundle(
        [header({13: bytes(16) + b"\1" * 16, 14: b"\0\x07"})] + inner
    ),
    "1,024 damaged files": bundle(
        [header({13: b"".join(number.to_bytes(16, "big") for number in range(1_024))})] + inner
    ),
    "1,024 wanted bodies": bundle([header({8: bytes(32 * 1_024)})] + inner),
    "a header field with tag zero": bundle([header({0: b"later"})] + inner),
    "a second header, passed over": bundle(
        [header({11: counts[4]})] + operations + [header({3: b"other"})] + bodies),
    "a frame of a later version, passed over": bundle(
        [header({11: counts[4]})] + operations + [extra] + bodies),
    "a later version that this one can read": bundle(
        [header()] + inner, first=reading.MAGIC + bytes([0, 2, 0, 1])),
}

refused = {
    "an empty file": ("magic", b""),
    "a text": ("magic", b"not a bundle\n"),
    "a magic that was cut": ("magic", sample[:7]),
    "a magic with its line ends changed": ("magic", sample.replace(b"\r\n", b"\n", 1)),
    "an end within the versions": ("truncated", stored[:11]),
    "an end after the versions": ("truncated", stored[:12]),
    "an end within the first frame's header": ("truncated", stored[:20]),
    "an end within a frame": ("truncated", stored[:400]),
    "an end before the trailer": ("truncated", stored[: -(16 + 107)]),
    "an end one byte early": ("truncated", stored[:-1]),
    "a newer least version": (
        "version", bundle([header()] + inner, first=reading.MAGIC + bytes([0, 2, 0, 2]))),
    "a newer least version before what cannot be read": (
        "version", reading.MAGIC + bytes([1, 0, 1, 0]) + b"\xff" * 40),
    "a stored byte that differs": ("checksum", flipped(stored, 300)),
    "a checksum that differs": ("checksum", flipped(stored, 12 + 15)),
    "another kind under the same checksum": ("checksum", flipped(stored, 12 + len(header()))),
    "a flag of a later version": (
        "frame", bundle([header(), frame(2, payloads[1], flags=2)] + inner[1:])),
    "a reserved byte that is set": (
        "frame", bundle([header(), frame(2, payloads[1], reserved=b"\0\1")] + inner[1:])),
    "a frame past the limit": (
        "frame", stored[:12] + bytes([1, 0, 0, 0]) + (8 * 1024 * 1024 + 1).to_bytes(4, "big") * 2
        + bytes(4)),
    "lengths that differ though nothing was deflated": (
        "frame", bundle([header(), frame(2, payloads[1], inflated=9)] + inner[1:])),
    "a header that inflates to less than declared": (
        "frame", bundle([frame(1, b"", 1, 400, stored=zlib.compress(payloads[0]))] + inner)),
    "a header that inflates to more than declared": (
        "frame", bundle([frame(1, b"", 1, 100, stored=zlib.compress(bytes(400)))] + inner)),
    "no header": ("malformed", bundle(inner)),
    "fields that do not ascend": (
        "malformed", bundle([header(pairs=sorted(header_fields.items(), reverse=True))] + inner)),
    "a field twice": (
        "malformed", bundle(
            [header(pairs=sorted([*header_fields.items(), (3, b"study")]))] + inner)),
    "a field that overruns the header": (
        "malformed", bundle([frame(1, payloads[0] + b"\x0d\x05abcd")] + inner)),
    "a name past 64 bytes": ("malformed", bundle([header({3: b"n" * 65})] + inner)),
    "a name that is not UTF-8": ("malformed", bundle([header({3: b"\xff"})] + inner)),
    "a receiver of 15 bytes": ("malformed", bundle([header({9: bytes(15)})] + inner)),
    "bodies neither there nor not": ("malformed", bundle([header({10: b"\2"})] + inner)),
    "1,025 wanted bodies": ("malformed", bundle([header({8: bytes(32 * 1_025)})] + inner)),
    "a clock of 2^63": ("malformed", bundle([header({4: number(1 << 63)})] + inner)),
    "a library of 31 bytes": ("malformed", bundle([header({1: bytes(31)})] + inner)),
    "a sender of 17 bytes": ("malformed", bundle([header({2: bytes(17)})] + inner)),
    "a statement with a tail": ("malformed", bundle([header({6: statement + b"\0"})] + inner)),
    "1,025 damaged files": (
        "malformed",
        bundle([header({13: b"".join(number.to_bytes(16, "big") for number in range(1_025))})] + inner),
    ),
    "damaged files cut short": ("malformed", bundle([header({13: bytes(15)})] + inner)),
    "damaged files that do not ascend": ("malformed", bundle([header({13: bytes(32)})] + inner)),
    "a keeping that is neither complete nor not": (
        "malformed", bundle([header({14: b"\2\0"})] + inner)
    ),
    "a keeping of one number": ("malformed", bundle([header({14: b"\1"})] + inner)),
    "a keeping of three numbers": ("malformed", bundle([header({14: b"\1\0\0"})] + inner)),
    "wanted hashes of 33 bytes": ("malformed", bundle([header({8: bytes(33)})] + inner)),
    "counts past 2^31": (
        "malformed", bundle([header({11: number(1 << 31) + b"\1\3"})] + inner)),
    "part zero": ("malformed", bundle([header({12: b"\0\1"})] + inner)),
    "a part of none": ("malformed", bundle([header({12: b"\1\0"})] + inner)),
    "a part beyond their number": ("malformed", bundle([header({12: b"\3\2"})] + inner)),
    "more frames than the header counts": (
        "malformed", bundle([header({11: counts[2]})] + inner)),
    "fewer frames than the header counts": (
        "malformed", bundle([header({11: counts[4]})] + inner)),
    "a table with another kind": (
        "malformed", bundle([header()] + inner, table=table_of([header()] + inner[::-1]))),
    "a table with a frame too few": (
        "malformed", bundle([header()] + inner, table=table_of([header()] + inner[1:]))),
    "a digest that differs": (
        "malformed", bundle([header()] + inner, digest=hashlib.sha256(b"").digest())),
    "a frame that was exchanged, its checksum right": (
        "malformed", bundle([header()] + inner).replace(inner[0], frame(2, payloads[2]), 1)),
    "a trailer that is cut": (
        "malformed", bundle([header()] + inner, change=lambda payload: payload[:-1])),
    "a trailer with a tail": (
        "malformed", bundle([header()] + inner, change=lambda payload: payload + b"\0")),
    "bytes after the trailer": ("malformed", bundle([header()] + inner, end=b"\0")),
    "two bundles end to end": ("malformed", stored + stored),
    "a signature that differs": (
        "signature", bundle([header()] + inner, change=lambda payload: flipped(payload, -40))),
    "a signature of another library": (
        "signature", bundle([header()] + inner, secret=STRANGER)),
    "a signature for another purpose": (
        "signature", bundle([header()] + inner, domain=b"hello")),
    "a signature whose S is not reduced": (
        "signature", bundle([header()] + inner, change=unreduced)),
    "another library's bundle": (
        "foreign", bundle([header(stranger)] + inner, secret=STRANGER)),
    "another library's bundle, damaged further on": (
        "foreign", flipped(bundle([header(stranger)] + inner, secret=STRANGER), -1)),
}

# Signed, and wrong all the same: found while applying.
applying = {
    "an operations frame with a tail": bundle(
        [header(), frame(2, payloads[1] + b"\0")] + inner[1:]),
    "a body that does not match its hash": bundle(
        [header()] + operations + [frame(3, body_frame.replace(text, b"Eight bridges"))]),
    "a chunk whose form is of a later version": bundle(
        [header()] + operations + [frame(3, body_head + b"\2" + body)]),
    "an operations frame that does not inflate": bundle(
        [header(), frame(2, b"", 1, 400, stored=b"not deflated")] + inner[1:]),
}
for tag in (1, 2, 3, 4, 5, 6, 7, 10, 11, 12):
    refused[f"a header without field {tag}"] = (
        "malformed", bundle([header({tag: None})] + inner))

READER = public_key(SECRET).hex()


def case(name, data, **rest):
    return {"name": name, "reader": READER, "hex": data.hex(), **rest}


def accepted_case(name, data):
    made = case(name, data)
    return {**made, "value": reading.try_bundle(made)}


cases = [accepted_case(name, data) for name, data in accepted.items()]
cases += [case(name, data, refused=word) for name, (word, data) in refused.items()]
cases += [case(name, data, found="applying", refused="frame") for name, data in applying.items()]
description = (
    "Vectors for chapter 3: whole open bundles, read by a replica of the library in reader. The "
    "first is Examples/open-bundle/sample.satchel; the others were made from it by make-vectors.py "
    "beside it, with nothing deflated. Those found applying pass every check of step 1 of 3.8.")
lines = ",\n".join("    " + json.dumps(made, ensure_ascii=False) for made in cases)
target = here.parent.parent / "Protocol" / "vectors" / "bundles.json"
target.write_text(
    f'{{\n  "description": {json.dumps(description)},\n  "cases": [\n{lines}\n  ]\n}}\n', "utf-8")
print(f"{len(cases)} cases")
