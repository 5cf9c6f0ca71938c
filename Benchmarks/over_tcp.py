"""Over TCP on loopback: an empty replica takes the library, then a small change, then nothing.

Two servers of each kind hold state one and state two, so that a client goes from empty to one, to
two, and on asking. Times are of the client, straight to the server; bytes are counted apart,
through a relay.
"""

import re

import measuring
import tables
from peer_contenders import SESSION_PAGES, FossilContender, GitContender, RsyncContender
from satchel_contender import SatchelContender
from tcp_stages import STAGES, OverTCP


class Satchel(SatchelContender, OverTCP):
    def prepared(self):
        states = self.setting.states
        self.create("one")
        self.satchel("one", "import", "markdown", states.one)
        self.join("two")
        self.carry("one", "two")
        self.mark("two", states.mark_count)
        self.satchel("two", "import", "markdown", states.new)
        return [lambda: self.serve("one"), lambda: self.serve("two")]

    def clear(self):
        self.remove("client")
        self.join("client")

    def step(self, stage, port):
        return [self.setting.tool, "-L", "client", "sync", f"127.0.0.1:{port}"]

    prepare, round = OverTCP.prepare, OverTCP.round


class Git(GitContender, OverTCP):
    name = "git"

    def prepared(self):
        for state in ("one", "two"):
            (self.folder / state).mkdir()
        self.do("cp", "-R", self.setting.states.one, "one/pages")
        self.git("one/pages", "init", "-q", "-b", "main")
        self.commit("one/pages")
        self.git("one/pages", "gc", "-q")
        self.do("git", "clone", "-q", "one/pages", "two/pages")
        self.setting.states.two(self.folder / "two/pages")
        self.commit("two/pages")
        return [lambda: self.serve("one"), lambda: self.serve("two")]

    def clear(self):
        self.remove("client")

    def step(self, stage, port):
        address = f"git://127.0.0.1:{port}/pages"
        if stage == "first":
            return ["git", "clone", "-q", address, "client"]
        ending = ["fetch", "-q"] if stage == "no-op" else ["pull", "-q", "--ff-only"]
        return ["git", "-C", "client", *self.settings, *ending, address, "main"]


class Rsync(RsyncContender, OverTCP):
    name = "rsync -az"

    def prepared(self):
        self.do("cp", "-R", self.setting.states.one, "one")
        self.do("cp", "-R", self.setting.states.one, "two")
        self.setting.states.two(self.folder / "two")
        return [lambda: self.serve("one"), lambda: self.serve("two")]

    def clear(self):
        self.remove("client")

    def step(self, stage, port):
        return ["rsync", "-az", f"rsync://127.0.0.1:{port}/pages/", "client"]


class Fossil(FossilContender, OverTCP):
    """A clone is a repository without a checkout, as ours is."""

    name = "fossil"

    def prepared(self):
        self.new("one.fossil")
        self.open("one.fossil", "one")
        self.do("cp", "-R", f"{self.setting.states.one}/.", "one")
        self.commit("one")
        self.do("cp", "one.fossil", "two.fossil")
        self.open("two.fossil", "two")
        self.setting.states.two(self.folder / "two")
        self.commit("two")
        return [lambda: self.serve("one.fossil"), lambda: self.serve("two.fossil")]

    def clear(self):
        self.remove("client.fossil")

    def step(self, stage, port):
        address = f"http://127.0.0.1:{port}/"
        if stage == "first":
            return ["fossil", "clone", address, "client.fossil"]
        return ["fossil", "pull", address, "-R", "client.fossil", "--once"]


class SQLiteRsync(OverTCP):
    """Knows pipes and ssh, no TCP: the other side is a process that it starts itself. It makes the
    replica a copy of the origin, so it carries one way and merges nothing."""

    name, programs = "sqlite3_rsync, pipes", ("sqlite3_rsync",)
    durability = "an SQLite transaction; pages compared by hash"

    def prepared(self):
        states = self.setting.states
        self.store("one.sqlite", states.one)
        self.store("two.sqlite", states.one, states.new, states.marks)
        return []

    def store(self, database, *folders):
        for folder in folders:
            measuring.work(
                [SESSION_PAGES, "store", database, folder], self.folder, self.environment)

    def places(self):
        return ["one.sqlite", "two.sqlite"]

    def clear(self):
        for ending in ("", "-wal", "-shm"):
            self.remove(f"client.sqlite{ending}")

    def step(self, stage, place):
        return ["sqlite3_rsync", place, "client.sqlite", "-v"]

    def count(self):
        """It counts its own bytes."""
        self.clear()
        one, two = self.places()
        for stage, place in zip(STAGES, (one, two, two)):
            said = re.search(r"sent ([\d,]+) bytes, received ([\d,]+)",
                             self.do(*self.step(stage, place)))
            received, sent = (int(text.replace(",", "")) for text in said.groups())
            self.wire[stage] = {
                "sent": sent, "received": received, "bytes": sent + received, "turns": None}


GOALS = {
    "first": [tables.Goal("seconds", 0.20, "rsync -az"), tables.MEMORY],
    "small": [tables.Goal("seconds", 0.10, "git"), tables.MEMORY],
    "no-op": [tables.Goal("bytes", 256), tables.Goal("turns", 1), tables.MEMORY],
}


def rows(setting):
    kinds = [Satchel, Git, Rsync, Fossil, SQLiteRsync]
    with setting.taking_part("over-tcp", kinds) as (running, missing):
        measuring.interleave(running, setting.rounds)
        for contender in running:
            contender.count()
            contender.end_servers()
        states = setting.states
        work = {
            "first": "an empty replica takes the library",
            "small": f"{states.new_count} new articles and {states.mark_count:,} marks",
            "no-op": "nothing new"}
        for stage in STAGES:
            yield tables.row(
                f"over-tcp {stage}", work[stage], [contender.at(stage) for contender in running],
                GOALS[stage], missing)
