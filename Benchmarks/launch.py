"""Runs one command and writes down what it used: launch.py REPORT COMMAND ...

Linux counts the memory a process inherits when it is started as its own peak. A large program that
starts a small one and then asks for the small one's peak is told its own. So commands are started
from here, from an interpreter that holds next to nothing: it imports only the smallest modules.
"""

import os
import signal
import sys
import time

SCALE = 1 << 20 if sys.platform == "darwin" else 1 << 10


def launch(arguments):
    # Whoever ends this process means the command, from the moment that there is one.
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
    child = os.fork()
    if child == 0:
        try:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGTERM])
            os.execvp(arguments[0], arguments)
        finally:
            os._exit(127)
    signal.signal(signal.SIGTERM, lambda *_: os.kill(child, signal.SIGTERM))
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGTERM])
    return os.wait4(child, 0)[1:]


def main():
    start = time.monotonic()
    status, usage = launch(sys.argv[2:])
    seconds = time.monotonic() - start
    code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status)
    with open(sys.argv[1], "w") as report:
        report.write(
            '{"code": %d, "seconds": %.6f, "cpu": %.6f, "peak": %.2f}'
            % (code, seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / SCALE))


main()
