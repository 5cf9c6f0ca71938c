"""What the rows of register writes share: our library with bundles of the writes, and peers."""

import pathlib
import sys

import contenders
from satchel_contender import SatchelContender

BUNDLES = pathlib.Path(__file__).with_name("register_bundles.py")
PEERS = pathlib.Path(__file__).with_name("register_peers.py")


class Writes(SatchelContender):
    """Ours: bundles of the writes are there, by replicas that are not ours."""

    durability = "transactions fsynced; checked and signed; the bundles are open, so no seal"

    def make(self, replicas, writes, entities):
        self.create("source")
        self.do(sys.executable, BUNDLES, ".", self.secret("source").hex(), replicas, writes,
                entities, self.setting.seed)
        self.bundles = [f"writes{number}.satchel" for number in range(1, replicas + 1)]


class Peer(contenders.Contender):
    peer = ""
    durability = "in memory only"

    def make(self, replicas, writes, entities):
        self.do(sys.executable, PEERS, "make", self.peer, ".", replicas, writes, entities,
                self.setting.seed)

    def peer_phase(self, phase, command):
        self.working_phase(phase, PEERS, command, self.peer, ".")

    def peer_work(self, command):
        self.do(sys.executable, PEERS, command, self.peer, ".")


class Session(Peer):
    name, peer, modules = "sqlite session", "session", ("apsw",)
    durability = ("WAL, synchronous = FULL, a transaction for each changeset; stamps compared by a "
                  "handler in Python, which costs it time")


class Loro(Peer):
    name = peer = "loro"
    modules = ("loro",)


class Pycrdt(Peer):
    name = peer = "pycrdt"
    modules = ("pycrdt",)
