#!/usr/bin/env python3
"""Satchel beside what else carries pages and writes between machines, on the same work.

    Benchmarks/run.py [--pages FOLDER|ARCHIVE | --articles N [--seed S]] [--rows a,b,c]
                      [--rounds 5] [--satchel TOOL] [--json FILE] ...

Every peer that is installed takes part; those that are not are named. Contenders take turns in
every round; medians, spreads, ratios, memory and bytes are printed beside the goals. Benchmarks/
README.md says what each row does. Without pages named, a sample that lies beside the repository is
taken, or 1,000 pages are generated. Linux and macOS, Python 3.9 or later, nothing else needed.
"""

import argparse
import json
import pathlib
import sys
import tempfile

import both_ways
import importing
import measuring
import members
import nothing_new
import over_tcp
import reader_page
import registers
import scaling
import search
import small_delta
import start_up
import tables
import versions
import whole_library
from setting import Setting

ROOT = pathlib.Path(__file__).resolve().parent.parent
SAMPLE = ROOT.parent / "shared/corpus/mirror-sample.tar.xz"
ROWS = {
    "whole-library": whole_library, "import": importing, "small-delta": small_delta,
    "over-tcp": over_tcp, "nothing-new": nothing_new, "registers": registers,
    "both-ways": both_ways, "search": search, "start-up": start_up, "scaling": scaling,
    "members": members, "reader-page": reader_page}


def options():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--pages", help="a folder of Markdown pages, or an archive of one")
    source.add_argument("--articles", type=int, help="generate that many pages instead")
    parser.add_argument("--seed", type=int, default=1, help="for all that is generated")
    parser.add_argument("--rows", default=",".join(ROWS), help=f"of {', '.join(ROWS)}")
    parser.add_argument("--without", default="", help="contenders to leave out: 'tar + xz,loro'")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--writes", type=int, default=1_000_000, help="of the registers row")
    parser.add_argument("--sizes", default="1000,10000,100000", help="articles, for scaling")
    parser.add_argument("--plot", type=pathlib.Path, help="where scaling draws an SVG")
    parser.add_argument("--json", type=pathlib.Path, help="where the results go as JSON, too")
    parser.add_argument(
        "--satchel", type=pathlib.Path, default=ROOT / ".build/release/satchel", help="the tool")
    return parser.parse_args()


def setting(chosen, folder):
    if not chosen.satchel.exists():
        sys.exit(f"{chosen.satchel} is not here: run Examples/install.sh, "
                 "or name the tool with --satchel")
    without = {name.strip() for name in chosen.without.split(",")}
    if "satchel" in without:
        sys.exit("satchel cannot be left out: everything else is compared with it")
    articles = chosen.articles or 0
    if not chosen.pages and not articles and not SAMPLE.exists():
        articles = 1_000
    return Setting(
        tool=chosen.satchel.resolve(), folder=folder, rounds=chosen.rounds,
        pages=chosen.pages or SAMPLE, articles=articles, seed=chosen.seed, writes=chosen.writes,
        sizes=[int(size) for size in chosen.sizes.split(",")], plot=chosen.plot,
        without=without)


def main():
    chosen = options()
    names = chosen.rows.split(",")
    if unknown := [name for name in names if name not in ROWS]:
        sys.exit(f"no row is called {', '.join(unknown)}; there are {', '.join(ROWS)}")
    found = []
    with tempfile.TemporaryDirectory(prefix="satchel-benchmark-") as folder:
        given = setting(chosen, pathlib.Path(folder))
        about = {"machine": versions.machine(), "versions": versions.versions(given.tool),
                 "rounds": given.rounds}
        print("\n".join(f"{name}: {value}" for part in ("machine", "versions")
                        for name, value in about[part].items()))
        for name in names:
            for row in ROWS[name].rows(given):
                found.append(row)
                tables.show(row)
                sys.stdout.flush()
    tables.show_goals(found)
    if chosen.json:
        chosen.json.write_text(json.dumps({**about, "rows": found}, indent=2) + "\n")


if __name__ == "__main__":
    try:
        main()
    except measuring.Failure as failure:
        sys.exit(f"run.py: {failure}")
