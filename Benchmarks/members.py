"""What commands that look at all replicas cost as a library has more of them."""

import measuring
import bundles
import tables
from satchel_contender import SatchelContender

SIZES = (500, 4_000)
WORK = {
    "status": "of each replica its name, and what it lacks",
    "replica list": "the names",
    "bundle create": "everything, which is a name of each"}


class Library(SatchelContender):
    """A library in which so many replicas have written their names."""

    def __init__(self, setting, row, replicas):
        self.name, self.replicas = f"{replicas:,} replicas", replicas
        super().__init__(setting, row)

    def prepare(self):
        self.create("a")
        bundles.write_members(
            self.folder / "members.satchel", self.secret("a"),
            [f"replica {number}" for number in range(self.replicas)])
        self.satchel("a", "merge", "members.satchel")

    def measured(self):
        self.satchel_phase("status", "a", "status")
        self.satchel_phase("replica list", "a", "replica", "list")
        self.remove("made.satchel")
        self.satchel_phase("bundle create", "a", "bundle", "create", "made.satchel")


def rows(setting):
    libraries = []
    try:
        for replicas in SIZES:
            libraries.append(Library(setting, "members", replicas))
            libraries[-1].prepare()
        measuring.interleave(libraries, setting.rounds)
    finally:
        for library in libraries:
            library.close()
    for name, work in WORK.items():
        parts = [Part(library, name) for library in reversed(libraries)]
        yield tables.row(f"members {name}", work, parts, [tables.MEMORY])


class Part:
    def __init__(self, library, name):
        self.name, self.durability = library.name, library.durability
        self.sizes, self.extras = {}, {}
        self.rounds = [{name: phases[name]} for phases in library.rounds]
