import Foundation
import Testing

/// A first transfer that is cut short: what was committed stays, and the next one goes on.
@Suite(.ownThreads, .enabled(if: Python.isHere, "this needs Python"))
struct InterruptionStories {
  @Test func `A server told to end in a transfer ends well, and the next sync completes`()
    throws
  {
    let world = try World()
    let a = try world.laptopWithMuch()
    let b = try world.joined("b", to: a)
    let server = try a.serve()
    let relay = try Relay(to: server, in: world)
    let sync = try b.start("sync", relay.address, "--progress", "plain")
    try sync.progress(10)
    server.process.signal(SIGTERM)
    try server.process.expect(0)
    relay.process.end()
    try sync.expect(17)
    // As many bodies are counted as are here.
    let told = sync.messages.firstMatch(
      of: /the connection ended early\. [0-9,]+ operations? and ([0-9]+) bod(?:y|ies) that/)
    let stayed = try #require(told.flatMap { Int($0.1) }, "\(sync.messages)")
    let missing = try #require(try b.json("status")["missing_bodies"] as? Int)
    #expect(stayed + missing == 120)
    try goOn(a, b)
  }

  @Test(arguments: [SIGINT, SIGKILL])
  func `A client that ends in a transfer keeps what it had`(signal: Int32) throws {
    let world = try World()
    let a = try world.laptopWithMuch()
    let b = try world.joined("b", to: a)
    let server = try a.serve("--once")
    let relay = try Relay(to: server, in: world)
    let sync = try b.start("sync", relay.address, "--progress", "plain")
    try sync.progress(10)
    sync.signal(signal)
    let code = try sync.exitCode()
    #expect(code == (signal == SIGKILL ? SIGKILL : 130))
    try server.process.expect(17)
    let lines = server.process.messages.split(separator: "\n")
    #expect(lines.count == 1, "\(lines)")
    #expect(lines.first?.contains("with 127.0.0.1: the connection ended early") == true)
    try goOn(a, b)
  }

  @Test func `A server that is killed in a transfer costs only what was under way`() throws {
    let world = try World()
    let a = try world.laptopWithMuch()
    let b = try world.joined("b", to: a)
    let server = try a.serve()
    let relay = try Relay(to: server, in: world)
    let sync = try b.start("sync", relay.address, "--progress", "plain")
    try sync.progress(10)
    server.process.end()
    relay.process.end()
    try sync.expect(17)
    try goOn(a, b)
  }

  /// Both are valid, B holds a part, and one more session brings the rest and no more.
  private func goOn(_ a: Laptop, _ b: Laptop) throws {
    try a.run("check", "--deep").expect(0)
    try b.run("check", "--deep").expect(0)
    let server = try a.serve()
    let summary = try b.json("sync", server.address)
    let received = try #require(summary["received"] as? [String: Int])
    #expect(try #require(received["bodies"]) < 120, "all of it came again")
    #expect(try a.fingerprint() == b.fingerprint())
    #expect(try b.json("status")["missing_bodies"] as? Int == 0)
    #expect(try b.articleIDs().count == 120)
  }

  @Test func `A busy library is said to be busy on both sides`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let b = try world.joined("b", to: a)
    let server = try a.serve()
    try b.run("sync", server.address).expect(0)
    let ids = try b.articleIDs()
    try b.run("mark", "read", ids[0]).expect(0)
    try a.run("mark", "starred", ids[1]).expect(0)

    let there = try lock(a, in: world)
    let refused = try b.start("sync", server.address)
    try refused.expect(11)
    #expect(refused.messages.contains("gave up (the other side's library is in use)"))
    there.end()
    let here = try lock(b, in: world)
    let busy = try b.start("sync", server.address)
    try busy.expect(11)
    #expect(busy.messages.contains("the library is busy"))
    here.end()
    try server.process.wait("both told") {
      server.process.messages.split(separator: "\n").count >= 2
    }
    #expect(server.process.messages.contains("127.0.0.1: the library is busy"))
    #expect(
      server.process.messages.contains("with 127.0.0.1: it gave up (the other side's"),
      "\(server.process.messages)")
    try b.run("sync", server.address).expect(0)
    #expect(try a.fingerprint() == b.fingerprint())
  }

  /// Another program that writes, and does not end.
  private func lock(_ laptop: Laptop, in world: World) throws -> Background {
    let program = """
      import sqlite3, sys, time
      db = sqlite3.connect(sys.argv[1], isolation_level=None)
      db.execute("BEGIN IMMEDIATE")
      print("held", flush=True)
      time.sleep(60)
      """
    let holder = try world.start(Python.process(program, "\(laptop.library)/library.sqlite"))
    try holder.wait("the lock") { holder.output.contains("held") }
    return holder
  }
}

/// A line that carries one connection, and of what the server says only so much: then it hangs.
private struct Relay {
  let process: Background
  let address: String

  /// More than one commit of a first transfer, less than all of it.
  private static let maximumBytes = 7_500_000

  init(to server: Server, in world: World) throws {
    let program = """
      import os, socket, sys, threading, time
      listener = socket.create_server(("127.0.0.1", 0))
      print(listener.getsockname()[1], flush=True)
      client, _ = listener.accept()
      server = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
      def up():
          try:
              while data := client.recv(65536):
                  server.sendall(data)
          finally:
              # A client that is killed before it has read everything resets the line.
              os._exit(0)
      threading.Thread(target=up).start()
      left = int(sys.argv[2])
      while left > 0 and (data := server.recv(min(left, 65536))):
          client.sendall(data)
          left -= len(data)
      time.sleep(60)
      os._exit(0)
      """
    let relay = try world.start(
      Python.process(program, "\(server.port)", "\(Relay.maximumBytes)"))
    try relay.wait("a port") { relay.output.contains("\n") }
    process = relay
    address = "127.0.0.1:\(relay.output.prefix { $0 != "\n" })"
  }
}

private enum Python {
  private static let path = "/usr/bin/python3"
  static let isHere = FileManager.default.isExecutableFile(atPath: path)

  static func process(_ program: String, _ arguments: String...) -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = ["-c", program] + arguments
    return process
  }
}
