"""The reader's page: how long its server takes for a list and for an article of 100 kB, once warm."""

import http.client
import json
import re
import time

import measuring
import tables
from satchel_contender import SatchelContender

REQUESTS = 50
ARTICLE_BYTES = 100_000


class Page(SatchelContender):
    name = "satchel web"
    durability = "reads only"

    def prepare(self):
        self.create("a")
        self.satchel("a", "import", "markdown", self.setting.corpus.folder)
        (self.folder / "long.md").write_text(self.long_text())
        self.satchel("a", "import", "markdown", "long.md")
        self.times, self.bytes = {"list": [], "article": []}, {}

    def long_text(self):
        """Pages one behind the other, up to 100 kB."""
        text, size = ["# A long article"], 0
        for file in self.setting.corpus.files:
            page = (self.setting.corpus.folder / file).read_text(errors="replace")
            text.append(page)
            size += len(page.encode())
            if size >= ARTICLE_BYTES:
                return "\n\n".join(text)
        return "\n\n".join(text * (ARTICLE_BYTES // size + 1))

    def measured(self):
        server = measuring.Server(
            [self.setting.tool, "-L", "a", "web", "--json"], self.folder, self.environment,
            ready=json.loads)
        try:
            self.ask(server.port)
        finally:
            server.close()
        self.add("server", server.usage)

    def ask(self, started):
        connection = http.client.HTTPConnection(started["address"], started["port"])
        root, cookie = self.entered(connection, started["link"])
        listed = json.loads(self.satchel("a", "list", "title:long", "--json"))["articles"]
        places = {"list": root, "article": f"{root}article/{listed[0]['id']}"}
        for name, place in places.items():
            for number in range(REQUESTS + 1):
                begin = time.monotonic()
                body = self.get(connection, place, {"Cookie": cookie})[1]
                # The first is not warm.
                if number:
                    self.times[name].append(time.monotonic() - begin)
            self.bytes[f"{name} kB"] = len(body) / 1000
        connection.close()

    def entered(self, connection, link):
        """Where the page lies, and the cookie that opens it."""
        _, body = self.get(connection, link[link.index("/", 8):], {})
        place = re.search(rb'url=([^"]+)"', body).group(1).decode().replace("&amp;", "&")
        answer, _ = self.get(connection, place, {})
        return answer.getheader("Location"), answer.getheader("Set-Cookie").split(";")[0]

    @staticmethod
    def get(connection, place, headers):
        connection.request("GET", place, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        if answer.status not in (200, 303):
            raise measuring.Failure(f"{place} was answered with {answer.status}")
        return answer, body

    def finish(self):
        self.extras = {
            f"{name} ms": 1000 * measuring.summary(times)["median"]
            for name, times in self.times.items()}
        self.extras.update(self.bytes)


def rows(setting):
    with setting.taking_part("reader-page", [Page]) as (running, missing):
        measuring.interleave(running, setting.rounds)
        for contender in running:
            contender.finish()
        yield tables.row(
            "reader-page", f"a list and an article of 100 kB, {REQUESTS} times a round, of "
            f"{setting.corpus}", running,
            [tables.Goal("list ms", 20), tables.Goal("article ms", 20), tables.Goal("list kB", 100),
             tables.MEMORY], missing)
