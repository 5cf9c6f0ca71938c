import Foundation
import Testing

/// `satchel import --watch`: what comes into a folder comes into the library.
@Suite(.ownThreads)
struct ImportWatchStories {
  private func page(_ number: Int) -> Data {
    Data("---\ntitle: Page \(number)\nurl: https://e.example/\(number)\n---\n\nText.\n".utf8)
  }

  @Test func `A file is taken when it was the same in two looks, and pruned when it is gone`()
    throws
  {
    let world = try World()
    let folder = try world.makeFolder("inbox")
    let a = world.laptop("a")
    try a.run("init", "--name", "a").expect(0)
    try world.write(page(1), to: "inbox/1.md")
    try world.write(page(2), to: "inbox/2.md")
    let watch = try a.start("import", "--watch", "--prune", "--interval", "1", folder)
    try watch.wait("the first pages") { try a.articleIDs().count == 2 }
    try watch.wait("a line") { watch.output == "Added 2 articles.\n" }

    // One that grows is taken when it is whole.
    let file = world.path("inbox/3.md")
    try page(3).write(to: URL(filePath: file))
    let handle = try FileHandle(forWritingTo: URL(filePath: file))
    try handle.seekToEnd()
    for _ in 0..<12 {
      try handle.write(contentsOf: Data("More.\n".utf8))
      try handle.synchronize()
      usleep(250_000)
    }
    #expect(try a.articleIDs().count == 2)
    try handle.write(contentsOf: Data("The end.\n".utf8))
    try handle.close()
    try watch.wait("the page") { try a.articleIDs().count == 3 }
    #expect(try a.run("show", "https://e.example/3").expect(0).output.contains("The end."))

    // An image that comes behind its page is taken with it.
    try world.write(
      Data("---\ntitle: Map\nurl: https://e.example/map\n---\n\n![](map.png)\n".utf8),
      to: "inbox/map.md")
    try watch.wait("the page with an image") { try a.articleIDs().count == 4 }
    try world.write(Data([0x89] + "PNG".utf8), to: "inbox/map.png")
    try watch.wait("the image") { watch.output.contains("Added 0 articles; 1 changed.") }
    try FileManager.default.removeItem(atPath: world.path("inbox/map.md"))
    try watch.wait("the bin") { try a.articleIDs().count == 3 }

    try FileManager.default.removeItem(atPath: world.path("inbox/2.md"))
    try watch.wait("the bin") {
      (try a.json("list", "--deleted")["articles"] as? [Any])?.count == 2
    }
    try FileManager.default.moveItem(atPath: folder, toPath: "\(folder)-away")
    try watch.wait("a word about it") { watch.messages.contains("no such file or folder") }
    try FileManager.default.moveItem(atPath: "\(folder)-away", toPath: folder)
    try watch.wait("a word that it works") { watch.messages.contains("works again") }
    try world.write(page(4), to: "inbox/4.md")
    try watch.wait("the next page") { try a.articleIDs().count == 3 }
    #expect(watch.messages.split(separator: "\n").count == 2, "\(watch.messages)")
    watch.signal(SIGINT)
    try watch.expect(130)
    // Each batch is undone alone.
    let actions = try #require(try a.json("undo", "--list")["actions"] as? [Any])
    #expect(actions.count >= 4)
  }

  @Test func `A repository is watched by its commit, and scripts get a summary a batch`() throws {
    let world = try World()
    let folder = try world.makeFolder("mirror")
    func git(_ arguments: String...) throws {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments =
        ["git", "-C", folder, "-c", "user.name=m", "-c", "user.email=m@example.org"] + arguments
      process.environment = ["PATH": "/usr/bin:/bin", "HOME": world.path("nobody")]
      try #require(try ToolResult(process, input: nil).code == 0)
    }
    try git("init", "-q")
    let a = world.laptop("a")
    try a.run("init", "--name", "a").expect(0)
    let watch = try a.start("import", "--watch", "--json", "--interval", "1", "git:\(folder)")
    try watch.wait("a word about it") { watch.messages.contains("nothing is committed") }
    try world.write(page(1), to: "mirror/1.md")
    try git("add", "-A")
    try git("commit", "-q", "-m", "one")
    try watch.wait("the page") { try a.articleIDs().count == 1 }
    try world.write(page(2), to: "mirror/2.md")
    try git("add", "-A")
    try git("commit", "-q", "-m", "two")
    try watch.wait("the next page") { try a.articleIDs().count == 2 }
    let summaries = try watch.output.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }.filter { $0["type"] as? String == "summary" }
    #expect(summaries.compactMap { $0["added"] as? Int } == [1, 1], "\(watch.output)")
    watch.signal(SIGTERM)
    try watch.expect(130)
    try a.run("import", "--watch", "-n", folder).expect(64)
    try a.run("import", "--interval", "2", folder).expect(64)
    try a.run("import", "--watch", "--interval", "0", folder).expect(64)
  }
}
