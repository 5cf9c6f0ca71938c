"""A million register writes of three replicas, with random stamps, merged into an empty one."""

import shutil

import measuring
import register_contenders as shared
import tables

REPLICAS = 3


def shape(setting):
    """A tenth as many entities as writes, each with ten fields."""
    writes = setting.writes // REPLICAS * REPLICAS
    return REPLICAS, writes, max(writes // 10, 1)


class Satchel(shared.Writes):
    def prepare(self):
        self.make(*shape(self.setting))
        self.join("empty")

    def clear(self):
        self.remove("target")
        shutil.copytree(self.folder / "empty", self.folder / "target")

    def measured(self):
        self.satchel_phase("merge", "target", "merge", *self.bundles)

    def finish(self):
        if self.state("target")["operations"] < shape(self.setting)[1]:
            raise measuring.Failure("satchel: not all writes have arrived")
        self.satchel("target", "bundle", "create", "sent-on.satchel")
        self.sizes = {
            "bytes": self.size("sent-on.satchel"), "bytes in": sum(map(self.size, self.bundles)),
            "store": self.size("target")}


class PeerMerge:
    def prepare(self):
        self.make(*shape(self.setting))

    def measured(self):
        self.peer_phase("merge", "merge")

    def finish(self):
        self.peer_work("send-on")
        self.sizes = {
            "bytes": self.size("sent-on"),
            "bytes in": sum(path.stat().st_size for path in self.folder.glob("update?"))}
        if (self.folder / "merged").exists():
            self.sizes["store"] = self.size("merged")


class Session(PeerMerge, shared.Session):
    pass


class Loro(PeerMerge, shared.Loro):
    pass


class Pycrdt(PeerMerge, shared.Pycrdt):
    pass


def rows(setting):
    replicas, writes, entities = shape(setting)
    with setting.taking_part("registers", [Satchel, Session, Loro, Pycrdt]) as (running, missing):
        measuring.interleave(running, setting.rounds)
        for contender in running:
            contender.finish()
            rate = writes / tables.result(contender)["seconds"]["median"] / 1e6
            contender.extras = {"M writes/s": round(rate, 3)}
        goals = [
            # 2.5 times the rate.
            tables.Goal("seconds", 0.4, "sqlite session"),
            # 6.6 MB a million, where the session extension had 11.5.
            tables.Goal("bytes", round(6.6 * writes)),
            tables.Goal("bytes", 0.57, "sqlite session"), tables.MEMORY]
        yield tables.row(
            "registers", f"{writes:,} writes of {replicas} replicas on {entities:,} entities x 10 "
            "fields, merged; bytes: what the merged replica sends on", running, goals, missing)
