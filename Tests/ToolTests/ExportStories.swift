import Foundation
import TestSupport
import Testing

/// Articles that leave a library as other programs' files.
@Suite(.ownThreads)
struct ExportStories {
  /// Of every article all that the tool prints.
  private func printed(_ laptop: Laptop) throws -> [NSDictionary] {
    let listed = try #require(try laptop.json("list", "--all")["articles"] as? [[String: Any]])
    return try listed.map { article in
      let id = try #require(article["id"] as? String)
      let shown = try laptop.json("show", id)
      return NSDictionary(dictionary: shown.merging(article) { $1 })
    }
  }

  private func laptopWithMarks(_ world: World) throws -> Laptop {
    let a = try world.laptopWithSamples()
    let ids = try a.articleIDs()
    try a.run("mark", "read", ids[0], ids[1]).expect(0)
    try a.run("mark", "archived", ids[2]).expect(0)
    try a.run("tag", "add", ids[3], "a: b", "桥").expect(0)
    try a.run("note", ids[4], "-m", "two\nlines").expect(0)
    try a.run("rate", ids[4], "4").expect(0)
    let text = try #require(try a.json("show", ids[5])["text"] as? String)
    let words = try #require(
      text.split(separator: "\n").first { $0.count > 30 && !$0.hasPrefix("[") })
    try a.run(
      "highlight", "add", ids[5], "--quote", String(words.prefix(24)), "--colour", "green", "-m",
      "why", "--nth", "1"
    ).expect(0)
    return a
  }

  @Test(arguments: ["markdown", "jsonl"])
  func `What went out comes in the same on another machine`(format: String) throws {
    let world = try World()
    let a = try laptopWithMarks(world)
    let out = world.path("out")
    let summary = try a.json("export", format, out, "--all")
    #expect(summary["articles"] as? Int == 12 && summary["format"] as? String == format)
    #expect((summary["left_out"] as? [Any])?.isEmpty == true)
    let b = world.laptop("b")
    try b.run("init", "--name", "b").expect(0)
    #expect(try b.run("import", out).expect(0).output.hasPrefix("Added 12 articles"))
    #expect(try printed(b) == printed(a))
    #expect(try b.run("import", out).expect(0).output.hasPrefix("Added 0 articles; 12 unchanged"))
  }

  @Test func `What a service that closed held goes on living on three machines`() throws {
    let world = try World()
    var zip = ZipFixture()
    zip.add(
      "metadata_0_to_2.json",
      """
      [{"slug":"tea","title":"Tea on the mountain","url":"https://example.org/tea","author":null,
        "state":"Archived","readingProgress":100,"labels":["tea","walks"],
        "savedAt":"2023-04-05T06:07:08.000Z","publishedAt":null},
       {"slug":"bridge","title":"The bridge","url":"https://example.org/bridge",
        "state":"Active","readingProgress":20,"labels":[],"savedAt":"2023-05-06T07:08:09.000Z"}]
      """)
    zip.add(
      "content/tea.html",
      "<h1>Tea on the mountain</h1><p>The path was steep, and the kettle was heavy.</p>")
    zip.add("content/bridge.html", "<h1>The bridge</h1><p>Nobody crosses it twice in a day.</p>")
    zip.add("highlights/tea.md", "> the kettle was heavy\n\nso it was\n\n> words that are gone\n")
    try world.write(Data(zip.bytes()), to: "omnivore.zip")
    let a = world.laptop("a")
    try a.run("init", "--name", "a").expect(0)
    let added = try a.run("import", world.path("omnivore.zip")).expect(0)
    #expect(added.output.hasPrefix("Added 2 articles"), "\(added)")
    let b = try world.joined("b", to: a)
    let share = try world.makeFolder("share")
    for laptop in [a, b] { try laptop.run("sync", share).expect(0) }
    // The same file on the other machine changes nothing.
    let again = try b.json("import", world.path("omnivore.zip"))
    #expect(again["added"] as? Int == 0 && again["unchanged"] as? Int == 2, "\(again)")

    let titles = try #require(try a.json("list", "--all")["articles"] as? [[String: Any]])
    func id(_ title: String) throws -> String {
      try #require(titles.first { $0["title"] as? String == title }?["id"] as? String)
    }
    try a.run("mark", "read", id("The bridge")).expect(0)
    try a.run("tag", "add", id("The bridge"), "rivers").expect(0)
    try b.run("note", id("The bridge"), "-m", "Twice is enough.").expect(0)
    try b.run(
      "highlight", "add", id("The bridge"), "--quote", "Nobody crosses it", "--colour", "blue"
    ).expect(0)
    try b.run("mark", "unarchived", id("Tea on the mountain")).expect(0)
    try a.run("mark", "starred", id("Tea on the mountain")).expect(0)
    try b.run("rate", id("Tea on the mountain"), "4").expect(0)
    for laptop in [a, b, a, b] { try laptop.run("sync", share).expect(0) }
    #expect(try a.fingerprint() == b.fingerprint())
    #expect(try (a.json("conflicts")["conflicts"] as? [Any])?.isEmpty == true)

    let out = world.path("out")
    try a.run("export", "markdown", out, "--all").expect(0)
    let c = world.laptop("c")
    try c.run("init", "--name", "c").expect(0)
    #expect(try c.run("import", out).expect(0).output.hasPrefix("Added 2 articles"))
    #expect(try printed(c) == printed(a))
    #expect(try printed(a) == printed(b))
    try checkLibraryOfTea(c)
    // What goes out of the third machine is the same to the byte.
    try c.run("export", "markdown", world.path("back"), "--all").expect(0)
    #expect(try files(in: world.path("back")) == files(in: out))
    #expect(try c.run("import", out).expect(0).output.hasPrefix("Added 0 articles; 2 unchanged"))
  }

  /// What the service held, and what both laptops did to it.
  private func checkLibraryOfTea(_ laptop: Laptop) throws {
    let tea = try laptop.json("show", "https://example.org/tea")
    #expect(tea["title"] as? String == "Tea on the mountain" && tea["progress"] as? Int == 100)
    #expect(tea["read"] as? Bool == true && tea["archived"] as? Bool == false)
    #expect(tea["starred"] as? Bool == true && tea["rating"] as? Int == 4)
    #expect(tea["added"] as? String == "2023-04-05T06:07:08Z")
    #expect((tea["tags"] as? [String])?.sorted() == ["tea", "walks"])
    #expect((tea["text"] as? String)?.hasSuffix("steep, and the kettle was heavy.") == true)
    let marks = try #require(tea["highlights"] as? [[String: Any]])
    #expect(
      marks.map { $0["quote"] as? String } == ["the kettle was heavy", "words that are gone"])
    #expect(marks.map { $0["note"] as? String } == ["so it was", nil])
    #expect(marks.map { $0["orphan"] as? Bool } == [false, true])

    let bridge = try laptop.json("show", "https://example.org/bridge")
    #expect(bridge["read"] as? Bool == true && bridge["archived"] as? Bool == false)
    #expect(bridge["progress"] as? Int == 20 && bridge["tags"] as? [String] == ["rivers"])
    #expect(bridge["note"] as? String == "Twice is enough.")
    let own = try #require(bridge["highlights"] as? [[String: Any]])
    #expect(own.map { $0["quote"] as? String } == ["Nobody crosses it"])
    #expect(own.map { $0["colour"] as? String } == ["blue"])
  }

  /// The files of a folder by their names.
  private func files(in folder: String) throws -> [String: Data] {
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
    return Dictionary(
      uniqueKeysWithValues: names.map { name in
        (name, FileManager.default.contents(atPath: "\(folder)/\(name)") ?? Data())
      })
  }

  @Test func `A dash is no file by accident`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    #expect(try a.run("export", "jsonl", "-").expect(64).messages.contains("./-"))
  }

  @Test func `Every promised key of the summary is there`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    for arguments in [[], ["-n"]] {
      let result = try ToolResult(
        a.process(["export", "atom", world.path("a.xml"), "--json", "--replace"] + arguments),
        input: nil
      ).expect(0)
      #expect(
        Set(try result.object().keys) == [
          "type", "format", "path", "articles", "without_text", "missing_images", "files",
          "unchanged", "removed", "bytes", "left_out", "seconds",
        ])
    }
  }

  @Test func `A dry run writes nothing, and a file that is there stays`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let plan = try a.run("export", "markdown", world.path("out"), "-n").expect(0)
    #expect(plan.output.hasPrefix("Would write 12 articles to "), "\(plan)")
    #expect(!FileManager.default.fileExists(atPath: world.path("out")))
    try world.write(Data("mine".utf8), to: "book.epub")
    for arguments in [
      ["export", "epub", world.path("book.epub")], ["export", "site", world.path("book.epub")],
    ] {
      try ToolResult(a.process(arguments), input: nil).expect(1)
      try ToolResult(a.process(arguments + ["-n"]), input: nil).expect(1)
    }
    #expect(try world.read("book.epub") == Data("mine".utf8))
    try a.run("export", "epub", world.path("book.epub"), "--replace").expect(0)
    #expect(try world.read("book.epub").starts(with: Data("PK".utf8)))
    try a.run("export", "jsonl", world.path("none/a.jsonl")).expect(17)
    try a.run("export", "jsonl", world.path("")).expect(1)
  }

  @Test func `A query says what goes out, and nothing is written where nothing matches`() throws {
    let world = try World()
    let a = try laptopWithMarks(world)
    #expect(try a.json("export", "jsonl", world.path("1"))["articles"] as? Int == 11)
    #expect(try a.json("export", "jsonl", world.path("2"), "is:read")["articles"] as? Int == 2)
    #expect(
      try a.json("export", "jsonl", world.path("3"), "--archived", "--sort", "title")["articles"]
        as? Int == 1)
    let none = try a.run("export", "markdown", world.path("4"), "tag:nothing").expect(4)
    #expect(none.messages.contains("no articles match. Nothing was written."), "\(none)")
    #expect(!FileManager.default.fileExists(atPath: world.path("4")))
    try a.run("export", "mirror", world.path("5")).expect(64)
    try a.run("export", "jsonl", world.path("6"), "is:(").expect(64)
  }

  @Test func `A page that was edited stays as it is, which the export says`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let id = try #require(a.articleIDs().first)
    try a.run("export", "markdown", world.path("out"), "id:\(id)").expect(64)
    try a.run("export", "markdown", world.path("out")).expect(0)
    let name = try #require(
      try FileManager.default.contentsOfDirectory(atPath: world.path("out"))
        .first { $0.hasSuffix(".md") })
    try world.write(Data("edited".utf8), to: "out/\(name)")
    let again = try a.run("export", "markdown", world.path("out")).expect(3)
    #expect(again.output.contains("1 part left out") && again.messages.contains(name), "\(again)")
    #expect(try world.read("out/\(name)") == Data("edited".utf8))
  }

  @Test func `Help names every format that can be written`() throws {
    let world = try World()
    let a = world.laptop("a")
    let help = try a.run("help", "formats").expect(0).output
    let written = help.components(separatedBy: "satchel export").last ?? ""
    let names = [
      "markdown", "jsonl", "epub", "site", "bookmarks", "wallabag", "atom", "readwise",
      "annotations",
    ]
    for name in names { #expect(written.contains("\n  \(name) "), "\(name)") }
  }
}
