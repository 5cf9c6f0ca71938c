"""The pages every contender gets: a folder, an archive of one, or generated ones; and the two
states of them that the rows about small changes go between."""

import json
import pathlib
import shutil
import subprocess

import generator

NEW_ARTICLES, MARKS = 100, 1_000


class Corpus:
    """A folder of Markdown pages that nobody writes to."""

    def __init__(self, folder, origin):
        self.folder, self.origin = folder, origin
        self.files = sorted(file.relative_to(folder) for file in folder.rglob("*.md"))
        self.raw = sum((folder / file).stat().st_size for file in self.files)
        if len(self.files) < 20:
            raise SystemExit(f"{folder} holds {len(self.files)} pages; 20 are needed at least")

    def __str__(self):
        return f"{len(self.files):,} pages, {self.raw:,} bytes, {self.origin}"


def taken(argument, scratch):
    """The pages of a folder, or of an archive, which is unpacked."""
    path = pathlib.Path(argument)
    if not path.exists():
        raise SystemExit(f"{path} is not here; --pages names a folder of pages, or an archive")
    if path.is_dir():
        return Corpus(path.resolve(), "from a folder")
    target = scratch / "pages"
    target.mkdir()
    subprocess.run(["tar", "-C", target, "-xf", path.resolve()], check=True)
    return Corpus(target, f"from {path.name}")


def generated(count, seed, scratch):
    target = scratch / "pages"
    generator.write_pages(target, count, seed)
    return Corpus(target, f"generated with seed {seed}")


class States:
    """State one is the library less 100 pages (of a small one: less a quarter). State two adds
    them, and 1,000 marks: to our contender, that as many articles of state one were read; to the
    others, that many small files or rows that say so."""

    def __init__(self, corpus, scratch):
        folder = scratch / "states"
        count = min(NEW_ARTICLES, len(corpus.files) // 4)
        # From all over the library, as new pages come from all sites.
        step = len(corpus.files) // count
        new = set(corpus.files[::step][:count])
        old = [file for file in corpus.files if file not in new]
        self.one, self.new, self.marks = folder / "one", folder / "new", folder / "marks"
        copy(corpus.folder, old, self.one)
        copy(corpus.folder, sorted(new), self.new)
        write_marks(old[:MARKS], self.marks)
        self.new_count, self.mark_count = count, min(MARKS, len(old))

    def two(self, target):
        """Turns a folder in state one into state two."""
        shutil.copytree(self.new, target, dirs_exist_ok=True)
        shutil.copytree(self.marks, target / "marks")


def copy(source, files, target):
    for file in files:
        (target / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / file, target / file)


def write_marks(files, target):
    for number, file in enumerate(files):
        path = target / file.with_suffix(".json")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"read": True, "stamp": (1_795_000_000_000 + number) << 16}))
