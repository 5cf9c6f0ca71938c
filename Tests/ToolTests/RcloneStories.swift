import Foundation
import Testing

/// Machines that meet in a store which rclone reaches.
@Suite(.ownThreads)
struct RcloneStories {
  static let isInstalled = (ProcessInfo.processInfo.environment["PATH"] ?? "")
    .split(separator: ":").contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/rclone")
    }

  @Test(.enabled(if: isInstalled, "rclone is not installed"))
  func `Two machines that never meet are equal by way of a store`() throws {
    let world = try World()
    // A folder, to rclone a remote like any other.
    let store = try world.makeFolder("store")
    try world.write(
      Data("[cloud]\ntype = alias\nremote = \(store)\n".utf8), to: "rclone.conf")
    var a = try world.laptopWithSamples()
    var b = try world.joined("b", to: a)
    a.environment["RCLONE_CONFIG"] = world.path("rclone.conf")
    b.environment["RCLONE_CONFIG"] = world.path("rclone.conf")
    try a.run("remote", "add", "cloud", "rclone:cloud:books").expect(0)
    try a.run("sync").expect(0)
    let plan = try b.run("sync", "rclone:cloud:books", "-n").expect(0)
    #expect(plan.output.contains("145 new operations, send 1 operation"), "\(plan)")
    try b.run("sync", "rclone:cloud:books").expect(0)
    try b.run("mark", "read", "https://news.example.org/2026/03/13/n260313.html").expect(0)
    try b.run("sync", "rclone:cloud:books").expect(0)
    try a.run("sync").expect(0)
    #expect(try a.fingerprint() == b.fingerprint())
    let nothing = try a.run("sync", "cloud").expect(0)
    #expect(nothing.output.contains("Nothing new at cloud."), "\(nothing)")
    let wrong = try a.run("sync", "rclone:clodu:books").expect(17)
    #expect(
      wrong.messages.contains("no remote named clodu; there are: cloud."), "\(wrong)")
  }

  /// A laptop whose rclone is a script.
  private func laptop(_ world: World, rclone script: String) throws -> Laptop {
    var laptop = try world.laptopWithSamples()
    _ = try world.makeFolder("bin")
    try world.script("bin/rclone", script)
    laptop.environment["PATH"] = "\(world.path("bin")):/usr/bin:/bin"
    return laptop
  }

  @Test(arguments: [
    ("403 Forbidden", 18), ("507 Insufficient Storage", 18), ("no route to host", 17),
  ])
  func `A store that does not take a file is told with what it said`(
    answer: String, code: Int32
  ) throws {
    let world = try World()
    let a = try laptop(
      world,
      rclone: """
        [ "$1" = lsjson ] && exec echo "[]"
        echo '{"level":"error","msg":"Failed to copy: \(answer)"}' >&2
        exit 1
        """)
    let result = try a.run("sync", "rclone:cloud:books").expect(code)
    #expect(result.messages.contains("rclone: Failed to copy: \(answer)"), "\(result)")
  }

  @Test func `A temporary folder that cannot be written in is named`() throws {
    let world = try World()
    var a = try laptop(world, rclone: "[ \"$1\" = lsjson ] && exec echo '[]'; exit 0")
    a.environment["TMPDIR"] = world.path("nowhere")
    let result = try a.run("sync", "rclone:cloud:books").expect(18)
    #expect(result.messages.contains("temporary folder"), "\(result)")
    #expect(result.messages.contains("nowhere"), "\(result)")
    #expect(!result.messages.contains("--pull"), "\(result)")
  }

  @Test func `A bucket that is not there is made with rclone`() throws {
    let world = try World()
    let a = try laptop(
      world,
      rclone: """
        echo '{"level":"error","msg":"error listing: NoSuchBucket: status code: 404"}' >&2
        exit 1
        """)
    let result = try a.run("sync", "rclone:cloud:books").expect(17)
    #expect(result.messages.contains("rclone mkdir"), "\(result)")
  }

  @Test func `A store that was emptied is not called a stick`() throws {
    let world = try World()
    let list = "[ \"$1\" = lsjson ] && exec echo '[]'; exit 0"
    let a = try laptop(world, rclone: list)
    try a.run("sync", "rclone:cloud:books").expect(0)
    let result = try a.run("sync", "rclone:cloud:books").expect(17)
    #expect(result.messages.contains("it was emptied"), "\(result)")
    #expect(!result.messages.contains("ount"), "\(result)")
  }

  @Test func `Where there is no rclone, it is told how to get it`() throws {
    let world = try World()
    var a = try world.laptopWithSamples()
    a.environment["PATH"] = try world.makeFolder("bin")
    let result = try a.run("sync", "rclone:cloud:books").expect(17)
    #expect(result.messages.contains("rclone is not installed here"), "\(result)")
  }

  @Test func `A Control-C ends an rclone that waits for its store`() throws {
    let world = try World()
    let id = world.path("id")
    let a = try laptop(world, rclone: "echo $$ >'\(id)'; exec sleep 100")
    let sync = try a.start("sync", "rclone:cloud:books")
    try sync.wait("rclone") { FileManager.default.contents(atPath: id)?.isEmpty == false }
    sync.signal(SIGINT)
    #expect(try sync.exitCode() == 130)
    try world.expectNoProcess("id")
  }
}
