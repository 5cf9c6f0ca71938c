"""What the contenders of several rows share about git, rsync, Fossil and SQLite."""

import os
import pathlib

import contenders
import measuring

SESSION_PAGES = pathlib.Path(__file__).with_name("session_pages.py")


class GitContender(contenders.Contender):
    durability = ("core.fsync as it comes: packs and their indexes fsynced; refs, loose objects "
                  "and the working tree not")
    programs = ("git",)
    settings = ["-c", "user.name=bench", "-c", "user.email=bench@example.org", "-c", "gc.auto=0",
                "-c", "maintenance.auto=false"]

    def git(self, repository, *arguments):
        return self.do("git", "-C", repository, *self.settings, *arguments)

    def git_phase(self, phase, repository, *arguments):
        self.phase(phase, "git", "-C", repository, *self.settings, *arguments)

    def commit(self, repository):
        self.git(repository, "add", ".")
        self.git(repository, "commit", "-q", "-m", "pages")

    def serve(self, name):
        port = measuring.free_port()
        return measuring.Server(
            ["git", "daemon", f"--base-path={self.folder / name}", "--export-all",
             "--listen=127.0.0.1", f"--port={port}"],
            self.folder, self.environment, port=port)


class RsyncContender(contenders.Contender):
    durability = "nothing fsynced; files verified by checksum as they arrive"
    programs = ("rsync",)

    def serve(self, name):
        """A daemon with one module, `pages`. It stays who it is, also where that is root."""
        port, settings = measuring.free_port(), self.folder / f"{name}.conf"
        owner = "uid = 0\ngid = 0\n" if os.geteuid() == 0 else ""
        settings.write_text(
            f"use chroot = no\n{owner}[pages]\npath = {self.folder / name}\nread only = yes\n")
        return measuring.Server(
            ["rsync", "--daemon", "--no-detach", f"--config={settings}", "--address=127.0.0.1",
             f"--port={port}"],
            self.folder, self.environment, port=port)


class FossilContender(contenders.Contender):
    durability = "SQLite transactions with Fossil's settings; artifacts verified by hash"
    programs = ("fossil",)

    def commit(self, checkout):
        self.do_in(checkout, "add", "--force", ".")
        self.do_in(checkout, "commit", "-m", "pages", "--no-warnings", "--nosign")

    def do_in(self, checkout, *arguments):
        return measuring.read(["fossil", *arguments], self.folder / checkout, self.environment)

    def new(self, repository):
        """Without the process that Fossil leaves behind for a minute after a request."""
        self.do("fossil", "new", repository)
        self.do("fossil", "settings", "backoffice-disable", "on", "-R", repository)

    def open(self, repository, checkout):
        (self.folder / checkout).mkdir()
        self.do_in(checkout, "open", f"../{repository}")

    def serve(self, repository):
        port = measuring.free_port()
        return measuring.Server(
            ["fossil", "server", repository, "--localhost", "--port", port, "--nojail"],
            self.folder, self.environment, port=port)


class SessionContender(contenders.Contender):
    name = "sqlite session"
    durability = "WAL, synchronous = FULL, one transaction; nothing verified"
    modules = ("apsw",)

    def session(self, *arguments):
        """One of session_pages.py's commands, not measured."""
        measuring.work([SESSION_PAGES, *arguments], self.folder, self.environment)

    def session_phase(self, phase, *arguments):
        self.working_phase(phase, SESSION_PAGES, *arguments)
