import Foundation
import Testing

/// What two people wrote apart is shown beside each other, and settled by either.
@Suite(.ownThreads)
struct ConflictStories {
  /// Laptop a, to which a bundle of b's came that was made while neither knew the other's note.
  private func notes(
    _ world: World, _ ofA: String, _ ofB: String
  ) throws -> (a: Laptop, b: Laptop, id: String) {
    let a = try world.laptopWithSamples()
    let b = try world.joined("b", to: a)
    try a.run("bundle", "create", world.path("all.satchel")).expect(0)
    try b.run("merge", world.path("all.satchel")).expect(0)
    let id = try #require(a.articleIDs().first)
    for (laptop, note) in [(a, ofA), (b, ofB)] {
      try laptop.run("note", id, "-m", note).expect(0)
    }
    try exchange(b, a, world)
    return (a, b, id)
  }

  private func exchange(_ from: Laptop, _ to: Laptop, _ world: World) throws {
    let path = world.path("\(UUID().uuidString).satchel")
    try from.run("bundle", "create", path).expect(0)
    try to.run("merge", path).expect(0)
  }

  private func conflicts(_ laptop: Laptop) throws -> [[String: Any]] {
    try #require(try laptop.json("conflicts")["conflicts"] as? [[String: Any]])
  }

  @Test func `Both texts stand there with who wrote them, and what settles them`() throws {
    let world = try World()
    let (a, _, id) = try notes(world, "one\ntwo", "from b")
    let name = try #require(conflicts(a).first?["n"] as? String)
    let text = try a.run("conflicts").expect(0).output
    #expect(text.contains("  shown, b, 2"), "\(text)")
    #expect(text.contains("\n    from b\n  not shown, a, 2"), "\(text)")
    #expect(text.contains("\n    one\n    two\n"), "\(text)")
    #expect(text.contains("satchel restore \(id) note --conflict \(name)\n"), "\(text)")
    #expect(text.contains("satchel note \(id) -e\n"), "\(text)")
    let note = try a.run("note", id).expect(0)
    #expect(note.output == "from b\n")
    #expect(note.messages.contains("1 other note not shown"), "\(note)")
    #expect(note.messages.contains("satchel note \(id) -e"), "\(note)")
    #expect(try a.run("note", id, "-q").expect(0).messages.isEmpty)
  }

  @Test func `A long text is compared line by line`() throws {
    let world = try World()
    let lines = (1...40).map { "line \($0)" }
    var others = lines
    others[19] = "another"
    others.remove(at: 39)
    let (a, _, _) = try notes(
      world, lines.joined(separator: "\n"), others.joined(separator: "\n"))
    let text = try a.run("conflicts").expect(0).output
    let expected = """
        - shown, b, 
      """
    #expect(text.contains(expected), "\(text)")
    #expect(text.contains("\n    line 19\n  - another\n  + line 20\n    line 21\n"), "\(text)")
    #expect(text.contains("\n  + line 40\n"), "\(text)")
    #expect(!text.contains("line 5\n") && !text.contains("line 30\n"), "\(text)")
  }

  @Test func `Texts of thousands of other lines are compared as far as anyone reads`() throws {
    let world = try World()
    let sides = ["a", "b"].map { side in (0..<3_000).map { "\(side) \($0)" }.joined(separator: "\n")
    }
    let (a, _, _) = try notes(world, sides[0], sides[1])
    let text = try a.run("conflicts").expect(0).output
    #expect(text.split(separator: "\n").count < 300)
    #expect(text.contains("and more: satchel conflicts --json"), "\(text.suffix(300))")
  }

  @Test func `The name of what is not shown stays when more is merged`() throws {
    let world = try World()
    let (a, b, id) = try notes(world, "from a", "from b")
    let name = try #require(conflicts(a).first?["n"] as? String)
    let others = try a.articleIDs().filter { $0 != id }
    for other in others {
      try a.run("note", other, "-m", "a on \(other)").expect(0)
      try b.run("note", other, "-m", "b on \(other)").expect(0)
    }
    try exchange(b, a, world)
    let all = try conflicts(a)
    #expect(all.count == others.count + 1)
    #expect(Set(all.compactMap { $0["n"] as? String }).count == all.count)
    try a.run("restore", id, "note", "--conflict", name).expect(0)
    #expect(try a.json("note", id)["note"] as? String == "from a")
    #expect(try conflicts(a).count == others.count)
    // The first part may be longer or shorter than what is shown.
    let next = try #require(conflicts(a).first)
    let long = try #require((next["lost"] as? [String: Any])?["replica"] as? String)
    let (nextName, nextID) = (
      try #require(next["n"] as? String), try #require(next["id"] as? String)
    )
    let sequence = nextName.drop { $0 != "-" }
    try a.run("restore", nextID, "note", "-n", "--conflict", "\(long)\(sequence)").expect(0)
    try a.run("restore", nextID, "note", "--conflict", "\(nextName.prefix(2))\(sequence)").expect(0)
  }

  @Test func `An editor gets both notes between markers, and what is left settles them everywhere`()
    throws
  {
    let world = try World()
    var (a, b, id) = try notes(world, "from a\n=====\n", "from b")
    let editor = try world.script(
      "editor",
      """
      cp "$1" '\(world.path("seen"))'
      grep -v '^[<>]' "$1" | grep -vx '=======' > "$1.new" && mv "$1.new" "$1"
      """)
    a.environment["EDITOR"] = editor
    try a.run("note", id, "-e").expect(0)
    let seen = String(decoding: try world.read("seen"), as: UTF8.self)
    let lines = seen.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[0].hasPrefix("<<<<<<< shown, b, 2"), "\(seen)")
    #expect(lines[1...2] == ["from b", "======="], "\(seen)")
    #expect(lines[3] == "from a" && lines.contains { $0.hasPrefix(">>>>>>> not shown, a, 2") })
    let both = try #require(try a.json("note", id)["note"] as? String)
    #expect(both.hasPrefix("from b\nfrom a\n====="), "\(both)")
    #expect(try conflicts(a).isEmpty)
    try exchange(a, b, world)
    #expect(try conflicts(b).isEmpty)
    #expect(try b.json("note", id)["note"] as? String == both)
  }

  @Test func `A note that still holds the markers is refused, and kept in a file`() throws {
    let world = try World()
    var (a, _, id) = try notes(world, "from a", "from b")
    let before = try a.fingerprint()
    for (number, line) in ["<<<<<<< shown, b", "=======", ">>>>>>> not shown"].enumerated() {
      a.environment["EDITOR"] = try world.script(
        "editor-\(number)", "printf 'typed\\n\(line)\\nmore\\n' > \"$1\"")
      let result = try a.run("note", id, "-e").expect(1)
      #expect(result.messages.contains("markers still stand"), "\(result)")
      let path = try #require(result.messages.firstMatch(of: /kept in (\S+)\./)?.1)
      #expect(try String(contentsOfFile: String(path), encoding: .utf8).hasPrefix("typed\n"))
      try FileManager.default.removeItem(atPath: String(path))
    }
    // Left as it was opened, it is refused too.
    a.environment["EDITOR"] = "true"
    try a.run("note", id, "-e").expect(1)
    #expect(try a.fingerprint() == before)
  }
}
