"""Two replicas that each wrote 10,000 registers without knowing of the other exchange them."""

import measuring
import register_contenders as shared
import relay
import tables

WRITES = 20_000
# Few enough that many registers were written on both sides.
ENTITIES = 2_000


class Satchel(shared.Writes):
    """With two bundles: a file there, a file back."""

    def prepare(self):
        self.make(2, WRITES, ENTITIES)

    def clear(self):
        self.remove("a", "b", "there.satchel", "back.satchel")
        for library, bundle in zip(("a", "b"), self.bundles):
            self.do(self.setting.tool, "join", "invitation", library, "--name", library)
            self.satchel(library, "merge", bundle)

    def measured(self):
        self.satchel_phase("there", "a", "bundle", "create", "there.satchel")
        self.satchel_phase("there", "b", "merge", "there.satchel")
        self.satchel_phase("back", "b", "bundle", "create", "back.satchel", "--for", "a")
        self.satchel_phase("back", "a", "merge", "back.satchel")
        self.compare()

    def compare(self):
        if self.state("a")["fingerprint"] != self.state("b")["fingerprint"]:
            raise measuring.Failure("satchel: the replicas differ after both ways")

    def finish(self):
        self.sizes = {"bytes": self.size("there.satchel") + self.size("back.satchel")}


class SatchelTCP(Satchel):
    """In one session. The other side's processor time and memory are not in it."""

    name = "satchel, TCP"

    def measured(self):
        with self.serve("a") as server:
            self.satchel_phase("both", "b", "sync", f"127.0.0.1:{server.port}")
        self.compare()

    def finish(self):
        self.clear()
        with self.serve("a") as server, relay.Relay(server.port) as counting:
            self.satchel("b", "sync", f"127.0.0.1:{counting.port}")
            self.sizes = {"bytes": counting.counted()["bytes"]}


class PeerBothWays:
    def prepare(self):
        self.make(2, WRITES, ENTITIES)

    def measured(self):
        self.peer_phase("both", "both-ways")

    def finish(self):
        self.sizes = {
            "bytes": sum(path.stat().st_size for path in self.folder.glob("update?"))}


class Session(PeerBothWays, shared.Session):
    pass


class Loro(PeerBothWays, shared.Loro):
    pass


class Pycrdt(PeerBothWays, shared.Pycrdt):
    pass


def rows(setting):
    kinds = [Satchel, SatchelTCP, Session, Loro, Pycrdt]
    with setting.taking_part("both-ways", kinds) as (running, missing):
        measuring.interleave(running, setting.rounds)
        for contender in running:
            contender.finish()
        yield tables.row(
            "both-ways", f"{WRITES // 2:,} + {WRITES // 2:,} concurrent register writes on "
            f"{ENTITIES * 10:,} registers, exchanged both ways", running, [tables.MEMORY], missing)
