#!/usr/bin/env python3
"""Plants bugs, and demands that the test which is named for each finds it.

    Tests/planted-bugs.py --check          whether each can still be planted, which takes no time
    Tests/planted-bugs.py                  tries those that were not tried at this commit yet
    Tests/planted-bugs.py --only NAME      tries this one, tried or not; may be given several times
    Tests/planted-bugs.py --again          forgets what was tried

All are planted at once in a copy of the last commit, each behind a switch that a variable of the
environment turns: one build for all of them, as long as any clean one. Each test runs twice, without
its bug, where it must pass, and with it. A bug counts as caught if an expectation fails: a test that
takes too long or traps has caught nothing.
"""

import argparse
import io
import json
import os
import pathlib
import re
import subprocess
import sys
import tarfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = ["swift", "build", "--build-tests", "--scratch-path", ".build-checks", "-Xswiftc", "-gnone",
         "--explicit-target-dependency-import-check", "error"]
TEST = ["swift", "test", "--skip-build", "--scratch-path", ".build-checks", "--filter"]
# A test that is named here takes a tenth of it at most.
TEST_SECONDS = 600
# Each module with bugs has its own, for modules do not see each other's.
SWITCHES = """import Foundation

@usableFromInline
enum Planted {{
{}
}}
"""
SWITCH = """  @usableFromInline static let bug{0} = ProcessInfo.processInfo.environment["SATCHEL_BUG"] == "{0}\""""


class Bug:
    """Edits of one file under Sources, and the test that must fail for them: a target and a name.

    Edits are pairs of what is there and what takes its place, in which PLANTED stands for the switch.
    """

    def __init__(self, name, file, test, *edits):
        self.name, self.file, self.test = name, pathlib.Path("Sources") / file, test
        self.edits = list(zip(edits[::2], edits[1::2]))

    def planted(self, text, number=0):
        for old, new in self.edits:
            if text.count(old) != 1:
                raise ValueError(f"{self.name}: {self.file} has {text.count(old)} times: {old!r}")
            text = text.replace(old, new.replace("PLANTED", f"Planted.bug{number}"))
        return text

    @property
    def filter(self):
        target, name = self.test
        return f"^{target}\\..*" + re.sub(r"([.()+*?^$|\[\]\\])", r"\\\1", name)


def rules(name):
    return "ReplicationTests", name


def store(name):
    return "LibraryStoreTests", name


def coding(name):
    return "CodingTests", name


def web(name):
    return "WebReaderTests", name


