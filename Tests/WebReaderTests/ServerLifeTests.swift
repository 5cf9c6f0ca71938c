import Satchel
import Synchronization
import Testing

@testable import WebReader

/// When a server ends, and what pages are told while it runs.
@Suite(.timeLimit(.minutes(1))) struct ServerLifeTests {
  /// A clock that goes on as far as somebody sleeps.
  private final class Sleeper: Sendable {
    private let passed = Mutex(Duration.zero)
    private let start = ContinuousClock.now
    let (naps, slept) = AsyncStream<Duration>.makeStream()

    var clock: WebClock {
      WebClock(
        now: { [self] in start + passed.withLock { $0 } },
        sleep: { [self] duration in
          slept.yield(duration)
          passed.withLock { $0 += duration }
          try Task.checkCancellation()
        })
    }
  }

  @Test func `it ends after an hour in which nobody asked for anything`() async throws {
    let sleeper = Sleeper()
    // It returns by itself.
    try await TestServer.run(clock: sleeper.clock) { _ in
      var slept = Duration.zero
      for await nap in sleeper.naps {
        slept += nap
        if slept >= .seconds(3_600) { break }
      }
      #expect(slept == .seconds(3_600))
    }
  }

  @Test func `rest begins anew with each request, and not while somebody looks on`() async throws {
    let time = Mutex(Duration.zero)
    let start = ContinuousClock.now
    let activity = Activity(now: { start + time.withLock { $0 } })
    let hour = Duration.seconds(3_600)
    time.withLock { $0 = .seconds(3_000) }
    #expect(await activity.rest(of: hour) == .seconds(600))
    await activity.note()
    #expect(await activity.rest(of: hour) == hour)
    await activity.beginWatching()
    time.withLock { $0 = .seconds(90_000) }
    #expect(await activity.rest(of: hour) == hour)
    await activity.endWatching()
    time.withLock { $0 += hour }
    #expect(await activity.rest(of: hour) == .zero)
  }

  @Test func `it ends at once when it is told to, with connections and events open`() async throws {
    try await TestServer.run { server in
      let session = try await server.session()
      // Both connections outlive the body, which is where the server is told to end.
      let (held, holder) = AsyncStream<Void>.makeStream()
      Task {
        try await RawClient.connect(to: server.port) { client in
          try await client.send(server.request("GET", "events?since=0", session))
          #expect(try await client.answer().status == 200)
          holder.finish()
          _ = await client.textToEnd()
        }
      }
      for await _ in held {}
    }
  }

  @Test func `a stream of events is of GET alone`() async throws {
    try await TestServer.run { server in
      let session = try await server.session()
      let head = server.request("HEAD", "events", session)
      #expect(try await server.answer(to: head, headOnly: true)["connection"] == "close")
      let old = server.request("GET", "events", session).replacing("HTTP/1.1", with: "HTTP/1.0")
      #expect(try await server.answer(to: old)["content-length"] == "0")
    }
  }

  @Test func `who cannot be told that it listens ends it`() async throws {
    struct Deaf: Error {}
    let library = try await Library.inMemory()
    var options = WebReader.Options()
    options.stateDirectory = library.folder.appending("web-state")
    let reader = WebReader(library)
    await #expect(throws: LibraryError.self) { try await reader.run(options) { _ in throw Deaf() } }
    #expect(RunningPage(of: library.folder, stateDirectory: options.stateDirectory) == nil)
  }

  @Test func `an open page is told of changes, and that the server lives`() async throws {
    var limits = TestServer.patient
    limits.heartbeat = .milliseconds(20)
    try await TestServer.run(nil, limits) { server in
      let session = try await server.session()
      let revision = try await server.library.revision()
      try await RawClient.connect(to: server.port) { client in
        try await client.send(server.request("GET", "events?since=\(revision)", session))
        let answer = try await client.answer()
        #expect(answer["content-type"] == "text/event-stream")
        #expect(answer["transfer-encoding"] == "chunked")
        #expect(try await client.text(upTo: "\n:\n\n").contains("change") == false)
        _ = try await server.library.add(ArticleDraft(title: "A", url: "https://example.org/"))
        _ = try await client.text(upTo: "event: change\ndata: ")
        let told = try await client.text(upTo: "\n\n")
        #expect(try await server.library.revision() >= Int64(told) ?? 0)
        #expect((Int64(told) ?? 0) > revision)
      }
      // A page that shows a run is told at once where none goes on any more.
      try await RawClient.connect(to: server.port) { client in
        try await client.send(server.request("GET", "events?since=\(revision)", session))
        _ = try await client.text(upTo: "event: synced\ndata: end\n\n")
      }
      // It is heard of soon that the page was closed.
      let others = server.request("GET", "", session)
      #expect(try await server.answer(to: others).status == 200)
    }
  }

  @Test(arguments: ["0.0.0.0", "192.0.2.1", "::", "example.org", "localhost", ""])
  func `an address that others reach is refused`(address: String) async throws {
    var options = WebReader.Options()
    options.address = address
    let library = try await Library.inMemory()
    await #expect(throws: LibraryError.self) {
      try await WebReader(library).run(options) { _ in Issue.record("it listens") }
    }
  }

  @Test func `a port that is taken is told of`() async throws {
    try await TestServer.run { server in
      var options = WebReader.Options()
      options.port = server.port
      do {
        try await WebReader(server.library).run(options) { _ in Issue.record("it listens") }
        Issue.record("it ended")
      } catch let error as LibraryError {
        #expect(error.message.hasPrefix("cannot listen on 127.0.0.1:\(server.port):"))
      }
    }
  }

  @Test func `private networks are those that no router passes on`() throws {
    for address in ["10.0.0.1", "192.168.1.7", "172.16.0.1", "172.31.255.255"] {
      #expect(LocalNetwork.isPrivate(address))
    }
    for address in [
      "192.0.2.2", "172.15.0.1", "172.32.0.1", "192.169.0.1", "11.0.0.1", "127.0.0.1", "::1", "",
    ] {
      #expect(!LocalNetwork.isPrivate(address))
    }
    #expect(try LocalNetwork.addresses().allSatisfy(LocalNetwork.isPrivate))
  }

  @Test func `a machine without an address in a private network serves no other devices`()
    async throws
  {
    let library = try await Library.inMemory()
    var options = WebReader.Options()
    options.network = .reads
    options.stateDirectory = library.folder.appending("web-state")
    let run = WebRun(library, options, networkAddresses: { [] })
    let error = await #expect(throws: LibraryError.self) {
      try await run.run { _ in Issue.record("it listens") }
    }
    #expect(error?.message.contains("no address in a private network") == true)
  }

  @Test(arguments: [
    ("127.0.0.1", "127.0.0.1"), ("::1", "[::1]"), ("0:0:0:0:0:0:0:1", "[::1]"),
    ("0::0001", "[::1]"), ("127.0.0.2", "127.0.0.2"),
  ])
  func `an address is printed and asked for in one spelling`(address: String, host: String)
    async throws
  {
    let library = try await Library.inMemory()
    let state = library.folder.appending("web-state")
    var options = WebReader.Options()
    (options.address, options.stateDirectory) = (address, state)
    do {
      try await WebRun(library, options).run { door in
        #expect(await door.link().hasPrefix("http://\(host):\(door.port)/start/"))
        #expect(door.gatekeeper.addresses.hosts.first == "\(host):\(door.port)")
        let page = RunningPage(of: library.folder, stateDirectory: state)
        #expect(page.map { OwnAddresses.host($0.address, 0) } == "\(host):0")
        throw CancellationError()
      }
    } catch is CancellationError {
      // As it was told.
    } catch LibraryError.connection(_, .cannotListen) where address != "127.0.0.1" {
      // A machine may have neither.
    }
  }

  @Test(.enabled(if: TestServer.hasSecondAddress, "this machine has one loopback address"))
  func `other devices read, and write only where it was said`() async throws {
    // Stands for an address in a private network.
    let address = TestServer.secondAddress
    for network in [WebReader.Network.reads, .writes] {
      var options = WebReader.Options()
      options.network = network
      try await TestServer.run(
        nil, TestServer.patient, options, networkAddresses: [address]
      ) { server in
        let link = try #require(await server.door.networkLink())
        let root = "http://\(address):\(server.port)"
        #expect(link.hasPrefix("\(root)/start/"))
        #expect(await server.door.link().hasPrefix("http://127.0.0.1:\(server.port)/start/"))
        let host = ["Host": "\(address):\(server.port)"]
        let code = try #require(link.split(separator: "/").last)
        let entered = try await server.answer(
          to: server.request("GET", "start/\(code)", headers: host))
        let cookie = try #require(entered["set-cookie"]).prefix { $0 != ";" }
        let session = try #require(
          await server.door.gatekeeper.doorkeeper.session(
            of: String(cookie.split(separator: "=")[1])))
        #expect(session.isReadOnly == (network == .reads))
        let answer = try await server.answer(
          to: server.request(
            "POST", "undo", session, form: "token=\(session.token)",
            headers: host.merging(["Origin": root]) { $1 }))
        #expect((answer.status == 403) == (network == .reads))
        // How a page looks in its own browser is for each to say.
        let settings = try await server.answer(
          to: server.request(
            "POST", "settings", session, form: "token=\(session.token)&size=large",
            headers: host.merging(["Origin": root]) { $1 }))
        #expect(settings.status == 303 && settings["set-cookie"]?.contains("=large;") == true)
        // Another device is no other process of this user.
        let key = ["Satchel-Key": server.door.gatekeeper.key, "Content-Length": "0"]
        let control = try await server.answer(
          to: server.request("POST", "/control", headers: host.merging(key) { $1 }))
        #expect(control.status == 404)
        #expect(
          try await server.answer(to: server.request("POST", "/control", headers: key)).status
            == 200)
      }
    }
  }

  @Test(.enabled(if: TestServer.hasSecondAddress, "this machine has one loopback address"))
  func `other devices reach the address that was printed, and no other of this machine`()
    async throws
  {
    var options = WebReader.Options()
    options.network = .reads
    try await TestServer.run(
      nil, TestServer.patient, options, networkAddresses: [TestServer.secondAddress]
    ) { server in
      for (address, isServed) in [
        ("127.0.0.1", true), (TestServer.secondAddress, true), ("127.0.0.3", false),
      ] {
        try await RawClient.connect(to: server.port, at: address) { client in
          let host = ["Host": "\(TestServer.secondAddress):\(server.port)"]
          try? await client.send(server.request("GET", "", headers: host))
          #expect(await client.textToEnd().hasPrefix("HTTP/1.1 403") == isServed, "\(address)")
        }
      }
    }
  }
}
