import Files
import Satchel
import Testing

@testable import WebReader

/// Who gets in, over a socket (Protocol 11.2).
@Suite struct ServerAccessTests {
  @Test func `a link leads a browser in, once, and its cookie is for the prefix alone`()
    async throws
  {
    try await TestServer.run { server in
      let link = await server.door.link(to: "abc")
      let root = "http://\(server.host)"
      #expect(link.hasPrefix("\(root)/start/"))
      let start = try await server.answer(
        to: server.request("GET", String(link.dropFirst(root.count))))
      #expect(start.status == 200 && start["set-cookie"] == nil)
      let place = try #require(start.body.firstMatch(of: /url=([^"]+)"/)?.1)
      let entered = try await server.answer(to: server.request("GET", String(place)))
      #expect(entered.status == 303 && entered["location"] == "/\(server.prefix)/article/abc")
      let cookie = try #require(entered["set-cookie"])
      #expect(cookie.hasPrefix("satchel-\(server.port)="))
      #expect(cookie.hasSuffix("; Path=/\(server.prefix)/; HttpOnly; SameSite=Strict"))
      let value = String(cookie.prefix { $0 != ";" })
      let page = try await server.answer(
        to: server.request(
          "GET", "help", headers: ["Cookie": value, "Sec-Fetch-Site": "same-origin"]))
      #expect(page.status == 200)
      // A second time it is nobody's; whoever is in goes on.
      for path in [String(link.dropFirst(root.count)), String(place)] {
        #expect(try await server.answer(to: server.request("GET", path)).status == 403)
      }
      let again = try await server.answer(
        to: server.request("GET", String(place), headers: ["Cookie": value]))
      #expect(again.status == 303 && again["set-cookie"] == nil)
    }
  }

  @Test func `a link leads on to this page alone`() async throws {
    try await TestServer.run { server in
      for to in ["http://evil.example/", "//evil.example/", "/other/", "/\(server.prefix)x/"] {
        let code = await server.door.gatekeeper.doorkeeper.issue()
        let path = "start/\(code)?to=\(PercentText.encoded(to))"
        let entered = try await server.answer(to: server.request("GET", path))
        #expect(entered["location"] == "/\(server.prefix)/", "\(to)")
      }
    }
  }

  @Test func `a program that looks ahead uses no code up`() async throws {
    try await TestServer.run { server in
      let code = await server.door.gatekeeper.doorkeeper.issue()
      for path in ["/start/\(code)", "start/\(code)"] {
        let answer = try await server.answer(
          to: server.request("HEAD", path), headOnly: true)
        #expect(answer.status >= 400)
      }
      #expect(await server.door.gatekeeper.doorkeeper.isGood(code))
    }
  }

  @Test func `whoever has no session sees how to get one, and nothing of the library`() async throws
  {
    let library = try await Library.inMemory(name: "my-study")
    try await TestServer.run(library) { server in
      let session = try await server.session()
      let stale = BrowserSession(
        cookie: String(session.cookie.reversed()), token: session.token, name: "x",
        isReadOnly: false)
      for request in [
        server.request("GET", ""), server.request("GET", "", stale),
        server.request("POST", "undo", stale, form: "token=\(session.token)"),
        server.request("GET", "/start/aaaaaaaaaaaaaaaaaaaaaaaaaa"),
        server.request("GET", "start/aaaaaaaaaaaaaaaaaaaaaaaaaa"),
        server.request("GET", "events"),
      ] {
        let answer = try await server.answer(to: request)
        #expect(answer.status == 403)
        #expect(answer.body.contains("satchel web --open") && answer.body.contains("打开"))
        #expect(!answer.body.contains(server.prefix) && !answer.body.contains("my-study"))
      }
    }
  }

  @Test func `who guesses the port and not the prefix finds nothing, session or not`() async throws
  {
    try await TestServer.run { server in
      let session = try await server.session()
      for path in ["/", "/favicon.ico", "/\(server.prefix)", "/aaaaaaaaaaaaaaaa/", "/..", "//"] {
        let answer = try await server.answer(to: server.request("GET", path, session))
        #expect(answer.status == 404 && !answer.body.contains(server.prefix), "\(path)")
      }
      #expect(try await server.answer(to: server.request("GET", "", session)).status == 200)
      #expect(try await server.answer(to: server.request("GET", "..", session)).status == 404)
    }
  }

  @Test func `a request of another host, or of another site's page, is refused`() async throws {
    try await TestServer.run { server in
      let session = try await server.session()
      for headers in [
        ["Host": "127.0.0.1.evil.example"], ["Host": "evil.example:\(server.port)"],
        ["Host": "127.0.0.1:\(server.port + 1)"], ["Host": "localhost"],
        ["Host": "127.0.0.1"], ["Sec-Fetch-Site": "cross-site"],
        ["Sec-Fetch-Site": "same-site"], ["Sec-Fetch-Site": ""],
      ] {
        let answer = try await server.answer(
          to: server.request("GET", "", session, headers: headers))
        #expect(answer.status == 403 && !answer.body.contains(server.prefix), "\(headers)")
      }
      for headers in [
        ["Host": "localhost:\(server.port)"], ["Sec-Fetch-Site": "none"],
        ["Sec-Fetch-Site": "same-origin"],
      ] {
        let answer = try await server.answer(
          to: server.request("GET", "", session, headers: headers))
        #expect(answer.status == 200, "\(headers)")
      }
    }
  }

