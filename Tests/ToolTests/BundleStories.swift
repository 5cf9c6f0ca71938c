import Foundation
import Testing

/// Sticks that go back and forth, and what is said of files that need not be read, written or kept.
@Suite(.ownThreads)
struct BundleStories {
  @Test func `A stick that goes back and forth is read once, and says what can go`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let b = try world.joined("b", to: a)
    let stick = world.path("stick")
    try FileManager.default.createDirectory(atPath: stick, withIntermediateDirectories: true)
    try a.run("bundle", "create", "\(stick)/one.satchel").expect(0)
    let first = try b.json("merge", stick)
    #expect(first["bundles"] as? Int == 1)
    #expect(first["passed_over"] as? [String] == [])
    // Its maker knows what it says, and so does B now; of others B has not heard.
    #expect(first["unneeded"] as? [String] == ["\(stick)/one.satchel"])
    for arguments in [["merge", stick, "-n"], ["merge", stick]] {
      let again = try ToolResult(b.process(arguments), input: nil).expect(0)
      #expect(again.output.contains("Passed over \(stick)/one.satchel"), "\(again)")
    }
    #expect(try b.json("merge", stick)["passed_over"] as? [String] == ["\(stick)/one.satchel"])

    try b.run("bundle", "create", "\(stick)/two.satchel").expect(0)
    let back = try a.json("merge", stick)
    #expect(back["passed_over"] as? [String] == ["\(stick)/one.satchel"])
    #expect(back["unneeded"] as? [String] == ["\(stick)/one.satchel", "\(stick)/two.satchel"])
    let said = try a.run("merge", stick).expect(0)
    #expect(said.output.contains("can be deleted"), "\(said)")
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")))
  func `A divergence is told in every summary and in status, until it is healed`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let b = try world.joined("b", to: a)
    let server = try a.serve()
    try b.run("sync", server.address).expect(0)
    let id = try #require((try b.json("status")["replica"] as? [String: Any])?["id"] as? String)
    let spoil = Process()
    spoil.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    spoil.arguments = [
      "-c",
      """
      import sqlite3, sys
      db = sqlite3.connect(sys.argv[1])
      (noted,), = db.execute("SELECT fingerprint FROM state").fetchall()
      db.execute("UPDATE state SET fingerprint = ?", (bytes([noted[0] ^ 1]) + noted[1:],))
      db.commit()
      """, "\(b.library)/library.sqlite",
    ]
    try ToolResult(spoil, input: nil).expect(0)

    let bundle = world.path("b.satchel")
    try b.run("bundle", "create", bundle, "--full").expect(0)
    #expect(try a.json("merge", bundle)["diverged"] as? [String] == [id])
    #expect(try a.json("status")["diverged"] as? [String] == [id])
    #expect(try a.run("status").expect(0).output.contains("Replica b knows the same"))
    // What is wrong is no operation, so sending all of them heals nothing, and nobody says it did.
    let sync = try b.run("sync", server.address).expect(0)
    #expect(sync.output.contains("they still differ"), "\(sync)")
    #expect((try b.json("sync", server.address)["diverged"] as? [String])?.count == 1)

    try b.run("check", "--repair").expect(0)
    #expect(try b.json("sync", server.address)["diverged"] as? [String] == [])
    for laptop in [a, b] {
      try server.process.wait("an end of it") {
        try laptop.json("status")["diverged"] as? [String] == []
      }
    }
  }

  @Test func `With nothing new for a replica no bundle is written`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let b = try world.joined("b", to: a)
    let stick = world.path("stick")
    try FileManager.default.createDirectory(atPath: stick, withIntermediateDirectories: true)
    let files = { try FileManager.default.contentsOfDirectory(atPath: stick).count }
    try a.run("bundle", "create", stick).expect(0)
    try b.run("merge", stick).expect(0)
    try b.run("bundle", "create", "\(stick)/b.satchel", "--for", "a").expect(0)
    try a.run("merge", stick).expect(0)
    // A says once that it has what B wrote.
    try a.run("bundle", "create", "\(stick)/c.satchel", "--for", "b").expect(0)
    #expect(try files() == 3)
    for arguments in [["-n"], []] {
      let command = ["bundle", "create", stick, "--for", "b"] + arguments
      let nothing = try ToolResult(a.process(command), input: nil).expect(0)
      #expect(nothing.output.contains("b has all there is and was told so"), "\(nothing)")
    }
    let json = try a.json("bundle", "create", stick, "--for", "b")
    #expect(json["path"] as? String == nil && json["paths"] as? [String] == [])
    #expect(try files() == 3)
    try a.run("bundle", "create", "\(stick)/d.satchel", "--full").expect(0)
    try a.run("mark", "read", try a.articleIDs()[0]).expect(0)
    try a.run("bundle", "create", "\(stick)/e.satchel", "--for", "b").expect(0)
    #expect(try files() == 5)
  }
}
