#!/usr/bin/env python3
"""The rules that replicas must agree on, in their plainest form: which write of a register wins and
which stay beside it, what the fingerprint of all is, what may be concluded from a delta, what is a
conflict, which addresses are one.

Written from chapters 1 and 5 of the specification in Protocol/ alone, with nothing but Python's
standard library (3.9 or later). It has no store and reads no bundles; inspect-bundle.py reads one by
these rules, and fold-bundles.py makes of many what a replica makes of them.

    merge-rules.py --vectors Protocol/vectors    tries the vectors of these rules
    merge-rules.py ADDRESS...                    prints each address's canonical form
"""

import argparse
import json
import pathlib
import re
import sys

# --- Addresses (5.3) --------------------------------------------------------------------------

SPACE = b"\t\n\v\f\r "
UNRESERVED = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
TRACKING = (b"fbclid", b"gclid", b"mc_cid", b"mc_eid")
ESCAPE = re.compile(rb"%([0-9A-Fa-f]{2})")


def settle(data):
    """One spelling for each escape, and an escape for what may not stand as it is (step 2)."""
    def spelling(match):
        if match[1] is None:
            return b"%%%02X" % match[0][0]
        byte = bytes.fromhex(match[1].decode())
        return byte if byte in UNRESERVED else match[0].upper()
    return re.sub(rb"%([0-9A-Fa-f]{2})|[%\x00-\x20\x7f-\xff]", spelling, data)


def lower(data):
    """A to Z in lower case, except the digits of escapes."""
    return re.sub(rb"%..|[A-Z]", lambda match: match[0] if match[0][:1] == b"%" else match[0].lower(), data)


def host_end(authority):
    if authority.startswith(b"["):
        return authority.find(b"]") + 1 or len(authority)
    return (authority + b":").index(b":")


def label(name):
    """A label of a host in ASCII (step 4)."""
    data = ESCAPE.sub(lambda match: bytes.fromhex(match[1].decode()) if match[1][:1] >= b"8" else match[0], name)
    if data == name:
        return name
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return name
    return b"xn--" + text.encode("punycode") if len(text) <= 63 else name


def take_apart(address):
    """Authority, path, query and fragment of a web address (steps 1 to 5); None of anything else."""
    match = re.match(rb"https?://", address, re.IGNORECASE)
    if not match:
        return None
    page, _, fragment = settle(address[match.end() :]).partition(b"#")
    authority = re.match(rb"[^/?]*", page)[0]
    path, _, query = page[len(authority) :].partition(b"?")
    authority = lower(authority.rpartition(b"@")[2])
    host, rest = authority[: host_end(authority)], authority[host_end(authority) :]
    if not host.startswith(b"["):
        host = re.sub(rb"%E3%80%82|%EF%BC%8E|%EF%BD%A1", b".", host)
        host = b".".join(label(name) for name in host.split(b"."))
    authority = re.sub(rb"(:443|:80|:)+\Z", b"", host + rest)
    authority = re.sub(rb"\A(www\.)+", b"", authority)
    return (authority, path, query, fragment) if authority else None


def canonical(text):
    """The canonical address of `text`, and the site: its host, if it has one."""
    address = text.encode("utf-8", "surrogateescape").strip(SPACE)
    parts = take_apart(address)
    if parts is None:
        return address.decode("utf-8", "surrogateescape"), None
    authority, path, query, fragment = parts
    parameters = []
    for parameter in query.split(b"&"):
        name = parameter.partition(b"=")[0].lower()
        if parameter and not name.startswith(b"utm_") and name not in TRACKING:
            parameters.append(parameter)
    result = b"https://" + authority + path.rstrip(b"/")
    if parameters:
        result += b"?" + b"&".join(parameters)
    if re.match(rb"!|/|%21|%2F", fragment) and not re.match(rb"/media/.*(:|%3A)", fragment):
        result += b"#" + fragment
    return result.decode(), authority[: host_end(authority)].decode() or None


# --- Operations and registers (1.5 to 1.7) ----------------------------------------------------


class Operation:
    """One write of one register: kind and identifier of the entity, and the field. A context is a
    replica's highest sequence that the writer had seen, or None."""

    def __init__(self, replica, sequence, stamp, register, value, context):
        self.replica, self.sequence, self.stamp = replica, sequence, stamp
        self.register, self.value, self.context = register, value, context

    @classmethod
    def given(cls, case):
        """As the vectors write one."""
        context = None
        if "context" in case:
            context = {bytes.fromhex(seen["replica"]): seen["sequence"] for seen in case["context"]}
        return cls(
            bytes.fromhex(case["replica"]), case["sequence"], int(case["stamp"], 16),
            (case["kind"], bytes.fromhex(case["key"]), case["field"].encode()),
            bytes.fromhex(case["value"]), context)

    def rank(self):
        """The greater beats the lesser (1.5)."""
        context = self.context
        entries = () if context is None else tuple(sorted(context.items()))
        return self.stamp, self.replica, self.value, self.sequence, context is not None, entries

    def supersedes(self, other):
        """Both halves of 1.6."""
        if self.context is None or other.context is None:
            return False
        covers = self.context.get(other.replica, 0) >= other.sequence
        return covers and all(self.context.get(replica, 0) >= seen for replica, seen in other.context.items())


