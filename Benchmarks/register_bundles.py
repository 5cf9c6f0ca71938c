"""Each replica's writes as a bundle of a library, FOLDER/writes1.satchel and so on:

    register_bundles.py FOLDER SECRET REPLICAS WRITES ENTITIES SEED
"""

import pathlib
import sys

import bundles
import writes

# Of a kind that no version shows, so that registers alone are measured and no projection of them.
KIND = b"\x40"
# Many, since every frame lists the entities it speaks of.
PER_FRAME = 65_536


def operations(replica):
    keys = {}
    for entity, field, stamp, value in replica.writes:
        if entity not in keys:
            keys[entity] = KIND + writes.entity_key(entity)
        yield keys[entity], b"field%d" % field, stamp, bundles.integer(value)


def main(folder, secret, *numbers):
    for replica in writes.replicas(*map(int, numbers)):
        bundles.write(
            pathlib.Path(folder) / f"writes{replica.number}.satchel", bytes.fromhex(secret),
            bytes([replica.number]) * 16, operations(replica), len(replica.writes), PER_FRAME)


main(*sys.argv[1:])
