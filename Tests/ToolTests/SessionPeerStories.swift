import Foundation
import Testing

/// Both roles of a session against `session-peer.py`, which was written from `Protocol/` alone.
@Suite(
  .ownThreads, .enabled(if: SessionPeer.python != nil, "Python's noiseprotocol is not installed"))
struct SessionPeerStories {
  @Test func `Python synchronizes with a server, and is remembered`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let server = try a.serve("--once", "--json")
    let peer = try world.start(
      SessionPeer.process("initiator", "\(a.library)/secret", "\(server.port)"))
    try server.process.expect(0)
    try peer.expect(0)
    try expectEverything(peer, a)
    #expect(server.process.messages.isEmpty)
  }

  @Test func `Python is synchronized with, and is remembered`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let peer = try world.start(SessionPeer.process("responder", "\(a.library)/secret"))
    try peer.wait("a port") { peer.output.contains("\n") }
    let port = peer.output.prefix { $0 != "\n" }
    let sync = try a.start("sync", "127.0.0.1:\(port)")
    try sync.expect(0)
    try peer.expect(0)
    try expectEverything(peer, a)
    #expect(sync.output.contains("sent 145 operations and 17 bodies"), "\(sync.output)")
  }

  @Test func `A transfer of hundreds of records is read too`() throws {
    let world = try World()
    let a = try world.laptopWithMuch(megabytes: 3)
    let server = try a.serve("--once")
    let peer = try world.start(
      SessionPeer.process("initiator", "\(a.library)/secret", "\(server.port)"))
    try server.process.expect(0)
    try peer.expect(0)
    #expect(try result(of: peer)["bodies"] as? Int == 30)
  }

  private func expectEverything(_ peer: Background, _ laptop: Laptop) throws {
    let taken = try result(of: peer)
    #expect(taken["operations"] as? Int == 145)
    #expect(taken["bodies"] as? Int == 17)
    let replicas = try #require(try laptop.json("status")["replicas"] as? [[String: Any]])
    let id = try #require(taken["replica"] as? String)
    let replica = try #require(replicas.first { $0["id"] as? String == id }, "\(replicas)")
    #expect(replica["lacks"] as? Int == 0, "\(replica)")
  }

  private func result(of peer: Background) throws -> [String: Any] {
    let line = try #require(peer.output.split(separator: "\n").last)
    return try #require(
      try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
  }
}

private enum SessionPeer {
  /// The first Python on the path that knows the packages.
  static let python: URL? = (ProcessInfo.processInfo.environment["PATH"] ?? "")
    .split(separator: ":").map { URL(filePath: String($0)).appending(path: "python3") }
    .first { FileManager.default.isExecutableFile(atPath: $0.path) && knowsNoise($0) }

  static func process(_ arguments: String...) -> Process {
    let process = Process()
    process.executableURL = python
    process.arguments = [script] + arguments
    return process
  }

  private static let script = URL(filePath: #filePath)
    .deletingLastPathComponent().appending(path: "session-peer.py").path

  private static func knowsNoise(_ python: URL) -> Bool {
    let process = Process()
    process.executableURL = python
    process.arguments = ["-c", "import noise.connection, cryptography"]
    return (try? ToolResult(process, input: nil))?.code == 0
  }
}
