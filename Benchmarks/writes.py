"""Register writes of several replicas at once, drawn from a seed: every contender gets these."""

import hashlib
import random

FIELDS = 10


class Replica:
    """One replica's writes, in its order: (entity, field, stamp, value). Stamps and registers are
    random, so that an order of arrival is no order of stamps; the last replica's clock runs
    true."""

    def __init__(self, number, count, entities, seed, last):
        generator = random.Random(seed * 1_000 + number)
        self.number = number
        stamps = sorted(generator.getrandbits(32) << 20 for _ in range(count))
        if not last:
            generator.shuffle(stamps)
        self.writes = [
            (generator.randrange(entities), generator.randrange(FIELDS), stamp,
             generator.randrange(1_000))
            for stamp in stamps]


def replicas(number, writes, entities, seed):
    """That many replicas, which share the writes evenly; one after the other, to save memory."""
    for place in range(1, number + 1):
        yield Replica(place, writes // number, entities, seed, place == number)


def entity_key(number):
    return hashlib.sha256(b"entity %d" % number).digest()[:16]
