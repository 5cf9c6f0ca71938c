"""What the programs share that stand for a library without a tool of its own: they time the work
itself and print that."""

import contextlib
import json
import resource
import time


@contextlib.contextmanager
def timed():
    """Times what is done within, and prints it for measuring.work."""
    start, before = time.monotonic(), processor()
    yield
    print(json.dumps({"seconds": time.monotonic() - start, "cpu": processor() - before}))


def processor():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime
