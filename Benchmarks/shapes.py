#!/usr/bin/env python3
"""Whether a page takes longer than its length, or more memory: imports, shows and searches pages that
repeat one thing over and over, each in two lengths, and prints the shapes whose times grow fastest.

    Benchmarks/shapes.py                                # with the tool that install.sh built
    Benchmarks/shapes.py --bytes 65536 --only brackets,framed --format html

The shapes are those that the tests count the work of (Tests/DocumentsTests/hostile-shapes.json). Four
times the length ought to take four times as long; processor time is measured, less what the same
command takes on a page of one word, and so is the peak of memory. Nothing here is a test: a slow
moment of the machine shows.
"""

import argparse
import json
import pathlib
import shutil
import statistics
import sys
import tempfile

import measuring

ROOT = pathlib.Path(__file__).resolve().parents[1]
SHAPES = ROOT / "Tests/DocumentsTests/hostile-shapes.json"
COMMANDS = ("import", "show", "html", "search")
GROWTH = 4
# How many times its length a page may take of memory; of short pages other things decide.
MOST_MEMORY = 8
SHORTEST_FOR_MEMORY = 4 << 20
# Below so many seconds a ratio says more about the machine than about the page.
SHORTEST = 0.02


def main():
    options = parsed()
    if not options.satchel.exists():
        sys.exit(f"{options.satchel} is not here: run Examples/install.sh, "
                 "or name the tool with --satchel")
    shapes = chosen(json.loads(SHAPES.read_text()), options.only)
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(options, pathlib.Path(folder))
        rows = []
        for number, (name, shape) in enumerate(shapes):
            progress(f"\r{number + 1} of {len(shapes)}")
            rows += bench.rows(name, shape)
    progress("\r")
    rows.sort(key=lambda row: -row["ratio"])
    show(rows, options)
    if options.json:
        options.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n")


def progress(text):
    if sys.stderr.isatty():
        print(text, end="", file=sys.stderr, flush=True)


def parsed():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--satchel", type=pathlib.Path, default=ROOT / ".build/release/satchel", help="the tool")
    parser.add_argument(
        "--bytes", type=int, default=1 << 18, help="the shorter length (default: %(default)s)")
    parser.add_argument("--only", default="", help="groups of shapes: 'brackets,framed'")
    parser.add_argument(
        "--format", choices=("markdown", "html"), default="markdown", help="what the pages are")
    parser.add_argument("--rounds", type=int, default=1, help="the least time of so many counts")
    parser.add_argument("--top", type=int, default=25, help="how many to print; 0 for all")
    parser.add_argument("--json", type=pathlib.Path, help="where all of it goes as JSON, too")
    return parser.parse_args()


def chosen(file, only):
    """The shapes of the groups, each with a name that is unique."""
    wanted = [group for group in only.split(",") if group]
    unknown = set(wanted) - set(file["repeated"]) - {"framed"}
    if unknown:
        sys.exit(f"no group of shapes is called {', '.join(sorted(unknown))}")
    groups = {
        name: [{"before": "", "unit": unit, "after": ""} for unit in units]
        for name, units in file["repeated"].items()}
    groups["framed"] = file["framed"]
    return [
        (f"{group}/{number + 1}", shape)
        for group, shapes in groups.items() if not wanted or group in wanted
        for number, shape in enumerate(shapes)]


def text(shape, length):
    before, unit, after = (shape[part].encode() for part in ("before", "unit", "after"))
    return before + unit * ((length - len(before) - len(after)) // len(unit)) + after


class Bench:
    def __init__(self, options, folder):
        self.options, self.folder = options, folder
        self.tool = options.satchel.resolve()
        self.environment = measuring.environment(folder)
        word = [self.usages(b"word\n") for _ in range(5)]
        self.floor = {name: measuring.Usage(
            0, statistics.median(used[name].cpu for used in word),
            statistics.median(used[name].peak for used in word)) for name in COMMANDS}

    def rows(self, name, shape):
        short, long = (self.least(shape, self.options.bytes * factor) for factor in (1, GROWTH))
        return [
            {
                "shape": name, "command": command, "text": shape["before"][:20] + shape["unit"],
                "short": short[command][0], "long": long[command][0],
                "ratio": long[command][0] / max(short[command][0], SHORTEST),
                "memory": long[command][1] * (1 << 20) / (self.options.bytes * GROWTH),
            } for command in COMMANDS]

    def least(self, shape, length):
        """The processor seconds and the MiB of each command, less what it takes of a word."""
        page = text(shape, length)
        rounds = [self.usages(page) for _ in range(self.options.rounds)]
        return {
            name: (
                max(0.0, min(used[name].cpu for used in rounds) - floor.cpu),
                max(0.0, min(used[name].peak for used in rounds) - floor.peak))
            for name, floor in self.floor.items()}

    def usages(self, page):
        """What each command takes in a library that holds this page alone."""
        for part in ("library", "pages"):
            shutil.rmtree(self.folder / part, ignore_errors=True)
        (self.folder / "pages").mkdir()
        ending = "md" if self.options.format == "markdown" else "html"
        (self.folder / "pages" / f"page.{ending}").write_bytes(page)
        self.run("init", "--name", "shapes")
        importing = self.run("import", "pages", codes=(0, 3))[0]
        listed = json.loads(self.run("list", "--all", "--json")[1].splitlines()[-1])["articles"]
        # A page may hold nothing that makes an article.
        if not listed:
            return {"import": importing} | dict.fromkeys(COMMANDS[1:], measuring.Usage(0, 0, 0))
        return {
            "import": importing, "show": self.run("show", listed[0]["id"])[0],
            "html": self.run("show", "--format", "html", listed[0]["id"])[0],
            # The first search reads the page for its index.
            "search": self.run("search", "zebra")[0],
        }

    def run(self, *words, codes=(0,)):
        usage, output = measuring.launched(
            [self.tool, "-L", "library", *words], self.folder, self.environment, codes=codes)
        return usage, output


def show(rows, options):
    short, long = options.bytes >> 10, options.bytes * GROWTH >> 10
    print(f"processor seconds at {short} and {long} KiB, the fastest growing first; linear is "
          f"{GROWTH}.0 or less")
    for row in rows[:options.top or None]:
        print(
            f"{row['ratio']:6.1f}  {row['short']:7.3f} {row['long']:7.3f}  {row['command']:7}"
            f"{row['shape']:15} {json.dumps(row['text'], ensure_ascii=False)}")
    ratios = sorted(row["ratio"] for row in rows)
    worst = max(row["long"] for row in rows)
    print(f"{len(rows)} times: ratio {statistics.median(ratios):.1f} in the median, "
          f"{ratios[-1]:.1f} at most; {worst:.2f} s at most")
    if options.bytes * GROWTH >= SHORTEST_FOR_MEMORY:
        show_memory(rows)


def show_memory(rows):
    greedy = sorted(
        (row for row in rows if row["memory"] > MOST_MEMORY), key=lambda row: -row["memory"])
    print(f"{len(greedy)} of {len(rows)} take more than {MOST_MEMORY} times the page in memory")
    for row in greedy:
        print(f"{row['memory']:6.1f}  {row['command']:7}{row['shape']:15} "
              f"{json.dumps(row['text'], ensure_ascii=False)}")


if __name__ == "__main__":
    main()
