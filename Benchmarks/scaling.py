"""What everyday work costs as the library grows: no-op sync, small sync, merge of a small bundle,
list, search, status."""

import pathlib
import subprocess
import sys
import time

import measuring
import plot
import relay
import tables
from generator import CHINESE
from satchel_contender import SatchelContender

LIBRARY_BUNDLE = pathlib.Path(__file__).with_name("library_bundle.py")
NEW_ARTICLES, MARKS = 100, 1_000
# One library more, of the size next to this, has 20,000 images and 10,000 tags: their names are
# fields of their own.
NAMED = 10_000
# Titles are made of such words.
WORD = CHINESE[0]
QUERY = "is:unread site:tea-and-trains.example before:2010-02 -is:starred"
WORDS = f"{WORD} before:2011"
WORK = {
    "no-op sync": "nothing new, over TCP",
    "small sync": f"{NEW_ARTICLES} articles and {MARKS:,} marks, over TCP",
    "merge": f"{NEW_ARTICLES} articles and {MARKS:,} marks, from a file",
    "list": "the 50 newest",
    "query": f"list '{QUERY}': conditions on registers, which few articles fulfil",
    "words": f"list '{WORDS}': a word and a condition, the index being up to date",
    "search": "a word of a title, after the merge: the index takes in what that brought",
    "status": "status, from start to end"}


# Rows of which the first line counts: a reader waits for no more. In milliseconds, up to so many
# articles and beyond.
FIRST_LINE = {"query", "words"}
SMALL, SMALL_GOAL, LARGE_GOAL = 20_000, 30, 100


class Library(SatchelContender):
    """Two replicas of a library with so many articles' records. Others write bundles for one of
    them; the other takes them over TCP."""

    def __init__(self, setting, row, articles, named=False):
        self.name, self.articles, self.writers = f"{articles:,} articles", articles, 1
        self.extra = ["named"] if named else []
        self.first_lines = {name: [] for name in FIRST_LINE}
        if named:
            self.name += " with tags and images"
        super().__init__(setting, row)

    def prepare(self):
        self.create("a")
        self.key = self.secret("a").hex()
        self.bundle("whole.satchel", "library", self.articles, *self.extra)
        self.join("b")
        self.satchel("a", "merge", "whole.satchel")
        self.first = measuring.run(
            [self.setting.tool, "-L", "b", "merge", "whole.satchel"], self.folder,
            self.environment)
        self.remove("whole.satchel")
        self.server = self.serve("a")
        self.remote = f"127.0.0.1:{self.server.port}"
        self.satchel("b", "sync", self.remote)
        self.build = measuring.run(
            [self.setting.tool, "-L", "b", "search", WORD], self.folder, self.environment)

    def bundle(self, path, *what):
        """A bundle by a replica that has not written before."""
        self.do(sys.executable, LIBRARY_BUNDLE, path, self.key, self.writers, *what)
        self.writers += 1

    def change(self):
        self.remove("change.satchel")
        self.bundle("change.satchel", "change", NEW_ARTICLES, min(MARKS, self.articles),
                    self.articles)

    def measured(self):
        self.satchel_phase("no-op sync", "b", "sync", self.remote)
        self.satchel_phase("list", "b", "list", "--limit", "50")
        for name, query in (("query", QUERY), ("words", WORDS)):
            self.satchel_phase(name, "b", "list", "--limit", "50", query)
            self.first_lines[name].append(self.first_line("list", "--limit", "50", query))
        self.satchel_phase("status", "b", "status")
        self.change()
        self.satchel_phase("merge", "b", "merge", "change.satchel")
        self.satchel_phase("search", "b", "search", WORD)
        self.change()
        self.satchel("a", "merge", "change.satchel")
        self.satchel_phase("small sync", "b", "sync", self.remote)

    def first_line(self, *arguments):
        """Milliseconds to the first byte that a command prints, or to its end where that is
        nothing."""
        start = time.monotonic()
        with subprocess.Popen(
                [self.setting.tool, "-L", "b", *arguments], cwd=self.folder, env=self.environment,
                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
            process.stdout.read(1)
            first = time.monotonic() - start
            process.stdout.read()
        if process.returncode:
            raise measuring.Failure(f"{arguments} ended with {process.returncode}")
        return 1000 * first

    def finish(self):
        with relay.Relay(self.server.port) as counting:
            self.satchel("b", "sync", f"127.0.0.1:{counting.port}")
            self.extras = {"no-op bytes": counting.counted()["bytes"]}
        self.server.close()
        self.extras["first merge s"] = self.first.seconds
        self.extras["first merge MiB"] = self.first.peak
        self.extras["first search s"] = self.build.seconds
        self.extras["first search MiB"] = self.build.peak
        self.extras["server MiB"] = self.server.usage.peak
        self.sizes = {"store": self.size("b")}
        if self.state("a")["fingerprint"] != self.state("b")["fingerprint"]:
            raise measuring.Failure("satchel: the replicas differ after scaling")

    def close(self):
        if hasattr(self, "server"):
            self.server.close()
        super().close()


def rows(setting):
    libraries = []
    try:
        for articles in sorted(setting.sizes):
            print(f"scaling: preparing {articles:,} articles", file=sys.stderr)
            libraries.append(Library(setting, "scaling", articles))
            libraries[-1].prepare()
        print("scaling: preparing one with names of its own", file=sys.stderr)
        size = min(setting.sizes, key=lambda size: abs(size - NAMED))
        named = Library(setting, "scaling-named", size, named=True)
        libraries.insert(0, named)
        named.prepare()
        measuring.interleave(libraries, setting.rounds)
        for library in libraries:
            library.finish()
    finally:
        for library in libraries:
            library.close()
    if setting.plot:
        setting.plot.write_text(drawing([library for library in libraries if not library.extra]))
    for name, work in WORK.items():
        yield of_one_kind(name, work, libraries)


def of_one_kind(name, work, libraries):
    """A row of one kind of work. The largest library comes first: the goals are judged by it, and
    the ratios say how much more it costs than a smaller one."""
    parts = [Part(library, name) for library in reversed(libraries)]
    goals = [tables.MEMORY]
    if name in FIRST_LINE:
        limit = SMALL_GOAL if libraries[-1].articles <= SMALL else LARGE_GOAL
        goals.append(tables.Goal("first line ms", limit))
    if name == "no-op sync":
        goals += [tables.Goal("no-op bytes", 256), tables.Goal("first merge MiB", 64),
                  tables.Goal("first search MiB", 64)]
    return tables.row(f"scaling {name}", work, parts, goals)


class Part:
    def __init__(self, library, name):
        self.name, self.durability, self.sizes = library.name, library.durability, {}
        self.rounds = [{name: phases[name]} for phases in library.rounds]
        self.extras = {}
        if name in FIRST_LINE:
            self.extras["first line ms"] = measuring.summary(library.first_lines[name])["median"]
        if name == "no-op sync":
            self.sizes, self.extras = library.sizes, library.extras


def drawing(libraries):
    seconds, memory = {}, {}
    for name in WORK:
        usages = [[phases[name] for phases in library.rounds] for library in libraries]
        points = list(zip((library.articles for library in libraries), usages))
        seconds[name] = [
            (articles, measuring.summary(usage.seconds for usage in found)["median"])
            for articles, found in points]
        memory[name] = [(articles, max(usage.peak for usage in found))
                        for articles, found in points]
    return plot.svg([("seconds", seconds), ("peak memory, MiB", memory)], "articles in the library")
