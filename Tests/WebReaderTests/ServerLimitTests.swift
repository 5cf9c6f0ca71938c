import Satchel
import Testing

@testable import WebReader

/// What a client may ask for, and how long it may take (Protocol 11.1).
@Suite(.timeLimit(.minutes(1))) struct ServerLimitTests {
  @Test(arguments: [(-1, 403), (0, 403), (1, 431)])
  func `a head has a limit, to the byte`(beyond: Int, status: Int) async throws {
    try await TestServer.run { server in
      let request = server.request("GET", "")
      let filler = String(repeating: "a", count: (8 << 10) - request.utf8.count - 5 + beyond)
      let whole = request.replacing("\r\n\r\n", with: "\r\nX: \(filler)\r\n\r\n")
      #expect(whole.utf8.count == (8 << 10) + beyond)
      let answer = try await server.answer(to: whole)
      #expect(answer.status == status)
    }
  }

  @Test func `a head without an end is refused when it is too long`() async throws {
    try await TestServer.run { server in
      let endless = "GET /" + String(repeating: "a", count: 20_000)
      let answer = try await server.answer(to: endless)
      #expect(answer.status == 431 && answer["connection"] == "close")
    }
  }

  @Test(arguments: [(-1, 200), (0, 200), (1, 413)])
  func `a form has a limit, to the byte`(beyond: Int, status: Int) async throws {
    try await TestServer.run { server in
      let session = try await server.session()
      let start = "token=\(session.token)&x="
      let form = start + String(repeating: "a", count: (64 << 10) - start.utf8.count + beyond)
      let answer = try await server.answer(
        to: server.request("POST", "settings", session, form: form))
      #expect(status == 413 ? answer.status == 413 : answer.status < 400)
      #expect((answer["connection"] == "close") == (status == 413))
    }
  }

  @Test(arguments: [(0, false), (1, true)])
  func `an upload has a limit, to the byte`(beyond: Int, isRefused: Bool) async throws {
    var limits = TestServer.patient
    limits.uploadBytes = 1_000
    try await TestServer.run(nil, limits) { server in
      let session = try await server.session()
      let start =
        "--b\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n\(session.token)\r\n"
        + "--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n"
      let end = "\r\n--b--\r\n"
      let count = 1_000 - start.utf8.count - end.utf8.count + beyond
      let form = start + String(repeating: "a", count: count) + end
      let request = server.request(
        "POST", "add", session, form: form,
        headers: ["Content-Type": "multipart/form-data; boundary=b"])
      let answer = try await server.answer(to: request)
      #expect((answer.status == 413) == isRefused && (isRefused || answer.status < 400))
      // Only this one address takes files.
      let other = server.request(
        "POST", "settings", session, form: form,
        headers: ["Content-Type": "multipart/form-data; boundary=b"]
      )
      #expect(try await server.answer(to: other).status == 415)
    }
  }

  @Test func `one connection more than there may be is closed, and its place is free again`()
    async throws
  {
    var limits = TestServer.patient
    limits.connections = 2
    try await TestServer.run(nil, limits) { server in
      let request = server.request("GET", "help", try await server.session())
      try await RawClient.connect(to: server.port) { first in
        try await first.send(request)
        #expect(try await first.answer().status == 200)
        try await RawClient.connect(to: server.port) { second in
          try await second.send(request)
          #expect(try await second.answer().status == 200)
          try await RawClient.connect(to: server.port) { third in
            try? await third.send(request)
            #expect(await third.textToEnd().isEmpty)
          }
          try await first.send(request)
          #expect(try await first.answer().status == 200)
        }
        // The server hears of it soon.
        while (try? await server.answer(to: request).status) != 200 { await Task.yield() }
      }
    }
  }

  @Test func `whoever is refused keeps no connection, and so no place of the reader's`()
    async throws
  {
    try await TestServer.run { server in
      let reader = try await server.session(isReadOnly: true)
      for request in [
        server.request("GET", ""), server.request("GET", "/x"), server.request("PUT", ""),
        server.request("GET", "", headers: ["Host": "evil.example"]),
        server.request("POST", "undo", reader, headers: ["Content-Length": "0"]),
        server.request("GET", "/start/aaaa"),
      ] {
        try await RawClient.connect(to: server.port) { client in
          try await client.send(request)
          let answer = try await client.answer()
          #expect(answer.status >= 400 && answer["connection"] == "close")
          #expect(await client.textToEnd().isEmpty)
        }
      }
    }
  }

  @Test func `a head that does not come, or stops, ends the connection`() async throws {
    var limits = TestServer.patient
    limits.patience = .milliseconds(100)
    try await TestServer.run(nil, limits) { server in
      let whole = server.request("GET", "")
      for beginning in ["", "G", String(whole.dropLast())] {
        try await RawClient.connect(to: server.port) { client in
          if !beginning.isEmpty { try await client.send(beginning) }
          #expect(await client.textToEnd().isEmpty, "\(beginning)")
        }
      }
    }
  }

  @Test func `a body that stops ends the connection`() async throws {
    var limits = TestServer.patient
    limits.patience = .milliseconds(100)
    try await TestServer.run(nil, limits) { server in
      let session = try await server.session()
      let request = server.request("POST", "settings", session, form: "token=\(session.token)")
      try await RawClient.connect(to: server.port) { client in
        try await client.send(String(request.dropLast()))
        #expect(await client.textToEnd().isEmpty)
      }
    }
  }

  @Test func `a connection on which nothing more is asked ends`() async throws {
    var limits = TestServer.patient
    limits.idle = .milliseconds(100)
    try await TestServer.run(nil, limits) { server in
      let session = try await server.session()
      try await RawClient.connect(to: server.port) { client in
        try await client.send(server.request("GET", "help", session))
        let answer = try await client.answer()
        #expect(answer.status == 200 && answer["connection"] == nil)
        #expect(await client.textToEnd().isEmpty)
      }
    }
  }

  @Test func `a client that takes nothing is left, and nobody waits for it`() async throws {
    var limits = TestServer.patient
    limits.taking = .milliseconds(200)
    try await TestServer.run(nil, limits) { server in
      let request = server.request("GET", "help", try await server.session())
      try await RawClient.connect(to: server.port, takesLittle: true) { stubborn in
        // Answers to more than the system keeps for who does not read.
        let many = String(repeating: request, count: 1_000)
        var isLeft = false
        for _ in 0..<1_000 where !isLeft {
          isLeft = (try? await stubborn.send(many)) == nil
          let answer = try await server.answer(to: request)
          #expect(answer.status == 200)
        }
        #expect(isLeft)
      }
    }
  }

  @Test func `a client that sends byte by byte is answered, and others meanwhile`() async throws {
    try await TestServer.run { server in
      let session = try await server.session()
      let request = server.request("POST", "settings", session, form: "token=\(session.token)")
      try await RawClient.connect(to: server.port) { slow in
        for (index, byte) in request.utf8.enumerated() {
          try await slow.send([byte])
          if index % 50 == 0 {
            #expect(try await server.answer(to: server.request("GET", "")).status == 403)
          }
        }
        #expect(try await slow.answer().status < 400)
      }
    }
  }
}
