"""Nothing new, without a network: asking for a bundle for a replica that has everything, which makes
none, merging a bundle again, and looking through a folder that is shared."""

import measuring
import tables
from peer_contenders import GitContender, RsyncContender
from satchel_contender import SatchelContender


class Bundle(SatchelContender):
    def prepare(self):
        self.create("a")
        self.satchel("a", "import", "markdown", self.setting.corpus.folder)
        self.join("b")
        self.carry("a", "b")
        self.carry("b", "a")
        self.carry("a", "b")
        self.satchel("a", "bundle", "create", "known.satchel", "--for", "b")
        self.satchel("b", "merge", "known.satchel")

    def clear(self):
        self.remove("none.satchel")

    def measured(self):
        self.satchel_phase("pack", "a", "bundle", "create", "none.satchel", "--for", "b")
        self.satchel_phase("merge", "b", "merge", "known.satchel")

    def finish(self):
        self.sizes = {"bytes": self.size("none.satchel")}


class Folder(SatchelContender):
    name = "satchel, exchange folder"

    def prepare(self):
        self.create("a")
        self.satchel("a", "import", "markdown", self.setting.corpus.folder)
        self.join("b")
        (self.folder / "shared").mkdir()
        for _ in range(2):
            for library in ("a", "b"):
                self.satchel(library, "sync", "shared")

    def measured(self):
        self.satchel_phase("both", "b", "sync", "shared")


class Git(GitContender):
    name = "git fetch, local"

    def prepare(self):
        self.do("cp", "-R", self.setting.corpus.folder, "a")
        self.git("a", "init", "-q")
        self.commit("a")
        self.do("git", "clone", "-q", "a", "b")

    def measured(self):
        self.git_phase("both", "b", "fetch", "-q")


class Rsync(RsyncContender):
    name = "rsync -a, local"

    def prepare(self):
        self.measured_command = ["rsync", "-a", f"{self.setting.corpus.folder}/", "b"]
        self.do(*self.measured_command)

    def measured(self):
        self.phase("both", *self.measured_command)


def rows(setting):
    with setting.taking_part("nothing-new", [Bundle, Folder, Git, Rsync]) as (running, missing):
        measuring.interleave(running, setting.rounds)
        for contender in running:
            contender.finish()
        yield tables.row(
            "nothing-new", f"nothing new in {setting.corpus}, as a file and through a folder",
            running, [tables.MEMORY], [*missing, "git bundle, tar: make nothing of nothing"])
