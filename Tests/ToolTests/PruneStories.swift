import Foundation
import Testing

/// `satchel import --prune`: what a source has no more goes into the bin, if nobody marked it.
@Suite(.ownThreads)
struct PruneStories {
  private func page(_ number: Int, in folder: String, _ world: World) throws {
    try world.write(
      Data("---\ntitle: Page \(number)\nurl: https://e.example/\(number)\n---\n\nText.\n".utf8),
      to: "\(folder)/\(number).md")
  }

  private func start(_ count: Int = 12) throws -> (World, String, Laptop) {
    let world = try World()
    let folder = try world.makeFolder("mirror")
    for number in 1...count { try page(number, in: "mirror", world) }
    let a = world.laptop("a")
    try a.run("init", "--name", "a").expect(0)
    return (world, folder, a)
  }

  private func remove(_ numbers: ClosedRange<Int>, from folder: String) throws {
    for number in numbers { try FileManager.default.removeItem(atPath: "\(folder)/\(number).md") }
  }

  private func deleted(_ a: Laptop) throws -> Int {
    try #require(try a.json("list", "--deleted")["articles"] as? [Any]).count
  }

  @Test func `What nobody marked goes into the bin, and what is marked is kept and told`() throws {
    let (_, folder, a) = try start()
    let first = try a.run("import", folder, "--prune", "--tag", "mirror").expect(0)
    #expect(first.messages.contains("nothing was remembered"), "\(first)")
    func url(_ number: Int) -> String { "https://e.example/\(number)" }
    try a.run("mark", "read", url(1)).expect(0)
    try a.run("mark", "starred", url(2)).expect(0)
    try a.run("mark", "archived", url(3)).expect(0)
    try a.run("progress", url(4), "40").expect(0)
    try a.run("rate", url(5), "3").expect(0)
    try a.run("note", url(6), "-m", "mine").expect(0)
    try a.run("tag", "add", url(7), "mine").expect(0)
    try a.run("title", url(8), "Mine").expect(0)
    try a.run("highlight", "add", url(9), "--quote", "Text").expect(0)
    try remove(1...11, from: folder)

    let told = try a.run("import", folder).expect(0)
    #expect(told.messages.contains("11 pages are no longer there"), "\(told)")
    #expect(told.messages.contains("satchel import --prune"), "\(told)")
    // It is told once.
    #expect(try a.run("import", folder).expect(0).messages.isEmpty)
    #expect(try deleted(a) == 0)
    let plan = try a.run("import", "--prune", folder, "-n").expect(0)
    #expect(plan.output.contains("2 to be put into the bin"), "\(plan)")
    #expect(try deleted(a) == 0)

    let pruned = try a.run("import", "--prune", folder).expect(0)
    #expect(pruned.output.contains("2 put into the bin"), "\(pruned)")
    #expect(pruned.messages.contains("kept 9 marked articles"), "\(pruned)")
    #expect(try deleted(a) == 2)
    let listed = try a.run("import", "--prune", folder, "-v").expect(0)
    for number in 1...9 { #expect(listed.messages.contains(": \(number).md"), "\(listed)") }
    let summary = try a.json("import", "--prune", folder)
    let gone = try #require(summary["gone"] as? [[String: Any]])
    #expect(gone.count == 9 && gone.allSatisfy { $0["marked"] as? Bool == true }, "\(summary)")
    #expect(summary["pruned"] as? Int == 0)
  }

  @Test func `It is undone whole and for good, and a page that comes back brings its article`()
    throws
  {
    let (world, folder, a) = try start()
    try a.run("import", folder).expect(0)
    try remove(1...1, from: folder)
    try a.run("import", "--prune", folder).expect(0)
    #expect(try deleted(a) == 1)
    // What a mirror brings back, an import takes back; a reader's own deletion it does not.
    try page(1, in: "mirror", world)
    try a.run("import", folder).expect(0)
    #expect(try deleted(a) == 0)
    try a.run("rm", "https://e.example/1").expect(0)
    try a.run("import", folder).expect(0)
    #expect(try deleted(a) == 1)

    try remove(2...2, from: folder)
    try a.run("import", "--prune", folder).expect(0)
    #expect(try deleted(a) == 2)
    try a.run("undo").expect(0)
    #expect(try deleted(a) == 1)
    try a.run("import", "--prune", folder).expect(0)
    #expect(try deleted(a) == 1)
  }

  @Test func `What another source still has stays, and a moved or unreadable page is not gone`()
    throws
  {
    let (world, folder, a) = try start()
    let other = try world.makeFolder("other")
    try page(1, in: "other", world)
    try a.run("import", folder, other).expect(0)
    try remove(1...1, from: folder)
    try FileManager.default.moveItem(atPath: "\(folder)/2.md", toPath: "\(folder)/moved.md")
    try world.write(Data([0x23, 0x20, 0xFF, 0xFF, 0x00]), to: "mirror/3.md")
    try a.run("import", "--prune", folder).expect(3)
    #expect(try deleted(a) == 0)
    try FileManager.default.removeItem(atPath: "\(other)/1.md")
    try page(20, in: "other", world)
    try a.run("import", "--prune", other).expect(0)
    #expect(try deleted(a) == 1)
  }

  @Test func `A source that shows nothing is refused, and nothing in it is taken for gone`() throws
  {
    let (_, folder, a) = try start()
    try a.run("import", folder).expect(0)
    try FileManager.default.moveItem(atPath: folder, toPath: "\(folder)-away")
    try a.run("import", "--prune", folder).expect(4)
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: false)
    let refused = try a.run("import", "--prune", "-y", folder).expect(17)
    #expect(refused.messages.contains("shows no page any more, and had 12"), "\(refused)")
    let told = try a.run("import", folder).expect(0)
    #expect(told.messages.contains("shows no page"), "\(told)")
    #expect(try deleted(a) == 0)
  }

