#!/usr/bin/env python3
"""Whole library, packed on one machine and merged into an empty replica on another: Satchel beside
git bundle + clone and tar + gzip, on the same pages.

    Benchmarks/pack-and-merge.py [--pages FOLDER|ARCHIVE] [--satchel TOOL] [--rounds 5] [--json]

The contenders take turns in every round, so that a slow moment of the machine falls on all of
them; medians, spreads and ratios are printed. Every contender gets the same bytes: Satchel imports
with the plain markdown format, which keeps a page's text as it is. What each needs before it can
pack (satchel import; git add, commit, gc) is timed once, apart. Linux and macOS, Python 3.9+.
"""

import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent


def run(arguments, cwd, environment):
    """Runs a command; returns wall seconds and the peak memory of its largest process in MiB."""
    start = time.monotonic()
    process = subprocess.Popen(
        [str(argument) for argument in arguments], cwd=cwd, env=environment,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    message = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{arguments[0]} ended with {process.returncode}: {message.decode()}")
    scale = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return seconds, usage.ru_maxrss / scale


def size(path):
    path = pathlib.Path(path)
    if path.is_file():
        return path.stat().st_size
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())


class Contender:
    """One way to carry the pages over. `prepare` runs once, `pack` and `merge` in every round."""

    def __init__(self, name, pages, folder):
        self.name, self.pages, self.folder = name, pages, folder / name.replace(" ", "-")
        self.folder.mkdir()
        self.environment = dict(
            os.environ, HOME=str(self.folder), XDG_STATE_HOME=str(self.folder / "state"),
            GIT_CONFIG_NOSYSTEM="1")
        self.rounds, self.memory, self.prepared, self.sizes = [], 0, 0, {}

    def run(self, *arguments):
        seconds, memory = run(arguments, self.folder, self.environment)
        self.memory = max(self.memory, memory)
        return seconds

    def round(self):
        self.clear()
        pack = self.pack()
        self.rounds.append((pack, self.merge()))
        self.measure()


class Satchel(Contender):
    def __init__(self, tool, *rest):
        self.tool = tool
        super().__init__("satchel", *rest)

    def prepare(self):
        self.run(self.tool, "init", "a", "--name", "a")
        self.prepared = self.run(self.tool, "-L", "a", "import", "markdown", self.pages)
        self.run(self.tool, "-L", "a", "invite", "--file", "invitation")
        self.memory = 0

    def clear(self):
        shutil.rmtree(self.folder / "b", ignore_errors=True)
        (self.folder / "all.satchel").unlink(missing_ok=True)
        self.run(self.tool, "join", "invitation", "b", "--name", "b")

    def pack(self):
        return self.run(self.tool, "-L", "a", "bundle", "create", "all.satchel")

    def merge(self):
        return self.run(self.tool, "-L", "b", "merge", "all.satchel")

    def measure(self):
        self.sizes = {"bundle": size(self.folder / "all.satchel"), "store": size(self.folder / "b")}


class Git(Contender):
    def __init__(self, *rest):
        super().__init__("git bundle", *rest)

    def prepare(self):
        shutil.copytree(self.pages, self.folder / "a")
        git = ["git", "-C", "a", "-c", "user.name=a", "-c", "user.email=a@example.org",
               "-c", "gc.auto=0", "-c", "maintenance.auto=false"]
        self.prepared = sum(
            self.run(*git, *arguments)
            for arguments in (
                ["init", "-q"], ["add", "."], ["commit", "-q", "-m", "pages"], ["gc", "-q"]))
        self.memory = 0

    def clear(self):
        shutil.rmtree(self.folder / "b", ignore_errors=True)
        (self.folder / "all.bundle").unlink(missing_ok=True)

    def pack(self):
        return self.run("git", "-C", "a", "bundle", "create", "-q", "../all.bundle", "--all")

    def merge(self):
        return self.run("git", "clone", "-q", "all.bundle", "b")

    def measure(self):
        self.sizes = {
            "bundle": size(self.folder / "all.bundle"), "store": size(self.folder / "b" / ".git")}


