import Foundation
import Testing

/// `satchel sync ssh://…`, with a script that runs the command here as a login there would.
@Suite(.ownThreads)
struct SSHStories {
  @Test func `A library with a quoted path, in the home folder or not, is synchronized`() throws {
    let world = try World()
    let (a, there) = try machines(in: world)
    let path = "a library's \"shelf\""
    try there.joinSelf(at: path, from: a)
    try a.run("remote", "add", "shelf", "ssh://reader@there:22/~/\(path)").expect(0)
    let sync = try a.run("sync").expect(0)
    #expect(sync.output.contains("sent 145 operations and 17 bodies"), "\(sync)")
    #expect(sync.messages.isEmpty)
    #expect(try a.fingerprint() == there.laptop(at: path).fingerprint())
    let called = try String(contentsOfFile: "\(there.home)/called", encoding: .utf8)
    #expect(called.hasPrefix("-p 22 reader@there satchel serve --stdio -L "), "\(called)")
    let again = try a.run("sync", "ssh://there\(there.home)/\(path)").expect(0)
    #expect(again.output.contains("Nothing new at ssh://there"), "\(again)")
  }

  @Test func `What is missing there is said in one line with an exit code`() throws {
    let world = try World()
    let (a, there) = try machines(in: world)
    try a.run("sync", "ssh://there/~/nothing").expect(17).says("there is no library at that path")
    let other = there.laptop(at: "other")
    try other.run("init", "--name", "other").expect(0)
    let stranger = try a.run("sync", "ssh://there/~/other").expect(12)
    stranger.says("what answers there is no replica of this library")
    #expect(stranger.messages.split(separator: "\n").count == 1, "\(stranger)")

    var remoteless = a
    remoteless.environment["SATCHEL_REMOTE"] = "no-satchel"
    try remoteless.run("sync", "ssh://there/~/other").expect(17).says("satchel was not found")
    var sshless = a
    sshless.environment["SATCHEL_SSH"] = nil
    sshless.environment["PATH"] = "/nonexistent"
    try sshless.run("sync", "ssh://there/~/other").expect(17).says("ssh or satchel was not found")
  }

  @Test(arguments: ["Welcome to there! You have mail.", "Hi"])
  func `A login that prints a greeting is refused in one plain line`(greeting: String) throws {
    let world = try World()
    let (a, there) = try machines(in: world, greeting: greeting)
    try there.joinSelf(at: "library", from: a)
    let refused = try a.run("sync", "ssh://there/~/library").expect(13)
    refused.says("before the session came something else (\(greeting))")
    #expect(refused.messages.split(separator: "\n").count == 1, "\(refused)")
  }

  @Test func `Standard streams that are no pipes are refused`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    // Both are files here.
    try a.run("serve", "--stdio").expect(1).says("cannot listen on standard input and output")
  }

  @Test func `A first transfer through ssh that is cut goes on`() throws {
    let world = try World()
    // More than one commit, less than all.
    let there = try OtherMachine(in: world, filter: "dd bs=4096 count=2000 2>/dev/null |")
    let a = there.reached(by: try world.laptopWithMuch("much"))
    try there.joinSelf(at: "library", from: a)
    let cut = try a.run("sync", "ssh://there/~/library").expect(17)
    cut.says("1 operation and 0 bodies that were merged stay.")
    #expect(cut.messages.split(separator: "\n").count == 1, "\(cut)")
    let b = there.laptop(at: "library")
    try b.run("check", "--deep").expect(0)
    _ = try OtherMachine(in: world)
    let summary = try a.json("sync", "ssh://there/~/library")
    #expect(try #require((summary["sent"] as? [String: Int])?["bodies"]) < 120)
    #expect(try a.fingerprint() == b.fingerprint())
    #expect(try b.json("status")["missing_bodies"] as? Int == 0)
  }

  private func machines(
    in world: World, greeting: String? = nil
  ) throws -> (Laptop, OtherMachine) {
    let there = try OtherMachine(
      in: world, filter: greeting.map { "echo '\($0)'\n" } ?? "")
    return (there.reached(by: try world.laptopWithSamples()), there)
  }
}

/// What ssh would reach: a home folder, a shell, and satchel in the search path.
private struct OtherMachine {
  let home: String
  private let world: World

  /// - Parameter filter: what its shell does before it runs the command.
  init(in world: World, filter: String = "") throws {
    self.world = world
    home = try world.makeFolder("there")
    try world.script(
      "there/ssh",
      """
      printf '%s ' "$@" > '\(home)/called'
      while [ $# -gt 2 ]; do shift; done
      cd '\(home)'
      export HOME='\(home)' XDG_STATE_HOME='\(home)/state' PATH='\(home)/bin':/usr/bin:/bin
      \(filter) sh -c "$2"
      """)
    _ = try world.makeFolder("there/bin")
    try world.script("there/bin/satchel", "exec '\(Repository.tool.path)' \"$@\"")
  }

  /// A laptop whose ssh leads here.
  func reached(by laptop: Laptop) -> Laptop {
    var laptop = laptop
    laptop.environment["SATCHEL_SSH"] = "\(home)/ssh"
    return laptop
  }

  func laptop(at path: String) -> Laptop {
    var laptop = world.laptop("there")
    laptop.library = "\(home)/\(path)"
    return laptop
  }

  func joinSelf(at path: String, from laptop: Laptop) throws {
    let code = world.path("invitation")
    try laptop.run("invite", "--file", code).expect(0)
    try self.laptop(at: path).run("join", code, "--name", "there").expect(0)
  }
}

extension ToolResult {
  fileprivate func says(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(messages.contains(text), "\(self)", sourceLocation: sourceLocation)
  }
}
