"""Pages taken into an empty library: what each contender needs before it can pack."""

import measuring
import tables
from peer_contenders import SESSION_PAGES, FossilContender, GitContender, SessionContender
from satchel_contender import SatchelContender


class Satchel(SatchelContender):
    def clear(self):
        self.remove("a", "invitation")
        self.create("a")

    def measured(self):
        self.satchel_phase("import", "a", "import", "markdown", self.setting.corpus.folder)

    def finish(self):
        self.sizes = {"store": self.size("a")}


class Git(GitContender):
    name = "git add, commit, gc"

    def clear(self):
        self.remove("a")
        self.do("cp", "-R", self.setting.corpus.folder, "a")
        self.git("a", "init", "-q")

    def measured(self):
        self.git_phase("add", "a", "add", ".")
        self.git_phase("commit", "a", "commit", "-q", "-m", "pages")
        self.git_phase("gc", "a", "gc", "-q")

    def finish(self):
        self.sizes = {"store": self.size("a/.git")}


class Fossil(FossilContender):
    name = "fossil add, commit"

    def clear(self):
        self.remove("a", "a.fossil")
        self.new("a.fossil")
        self.open("a.fossil", "a")
        self.do("cp", "-R", f"{self.setting.corpus.folder}/.", "a")

    def measured(self):
        for name, arguments in (
                ("add", ["add", "--force", "."]),
                ("commit", ["commit", "-m", "pages", "--no-warnings", "--nosign"])):
            self.add(name, measuring.run(
                ["fossil", *arguments], self.folder / "a", self.environment))

    def finish(self):
        self.sizes = {"store": self.size("a.fossil")}


class Table(SessionContender):
    """A floor: the same texts as rows of a table, not compressed, hashed or logged."""

    name = "sqlite insert"
    modules = ()

    def clear(self):
        self.remove("a.sqlite")

    def measured(self):
        self.working_phase(
            "import", SESSION_PAGES, "store", "a.sqlite", self.setting.corpus.folder)

    def finish(self):
        self.sizes = {"store": self.size("a.sqlite")}


def rows(setting):
    with setting.taking_part("import", [Satchel, Git, Fossil, Table]) as (running, missing):
        measuring.interleave(running, setting.rounds)
        for contender in running:
            contender.finish()
        yield tables.row(
            "import", f"{setting.corpus} into an empty library", running,
            [tables.Goal("store", 0.35, "raw"), tables.MEMORY], missing, setting.corpus.raw)
