"""An HTTP proxy before a store, which counts requests and spoils some.

counting-proxy.py UPSTREAM-PORT FOLDER listens on a loopback port of the system's choosing and prints
it. It appends each request's kind to FOLDER/requests, one a line: the HTTP method, or LIST for
a GET that lists a bucket.

FOLDER/faults is read at each request: lines of KIND COUNT WHAT. The first line of the request's kind
that was not used COUNT times yet spoils it. WHAT is

    a number    answer with this status; the store never hears of the request
    hang        never answer
    stale       answer what the request before, of the same kind and path, was answered
    skewed      answer as S3 does whom a clock sends that is a quarter of an hour wrong or more
    dated DAYS  move all times in the answer by so many days
    cut BYTES   pass so many bytes of the body on, then hang

A request whose other side went away while it hung is followed by "gone" in FOLDER/requests.
"""

import http.client
import os
import re
import socket
import sys
import threading
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

UPSTREAM, FOLDER = int(sys.argv[1]), sys.argv[2]
LOCK = threading.Lock()
used: dict[str, int] = {}
answers: dict[tuple[str, str], tuple[int, list, bytes]] = {}
# Nothing of a test hangs for longer.
HANGING_SECONDS = 60
SKEWED = (b"<?xml version='1.0' encoding='UTF-8'?><Error><Code>RequestTimeTooSkewed</Code><Message>The "
          b"difference between the request time and the current time is too large.</Message></Error>")
NEVER_PASSED_ON = {"connection", "transfer-encoding", "content-length", "keep-alive"}


def fault(kind: str) -> list[str]:
    """What to spoil a request with, in words; none where it is to be left alone."""
    try:
        with open(os.path.join(FOLDER, "faults")) as file:
            lines = file.read().splitlines()
    except FileNotFoundError:
        return []
    for line in lines:
        name, count, *what = line.split()
        if name == kind and used.get(line, 0) < int(count):
            used[line] = used.get(line, 0) + 1
            return what
    return []


def dated(days: int, status: int, headers: list, content: bytes) -> tuple[int, list, bytes]:
    """An answer whose times are all so many days later."""
    def later(text: str, form: str) -> str:
        return (datetime.strptime(text, form) + timedelta(days=days)).strftime(form)

    listed, sent = "%Y-%m-%dT%H:%M:%S", "%a, %d %b %Y %H:%M:%S GMT"
    headers = [(n, later(v, sent) if n.lower() in ("date", "last-modified") else v)
               for n, v in headers]
    content = re.sub(
        rb"(?<=<LastModified>)[^.Z<]+", lambda m: later(m[0].decode(), listed).encode(), content)
    return status, headers, content


class Proxy(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def note(self, text: str):
        with open(os.path.join(FOLDER, "requests"), "a") as file:
            file.write(text + "\n")

    def handle_request(self):
        kind = self.command
        if kind == "GET" and ("prefix=" in self.path or "list-type=" in self.path):
            kind = "LIST"
        with LOCK:
            self.note(kind)
            what = fault(kind)
        length = int(self.headers.get("Content-Length") or 0)
        if what[:1] == ["cut"]:
            self.cut(int(what[1]), length)
            return
        if what == ["hang"]:
            self.hang()
            return
        body = self.rfile.read(length)
        if what == ["stale"] and (kind, self.path) in answers:
            status, headers, content = answers[kind, self.path]
        elif what == ["skewed"]:
            status, headers, content = 403, [("Content-Type", "application/xml")], SKEWED
        elif what[:1] == ["dated"]:
            status, headers, content = dated(int(what[1]), *self.forward(body))
        elif what and what != ["stale"]:
            status, headers, content = int(what[0]), [], b""
        else:
            status, headers, content = self.forward(body)
            answers[kind, self.path] = (status, headers, content)
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in NEVER_PASSED_ON:
                self.send_header(name, value)
        if kind == "HEAD":
            lengths = [value for name, value in headers if name.lower() == "content-length"]
            self.send_header("Content-Length", lengths[0] if lengths else "0")
        elif status != 204:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if kind != "HEAD":
            self.wfile.write(content)

    def forward(self, body: bytes) -> tuple[int, list, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", UPSTREAM, timeout=HANGING_SECONDS)
        try:
            headers = {n: v for n, v in self.headers.items() if n.lower() not in NEVER_PASSED_ON}
            if body or "Content-Length" in self.headers:
                headers["Content-Length"] = str(len(body))
            connection.request(self.command, self.path, body or None, headers)
            answer = connection.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        finally:
            connection.close()

    def cut(self, count: int, length: int):
        """The store sees a request whose body breaks off when the other side goes away."""
        with socket.create_connection(("127.0.0.1", UPSTREAM)) as upstream:
            lines = [f"{self.command} {self.path} HTTP/1.1"]
            lines += [f"{name}: {value}" for name, value in self.headers.items()]
            upstream.sendall("\r\n".join(lines + ["", ""]).encode())
            upstream.sendall(self.rfile.read(min(length, count)))
            self.note("cut")
            self.hang()

    def hang(self):
        """Until the other side goes away."""
        self.close_connection = True
        self.connection.settimeout(HANGING_SECONDS)
        try:
            while self.connection.recv(1 << 16):
                pass
        except OSError:
            pass
        self.note("gone")


for method in "GET HEAD PUT POST DELETE OPTIONS PROPFIND PROPPATCH MKCOL MOVE COPY".split():
    setattr(Proxy, "do_" + method, Proxy.handle_request)

class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        """Connections that break off are what the tests are for."""


server = Server(("127.0.0.1", 0), Proxy)
print("listening on port", server.server_address[1], flush=True)
server.serve_forever()
