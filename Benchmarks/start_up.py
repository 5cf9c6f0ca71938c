"""How long small commands take: to the first byte they print, and to their end."""

import os
import time

import measuring
import tables
from contenders import Contender
from peer_contenders import GitContender
from satchel_contender import SatchelContender

# These are milliseconds; a round asks often.
REPEATS = 10


class StartUp(Contender):
    durability = "reads only"

    def command(self):
        raise NotImplementedError

    def round(self):
        for _ in range(REPEATS):
            self.rounds.append({"whole": self.started()})

    def started(self):
        """One run, begun as directly as Python can."""
        reading, writing = os.pipe()
        start = time.monotonic()
        child = os.posix_spawnp(
            self.command()[0], self.command(), self.environment,
            file_actions=[(os.POSIX_SPAWN_DUP2, writing, 1), (os.POSIX_SPAWN_CLOSE, reading)])
        os.close(writing)
        os.read(reading, 1)
        self.first.append(time.monotonic() - start)
        while os.read(reading, 1 << 16):
            pass
        os.close(reading)
        _, status, usage = os.wait4(child, 0)
        if status:
            raise measuring.Failure(f"{self.command()[0]} ended with {status}")
        return measuring.Usage(
            time.monotonic() - start, usage.ru_utime + usage.ru_stime, self.peak)

    def finish(self):
        self.extras = {"first byte ms": 1000 * measuring.summary(self.first)["median"]}

    def prepare(self):
        self.first = []
        self.made()
        # Memory apart, since what this process holds would count (launch.py).
        self.peak = measuring.run(self.command(), self.folder, self.environment).peak

    def made(self):
        pass


class Status(StartUp, SatchelContender):
    name = "satchel status"
    durability = StartUp.durability

    def made(self):
        self.create("a")
        self.satchel("a", "import", "markdown", self.setting.corpus.folder)

    def command(self):
        return [str(self.setting.tool), "-L", str(self.folder / "a"), "status"]


class Version(StartUp):
    name = "satchel --version"

    def command(self):
        return [str(self.setting.tool), "--version"]


class SQLite(StartUp):
    name, programs = "sqlite3 --version", ("sqlite3",)

    def command(self):
        return ["sqlite3", "--version"]


class GitVersion(StartUp):
    name, programs = "git --version", ("git",)

    def command(self):
        return ["git", "--version"]


class GitStatus(StartUp, GitContender):
    name = "git status"
    durability = StartUp.durability

    def made(self):
        self.do("cp", "-R", self.setting.corpus.folder, "a")
        self.git("a", "init", "-q")
        self.commit("a")

    def command(self):
        return ["git", "-C", str(self.folder / "a"), "status"]


class FossilVersion(StartUp):
    name, programs = "fossil version", ("fossil",)

    def command(self):
        return ["fossil", "version"]


def rows(setting):
    kinds = [Status, Version, SQLite, GitVersion, GitStatus, FossilVersion]
    with setting.taking_part("start-up", kinds) as (running, missing):
        measuring.interleave(running, setting.rounds)
        for contender in running:
            contender.finish()
        yield tables.row(
            "start-up", f"small commands, {REPEATS} times a round; status of {setting.corpus}",
            running, [tables.Goal("first byte ms", 8), tables.MEMORY], missing)