  #if os(Linux)
    @Test func `Where it is more than a tenth, it asks on a terminal`() throws {
      let (_, folder, a) = try start()
      try a.run("import", folder).expect(0)
      try remove(1...1, from: folder)
      let unasked = try a.atTerminal("import", "--prune", folder)
      #expect(try unasked.exitCode() == 0)
      #expect(try deleted(a) == 1)
      try remove(2...3, from: folder)
      let refused = try a.atTerminal("import", "--prune", folder)
      try refused.wait(for: "has 2 of its 11 articles no more")
      refused.type("n\n")
      #expect(try refused.exitCode() == 0)
      #expect(try deleted(a) == 1)
      let told = try a.atTerminal("import", "--prune", "-y", folder)
      #expect(try told.exitCode() == 0)
      #expect(try deleted(a) == 3)
      try remove(4...6, from: folder)
      try a.run("import", "--prune", folder).expect(0)
      #expect(try deleted(a) == 6)
    }
  #endif

  @Test func `A repository is pruned by its commit, though nothing else changed`() throws {
    let (world, folder, a) = try start()
    func git(_ arguments: String...) throws {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments =
        ["git", "-C", folder, "-c", "user.name=m", "-c", "user.email=m@example.org"] + arguments
      process.environment = ["PATH": "/usr/bin:/bin", "HOME": world.path("nobody")]
      let result = try ToolResult(process, input: nil)
      try #require(result.code == 0, "\(result)")
    }
    try git("init", "-q")
    try git("add", "-A")
    try git("commit", "-q", "-m", "one")
    // A folder and its repository are one source.
    try a.run("import", folder).expect(0)
    try a.run("import", "git:\(folder)").expect(0)
    try git("rm", "-q", "1.md", "2.md")
    try git("commit", "-q", "-m", "two")
    let told = try a.run("import", "git:\(folder)").expect(0)
    #expect(told.messages.contains("2 pages are no longer there"), "\(told)")
    let plan = try a.run("import", "--prune", "git:\(folder)", "-n").expect(0)
    #expect(plan.output.contains("2 to be put into the bin"), "\(plan)")
    try a.run("import", "--prune", "git:\(folder)").expect(0)
    #expect(try deleted(a) == 2)
    try git("rm", "-q", "-r", ".")
    try git("commit", "-q", "-m", "none")
    try a.run("import", "--prune", "git:\(folder)").expect(17)
    #expect(try deleted(a) == 2)
  }
}
