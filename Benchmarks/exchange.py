#!/usr/bin/env python3
"""What it costs that many replicas share one place: files, requests, bytes and money a day.

    Benchmarks/exchange.py [--replicas 3,10,61,100,1000] [--days 30] [--syncs 4] [--marks 10]
                           [--writers N] [--awake 16] [--seed 1] [--old] [--json FILE]

Nothing is measured here: the rules of the exchange (Protocol 7) are played through for a made-up
group, in which everybody synchronizes at random moments of the hours in which people are awake,
half of the times with new marks. What one file and one request weigh was measured, and is written
down below. The figures are of the later half of the days, when the number of files has settled.
Texts come on top, and are the same whichever way they travel.

`--old` puts beside it what the same days cost under the first rules: a folder for each replica,
four listings a synchronization, every header opened again each time, roll-ups read by everybody,
and an acknowledgement whenever something was learnt. Python 3.9 or later, nothing else needed.
"""

import argparse
import collections
import dataclasses
import json
import pathlib
import random

# Bytes of a sealed file, from what `satchel sync FOLDER` wrote: an acknowledgement was 521 long
# among 3 members, 1,709 among 61 and 20,222 among 1,000. Ten marks, made one at a time, add 347;
# made by one command they add 264.
FILE, FILE_MEMBER = 465, 20
FILE_OPERATIONS, OPERATION = 60, 28
# What is opened for its header is opened to the end of its first sealed part (age's).
SEALED_PART = 65_536

# Bytes of listings, measured with 3,000 files: S3's, and what WebDAV says of one folder each time
# that it is asked. With a folder for each replica, a whole listing came to so much a file.
S3_LISTING, S3_NAME, NAMES_A_LIST = 1_000, 323, 1_000
WEBDAV_FOLDER, WEBDAV_NAME, WEBDAV_NAME_IN_FOLDERS = 700, 677, 1_233

# Requests, counted between rclone 1.60.1 and servers: `lsjson` for a listing, `copy
# --files-from-raw --no-traverse` for a fetch of any number of files, `copyto`, `deletefile`. Over
# WebDAV a listing asks for the folder twice, and a fetch once more before it asks for each file.
S3_HEADS_A_LISTING, S3_HEADS_A_DELETE = 1, 2
PROPFINDS_A_LISTING, PROPFINDS_A_FETCH, PROPFINDS_A_READ = 2, 1, 1
PROPFINDS_A_WRITE, MKCOLS_A_WRITE, PROPFINDS_A_DELETE = 1, 1, 2

# Dollars, list prices of S3 in one of its cheaper regions; deleting is free. Bytes are those that
# leave the store. What lies there costs less than a cent a month, among 1,000 members too.
PUT_OR_LIST, GET_OR_HEAD, GIGABYTE_OUT = 5e-6, 4e-7, 0.09

# A WebDAV store that many people use allows so many requests of one account in half an hour.
ALLOWED = 600
HALF_HOUR, HOUR, DAY = 1_800, 3_600, 86_400
MORNING = 7 * HOUR

# A publication instead: its head is asked for at each synchronization, and is at most so long.
PUBLICATION_HEAD = 720

# Figures that the conclusion takes up, and how far it looks.
DOWN_S3, DOWN_WEBDAV = "  with S3's listings", "  with WebDAV's listings"
MEAN_HALF_HOUR = "WebDAV requests, mean half hour awake"
BUSIEST_HALF_HOUR = "WebDAV requests, busiest half hour"
MOST_MEMBERS = 1_024


@dataclasses.dataclass(frozen=True)
class Habits:
    replicas: int
    days: int
    syncs: int
    marks: int
    writers: int
    awake: int
    seed: int
    old: bool


# What lies in the place


@dataclasses.dataclass
class File:
    writer: int
    first: int
    last: int
    length: int
    operations: int
    is_deleted: bool = False

    @property
    def is_rolled_up(self):
        return self.first < self.last


class Place:
    """All files ever put, in that order, with sums from the first on: so what came between two
    moments is a difference, however many replicas read it."""

    def __init__(self):
        self.files = []
        self.plain, self.plain_bytes, self.all_bytes, self.news = [0], [0], [0], [0]
        self.names = self.bytes = self.header_bytes = 0

    def put(self, file):
        self.files.append(file)
        plain = not file.is_rolled_up
        self.plain.append(self.plain[-1] + plain)
        self.plain_bytes.append(self.plain_bytes[-1] + plain * file.length)
        self.all_bytes.append(self.all_bytes[-1] + file.length)
        self.news.append(self.news[-1] + (plain and file.operations > 0))
        self.count(file, 1)

    def delete(self, file):
        file.is_deleted = True
        self.count(file, -1)

    def count(self, file, sign):
        self.names += sign
        self.bytes += sign * file.length
        self.header_bytes += sign * min(file.length, SEALED_PART)


