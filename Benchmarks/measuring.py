"""Running processes and writing down what they used; rounds in which contenders take turns."""

import dataclasses
import json
import os
import pathlib
import socket
import statistics
import subprocess
import sys
import tempfile
import time

# MiB; smaller peaks cannot be told from what a process inherits (launch.py says why).
FLOOR = 9
LAUNCH = [sys.executable, "-I", "-S", str(pathlib.Path(__file__).with_name("launch.py"))]


@dataclasses.dataclass(frozen=True)
class Usage:
    """What work took: wall seconds, processor seconds (user and system, with what the process
    started and waited for), and the peak of its largest process in MiB."""

    seconds: float
    cpu: float
    peak: float

    def __add__(self, other):
        return Usage(
            self.seconds + other.seconds, self.cpu + other.cpu, max(self.peak, other.peak))


class Failure(Exception):
    """A command that ended as it should not have, with what it said."""


def run(arguments, cwd, environment):
    """Runs a command to its end."""
    return launched(arguments, cwd, environment)[0]


def read(arguments, cwd, environment):
    """Runs a command to its end and returns what it printed."""
    return launched(arguments, cwd, environment)[1]


def work(arguments, cwd, environment):
    """Runs one of our own Python programs that stands for a library without a tool. It prints the
    seconds of the work itself, so that starting Python and reading what is there do not count."""
    usage, output = launched([sys.executable, *arguments], cwd, environment)
    inner = json.loads(output.splitlines()[-1])
    return Usage(inner["seconds"], inner["cpu"], usage.peak)


def launched(arguments, cwd, environment, codes=(0,)):
    """What a command used and what it printed; an exit code of no success is a failure."""
    with tempfile.TemporaryDirectory() as folder:
        report = pathlib.Path(folder) / "report"
        done = subprocess.run(
            [*LAUNCH, str(report), *map(str, arguments)], cwd=cwd, env=environment,
            stdin=subprocess.DEVNULL, capture_output=True)
        return usage_of(report, arguments, done.stderr, codes), done.stdout.decode()


def usage_of(report, arguments, message, codes):
    if not report.exists():
        raise Failure(f"{arguments[0]} did not start: {message.decode()}")
    found = json.loads(report.read_text())
    if found["code"] not in codes:
        name = " ".join(map(str, arguments))[:200]
        raise Failure(f"{name} ended with {found['code']}: {message.decode(errors='replace')}")
    return Usage(found["seconds"], found["cpu"], found["peak"])


class Server:
    """A program that answers on a loopback port until it is closed. The port is given, or `ready`
    reads it from the first line that the program prints."""

    def __init__(self, arguments, cwd, environment, port=None, ready=None):
        self.folder = tempfile.TemporaryDirectory()
        self.report = pathlib.Path(self.folder.name) / "report"
        self.arguments, self.usage = arguments, None
        self.errors = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            [*LAUNCH, str(self.report), *map(str, arguments)], cwd=cwd, env=environment,
            stdin=subprocess.DEVNULL, stderr=self.errors,
            stdout=subprocess.PIPE if ready else subprocess.DEVNULL)
        try:
            self.port = self.announced(ready) if ready else wait_for(port)
        except BaseException:
            self.close()
            raise

    def announced(self, ready):
        line = self.process.stdout.readline()
        if not line:
            self.process.wait(30)
            self.errors.seek(0)
            raise Failure(f"{self.arguments[0]}: {self.errors.read().decode(errors='replace')}")
        return ready(line)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        """Ends the program by its id; its usage is known from then on."""
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait(30)
        if self.process.stdout:
            self.process.stdout.close()
        if self.report.exists():
            found = json.loads(self.report.read_text())
            self.usage = Usage(found["seconds"], found["cpu"], found["peak"])
        self.folder.cleanup()


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_for(port, seconds=20):
    end = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return port
        except OSError:
            if time.monotonic() > end:
                raise Failure(f"nothing answered on port {port} within {seconds} s") from None
            time.sleep(0.02)


def interleave(contenders, rounds):
    """Every contender once in each round. The order turns, so that a slow moment of the machine
    falls on all of them and nobody always runs in the wake of the same other."""
    for number in range(rounds):
        turn = number % len(contenders)
        for contender in contenders[turn:] + contenders[:turn]:
            contender.round()


def settle():
    """Writes out what getting ready left in memory, and what others did: who waits for the disk
    would wait for that as well."""
    os.sync()


def summary(values):
    values = list(values)
    return {
        "median": statistics.median(values), "least": min(values), "most": max(values)}


def size(path):
    """The bytes of a file, or of all files in a folder."""
    path = pathlib.Path(path)
    if path.is_file():
        return path.stat().st_size
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())


def environment(home):
    """What every contender's processes see: a home of their own, and nobody's settings."""
    names = ("PATH", "TMPDIR", "LD_LIBRARY_PATH")
    kept = {name: os.environ[name] for name in names if name in os.environ}
    return {
        **kept, "HOME": str(home), "USER": "bench", "LC_ALL": "C.UTF-8",
        "XDG_STATE_HOME": str(home / "state"), "XDG_DATA_HOME": str(home / "data"),
        "XDG_CONFIG_HOME": str(home / "config"), "FOSSIL_HOME": str(home),
        "GIT_CONFIG_NOSYSTEM": "1", "GIT_TERMINAL_PROMPT": "0"}
