"""A relay on loopback that counts the bytes going through it."""

import socket
import threading


class Relay:
    """Passes connections on to a port of this machine. `sent` and `received` are the client's, and
    are what TCP carried, without its own headers. `turns` says how often the client, having
    spoken, heard an answer: the round trips, where the two do not speak at once."""

    def __init__(self, port):
        self.target = port
        self.sent = self.received = self.turns = 0
        self.client_spoke_last = False
        self.lock = threading.Lock()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.listener.close()

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self.target))
            for source, sink, note in (
                    (client, server, self.note_sent), (server, client, self.note_received)):
                threading.Thread(target=pump, args=(source, sink, note), daemon=True).start()

    def note_sent(self, count):
        with self.lock:
            self.sent += count
            self.client_spoke_last = True

    def note_received(self, count):
        with self.lock:
            self.received += count
            self.turns += self.client_spoke_last
            self.client_spoke_last = False

    def counted(self):
        """Bytes both ways and turns since the last call."""
        with self.lock:
            counts = {"sent": self.sent, "received": self.received,
                      "bytes": self.sent + self.received, "turns": self.turns}
            self.sent = self.received = self.turns = 0
            self.client_spoke_last = False
        return counts


def pump(source, sink, note):
    """Passes bytes on until one side ends, and passes the end on as well."""
    try:
        while data := source.recv(1 << 16):
            note(len(data))
            sink.sendall(data)
    except OSError:
        pass
    finally:
        try:
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            pass
