import Foundation
import Testing

/// Marking passages with the built tool.
@Suite(.ownThreads)
struct HighlightStories {
  private static let page = """
    # The Bridges

    Seven bridges join the *two islands* with the banks. Nobody walks all
    bridges once.

    > Can it be done?

    """

  private func laptop(_ world: World) throws -> (a: Laptop, id: String) {
    let a = world.laptop("a")
    try a.run("init", "--name", "a").expect(0)
    try a.add(HighlightStories.page, url: "https://example.org/bridges")
    return (a, try #require(try a.articleIDs().first))
  }

  private func highlights(_ a: Laptop, _ arguments: String...) throws -> [[String: Any]] {
    let process = a.process(["highlight", "list", "--json"] + arguments)
    let object = try ToolResult(process, input: nil).expect(0).object()
    return try #require(object["highlights"] as? [[String: Any]])
  }

  @Test func `A passage is marked, noted, listed, found and taken away, and all of it undone`()
    throws
  {
    let world = try World()
    let (a, id) = try laptop(world)
    let result = try a.run(
      "highlight", "add", id, "--quote", "two  islands with", "--color", "yellow", "-m", "Kneiphof"
    ).expect(0)
    #expect(result.output.hasPrefix("Highlighted a passage of \(id) as "), "\(result)")
    let listed = try #require(try highlights(a).first)
    #expect(
      Set(listed.keys) == [
        "id", "article", "quote", "prefix", "suffix", "start", "end", "colour", "note", "orphan",
        "added",
      ])
    #expect(listed["quote"] as? String == "two islands with")
    #expect(listed["prefix"] as? String == "Bridges\n\nSeven bridges join the ")
    #expect(listed["start"] as? Int == 36 && listed["end"] as? Int == 52)
    #expect(listed["colour"] as? String == "yellow" && listed["note"] as? String == "Kneiphof")
    #expect(listed["article"] as? String == id && listed["orphan"] as? Bool == false)
    let highlight = try #require(listed["id"] as? String)
    #expect(result.output.contains(highlight))
    let shown = try #require(try a.json("show", id)["highlights"] as? [[String: Any]])
    #expect(
      Set(shown.flatMap(\.keys)) == [
        "id", "quote", "prefix", "suffix", "start", "end", "colour", "note", "orphan",
      ])
    for query in ["is:highlighted", "highlight:kneiphof", "highlight:\"islands with\"", "kneiphof"]
    {
      #expect((try a.json("search", query)["articles"] as? [Any])?.count == 1, "\(query)")
    }
    #expect((try a.json("search", "highlight:seven")["articles"] as? [Any])?.isEmpty == true)
    try a.run("highlight", "note", String(highlight.prefix(6)), "-m", "an island").expect(0)
    #expect(try a.json("highlight", "note", highlight)["note"] as? String == "an island")
    try a.run("highlight", "rm", highlight).expect(0)
    #expect(try highlights(a).isEmpty)
    try a.run("highlight", "note", highlight).expect(4)
    let undone = try a.run("undo").expect(0)
    #expect(undone.output.contains("1 highlight."), "\(undone)")
    #expect(try highlights(a).count == 1)
    try a.run("undo").expect(0)
    #expect(try highlights(a).isEmpty)
    try a.run("check", "--deep").expect(0)
  }

  @Test
  func `A passage that stands several times is asked for by number, and one that does not is told`()
    throws
  {
    let world = try World()
    let (a, id) = try laptop(world)
    let many = try a.run("highlight", "add", id, "--quote", "bridges").expect(64)
    #expect(many.messages.contains("2 times") && many.messages.contains("--nth"), "\(many)")
    try a.run("highlight", "add", id, "--quote", "bridges", "--nth", "3").expect(64)
    try a.run("highlight", "add", id, "--quote", "bridges", "--nth", "2").expect(0)
    let none = try a.run("highlight", "add", id, "--quote", "Bridges of Sighs").expect(4)
    #expect(none.messages.contains("satchel show \(id)"), "\(none)")
    try a.run("highlight", "add", id, "--quote", " ").expect(64)
    try a.run("highlight", "add", id, "--quote", "banks", "--colour", "No Color").expect(64)
    try a.run("highlight", "add", "nosuchid", "--quote", "banks").expect(4)
    try a.run("highlight", "add", id.prefix(3).description, "--quote", "banks").expect(64)
    try a.run("highlight", "rm", "nosuchid").expect(4)
    #expect(try highlights(a, id).count == 1)
    // A dry run and a repetition change nothing.
    let before = try a.fingerprint()
    try a.run("highlight", "add", id, "--quote", "banks", "-n").expect(0)
    let again = try a.run("highlight", "add", id, "--quote", "bridges", "--nth", "2").expect(0)
    #expect(again.output == "Nothing changed: it was so already.\n", "\(again)")
    #expect(try a.fingerprint() == before)
  }

  @Test func `Show marks passages with color alone, and lists them below with their notes`() throws
  {
    let world = try World()
    let (a, id) = try laptop(world)
    let before = try a.run("show", id).expect(0).output
    try a.run("highlight", "add", id, "--quote", "islands", "-m", "two of them\nand a river")
      .expect(0)
    try a.run("highlight", "add", id, "--quote", "Can it be done?", "--colour=green").expect(0)
    let plain = try a.run("show", id).expect(0).output
    #expect(plain.hasPrefix(before), "\(plain)")
    #expect(plain.contains("  islands\n") && plain.contains("and a river"), "\(plain)")
    #expect(!plain.contains("\u{1b}"))
    let colored = try a.run("show", id, "--color", "always").expect(0).output
    #expect(colored.contains("\u{1b}[3;7mislands\u{1b}[0m"), "\(colored)")
    #expect(colored.contains("\u{1b}[7mCan it be done?\u{1b}[0m"), "\(colored)")
    try a.run("highlight", "add", id, "--quote", "banks", "--color", "never").expect(0)
    #expect(try highlights(a, id).compactMap { $0["colour"] as? String } == ["green"])
  }

  @Test func `A page that changes keeps its highlights: found again, or told to be orphans`() throws
  {
    let world = try World()
    let (a, id) = try laptop(world)
    try a.run("highlight", "add", id, "--quote", "two islands", "-m", "kept").expect(0)
    try a.run("highlight", "add", id, "--quote", "with the banks").expect(0)
    let url = "https://example.org/bridges"
    try a.add("# More\n\nA foreword.\n\n" + HighlightStories.page, url: url)
    #expect(try highlights(a, id).map { $0["start"] as? Int } == [55, 67])
    try a.add("# Islands\n\nThere were two islands.\n", url: url)
    let found = try highlights(a, id)
    #expect(found.map { $0["orphan"] as? Bool } == [false, true])
    #expect(found.map { $0["start"] is NSNull } == [false, true])
    let shown = try a.run("show", id).expect(0).output
    #expect(shown.contains("(orphan: not in the text as it is now)"), "\(shown)")
    #expect(try a.run("highlight", "list").expect(0).output.contains("orphan"))
    #expect((try a.json("list", "is:highlighted")["articles"] as? [Any])?.count == 1)
    try a.add(HighlightStories.page, url: url)
    #expect(try highlights(a, id).map { $0["orphan"] as? Bool } == [false, false])
    try a.run("rm", id).expect(0)
    #expect(try highlights(a).isEmpty)
    try a.run("restore", id).expect(0)
    #expect(try highlights(a, "--query", "tag:none").isEmpty)
    #expect(try highlights(a, "--query", "-tag:none").count == 2)
  }

  @Test func `Notes written apart are a conflict that names the highlight, and are restored`()
    throws
  {
    let world = try World()
    let (a, id) = try laptop(world)
    let b = try world.joined("b", to: a)
    try a.run("highlight", "add", id, "--quote", "two islands").expect(0)
    try a.run("bundle", "create", world.path("1.satchel")).expect(0)
    try b.run("merge", world.path("1.satchel")).expect(0)
    let highlight = try #require(try highlights(b).first?["id"] as? String)
    try a.run("highlight", "note", highlight, "-m", "from a").expect(0)
    try b.run("highlight", "note", highlight, "-F", "-", input: "from b\n").expect(0)
    try b.run("bundle", "create", world.path("2.satchel")).expect(0)
    try a.run("merge", world.path("2.satchel")).expect(0)
    let conflicts = try a.run("conflicts").expect(0).output
    #expect(conflicts.contains("highlight/\(highlight)  note"), "\(conflicts)")
    #expect(try a.run("show", id).expect(0).output.contains("in conflict"))
    let listed = try #require(try a.json("conflicts")["conflicts"] as? [[String: Any]])
    let name = try #require(listed.first?["n"] as? String)
    // An editor gets both between markers, and a text that still holds them is refused.
    var editing = a
    editing.environment["EDITOR"] = try world.script("editor", "cp \"$1\" '\(world.path("seen"))'")
    let refused = try editing.run("highlight", "note", highlight, "-e").expect(1)
    #expect(refused.messages.contains("markers still stand"), "\(refused)")
    let seen = String(decoding: try world.read("seen"), as: UTF8.self)
    #expect(seen.hasPrefix("<<<<<<< shown, ") && seen.contains("\n=======\n"), "\(seen)")
    #expect(
      try a.run("highlight", "note", highlight).expect(0).messages
        .contains("satchel highlight note \(highlight) -e settles it"))
    let restore = "restore highlight/\(highlight) note --conflict \(name)"
    #expect(conflicts.contains("satchel \(restore)\n"), "\(conflicts)")
    let result = try ToolResult(
      a.process(restore.split(separator: " ").map(String.init)), input: nil
    ).expect(0)
    #expect(result.output.contains(highlight), "\(result)")
    #expect(try a.json("highlight", "note", highlight)["note"] as? String == "from a")
    #expect(try (a.json("conflicts")["conflicts"] as? [Any])?.isEmpty == true)
    try a.run("bundle", "create", world.path("3.satchel"), "--for", "b").expect(0)
    try b.run("merge", world.path("3.satchel")).expect(0)
    #expect(try a.fingerprint() == b.fingerprint())
    #expect(try highlights(a) as NSArray == highlights(b) as NSArray)
  }
}

extension Laptop {
  fileprivate func add(_ page: String, url: String) throws {
    try run("add", "-", "--url", url, input: page).expect(0)
  }
}