BUGS = [
    # --- Rules -------------------------------------------------------------------------------------
    Bug("the lesser replica wins a tie", "Replication/OperationOrder.swift",
        rules("rule 1 compares stamp, replica, value bytes, sequence and context in turn"),
        "left != right {\n      self.init(left, right)",
        "left != right {\n      if PLANTED { self.init(right, left) } else { self.init(left, right) }"),
    Bug("a shorter value wins a tie", "Replication/OperationOrder.swift",
        ("SpecificationTests", "random operations join to the same registers in Python"),
        "self.init(left.count, right.count)",
        "if PLANTED { self.init(right.count, left.count) } else { self.init(left.count, right.count) }"),
    Bug("a sibling lost: covering is enough", "Replication/Superseding.swift",
        rules("what supersedes and what is superseded is found as comparing finds it"),
        ".contains { contexts[$0.number].includes(context) }",
        ".contains {\n        PLANTED ? contexts[$0.number].covers(dot) : contexts[$0.number].includes(context)\n"
        "      }"),
    Bug("a context too wide: past the gap", "Replication/Shown.swift",
        store("a sibling past a gap is not covered until the gap is closed"),
        "min(dot.sequence, knowledge[dot.replica].unbrokenEnd)",
        "PLANTED ? dot.sequence : min(dot.sequence, knowledge[dot.replica].unbrokenEnd)"),
    Bug("a write below what its writer saw", "Replication/Clock.swift",
        rules("a write beats what its writer saw, whatever the clocks say"),
        "return max(reading, above)", "return PLANTED ? reading : max(reading, above)"),
    Bug("what was done elsewhere is stamped ahead", "Replication/Clock.swift",
        rules("what was done elsewhere has its own time, and one that cannot be is none"),
        "guard let milliseconds, milliseconds <= wallMilliseconds else",
        "guard let milliseconds, milliseconds <= (PLANTED ? 2 : 1) * wallMilliseconds else"),
    Bug("a fingerprint without contexts", "Replication/Fingerprint.swift",
        rules("of siblings the context counts as well"),
        "hash.combine(context: operation.context ?? .empty)", "hash.combine(context: PLANTED ? .empty : operation.context ?? .empty)"),
    Bug("knowledge before data: carried is not asked for", "Replication/Delta.swift",
        rules("a cut delta leaves honest gaps until the rest comes from whatever source"),
        "knowledge.dominates(carried)", "(PLANTED || knowledge.dominates(carried))"),
    Bug("knowledge before data: the basis is not asked for", "Replication/Delta.swift",
        rules("a delta whose basis is lacking concludes nothing until the basis is there"),
        "knowledge.dominates(basis)", "(PLANTED || knowledge.dominates(basis))"),
    Bug("ranges that touch stay apart", "Replication/SequenceSet.swift",
        rules("ranges that touch or overlap become one"),
        "range.lowerBound <= last.upperBound &+ 1 {", "range.lowerBound <= last.upperBound &+ (PLANTED ? 0 : 1) {"),
    # --- The store ---------------------------------------------------------------------------------
    Bug("a fingerprint left out where a sibling goes", "LibraryStore/Registers/SiblingMerge.swift",
        store("the store agrees with the reference at every step of any history"),
        "transaction.fingerprint.subtract(row.digest)\n",
        "if !PLANTED { transaction.fingerprint.subtract(row.digest) }\n"),
    Bug("knowledge before data: a frame's whole range", "LibraryStore/Commit/OperationMerge.swift",
        store("the store agrees with the reference at every step of any history"),
        "transaction.learn(fresh, of: block.replica)",
        "transaction.learn(PLANTED ? SequenceSet(block.range) : fresh, of: block.replica)"),
    Bug("a statement that another waited for", "LibraryStore/Knowledge/WaitingTable.swift",
        store("statements in any order lead to what they allow"),
        "while try concludeReady() {}", "while try concludeReady(), !PLANTED {}"),
    Bug("undo of foreign writes", "LibraryStore/Commit/UndoRun.swift",
        store("what was written since stays, whoever wrote it"),
        "guard dots.contains(current.winner.dot) else {",
        "guard dots.contains(current.winner.dot) || PLANTED && !current.isAuthored else {"),
    Bug("undo takes back what was changed", "LibraryStore/Commit/UndoRun.swift",
        store("what an action made is taken back, unless it was changed since"),
        "if !dots.contains(dot) || register.siblings > 1 { isOurs = false }",
        "let (isForeign, isContested) = (!dots.contains(dot), register.siblings > 1)\n"
        "if PLANTED ? isForeign && isContested : isForeign || isContested { isOurs = false }"),
    Bug("an editor's old text over a newer one", "LibraryStore/Commit/LocalWrite.swift",
        store("an author who changed nothing writes nothing, whatever came meanwhile"),
        "return !isShown && !isUntouched",
        "return PLANTED ? !isShown || !isUntouched : !isShown && !isUntouched"),
    Bug("an import over a title by hand", "LibraryStore/Commit/LocalWrite.swift",
        ("SatchelTests", "a title that was edited by hand survives another import"),
        "case .importing: return !current.isAuthored && current.winner.value != edit.value",
        "case .importing: return (PLANTED || !current.isAuthored) && current.winner.value != edit.value"),
    Bug("a file over what was done by hand", "LibraryStore/Commit/LocalWrite.swift",
        store("where something was ever written, nothing is"),
        "return current.winner.value == .nothing && edit.value != .nothing",
        "return edit.value != .nothing\n"
        "        && (PLANTED ? current.winner.value != edit.value : current.winner.value == .nothing)"),
    Bug("evidence after commit", "LibraryStore/Store/ReplicaStore.swift",
        store("evidence is raised before the commit, for after it there may be no time"),
        "      var result: Result?\n",
        "      var result: Result?\n      var raising: StoreTransaction?\n",
        "try transaction.raiseEvidence()\n",
        "if PLANTED { raising = transaction } else { try transaction.raiseEvidence() }\n",
        "      } catch {\n        evidence.lower()",
        "        try raising?.raiseEvidence()\n      } catch {\n        evidence.lower()"),
    Bug("evidence of a failed commit stays", "LibraryStore/Store/ReplicaStore.swift",
        store("evidence of a commit that failed is lowered again"),
        "        evidence.lower()\n        throw error",
        "        if !PLANTED { evidence.lower() }\n        throw error"),
    Bug("a twin that is not noticed", "LibraryStore/Commit/TwinRecovery.swift",
        store("what no peer acknowledged moves to a fresh id with its stamps"),
        "try differs(block) ? Limits.maximumSequence : block.carried.last ?? 0",
        "try differs(block) ? (PLANTED ? 0 : Limits.maximumSequence) : block.carried.last ?? 0"),
    Bug("stale knowledge after compact", "LibraryStore/Commit/LogCompaction.swift",
        store("compacting drops superseded operations and forgets nothing"),
        "    try log.delete(entry)\n",
        "    if PLANTED { transaction.forget(entry.sequences, of: block.replica) }\n"
        "    try log.delete(entry)\n"),
    Bug("compact drops what is held", "LibraryStore/Commit/LogCompaction.swift",
        store("what a compacted replica sends makes an empty one its equal"),
        "kept.append(block) { isHeld[$0] }", "kept.append(block) { isHeld[$0] && (!PLANTED || $0 + 1 < block.count) }"),
    Bug("an older report replaces a newer one", "LibraryStore/Identity/PeerTable.swift",
        store("a report with an older clock does not replace a newer one"),
        "WHERE excluded.clock >= peer.clock", "WHERE excluded.clock >= \\(PLANTED ? \"0\" : \"peer.clock\")"),
    Bug("a divergence shown by an old report", "LibraryStore/Identity/DivergenceTable.swift",
        ("TransportsTests", "an older report neither shows a divergence nor ends one"),
        "guard report.knowledge == transaction.knowledge, try !isOutdated(report) else",
        "guard report.knowledge == transaction.knowledge, try PLANTED || !isOutdated(report) else"),
    Bug("an annotation older than the deletion", "LibraryStore/Queries/ConflictQuery.swift",
        store("the store lists the conflicts of the vectors"),
        "if let noted, let removed, noted.stamp > removed { try body(noted) }",
        "if let noted, let removed, noted.stamp > removed || PLANTED && noted.stamp != removed {\n"
        "        try body(noted)\n      }"),
    Bug("a body that is not its name's", "LibraryStore/Bodies/BodyTable.swift",
        store("a body that is not what its name says is refused"),
        "guard ContentHash(of: chunk.bytes(of: entry)) == entry.hash else {",
        "let bytes = chunk.bytes(of: entry)\n"
        "guard PLANTED ? bytes.count == entry.bodyLength : ContentHash(of: bytes) == entry.hash else {"),
    Bug("a text dropped on the word of one that may drop it", "Replication/TextKeeper.swift",
        ("ReplicationTests", "noTextIsDroppedEverywhere"),
        "      report.knowledge.contains(ceased), known",
        "      PLANTED || report.knowledge.contains(ceased), known"),
    # --- Bytes -------------------------------------------------------------------------------------
    Bug("a missing limit: stored frames", "Coding/Frame.swift",
        coding("a frame stores at most 8 MiB"),
        "guard longest <= Limits.frameInflatedBytes else {",
        "guard longest <= (PLANTED ? 2 : 1) * Limits.frameInflatedBytes else {"),
    Bug("a checksum that is not compared", "Coding/Frame.swift",
        coding("every flipped bit of a frame is noticed"),
        "guard Zlib.checksum(stored, seed: seed) == checksum else",
        "guard Zlib.checksum(stored, seed: seed) == checksum || PLANTED && !stored.isEmpty else"),
    Bug("a stream that inflates to less", "Coding/Zlib.swift",
        coding("frames are as the vectors say"),
        "whole = whole && stream.avail_in == 0 && stream.avail_out == 0",
        "whole = whole && stream.avail_in == 0 && (PLANTED || stream.avail_out == 0)"),
    Bug("a recoding cut off by one", "Coding/TextRecoding+Decoding.swift",
        coding("mixed texts survive the round trip"),
        "for _ in 0x7f..<byte {", "for _ in (PLANTED ? 0x80 : 0x7f)..<byte {"),
    Bug("a number with two spellings", "Coding/ByteReader.swift",
        coding("readers of numbers agree on every spelling"),
        "guard byte != 0 || shift == 0 else", "guard byte != 0 || shift < (PLANTED ? 14 : 1) else"),
    Bug("a context that covers its own operation", "Coding/OperationBlock+Decoding.swift",
        coding("operations are as the vectors say"),
        "guard !context.covers(Dot(replica: replica, sequence: sequence)) else {",
        "guard !context.covers(Dot(replica: replica, sequence: sequence + (PLANTED ? 1 : 0))) else {"),
    # --- Seals and files ---------------------------------------------------------------------------
    Bug("a dropped flush: of the file", "Files/OutputFile.swift",
        ("FaultTests", "after a cut anywhere, the old file is there or the new one, whole"),
        "guard fsync(handle) == 0 else", "guard PLANTED || fsync(handle) == 0 else"),
    Bug("a dropped flush: of the folder", "Files/OutputFile.swift",
        ("FaultTests", "after a cut anywhere, the old file is there or the new one, whole"),
        "      try Folder.flush(path.folder, below: held)",
        "      if placing == .new || !PLANTED { try Folder.flush(path.folder, below: held) }"),
    Bug("a seal that ends early", "Sealing/AgeDecryptor.swift",
        ("SealingTests", "a file cut around a chunk's end is refused"),
        "guard cipher.open(queue.held[...], isLast: true, into: &output) else {",
        "guard\n      cipher.open(queue.held[...], isLast: true, into: &output)\n"
        "        || PLANTED && cipher.open(queue.held[...], isLast: false, into: &output)\n    else {"),
    Bug("a nonce that comes again", "Sealing/AgeChunkCipher.swift",
        ("SealingTests", "what was sealed opens"),
        "    output += box.combined.dropFirst(12)\n    index += 1\n",
        "    output += box.combined.dropFirst(12)\n    if !PLANTED { index += 1 }\n"),
    Bug("a nonce that comes again with a new key", "Sealing/Noise/NoiseCipher.swift",
        ("SealingTests", "the key changes after every 1,024 messages and the numbers go on"),
        "{ key = key.next }", "{ (key, number) = (key.next, PLANTED ? 0 : number) }"),
    Bug("a signature that is asked for too late", "Transports/Bundle/BundleFrames.swift",
        ("TransportsTests", "a signature by another key is refused, with salvage too"),
        "guard reader.isSigned == true else { throw .signatureRefused }",
        "guard PLANTED || reader.isSigned == true else { throw .signatureRefused }"),
    Bug("a bundle of another library", "Transports/Bundle/BundleMerging.swift",
        ("TransportsTests", "a bundle of another library is refused"),
        "guard reader.header.library == store.library else {",
        "guard PLANTED || reader.header.library == store.library else {"),
    Bug("bytes behind the trailer", "Transports/Bundle/BundleReader.swift",
        ("TransportsTests", "bytes after the trailer are refused"),
        "guard try stream.read(1).isEmpty else", "guard try stream.read(1).count < (PLANTED ? 2 : 1) else"),
    Bug("a shared file deleted before others read it", "Transports/Exchange/ExchangeState+Replacing.swift",
        ("TransportsTests", "listings give the decisions of the vectors"),
        "now - $0 >= ExchangeState.dayMilliseconds", "now - $0 >= (PLANTED ? 0 : ExchangeState.dayMilliseconds)"),
    Bug("an acknowledgement of what was not sent", "SyncSession/Session.swift",
        ("SyncSessionTests", "acknowledgements beyond what was announced, or going back, are out of turn"),
        "frames > received, frames <= announced", "frames > received, PLANTED || frames <= announced"),
    # --- The page, archives, terminals -------------------------------------------------------------
    Bug("a path that leaves its archive", "Archives/ZipArchive.swift",
        ("ArchivesTests", "a name that leads out of its folder is refused, and the others are read"),
        "if ArchivedFile.staysInside(name) {", "if ArchivedFile.staysInside(name) || PLANTED && !name.isEmpty {"),
    Bug("an escape left out of the markup", "WebReader/Markup/Markup.swift",
        web("what is put into markup is escaped, and markup is not"),
        "(_ text: String) { html += HTMLEscape.escaped(text) }", "(_ text: String) { html += PLANTED ? text : HTMLEscape.escaped(text) }"),
    Bug("a Host that is not compared", "WebReader/Access/Gatekeeper.swift",
        web("a request of another host, or of another site's page, is refused"),
        "guard let host = head.header(\"host\"), addresses.isOwn(host: host) else {",
        "guard let host = head.header(\"host\"), PLANTED || addresses.isOwn(host: host) else {"),
    Bug("an Origin that is not compared", "WebReader/Access/Gatekeeper.swift",
        web("a form needs its origin, its token and a session that may write"),
        "addresses.isOwn(origin: head.header(\"origin\"), host: host)",
        "(PLANTED || addresses.isOwn(origin: head.header(\"origin\"), host: host))"),
    Bug("a code that lets two in", "WebReader/Access/AccessBook.swift",
        web("a code lets one browser in, once"),
        "let used = codes.remove(at: index)", "let used = PLANTED ? codes[index] : codes.remove(at: index)"),
    Bug("an upload's name with folders", "WebReader/Actions/NamedUploads.swift",
        web("a file's name has no folders and no controls, and of a long one the end"),
        "split { \"/\\\\\".contains($0) }", "split { (PLANTED ? \"/\" : \"/\\\\\").contains($0) }"),
    Bug("a control that reaches the terminal", "Documents/Terminal/TerminalEscape.swift",
        ("DocumentsTests", "what a terminal obeys is shown instead"),
        "case 0x00...0x1F, 0x7F...0x9F: true", "case 0x00...0x1F, 0x7F...(PLANTED ? 0x7F : 0x9F): true"),
]


