"""The whole library, packed on one machine and merged into an empty replica on another."""

import contenders
import measuring
import relay
import tables
from peer_contenders import GitContender, RsyncContender, SessionContender
from satchel_contender import SatchelContender


class Satchel(SatchelContender):
    def prepare(self):
        self.create("a")
        self.satchel("a", "import", "markdown", self.setting.corpus.folder)

    def clear(self):
        self.remove("b", "all.satchel")
        self.join("b")

    def measured(self):
        self.satchel_phase("pack", "a", "bundle", "create", "all.satchel")
        self.satchel_phase("merge", "b", "merge", "all.satchel")

    def finish(self):
        self.sizes = {"bytes": self.size("all.satchel"), "store": self.size("b")}


class Git(GitContender):
    name = "git bundle"

    def prepare(self):
        self.do("cp", "-R", self.setting.corpus.folder, "a")
        self.git("a", "init", "-q")
        self.commit("a")
        self.git("a", "gc", "-q")

    def clear(self):
        self.remove("b", "all.bundle")

    def measured(self):
        self.git_phase("pack", "a", "bundle", "create", "-q", "../all.bundle", "--all")
        self.phase("merge", "git", "clone", "-q", "all.bundle", "b")

    def finish(self):
        self.sizes = {"bytes": self.size("all.bundle"), "store": self.size("b/.git")}


class Tar(contenders.Contender):
    durability = "nothing fsynced, nothing verified but the compressor's checksum"
    letter = ""

    def clear(self):
        self.remove("b", "all.tar")
        (self.folder / "b").mkdir()

    def measured(self):
        self.phase("pack", "tar", "-C", self.setting.corpus.folder, f"-c{self.letter}f",
                   "all.tar", ".")
        self.phase("merge", "tar", "-C", "b", f"-x{self.letter}f", "all.tar")

    def finish(self):
        self.sizes = {"bytes": self.size("all.tar"), "store": self.size("b")}


class TarGzip(Tar):
    name, programs, letter = "tar + gzip", ("tar", "gzip"), "z"


class TarXz(Tar):
    name, programs, letter = "tar + xz", ("tar", "xz"), "J"


class Rsync(RsyncContender):
    """One process does both; the daemon's work is not in its processor time and memory."""

    name = "rsync -az"

    def prepare(self):
        (self.folder / "source").symlink_to(self.setting.corpus.folder)
        self.server = self.serve("source")

    def clear(self):
        self.remove("b")

    def measured(self):
        self.phase("both", "rsync", "-az", f"rsync://127.0.0.1:{self.server.port}/pages/", "b")

    def finish(self):
        with relay.Relay(self.server.port) as counting:
            self.remove("b")
            self.do("rsync", "-az", f"rsync://127.0.0.1:{counting.port}/pages/", "b")
            self.sizes = {"bytes": counting.counted()["bytes"], "store": self.size("b")}

    def close(self):
        self.server.close()
        super().close()


class Session(SessionContender):
    def prepare(self):
        self.session("store", "a.sqlite", self.setting.corpus.folder)

    def clear(self):
        self.remove("b.sqlite")

    def measured(self):
        self.session_phase("pack", "pack", "a.sqlite", "all.changeset")
        self.session_phase("merge", "merge", "all.changeset", "b.sqlite")

    def finish(self):
        self.sizes = {"bytes": self.size("all.changeset"), "store": self.size("b.sqlite")}


GOALS = [
    tables.Goal("seconds", 0.10, "git bundle"), tables.Goal("seconds", 0.20, "rsync -az"),
    tables.Goal("bytes", 0.85, "tar + gzip"), tables.Goal("bytes", 0.78, "tar + gzip"),
    tables.Goal("store", 0.35, "raw"), tables.MEMORY]


def rows(setting):
    with setting.taking_part("whole-library", [Satchel, Git, Rsync, Session, TarGzip, TarXz]) as (
            running, missing):
        measuring.interleave(running, setting.rounds)
        for contender in running:
            contender.finish()
        yield tables.row(
            "whole-library", f"pack + merge of {setting.corpus} into an empty replica",
            running, GOALS, missing, setting.corpus.raw)
