import Satchel
import Testing

@testable import WebReader

/// How requests are read and answered, over a socket.
@Suite(.timeLimit(.minutes(1))) struct ServerRequestTests {
  @Test func `every answer carries what keeps pages apart from others`() async throws {
    try await TestServer.run { server in
      let session = try await server.session()
      for request in [
        server.request("GET", "", session), server.request("GET", ""),
        server.request("GET", "/nothing"), server.request("GET", "", headers: ["Host": "x"]),
        server.request("PUT", "", session), "GET / HTTP/1.1\r\n\r\n",
        server.request("POST", "undo", session, form: ""),
      ] {
        let answer = try await server.answer(to: request)
        for (name, value) in ResponseWriter.common {
          #expect(answer[name.lowercased()] == value, "\(answer.status)")
        }
        #expect(answer["cache-control"] == "no-store" && answer["date"] != nil)
        #expect(answer["content-length"] == "\(answer.body.utf8.count)")
      }
      let policy = try #require(
        ResponseWriter.common.first { $0.name.hasPrefix("Content-") }?.value)
      #expect(policy.hasPrefix("default-src 'none'; ") && !policy.contains("unsafe"))
    }
  }

  @Test func `HEAD is answered as GET, without a body`() async throws {
    try await TestServer.run { server in
      let session = try await server.session()
      try await RawClient.connect(to: server.port) { client in
        try await client.send(server.request("GET", "help", session))
        let whole = try await client.answer()
        try await client.send(server.request("HEAD", "help", session))
        let head = try await client.answer(headOnly: true)
        #expect(head.status == 200 && head["content-length"] == whole["content-length"])
        try await client.send(server.request("GET", "help", session))
        #expect(try await client.answer().body == whole.body)
      }
    }
  }

  @Test func `HEAD of a picture says how long it is`() async throws {
    let library = try await Library.inMemory()
    var draft = ArticleDraft(title: "A", format: .markdown, body: Array("![a](a.gif)".utf8))
    let bytes = Array("GIF89a".utf8) + [UInt8](repeating: 7, count: 2 << 20)
    draft.images = [ImageDraft(reference: "a.gif", bytes: bytes)]
    let row = try #require(try await library.article(try await library.add(draft).id))
    let hash = try #require(try await library.images(of: row)["a.gif"])
    try await TestServer.run(library) { server in
      let session = try await server.session()
      try await RawClient.connect(to: server.port) { client in
        for method in ["HEAD", "GET", "HEAD"] {
          try await client.send(server.request(method, "image/\(hash)", session))
          let answer = try await client.answer(headOnly: method == "HEAD")
          #expect(answer.status == 200 && answer["content-type"] == "image/gif")
          #expect(answer["content-length"] == "\(bytes.count)")
        }
      }
    }
  }

  @Test(arguments: ["PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "PROPFIND"])
  func `other methods are none`(method: String) async throws {
    try await TestServer.run { server in
      let session = try await server.session()
      let answer = try await server.answer(to: server.request(method, "", session))
      #expect(answer.status == 405 && answer["allow"] == "GET, HEAD, POST")
    }
  }

  @Test func `requests that come at once are answered in their order`() async throws {
    try await TestServer.run { server in
      let session = try await server.session()
      let form = "token=\(session.token)"
      let requests = [
        server.request("GET", "help", session), server.request("GET", "nothing/here", session),
        server.request("POST", "settings", session, form: form),
        server.request("GET", "x", session),
        server.request("GET", "", session, headers: ["Connection": "close"]),
        server.request("GET", "/never", session),
      ]
      try await RawClient.connect(to: server.port) { client in
        try await client.send(requests.joined())
        var statuses: [Int] = []
        while let answer = try? await client.answer() { statuses.append(answer.status) }
        #expect(statuses.count == 5)
        #expect(statuses.prefix(2) == [200, 404] && statuses[2] < 400)
        #expect(statuses.suffix(2) == [404, 200])
      }
    }
  }

  @Test func `a body that is kept back is asked for, unless it is not wanted`() async throws {
    try await TestServer.run { server in
      let session = try await server.session()
      let form = "token=\(session.token)"
      let waiting = ["Expect": "100-continue"]
      try await RawClient.connect(to: server.port) { client in
        let request = server.request("POST", "settings", session, form: form, headers: waiting)
        try await client.send(String(request.dropLast(form.count)))
        #expect(try await client.answer(headOnly: true).status == 100)
        try await client.send(form)
        #expect(try await client.answer().status < 400)
      }
      try await RawClient.connect(to: server.port) { client in
        let request = server.request("POST", "settings", nil, form: form, headers: waiting)
        try await client.send(String(request.dropLast(form.count)))
        let answer = try await client.answer()
        #expect(answer.status == 403 && answer["connection"] == "close")
      }
    }
  }

  @Test(arguments: [
    ("GET / HTTP/1.1\nHost: H\n\n\r\n\r\n", 400), ("GET / HTTP/1.1\r\nHost: H\nX: y\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: H\r\n X: y\r\n\r\n", 400), ("GET / HTTP/1.1\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: H\r\nHost: H\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost : H\r\n\r\n", 400), ("GET / HTTP/1.1\r\nHost: H\rX: y\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: H\r\nX: \u{0}\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: H\r\nX: é\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: H\r\nX: Cookie:é\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: H\r\nCookieé: x\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: H\r\nCookie: x\r\nX: é\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: H\r\nCookie: \u{7F}\r\n\r\n", 400),
    ("cookie:é / HTTP/1.1\r\nHost: H\r\n\r\n", 400),
    ("GET http://H/ HTTP/1.1\r\nHost: H\r\n\r\n", 400),
    ("GET /% HTTP/1.1\r\nHost: H\r\n\r\n", 400), ("GET /\r\nHost: H\r\n\r\n", 400),
    ("GET  / HTTP/1.1\r\nHost: H\r\n\r\n", 400), ("G\u{1}T / HTTP/1.1\r\nHost: H\r\n\r\n", 400),
    ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505), ("\r\n\r\n\r\n\r\n", 400),
    ("\u{16}\u{3}\u{1}\u{0}hello\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\nHost: H\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx", 400),
    ("POST / HTTP/1.1\r\nHost: H\r\nContent-Length: 1, 1\r\n\r\nx", 400),
    ("POST / HTTP/1.1\r\nHost: H\r\nContent-Length: +1\r\n\r\nx", 400),
    ("POST / HTTP/1.1\r\nHost: H\r\nContent-Length: -1\r\n\r\nx", 400),
    ("POST / HTTP/1.1\r\nHost: H\r\nContent-Length: 99999999999999999999\r\n\r\nx", 400),
    ("POST / HTTP/1.1\r\nHost: H\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 501),
    ("POST / HTTP/1.1\r\nHost: H\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 501),
    (
      "POST / HTTP/1.1\r\nHost: H\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      501
    ),
    ("GET / HTTP/1.1\r\nHost: H\r\nExpect: the-moon\r\n\r\n", 417),
  ])
  func `what two programs may read in two ways ends the connection`(
    request: String, status: Int
  ) async throws {
    try await TestServer.run { server in
      let second = server.request("GET", "/second")
      let text = request.replacing(": H", with: ": \(server.host)")
      try await RawClient.connect(to: server.port) { client in
        try await client.send(text + second)
        let answer = try await client.answer()
        // Of Transfer-Encoding the parser refuses some shapes before we do.
        #expect(answer.status == status || status == 501 && answer.status == 400)
        #expect((try? await client.answer()) == nil)
      }
    }
  }

  @Test func `a client of HTTP 1.0 is answered and left`() async throws {
    try await TestServer.run { server in
      let session = try await server.session()
      let request = server.request("GET", "help", session).replacing("HTTP/1.1", with: "HTTP/1.0")
      try await RawClient.connect(to: server.port) { client in
        try await client.send(request)
        let answer = try await client.answer()
        #expect(answer.status == 200 && answer["connection"] == "close")
        #expect(await client.textToEnd().isEmpty)
      }
    }
  }

  @Test(arguments: 0..<UInt64(40))
  func `noise ends nothing but its connection`(seed: UInt64) async throws {
    try await TestServer.run { server in
      var generator = Noise(seed: seed)
      let request = Array(server.request("GET", "").utf8)
      let bytes = generator.spoilt(request)
      try await RawClient.connect(to: server.port) { client in
        try? await client.send(bytes + Array("\r\n\r\n".utf8))
        _ = try? await client.answer()
      }
      #expect(try await server.answer(to: server.request("GET", "")).status == 403)
    }
  }
}