class Tar(Contender):
    def __init__(self, *rest):
        super().__init__("tar + gzip", *rest)

    def prepare(self):
        pass

    def clear(self):
        shutil.rmtree(self.folder / "b", ignore_errors=True)
        (self.folder / "b").mkdir()

    def pack(self):
        return self.run(
            "tar", "-C", self.pages.parent, "-czf", "all.tar.gz", self.pages.name)

    def merge(self):
        return self.run("tar", "-C", "b", "-xzf", "all.tar.gz")

    def measure(self):
        self.sizes = {"bundle": size(self.folder / "all.tar.gz"), "store": size(self.folder / "b")}


def pages(argument, folder):
    """The folder of pages: the one named, or an archive unpacked."""
    path = pathlib.Path(argument)
    if not path.exists():
        sys.exit(f"{path} is not here; --pages names a folder of pages or an archive of one")
    if path.is_dir():
        return path.resolve()
    target = folder / "pages"
    target.mkdir()
    subprocess.run(["tar", "-C", target, "-xf", path.resolve()], check=True)
    return target


def result(contender, raw):
    totals = [pack + merge for pack, merge in contender.rounds]
    return {
        "name": contender.name,
        "prepare_seconds": round(contender.prepared, 3),
        "pack_seconds": round(statistics.median(pack for pack, _ in contender.rounds), 4),
        "merge_seconds": round(statistics.median(merge for _, merge in contender.rounds), 4),
        "total_seconds": round(statistics.median(totals), 4),
        "total_spread": [round(min(totals), 4), round(max(totals), 4)],
        "peak_mib": round(contender.memory, 1),
        "bundle_bytes": contender.sizes["bundle"],
        "store_bytes": contender.sizes["store"],
        "store_of_raw": round(contender.sizes["store"] / raw, 3),
    }


def table(results):
    ours = results[0]
    print(f"{'':12} {'prepare':>8} {'pack':>8} {'merge':>8} {'both':>8} {'spread':>15} "
          f"{'peak MiB':>9} {'bundle':>11} {'store':>11}  ours / theirs: time, bundle")
    for row in results:
        spread = "-".join(f"{value:.2f}" for value in row["total_spread"])
        print(f"{row['name']:12} {row['prepare_seconds']:8.2f} {row['pack_seconds']:8.3f} "
              f"{row['merge_seconds']:8.3f} {row['total_seconds']:8.3f} {spread:>15} "
              f"{row['peak_mib']:9.1f} {row['bundle_bytes']:11,} {row['store_bytes']:11,}"
              f"  {ours['total_seconds'] / row['total_seconds']:.2f}, "
              f"{ours['bundle_bytes'] / row['bundle_bytes']:.2f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--pages", default=ROOT / "../shared/corpus/mirror-sample.tar.xz")
    parser.add_argument("--satchel", default=ROOT / ".build/release/satchel")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    tool = pathlib.Path(options.satchel).resolve()
    if not tool.exists():
        sys.exit(f"{tool} is not here; swift build -c release --product satchel")
    with tempfile.TemporaryDirectory(prefix="satchel-benchmark-") as name:
        folder = pathlib.Path(name)
        source = pages(options.pages, folder)
        raw = sum(file.stat().st_size for file in source.rglob("*.md"))
        contenders = [Satchel(tool, source, folder), Tar(source, folder)]
        if shutil.which("git"):
            contenders.insert(1, Git(source, folder))
        for contender in contenders:
            contender.prepare()
        for number in range(options.rounds):
            # The order turns, so that nobody always runs in the wake of the same other.
            turn = number % len(contenders)
            for contender in contenders[turn:] + contenders[:turn]:
                contender.round()
        results = [result(contender, raw) for contender in contenders]
    if options.json:
        print(json.dumps({"raw_bytes": raw, "rounds": options.rounds, "results": results}))
    else:
        print(f"{raw:,} bytes of pages, {options.rounds} rounds, medians in seconds")
        table(results)


if __name__ == "__main__":
    main()
