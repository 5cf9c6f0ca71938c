import Foundation
import Testing

/// The job Satchel is for, on real pages: skipped where they are not at hand.
@Suite(
  .ownThreads, .enabled(if: Repository.corpus != nil, "the sample of mirrored pages is not here"))
struct MainJobStory {
  @Test func `Two laptops and a stick converge on 1213 real pages`() throws {
    let world = try World()
    try unpack(into: world)
    let (a, b) = try libraries(in: world)

    let ids = try b.articleIDs()
    try mark(a, b, ids)
    try exchange(a, b, world)

    #expect(try a.fingerprint() == b.fingerprint())
    let lists = try [a, b].map { try $0.run("list", "--json", "--all").expect(0).output }
    #expect(lists[0] == lists[1])
    try expectOneNoteConflict(a, b)
    try a.run("check", "--deep").expect(0)
    try b.run("check", "--deep").expect(0)
  }

  private func unpack(into world: World) throws {
    let tar = Process()
    tar.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    let corpus = try #require(Repository.corpus)
    let pages = world.path("pages")
    try FileManager.default.createDirectory(atPath: pages, withIntermediateDirectories: true)
    tar.arguments = ["tar", "-xf", corpus.path, "-C", pages]
    try ToolResult(tar, input: nil).expect(0)
  }

  private func libraries(in world: World) throws -> (Laptop, Laptop) {
    let a = world.laptop("a")
    try a.run("init", "--name", "a").expect(0)
    let added = try a.json("import", "mirror", world.path("pages"))
    #expect(added["added"] as? Int == 1_208)
    #expect(added["duplicates"] as? Int == 5)
    let again = try a.json("import", "mirror", world.path("pages"))
    #expect(again["added"] as? Int == 0)
    #expect(again["changed"] as? Int == 0)
    #expect(again["unchanged"] as? Int == 1_208)
    let b = try world.joined("b", to: a)
    try a.run("bundle", "create", world.path("all.satchel")).expect(0)
    let merged = try b.json("merge", world.path("all.satchel"))
    #expect(merged["articles_added"] as? Int == 1_208)
    // What B holds, A learns only from a bundle that came back.
    try b.run("bundle", "create", world.path("acknowledged.satchel"), "--for", "a").expect(0)
    try a.run("merge", world.path("acknowledged.satchel")).expect(0)
    return (a, b)
  }

  /// Some on one, some on the other, some the same article on both.
  private func mark(_ a: Laptop, _ b: Laptop, _ ids: [String]) throws {
    for id in ids[0..<10] { try a.run("mark", "read", id).expect(0) }
    for id in ids[5..<15] { try b.run("mark", "starred", id).expect(0) }
    try a.run("tag", "add", ids[0], ids[7], "晚上").expect(0)
    try b.run("tag", "add", ids[7], ids[20], "weekend").expect(0)
    try b.run("tag", "rm", ids[3], "weekend").expect(0)
    try a.run("progress", ids[7], "40").expect(0)
    try b.run("progress", ids[7], "60").expect(0)
    try a.run("note", ids[7], "-m", "from a").expect(0)
    try b.run("note", ids[7], "-m", "from b").expect(0)
    try a.run("note", ids[30], "-m", "only a").expect(0)
    try a.run("rm", ids[40]).expect(0)
  }

  /// Back and forth twice, in swapped and repeated order.
  private func exchange(_ a: Laptop, _ b: Laptop, _ world: World) throws {
    for round in 1...2 {
      let fromA = world.path("a\(round).satchel")
      let fromB = world.path("b\(round).satchel")
      try b.run("bundle", "create", fromB, "--for", "a").expect(0)
      try a.run("bundle", "create", fromA, "--for", "b").expect(0)
      let size = try world.read("a\(round).satchel").count
      #expect(size < 2_048, "a bundle of new marks only has \(size) bytes")
      try b.run("merge", fromA, world.path("all.satchel"), fromA).expect(0)
      try a.run("merge", fromB).expect(0)
      try a.run("merge", fromB).expect(0)
    }
    try b.run("merge", world.path("a1.satchel")).expect(0)
    try a.run("merge", world.path("b1.satchel")).expect(0)
  }

  private func expectOneNoteConflict(_ a: Laptop, _ b: Laptop) throws {
    let lists = try [a, b].map { try $0.run("conflicts", "--json").expect(0).output }
    #expect(lists[0] == lists[1])
    let conflicts = try #require(try a.json("conflicts")["conflicts"] as? [[String: Any]])
    #expect(conflicts.count == 1)
    let sides = ["kept", "lost"].compactMap {
      (conflicts.first?[$0] as? [String: Any])?["value"] as? String
    }
    #expect(Set(sides) == ["from a", "from b"])
  }
}
