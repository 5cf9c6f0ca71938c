"""Answers requests for pictures as a good and as every kind of bad server does, on a loopback port of
the system's choosing. Paths that are asked for are noted in a file, one a line."""

import gzip
import http.server
import sys
import time

PNG = b"\x89PNG\r\n\x1a\n" + b"a picture" * 20
PICTURES = {
    "/map.png": PNG,
    "/map.jpeg": b"\xff\xd8\xff\xe0" + b"j" * 100,
    "/map.gif": b"GIF89a" + b"g" * 100,
    "/map.webp": b"RIFF\x10\x00\x00\x00WEBPVP8 ",
    "/map.avif": b"\x00\x00\x00\x1cftypavif" + b"\x00" * 16,
    "/drawing.svg": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "/page": b"<!doctype html><title>Log in</title>",
    "/empty": b"",
}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        with open(sys.argv[1], "a") as noted:
            noted.write(self.path + "\n")
        self.close_connection = True
        path, _, query = self.path.partition("?")
        if path in PICTURES:
            return self.answer(200, PICTURES[path])
        if path == "/to":
            return self.answer(302, b"", [("Location", query)])
        if path == "/chain":
            step = int(query)
            return self.answer(302, b"", [("Location", f"/chain?{step - 1}" if step else "/map.png")])
        if path == "/plain":
            # As a stranger asks, without what is the user's own.
            own = [name for name in ("Cookie", "Authorization", "Referer") if self.headers[name]]
            isPlain = not own and self.headers["User-Agent"] == "satchel"
            return self.answer(200 if isPlain else 403, PNG)
        if path == "/cookie":
            return self.answer(302, b"", [("Set-Cookie", "id=1"), ("Location", "/plain")])
        spoilt = getattr(self, path[1:], None)
        if spoilt:
            spoilt()
        else:
            self.answer(404, b"not here")

    def answer(self, status, body, headers=()):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def begin(self, headers=()):
        self.send_response(200)
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()

    def endless(self):
        self.begin()
        self.wfile.write(PNG)
        while True:
            self.wfile.write(bytes(1 << 16))

    def long(self):
        self.begin([("Content-Length", str((16 << 20) + 1))])
        self.wfile.write(PNG)

    def drip(self):
        self.begin()
        for byte in PNG * 100:
            self.wfile.write(bytes([byte]))
            time.sleep(0.1)

    def loop(self):
        self.answer(302, b"", [("Location", "/loop")])

    def silent(self):
        time.sleep(60)

    def bomb(self):
        self.begin([("Content-Encoding", "gzip")])
        self.wfile.write(gzip.compress(PNG + bytes(64 << 20)))

    def flood(self):
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            self.wfile.write(b"X-Header: " + b"x" * 1000 + b"\r\n")

    def broken(self):
        self.begin([("Content-Length", "1000")])
        self.wfile.write(PNG)

    def handle(self):
        try:
            super().handle()
        except OSError:
            pass  # Whoever asked had enough.

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
print(f"listening on port {server.server_address[1]}", flush=True)
server.serve_forever()
