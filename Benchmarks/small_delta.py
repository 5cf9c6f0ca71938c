"""A hundred new articles and a thousand marks, as a file from a replica to one that knows the
rest."""

import shutil

import contenders
import measuring
import tables
from peer_contenders import GitContender, SessionContender
from satchel_contender import SatchelContender


class Satchel(SatchelContender):
    def prepare(self):
        states = self.setting.states
        self.create("a")
        self.satchel("a", "import", "markdown", states.one)
        self.join("b")
        self.carry("a", "b")
        # What b holds is known to a only from b itself.
        self.carry("b", "a")
        self.mark("a", states.mark_count)
        self.satchel("a", "import", "markdown", states.new)

    def clear(self):
        self.remove("c", "small.satchel")
        shutil.copytree(self.folder / "b", self.folder / "c")

    def measured(self):
        self.satchel_phase("pack", "a", "bundle", "create", "small.satchel", "--for", "b")
        self.satchel_phase("merge", "c", "merge", "small.satchel")

    def finish(self):
        self.sizes = {"bytes": self.size("small.satchel")}
        if self.state("a")["articles"] != self.state("c")["articles"]:
            raise measuring.Failure("satchel: the replicas differ after the small delta")


class Git(GitContender):
    name = "git bundle"

    def prepare(self):
        self.do("cp", "-R", self.setting.states.one, "a")
        self.git("a", "init", "-q", "-b", "main")
        self.commit("a")
        self.git("a", "tag", "one")
        self.do("git", "clone", "-q", "a", "b")
        self.setting.states.two(self.folder / "a")
        self.commit("a")

    def clear(self):
        self.remove("c", "small.bundle")
        shutil.copytree(self.folder / "b", self.folder / "c")

    def measured(self):
        self.git_phase("pack", "a", "bundle", "create", "-q", "../small.bundle", "one..main")
        self.git_phase("merge", "c", "pull", "-q", "--ff-only", "../small.bundle", "main")

    def finish(self):
        self.sizes = {"bytes": self.size("small.bundle")}


class Session(SessionContender):
    """The writes themselves are made before the clock starts, with the session attached."""

    def prepare(self):
        self.session("store", "one.sqlite", self.setting.states.one)

    def clear(self):
        self.remove("a.sqlite", "b.sqlite")
        for name in ("a.sqlite", "b.sqlite"):
            shutil.copyfile(self.folder / "one.sqlite", self.folder / name)

    def measured(self):
        states = self.setting.states
        self.session_phase("pack", "change", "a.sqlite", states.new, states.marks, "changeset")
        self.session_phase("merge", "merge", "changeset", "b.sqlite")

    def finish(self):
        self.sizes = {"bytes": self.size("changeset")}


class Tar(contenders.Contender):
    """Somebody has to know which files are new; here that is given."""

    name, programs = "tar + gzip", ("tar", "gzip")
    durability = "nothing fsynced, nothing verified but gzip's checksum"

    def prepare(self):
        (self.folder / "a").mkdir()
        self.setting.states.two(self.folder / "a")

    def clear(self):
        self.remove("b")
        (self.folder / "b").mkdir()

    def measured(self):
        self.phase("pack", "tar", "-C", "a", "-czf", "small.tar.gz", ".")
        self.phase("merge", "tar", "-C", "b", "-xzf", "small.tar.gz")

    def finish(self):
        self.sizes = {"bytes": self.size("small.tar.gz")}


GOALS = [
    tables.Goal("seconds", 0.5, "sqlite session"), tables.Goal("bytes", 0.8, "sqlite session"),
    tables.Goal("seconds", 0.10, "git bundle"), tables.MEMORY]


def rows(setting):
    with setting.taking_part("small-delta", [Satchel, Git, Session, Tar]) as (running, missing):
        measuring.interleave(running, setting.rounds)
        for contender in running:
            contender.finish()
        states = setting.states
        yield tables.row(
            "small-delta", f"{states.new_count} new articles and {states.mark_count:,} marks as a "
            "file, pack + merge", running, GOALS, missing)
