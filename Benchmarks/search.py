"""Finding pages by a word of two Chinese characters: the first time, when an index is to be built,
and from then on."""

import collections
import json
import pathlib
import re
import sys

import measuring
import tables
from contenders import Contender
from peer_contenders import GitContender
from satchel_contender import SatchelContender

FTS_PAGES = pathlib.Path(__file__).with_name("fts_pages.py")


def word(corpus):
    """Two Han characters that stand side by side in about a quarter of the pages."""
    pages = collections.Counter()
    sample = corpus.files[::max(1, len(corpus.files) // 200)]
    for file in sample:
        text = (corpus.folder / file).read_text(errors="replace")
        pages.update(set(re.findall("(?=([\u4e00-\u9fff]{2}))", text)))
    return min(sorted(pages), key=lambda pair: abs(pages[pair] - len(sample) // 4))


class Satchel(SatchelContender):
    durability = "the index can be built again, and is not fsynced until its end"

    def prepare(self):
        self.word = word(self.setting.corpus)
        self.create("a")
        self.satchel("a", "import", "markdown", self.setting.corpus.folder)

    def clear(self):
        self.remove("a/search.sqlite")

    def measured(self):
        self.satchel_phase("first", "a", "search", self.word)
        self.satchel_phase("later", "a", "search", self.word)

    def finish(self):
        self.sizes = {"index": self.size("a/search.sqlite")}
        self.extras = {"found": json.loads(
            self.satchel("a", "search", self.word, "--json"))["matches"]}


class GitGrep(GitContender):
    name = "git grep"
    durability = "reads only"

    def prepare(self):
        self.word = word(self.setting.corpus)
        self.do("cp", "-R", self.setting.corpus.folder, "a")
        self.git("a", "init", "-q")
        self.commit("a")

    def measured(self):
        for phase in ("first", "later"):
            self.git_phase(phase, "a", "grep", "-l", "-F", self.word)

    def finish(self):
        self.extras = {"found": len(self.git("a", "grep", "-l", "-F", self.word).splitlines())}


class FTS(Contender):
    durability = "SQLite's own settings, one transaction; no content kept"
    tokenizer = ""

    def prepare(self):
        self.word = word(self.setting.corpus)

    def clear(self):
        self.remove("a.sqlite")

    def measured(self):
        self.working_phase("first", FTS_PAGES, "build", "a.sqlite", self.setting.corpus.folder,
                           self.tokenizer, self.word)
        self.working_phase("later", FTS_PAGES, "query", "a.sqlite", self.word)

    def finish(self):
        self.sizes = {"index": self.size("a.sqlite")}
        answer = self.do(sys.executable, FTS_PAGES, "query", "a.sqlite", self.word)
        self.extras = {"found": int(answer.splitlines()[0])}


class Unicode61(FTS):
    name, tokenizer = "FTS5 unicode61", "unicode61"


class Trigram(FTS):
    name, tokenizer = "FTS5 trigram", "trigram"


def rows(setting):
    kinds = [Satchel, GitGrep, Unicode61, Trigram]
    with setting.taking_part("search", kinds) as (running, missing):
        measuring.interleave(running, setting.rounds)
        for contender in running:
            contender.finish()
        yield tables.row(
            "search", f"pages with {running[0].word}, of {setting.corpus}", running,
            [tables.Goal("index", 0.45, "raw"), tables.MEMORY], missing, setting.corpus.raw)