# One synchronization


@dataclasses.dataclass
class Sync:
    """What one synchronization did."""

    names: int = 0
    read: int = 0
    read_bytes: int = 0
    opened: int = 0
    opened_bytes: int = 0
    written: int = 0
    deleted: int = 0


class Replica:
    def __init__(self, number, habits, place):
        self.number, self.habits, self.place = number, habits, place
        self.own, self.replaced = [], collections.deque()
        self.next, self.cursor, self.seen = 1, 0, 0
        self.has_learnt, self.written = False, -DAY

    def synchronize(self, now, marks):
        sync = Sync(names=self.place.names)
        self.read(now, sync)
        if marks or self.may_acknowledge(now):
            self.written = now
            self.write(marks, now, sync)
        if self.habits.old:
            self.open_headers(sync)
        while self.replaced and self.replaced[0][0] + DAY <= now:
            self.place.delete(self.replaced.popleft()[1])
            sync.deleted += 1
        self.cursor, self.seen = len(self.place.files), now
        return sync

    def may_acknowledge(self, now):
        """An acknowledgement alone comes a day after one's newest file of any kind."""
        return self.has_learnt and (self.habits.old or self.written + DAY <= now)

    # Reading

    def read(self, now, sync):
        """All plain files; a roll-up under the old rules, or where a file it stands for is gone."""
        place, start, end = self.place, self.cursor, len(self.place.files)
        if now - self.seen >= DAY:
            self.read_one_by_one(place.files[start:end], sync)
        elif self.habits.old:
            sync.read = end - start
            sync.read_bytes = place.all_bytes[end] - place.all_bytes[start]
        else:
            # What came within a day is still there, since replaced files stay for one.
            sync.read = place.plain[end] - place.plain[start]
            sync.read_bytes = place.plain_bytes[end] - place.plain_bytes[start]
        self.has_learnt |= place.news[end] > place.news[start]

    def read_one_by_one(self, files, sync):
        missed = collections.defaultdict(set)
        for file in files:
            if file.is_deleted and not file.is_rolled_up:
                missed[file.writer].add(file.first)
        for file in files:
            if file.is_deleted:
                continue
            lacks = {number for number in missed[file.writer]
                     if file.first <= number <= file.last}
            if file.is_rolled_up and not lacks and not self.habits.old:
                continue
            missed[file.writer] -= lacks
            sync.read += 1
            sync.read_bytes += file.length

    def open_headers(self, sync):
        """Those of all files twice: before writing, and before rolling up."""
        sync.opened = 2 * self.place.names
        sync.opened_bytes = 2 * self.place.header_bytes

    # Writing

    def write(self, operations, now, sync):
        self.put(self.next, self.next, operations, sync)
        self.next += 1
        self.has_learnt = False
        rolled = to_roll_up(self.own)
        if rolled:
            del self.own[-len(rolled):]
            self.replaced.extend((now, file) for file in rolled)
            carried = sum(file.operations for file in rolled)
            self.put(rolled[0].first, rolled[-1].last, carried, sync)

    def put(self, first, last, operations, sync):
        length = FILE + FILE_MEMBER * self.habits.replicas
        if operations:
            length += FILE_OPERATIONS + OPERATION * operations
        file = File(self.number, first, last, length, operations)
        self.own.append(file)
        self.place.put(file)
        sync.written += 1


def to_roll_up(own):
    """The newest files, while the next older is at most twice as long as all newer together."""
    count, length = 1, own[-1].length
    while count < len(own) and own[-count - 1].length <= 2 * length:
        count += 1
        length += own[-count].length
    return own[-count:] if count > 1 else []


# What a store sees of it


