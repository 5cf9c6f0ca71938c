import Foundation
import Testing

/// One file that holds a library, and a replica that is made of it.
@Suite(.ownThreads)
struct BackupStories {
  private func replicaID(_ laptop: Laptop) throws -> String {
    let replica = try laptop.json("status")["replica"] as? [String: Any]
    return try #require(replica?["id"] as? String)
  }

  @Test func `A backup becomes another replica, which goes on beside the first`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let id = try #require(a.articleIDs().first)
    try a.run("note", id, "-m", "kept").expect(0)
    let file = world.path("a.backup")
    let made = try a.json("backup", file)
    #expect(made["articles"] as? Int == 12)
    #expect(made["secret"] as? Bool == false)
    let attributes = try FileManager.default.attributesOfItem(atPath: file)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    #expect(attributes[.size] as? Int == made["bytes"] as? Int)
    // What comes later is not in it.
    try a.run("note", id, "-m", "later").expect(0)

    let c = world.laptop("c")
    let code = world.path("code")
    try a.run("invite", "--file", code).expect(0)
    try c.run("init", "--from", file, "--name", "c", "-n", "--code", code).expect(0)
    #expect(!FileManager.default.fileExists(atPath: c.library))
    let restored = try c.run("init", "--from", file, "--name", "c", "--code", code).expect(0)
    #expect(restored.output.contains("12 articles"), "\(restored)")
    let database = try FileManager.default.attributesOfItem(atPath: "\(c.library)/library.sqlite")
    #expect(database[.posixPermissions] as? Int == 0o600)
    #expect(try c.json("note", id)["note"] as? String == "kept")
    #expect(try replicaID(c) != replicaID(a))
    let names = try #require(try c.json("replica", "list")["replicas"] as? [[String: Any]])
    #expect(Set(names.compactMap { $0["name"] as? String }) == ["a", "c"])
    #expect(try c.run("check", "--deep").code == 0)
    // Both write, and neither loses anything.
    try c.run("note", id, "-m", "from c").expect(0)
    for (from, to) in [(a, c), (c, a), (a, c)] {
      let bundle = world.path("\(UUID().uuidString).satchel")
      try from.run("bundle", "create", bundle).expect(0)
      try to.run("merge", bundle).expect(0)
    }
    #expect(try a.fingerprint() == c.fingerprint())
    #expect(try (a.json("conflicts")["conflicts"] as? [Any])?.count == 1)
    #expect(try a.json("status")["diverged"] as? [String] == [])
  }

  @Test func `Nothing of who wrote it is in a backup, and the secret only when asked for`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    try a.run("remote", "add", "stick", try world.makeFolder("stick")).expect(0)
    try a.run("sync", "stick").expect(0)
    let secret = try String(contentsOfFile: "\(a.library)/secret", encoding: .utf8)
      .trimmingCharacters(in: .whitespacesAndNewlines)
    try a.run("backup", world.path("plain")).expect(0)
    try a.run("backup", world.path("whole"), "--with-secret").expect(0)
    #expect(try world.read("plain").range(of: Data("exchanges".utf8)) == nil)
    let marker = Data(secret.prefix(24).utf8)
    #expect(try world.read("plain").range(of: marker) == nil)
    #expect(try world.read("whole").range(of: marker) != nil)
    let c = world.laptop("c")
    let refused = try c.run("init", "--from", world.path("plain")).expect(64)
    #expect(refused.messages.contains("--code CODE"), "\(refused)")
    try c.run("init", "--from", world.path("whole"), "--name", "c").expect(0)
    #expect(try c.fingerprint() != "")
    #expect(try c.run("invite").expect(0).code == 0)
    #expect(try world.read("c/library/library.sqlite").range(of: marker) == nil)
    let remotes = try #require(try c.json("remote", "list")["remotes"] as? [[String: Any]])
    #expect(remotes.count == 1)
    try c.run("sync", "stick").expect(0)
  }

  @Test func `A file that is there stays, and what is no backup is refused`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    try world.write(Data("mine".utf8), to: "taken")
    for arguments in [["backup", world.path("taken")], ["backup", world.path("taken"), "-n"]] {
      try ToolResult(a.process(arguments), input: nil).expect(1)
    }
    #expect(try world.read("taken") == Data("mine".utf8))
    try a.run("backup", world.path("no/folder")).expect(17)
    try a.run("backup", world.path("whole"), "--with-secret").expect(0)
    let bytes = try world.read("whole")
    try world.write(bytes.prefix(bytes.count / 2), to: "half")
    let c = world.laptop("c")
    for name in ["taken", "half"] {
      try c.run("init", "--from", world.path(name)).expect(13)
    }
    try c.run("init", "--from", "\(a.library)/library.sqlite").expect(13)
    try c.run("init", "--from", world.path("missing")).expect(4)
    let other = world.laptop("other")
    try other.run("init", "--name", "other").expect(0)
    try other.run("invite", "--file", world.path("other-code")).expect(0)
    try c.run("init", "--from", world.path("whole"), "--code", world.path("other-code")).expect(12)
    #expect(!FileManager.default.fileExists(atPath: c.library))
    try other.run("init", "--from", world.path("whole")).expect(1)
    try c.run("init", "--code", "x").expect(64)
    let left = try FileManager.default.contentsOfDirectory(atPath: world.folder.path)
    #expect(!left.contains { $0.hasSuffix(".tmp") || $0.hasSuffix("-journal") }, "\(left)")
  }
}
