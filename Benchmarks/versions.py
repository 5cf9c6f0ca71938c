"""Which version of what took part, and on what machine."""

import importlib
import importlib.metadata
import os
import platform
import shutil
import sqlite3
import subprocess
import time

PROGRAMS = {
    "git": ["git", "--version"], "rsync": ["rsync", "--version"],
    "fossil": ["fossil", "version"], "tar": ["tar", "--version"],
    "gzip": ["gzip", "--version"], "xz": ["xz", "--version"],
    "sqlite3": ["sqlite3", "--version"], "sqlite3_rsync": ["sqlite3_rsync", "--version"],
}
MODULES = ["apsw", "loro", "pycrdt"]


def versions(tool):
    found = {"satchel": first_line([str(tool), "--version"])}
    for name, command in PROGRAMS.items():
        found[name] = first_line(command) if shutil.which(name) else None
    for name in MODULES:
        found[name] = importlib.metadata.version(name) if installed(name) else None
    return {**found, "python": platform.python_version(), "python_sqlite": sqlite3.sqlite_version}


def machine():
    return {
        "system": platform.platform(), "processors": os.cpu_count(),
        "load": round(os.getloadavg()[0], 2), "date": time.strftime("%Y-%m-%d")}


def installed(module):
    try:
        importlib.import_module(module)
        return True
    except ImportError:
        return False


def first_line(command):
    done = subprocess.run(command, capture_output=True, text=True)
    return ((done.stdout or done.stderr).splitlines() or [""])[0]
