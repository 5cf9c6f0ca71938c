import Foundation
import Testing

/// Two machines with a real line between them, which can be cut: network namespaces, where the
/// tests may make them.
@Suite(.ownThreads, .enabled(if: Network.isPossible, "this needs Linux, root and iproute2"))
struct NetworkStories {
  @Test func `A line that is cut for a while costs time and nothing else`() throws {
    let (world, network, a, b) = try machines()
    defer { network.remove() }
    let server = try a.serve(at: network.addresses[0])
    let sync = try b.start("sync", server.address, "--progress", "plain")
    try sync.progress(20)
    try network.cut()
    sleep(1)
    #expect(sync.process.isRunning)
    try network.mend()
    try sync.expect(0, seconds: 60)
    #expect(try a.fingerprint() == b.fingerprint())
    withExtendedLifetime(world) {}
  }

  @Test(arguments: [true, false])
  func `Both sides can be ended while the line is cut, and the next session goes on`(
    clientLacksAll: Bool
  ) throws {
    try cutAndGoOn(clientLacksAll: clientLacksAll) { server, sync in
      sync.signal(SIGINT)
      try sync.expect(130)
      server.process.signal(SIGTERM)
      try server.process.expect(0)
    }
  }

  @Test(
    .enabled(
      if: ProcessInfo.processInfo.environment["SATCHEL_SLOW_TESTS"] != nil,
      "it takes over a minute each; SATCHEL_SLOW_TESTS asks for it"),
    arguments: [true, false])
  func `A line that stays cut ends the session after a minute, and the next one goes on`(
    clientLacksAll: Bool
  ) throws {
    try cutAndGoOn(clientLacksAll: clientLacksAll) { server, sync in
      try sync.expect(17, seconds: 120)
      #expect(sync.messages.contains("nothing was heard from there for 60 seconds. What was"))
      try server.process.expect(17, seconds: 120)
    }
  }

  /// - Parameters:
  ///   - clientLacksAll: whether the one that lacks everything calls, or is called.
  ///   - ending: how both end while the line is cut.
  private func cutAndGoOn(
    clientLacksAll: Bool, ending: (Server, Background) throws -> Void
  ) throws {
    let (world, network, first, second) = try machines()
    defer { network.remove() }
    let (a, b) = clientLacksAll ? (first, second) : (second, first)
    let address = network.addresses[clientLacksAll ? 0 : 1]
    let server = try a.serve("--once", at: address)
    let sync = try b.start("sync", server.address, "--progress", "plain")
    try sync.progress(20)
    try network.cut()
    try ending(server, sync)
    try network.mend()
    for laptop in [a, b] { try laptop.run("check", "--deep").expect(0) }

    let again = try a.serve(at: address)
    let summary = try b.json("sync", again.address)
    let flow = try #require(summary[clientLacksAll ? "received" : "sent"] as? [String: Int])
    #expect(try #require(flow["bodies"]) < 30, "all of it went again")
    #expect(try a.fingerprint() == b.fingerprint())
    #expect(try second.json("status")["missing_bodies"] as? Int == 0)
    withExtendedLifetime(world) {}
  }

  @Test func `Where nothing answers at all is given up after ten seconds`() throws {
    let (world, network, a, b) = try machines()
    defer { network.remove() }
    try network.cut()
    let sync = try b.start("sync", "\(network.addresses[0]):7282")
    try sync.expect(17, seconds: 60)
    #expect(sync.messages.contains("nothing was heard from there for 10 seconds"), "\(a.name)")
    withExtendedLifetime(world) {}
  }

  /// The first holds something; the line between them takes some seconds for it.
  private func machines() throws -> (World, Network, Laptop, Laptop) {
    let world = try World()
    var a = try world.laptopWithMuch(megabytes: 3)
    var b = try world.joined("b", to: a)
    let network = try Network()
    a.launcher = network.launcher(0)
    b.launcher = network.launcher(1)
    return (world, network, a, b)
  }
}

/// Two namespaces and a slow line of one megabyte a second.
private final class Network {
  let addresses = ["10.213.7.1", "10.213.7.2"]
  private let names: [String]
  private static let ip = ["/usr/sbin/ip", "/sbin/ip"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  /// Whether this machine lets the tests have namespaces.
  static let isPossible: Bool = {
    guard geteuid() == 0, ip != nil, let network = try? Network() else { return false }
    network.remove()
    return true
  }()

  init() throws {
    let unique = String(UUID().uuidString.prefix(8)).lowercased()
    names = ["satchel-\(unique)-0", "satchel-\(unique)-1"]
    do {
      for name in names { try Network.ip("netns", "add", name) }
      try Network.ip(
        "link", "add", "line", "netns", names[0], "type", "veth", "peer", "name", "line", "netns",
        names[1])
      for (name, address) in zip(names, addresses) {
        try Network.ip("-n", name, "address", "add", "\(address)/24", "dev", "line")
        try Network.ip("-n", name, "link", "set", "line", "up")
        try Network.ip(
          "netns", "exec", name, "tc", "qdisc", "add", "dev", "line", "root", "tbf", "rate",
          "6mbit",
          "burst", "64kb", "latency", "200ms")
      }
    } catch {
      remove()
      throw error
    }
  }

  func launcher(_ number: Int) -> [String] {
    [Network.ip ?? "", "netns", "exec", names[number]]
  }

  /// On one side only, as a pulled cable is seen on neither: no one is told.
  func cut() throws { try Network.ip("-n", names[0], "link", "set", "line", "down") }
  func mend() throws { try Network.ip("-n", names[0], "link", "set", "line", "up") }

  func remove() {
    for name in names { try? Network.ip("netns", "delete", name) }
  }

  private static func ip(_ arguments: String...) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: ip ?? "")
    process.arguments = arguments
    let result = try ToolResult(process, input: nil)
    guard result.code == 0 else { throw Failure(text: "ip \(arguments): \(result)") }
  }

  private struct Failure: Error { let text: String }
}
