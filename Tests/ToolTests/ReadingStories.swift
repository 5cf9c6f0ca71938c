import Foundation
import Testing

/// What a reader does every day, with the built tool: asking, reading on, taking back.
@Suite(.ownThreads)
struct ReadingStories {
  @Test func `One language says which articles are meant, wherever a command asks`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let all = try a.articleIDs()
    let chinese = try ids(a, "list", "lang:zh")
    #expect(chinese.count > 2 && chinese.count < all.count)
    #expect(try Set(ids(a, "list", "-lang:zh")) == Set(all).subtracting(chinese))
    #expect(try Set(ids(a, "search", "lang:zh", "--limit", "0")) == Set(chinese))
    try a.run("mark", "read", "--query", "lang:zh 的").expect(0)
    #expect(try ids(a, "list", "is:read lang:zh") == ids(a, "list", "--read"))
    #expect(try ids(a, "list", "温壶").count == 1)
    #expect(try ids(a, "list", "的 OR the", "is:unread").count == all.count - chinese.count)
    // A word before an option's value, and a minus in it.
    try a.run("mark", "starred", "--query", "-lang:zh").expect(0)
    #expect(try Set(ids(a, "list", "--starred")) == Set(all).subtracting(chinese))
    #expect(try ids(a, "list", "is:starred", "-tag:*") == [])
    try a.run("mark", "archived", "--query", "is:starred").expect(0)
    #expect(try Set(ids(a, "list")) == Set(chinese))
    #expect(try ids(a, "list", "is:archived").count == all.count - chinese.count)
    #expect(try ids(a, "list", "--since", "2999").isEmpty)
    try a.run("list", "--since", "soon").expect(64)
  }

  @Test func `A query that is wrong is refused with its place, and nothing is changed`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let before = try a.fingerprint()
    let field = try a.run("list", "河口 sit:example.org").expect(64)
    #expect(
      field.messages.hasPrefix(
        """
        satchel: there is no field "sit".
          河口 sit:example.org
               ^^^
        Did you mean site?
        """), "\(field)")
    for (query, place) in [
      ("is:unred", "   ^^^^^"), ("(tea", "^"), ("tea OR", "    ^^"),
      ("since:2026-02-30", "      ^^^^^^^^^^"),
    ] {
      let refused = try a.run("rm", "--query", query, "-y").expect(64)
      #expect(refused.messages.contains("\n  \(place)\n"), "\(refused)")
    }
    try a.run("rm", "--query", " ").expect(64)
    try a.run("rm", "--query", "&", "-y").expect(64)
    try a.run("rm", "--query", "@none", "-y").expect(4)
    #expect(try a.fingerprint() == before)
    let json = try a.run("list", "is:unred", "--json").expect(64)
    #expect(json.messages.contains(#""code":64"#) && json.messages.contains("unread"), "\(json)")
  }

  @Test func `Views are kept, travel, and an unreadable one is an error of its own`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let b = try world.joined("b", to: a)
    try a.run("view", "add", "早上", "is:unread", "-lang:zh", "--sort", "title").expect(0)
    let again = try a.run("view", "add", "@早上", "is:unread -lang:zh", "--sort", "title").expect(0)
    #expect(again.output == "Nothing changed: it was so already.\n")
    try a.run("view", "add", "both", "@早上 OR is:starred").expect(0)
    let listed = try ids(a, "list", "@早上")
    #expect(!listed.isEmpty)
    #expect(try ids(a, "list", "@早上") == ids(a, "list", "is:unread -lang:zh", "--sort", "title"))
    #expect(try ids(a, "list", "@早上", "--sort", "added") != listed)
    try a.run("view", "add", "早上", "@both").expect(1)
    try a.run("view", "add", "a:b", "tea").expect(64)
    try a.run("view", "add", "c", "tea OR").expect(64)
    try exchange(from: a, to: b, world)
    #expect(try b.run("view", "list").expect(0).output == a.run("view", "list").output)
    #expect(try ids(b, "list", "@早上") == listed)
    try b.run("view", "rm", "早上").expect(0)
    try b.run("view", "rm", "早上").expect(4)
    let broken = try b.run("list", "@both").expect(4)
    #expect(broken.messages.contains("no view \"早上\""), "\(broken)")
    try b.run("undo").expect(0)
    #expect(try ids(b, "list", "@both") == ids(a, "list", "@both"))
  }

  @Test func `What was deleted lies in the bin, the same everywhere, until it is emptied`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let b = try world.joined("b", to: a)
    try exchange(from: a, to: b, world)
    let id = try #require(a.articleIDs().first)
    let text = try a.run("show", id, "--format", "markdown").output
    let removed = try a.run("rm", id).expect(0)
    #expect(removed.output.contains("satchel undo"), "\(removed)")
    #expect(try !a.articleIDs().contains(id))
    #expect(try ids(a, "list", "--deleted") == [id])
    #expect(try a.run("show", id, "--format", "markdown").expect(0).output == text)
    #expect(try a.run("mark", "read", id).expect(4).messages.contains("satchel restore"))
    try exchange(from: a, to: b, world)
    #expect(try ids(b, "list", "is:deleted") == [id])
    try b.run("restore", id).expect(0)
    try exchange(from: b, to: a, world)
    #expect(try a.run("show", id, "--format", "markdown").expect(0).output == text)
    #expect(try a.fingerprint() == b.fingerprint())
    try a.run("rm", id).expect(0)
    try a.run("compact").expect(0)
    #expect(try a.run("show", id, "--format", "markdown").expect(0).output == text)
    try a.run("compact", "--bin-older-than", "0d").expect(0)
    try a.run("compact", "--bin-older-than", "soon").expect(64)
    #expect(try a.run("show", id).expect(0).messages.contains("missing here"))
    try a.run("restore", id).expect(0)
    #expect(try ids(a, "list", "is:missing") == [id])
    try a.run("restore", "zzzzzzzz").expect(4)
  }

  @Test func `The last command is taken back whole, and so is taking it back`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let all = try a.articleIDs()
    try a.run("rm", "--query", "lang:*", "-y").expect(0)
    try a.run("rm", "--query", "-tag:none", "-y").expect(0)
    #expect(try a.articleIDs().isEmpty)
    let dry = try a.run("undo", "-n").expect(0)
    #expect(dry.output.hasPrefix("Would undo rm --query"), "\(dry)")
    #expect(try a.articleIDs().isEmpty)
    while try a.articleIDs().count < all.count { try a.run("undo").expect(0) }
    #expect(try a.articleIDs() == all)
    try a.run("undo").expect(0)
    #expect(try a.articleIDs().count < all.count)
    try a.run("undo").expect(0)
    try a.run("note", all[0], "-m", "mine").expect(0)
    try a.run("tag", "add", all[0], all[1], "mine").expect(0)
    try a.run("tag", "rm", all[1], "mine").expect(0)
    try a.run("undo").expect(0)
    #expect(try ids(a, "list", "tag:mine", "--all").count == 2)
    let actions = try #require(try a.json("undo", "--list")["actions"] as? [[String: Any]])
    #expect(Set(actions[0].keys) == ["n", "time", "command", "articles", "registers"])
    #expect(actions.first?["command"] as? String == "undo")
    #expect(
      (actions[1]["command"] as? String) == "tag rm \(all[1]) mine", "\(actions[1])"
    )
    let undone = try a.json("undo")
    #expect(
      undone["changed"] as? [String] == [all[1]] && (undone["left"] as? [String])?.isEmpty == true)
  }

  @Test func `An import that was undone comes again, and what was changed since stays`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let all = try a.articleIDs()
    try a.run("mark", "starred", all[2]).expect(0)
    try a.run("undo").expect(0)
    try a.run("mark", "starred", all[2]).expect(0)
    // Of the actions the import is now the fourth.
    for _ in 0..<2 { try a.run("undo").expect(0) }
    let b = world.laptop("b")
    try b.run("init", "--name", "b").expect(0)
    try b.run("undo").expect(1)
    try b.run("import", "mirror", Repository.sampleLibrary).expect(0)
    try b.run("undo").expect(0)
    #expect(try b.articleIDs().isEmpty)
    let again = try b.json("import", "mirror", Repository.sampleLibrary)
    #expect(again["added"] as? Int == all.count)
    try b.run("undo").expect(0)
    try b.run("undo").expect(0)
    #expect(try Set(b.articleIDs()) == Set(all))
    // What a reader deleted stays deleted, whatever is imported.
    try b.run("rm", all[0]).expect(0)
    try b.run("import", "mirror", Repository.sampleLibrary).expect(0)
    #expect(try !b.articleIDs().contains(all[0]))
  }

  @Test func `Reading goes on where it was left, then with the newest`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let all = try a.articleIDs()
    let first = try a.json("next")
    #expect(first["id"] as? String == all[0])
    #expect((first["text"] as? String)?.isEmpty == false)
    #expect(try ids(a, "list", "is:begun") == [all[0]])
    try a.run("progress", all[3], "40").expect(0)
    try a.run("mark", "read", all[0]).expect(0)
    #expect(try a.json("next")["id"] as? String == all[3])
    #expect(try a.json("show", all[3])["progress"] as? Int == 40)
    try a.run("next", "--mark").expect(0)
    #expect(try a.json("show", all[3])["read"] as? Bool == true)
    #expect(try a.json("next", "-n")["id"] as? String == all[1])
    #expect(try ids(a, "list", "is:begun").isEmpty)
    try a.run("view", "add", "old", "is:unread", "--reverse").expect(0)
    #expect(try a.json("next", "@old")["id"] as? String == all.last)
    try a.run("mark", "read", "--query", "is:unread", "-y").expect(0)
    let none = try a.run("next").expect(0)
    #expect(none.messages.contains("nothing is unread"), "\(none)")
    #expect(none.output == "")
  }

  @Test func `Tags are what was typed, without what cannot be seen at their ends`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let id = try #require(a.articleIDs().first)
    try a.run("tag", "add", id, " cafe\u{301} ").expect(0)
    #expect(try (a.json("show", id)["tags"] as? [String])?.contains("café") == true)
    #expect(try ids(a, "list", "tag:CAFÉ", "--all") == [id])
    #expect(try ids(a, "list", "--tag", "cafe\u{301}", "--all") == [id])
    try a.run("tag", "rm", id, "cafe\u{301}").expect(0)
    #expect(try (a.json("show", id)["tags"] as? [String])?.contains("café") == false)
  }

  private func ids(_ laptop: Laptop, _ arguments: String...) throws -> [String] {
    let result = try ToolResult(laptop.process(arguments + ["--json"]), input: nil).expect(0)
    let articles = try #require(result.object()["articles"] as? [[String: Any]])
    return articles.compactMap { $0["id"] as? String }
  }

  private func exchange(from sender: Laptop, to receiver: Laptop, _ world: World) throws {
    let place = world.path("\(UUID().uuidString).satchel")
    try sender.run("bundle", "create", place).expect(0)
    try receiver.run("merge", place).expect(0)
  }
}
