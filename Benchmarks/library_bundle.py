"""A library of any size as a bundle of its articles' records, and small changes of it:

    library_bundle.py FILE SECRET REPLICA library ARTICLES [named]
    library_bundle.py FILE SECRET REPLICA change NEW MARKS ARTICLES

A record is what an importer writes of a page (chapter 5.2), and no body: what is asked here is what
knowing of many articles costs, and bodies would have to be made, or would count as missing. With
`named` each article also has a tag and two images of its own: registers whose fields' names no
other has. The images were taken away again, so that none is missing.
"""

import hashlib
import random
import sys

import bundles
from generator import CHINESE, SITES

ADDED = 1_700_000_000_000


def article(number, name=b"article"):
    return b"\x01" + hashlib.sha256(b"%s %d" % (name, number)).digest()[:16]


def record(number, generator):
    site = SITES[number % len(SITES)]
    yield b"added", bundles.integer(ADDED + number)
    yield b"format", bundles.text("markdown")
    yield b"language", bundles.text("zh-Hans")
    yield b"published", bundles.text(f"20{10 + number % 16}-{1 + number % 12:02}-15")
    yield b"site", bundles.text(f"{site}.example")
    yield b"title", bundles.text("".join(generator.choices(CHINESE, k=6)))
    yield b"url", bundles.text(f"https://{site}.example/a/{generator.getrandbits(40):x}.html")


FIELDS = 7


def names(number):
    yield b"image/images/%d-a.png" % number, bundles.NOTHING
    yield b"image/images/%d-b.png" % number, bundles.NOTHING
    yield b"tag/topic-%d" % number, bundles.YES


NAMES = 3


def library(articles, generator, named):
    for number in range(articles):
        own = names(number) if named else ()
        for field, value in sorted([*record(number, generator), *own]):
            yield article(number), field, (ADDED + number) << 16, value


def change(replica, new, marks, articles, generator):
    """New articles, and articles of the library that were read."""
    for number in range(new):
        for field, value in record(articles + number, generator):
            yield article(number, replica), field, (ADDED + articles + number) << 16, value
    for place, number in enumerate(sorted(generator.sample(range(articles), marks))):
        stamp = (ADDED + 2 * articles + replica[0] * 1_000_000 + place) << 16
        yield article(number), b"read", stamp, bundles.YES


def main(path, secret, replica, what, *rest):
    named = rest[-1] == "named"
    numbers, name = [int(number) for number in rest if number != "named"], bytes([int(replica)]) * 16
    generator = random.Random(int(replica))
    if what == "library":
        count = numbers[0] * (FIELDS + (NAMES if named else 0))
        operations = library(*numbers, generator, named)
    else:
        count = numbers[0] * FIELDS + numbers[1]
        operations = change(name, *numbers, generator)
    bundles.write(path, bytes.fromhex(secret), name, operations, count)


main(*sys.argv[1:])
