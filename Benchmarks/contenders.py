"""What every contender is: a folder of its own, rounds of named phases, and sizes."""

import shutil

import measuring


class Contender:
    """One way to do a row's work. `prepare` runs once and is not measured; `round` runs in every
    round and measures each phase; `finish` runs once after the last."""

    name = ""
    # What has reached the disk, and what was checked, when it says it is done.
    durability = ""
    # Programs and Python modules without which it is left out.
    programs, modules = (), ()

    def __init__(self, setting, row):
        self.setting = setting
        self.folder = setting.folder / row / self.name.translate(str.maketrans(" +,", "---"))
        self.folder.mkdir(parents=True)
        self.environment = measuring.environment(self.folder)
        self.rounds, self.sizes, self.extras = [], {}, {}

    def prepare(self):
        pass

    def round(self):
        self.clear()
        measuring.settle()
        self.rounds.append({})
        self.measured()

    def clear(self):
        pass

    def measured(self):
        raise NotImplementedError

    def finish(self):
        pass

    def close(self):
        """Ends what it started and takes its files away."""
        shutil.rmtree(self.folder, ignore_errors=True)

    # What the rows call

    def do(self, *arguments):
        """Runs a command that is not measured, and returns what it printed."""
        return measuring.read(arguments, self.folder, self.environment)

    def phase(self, name, *arguments):
        """Runs a command as part of this round's phase of that name."""
        self.add(name, measuring.run(arguments, self.folder, self.environment))

    def working_phase(self, name, *arguments):
        """The same for one of our own programs, which times its work itself."""
        self.add(name, measuring.work(arguments, self.folder, self.environment))

    def add(self, name, usage):
        phases = self.rounds[-1]
        phases[name] = phases[name] + usage if name in phases else usage

    def remove(self, *names):
        for name in names:
            path = self.folder / name
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)

    def size(self, name):
        return measuring.size(self.folder / name)


def missing(kind, installed):
    """The programs and modules this contender needs and which are not here."""
    return [name for name in kind.programs if not shutil.which(name)] + [
        name for name in kind.modules if not installed(name)]
