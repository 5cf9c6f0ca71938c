import Foundation
import Testing

/// Tags that only look alike, and tags that are mistyped.
@Suite(.ownThreads)
struct TagStories {
  private func library(_ world: World, tags: [String]) throws -> Laptop {
    let a = world.laptop("a")
    try a.run("init", "--name", "a").expect(0)
    for (number, tag) in tags.enumerated() {
      // As an import brings it: nobody typed it.
      let page = "---\ntitle: \(number)\ntags: [\"\(tag)\"]\n---\n\nText \(number).\n"
      try world.write(Data(page.utf8), to: "\(number).md")
      try a.run("import", world.path("\(number).md")).expect(0)
    }
    return a
  }

  @Test func `Tags that look alike are named with the command that joins them`() throws {
    let world = try World()
    let a = try library(
      world,
      tags: [
        "rail", "rail", "Rail", "\u{ff32}ail", "caf\u{e9}", "cafe\u{301}", "cafe", "tea",
      ])
    // Typed, or pasted from elsewhere: an import makes one kind of spaces of all.
    let ids = try a.articleIDs()
    try a.run("tag", "add", ids[0], "two\u{a0}words").expect(0)
    try a.run("tag", "add", ids[0], ids[1], "--tag", "two words").expect(0)
    let list = try a.run("tag", "list").expect(0)
    #expect(list.messages.contains("satchel tag rename Rail rail\n"), "\(list)")
    #expect(list.messages.contains("satchel tag rename 'two\u{a0}words' 'two words'\n"), "\(list)")
    #expect(!list.messages.contains("tea"), "\(list)")
    #expect(try a.run("tag", "list", "-q").expect(0).messages.isEmpty)
    let alike = try #require(try a.json("tag", "list")["alike"] as? [[String]])
    #expect(alike.count == 3, "\(alike)")
    let rail = try #require(alike.first { $0.first == "rail" })
    #expect(Set(rail) == ["rail", "Rail", "\u{ff32}ail"])
    for tags in alike {
      for other in tags.dropFirst() { try a.run("tag", "rename", other, tags[0]).expect(0) }
    }
    let joined = try a.json("tag", "list")
    #expect((joined["alike"] as? [Any])?.isEmpty == true, "\(joined)")
    let tags = try #require(joined["tags"] as? [[String: Any]])
    #expect(tags.first { $0["name"] as? String == "rail" }?["count"] as? Int == 4)
    #expect(tags.count == 5, "\(tags)")
  }

  @Test func `A mistyped tag is met with the one that was meant`() throws {
    let world = try World()
    let a = try library(world, tags: ["railway", "Tea"])
    let wrong = try a.run("tag", "rename", "ralway", "trains").expect(4)
    #expect(wrong.messages.contains("Did you mean railway?"), "\(wrong)")
    let other = try a.run("tag", "rename", "tea", "drinks").expect(4)
    #expect(other.messages.contains("Did you mean Tea?"), "\(other)")
    let unknown = try a.run("tag", "rename", "xyzzy", "y").expect(4)
    #expect(!unknown.messages.contains("Did you mean"), "\(unknown)")
    #expect(unknown.messages.contains("satchel tag list shows them."), "\(unknown)")
  }
}
