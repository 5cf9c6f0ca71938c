import Foundation
import Testing

/// `satchel sync --watch`: what changes anywhere is soon everywhere.
@Suite(.ownThreads)
struct WatchStories {
  @Test func `A watched folder carries what changes here and there, and may come and go`()
    throws
  {
    let world = try World()
    let share = try world.makeFolder("share")
    let a = try world.laptopWithSamples()
    let b = try world.joined("b", to: a)
    let watch = try b.start("sync", share, "--watch", "--interval", "1")
    try a.run("sync", share).expect(0)
    try watch.wait("the articles") { try b.articleIDs().count == 12 }
    let ids = try b.articleIDs()
    try b.run("mark", "read", ids[0]).expect(0)
    try watch.wait("b's mark") {
      try a.run("sync", share).expect(0)
      return try a.json("status")["unread"] as? Int == 11
    }

    try FileManager.default.moveItem(atPath: share, toPath: "\(share)-away")
    try a.run("mark", "starred", ids[1]).expect(0)
    try watch.wait("a word about it") { watch.messages.contains("there is no such folder") }
    try FileManager.default.moveItem(atPath: "\(share)-away", toPath: share)
    try a.run("sync", share).expect(0)
    try watch.wait("a's star") { try b.json("status")["starred"] as? Int == 1 }
    // It is told once however often it was tried, and once that it works again.
    try watch.wait("a word that it works") { watch.messages.contains("works again") }
    // Before, perhaps, that nothing lay there when b looked first.
    let lines = watch.messages.split(separator: "\n").filter { !$0.contains("of this library") }
    #expect(lines.count == 2, "\(lines)")
    #expect(!watch.output.contains("Nothing new"))
    watch.signal(SIGINT)
    try watch.expect(130)
    // So it ends: nothing is to be gone on with.
    #expect(!watch.messages.contains("Run it again"), "\(watch.messages)")
  }

  @Test func `A watched folder is looked at again: a file that was empty, and one that is cut`()
    throws
  {
    let world = try World()
    let share = try world.makeFolder("share")
    let a = try world.laptopWithSamples()
    let b = try world.joined("b", to: a)
    try a.run("sync", share).expect(0)
    let library = try #require(
      FileManager.default.contentsOfDirectory(atPath: share).first.map { "\(share)/\($0)" })
    let name = try #require(
      FileManager.default.contentsOfDirectory(atPath: library).first { $0.hasSuffix(".satchel") })
    let whole = try Data(contentsOf: URL(filePath: "\(library)/\(name)"))
    try Data().write(to: URL(filePath: "\(library)/\(name)"))
    let watch = try b.start("sync", share, "--watch")
    try watch.wait("a word about it") { watch.messages.contains("skipped") }
    try whole.prefix(whole.count / 2).write(to: URL(filePath: "\(library)/\(name)"))
    try whole.write(to: URL(filePath: "\(library)/\(name)"))
    try watch.wait("the articles") { try b.articleIDs().count == 12 }
    try watch.wait("a word that it works") { watch.messages.contains("works again") }
    #expect(watch.messages.split(separator: "\n").count == 2, "\(watch.messages)")
    watch.signal(SIGINT)
    try watch.expect(130)
  }

  @Test func `A watched server carries what changes here and there, and may come and go`()
    throws
  {
    let world = try World()
    let a = try world.laptopWithSamples()
    let b = try world.joined("b", to: a)
    let server = try a.serve()
    let watch = try b.start("sync", server.address, "--watch", "--interval", "1")
    try watch.wait("the articles") { try b.articleIDs().count == 12 }
    let ids = try b.articleIDs()
    try b.run("mark", "read", ids[0]).expect(0)
    try watch.wait("b's mark") { try a.json("status")["unread"] as? Int == 11 }
    try a.run("mark", "starred", ids[1]).expect(0)
    try watch.wait("a's star") { try b.json("status")["starred"] as? Int == 1 }

    server.process.signal(SIGTERM)
    try server.process.expect(0)
    try watch.wait("a word about it") { !watch.messages.isEmpty }
    try a.run("mark", "starred", ids[2]).expect(0)
    let back = try a.start("serve", "--bind", server.host, "--port", "\(server.port)")
    try watch.wait("a's other star") { try b.json("status")["starred"] as? Int == 2 }
    try watch.wait("a word that it works") { watch.messages.contains("works again") }
    #expect(watch.messages.split(separator: "\n").count == 2, "\(watch.messages)")
    watch.signal(SIGTERM)
    try watch.expect(130)
    back.end()
  }
}
