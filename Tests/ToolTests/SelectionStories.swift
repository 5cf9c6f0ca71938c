import Foundation
import Testing

/// `bundle create --query`: some articles for a member who wants these now.
@Suite(.ownThreads)
struct SelectionStories {
  @Test func `A few articles go to a member with their marks, and all else comes later`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let b = try world.joined("b", to: a)
    let ids = try a.articleIDs()
    try a.run("mark", "starred", ids[2], ids[5]).expect(0)
    try a.run("note", ids[2], "-m", "read this first").expect(0)
    let file = world.path("few.satchel")
    let plan = try a.run("bundle", "create", file, "--query", "is:starred", "-n").expect(0)
    #expect(plan.output.contains("of the articles that match"), "\(plan)")
    #expect(!FileManager.default.fileExists(atPath: file))
    try a.run("bundle", "create", file, "--query", "is:starred").expect(0)

    let inspected = try a.run("bundle", "inspect", file).expect(0)
    #expect(inspected.output.contains("(selection)"), "\(inspected)")
    #expect(inspected.output.contains("claims nothing beyond that"), "\(inspected)")
    let bundles = try #require(
      try a.json("bundle", "inspect", file)["bundles"] as? [[String: Any]])
    #expect(bundles[0]["scope"] as? String == "selection")
    try a.run("bundle", "verify", file).expect(0)

    let merged = try b.run("merge", file).expect(0)
    #expect(!merged.messages.contains("diverged"), "\(merged)")
    #expect(try Set(b.articleIDs()).count == 2)
    #expect(try b.json("status")["missing_bodies"] as? Int == 0)
    #expect(try b.json("status")["starred"] as? Int == 2)
    let rows = try #require(try b.json("list", "is:noted")["articles"] as? [[String: Any]])
    #expect(rows.count == 1)

    let (all, back) = (world.path("all.satchel"), world.path("back.satchel"))
    try a.run("bundle", "create", all).expect(0)
    try b.run("merge", all).expect(0)
    try b.run("bundle", "create", back).expect(0)
    try a.run("merge", back).expect(0)
    #expect(try a.fingerprint() == b.fingerprint())
  }

  @Test func `A query that finds nothing writes no file, and one that is wrong says where`() throws
  {
    let world = try World()
    let a = try world.laptopWithSamples()
    let file = world.path("none.satchel")
    let none = try a.run("bundle", "create", file, "--query", "tag:no-such-tag").expect(0)
    #expect(none.output.contains("No articles match: no file was written"), "\(none)")
    let json = try a.json("bundle", "create", file, "--query", "tag:no-such-tag")
    #expect(json["path"] is NSNull && json["operations"] as? Int == 0, "\(json)")
    try a.run("bundle", "create", file, "--query", "is:nonsense").expect(64)
    try a.run("bundle", "create", file, "--query", "").expect(64)
    try a.run("bundle", "create", file, "--query", "is:unread", "--full").expect(64)
    #expect(!FileManager.default.fileExists(atPath: file))
  }
}
