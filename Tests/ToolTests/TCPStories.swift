import Foundation
import Testing

/// `satchel serve` on one machine, `satchel sync` on others, over the loopback.
@Suite(.ownThreads)
struct TCPStories {
  @Test func `Two machines are equal after one session, and the next takes 228 bytes`()
    throws
  {
    let world = try World()
    let a = try world.laptopWithSamples()
    let b = try world.joined("b", to: a)
    let server = try a.serve()
    let first = try b.run("sync", server.address).expect(0)
    #expect(first.output.contains("received 145 operations and 17 bodies"), "\(first)")
    let ids = try b.articleIDs()
    try b.run("mark", "read", ids[0]).expect(0)
    try a.run("mark", "starred", ids[1]).expect(0)
    try b.run("sync", server.address).expect(0)
    #expect(try a.fingerprint() == b.fingerprint())

    let nothing = try b.json("sync", server.address)
    let wire = try #require(nothing["wire"] as? [String: Int])
    #expect(wire == ["received": 97, "sent": 131])
    #expect(nothing["fingerprint"] as? String == (try a.fingerprint()))
    #expect(
      Set(nothing.keys).isSuperset(of: [
        "type", "received", "sent", "articles_added", "articles_changed", "conflicts", "missing",
        "fingerprint", "seconds",
      ]))
    try server.process.wait("a line for each session") {
      server.process.output.split(separator: "\n").count == 4
    }
    #expect(server.process.output.contains("at 127.0.0.1: nothing new."))
    #expect(server.process.messages.isEmpty)
  }

  @Test func `A server prints JSON that counts what its peer counts`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let b = try world.joined("b", to: a)
    let server = try a.serve("--once", "--json", at: "::1")
    let summary = try b.json("sync", server.address)
    try server.process.expect(0)
    let line = try #require(server.process.output.split(separator: "\n").last)
    let session = try #require(
      try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    #expect(session["type"] as? String == "session")
    let keys = ["operations", "bodies", "bytes"]
    let sent = try #require(session["sent"] as? [String: Int])
    let received = try #require(summary["received"] as? [String: Int])
    for key in keys.dropLast() { #expect(sent[key] == received[key], "\(key)") }
    #expect(try #require(session["wire"] as? [String: Int])["sent"] ?? 0 > sent["bytes"] ?? 0)
  }

  @Test func `As a dry run, pushed and pulled is nothing more than that`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let b = try world.joined("b", to: a)
    let server = try a.serve()
    let plan = try b.json("sync", server.address, "-n")
    #expect((plan["received"] as? [String: Int])?["new"] == 145)
    #expect((plan["sent"] as? [String: Int])?["operations"] == 1)
    #expect(try b.articleIDs().isEmpty)
    try b.run("sync", server.address, "--push").expect(0)
    #expect(try b.articleIDs().isEmpty)
    try b.run("sync", server.address, "--pull").expect(0)
    let ids = try b.articleIDs()
    #expect(ids.count == 12)
    try b.run("mark", "read", ids[0]).expect(0)
    try b.run("sync", server.address, "--pull").expect(0)
    #expect(try a.json("status")["unread"] as? Int == 12)
    try b.run("sync", server.address, "--push").expect(0)
    #expect(try a.json("status")["unread"] as? Int == 11)
  }

  @Test func `Whoever is not there, or no member, is told of with an exit code`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let b = try world.joined("b", to: a)
    let stranger = try world.laptopWithSamples("stranger")
    let server = try a.serve("--once", "-v")
    let refused = try stranger.run("sync", server.address).expect(12)
    #expect(refused.messages.contains("no replica of this library. Nothing was changed."))
    let address = server.address
    // A stranger is no session; a member is.
    #expect(server.process.process.isRunning)
    try b.run("sync", address).expect(0)
    try server.process.expect(0)
    #expect(server.process.messages.contains("127.0.0.1 connected and is no replica"))
    let gone = try b.run("sync", address).expect(17)
    #expect(gone.messages.contains("nobody answers there (Connection refused)"), "\(gone)")
  }

  @Test func `A target that reads as nothing changes nothing`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    try a.run("sync", "").expect(64)
    try a.run("remote", "add", "empty", "").expect(64)
    try a.run("sync", "127.0.0.1:0").expect(64)
    let word = try a.run("sync", "kitchen").expect(4)
    #expect(word.messages.contains("no remote is called kitchen"), "\(word)")
    try a.run("sync", "./kitchen").expect(17)
  }

  @Test func `What accepts and says nothing is given up after ten seconds`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let silent = try SilentListener()
    defer { silent.close() }
    let sync = try a.start("sync", "127.0.0.1:\(silent.port)")
    try sync.expect(17, seconds: 60)
    #expect(sync.messages.contains("nothing was heard from there for 10 seconds"))
  }

  @Test func `A port or an address that cannot be had is one plain line`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let server = try a.serve()
    let taken = try a.run("serve", "--bind", server.host, "--port", "\(server.port)").expect(1)
    #expect(
      taken.messages.hasPrefix(
        "satchel: cannot listen on \(server.address): Address already in use. Nothing was"),
      "\(taken)")
    // A second server of the same library is no harm.
    let other = try a.serve()
    server.process.signal(SIGINT)
    other.process.signal(SIGTERM)
    try server.process.expect(0)
    try other.process.expect(0)
  }

  @Test func `Remotes that fail are named, and the others are synchronized`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let b = try world.joined("b", to: a)
    let server = try a.serve()
    try b.run("remote", "add", "attic", "127.0.0.1:1").expect(0)
    try b.run("remote", "add", "cellar", "ssh://nobody/~/library").expect(0)
    try b.run("remote", "add", "study", server.address).expect(0)
    var deaf = b
    deaf.environment["SATCHEL_SSH"] = "false"
    let result = try deaf.run("sync").expect(3)
    #expect(result.messages.contains("attic: cannot synchronize with 127.0.0.1:1:"), "\(result)")
    #expect(result.messages.contains("cellar: cannot synchronize with ssh://nobody/~/library:"))
    #expect(result.output.contains("Synchronized with study:"))
    #expect(try a.fingerprint() == b.fingerprint())
  }
}

/// Takes connections as the system does for it, and never says a word.
struct SilentListener {
  let port: Int
  private let socket: Int32

  init() throws {
    #if os(Linux)
      let stream = Int32(SOCK_STREAM.rawValue)
    #else
      let stream = SOCK_STREAM
    #endif
    socket = Foundation.socket(AF_INET, stream, 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let socket = socket
    let listens = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(socket, address, length) == 0 && listen(socket, 8) == 0
          && getsockname(socket, address, &length) == 0
      }
    }
    try #require(listens)
    port = Int(UInt16(bigEndian: address.sin_port))
  }

  func close() { _ = Foundation.close(socket) }
}