  @Test func `a form needs its origin, its token and a session that may write`() async throws {
    try await TestServer.run { server in
      let session = try await server.session()
      let other = try await server.session()
      let reader = try await server.session(isReadOnly: true)
      let form = "token=\(session.token)&size=large"
      for (session, form, headers) in [
        (session, form, ["Origin": TestServer.unsent]), (session, form, ["Origin": "null"]),
        (session, form, ["Origin": "http://evil.example"]),
        (session, form, ["Origin": "http://localhost:\(server.port)"]),
        (session, form, ["Origin": "http://127.0.0.1:\(server.port + 1)"]),
        (session, form, ["Sec-Fetch-Site": "cross-site"]),
        (session, "size=large", [:]), (session, "token=&size=large", [:]),
        (session, "token=\(other.token)", [:]), (session, "token=\(session.cookie)", [:]),
        (session, form, ["Satchel-Token": other.token]),
        (reader, "token=\(session.token)&size=large", [:]),
      ] as [(BrowserSession, String, [String: String])] {
        let answer = try await server.answer(
          to: server.request("POST", "settings", session, form: form, headers: headers))
        #expect(answer.status == 403, "\(form) \(headers)")
      }
      for path in ["undo", "list/mark", "add", "settings/x", "sync"] {
        let request = server.request("POST", path, reader, form: "token=\(reader.token)")
        #expect(try await server.answer(to: request).status == 403, "\(path)")
      }
      for (form, headers) in [(form, [:]), ("size=large", ["Satchel-Token": session.token])]
        as [(String, [String: String])]
      {
        let answer = try await server.answer(
          to: server.request("POST", "settings", session, form: form, headers: headers))
        #expect(answer.status < 400, "\(form)")
      }
      #expect(try await server.answer(to: server.request("GET", "", reader)).status == 200)
    }
  }

  @Test func `cookies that another server of this machine left keep nobody out`() async throws {
    try await TestServer.run { server in
      let session = try await server.session()
      let own = "satchel-\(server.port)=\(session.cookie)"
      for cookie in ["x=é; \(own)", "\(own); 茶=\u{80}", "é; \(own)", "x=\"ü\"; y; \(own)"] {
        for name in ["Cookie", "cookie", "COOKIE"] {
          let request = server.request("GET", "help", headers: [name: cookie])
          #expect(try await server.answer(to: request).status == 200, "\(cookie)")
        }
      }
      // Bytes that are no text either.
      let request = server.request("GET", "help", headers: ["Cookie": "x=@; \(own)"])
      let bytes = request.utf8.map { $0 == UInt8(ascii: "@") ? 0xFF : $0 }
      let answer = try await RawClient.connect(to: server.port) { client in
        try await client.send(bytes)
        return try await client.answer()
      }
      #expect(answer.status == 200)
    }
  }

  @Test func `another process gets in with the key in its file, and with nothing else`()
    async throws
  {
    try await TestServer.run { server in
      let state = server.library.folder.appending("web-state")
      let page = try #require(RunningPage(of: server.library.folder, stateDirectory: state))
      #expect(page.port == server.port)
      let link = try #require(await page.link(to: "a b"))
      #expect(link.hasSuffix("?to=%2F\(server.prefix)%2Farticle%2Fa%2520b"))
      let code = try #require(link.firstMatch(of: /start\/([a-z2-7]+)/)?.1)
      #expect(await server.door.gatekeeper.doorkeeper.isGood(String(code)))
      let key = server.door.gatekeeper.key
      for headers in [[:], ["Satchel-Key": ""], ["Satchel-Key": String(key.dropLast())]]
        as [[String: String]]
      {
        let answer = try await server.answer(
          to: server.request(
            "POST", "/control", headers: headers.merging(["Content-Length": "0"]) { $1 }))
        #expect(answer.status == 403)
      }
      let wrongHost = ["Satchel-Key": key, "Host": "evil.example", "Content-Length": "0"]
      #expect(
        try await server.answer(to: server.request("POST", "/control", headers: wrongHost)).status
          == 403)
      #expect(
        try await server.answer(
          to: server.request("GET", "/control", headers: ["Satchel-Key": key])
        )
        .status == 405)
    }
  }

  @Test func `the file for other processes is its owner's, and goes with the page`() async throws {
    let library = try await Library.inMemory()
    let state = library.folder.appending("web-state")
    try await TestServer.run(library) { server in
      let names = try Folder.names(in: state, startingWith: "web-")
      let file = state.appending(try #require(names.first))
      #expect(names.count == 1)
      #expect(try FileStatus(of: file, followingLinks: false).mode == 0o600)
      // A second page of the library leaves the first one its file.
      try await TestServer.run(library) { second in
        #expect(second.port != server.port)
        #expect(RunningPage(of: library.folder, stateDirectory: state)?.port == server.port)
      }
      #expect(RunningPage(of: library.folder, stateDirectory: state)?.port == server.port)
      #expect(RunningPage(of: state, stateDirectory: state) == nil)
    }
    #expect(RunningPage(of: library.folder, stateDirectory: state) == nil)
    #expect(try Folder.names(in: state, startingWith: "web-").isEmpty)
  }

  @Test func `a file whose page was killed is nobody's, and the next page takes its place`()
    async throws
  {
    let library = try await Library.inMemory()
    let state = library.folder.appending("web-state")
    try await TestServer.run(library) { _ in
      let name = try #require(try Folder.names(in: state, startingWith: "web-").first)
      let bytes = try InputFile.contents(of: state.appending(name), .found, limit: 1_000)
      try state.appending(name).remove()
      // The same bytes, without anybody who holds them.
      try OutputFile.write(bytes, to: state.appending(name), .owner, .new)
    }
    #expect(RunningPage(of: library.folder, stateDirectory: state) == nil)
    try await TestServer.run(library) { server in
      #expect(RunningPage(of: library.folder, stateDirectory: state)?.port == server.port)
    }
  }
}
