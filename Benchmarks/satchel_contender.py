"""What our contenders share: libraries, invitations, servers."""

import json
import pathlib

import contenders
import measuring


class SatchelContender(contenders.Contender):
    name = "satchel"
    durability = ("every transaction, file and folder fsynced; bodies verified by SHA-256; "
                  "sealed, signed, bundles read back")

    def satchel(self, library, *arguments):
        """A command on a library, not measured."""
        return self.do(self.setting.tool, "-L", library, *arguments)

    def satchel_phase(self, phase, library, *arguments):
        self.phase(phase, self.setting.tool, "-L", library, *arguments)

    def create(self, library):
        """The first replica, and an invitation to it."""
        self.do(self.setting.tool, "init", library, "--name", library)
        self.satchel(library, "invite", "--file", "invitation")

    def join(self, library):
        self.do(self.setting.tool, "join", "invitation", library, "--name", library)

    def carry(self, source, target):
        """All that one replica holds, to another one, as a bundle."""
        self.satchel(source, "bundle", "create", "carried.satchel")
        self.satchel(target, "merge", "carried.satchel")
        self.remove("carried.satchel")

    def mark(self, library, count):
        """Marks that many articles as read."""
        listed = json.loads(self.satchel(library, "list", "--all", "--json"))["articles"]
        self.satchel(library, "mark", "read", *(article["id"] for article in listed[:count]))

    def state(self, library):
        return json.loads(self.satchel(library, "status", "--json"))

    def serve(self, library):
        return measuring.Server(
            [self.setting.tool, "-L", library, "serve", "--bind", "127.0.0.1", "--port", "0",
             "--json"],
            self.folder, self.environment, ready=lambda line: json.loads(line)["port"])

    def secret(self, library):
        """The library's secret, read from its file as chapter 4.5 of the specification says."""
        alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
        text = pathlib.Path(self.folder, library, "secret").read_text().strip().lower()
        letters = text[len("satchel1"):-6]
        bits = "".join(f"{alphabet.index(letter):05b}" for letter in letters)
        data = bytes(int(bits[at:at + 8], 2) for at in range(0, len(bits) - 7, 8))
        return data[1:33]
