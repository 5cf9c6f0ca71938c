import Foundation
import Testing

/// What a person writes replaces what they were shown, and what they replaced can be had again.
@Suite(.ownThreads)
struct WritingStories {
  /// Two laptops that know each other's articles.
  private func pair(_ world: World) throws -> (a: Laptop, b: Laptop, id: String) {
    let a = try world.laptopWithSamples()
    let b = try world.joined("b", to: a)
    try a.run("bundle", "create", world.path("all.satchel")).expect(0)
    try b.run("merge", world.path("all.satchel")).expect(0)
    return (a, b, try #require(a.articleIDs().first))
  }

  @Test func `What is merged while an editor is open becomes a conflict, and nothing is lost`()
    throws
  {
    let world = try World()
    var (a, b, id) = try pair(world)
    try a.run("note", id, "-m", "first").expect(0)
    try b.run("note", id, "-m", "from b").expect(0)
    try b.run("bundle", "create", world.path("b.satchel")).expect(0)
    let editor = """
      #!/bin/sh
      grep -qx first "$1" || exit 9
      '\(Repository.tool.path)' -L '\(a.library)' merge '\(world.path("b.satchel"))' || exit 8
      echo 'from a, typed for long' > "$1"
      """
    try world.write(Data(editor.utf8), to: "editor")
    a.environment["EDITOR"] = "sh \(world.path("editor"))"
    try a.run("note", id, "-e").expect(0)
    #expect(try a.json("note", id)["note"] as? String == "from a, typed for long")
    let conflicts = try #require(try a.json("conflicts")["conflicts"] as? [[String: Any]])
    #expect(conflicts.count == 1)
    try a.run("compact").expect(0)
    let shown = try a.run("conflicts").expect(0).output
    #expect(shown.contains("from b"), "\(shown)")
    #expect(!shown.contains("first"), "\(shown)")
  }

  @Test func `An editor that is closed without a change writes nothing`() throws {
    let world = try World()
    var a = try world.laptopWithSamples()
    let id = try #require(a.articleIDs().first)
    try a.run("note", id, "-m", "as it is").expect(0)
    let before = try a.json("status") as NSDictionary
    a.environment["EDITOR"] = "true"
    let result = try a.run("note", id, "-e").expect(0)
    #expect(result.output.contains("Nothing changed"), "\(result)")
    #expect(try a.json("status")["fingerprint"] as? String == before["fingerprint"] as? String)
  }

  @Test func `A note that is replaced is shown once more, listed, and restored after compacting`()
    throws
  {
    let world = try World()
    let a = try world.laptopWithSamples()
    let id = try #require(a.articleIDs().first)
    #expect(try !a.run("note", id, "-m", "first\nand more").expect(0).output.contains("replaced"))
    let result = try a.run("note", id, "-m", "second").expect(0)
    #expect(result.output.contains("It replaced:\n  first\n  and more\n"), "\(result)")
    let change = try a.json("note", id, "-m", "third")
    #expect(change["replaced"] as? [String] == ["second"])
    #expect((change["changed"] as? [String])?.count == 1)
    try a.run("compact").expect(0)
    let log = try #require(try a.json("log", id)["operations"] as? [[String: Any]])
    let first = try #require(log.first { $0["value"] as? String == "first\nand more" })
    #expect(first["winner"] as? Bool == false)
    try a.run("restore", id, "note", "--to", try #require(first["stamp"] as? String)).expect(0)
    #expect(try a.json("note", id)["note"] as? String == "first\nand more")
  }

  @Test func `A title set or restored by hand is not taken back by another import`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let id = try #require(a.articleIDs().first)
    func title() throws -> String { try #require(try a.json("show", id)["title"] as? String) }
    let imported = try title()
    try a.run("title", id, "By hand").expect(0)
    try a.run("import", "mirror", Repository.sampleLibrary).expect(0)
    #expect(try title() == "By hand")
    let log = try #require(try a.json("log", id)["operations"] as? [[String: Any]])
    let first = try #require(log.first { $0["value"] as? String == imported })
    try a.run("restore", id, "title", "--to", try #require(first["stamp"] as? String)).expect(0)
    #expect(try title() == imported)
    try world.write(
      Data("---\ntitle: Another\nurl: https://example.org/t\n---\n\nx\n".utf8), to: "t.md")
    try a.run("add", world.path("t.md"), "--title", "Chosen").expect(0)
    try a.run("title", "https://example.org/t", "Chosen").expect(0)
    try a.run("import", world.path("t.md")).expect(0)
    #expect(try a.json("show", "https://example.org/t")["title"] as? String == "Chosen")
    try a.run("title", id, " ").expect(64)
  }

  @Test func `A tag that cannot be is refused before the old one is taken off`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let id = try #require(a.articleIDs().first)
    try a.run("tag", "add", id, "mine").expect(0)
    let before = try a.fingerprint()
    for name in ["", " ", String(repeating: "x", count: 1_100)] {
      let result = try a.run("tag", "rename", "mine", name).expect(64)
      #expect(result.messages.contains("Nothing was changed"), "\(result)")
    }
    try a.run("tag", "add", id, "good", "").expect(64)
    try a.run("mark", "read", "--query", "").expect(64)
    try a.run("replica", "retire", "a").expect(64)
    try world.write(Data("# T\n".utf8), to: "t.md")
    try a.run("add", world.path("t.md"), "--url", ":").expect(64)
    #expect(try a.fingerprint() == before)
    #expect((try a.json("show", id)["tags"] as? [String])?.contains("mine") == true)
  }
}
