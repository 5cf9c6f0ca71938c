#!/usr/bin/env python3
"""Makes Protocol/vectors/sealed.json: bundles made of sample.satchel, sealed with the age program,
which draws other random bytes each time. Run it after the sample changed.
"""

import hashlib
import hmac
import importlib.util
import json
import pathlib
import subprocess
import tempfile

here = pathlib.Path(__file__).resolve().parent
vectors = here.parent.parent / "Protocol" / "vectors"

SECRET = hashlib.sha256(b"satchel sample library").digest()
STRANGER = hashlib.sha256(b"satchel another library").digest()


def identity(secret):
    """The library's age identity (4.2) as age writes it: Bech32 in capitals (4.4)."""
    extracted = hmac.new(bytes(32), secret, hashlib.sha256).digest()
    key = hmac.new(extracted, b"satchel v1 age identity\x01", hashlib.sha256).digest()
    bits = "".join(f"{byte:08b}" for byte in key) + "0000"
    values = [int(bits[at : at + 5], 2) for at in range(0, len(bits), 5)]
    prefix = "age-secret-key-"
    check = [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]
    state = 1
    for value in check + values + [0] * 6:
        top, state = state >> 25, (state & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            if top >> bit & 1:
                state ^= generator
    values += [(state ^ 1) >> 5 * (5 - place) & 31 for place in range(6)]
    return (prefix + "1" + "".join("qpzry9x8gf2tvdw0s3jn54khce6mua7l"[value] for value in values)).upper()


def recipient(secret):
    return subprocess.run(["age-keygen", "-y"], input=identity(secret).encode(), capture_output=True,
                          check=True).stdout.decode().strip()


def seal(data, *secrets):
    arguments = ["age"]
    for secret in secrets:
        arguments += ["-r", recipient(secret)]
    return subprocess.run(arguments, input=data, capture_output=True, check=True).stdout


def opens(data, secret):
    """What the age program finds in it."""
    with tempfile.NamedTemporaryFile("w") as file:
        file.write(identity(secret) + "\n")
        file.flush()
        return subprocess.run(["age", "-d", "-i", file.name], input=data, capture_output=True,
                              check=True).stdout


def flipped(data, at):
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def main():
    bundles = json.loads((vectors / "bundles.json").read_text("utf-8"))["cases"]
    sample = bytes.fromhex(bundles[0]["hex"])
    sealed = seal(sample, SECRET)
    assert opens(sealed, SECRET) == sample
    header = sealed.index(b"\n---") + 1
    nonce = sealed.index(b"\n", header) + 1
    accepted = [
        ("the sample, sealed", sealed),
        ("for two libraries, ours the second", seal(sample, STRANGER, SECRET)),
    ]
    refused = [
        ("for another library", seal(sample, STRANGER), "sealed", 12),
        ("sealed twice", seal(sealed, SECRET), "magic", 13),
        ("another first line", flipped(sealed, 20), "magic", 13),
        ("a damaged authentication code", flipped(sealed, header + 10), "sealed", 13),
        ("a damaged nonce", flipped(sealed, nonce + 3), "sealed", 13),
        ("a damaged payload", flipped(sealed, nonce + 40), "sealed", 13),
        ("a damaged last byte", flipped(sealed, len(sealed) - 1), "sealed", 13),
        ("a byte behind it", sealed + b"\0", "sealed", 13),
        ("cut within the header", sealed[: header - 10], "truncated", 13),
        ("cut within the nonce", sealed[: nonce + 5], "truncated", 13),
    ]
    words = set()
    for case in bundles:
        word = case.get("refused")
        if word and case["hex"] and "found" not in case and word not in words:
            words.add(word)
            exit = {"signature": 12, "foreign": 12, "version": 14}.get(word, 13)
            data = seal(bytes.fromhex(case["hex"]), SECRET)
            refused.append((f"within the seal: {case['name']}", data, word, exit))
    rows = [{"name": name, "hex": data.hex(), "value": bundles[0]["value"]} for name, data in accepted]
    rows += [{"name": name, "hex": data.hex(), "refused": word, "exit": exit}
             for name, data, word, exit in refused]
    lines = ",\n".join("    " + json.dumps(row) for row in rows)
    description = (
        "Vectors for 3.5: whole sealed bundles, read by a replica of the library whose secret is the "
        "SHA-256 of 'satchel sample library' and whose age identity is " + identity(SECRET) + ". What "
        "is in the accepted ones is the first of bundles.json; exit is the code of 3.12.")
    (vectors / "sealed.json").write_text(
        f'{{\n  "description": {json.dumps(description)},\n  "cases": [\n{lines}\n  ]\n}}\n', "utf-8")
    print(f"{len(rows)} cases")


if __name__ == "__main__":
    main()
