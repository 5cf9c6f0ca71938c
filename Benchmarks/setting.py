"""What every row is given: the tool, the pages, how many rounds, where to work."""

import contextlib
import dataclasses
import functools
import pathlib
import sys

import contenders
import corpus
import versions


@dataclasses.dataclass
class Setting:
    tool: pathlib.Path
    folder: pathlib.Path
    rounds: int
    pages: str
    articles: int
    seed: int
    writes: int
    sizes: list
    plot: pathlib.Path
    without: set

    @functools.cached_property
    def corpus(self):
        if self.articles:
            return corpus.generated(self.articles, self.seed, self.folder)
        return corpus.taken(self.pages, self.folder)

    @functools.cached_property
    def states(self):
        return corpus.States(self.corpus, self.folder)

    @contextlib.contextmanager
    def taking_part(self, row, kinds):
        """The contenders that are here and wanted, prepared; and why the others are left out.
        Their servers are ended and their files removed at the end."""
        with contextlib.ExitStack() as stack:
            running, missing = [], []
            for kind in kinds:
                lacking = contenders.missing(kind, versions.installed)
                if kind.name in self.without:
                    missing.append(f"{kind.name}: not wanted")
                elif lacking:
                    missing.append(f"{kind.name}: {', '.join(lacking)} not installed")
                else:
                    print(f"{row}: preparing {kind.name}", file=sys.stderr)
                    contender = kind(self, row)
                    stack.callback(contender.close)
                    contender.prepare()
                    running.append(contender)
            yield running, missing