def s3(habits, sync):
    listings = 4 if habits.old else 1
    return {
        "LIST": listings * max(1, -(-sync.names // NAMES_A_LIST)),
        "HEAD": listings * S3_HEADS_A_LISTING + sync.deleted * S3_HEADS_A_DELETE,
        "GET": sync.read + sync.opened, "PUT": sync.written, "DELETE": sync.deleted}


def webdav(habits, sync):
    if habits.old:
        listing = 4 * (habits.replicas + PROPFINDS_A_LISTING)
    else:
        listing = PROPFINDS_A_LISTING
    got = sync.read + sync.opened
    return {
        "PROPFIND": listing + got * PROPFINDS_A_READ + (got > 0) * PROPFINDS_A_FETCH
        + sync.written * PROPFINDS_A_WRITE + sync.deleted * PROPFINDS_A_DELETE,
        "GET": got, "PUT": sync.written, "MKCOL": sync.written * MKCOLS_A_WRITE,
        "DELETE": sync.deleted}


# The days


def simulated(habits):
    """A day's figures, as a mean over the later half of the days."""
    generator = random.Random(f"{habits.seed} {habits.replicas}")
    place = Place()
    replicas = [Replica(number, habits, place) for number in range(habits.replicas)]
    sums, half_hours = collections.Counter(), collections.Counter()
    warming_up = habits.days // 2
    for day in range(habits.days):
        for now, number in moments(day, habits, generator):
            has_marks = generator.random() < 0.5 and number < habits.writers
            marks = habits.marks if has_marks else 0
            sync = replicas[number].synchronize(now, marks)
            if day >= warming_up:
                requests = webdav(habits, sync)
                half_hours[day, now // HALF_HOUR] += sum(requests.values())
                add(sums, habits, sync, requests)
        if day >= warming_up:
            sums["in place"] += place.names
            sums["bytes in place"] += place.bytes
    days = habits.days - warming_up
    mean = {name: count / days for name, count in sums.items()}
    busiest = [max(count for (day, _), count in half_hours.items() if day == each)
               for each in range(warming_up, habits.days)]
    return figures(habits, mean, sum(busiest) / days)


def moments(day, habits, generator):
    """When who synchronizes that day, in order."""
    return sorted(
        (day * DAY + MORNING + generator.randrange(habits.awake * HOUR), number)
        for number in range(habits.replicas) for _ in range(habits.syncs))


def add(sums, habits, sync, requests):
    sums["syncs"] += 1
    sums["fetches"] += sync.read + sync.opened > 0
    sums["fetched names"] += (sync.read + sync.opened > 0) * sync.names
    for name, count in vars(sync).items():
        sums[f"sync {name}"] += count
    for name, count in s3(habits, sync).items():
        sums[f"S3 {name}"] += count
    for name, count in requests.items():
        sums[f"WebDAV {name}"] += count


def figures(habits, mean, busiest):
    listings = mean["syncs"] * (4 if habits.old else 1)
    s3_bytes, webdav_bytes = listed(habits, mean)
    files = mean["sync read_bytes"] + mean["sync opened_bytes"]
    requests = total(mean, "WebDAV")
    return {
        "files in place": mean["in place"],
        "kB in place": mean["bytes in place"] / 1e3,
        "listings a day": listings,
        "files read a day": mean["sync read"],
        "headers opened again a day": mean["sync opened"],
        "files written a day": mean["sync written"],
        "kB down, a replica and day: files": files / habits.replicas / 1e3,
        DOWN_S3: (files + s3_bytes) / habits.replicas / 1e3,
        DOWN_WEBDAV: (files + webdav_bytes) / habits.replicas / 1e3,
        "kB a listing, S3": s3_bytes / listings / 1e3,
        "kB a listing, WebDAV": webdav_bytes / listings / 1e3,
        "S3 requests a day": total(mean, "S3"),
        **{f"  S3 {name}": mean[f"S3 {name}"] for name in ("LIST", "HEAD", "GET", "PUT", "DELETE")},
        "S3 dollars a day": (mean["S3 LIST"] + mean["S3 PUT"]) * PUT_OR_LIST
        + (mean["S3 GET"] + mean["S3 HEAD"]) * GET_OR_HEAD
        + (files + s3_bytes) / 1e9 * GIGABYTE_OUT,
        "WebDAV requests a day": requests,
        **{f"  WebDAV {name}": mean[f"WebDAV {name}"]
           for name in ("PROPFIND", "GET", "PUT", "MKCOL", "DELETE")},
        "WebDAV requests a synchronization": requests / mean["syncs"],
        f"synchronizations {ALLOWED} requests allow": ALLOWED * mean["syncs"] / requests,
        MEAN_HALF_HOUR: requests / (2 * habits.awake),
        BUSIEST_HALF_HOUR: busiest}


def listed(habits, mean):
    """The bytes of a day's listings: of S3, and of WebDAV with what its fetches list."""
    listings = 4 if habits.old else 1
    of_s3 = listings * (mean["syncs"] * S3_LISTING + mean["sync names"] * S3_NAME)
    if habits.old:
        folders = listings * mean["syncs"] * (habits.replicas + PROPFINDS_A_LISTING)
        names = listings * mean["sync names"] * WEBDAV_NAME_IN_FOLDERS
        return of_s3, folders * WEBDAV_FOLDER + names
    folders = PROPFINDS_A_LISTING * mean["syncs"] + PROPFINDS_A_FETCH * mean["fetches"]
    names = PROPFINDS_A_LISTING * mean["sync names"] + PROPFINDS_A_FETCH * mean["fetched names"]
    return of_s3, folders * WEBDAV_FOLDER + names * WEBDAV_NAME


def total(mean, store):
    return sum(count for name, count in mean.items() if name.startswith(f"{store} "))


# What it says


def limit(habits, half_hour):
    """The most members with whom such a half hour stays within what a WebDAV store allows. Found
    by doubling and halving, as requests grow with the square of the members."""
    fewest, most = 1, 2
    while most < MOST_MEMBERS and requests(habits, most, half_hour) <= ALLOWED:
        fewest, most = most, most * 2
    while most - fewest > 1:
        middle = (fewest + most) // 2
        if requests(habits, middle, half_hour) <= ALLOWED:
            fewest = middle
        else:
            most = middle
    return fewest


def requests(habits, members, half_hour):
    return simulated(of_size(habits, members))[half_hour]


def of_size(habits, members, old=False):
    return dataclasses.replace(
        habits, replicas=members, writers=min(habits.writers or members, members), old=old)


def conclusion(habits):
    """From how many members on a publication would serve better."""
    members = limit(habits, MEAN_HALF_HOUR)
    found = simulated(of_size(habits, members))
    header = FILE + FILE_MEMBER * members
    marks = FILE_OPERATIONS + OPERATION * habits.marks
    files = habits.syncs / 2
    published = habits.syncs * PUBLICATION_HEAD + files * (FILE + FILE_MEMBER + marks)
    return (
        f"{ALLOWED} WebDAV requests in half an hour suffice up to {members} members in a mean half "
        f"hour,\nand up to {limit(habits, BUSIEST_HALF_HOUR)} in the busiest of a day. Each of "
        f"{members} makes {found['WebDAV requests a day'] / members:,.0f} requests a day and\n"
        f"takes {found[DOWN_WEBDAV]:,.0f} kB (of S3 {found[DOWN_S3]:,.0f} kB); of a file with "
        f"{habits.marks} marks {100 * header / (header + marks):.0f} % is header.\n"
        f"A reader of a publication whose one writer has these habits makes "
        f"{habits.syncs + files:,.0f} requests a day and\n"
        f"takes {published / 1e3:,.1f} kB, however many read.")


def show(columns):
    names = list(dict.fromkeys(name for _, found in columns for name in found))
    lines = [["members", *(title for title, _ in columns)]]
    lines += [[name, *(number(found[name]) for _, found in columns)] for name in names]
    widths = [max(len(line[at]) for line in lines) for at in range(len(lines[0]))]
    for first, *rest in lines:
        cells = [text.rjust(width) for text, width in zip(rest, widths[1:])]
        print("  ".join([first.ljust(widths[0]), *cells]))


def number(value):
    if value >= 1e7:
        return f"{value / 1e6:,.0f} M"
    return f"{value:,.0f}" if value >= 100 else f"{value:.2g}" if value < 10 else f"{value:.0f}"


def options():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--replicas", default="3,10,61,100,1000", help="sizes of the group")
    parser.add_argument("--days", type=int, default=30, help="the later half of them counts")
    parser.add_argument("--syncs", type=int, default=4, help="synchronizations of each, a day")
    parser.add_argument("--marks", type=int, default=10, help="made before every second one")
    parser.add_argument("--writers", type=int, default=0, help="who make marks; else everybody")
    parser.add_argument("--awake", type=int, default=16, help="hours of a day, from seven on")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--old", action="store_true", help="the first rules, beside today's")
    parser.add_argument("--json", type=pathlib.Path, help="where the figures go as JSON, too")
    chosen = parser.parse_args()
    chosen.sizes = [int(size) for size in chosen.replicas.split(",")]
    if min(chosen.sizes) < 2 or chosen.days < 4 or not 1 <= chosen.awake <= 17:
        parser.error("at least 2 replicas and 4 days, and 1 to 17 hours awake")
    if min(chosen.syncs, chosen.marks) < 1 or chosen.writers < 0:
        parser.error("at least one synchronization a day, and one mark")
    return chosen


def main():
    chosen = options()
    habits = Habits(
        replicas=0, days=chosen.days, syncs=chosen.syncs, marks=chosen.marks,
        writers=chosen.writers, awake=chosen.awake, seed=chosen.seed, old=False)
    columns = []
    for replicas in chosen.sizes:
        for old in (False, True)[:1 + chosen.old]:
            title = f"{replicas:,}" + " old" * old
            found = simulated(of_size(habits, replicas, old))
            columns.append((title, found))
    show(columns)
    print(f"\n{conclusion(habits)}")
    if chosen.json:
        chosen.json.write_text(json.dumps(dict(columns), indent=2) + "\n")


if __name__ == "__main__":
    main()
