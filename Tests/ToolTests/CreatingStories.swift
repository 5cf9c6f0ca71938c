import Foundation
import TestSupport
import Testing

/// A library is made whole or not at all.
struct CreatingStories {
  @Test(
    .enabled(if: Strace.isPossible, "this needs strace, and leave to use it"),
    arguments: ["init", "join"])
  func `making a library that is killed at any moment leaves one that is whole, or none`(
    verb: String
  ) throws {
    let world = try World()
    let a = world.laptop("a")
    var arguments = ["init"]
    if verb == "join" {
      try a.run("init", "--name", "a").expect(0)
      try a.run("invite", "--file", world.path("code")).expect(0)
      arguments = ["join", world.path("code")]
    }
    var (whole, none) = (0, 0)
    // In steps, since each is five runs of the tool.
    for moment in stride(from: 1, through: 400, by: Effort.isLong ? 11 : 37) {
      let b = world.laptop("b-\(moment)")
      var killed = b
      killed.launcher = Strace.killing(at: moment)
      let process = killed.process(arguments + ["--name", "b"])
      let code = try ToolResult(process, input: nil).code
      if try b.run("status").code == 0 {
        whole += 1
        let replica = try b.json("status")["replica"] as? [String: Any]
        #expect(replica?["name"] as? String == "b", "killed at \(moment)")
      } else {
        none += 1
        try ToolResult(b.process(arguments + ["--name", "b"]), input: nil).expect(0)
      }
      try b.run("add", "-", "--title", "Tea", input: "water").expect(0)
      let names = try FileManager.default.contentsOfDirectory(atPath: b.library)
        .filter { !$0.hasSuffix("-wal") && !$0.hasSuffix("-shm") }.sorted()
      #expect(names == ["library.sqlite", "secret"], "killed at \(moment)")
      let replicas = try #require(try b.json("replica", "list")["replicas"] as? [Any])
      #expect(replicas.count == 1, "killed at \(moment)")
      if code == 0 { break }
    }
    #expect(whole > 0 && none > 0, "\(whole) whole, \(none) none")
  }

  @Test func `without a state folder no library is made, and nothing is left`() throws {
    let world = try World()
    let a = world.laptop("a")
    try world.write(Data(), to: "file")
    var hindered = a
    hindered.environment["XDG_STATE_HOME"] = world.path("file")
    let refused = try hindered.run("init", "--name", "a").expect(18)
    #expect(refused.messages.contains("state folder"), "\(refused)")
    #expect(!FileManager.default.fileExists(atPath: world.path("a")))
    try a.run("init", "--name", "a").expect(0)
    #expect(try a.run("init", "--name", "a").expect(1).messages.contains("already"))
    try a.run("status").expect(0)
  }

  @Test func `a library that was cut off before its secret had its name is whole`() throws {
    let world = try World()
    let a = world.laptop("a")
    try a.run("init", "--name", "a").expect(0)
    let (secret, unfinished) = ("\(a.library)/secret", "\(a.library)/secret.new")
    try FileManager.default.moveItem(atPath: secret, toPath: unfinished)
    // Another try to make one there does not take the secret away.
    try a.run("init", "--name", "a").expect(1)
    #expect(FileManager.default.fileExists(atPath: unfinished))
    try a.run("status").expect(0)
    #expect(FileManager.default.fileExists(atPath: secret))
    #expect(!FileManager.default.fileExists(atPath: unfinished))
  }

  @Test func `a secret without its database is kept`() throws {
    let world = try World()
    let a = world.laptop("a")
    try a.run("init", "--name", "a").expect(0)
    let (secret, database) = ("\(a.library)/secret", "\(a.library)/library.sqlite")
    let before = try Data(contentsOf: URL(fileURLWithPath: secret))
    try FileManager.default.removeItem(atPath: database)
    try a.run("init", "--name", "a").expect(1)
    #expect(try Data(contentsOf: URL(fileURLWithPath: secret)) == before)
    try a.run("join", secret, "--name", "a").expect(0)
    #expect(try Data(contentsOf: URL(fileURLWithPath: secret)) == before)
  }
}