def check():
    """Whether every edit applies to the present sources, and every test is there."""
    problems = []
    tests = {
        folder.name: "".join(path.read_text("utf-8") for path in sorted(folder.glob("*.swift")))
        for folder in (ROOT / "Tests").iterdir() if folder.is_dir()}
    for bug in BUGS:
        try:
            bug.planted((ROOT / bug.file).read_text("utf-8"))
        except (ValueError, OSError) as error:
            problems.append(str(error))
        target, name = bug.test
        if f"func `{name}`(" not in tests.get(target, "") and f"func {name}(" not in tests.get(target, ""):
            problems.append(f"{bug.name}: {target} has no test called {name}")
    if len({bug.name for bug in BUGS}) < len(BUGS):
        problems.append("two bugs have one name")
    for problem in problems:
        print(problem, file=sys.stderr)
    print(f"{len(BUGS)} bugs can be planted" if not problems else f"{len(problems)} problems")
    return 1 if problems else 0


class Field:
    """The copy that bugs are planted in: all of them, each asleep until it is asked for."""

    def __init__(self, folder):
        self.folder = folder
        self.commit = git("rev-parse", "HEAD").decode().strip()
        # With all seeds of its laws: a bug may need one that daily runs have no time for.
        self.environment = {
            **os.environ, "SATCHEL_STRICT": "1", "SATCHEL_SOAK": "1", "SWIFT_BACKTRACE": "enable=no"}

    def fill(self):
        """What is as it was is left alone, so that it is not built again."""
        files = {}
        with tarfile.open(fileobj=io.BytesIO(git("archive", "HEAD"))) as archive:
            for member in filter(tarfile.TarInfo.isfile, archive):
                files[pathlib.Path(member.name)] = archive.extractfile(member).read(), member.mode
        for number, bug in enumerate(BUGS):
            text, mode = files[bug.file]
            files[bug.file] = bug.planted(text.decode(), number).encode(), mode
        for module in {bug.file.parts[1] for bug in BUGS}:
            numbers = [number for number, bug in enumerate(BUGS) if bug.file.parts[1] == module]
            switches = SWITCHES.format("\n".join(SWITCH.format(number) for number in numbers))
            files[pathlib.Path("Sources") / module / "Planted.swift"] = switches.encode(), 0o644
        for top in {file.parts[0] for file in files}:
            for path in (self.folder / top).rglob("*"):
                if path.is_file() and path.relative_to(self.folder) not in files:
                    path.unlink()
        for file, (content, mode) in files.items():
            path = self.folder / file
            if not path.exists() or path.read_bytes() != content:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
                path.chmod(mode)

    def run(self, command, number, seconds=None):
        """Exit code and output; None for the code where the time was over."""
        try:
            done = subprocess.run(
                command, cwd=self.folder, timeout=seconds,
                env={**self.environment, "SATCHEL_BUG": str(number)},
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        except subprocess.TimeoutExpired as ended:
            return None, (ended.stdout or b"").decode("utf-8", "replace")
        return done.returncode, done.stdout.decode("utf-8", "replace")

    def build(self):
        self.fill()
        code, output = self.run(BUILD, "")
        if code != 0:
            raise SystemExit("with the bugs planted, the sources do not compile:\n" + tail(output))

    def test(self, bug):
        """What became of the bug, and a line that shows it. First its test must pass without it."""
        code, output = self.run(TEST + [bug.filter], "", TEST_SECONDS)
        if code != 0:
            return "fails without the bug", tail(output)
        code, output = self.run(TEST + [bug.filter], BUGS.index(bug), TEST_SECONDS)
        if code is not None and not re.search(r"Test run with [1-9][0-9]* test", output):
            return "no such test", tail(output)
        failed = [line for line in output.splitlines() if "recorded an issue" in line]
        real = [line for line in failed if "Time limit was exceeded" not in line]
        if code is None:
            return "takes too long", ""
        if code == 0:
            return "NOT CAUGHT", ""
        return ("caught", real[0].strip()) if real else ("no expectation failed", tail(output))


def git(*arguments):
    return subprocess.run(["git", *arguments], cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout


def tail(output):
    return "\n".join(output.splitlines()[-12:])


def run(names, folder, forget):
    field = Field(folder)
    file = folder / ".build-checks" / f"planted-{field.commit[:16]}.json"
    file.parent.mkdir(exist_ok=True)
    state = {} if forget or not file.exists() else json.loads(file.read_text("utf-8"))
    chosen = [bug for bug in BUGS if (bug.name in names if names else bug.name not in state)]
    print(f"{len(chosen)} of {len(BUGS)} bugs to try in {folder}", flush=True)
    field.build()
    for bug in chosen:
        result, detail = field.test(bug)
        state[bug.name] = result
        file.write_text(json.dumps(state, indent=1, ensure_ascii=False) + "\n", "utf-8")
        print(f"{result:24} {bug.name}", flush=True)
        if detail:
            print(f"    {detail}", flush=True)
    return table(state)


def table(state):
    tried = [(bug, state[bug.name]) for bug in BUGS if bug.name in state]
    print("\n| planted | test | |\n|---|---|---|")
    for bug, result in tried:
        print(f"| {bug.name} | {bug.test[0]}: {bug.test[1]} | {result} |")
    caught = sum(result == "caught" for _, result in tried)
    print(f"\n{caught} of {len(tried)} caught, {len(BUGS) - len(tried)} not tried")
    return 0 if caught == len(tried) else 1


def main():
    parser = argparse.ArgumentParser(description="Plants bugs and demands that tests find them.")
    parser.add_argument("--check", action="store_true", help="only see whether all can be planted")
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="try this one")
    parser.add_argument("--again", action="store_true", help="forget what was tried")
    parser.add_argument(
        "--folder", type=pathlib.Path, default=ROOT / ".build-planted" / "copy",
        help="where the copy is, or is made")
    arguments = parser.parse_args()
    unknown = set(arguments.only) - {bug.name for bug in BUGS}
    if unknown:
        parser.error(f"no such bug: {', '.join(sorted(unknown))}")
    if arguments.check:
        return check()
    return check() or run(arguments.only, arguments.folder, arguments.again)


if __name__ == "__main__":
    sys.exit(main())