class Register:
    """What is held of a register: the winner, and the siblings, weakest first (1.7)."""

    def __init__(self):
        self.winner, self.siblings = None, []

    def join(self, operation):
        if self.winner is None or operation.rank() > self.winner.rank():
            self.winner = operation
        if operation.context is None:
            return
        for sibling in self.siblings:
            if sibling.rank() == operation.rank() or sibling.supersedes(operation):
                return
        self.siblings = [sibling for sibling in self.siblings if not operation.supersedes(sibling)]
        self.siblings = sorted(self.siblings + [operation], key=Operation.rank)

    def conflicts(self):
        """The siblings that say something else than what is shown (5.6)."""
        return [
            sibling for sibling in self.siblings
            if sibling.rank() != self.winner.rank() and sibling.value != self.winner.value]


def join(operations):
    registers = {}
    for operation in operations:
        registers.setdefault(operation.register, Register()).join(operation)
    return dict(sorted(registers.items()))


# --- The fingerprint (1.9) --------------------------------------------------------------------


def fingerprint(registers):
    """The digest of all winners and siblings, as text."""
    total = 0
    for register in registers.values():
        total += digest(register.winner, 1) + sum(digest(sibling, 2) for sibling in register.siblings)
    return f"{total % (1 << 128):032x}"


def digest(operation, role):
    """What one winner (1) or sibling (2) adds to it."""
    kind, key, field = operation.register
    words = [role | kind << 8, *halves(key), operation.stamp, *halves(operation.replica)]
    words += [operation.sequence, len(field) | len(operation.value) << 16]
    data = b"".join(word.to_bytes(8, "little") for word in words) + field + operation.value
    if role == 2:
        tail = [len(operation.context)]
        for replica, sequence in sorted(operation.context.items()):
            tail += [*halves(replica), sequence]
        data += b"".join(word.to_bytes(8, "little") for word in tail)
    return int.from_bytes(siphash(data), "little")


def halves(identifier):
    return [int.from_bytes(identifier[:8], "big"), int.from_bytes(identifier[8:], "big")]


def siphash(data, key=bytes(16)):
    """SipHash-2-4 with 128 bits of output (Aumasson and Bernstein)."""
    mask = (1 << 64) - 1
    k0, k1 = int.from_bytes(key[:8], "little"), int.from_bytes(key[8:], "little")
    v = [0x736F6D6570736575 ^ k0, 0x646F72616E646F6D ^ k1 ^ 0xEE,
         0x6C7967656E657261 ^ k0, 0x7465646279746573 ^ k1]

    def rotate(word, bits):
        return (word << bits | word >> (64 - bits)) & mask

    def rounds(count):
        a, b, c, d = v
        for _ in range(count):
            a = (a + b) & mask
            b = rotate(b, 13) ^ a
            a = rotate(a, 32)
            c = (c + d) & mask
            d = rotate(d, 16) ^ c
            a = (a + d) & mask
            d = rotate(d, 21) ^ a
            c = (c + b) & mask
            b = rotate(b, 17) ^ c
            c = rotate(c, 32)
        v[:] = a, b, c, d

    padded = data + bytes(7 - len(data) % 8) + bytes([len(data) & 0xFF])
    for at in range(0, len(padded), 8):
        word = int.from_bytes(padded[at : at + 8], "little")
        v[3] ^= word
        rounds(2)
        v[0] ^= word
    v[2] ^= 0xEE
    rounds(4)
    low = v[0] ^ v[1] ^ v[2] ^ v[3]
    v[1] ^= 0xDD
    rounds(4)
    return low.to_bytes(8, "little") + (v[0] ^ v[1] ^ v[2] ^ v[3]).to_bytes(8, "little")


# --- Conflicts (5.6) --------------------------------------------------------------------------

ARTICLE, YES, TEXT = 1, b"\2", 4


def conflicts(registers):
    """Pairs of what is shown and what is not."""
    pairs = []
    for (kind, key, field), register in registers.items():
        pairs += [(register.winner, hidden) for hidden in register.conflicts()]
        note = registers.get((kind, key, b"note"))
        if kind != ARTICLE or field != b"deleted" or register.winner.value != YES or note is None:
            continue
        shown = note.winner
        if shown.stamp > register.winner.stamp and shown.value[0] == TEXT and len(shown.value) > 1:
            pairs.append((register.winner, shown))
    return sorted(pairs, key=lambda pair: (pair[0].register, pair[1].rank()))


# --- Knowledge (1.8) --------------------------------------------------------------------------


