import Foundation
import Processes
import Replication
import TestSupport
import Testing

@testable import Transports

extension DeadlineTests {
  /// Servers that answer well and badly, and what becomes of it. `pictures.example` is 127.0.0.1, which
  /// counts as public here; 127.0.0.2 is the private network.
  @Suite(
    .serialized,
    .enabled(
      if: InstalledProgram.isHere("curl") && InstalledProgram.isHere("python3"),
      "curl or python3 is not installed"))
  struct PictureFetcherTests {
    private static let here = NetworkAddress("127.0.0.1")
    private static let inside = NetworkAddress("127.0.0.2")

    @Test(arguments: [
      "map.png", "map.jpeg", "map.gif", "plain", "cookie", "to?/map.png", "chain?4",
    ])
    func `what lies at an address comes`(path: String) async throws {
      let server = try PictureServer.started()
      #expect(try await server.bytes(path, by: fetcher()).count > 12)
    }

    @Test func `bytes come as they are, and long ones up to the limit`() async throws {
      let server = try PictureServer.started()
      let bytes = try await server.bytes("map.webp", by: fetcher())
      #expect(bytes == Array("RIFF\u{10}\0\0\0WEBPVP8 ".utf8))
      for (limit, isEnough) in [(bytes.count, true), (bytes.count - 1, false)] {
        let outcome = await outcome(of: "map.webp", server) { $0.longest = limit }
        #expect((outcome == nil) == isEnough, "\(limit)")
      }
    }

    @Test(
      arguments: [
        ("missing", .status(404)), ("empty?", nil), ("long", .tooLong(limit: 16 << 20)),
        ("endless", .tooLong(limit: 16 << 20)), ("broken", .broken(code: 18)),
        ("to?/missing", .status(404)), ("loop", .tooManyRedirects(limit: 5)),
        ("to?/to?/to?/to?/to?/to?/map.png", .tooManyRedirects(limit: 5)),
        ("chain?5", .tooManyRedirects(limit: 5)), ("to?file:///etc/passwd", .redirect),
        ("to?ftp://pictures.example/", .redirect), ("to?http://me@pictures.example/", .redirect),
        ("to?http://inside.example/map.png", .privateAddress(host: "inside.example")),
        ("to?http://127.0.0.2/map.png", .privateAddress(host: "127.0.0.2")),
        ("to?http://both.example/map.png", .privateAddress(host: "both.example")),
        ("to?http://nowhere.example/map.png", .noSuchHost("nowhere.example")),
      ] as [(String, PictureFailure?)])
    func `a bad answer is told and ends there`(path: String, failure: PictureFailure?) async throws
    {
      let server = try PictureServer.started()
      #expect(await outcome(of: path, server) == failure)
    }

    @Test(arguments: ["drip", "silent"])
    func `what does not end takes as long as it may`(path: String) async throws {
      let server = try PictureServer.started()
      let start = ContinuousClock.now
      #expect(await outcome(of: path, server) { $0.seconds = 1 } == .slow(seconds: 1))
      #expect(.now - start < .seconds(60))
    }

    @Test func `headers without end are not waited for`() async throws {
      let server = try PictureServer.started()
      let failure = await outcome(of: "flood", server) { $0.seconds = 3 }
      #expect(failure != nil)
    }

    @Test func `what was squeezed stays so`() async throws {
      let server = try PictureServer.started()
      let bytes = try await server.bytes("bomb", by: fetcher())
      #expect(bytes.starts(with: [0x1F, 0x8B]))
      #expect(bytes.count < 1 << 20)
    }

    @Test func `a name that leads elsewhere the second time leads nowhere`() async throws {
      let server = try PictureServer.started()
      let asked = Counter()
      let failure = await outcome(of: "to?\(server.address("map.png").text)", server) {
        $0.lookUp = { _ in
          [await asked.next() == 1 ? Self.here : Self.inside].compactMap { $0 }
        }
      }
      #expect(failure == .privateAddress(host: "pictures.example"))
      #expect(try server.requests().count == 1)
    }

    @Test func `nobody is asked who is private`() async throws {
      let server = try PictureServer.started()
      let own = try #require(PictureAddress("http://127.0.0.1:\(server.port)/map.png"))
      await #expect(throws: PictureFailure.privateAddress(host: "127.0.0.1")) {
        try await PictureFetcher().bytes(at: own)
      }
      #expect(try server.requests().isEmpty)
    }

