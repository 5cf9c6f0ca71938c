"""A client that takes three steps over TCP, and how it is timed and its bytes are counted."""

import dataclasses

import contenders
import measuring
import relay

STAGES = ("first", "small", "no-op")
# Nothing changes in a no-op, so a round can ask several times.
REPEATS = 3


class OverTCP(contenders.Contender):
    """A contender starts two servers, and knows how a client takes each step."""

    def prepare(self):
        self.servers = []
        for serving in self.prepared():
            self.servers.append(serving())
        self.stages = {stage: [] for stage in STAGES}
        self.wire = {}

    def prepared(self):
        """Makes both states; returns what starts their servers."""
        raise NotImplementedError

    def step(self, stage, place):
        """The client's command for a stage."""
        raise NotImplementedError

    def round(self):
        self.clear()
        measuring.settle()
        one, two = self.places()
        self.take("first", one)
        self.take("small", two)
        for _ in range(REPEATS):
            self.take("no-op", two)

    def places(self):
        """Where the two states are to be had."""
        return [server.port for server in self.servers]

    def take(self, stage, place):
        self.stages[stage].append(
            measuring.run(self.step(stage, place), self.folder, self.environment))

    def count(self):
        self.clear()
        with relay.Relay(self.servers[0].port) as one, relay.Relay(self.servers[1].port) as two:
            for stage, counting in zip(STAGES, (one, two, two)):
                self.do(*self.step(stage, counting.port))
                self.wire[stage] = counting.counted()

    def at(self, stage):
        """This contender's result in one stage, as a row wants it."""
        wire = self.wire[stage]
        peaks = [server.usage.peak for server in self.servers if server.usage]
        return Stage(
            self.name, self.durability, [{"client": usage} for usage in self.stages[stage]],
            {"bytes": wire["bytes"]},
            {"sent": wire["sent"], "received": wire["received"], "turns": wire["turns"],
             "server MiB": round(max(peaks), 1) if peaks else None})

    def end_servers(self):
        for server in self.servers:
            server.close()

    def close(self):
        self.end_servers()
        super().close()


@dataclasses.dataclass
class Stage:
    name: str
    durability: str
    rounds: list
    sizes: dict
    extras: dict