def read_knowledge(lines):
    """Lines such as `aa... 1...3, 5...5`, as sets of sequences; for small numbers."""
    known = {}
    for line in lines:
        replica, _, ranges = line.partition(" ")
        for part in ranges.split(", "):
            first, last = part.split("...")
            known.setdefault(replica, set()).update(range(int(first), int(last) + 1))
    return known


def write_knowledge(known):
    lines = []
    for replica in sorted(known):
        ranges = []
        for sequence in sorted(known[replica]):
            if ranges and ranges[-1][1] == sequence - 1:
                ranges[-1][1] = sequence
            else:
                ranges.append([sequence, sequence])
        lines.append(f"{replica} " + ", ".join(f"{first}...{last}" for first, last in ranges))
    return lines


def contains(known, other):
    return all(known.get(replica, set()) >= sequences for replica, sequences in other.items())


def add(known, other):
    for replica, sequences in other.items():
        known[replica] = known.get(replica, set()) | sequences


def conclude(known, statements):
    """Adds what the statements allow until none allows more; returns those that still wait."""
    waiting, grew = list(statements), True
    while grew:
        grew = False
        for statement in list(waiting):
            if contains(known, statement["basis"]) and contains(known, statement["carried"]):
                add(known, statement["known"])
                waiting.remove(statement)
                grew = True
    return [statement for statement in waiting if not contains(known, statement["known"])]


# --- Vectors ----------------------------------------------------------------------------------


def orders(items):
    """A list in some of its orders, once with repetitions: all must come to the same."""
    yield items
    yield items[::-1]
    yield items[1::2] + items[::2]
    yield items + items[::-1]


def try_address(case):
    address, site = canonical(case["address"])
    assert canonical(address) == (address, site), "the canonical form has another canonical form"
    return {"canonical": address, "site": site}


def of(operation):
    return operation.register, operation.rank()


def numbered(case):
    """A case's operations, and the place of each in the list: of equal ones the first."""
    operations = [Operation.given(given) for given in case["operations"]]
    numbers = {of(operation): number for number, operation in reversed(list(enumerate(operations)))}
    return operations, numbers


def try_joining(case):
    operations, numbers = numbered(case)
    found = [
        [
            {"winner": numbers[of(register.winner)],
             "siblings": [numbers[of(sibling)] for sibling in register.siblings]}
            for register in join(order).values()]
        for order in orders(operations)]
    assert all(one == found[0] for one in found), "the order of arrival matters"
    return found[0]


def try_conflicts(case):
    operations, numbers = numbered(case)
    found = [
        [{"shown": numbers[of(shown)], "hidden": numbers[of(hidden)]}
         for shown, hidden in conflicts(join(order))]
        for order in list(orders(operations))[:3]]
    assert all(one == found[0] for one in found), "the order of arrival matters"
    return found[0]


def try_concluding(case):
    known, waiting, found = {}, [], []
    for step in case["steps"]:
        add(known, read_knowledge(step.get("operations", [])))
        if "statement" in step:
            waiting.append({name: read_knowledge(lines) for name, lines in step["statement"].items()})
        waiting = conclude(known, waiting)
        found.append({"known": write_knowledge(known), "waiting": len(waiting)})
    return found


def try_fingerprint(case):
    return fingerprint(join(Operation.given(given) for given in case["operations"]))


def try_siphash(case):
    return siphash(bytes.fromhex(case["hex"]), bytes.fromhex(case["key"])).hex()


TRIALS = {
    "addresses": try_address,
    "concluding": try_concluding,
    "conflicts": try_conflicts,
    "fingerprint": try_fingerprint,
    "joining": try_joining,
    "siphash": try_siphash,
}


def run_vectors(folder):
    passed, failed = 0, []
    for name, trial in TRIALS.items():
        path = pathlib.Path(folder) / f"{name}.json"
        for case in json.loads(path.read_text("utf-8"))["cases"] if path.exists() else []:
            try:
                found = trial(case)
            except AssertionError as error:
                found = str(error)
            if found == case["value"]:
                passed += 1
            else:
                failed.append(f"{path.name}: {case['name']}: expected {case['value']}, found {found}")
    for line in failed:
        print(line, file=sys.stderr)
    print(f"{passed} passed, {len(failed)} failed")
    return 1 if failed else 0


def main():
    parser = argparse.ArgumentParser(description="Tries the merge rules, or prints canonical addresses.")
    parser.add_argument("address", nargs="*")
    parser.add_argument("--vectors", metavar="DIR", help="try the specification's vectors of the rules")
    arguments = parser.parse_args()
    if arguments.vectors:
        return run_vectors(arguments.vectors)
    if not arguments.address:
        parser.print_usage(sys.stderr)
        return 64
    sys.stdout.reconfigure(errors="surrogateescape")
    for address in arguments.address:
        print(canonical(address)[0])
    return 0


if __name__ == "__main__":
    sys.exit(main())