    @Test func `the next address of a host is tried where one takes no connection`() async throws {
      let server = try PictureServer.started()
      let failure = await outcome(of: "map.png", server) {
        $0.allows = { _ in true }
        $0.lookUp = { _ in [Self.inside, Self.here].compactMap { $0 } }
      }
      #expect(failure == nil)
      let none = await outcome(of: "map.png", server) {
        $0.allows = { _ in true }
        $0.lookUp = { _ in [Self.inside].compactMap { $0 } }
      }
      #expect(none == .noConnection(host: "pictures.example"))
    }

    @Test func `settings, a proxy and cookies of the user's are not used`() async throws {
      let server = try PictureServer.started()
      let folder = try TemporaryFolder()
      try Data("user-agent = mine\nproxy = http://127.0.0.1:1\n".utf8)
        .write(to: folder.url.appending(path: ".curlrc"))
      let script = folder.url.appending(path: "curl")
      try Data(
        """
        #!/bin/sh
        http_proxy=http://127.0.0.1:1 ALL_PROXY=http://127.0.0.1:1 CURL_HOME=\(folder.url.path) \
        HOME=\(folder.url.path) exec curl "$@"
        """.utf8
      ).write(to: script)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: script.path)
      let failure = await outcome(of: "plain", server) { $0.program = script.path }
      #expect(failure == nil)
    }

    @Test func `where there is no curl that is told`() async throws {
      let server = try PictureServer.started()
      let fetcher = fetcher { $0.program = "curl-that-is-not-installed" }
      await #expect(throws: ChildProcessError.self) {
        try await server.bytes("map.png", by: fetcher)
      }
    }

    @Test func `cancelled, it ends at once and leaves no program`() async throws {
      let server = try PictureServer.started()
      let fetcher = fetcher()
      let start = ContinuousClock.now
      let task = Task { try await server.bytes("silent", by: fetcher) }
      try await server.waits(for: "/silent")
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
      #expect(.now - start < .seconds(60))
    }

    private func fetcher(_ change: (inout PictureFetcher) -> Void = { _ in }) -> PictureFetcher {
      var fetcher = PictureFetcher()
      fetcher.allows = { $0 == Self.here }
      fetcher.lookUp = { host in
        switch host {
        case "pictures.example": [Self.here].compactMap { $0 }
        case "inside.example": [Self.inside].compactMap { $0 }
        case "both.example": [Self.here, Self.inside].compactMap { $0 }
        default: await NetworkAddress.addresses(of: host)
        }
      }
      change(&fetcher)
      return fetcher
    }

    /// Why nothing came; nil where something did.
    private func outcome(
      of path: String, _ server: PictureServer, _ change: (inout PictureFetcher) -> Void = { _ in }
    ) async -> PictureFailure? {
      do {
        _ = try await server.bytes(path, by: fetcher(change))
        return nil
      } catch let failure as PictureFailure {
        return failure
      } catch {
        Issue.record(error)
        return nil
      }
    }
  }
}

private actor Counter {
  private var count = 0

  func next() -> Int {
    count += 1
    return count
  }
}

/// `picture-server.py`, for one test after the other.
private final class PictureServer: Sendable {
  private let folder: TemporaryFolder
  private let server: LocalServer

  private static let shared = Result { try PictureServer() }

  /// The server, which has not been asked for anything.
  static func started() throws -> PictureServer {
    let server = try shared.get()
    try Data().write(to: server.folder.url.appending(path: "requests"))
    return server
  }

  private init() throws {
    folder = try TemporaryFolder()
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("picture-server.py").path
    server = try LocalServer(
      ["python3", script, folder.url.appending(path: "requests").path],
      portBehind: "listening on port ")
  }

  var port: Int { server.port }

  func address(_ path: String) -> PictureAddress {
    guard let address = PictureAddress("http://pictures.example:\(port)/\(path)") else {
      preconditionFailure("\(path) is a path")
    }
    return address
  }

  /// Keeps the server until they are here.
  func bytes(_ path: String, by fetcher: PictureFetcher) async throws -> [UInt8] {
    try await fetcher.bytes(at: address(path))
  }

  /// The paths that were asked for.
  func requests() throws -> [String] {
    let file = folder.url.appending(path: "requests")
    guard FileManager.default.fileExists(atPath: file.path) else { return [] }
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
  }

  func waits(for path: String) async throws {
    for _ in 0..<1_000 where try !requests().contains(path) {
      try await Task.sleep(for: .milliseconds(20))
    }
    #expect(try requests().contains(path))
  }
}
